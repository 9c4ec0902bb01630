"""Instants and dates in words of the active language; instants as seen at another one."""

from datetime import date, datetime, time, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from directory.hours.words import clock_with_article, time_in_words


def moment(instant: datetime, at: datetime) -> str:
    """When something happens, in words, as seen at the instant `at` and in its zone: “at 7 p.m.”,
    “tomorrow at 7 a.m.”, “on Monday at 7 a.m.”, or with the date."""
    instant = instant.astimezone(at.tzinfo)
    if instant.time() == time.min:
        return _at_midnight(instant, at)
    if _days_between(at, instant) == 0:
        return _("at %(time)s") % {"time": clock_with_article(instant.time())}
    return _on_its_day(instant, at)


def deadline(instant: datetime, at: datetime) -> str:
    """Like `moment`, to stand after “until”: “7 p.m.”, “tomorrow at 7 a.m.”, “the end of Monday”.

    Midnight ends the day before it: “until tomorrow at midnight” would promise a day too much.
    """
    instant = instant.astimezone(at.tzinfo)
    if instant.time() == time.min:
        return _end_of_day(instant - timedelta(days=1), at)
    if _days_between(at, instant) == 0:
        return clock_with_article(instant.time())
    return _on_its_day(instant, at)


def _on_its_day(instant: datetime, at: datetime) -> str:
    days, words = _days_between(at, instant), {"time": clock_with_article(instant.time())}
    if days == 1:
        return _("tomorrow at %(time)s") % words
    if 1 < days < 7:
        words["weekday"] = formats.date_format(instant, "l")
        return _("on %(weekday)s at %(time)s") % words
    words["date"] = formats.date_format(instant, "DATE_FORMAT")
    return _("on %(date)s at %(time)s") % words


def _at_midnight(instant: datetime, at: datetime) -> str:
    """The midnight that begins the day of `instant`, said so that nobody takes it for the other."""
    days = _days_between(at, instant)
    if days == 1:
        return _("at midnight tonight")
    if 1 < days < 7:
        evening = formats.date_format(instant - timedelta(days=1), "l")
        words = {"evening": evening, "morning": formats.date_format(instant, "l")}
        return _("at midnight between %(evening)s and %(morning)s") % words
    return _("at the start of %(date)s") % {"date": formats.date_format(instant, "DATE_FORMAT")}


def _end_of_day(day: datetime, at: datetime) -> str:
    days = _days_between(at, day)
    if days == 0:
        return _("midnight tonight")
    if days == 1:
        return _("the end of tomorrow")
    is_near = 1 < days < 7
    named = formats.date_format(day, "l" if is_near else "DATE_FORMAT")
    return _("the end of %(day)s") % {"day": named}


def _days_between(at: datetime, instant: datetime) -> int:
    return (instant.date() - at.date()).days


def clock(instant: datetime) -> str:
    """The time of day of an instant, in its own zone: “7 p.m.”, “12 m.”."""
    return time_in_words(instant.time())


def long_date(day: date) -> str:
    """A date with its weekday: “martes 8 de diciembre de 2026”."""
    weekday, date = formats.date_format(day, "l"), formats.date_format(day, "DATE_FORMAT")
    return _("%(weekday)s %(date)s") % {"weekday": weekday, "date": date}
