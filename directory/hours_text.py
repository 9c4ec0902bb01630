"""Opening hours in words, as an OpenStreetMap `opening_hours` value and as schema.org data.

Words are in the active language. What holds at an instant is the business of `directory.hours`;
here is the pattern of the week that is in force on a date.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, groupby, pairwise
from operator import attrgetter

from django.utils.dateformat import time_format
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext, gettext_lazy, pgettext

from directory.hours import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    HolidayPolicy,
    Schedule,
    Span,
    Status,
    WeeklySpan,
    exception_on,
    spans_in_force,
)

WEEK = tuple(range(1, 8))
MIDNIGHT = time.min
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
_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_SCHEMA_DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "PublicHolidays",
)


def describe(schedule: Schedule, on: date) -> str:
    """The week in force on a date, in words.

    "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.", "7 días 24 horas".
    """
    if schedule.always_open:
        return gettext("24 hours, 7 days a week")
    if not schedule.spans:
        return gettext("Hours not stated")
    groups = _days_with_equal_hours(schedule, on)
    if not groups:
        return capfirst(describe_day(()))
    sentences = [_sentence(days, spans) for spans, days in groups.items()]
    is_every_day = any(set(days) >= set(WEEK) for days in groups.values())
    return _joined([*sentences, *_on_holidays(schedule, on, is_every_day)])


def describe_day(spans: Iterable[Span]) -> str:
    """The spans of one day in words: "8 a.m. a 12 m. y 2 p.m. a 6 p.m.", "24 horas", "cerrado"."""
    described = [_span(span) for span in sorted(spans, key=attrgetter("opens"))]
    return get_text_list(described, gettext("and")) or pgettext("hours", "closed")


def clock(at: time) -> str:
    """A time of day in words: "7 a.m.", "7:30 a.m.", "12 m.", "medianoche"."""
    # Django's Spanish has "mediodía" for noon, the documents "12 m.".
    return pgettext("time of day", "noon") if at == NOON else time_format(at, "P")


def describe_plan(plan: DayPlan) -> str:
    """The hours of one date in words, as `describe_day`; "Horario no informado" if nobody said."""
    # A holiday that leaves the usual hours in doubt is named; otherwise there are none to doubt.
    if plan.status is Status.UNKNOWN and not plan.reason:
        return gettext("Hours not stated")
    return describe_day(plan.spans)


def opening_hours(schedule: Schedule, on: date) -> str:
    """The week in force on a date as an OpenStreetMap `opening_hours` value, without exceptions.

    "Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH unknown". A holiday on which nobody stated the hours is
    unknown as a whole, because readers disagree on what `PH Mo-Fr` means.
    https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """
    if schedule.always_open:
        return "24/7"
    if not schedule.spans:
        return "unknown"
    groups = _days_with_equal_hours(schedule, on)
    if not groups:
        return "off"
    weekly = {_osm_days(days): spans for spans, days in groups.items() if days != [HOLIDAY]}
    holidays = _osm_holidays(schedule, on)
    if weekly == {"Mo-Su": (WHOLE_DAY,)} and holidays in ("", "PH 00:00-24:00"):
        return "24/7"
    # After ";" a rule replaces what reaches into its days from the night before, after "," it adds.
    reaches_over = any(map(_ends_past_midnight, chain.from_iterable(weekly.values())))
    separator = ", " if reaches_over else "; "
    week = separator.join(f"{days} {_osm_times(spans)}" for days, spans in weekly.items())
    return "; ".join(rule for rule in (week, holidays) if rule)


def opening_hours_specification(schedule: Schedule, on: date) -> list[dict]:
    """The weekly hours that hold on a date or later, as schema.org OpeningHoursSpecification.

    Empty if the hours are unknown, and silent about holidays if nobody stated what happens on them.
    A day that is open throughout is 00:00-23:59 and one that is closed 00:00-00:00, as Google has
    it; a span that closes before it opens runs into the next day.
    https://schema.org/OpeningHoursSpecification
    https://developers.google.com/search/docs/appearance/structured-data/local-business
    """
    if schedule.always_open:
        return [_specification(WHOLE_DAY, days=WEEK)]
    groups: dict[tuple, list[int]] = {}
    for span in sorted(_still_valid(schedule, on), key=attrgetter("day", "opens")):
        key = (_plain(span), span.valid_from, span.valid_until)
        groups.setdefault(key, []).append(span.day)
    specifications = [
        _specification(span, days=days, first=first, last=last)
        for (span, first, last), days in groups.items()
    ]
    is_holiday_known = schedule.holidays in (HolidayPolicy.CLOSED, HolidayPolicy.OWN_HOURS)
    if groups and is_holiday_known and not any(HOLIDAY in days for days in groups.values()):
        specifications.append(_specification(None, days=[HOLIDAY]))
    return specifications


def special_opening_hours_specification(schedule: Schedule, on: date) -> list[dict]:
    """The exceptions that hold on a date or later, as schema.org OpeningHoursSpecification.

    They are meant for `specialOpeningHoursSpecification`. Of several that cover a day, only the one
    that decides it is named.
    """
    return [
        _specification(span, first=first, last=last, description=exception.reason)
        for first, last, exception in deciding_exceptions(schedule)
        if on <= last
        for span in exception.spans or (None,)
    ]


def _days_with_equal_hours(schedule: Schedule, on: date) -> dict[tuple[Span, ...], list[int]]:
    """The days that have hours, by their hours, in the order of the first day of each."""
    groups: dict[tuple[Span, ...], list[int]] = {}
    for day in (*WEEK, HOLIDAY):
        spans = spans_in_force(schedule, day, on)
        if spans and (day != HOLIDAY or schedule.holidays == HolidayPolicy.OWN_HOURS):
            groups.setdefault(tuple(map(_plain, spans)), []).append(day)
    return groups


def _plain(span: WeeklySpan) -> Span:
    return Span(opens=span.opens, closes=span.closes)


def _runs(days: list[int]) -> list[list[int]]:
    """The weekdays among `days`, cut where one is missing: [1, 2, 3, 5, 8] -> [[1, 2, 3], [5]]."""
    weekdays = (day for day in days if day != HOLIDAY)
    runs = groupby(enumerate(weekdays), key=lambda pair: pair[1] - pair[0])
    return [[day for _, day in run] for _, run in runs]


def _sentence(days: list[int], spans: tuple[Span, ...]) -> str:
    if spans == (WHOLE_DAY,) and set(days) >= set(WEEK):
        return gettext("24 hours, 7 days a week")
    return f"{days_in_words(days)}: {describe_day(spans)}"


def days_in_words(days: list[int]) -> str:
    """The days in words. Single days stand in the plural beside holidays: "Domingos y festivos"."""
    has_holidays = HOLIDAY in days
    names = []
    for run in _runs(days):
        if len(run) == len(WEEK):
            names.append(gettext("every day"))
        elif len(run) > 2:
            names.append(_from_to(run[0], run[-1]))
        else:
            names += [_PLURALS[day - 1] if has_holidays else _weekday(day) for day in run]
    if has_holidays:
        names.append(_PLURALS[HOLIDAY - 1])
    return capfirst(get_text_list(names, gettext("and")))


def _weekday(day: int) -> str:
    return str(WEEKDAYS[day - 1])


def _from_to(first: int, last: int) -> str:
    return gettext("%(first)s to %(last)s") % {"first": _weekday(first), "last": _weekday(last)}


def _span(span: Span) -> str:
    if span.opens == span.closes == MIDNIGHT:
        return gettext("24 hours")
    times = {"opens": clock(span.opens), "closes": clock(span.closes)}
    if _ends_past_midnight(span):
        return gettext("%(opens)s to %(closes)s the next day") % times
    return gettext("%(opens)s to %(closes)s") % times


def _ends_past_midnight(span: Span) -> bool:
    return span.ends_next_day and span.closes != MIDNIGHT


def _on_holidays(schedule: Schedule, on: date, is_every_day: bool) -> list[str]:
    """What is known of holidays that have no hours of their own."""
    if schedule.holidays == HolidayPolicy.AS_WEEKDAY:
        return [gettext("Public holidays: usual hours.")]
    if schedule.holidays == HolidayPolicy.NOT_STATED and is_every_day:
        # “Every day” alone would promise the holidays too.
        return [gettext("Public holidays: hours not confirmed.")]
    return [gettext("Public holidays: closed.")] if _is_closed_on_holidays(schedule, on) else []


def _is_closed_on_holidays(schedule: Schedule, on: date) -> bool:
    if schedule.holidays == HolidayPolicy.OWN_HOURS:
        return not spans_in_force(schedule, HOLIDAY, on)
    return schedule.holidays == HolidayPolicy.CLOSED


def _joined(sentences: list[str]) -> str:
    """The sentences in a row. The dot of "p.m." ends one too, and the last needs none."""
    *others, last = sentences
    return " ".join([*(f"{sentence.removesuffix('.')}." for sentence in others), last])


def _osm_days(days: list[int]) -> str:
    return ",".join(
        _OSM_DAYS[run[0] - 1] + (f"-{_OSM_DAYS[run[-1] - 1]}" if len(run) > 1 else "")
        for run in _runs(days)
    )


def _osm_times(spans: tuple[Span, ...]) -> str:
    return ",".join(
        f"{span.opens:%H:%M}-{'24:00' if span.closes == MIDNIGHT else format(span.closes, '%H:%M')}"
        for span in spans
    )


def _osm_holidays(schedule: Schedule, on: date) -> str:
    """The rule for public holidays; empty if weekday rules apply on them."""
    if schedule.holidays == HolidayPolicy.AS_WEEKDAY:
        return ""
    if schedule.holidays == HolidayPolicy.NOT_STATED:
        return "PH unknown"
    if _is_closed_on_holidays(schedule, on):
        return "PH off"
    return f"PH {_osm_times(spans_in_force(schedule, HOLIDAY, on))}"


def _still_valid(schedule: Schedule, on: date) -> Iterator[WeeklySpan]:
    """The spans that apply on a date or later."""
    for span in schedule.spans:
        applies = span.day != HOLIDAY or schedule.holidays == HolidayPolicy.OWN_HOURS
        if applies and (span.valid_until is None or on <= span.valid_until):
            yield span


def deciding_exceptions(schedule: Schedule) -> Iterator[tuple[date, date, DatedException]]:
    """The exceptions with the first and last of the days that each decides, in order."""
    begins = {each.first_day.toordinal() for each in schedule.exceptions}
    ends = {each.last_day.toordinal() + 1 for each in schedule.exceptions}
    stretches = groupby(
        pairwise(sorted(begins | ends)),
        key=lambda stretch: exception_on(schedule, date.fromordinal(stretch[0])),
    )
    for exception, stretch in stretches:
        if exception:
            parts = list(stretch)
            first, end = parts[0][0], parts[-1][1]
            yield date.fromordinal(first), date.fromordinal(end - 1), exception


def _specification(
    span: Span | None,
    *,
    days: Iterable[int] = (),
    first: date | None = None,
    last: date | None = None,
    description: str = "",
) -> dict:
    """One OpeningHoursSpecification; without a span: closed."""
    opens = closes = MIDNIGHT
    if span:
        opens, closes = span.opens, span.closes
    if span and closes == opens:
        # Equal times would say closed: a whole day ends a minute before it begins again.
        closes = (datetime.combine(date.max, closes, UTC) - timedelta(minutes=1)).time()
    specification = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{_SCHEMA_DAYS[day - 1]}" for day in days],
        "opens": f"{opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
        "validFrom": first and first.isoformat(),
        "validThrough": last and last.isoformat(),
        "description": description,
    }
    return {name: value for name, value in specification.items() if value}
