"""Words, icons and style classes of what a page tells: states, request types, editions, times."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.answers import distinctions, marks, sentences, whom_to_contact
from directory.answers.search import SearchQuery
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    ContactAnswer,
    Directory,
    NoticeAnswer,
    RequestTypeAnswer,
)
from directory.contacts.kinds import kind_of
from directory.hours import moments
from directory.hours.schedule import Status
from directory.hours.zones import time_here
from directory.templatetags.directory_pages import data_lang, in_data_lang

register = template.Library()

register.filter(distinctions.besides_shown)
register.filter(distinctions.says_more)
register.filter(sentences.open_too)
register.filter(moments.clock)
register.filter(moments.long_date)
register.filter(sentences.others)
register.filter("detail", sentences.state_detail)
register.simple_tag(time_here)


@register.inclusion_tag("directory/_state.html")
def state(answering: AnsweringState, at: datetime, of: str = "", element: str = "p") -> dict:
    """Whether it answers, until when, and when it opens, as seen at the instant `at`; `of` says
    what does, where that is not clear. `element` is another than a paragraph where none may be."""
    return {
        "of": of,
        "element": element,
        "answering": answering,
        "word": sentences.state_word(answering),
        "detail": sentences.state_detail(answering, at),
    }


@register.inclusion_tag("directory/_service_state.html")
def service_state(directory: Directory, lead: ChannelAnswer | None = None) -> dict:
    """Whether a service answers: ordinary requests, and critical ones where that differs. Until
    when it does is told of `lead`, where that is shown beside it."""
    service = whom_to_contact.service_state(directory.channels)
    if lead and service.of_ordinary.state == lead.state == Status.OPEN:
        service = replace(service, ordinary=lead)
    return {"directory": directory, "service": service}


@register.simple_tag
def valid_until(until: datetime, at: datetime) -> str:
    """“Vale hasta las 7 p.m.”: until when nothing of a page is told otherwise, as seen at `at`."""
    return _("Holds until %(when)s") % {"when": moments.deadline(until, at)}


@register.inclusion_tag("directory/_notice.html")
def notice(told: NoticeAnswer, at: datetime, *, has_word: bool = True) -> dict:
    """A notice: how bad it is, unless a heading says it, what it says, since when and until when,
    as seen at `at`."""
    word = sentences.notice_word(told) if has_word else ""
    return {"notice": told, "word": word, "time": sentences.notice_time(told, at)}


@register.inclusion_tag("directory/services/_notice_line.html")
def notice_line(told: NoticeAnswer) -> dict:
    """A notice in the list of services: how bad it is, and what it is on, else what it says."""
    return {"notice": told, "word": sentences.notice_word(told)}


@register.filter
def marked(text: str, query: SearchQuery | None) -> str:
    """The text, with what was searched for marked in it."""
    return _marked([text], query)


@register.filter
def brief_marked(contact: ContactAnswer, query: SearchQuery | None) -> str:
    """As `brief`, with what was searched for marked in it."""
    return _marked(kind_of(contact.kind).pieces(contact.display), query)


def _marked(parts: Iterable[str], query: SearchQuery | None) -> str:
    """Parts of a text between which a line may break, with what was searched for marked in them."""
    parts = [*parts]
    found = marks.spans("".join(parts), query) if query else []
    told, begin = [], 0
    for part in parts:
        here = marks.within(found, begin, begin + len(part))
        pieces = (
            ("<mark>{}</mark>" if is_found else "{}", piece)
            for piece, is_found in marks.pieces(part, here)
        )
        told.append(SafeString("").join(format_html(form, piece) for form, piece in pieces))
        begin += len(part)
    return mark_safe("<wbr>".join(told))  # noqa: S308 # each is escaped


@register.filter
def notices_on(directory: Directory, channel: ChannelAnswer) -> list[NoticeAnswer]:
    """Those in force on a channel itself: not on its service, nor on its contacts."""
    return [each for each in directory.notices if each.channel == channel.code]


@register.filter
def notice_of(directory: Directory, part: AnsweringState | ContactAnswer) -> NoticeAnswer | None:
    """The notice in force that a contact, or what does not answer, names."""
    return next((each for each in directory.notices if each.code == part.notice), None)


@register.inclusion_tag("directory/_icon.html")
def icon(kind: str) -> dict[str, str]:
    """The icon of a kind of contact."""
    return {"symbol": kind_of(kind).icon}


# Between the days of hours in words: “… a 7 p.m. Sábado: …”.
BETWEEN_DAYS = re.compile(r"(?<=[.;]) (?=[^\W\d_a-z])")


@register.filter
def hours_in_parts(text: str) -> SafeString:
    """Hours in words, in parts between which a line breaks first."""
    parts = BETWEEN_DAYS.split(text)
    return format_html_join(" ", "<span>{}</span>", ((part,) for part in parts))


# The class of the entry that shows a channel of this state.
ANSWER_CLASSES = {
    Status.OPEN: "answer",
    Status.UNKNOWN: "answer answer-unknown",
    Status.CLOSED: "later",
}


@register.filter
def answer_class(state: Status) -> str:
    """The class of a channel among the answers to “whom do I contact now”."""
    return ANSWER_CLASSES[state]


@register.filter
def what_else(channel: ChannelAnswer) -> str:
    """What stands beside the title of a channel in short: what tells it apart, and the label of its
    contact if it has one alone."""
    labels = [each.label for each in channel.contacts] if len(channel.contacts) == 1 else []
    told = [
        distinctions.besides_shown(channel),
        *(each for each in labels if each != channel.title),
    ]
    return distinctions.SEPARATOR.join(filter(None, told))


@register.filter
def told_apart(distinction: str, channel: ChannelAnswer) -> SafeString:
    """What tells a channel apart, with what editors wrote marked as such."""
    between = distinctions.SEPARATOR
    parts = (
        in_data_lang(part) if distinctions.is_written(part, channel) else part
        for part in distinction.split(between)
    )
    return format_html_join(between, "{}", ((part,) for part in parts))


@register.filter
def sharing_contacts(channels: Iterable[ChannelAnswer]) -> list[list[ChannelAnswer]]:
    """Channels that follow each other with one title and the same contacts, together; those
    without contacts are each alone."""
    runs = groupby(channels, key=lambda each: (each.title, each.contacts or each.code))
    return [list(several) for _same, several in runs]


@register.filter
def of_same_hours(channels: Sequence[ChannelAnswer]) -> ChannelAnswer | None:
    """The first of the channels, where all have the same hours of the week."""
    first = channels[0]
    return first if all(each.hours == first.hours for each in channels) else None


@register.filter
def of_same_state(channels: Sequence[ChannelAnswer]) -> ChannelAnswer | None:
    """The first of the channels, where the same is told of whether each answers."""
    return channels[0] if all(answers_as(each, channels) for each in channels) else None


@register.filter
def gives(directory: Directory, contact: ContactAnswer) -> bool:
    """Whether a channel has this contact."""
    return any(
        contact.code == each.code for channel in directory.channels for each in channel.contacts
    )


@register.filter
def told_state(channel: AnsweringState) -> tuple[Any, ...]:
    """What is said of whether it answers: the same of all that answer, or open, alike."""
    return (
        channel.state,
        channel.reason,
        channel.until,
        channel.next_open,
        channel.unconfirmed,
        channel.out_of_order,
    )


@register.filter
def answers_as(channel: AnsweringState, channels: Sequence[AnsweringState]) -> bool:
    """Whether it answers, or opens, as the first of these."""
    return bool(channels) and told_state(channel) == told_state(channels[0])


@register.filter
def type_names(request_types: Iterable[RequestTypeAnswer]) -> SafeString:
    """“Todas, Incidentes”: the names of types of request in their language, the critical ones
    marked."""
    return format_html_join(
        ", ",
        "<span{}{}>{}</span>",
        (
            (
                format_html(' class="{}"', "critical") if kind.is_critical else "",
                data_lang(kind.name),
                kind.name,
            )
            for kind in request_types
        ),
    )


@register.simple_tag
def edition_of(edition: Any) -> str:
    """“Edition 3 of 23 November 2026”, of a row or of what an answer says of its edition."""
    words = {
        "number": edition.number,
        "date": formats.date_format(edition.published_at, "DATE_FORMAT"),
    }
    return _("Edition %(number)s of %(date)s") % words
