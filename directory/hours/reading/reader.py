"""The hours of a week from what people write: `read_hours`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.hours.reading.errors import Unreadable
from directory.hours.reading.grammar import parse
from directory.hours.reading.tokens import is_osm
from directory.hours.reading.told import Effect, Rule
from directory.hours.rules import overlapping
from directory.hours.schedule import HOLIDAY, WHOLE_DAY, HolidayPolicy, WeeklySpan
from directory.hours.week import WEEK
from directory.hours.words import days_in_words, describe_day

_POLICIES = {
    Effect.OPEN: HolidayPolicy.OWN_HOURS,
    Effect.CLOSED: HolidayPolicy.CLOSED,
    Effect.USUAL: HolidayPolicy.AS_WEEKDAY,
    Effect.NOT_CONFIRMED: HolidayPolicy.NOT_STATED,
}


@dataclass(frozen=True, kw_only=True)
class WeeklyHours:
    """What a text says of every week. `spans` have no dates, in the order of their days.

    `holidays` is None where the text says nothing of them; then `spans` have none of HOLIDAY.
    `assumptions` are what the text leaves open and a rule decides, in the active language.
    """

    spans: tuple[WeeklySpan, ...] = ()
    always_open: bool = False
    holidays: HolidayPolicy | None = None
    assumptions: tuple[str, ...] = ()


def read_hours(text: str) -> WeeklyHours:
    """The hours that `text` says, in Spanish, English or OpenStreetMap's syntax.

    "Lunes a viernes 8-12 y 14-18, sábados 9-13, domingos y festivos cerrado". What may mean two
    things is refused with both; the rules are in `halves` and in this room's README.
    Raises Unreadable.
    """
    parsed = parse(text)
    deciding: dict[int, Rule] = {}
    for rule in parsed.rules:
        for day in sorted(rule.days):
            if day in deciding:
                _check_second(deciding[day], rule, day, text)
            deciding[day] = rule
    spans = tuple(
        WeeklySpan(day=day, opens=span.opens, closes=span.closes)
        for day in sorted(deciding)
        for span in sorted(deciding[day].spans, key=lambda each: each.opens)
    )
    if parsed.rules and not spans:
        raise _without_hours(text)
    _refuse_overlaps(spans, deciding, text)
    holidays = _POLICIES[deciding[HOLIDAY].effect] if HOLIDAY in deciding else None
    assumptions = list(parsed.assumptions)
    if parsed.is_for_working_days and holidays is None:
        holidays = HolidayPolicy.CLOSED
        assumptions.append(gettext("working days: closed on public holidays"))
    is_whole = {span.day for span in spans if span.opens == span.closes == WHOLE_DAY.opens}
    if is_whole >= {*WEEK} and holidays in (None, HolidayPolicy.AS_WEEKDAY):
        return WeeklyHours(always_open=True, assumptions=tuple(assumptions))
    return WeeklyHours(spans=spans, holidays=holidays, assumptions=tuple(assumptions))


def _check_second(before: Rule, rule: Rule, day: int, text: str) -> None:
    """Raise Unreadable unless the rule is an exception from an earlier one, of fewer days, or says
    the same."""
    is_same = rule.effect is before.effect is not Effect.OPEN
    if is_same or rule.days - {HOLIDAY} < before.days - {HOLIDAY}:
        if not is_osm(text):
            _refuse_other_times_of_the_day(before, rule, text)
        return
    raise Unreadable(
        _(
            "“%(day)s” has hours twice: in “%(first)s” and in “%(second)s”. Write all hours of a "
            "day together, such as “Monday 8-12 and 14-18”."
        ),
        "day_twice",
        rule.start,
        rule.end,
        day=days_in_words([day]).lower() if day != HOLIDAY else gettext("public holidays"),
        first=text[before.start : before.end].strip()[:80],
        second=text[rule.start : rule.end].strip()[:80],
    )


def _refuse_other_times_of_the_day(before: Rule, rule: Rule, text: str) -> None:
    """Raise Unreadable with both readings for "L-V 8-14; martes 16-19": these hours instead of the
    others of the day, or besides. Hours that overlap the others can only be instead."""
    spans = tuple(sorted((*before.spans, *rule.spans), key=lambda each: each.opens))
    if not before.spans or not rule.spans or HOLIDAY in before.days or overlapping(spans):
        return
    instead = f"{_days(before.days - rule.days)} {describe_day(before.spans)}"
    besides = f"{_days(rule.days)} {describe_day(spans)}"
    raise Unreadable(
        _(
            "“%(text)s”: instead of the other hours of these days, or besides? Write “%(first)s”, "
            "or “%(second)s”."
        ),
        "two_readings",
        rule.start,
        rule.end,
        (
            f"{text[: before.start]}{instead}{text[before.end :]}",
            f"{text[: rule.start]}{besides}{text[rule.end :]}",
        ),
        text=text[rule.start : rule.end].strip()[:80],
        first=instead,
        second=besides,
    )


def _days(days: frozenset[int]) -> str:
    return days_in_words(sorted(days))


def _without_hours(text: str) -> Unreadable:
    message = _(
        "This says only when nobody answers. Write the days and hours on which somebody does; "
        "for a closure of some days add an exception."
    )
    return Unreadable(message, "always_closed", 0, len(text))


def _refuse_overlaps(spans: tuple[WeeklySpan, ...], deciding: dict[int, Rule], text: str) -> None:
    # Both are of `spans`.
    pair: Any = overlapping(spans)
    if not pair:
        return
    rule = deciding[pair[1].day]
    first, second = (
        f"{days_in_words([span.day])} {span.opens:%H:%M}-{span.closes:%H:%M}" for span in pair
    )
    raise Unreadable(
        _("“%(first)s” and “%(second)s” overlap. Write each hour once."),
        "overlap",
        rule.start,
        rule.end,
        first=first,
        second=second,
    )
