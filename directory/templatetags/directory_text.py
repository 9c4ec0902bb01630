"""Words and marks of the public pages."""

from datetime import time, timedelta
from typing import Any
from urllib.parse import urljoin

from django import template
from django.template import Context
from django.urls import translate_url
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext

from directory.hours.schedule import Status
from directory.hours.words import time_in_words
from directory.public import copies

register = template.Library()


@register.inclusion_tag("directory/_state.html")
def state(answering, at):
    """Whether it answers, until when, and when it opens, as seen at the instant `at`."""
    return {"answering": answering, "at": at}


@register.inclusion_tag("directory/_icon.html")
def icon(kind):
    return {"kind": kind}


# What the state of a channel is called, and the class of the entry that shows it.
STATE_WORDS = {
    Status.OPEN: gettext_lazy("Answers now"),
    Status.UNKNOWN: gettext_lazy("Hours not confirmed"),
    Status.CLOSED: gettext_lazy("Closed now"),
}
ANSWER_CLASSES = {
    Status.OPEN: "answer",
    Status.UNKNOWN: "answer answer-unknown",
    Status.CLOSED: "later",
}


@register.filter
def state_word(state: Status) -> Promise:
    """“Answers now”, “Hours not confirmed” or “Closed now”."""
    return STATE_WORDS[state]


@register.filter
def answer_class(state: Status) -> str:
    """The class of a channel among the answers to “whom do I contact now”."""
    return ANSWER_CLASSES[state]


@register.filter
def moment(instant, at):
    """When something happens, in words, as seen at the instant `at` and in its zone: “at 7 p.m.”,
    “tomorrow at 7 a.m.”, “on Monday at 7 a.m.”, or with the date."""
    instant = instant.astimezone(at.tzinfo)
    if instant.time() == time.min:
        return _at_midnight(instant, at)
    if _days_between(at, instant) == 0:
        return _("at %(time)s") % {"time": _clock(instant)}
    return _on_its_day(instant, at)


@register.filter
def deadline(instant, at):
    """Like `moment`, to stand after “until”: “7 p.m.”, “tomorrow at 7 a.m.”, “the end of Monday”.

    Midnight ends the day before it: “until tomorrow at midnight” would promise a day too much.
    """
    instant = instant.astimezone(at.tzinfo)
    if instant.time() == time.min:
        return _end_of_day(instant - timedelta(days=1), at)
    if _days_between(at, instant) == 0:
        return _clock(instant)
    return _on_its_day(instant, at)


def _on_its_day(instant, at):
    days, words = _days_between(at, instant), {"time": _clock(instant)}
    if days == 1:
        return _("tomorrow at %(time)s") % words
    if 1 < days < 7:
        words["weekday"] = formats.date_format(instant, "l")
        return _("on %(weekday)s at %(time)s") % words
    words["date"] = formats.date_format(instant, "DATE_FORMAT")
    return _("on %(date)s at %(time)s") % words


def _at_midnight(instant, at):
    """The midnight that begins the day of `instant`, said so that nobody takes it for the other."""
    days = _days_between(at, instant)
    if days == 1:
        return _("at midnight tonight")
    if 1 < days < 7:
        evening = formats.date_format(instant - timedelta(days=1), "l")
        words = {"evening": evening, "morning": formats.date_format(instant, "l")}
        return _("at midnight between %(evening)s and %(morning)s") % words
    return _("at the start of %(date)s") % {"date": formats.date_format(instant, "DATE_FORMAT")}


def _end_of_day(day, at):
    days = _days_between(at, day)
    if days == 0:
        return _("midnight tonight")
    if days == 1:
        return _("the end of tomorrow")
    is_near = 1 < days < 7
    named = formats.date_format(day, "l" if is_near else "DATE_FORMAT")
    return _("the end of %(day)s") % {"day": named}


def _days_between(at, instant):
    return (instant.date() - at.date()).days


def _clock(instant):
    """The time of day with the article that Spanish wants before it: “las 7 p.m.”, “la 1 p.m.”."""
    is_one = instant.hour in (1, 13)
    article = npgettext("time with article", "%(time)s", "%(time)s", 1 if is_one else 2)
    return article % {"time": time_in_words(instant.time())}


@register.simple_tag
def edition_of(edition: Any) -> str:
    """“Edition 3 of 23 November 2026”, of a row or of what an answer says of its edition."""
    words = {
        "number": edition.number,
        "date": formats.date_format(edition.published_at, "DATE_FORMAT"),
    }
    return _("Edition %(number)s of %(date)s") % words


@register.filter
def clock(instant):
    """The time of day of an instant, in its own zone: “7 p.m.”, “12 m.”."""
    return time_in_words(instant.time())


@register.filter
def long_date(day):
    """A date with its weekday: “martes 8 de diciembre de 2026”."""
    weekday, date = formats.date_format(day, "l"), formats.date_format(day, "DATE_FORMAT")
    return _("%(weekday)s %(date)s") % {"weekday": weekday, "date": date}


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """The address of this page in another language; the start page where there is none."""
    return _reachable(context, translate_url(context["request"].get_full_path(), code))


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """The address of another page of the list that is shown, with the same question."""
    query = context["request"].GET.copy()
    query["page"] = number
    return _reachable(context, f"?{query.urlencode()}")


def _reachable(context: Context, address: str) -> str:
    """The address, or in the static mirror that of its file."""
    if not context.get("is_copy"):
        return address
    return copies.address_of(urljoin(context["request"].path, address))
