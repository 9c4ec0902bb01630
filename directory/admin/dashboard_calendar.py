"""The planned changes on the start page: the first of each kind."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import cast

from django.db.models import Model
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from directory.admin import dashboard
from directory.admin.dashboard import UPCOMING_AT_MOST, Dashboard, UpcomingChange
from directory.models import ContactPoint, Notice
from directory.upkeep import calendar

VALIDITIES_WITHIN = timedelta(days=365)
FAR = date.max


def planned_replacements(page: Dashboard) -> Iterator[UpcomingChange]:
    """Numbers and addresses that another one takes the place of."""
    for event in calendar.replacement_events(page.today + timedelta(days=1), FAR, UPCOMING_AT_MOST):
        old, new = cast("tuple[ContactPoint, ContactPoint]", event.subjects)
        values = {"old": old.display, "new": new.display, "label": old.label}
        text = _("%(label)s: %(new)s takes the place of %(old)s") % values
        yield UpcomingChange(event.on, text, _page(old))


def planned_validity(page: Dashboard) -> Iterator[UpcomingChange]:
    """Channels, escalation levels and opening hours that begin or end."""
    events = chain(
        calendar.validity_events(page.today, page.today + VALIDITIES_WITHIN, UPCOMING_AT_MOST),
        calendar.span_events(page.schedules, page.today, page.today + VALIDITIES_WITHIN),
    )
    for event in events:
        [subject] = event.subjects
        [name] = event.details or [str(subject)]
        yield UpcomingChange(event.on, f"{name}: {event.text}", _page(subject))


def planned_exceptions(page: Dashboard) -> Iterator[UpcomingChange]:
    """Closures and other dated hours that are not over."""
    for event in calendar.exception_events(
        page.exceptions, page.today, page.today + VALIDITIES_WITHIN, page.schedules
    ):
        [row], [schedule] = event.subjects, event.details
        values = {
            "reason": event.what.reason,
            "hours": event.hours,
            "schedule": schedule,
            "until": formats.date_format(event.until, "DATE_FORMAT"),
        }
        text = (
            _("%(reason)s: %(hours)s (%(schedule)s)")
            if event.on == event.until
            else _("%(reason)s: %(hours)s until %(until)s (%(schedule)s)")
        )
        yield UpcomingChange(event.on, text % values, _page(row))


def planned_notices(page: Dashboard) -> Iterator[UpcomingChange]:
    """Notices that are to begin, and the ends of those in force."""
    if not page.may("view", Notice):
        return
    last = page.now + VALIDITIES_WITHIN
    for event in calendar.notice_events(page.now, last, UPCOMING_AT_MOST):
        notice, *_subject = event.subjects
        [time] = event.details
        yield UpcomingChange(event.on, f"{event.text} ({time})", _page(notice))


def _page(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def register() -> None:
    """Put the planned changes on the start page."""
    dashboard.register_upcoming(planned_replacements, order=10)
    dashboard.register_upcoming(planned_validity, order=20)
    dashboard.register_upcoming(planned_exceptions, order=30)
    dashboard.register_upcoming(planned_notices, order=40)
