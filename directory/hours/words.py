"""Opening hours, days and dates in words of the active language.

Here is the pattern of the week that is in force on a date; what holds at an instant is computed in
`directory.hours.states`.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from operator import attrgetter

from django.utils import formats
from django.utils.dateformat import time_format
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext, gettext_lazy, npgettext, pgettext

from directory.hours.exceptions import monthly_on
from directory.hours.rules import spans_in_force
from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    ExceptionEffect,
    HolidayPolicy,
    MonthlyDay,
    OpeningHours,
    Span,
    Status,
)
from directory.hours.upcoming import Upcoming, UpcomingKind
from directory.hours.week import (
    MIDNIGHT,
    WEEK,
    days_with_equal_hours,
    ends_past_midnight,
    is_closed_on_holidays,
    runs_of_days,
)

NOON = time(12)

# In the order of `WeeklySpan.day`: Monday to Sunday, public holidays.
_PLURALS = (
    gettext_lazy("Mondays"),
    gettext_lazy("Tuesdays"),
    gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"),
    gettext_lazy("Fridays"),
    gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
    gettext_lazy("public holidays"),
)

MONTHLY_DAYS = {
    MonthlyDay.FIRST_WORKING_DAY: gettext_lazy("first working day of each month"),
    MonthlyDay.LAST_WORKING_DAY: gettext_lazy("last working day of each month"),
}


def describe_schedule(schedule: OpeningHours, on: date) -> str:
    """The week in force on a date, in words, and what is not as usual on a day of each month.

    "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.", "7 días 24 horas", "Lunes a viernes:
    7 a.m. a 7 p.m. Primer día hábil de cada mes: 7 a.m. a 11 a.m.".
    """
    if not schedule.is_stated:
        return gettext("Hours not stated")
    monthly = [
        f"{capfirst(MONTHLY_DAYS[which])}: {describe_exception(exception)}"
        for which, exception in monthly_on(schedule, on)
    ]
    return _joined([*_week_in_words(schedule, on), *monthly])


def _week_in_words(schedule: OpeningHours, on: date) -> list[str]:
    if schedule.always_open:
        return [gettext("24 hours, 7 days a week")]
    groups = days_with_equal_hours(schedule, on)
    if not groups:
        return [capfirst(describe_day(()))]
    sentences = [_sentence(days, spans) for spans, days in groups.items()]
    is_every_day = any(set(days) >= set(WEEK) for days in groups.values())
    return [*sentences, *_on_holidays(schedule, on, is_every_day)]


def describe_holidays(schedule: OpeningHours, on: date) -> str:
    """What the week in force on a date says of public holidays, in a sentence.

    "Festivos: cerrado.", "Festivos: 9 a.m. a 12 m.", "Festivos: horario no confirmado.".
    """
    if schedule.always_open:
        return gettext("Public holidays: usual hours.")
    spans = spans_in_force(schedule, HOLIDAY, on)
    if schedule.holidays == HolidayPolicy.OWN_HOURS and spans:
        return f"{_sentence([HOLIDAY], spans).removesuffix('.')}."
    return _on_holidays(schedule, on, is_every_day=True)[0]


def describe_day(spans: Iterable[Span]) -> str:
    """The spans of one day in words: "8 a.m. a 12 m. y 2 p.m. a 6 p.m.", "24 horas", "cerrado"."""
    described = [_span(span) for span in sorted(spans, key=attrgetter("opens"))]
    return get_text_list(described, gettext("and")) or pgettext("hours", "closed")


def describe_week(schedule: OpeningHours, on: date) -> list[tuple[str, str]]:
    """The week in force on a date, day by day, then the public holidays: names and hours."""
    if schedule.always_open:
        spans: dict[int, tuple[Span, ...]] = dict.fromkeys(WEEK, (WHOLE_DAY,))
    else:
        spans = {day: tuple(spans_in_force(schedule, day, on)) for day in WEEK}
    week = [(_weekday(day), describe_day(spans[day])) for day in WEEK]
    return [*week, (str(_PLURALS[HOLIDAY - 1]), _holidays_in_words(schedule, on))]


def time_in_words(at: time) -> str:
    """A time of day in words: "7 a.m.", "7:30 a.m.", "12 m.", "medianoche"; in Portuguese "7h",
    "19h30"."""
    if at == NOON:
        # Django's Spanish has "mediodía", the documents "12 m.".
        return pgettext("time of day", "noon")
    if at == MIDNIGHT:
        return time_format(at, "P")
    if at.minute:
        return time_format(at, pgettext("how Django formats 7:30 a.m.", "P"))
    return time_format(at, pgettext("how Django formats 7 a.m.", "P"))


def describe_plan(plan: DayPlan) -> str:
    """The hours of one date in words, as `describe_day`; "Horario no informado" if nobody said."""
    # A holiday that leaves the usual hours in doubt is named; otherwise there are none to doubt.
    if plan.status is Status.UNKNOWN and not plan.reason:
        return gettext("Hours not stated")
    return describe_day(plan.spans)


def describe_exception(exception: DatedException) -> str:
    """What an exception does on its days, in words, whatever is usual: "cerrado", "abre a las 10
    a.m. o después", "cierra a las 12 m. a más tardar", "8 a.m. a 4 p.m., también los días en que
    normalmente cierra"."""
    if exception.effect == ExceptionEffect.LIMITED:
        opens, closes = exception.opens_at_earliest, exception.closes_at_latest
        words = {
            "opens": clock_with_article(opens) if opens is not None else "",
            "closes": clock_with_article(closes) if closes is not None else "",
        }
        if opens is not None and closes is not None:
            return gettext("usual hours, not before %(opens)s nor after %(closes)s") % words
        if opens is not None:
            return gettext("usual hours, not before %(opens)s") % words
        return gettext("usual hours, not after %(closes)s") % words
    if exception.effect == ExceptionEffect.CLOSED:
        return describe_day(())
    hours = describe_day(exception.spans)
    if exception.also_on_days_off:
        return gettext("%(hours)s, also on days that are usually closed") % {"hours": hours}
    return hours


def describe_upcoming(event: Upcoming, schedule: OpeningHours) -> str:
    """The hours that a schedule has on the days of an event: of an exception whose days differ,
    what it says; of new hours the week."""
    if event.kind is UpcomingKind.HOURS:
        return describe_schedule(schedule, event.first_day)
    if event.plan is None:
        return describe_exception(event.exception) if event.exception else ""
    if event.plan.status is not Status.UNKNOWN:
        return describe_plan(event.plan)
    if event.kind is UpcomingKind.HOLIDAY:
        return gettext("hours not confirmed")
    return gettext("%(hours)s, not confirmed") % {"hours": describe_plan(event.plan)}


def clock_with_article(at: time) -> str:
    """The time of day with the article that Spanish wants before it: “las 7 p.m.”, “la 1 p.m.”,
    “medianoche”."""
    words = time_in_words(at)
    if at == MIDNIGHT:
        return words
    article = npgettext("time with article", "%(time)s", "%(time)s", _count(words))
    return article % {"time": words}


def clock_at(at: time) -> str:
    """The time of day, other than midnight, at which something is: “a las 7 p.m.”, “às 19h”."""
    words = time_in_words(at)
    return npgettext("time", "at %(time)s", "at %(time)s", _count(words)) % {"time": words}


def _count(words: str) -> int:
    """1 for “1 p.m.”, “1:30 p.m.”, “1h”: that hour alone is singular."""
    return 1 if re.match(r"1\b|1(?=h)", words) else 2


def _sentence(days: list[int], spans: tuple[Span, ...]) -> str:
    if spans == (WHOLE_DAY,) and set(days) >= set(WEEK):
        return gettext("24 hours, 7 days a week")
    return f"{days_in_words(days)}: {describe_day(spans)}"


def days_in_words(days: list[int]) -> str:
    """The days in words. Single days stand in the plural beside holidays: "Domingos y festivos"."""
    return capfirst(weekdays_in_words(days))


def weekdays_in_words(days: list[int]) -> str:
    """The same, to stand inside a sentence: “lunes a viernes”."""
    has_holidays = HOLIDAY in days
    names = []
    for run in runs_of_days(days):
        if len(run) == len(WEEK):
            names.append(gettext("every day"))
        elif len(run) > 2:
            names.append(_from_to(run[0], run[-1]))
        else:
            names += [str(_PLURALS[day - 1]) if has_holidays else _weekday(day) for day in run]
    if has_holidays:
        names.append(str(_PLURALS[HOLIDAY - 1]))
    return get_text_list(names, gettext("and"))


def _weekday(day: int) -> str:
    return str(WEEKDAYS[day - 1])


def _from_to(first: int, last: int) -> str:
    return gettext("%(first)s to %(last)s") % {"first": _weekday(first), "last": _weekday(last)}


def _span(span: Span) -> str:
    if span.opens == span.closes == MIDNIGHT:
        return gettext("24 hours")
    times = {"opens": time_in_words(span.opens), "closes": time_in_words(span.closes)}
    if ends_past_midnight(span):
        return gettext("%(opens)s to %(closes)s the next day") % times
    return gettext("%(opens)s to %(closes)s") % times


def _on_holidays(schedule: OpeningHours, on: date, is_every_day: bool) -> list[str]:
    """What is known of holidays that have no hours of their own."""
    if schedule.holidays == HolidayPolicy.AS_WEEKDAY:
        return [gettext("Public holidays: usual hours.")]
    if schedule.holidays == HolidayPolicy.NOT_STATED and is_every_day:
        # “Every day” alone would promise the holidays too.
        return [gettext("Public holidays: hours not confirmed.")]
    return [gettext("Public holidays: closed.")] if is_closed_on_holidays(schedule, on) else []


def _holidays_in_words(schedule: OpeningHours, on: date) -> str:
    if schedule.always_open:
        return describe_day([WHOLE_DAY])
    if schedule.holidays == HolidayPolicy.AS_WEEKDAY:
        return gettext("usual hours")
    if schedule.holidays == HolidayPolicy.NOT_STATED:
        return gettext("hours not confirmed")
    is_closed = is_closed_on_holidays(schedule, on)
    return describe_day(() if is_closed else spans_in_force(schedule, HOLIDAY, on))


def _joined(sentences: list[str]) -> str:
    """The sentences in a row. The dot of "p.m." ends one too, and the last needs none."""
    *others, last = sentences
    return " ".join([*(f"{sentence.removesuffix('.')}." for sentence in others), last])


def describe_days(first: date, last: date, *, every_year: bool = False) -> str:
    """“24 de diciembre de 2026”, or from one day to another; “24 de diciembre de cada año desde
    2026”."""
    words = _dates(first, last, every_year)
    days = gettext("%(first)s until %(last)s") % words if first != last else words["first"]
    return _of_each_year(days, first) if every_year else days


def describe_exception_days(exception: DatedException) -> str:
    """The days of an exception: as `describe_days`, or “primer día hábil de cada mes (desde el 1 de
    diciembre de 2026)”."""
    first, last = exception.first_day, exception.last_day
    if exception.monthly:
        return f"{MONTHLY_DAYS[exception.monthly]} ({describe_validity(first, last)})"
    return describe_days(first, exception.ends, every_year=exception.every_year)


def describe_validity(first: date | None, last: date | None, *, every_year: bool = False) -> str:
    """“desde el 1 de diciembre de 2026”, “hasta el …”, both, also of each year; “siempre” without
    limits."""
    words = _dates(first, last, every_year)
    if first and last:
        days = gettext("from %(first)s until %(last)s") % words
        return _of_each_year(days, first) if every_year else days
    if first:
        return gettext("from %(first)s on") % words
    return gettext("until %(last)s") % words if last else gettext("always")


def _of_each_year(days: str, first: date) -> str:
    words = {"days": days, "year": str(first.year)}
    return gettext("%(days)s of each year since %(year)s") % words


def _dates(first: date | None, last: date | None, every_year: bool) -> dict[str, str]:
    style = "MONTH_DAY_FORMAT" if every_year else "DATE_FORMAT"
    return {
        "first": formats.date_format(first, style) if first else "",
        "last": formats.date_format(last, style) if last else "",
    }
