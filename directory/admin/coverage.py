"""The coverage of a service: a page that shows who answers at which hours."""

from collections.abc import Iterator
from datetime import date
from string import ascii_uppercase
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.pages import PagesMixin
from directory.answers import coverage
from directory.answers.channel_filters import is_one_of
from directory.answers.coverage import HOURS, ChannelHour, CoverageDay, HourCell, RequestTypeGroup
from directory.contacts.kinds import kind_of
from directory.editions.compose import compose, published_request_type
from directory.editions.document import ServiceDocument
from directory.hours.schedule import WHOLE_DAY, OpeningHours, Status
from directory.hours.words import describe_day, describe_schedule
from directory.hours.zones import with_time_zone_note
from directory.models import RequestType, Service

LETTERS_AT_MOST = 4
Letters = dict[str, str]
"""The letter of each channel, by its code."""


class CoverageMixin(PagesMixin):
    """Adds to the services of the back office the page of their coverage, and links to it."""

    def get_urls(self) -> list[URLPattern]:
        """The page of the coverage, before those of the model."""
        page = path(
            "<int:pk>/coverage/",
            self.admin_site.admin_view(self.coverage_view),
            name="directory_service_coverage",
        )
        return [page, *super().get_urls()]

    @admin.display(description=gettext_lazy("coverage"))
    def coverage(self, obj: Service) -> SafeString:
        """The link to the page, as a column."""
        url = reverse("admin:directory_service_coverage", args=[obj.pk])
        text = '<a href="{}">{}<span class="visually-hidden">: {}</span></a>'
        return format_html(text, url, _("Who answers when"), obj)

    def coverage_view(self, request: HttpRequest, pk: int) -> TemplateResponse:
        """The page: a picture for each group of request types that the same channels take."""
        service = get_object_or_404(Service.objects.all(), pk=pk)
        if not self.has_view_permission(request, service):
            raise PermissionDenied
        ((service, source),) = compose(Service.objects.filter(pk=pk))
        today = timezone.localdate()
        source = coverage.without_past_channels(source, today)
        letters = dict(zip((each.code for each in source.channels), _letters(), strict=False))
        pictures, uncovered = [], []
        types = [published_request_type(kind) for kind in RequestType.objects.all()]
        for number, group in enumerate(coverage.by_channels(source, types)):
            if group.channels:
                pictures.append(_pictures(number, group, source, letters, today))
            else:
                uncovered += [kind.name for kind in group.request_types]
        context = self.page_context(
            request,
            _("Coverage of %(service)s") % {"service": service},
            service=service,
            pictures=pictures,
            nobody=uncovered,
            hours=HOURS,
            # The table of a day needs the width.
            is_nav_sidebar_enabled=False,
        )
        return TemplateResponse(request, "admin/directory/coverage.html", context)


def _letters() -> Iterator[str]:
    """A, B, ..., Z, AA, AB, ..."""
    yield from ascii_uppercase
    for first in ascii_uppercase:
        yield from (first + second for second in ascii_uppercase)


def _pictures(
    number: int, group: RequestTypeGroup, source: ServiceDocument, letters: Letters, today: date
) -> dict[str, Any]:
    """One section of the page: who takes these requests, the usual week and the next two."""
    takes = is_one_of(group.channels)
    usual = coverage.usual_week(source, takes, today)
    upcoming = coverage.upcoming_days(source, takes, today)
    return {
        "id": f"requests-{number}",
        "title": ", ".join(kind.name for kind in group.request_types),
        "channels": [
            {
                "letter": letters[channel.code],
                "title": channel.title,
                "contacts": ", ".join(
                    kind_of(contact.kind).display(contact.value) for contact in channel.contacts
                ),
                "hours": _hours(source.hours(channel.schedule), today),
            }
            for channel in group.channels
        ],
        "usual": [
            _row(day, capfirst(str(WEEKDAYS[weekday])), None, letters)
            for weekday, day in enumerate(usual)
        ],
        "upcoming": [_row(day, "", day.day, letters) for day in upcoming],
    }


def _hours(schedule: OpeningHours, today: date) -> str:
    return with_time_zone_note(describe_schedule(schedule, today), schedule, today)


def _row(day: CoverageDay, name: str, on: date | None, letters: Letters) -> dict[str, Any]:
    return {
        "name": name,
        "date": on,
        "reasons": ", ".join(day.reasons),
        "cells": [_cell(cell, letters) for cell in day.cells],
        "gaps": describe_day(day.gaps) if day.gaps else "",
        "is_closed": day.gaps == (WHOLE_DAY,),
    }


def _cell(cell: HourCell, letters: Letters) -> dict[str, str]:
    """What a cell shows, and the same in words for screen readers."""
    open_now = [letters[each.channel.code] for each in cell.answers if each.status is Status.OPEN]
    unknown = [
        letters[each.channel.code] for each in cell.answers if each.status is not Status.OPEN
    ]
    shown = open_now or unknown
    if len(shown) > LETTERS_AT_MOST:
        shown = [*shown[: LETTERS_AT_MOST - 1], f"+{len(shown) - LETTERS_AT_MOST + 1}"]
    mark = {"open": "", "partly": "◐", "unknown": "?", "closed": "–"}[cell.state]
    return {
        "state": cell.state,
        "shown": "".join(shown) + mark,
        "words": "; ".join(_in_words(each, letters) for each in cell.answers) or _("nobody"),
    }


def _in_words(answer: ChannelHour, letters: Letters) -> str:
    words = f"{letters[answer.channel.code]} {answer.channel.title}"
    if not answer.is_whole_hour:
        words += f" {describe_day(answer.spans)}"
    if answer.status is Status.UNKNOWN:
        unconfirmed = _("not confirmed")
        words += f" ({unconfirmed})"
    return words
