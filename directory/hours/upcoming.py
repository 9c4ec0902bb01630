"""What will be different on days to come: the one computation that pages, start page and calendar
read.

Pure functions over schedules and values with a validity. Each takes the first and the last day to
look at, both included, and yields what falls on at least one of them, in order of date.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from directory.hours.exceptions import Times, dated_times, exception_stretches, exception_times
from directory.hours.rules import day_plan, usual_plan
from directory.hours.schedule import (
    DatedException,
    DayPlan,
    HolidayName,
    OpeningHours,
    ReasonKind,
    Span,
    Status,
)
from directory.hours.validity import ONE_DAY, Dated, changes_between, is_yearly, occurrences
from directory.hours.week import days_with_equal_hours


class UpcomingKind(StrEnum):
    """What will be different; in this order where several fall on a day."""

    NOTICE = "notice"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    HOURS = "hours"
    REPLACEMENT = "replacement"
    ABSENCE = "absent"
    BEGINNING = "beginning"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """What is different from `first_day` to `last_day`, both included; None: from then on.

    `reason` is the name of the exception or of the holiday. `plan` is what the schedule says of
    each of these days on which that is not as usual; None where these differ, and where no schedule
    is meant.
    """

    kind: UpcomingKind
    first_day: date
    last_day: date | None
    reason: str = ""
    plan: DayPlan | None = None
    exception: DatedException | None = None


def upcoming_validity(part: Dated, first: date, last: date) -> Iterator[Upcoming]:
    """That something begins, or has its last day."""
    times: list[tuple[date | None, date | None]] = [(part.valid_from, part.valid_until)]
    if part.valid_from and part.valid_until and is_yearly(part):
        times = [*occurrences(part.valid_from, part.valid_until, first, last, every_year=True)]
    for begins, ends in times:
        if begins and first <= begins <= last:
            yield Upcoming(kind=UpcomingKind.BEGINNING, first_day=begins, last_day=ends)
        if ends and first <= ends <= last:
            yield Upcoming(kind=UpcomingKind.END, first_day=ends, last_day=ends)


def upcoming_replacements(days: Iterable[date], first: date, last: date) -> Iterator[Upcoming]:
    """That something takes the place of something else from one of `days` on."""
    for day in sorted(days):
        if first <= day <= last:
            yield Upcoming(kind=UpcomingKind.REPLACEMENT, first_day=day, last_day=None)


def upcoming_hours(schedule: OpeningHours, first: date, last: date) -> Iterator[Upcoming]:
    """That the hours of the week become others."""
    if schedule.always_open:
        return
    first = max(first, date.min + ONE_DAY)
    days = {day for span in schedule.spans for day in changes_between(span, first, last)}
    for day in sorted(days):
        before, after = (days_with_equal_hours(schedule, each) for each in (day - ONE_DAY, day))
        if before != after:
            yield Upcoming(kind=UpcomingKind.HOURS, first_day=day, last_day=None)


def upcoming_exceptions(
    exceptions: Iterable[DatedException],
    first: date,
    last: date,
    schedules: Collection[tuple[OpeningHours, HolidayName]] = (),
) -> Iterator[Upcoming]:
    """The times of exceptions, whatever they do to one schedule or another; those of each month are
    of these schedules, with their holidays."""
    found = [
        (times, exception)
        for exception in exceptions
        for times in _times(exception, first, last, schedules)
    ]
    for (begins, ends), exception in sorted(found, key=lambda each: each[0]):
        yield Upcoming(
            kind=UpcomingKind.EXCEPTION,
            first_day=begins,
            last_day=ends,
            reason=exception.reason,
            exception=exception,
        )


def _times(
    exception: DatedException,
    first: date,
    last: date,
    schedules: Collection[tuple[OpeningHours, HolidayName]],
) -> Iterable[Times]:
    if not exception.monthly:
        return dated_times(exception, first, last)
    return {
        times
        for schedule, holiday_name in schedules
        for times in exception_times(exception, schedule, first, last, holiday_name)
    }


def exceptional_hours(
    schedule: OpeningHours, first: date, last: date, holiday_name: HolidayName
) -> Iterator[Upcoming]:
    """The days on which an exception decides what a schedule does, stretch by stretch, without
    those on which all of it is as usual."""
    for exception, begins, ends in exception_stretches(schedule, first, last, holiday_name):
        plans: dict[tuple[Status, tuple[Span, ...]], DayPlan] = {}
        for number in range((min(ends, last) - max(begins, first)).days + 1):
            day = max(begins, first) + timedelta(days=number)
            usual = usual_plan(schedule, day, holiday_name)
            plan = day_plan(schedule, day, holiday_name)
            if (plan.status, plan.spans) != (usual.status, usual.spans):
                plans.setdefault((plan.status, plan.spans), plan)
        if plans:
            yield Upcoming(
                kind=UpcomingKind.EXCEPTION,
                first_day=begins,
                last_day=ends,
                reason=exception.reason,
                plan=next(iter(plans.values())) if len(plans) == 1 else None,
                exception=exception,
            )


@lru_cache(maxsize=64)
def public_holidays(first: date, last: date, holiday_name: HolidayName) -> tuple[Upcoming, ...]:
    """The public holidays of a country; without a plan, as no schedule is meant."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(
        Upcoming(kind=UpcomingKind.HOLIDAY, first_day=day, last_day=day, reason=name)
        for day in days
        if (name := holiday_name(day))
    )


def upcoming_holidays(
    schedule: OpeningHours, first: date, last: date, holiday_name: HolidayName
) -> Iterator[Upcoming]:
    """The public holidays, whatever the schedule does on them: `plan` says it, and its reason is
    the holiday, an exception on that day, or none where the usual hours hold."""
    for holiday in public_holidays(first, last, holiday_name):
        yield replace(holiday, plan=day_plan(schedule, holiday.first_day, holiday_name))


def unusual_days(
    schedule: OpeningHours, first: date, last: date, holiday_name: HolidayName
) -> Iterator[Upcoming]:
    """The days on which an exception or a public holiday makes the hours others: first those of
    exceptions, then the holidays."""
    yield from exceptional_hours(schedule, first, last, holiday_name)
    for holiday in upcoming_holidays(schedule, first, last, holiday_name):
        # On others the usual hours hold, or an exception.
        if holiday.plan and holiday.plan.reason_kind is ReasonKind.HOLIDAY:
            yield holiday
