"""Opening hours as schema.org data.

https://schema.org/OpeningHoursSpecification
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter

from directory.hours.rules import exceptional_plans
from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    HolidayName,
    HolidayPolicy,
    OpeningHours,
    Span,
    Status,
    WeeklySpan,
)
from directory.hours.validity import A_YEAR
from directory.hours.week import MIDNIGHT, WEEK, plain_span

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


def opening_hours_specification(schedule: OpeningHours, on: date) -> list[dict]:
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
        key = (plain_span(span), span.valid_from, span.valid_until)
        groups.setdefault(key, []).append(span.day)
    specifications = [
        _specification(span, days=days, first=first, last=last)
        for (span, first, last), days in groups.items()
    ]
    is_holiday_known = schedule.holidays in (HolidayPolicy.CLOSED, HolidayPolicy.OWN_HOURS)
    if groups and is_holiday_known and not any(HOLIDAY in days for days in groups.values()):
        specifications.append(_specification(None, days=[HOLIDAY]))
    return specifications


def special_opening_hours_specification(
    schedule: OpeningHours, on: date, holiday_name: HolidayName
) -> list[dict]:
    """What exceptions make of the days of a year from a date on, as schema.org
    OpeningHoursSpecification, meant for `specialOpeningHoursSpecification`.

    Hours that are unknown are left out.
    """
    return [
        _specification(span, first=plan.day, last=last, description=plan.reason)
        for last, plan in exceptional_plans(schedule, on, on + A_YEAR, holiday_name)
        if plan.status is not Status.UNKNOWN
        for span in plan.spans or (None,)
    ]


def closed_specification(first: date, last: date | None, description: str) -> dict:
    """That it is closed from one day to another (None: until further notice), whatever the usual
    hours."""
    return _specification(None, first=first, last=last, description=description)


def _still_valid(schedule: OpeningHours, on: date) -> Iterator[WeeklySpan]:
    """The spans that apply on a date or later."""
    for span in schedule.spans:
        applies = span.day != HOLIDAY or schedule.holidays == HolidayPolicy.OWN_HOURS
        if applies and not span.is_past_on(on):
            yield span


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
