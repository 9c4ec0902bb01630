"""Words, icons and style classes of what a page tells: states, request types, editions, times."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from directory.contacts.remembered import remembered
from directory.hours import moments
from directory.hours.schedule import Status
from directory.hours.zones import time_here
from directory.templatetags.directory_pages import data_lang, in_data_lang, reason
from directory.templatetags.markup import markup, markup_join

register = template.Library()

register.filter(distinctions.besides_shown)
register.filter(distinctions.says_more)
register.filter(sentences.open_too)
register.filter(moments.clock)
register.filter(sentences.others)
register.filter("detail", sentences.state_detail)
register.simple_tag(time_here)


@register.simple_tag
def state(answering: AnsweringState, at: datetime, of: str = "", element: str = "p") -> SafeString:
    """Whether it answers, why, until when, and when it opens, as seen at the instant `at`; `of`
    says what does, where that is not clear. `element` is another than a paragraph where none may
    be."""
    if not answering.state:
        return SafeString()
    detail = sentences.state_detail(answering, at)
    return markup(
        '<{0} class="state state-{1}">{2} <span class="state-word">{3}</span> {4} {5}</{0}>',
        element,
        answering.state,
        f"{of}:" if of else "",
        sentences.state_word(answering),
        "" if answering.out_of_order else reason(answering),
        markup("<span>{}</span>", detail) if detail else "",
    )


@register.simple_tag
def service_state(directory: Directory, lead: ChannelAnswer | None = None) -> SafeString:
    """Whether a service answers: ordinary requests, and critical ones where that differs. Until
    when it does is told of `lead`, where that is shown beside it."""
    if not directory.channels:
        return markup('<p class="not-stated">{}</p>', _("No channel is stated."))
    service, at = whom_to_contact.service_state(directory.channels), directory.at
    if lead and service.of_ordinary.state == lead.state == Status.OPEN:
        service = replace(service, ordinary=lead)
    ordinary, critical = service.ordinary, service.critical
    if critical and service.is_critical_only:
        details = [
            sentences.state_detail(critical, at) if critical.until or not ordinary else "",
            sentences.others(ordinary, at) if ordinary else "",
        ]
        return markup(
            '<p class="state state-critical"><span class="state-word">{}</span>{}</p>',
            _("Critical incidents only"),
            markup_join("", " · {}", ((each,) for each in details if each)),
        )
    told = state(ordinary, at) if ordinary else SafeString()
    if critical and service.tells_apart:
        told += state(critical, at, of=_("Critical incidents"))
    return told


@register.simple_tag
def titled(channel: ChannelAnswer) -> SafeString:
    """A channel's title with what it is for."""
    title = in_data_lang(channel.title)
    if channel.is_general:
        return markup("{}", title)
    return markup("{}: {}", title, type_names(channel.request_types))


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


@register.simple_tag
def more_notices(told: Sequence[NoticeAnswer], at: datetime) -> SafeString:
    """What is not the most urgent of many notices: to be opened, a line each."""
    if not told:
        return SafeString()
    lines = (
        (
            sentences.notice_word(each),
            data_lang(each.text),
            each.text,
            sentences.notice_time(each, at),
        )
        for each in told
    )
    return markup(
        '<details class="more-notices"><summary>{}</summary><ul>{}</ul></details>',
        ngettext("%d more", "%d more", len(told)) % len(told),
        markup_join("\n", "<li><strong>{}:</strong> <span{}>{}</span> {}</li>", lines),
    )


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
    if not query:
        return SafeString("<wbr>".join(map(escape, parts)))
    found = marks.spans("".join(parts), query)
    told, begin = [], 0
    for part in parts:
        here = marks.within(found, begin, begin + len(part))
        pieces = (
            ("<mark>{}</mark>" if is_found else "{}", piece)
            for piece, is_found in marks.pieces(part, here)
        )
        told.append(SafeString("").join(markup(form, piece) for form, piece in pieces))
        begin += len(part)
    return mark_safe("<wbr>".join(told))  # noqa: S308 # each is escaped


@register.filter
def notices_on(directory: Directory, channel: ChannelAnswer) -> list[NoticeAnswer]:
    """Those in force on a channel itself: not on its service, nor on its contacts."""
    return [each for each in directory.notices if each.channel == channel.code]


@register.filter
def notice_of(directory: Directory, part: AnsweringState | ContactAnswer) -> NoticeAnswer | None:
    """The notice in force that a contact, or what does not answer, names."""
    if not part.notice:
        return None
    return next((each for each in directory.notices if each.code == part.notice), None)


@register.simple_tag
def icon(kind: str) -> SafeString:
    """The icon of a kind of contact."""
    return symbol(kind_of(kind).icon)


@register.simple_tag
@lru_cache(maxsize=64)
def symbol(name: str) -> SafeString:
    """A symbol of icons.svg. No template of its own: a page may have a thousand of them."""
    return markup(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        static("directory/icons.svg"),
        name,
    )


# Between the days of hours in words: “… a 7 p.m. Sábado: …”.
BETWEEN_DAYS = re.compile(r"(?<=[.;]) (?=[^\W\d_a-z])")


@register.filter
@lru_cache(maxsize=512)
def hours_in_parts(text: str) -> SafeString:
    """Hours in words, in parts between which a line breaks first."""
    parts = BETWEEN_DAYS.split(text)
    return markup_join(" ", "<span>{}</span>", ((part,) for part in parts))


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
    return markup_join(between, "{}", ((part,) for part in parts))


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
@remembered(512)
def type_names(request_types: tuple[RequestTypeAnswer, ...]) -> SafeString:
    """“Todas, Incidentes”: the names of types of request in their language, the critical ones
    marked."""
    return markup_join(
        ", ",
        "<span{}{}>{}</span>",
        (
            (
                markup(' class="{}"', "critical") if kind.is_critical else "",
                data_lang(kind.name),
                kind.name,
            )
            for kind in request_types
        ),
    )


@register.simple_tag
def edition_of(edition: Any) -> str:
    """“Edition 3 of 23 November 2026”, of a row or of what an answer says of its edition."""
    return _edition_of(edition.number, _day(edition.published_at))


@remembered(256)
def _edition_of(number: int, day: date) -> str:
    words = {"number": number, "date": formats.date_format(day, "DATE_FORMAT")}
    return _("Edition %(number)s of %(date)s") % words


@register.filter
def long_date(day: date) -> str:
    """A date, or that of an instant, with its weekday: “martes 8 de diciembre de 2026”."""
    return _long_date(_day(day))


@register.simple_tag
def as_of(at: datetime) -> str:
    """“Consultado el martes 8 de diciembre de 2026”, of an aware instant."""
    return _as_of(_day(at))


@remembered(32)
def _as_of(day: date) -> str:
    return _("As of %(date)s") % {"date": moments.long_date(day)}


_long_date = remembered(32)(moments.long_date)


def _day(at: date) -> date:
    """The organisation's day on which an instant is; a day as it is."""
    return timezone.localdate(at) if isinstance(at, datetime) else at
