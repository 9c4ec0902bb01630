"""Instants and dates in words of the active language; instants as seen at another one.

An instant is told in its own zone, that of its schedule.
"""

from datetime import date, datetime, time, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from directory.hours.words import clock_at, clock_with_article, time_in_words
from directory.hours.zones import zone_note


def moment(instant: datetime, at: datetime) -> str:
    """When something happens, in words, as seen at the aware instant `at`: “at 7 p.m.”, “tomorrow
    at 7 a.m.”, “on Monday at 7 a.m.”, or with the date. It is told in the zone of `instant`, which
    is named where clocks of the zone of `at` show another time."""
    if instant.time() == time.min:
        return _in_zone(_at_midnight(instant, at), instant, at)
    if _days_ahead(instant, at) == 0:
        return _in_zone(clock_at(instant.time()), instant, at)
    return _in_zone(_on_its_day(instant, at), instant, at)


def beginning(instant: datetime, at: datetime) -> str:
    """Like `moment`, to stand after “since”: “7 p.m.”, “on 3 May 2026 at 7 a.m.”."""
    if instant.time() == time.min:
        date = formats.date_format(instant, "DATE_FORMAT")
        return _in_zone(_("the start of %(date)s") % {"date": date}, instant, at)
    return deadline(instant, at)


def deadline(instant: datetime, at: datetime) -> str:
    """Like `moment`, to stand after “until”: “7 p.m.”, “tomorrow at 7 a.m.”, “the end of Monday”.

    Midnight ends the day before it: “until tomorrow at midnight” would promise a day too much.
    """
    if instant.time() == time.min:
        return _in_zone(_end_of_day(instant - timedelta(days=1), at), instant, at)
    if _days_ahead(instant, at) == 0:
        return _in_zone(clock_with_article(instant.time()), instant, at)
    return _in_zone(_on_its_day(instant, at), instant, at)


def last_day(until: datetime) -> date:
    """The last day of what ends at an instant: midnight ends the day before it."""
    return (until - timedelta(microseconds=1)).date()


def _in_zone(words: str, instant: datetime, at: datetime) -> str:
    """The words, with whose time they tell."""
    return ", ".join(filter(None, (words, zone_note(instant.tzinfo, at))))


def _on_its_day(instant: datetime, at: datetime) -> str:
    words = {"at": clock_at(instant.time())}
    if _days_ahead(instant, at) == 1:
        return _("tomorrow %(at)s") % words
    if _has_weekday_of_its_own(instant, at):
        words["weekday"] = formats.date_format(instant, "l")
        return _("on %(weekday)s %(at)s") % words
    words["date"] = formats.date_format(instant, "DATE_FORMAT")
    return _("on %(date)s %(at)s") % words


def _at_midnight(instant: datetime, at: datetime) -> str:
    """The midnight that begins the day of `instant`, said so that nobody takes it for the other."""
    if _days_ahead(instant, at) == 1:
        return _("at midnight tonight")
    if _has_weekday_of_its_own(instant, at):
        evening = formats.date_format(instant - timedelta(days=1), "l")
        words = {"evening": evening, "morning": formats.date_format(instant, "l")}
        return _("at midnight between %(evening)s and %(morning)s") % words
    return _("at the start of %(date)s") % {"date": formats.date_format(instant, "DATE_FORMAT")}


def _end_of_day(day: datetime, at: datetime) -> str:
    days = _days_ahead(day, at)
    if days == 0:
        return _("midnight tonight")
    if days == 1:
        return _("the end of tomorrow")
    named = formats.date_format(day, "l" if _has_weekday_of_its_own(day, at) else "DATE_FORMAT")
    return _("the end of %(day)s") % {"day": named}


def _days_ahead(instant: datetime, at: datetime) -> int | None:
    """How many days after today its day is; None where today is not the same day in both zones,
    so that “tomorrow” would have two meanings."""
    today = at.date()
    return (instant.date() - today).days if _today_there(instant, at) == today else None


def _has_weekday_of_its_own(instant: datetime, at: datetime) -> bool:
    """Whether its weekday alone says which day is meant, whichever of the two zones' today one
    counts from."""
    todays = at.date(), _today_there(instant, at)
    return all(0 <= (instant.date() - today).days < 7 for today in todays)


def _today_there(instant: datetime, at: datetime) -> date:
    return at.astimezone(instant.tzinfo).date()


def clock(instant: datetime) -> str:
    """The time of day of an instant, in its own zone: “7 p.m.”, “12 m.”."""
    return time_in_words(instant.time())


def long_date(day: date) -> str:
    """A date with its weekday: “martes 8 de diciembre de 2026”."""
    weekday, date = formats.date_format(day, "l"), formats.date_format(day, "DATE_FORMAT")
    return _("%(weekday)s, %(date)s") % {"weekday": weekday, "date": date}
