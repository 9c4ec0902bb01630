"""Opening hours as an OpenStreetMap `opening_hours` value.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from datetime import date, timedelta
from functools import partial
from itertools import chain, starmap
from operator import attrgetter

from directory.hours.exceptions import is_for_every_day
from directory.hours.rules import day_plan, exceptional_plans, spans_in_force, usual_plan
from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    HolidayName,
    HolidayPolicy,
    OpeningHours,
    Span,
    Status,
    no_holidays,
)
from directory.hours.validity import A_YEAR, ONE_DAY
from directory.hours.week import (
    MIDNIGHT,
    days_with_equal_hours,
    ends_past_midnight,
    is_closed_on_holidays,
    runs_of_days,
)

# The countries whose public holidays opening_hours.js knows (version 3.15.0, `src/holidays`), asked
# with its own `PH off`. With any other it takes no value that says PH:
# https://github.com/opening-hours/opening_hours.js/tree/main/src/holidays
_COUNTRIES = frozenset([
    "AR", "AT", "AU", "BE", "BG", "BR", "BY", "CA", "CH", "CI", "CN", "CZ", "DE", "DK",
    "EE", "ES", "FI", "FR", "GE", "GG", "GI", "GR", "HR", "HU", "IE", "IM", "IT", "JE",
    "JP", "LT", "LU", "LV", "MC", "MD", "MT", "MX", "NA", "NF", "NL", "NO", "NZ", "PL",
    "PM", "PT", "RO", "RS", "RU", "SE", "SI", "SJ", "SK", "SM", "UA", "US", "VN", "ZA",
])  # fmt: skip
# Those of which it knows the holidays of each part, and of the whole none.
_COUNTRIES_BY_PART = frozenset({"GB"})
_OSM_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def readers_know_holidays(schedule: OpeningHours) -> bool:
    """Whether opening_hours.js knows the public holidays of the schedule's place, so that it takes
    a value with `PH`."""
    by_part = schedule.country in _COUNTRIES_BY_PART and bool(schedule.subdivision)
    return by_part or schedule.country in _COUNTRIES


def opening_hours(
    schedule: OpeningHours,
    on: date,
    holiday_name: HolidayName = no_holidays,
    *,
    with_holidays: bool = True,
) -> str:
    """The week in force on a date as an OpenStreetMap `opening_hours` value, and the exceptions of
    a year from then on; of the day before too, where it reaches into the date.

    "Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH unknown; Dec 24 off; 2026 Dec 30 07:00-12:00". A holiday
    on which nobody stated the hours is unknown as a whole, because readers disagree on what
    `PH Mo-Fr` means. A later rule replaces those before it, also what reaches into its days from
    the night before. `with_holidays`: whether to say what applies on `PH`; without, `holidays_rule`
    is what is left out.
    https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """
    yearly = sorted(filter(partial(_is_yearly_rule, on=on), schedule.exceptions), key=_precedence)
    first = _first_day(schedule, on, holiday_name)
    dated = exceptional_plans(schedule, first, on + A_YEAR, holiday_name, told=yearly)
    week = _osm_week(schedule, on, with_holidays)
    rules = [*map(_osm_yearly, yearly), *starmap(_osm_dated, dated)]
    # Readers warn of a 24/7 that is not.
    return "; ".join(["open" if rules and week == "24/7" else week, *rules])


def _first_day(schedule: OpeningHours, on: date, holiday_name: HolidayName) -> date:
    """The date, or the day before where that, as usual or not, reaches into it."""
    eve = on - ONE_DAY
    plans = (what(schedule, eve, holiday_name) for what in (usual_plan, day_plan))
    reaches = any(ends_past_midnight(span) for plan in plans for span in plan.spans)
    return eve if reaches else on


def _is_yearly_rule(exception: DatedException, on: date) -> bool:
    """Whether it says the same of its days every year, from now on."""
    return exception.every_year and exception.first_day <= on and is_for_every_day(exception)


def _precedence(exception: DatedException) -> tuple[bool, timedelta, date]:
    """In the order of this a later rule decides, as `exceptions.exception_on` does."""
    length = exception.ends - exception.first_day
    return not exception.for_all, -length, exception.first_day


def _osm_yearly(exception: DatedException) -> str:
    first, last = exception.first_day, exception.ends
    days = f"{_osm_date(first)}-{_osm_date(last)}" if first != last else _osm_date(first)
    return f"{days} {_osm_hours(exception.spans)}"


def _osm_dated(last: date, plan: DayPlan) -> str:
    days = f"{plan.day.year} {_osm_date(plan.day)}"
    if last != plan.day:
        # The year on both sides: opening_hours.js does not read 2026 Dec 04-Dec 08.
        days = f"{days}-{last.year} {_osm_date(last)}"
    unknown = " unknown" if plan.status is Status.UNKNOWN else ""
    return f"{days} {_osm_hours(plan.spans)}{unknown}"


def _osm_date(day: date) -> str:
    return f"{_OSM_MONTHS[day.month - 1]} {day.day:02}"


def _osm_hours(spans: tuple[Span, ...]) -> str:
    return _osm_times(tuple(sorted(spans, key=attrgetter("opens")))) or "off"


def _osm_week(schedule: OpeningHours, on: date, with_holidays: bool) -> str:
    if schedule.always_open:
        return "24/7"
    if not schedule.spans:
        return "unknown"
    groups = days_with_equal_hours(schedule, on)
    if not groups:
        return "off"
    weekly = {_osm_days(days): spans for spans, days in groups.items() if days != [HOLIDAY]}
    holidays = holidays_rule(schedule, on)
    if weekly == {"Mo-Su": (WHOLE_DAY,)} and holidays in ("", "PH 00:00-24:00"):
        return "24/7"
    # After ";" a rule replaces what reaches into its days from the night before, after "," it adds.
    reaches_over = any(map(ends_past_midnight, chain.from_iterable(weekly.values())))
    separator = ", " if reaches_over else "; "
    week = separator.join(f"{days} {_osm_times(spans)}" for days, spans in weekly.items())
    rules = (week, holidays) if with_holidays else (week or "off",)
    return "; ".join(rule for rule in rules if rule)


def _osm_days(days: list[int]) -> str:
    return ",".join(
        _OSM_DAYS[run[0] - 1] + (f"-{_OSM_DAYS[run[-1] - 1]}" if len(run) > 1 else "")
        for run in runs_of_days(days)
    )


def _osm_times(spans: tuple[Span, ...]) -> str:
    return ",".join(
        f"{span.opens:%H:%M}-{'24:00' if span.closes == MIDNIGHT else format(span.closes, '%H:%M')}"
        for span in spans
    )


def holidays_rule(schedule: OpeningHours, on: date) -> str:
    """The rule for public holidays, "PH off"; empty if weekday rules apply on them."""
    if schedule.always_open or schedule.holidays == HolidayPolicy.AS_WEEKDAY:
        return ""
    if schedule.holidays == HolidayPolicy.NOT_STATED:
        return "PH unknown"
    if is_closed_on_holidays(schedule, on):
        return "PH off"
    return f"PH {_osm_times(spans_in_force(schedule, HOLIDAY, on))}"
