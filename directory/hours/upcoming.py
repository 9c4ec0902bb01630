"""What will be different on days to come: the one computation that pages, start page and calendar
read.

Pure functions over schedules and values with a validity. Each takes the first and the last day to
look at, both included, and yields what falls on at least one of them, in order of date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from directory.hours.rules import day_plan, exception_plan
from directory.hours.schedule import DatedException, DayPlan, HolidayName, OpeningHours
from directory.hours.validity import ONE_DAY, Dated, days_of_change
from directory.hours.week import days_with_equal_hours


class UpcomingKind(StrEnum):
    """What will be different; in this order where several fall on a day."""

    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    HOURS = "hours"
    REPLACEMENT = "replacement"
    BEGINNING = "beginning"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """What is different from `first_day` to `last_day`, both included; None: from then on.

    `reason` is the name of the exception or of the holiday, and `plan` what the schedule says of
    the first of these days; both are for these kinds only.
    """

    kind: UpcomingKind
    first_day: date
    last_day: date | None
    reason: str = ""
    plan: DayPlan | None = None


def upcoming_validity(part: Dated, first: date, last: date) -> Iterator[Upcoming]:
    """That something begins, or has its last day."""
    if part.valid_from and first <= part.valid_from <= last:
        yield Upcoming(
            kind=UpcomingKind.BEGINNING, first_day=part.valid_from, last_day=part.valid_until
        )
    if part.valid_until and first <= part.valid_until <= last:
        yield Upcoming(kind=UpcomingKind.END, first_day=part.valid_until, last_day=part.valid_until)


def upcoming_replacements(days: Iterable[date], first: date, last: date) -> Iterator[Upcoming]:
    """That something takes the place of something else from one of `days` on."""
    for day in sorted(days):
        if first <= day <= last:
            yield Upcoming(kind=UpcomingKind.REPLACEMENT, first_day=day, last_day=None)


def upcoming_hours(schedule: OpeningHours, first: date, last: date) -> Iterator[Upcoming]:
    """That the hours of the week become others."""
    if schedule.always_open:
        return
    for day in sorted(days_of_change(schedule.spans)):
        if first <= day <= last:
            before, after = (days_with_equal_hours(schedule, each) for each in (day - ONE_DAY, day))
            if before != after:
                yield Upcoming(kind=UpcomingKind.HOURS, first_day=day, last_day=None)


def upcoming_exceptions(
    exceptions: Iterable[DatedException], first: date, last: date
) -> Iterator[Upcoming]:
    """The days of exceptions: of those of a schedule, or of those that decide its days
    (`directory.hours.rules.deciding_exceptions`)."""
    for exception in sorted(exceptions, key=lambda each: (each.first_day, each.last_day)):
        if exception.first_day <= last and first <= exception.last_day:
            yield Upcoming(
                kind=UpcomingKind.EXCEPTION,
                first_day=exception.first_day,
                last_day=exception.last_day,
                reason=exception.reason,
                plan=exception_plan(exception, exception.first_day),
            )


def public_holidays(first: date, last: date, holiday_name: HolidayName) -> Iterator[Upcoming]:
    """The public holidays of a country; without a plan, as no schedule is meant."""
    for days in range((last - first).days + 1):
        day = first + timedelta(days=days)
        if name := holiday_name(day):
            yield Upcoming(kind=UpcomingKind.HOLIDAY, first_day=day, last_day=day, reason=name)


def upcoming_holidays(
    schedule: OpeningHours, first: date, last: date, holiday_name: HolidayName
) -> Iterator[Upcoming]:
    """The public holidays, whatever the schedule does on them: `plan` says it, and its reason is
    the holiday, an exception on that day, or none where the usual hours hold."""
    for holiday in public_holidays(first, last, holiday_name):
        yield replace(holiday, plan=day_plan(schedule, holiday.first_day, holiday_name))
