"""The values of opening hours: spans, exceptions, what a day and an instant say.

Frozen dataclasses without rules of their own: see `directory.hours.rules`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from directory.hours.validity import Validity

HolidayName = Callable[[date], str]
"""The name of the public holiday on a date, or "" when it is none."""


def no_holidays(day: date) -> str:
    """The calendar in which no day is a holiday."""
    return ""


HOLIDAY = 8
"""The `day` of spans that apply on public holidays; 1-7 are ISO weekdays, Monday = 1."""


class Status(StrEnum):
    """Whether somebody answers; unknown is not the same as closed."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


class ReasonKind(StrEnum):
    """What makes a state so."""

    NONE = "none"  # the usual hours
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    NOTICE = "notice"  # an outage: no schedule knows of it


class HolidayPolicy(StrEnum):
    """What a public holiday does to the weekly spans."""

    NOT_STATED = "not_stated"  # nobody has said: the usual spans are unknown instead of open
    AS_WEEKDAY = "as_weekday"
    CLOSED = "closed"
    OWN_HOURS = "own_hours"  # the spans of the day HOLIDAY replace the weekday's


class ExceptionEffect(StrEnum):
    """What an exception does to its days."""

    CLOSED = "closed"
    LIMITED = "limited"  # the usual spans, cut: opens late, closes early
    OTHER_HOURS = "other_hours"


class MonthlyDay(StrEnum):
    """The one day of each month on which an exception may hold."""

    FIRST_WORKING_DAY = "first_working_day"
    LAST_WORKING_DAY = "last_working_day"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Local wall times. One that closes when it opens or earlier runs into the next day."""

    opens: time
    closes: time

    @property
    def ends_next_day(self) -> bool:
        """Whether it closes on the day after it opens, at midnight or later."""
        return self.closes <= self.opens


WHOLE_DAY = Span(opens=time.min, closes=time.min)


@dataclass(frozen=True, kw_only=True)
class WeeklySpan(Span, Validity):
    """A span on every such `day` (1-7 or HOLIDAY) between two dates, both included; with
    `every_year`, between these days of each year."""

    day: int
    valid_from: date | None = None
    valid_until: date | None = None
    every_year: bool = False


@dataclass(frozen=True, kw_only=True)
class DatedException:
    """What is not as usual from one date to another, both included; with `every_year`, between
    these days of each year; with `monthly`, on that day of each month from the one to the other,
    for ever without a last day.

    `spans` are its other hours; `opens_at_earliest` and `closes_at_latest` (00:00 is midnight at
    the end of the day) cut the usual ones. `also_on_days_off`: the other hours hold on days without
    usual hours too. `for_all`: no schedule is named.
    """

    first_day: date
    last_day: date | None
    reason: str = ""
    effect: ExceptionEffect = ExceptionEffect.CLOSED
    spans: tuple[Span, ...] = ()
    opens_at_earliest: time | None = None
    closes_at_latest: time | None = None
    also_on_days_off: bool = False
    every_year: bool = False
    monthly: MonthlyDay | None = None
    for_all: bool = False

    @property
    def ends(self) -> date:
        """Its last day, or that of the calendar."""
        return self.last_day or date.max


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    """Named hours. `timezone` is an IANA name, `country` ISO 3166-1 alpha-2, `subdivision` one of
    `directory.hours.holidays`, empty for the holidays of the whole country.

    Without spans and not `always_open`, the hours are unknown, which is not the same as closed.
    """

    code: str
    name: str
    timezone: str
    country: str
    subdivision: str = ""
    always_open: bool = False
    holidays: HolidayPolicy = HolidayPolicy.NOT_STATED
    spans: tuple[WeeklySpan, ...] = ()
    exceptions: tuple[DatedException, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether anything is known of when it is open."""
        return self.always_open or bool(self.spans or self.exceptions)


@dataclass(frozen=True, kw_only=True)
class DayPlan:
    """What a schedule says of one local date: the spans that begin on it, in order.

    `status` holds during the spans, open or unknown; it is closed when there are none.
    `reason` is the name of the exception or the holiday that makes it so, which `reason_kind` says;
    an exception's name may be empty.
    """

    day: date
    status: Status
    spans: tuple[Span, ...] = ()
    reason: str = ""
    reason_kind: ReasonKind = ReasonKind.NONE


@dataclass(frozen=True)
class State:
    """What holds at an instant.

    `until` is the instant at which the status changes, None when it never does. `next_open` is the
    first instant from which it is open, None when it is open already or never will be. Both are
    in the schedule's time zone. `reason` and `reason_kind` are those of a DayPlan.
    """

    status: Status
    reason: str = ""
    until: datetime | None = None
    next_open: datetime | None = None
    reason_kind: ReasonKind = ReasonKind.NONE
