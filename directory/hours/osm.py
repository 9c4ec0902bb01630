"""Opening hours as an OpenStreetMap `opening_hours` value.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from datetime import date
from itertools import chain

from directory.hours.rules import spans_in_force
from directory.hours.schedule import HOLIDAY, WHOLE_DAY, HolidayPolicy, OpeningHours, Span
from directory.hours.week import (
    MIDNIGHT,
    days_with_equal_hours,
    ends_past_midnight,
    is_closed_on_holidays,
    runs_of_days,
)

_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def opening_hours(schedule: OpeningHours, on: date) -> str:
    """The week in force on a date as an OpenStreetMap `opening_hours` value, without exceptions.

    "Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH unknown". A holiday on which nobody stated the hours is
    unknown as a whole, because readers disagree on what `PH Mo-Fr` means.
    https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """
    if schedule.always_open:
        return "24/7"
    if not schedule.spans:
        return "unknown"
    groups = days_with_equal_hours(schedule, on)
    if not groups:
        return "off"
    weekly = {_osm_days(days): spans for spans, days in groups.items() if days != [HOLIDAY]}
    holidays = _osm_holidays(schedule, on)
    if weekly == {"Mo-Su": (WHOLE_DAY,)} and holidays in ("", "PH 00:00-24:00"):
        return "24/7"
    # After ";" a rule replaces what reaches into its days from the night before, after "," it adds.
    reaches_over = any(map(ends_past_midnight, chain.from_iterable(weekly.values())))
    separator = ", " if reaches_over else "; "
    week = separator.join(f"{days} {_osm_times(spans)}" for days, spans in weekly.items())
    return "; ".join(rule for rule in (week, holidays) if rule)


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


def _osm_holidays(schedule: OpeningHours, on: date) -> str:
    """The rule for public holidays; empty if weekday rules apply on them."""
    if schedule.holidays == HolidayPolicy.AS_WEEKDAY:
        return ""
    if schedule.holidays == HolidayPolicy.NOT_STATED:
        return "PH unknown"
    if is_closed_on_holidays(schedule, on):
        return "PH off"
    return f"PH {_osm_times(spans_in_force(schedule, HOLIDAY, on))}"
