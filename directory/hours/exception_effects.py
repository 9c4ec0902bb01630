"""What an exception does: which hours it leaves alone, which days it closes, opens or changes.

Each schedule's hours are compared with and without it, day by day, so nothing is told that the
rules (`directory.hours.rules`) do not do. Schedules on which it does the same are told once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from directory.hours.moments import long_date
from directory.hours.rules import day_plan
from directory.hours.schedule import (
    DayPlan,
    HolidayName,
    OpeningHours,
    ReasonKind,
    Status,
)
from directory.hours.words import (
    describe_day,
    describe_schedule,
    describe_validity,
    weekdays_in_words,
)
from directory.hours.zones import with_time_zone_note

# More stretches of days than these are told by their weekdays.
STRETCHES_AT_MOST = 3


class DayEffect(StrEnum):
    """What becomes of a day."""

    CLOSES = "closes"
    CHANGES = "changes"  # somebody answers, at other hours
    OPENS = "opens"  # somebody answers, and would not without the exception
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class EffectOnDays:
    """Days of which the same becomes; the hours are those of the first, and of all."""

    effect: DayEffect
    days: tuple[date, ...]
    before: DayPlan
    after: DayPlan


@dataclass(frozen=True, kw_only=True)
class EffectOnHours:
    """What an exception does to the schedules with these names, whose hours are alike.

    `hours` are those without it. `on_days` is empty where it does not concern them.
    """

    names: tuple[str, ...]
    hours: OpeningHours
    on_days: tuple[EffectOnDays, ...]

    @property
    def is_left_alone(self) -> bool:
        """Whether the exception does not concern these schedules."""
        return not self.on_days


def exception_effects(
    pairs: Iterable[tuple[OpeningHours, OpeningHours]],
    days_of: Callable[[OpeningHours], Sequence[date]],
    holidays_of: Callable[[OpeningHours], HolidayName],
) -> list[EffectOnHours]:
    """What an exception does on its days, which `days_of` tells of hours, to hours without it and
    with it.

    Those that it leaves alone come last; the order is kept otherwise.
    """
    names_of: dict[tuple[OpeningHours, OpeningHours], list[str]] = {}
    for before, after in pairs:
        alike = replace(before, code="", name=""), replace(after, code="", name="")
        names_of.setdefault(alike, []).append(before.name)
    effects = [
        EffectOnHours(
            names=tuple(names),
            hours=before,
            on_days=tuple(_on_days(before, after, days_of(before), holidays_of(before)))
            if before != after
            else (),
        )
        for (before, after), names in names_of.items()
    ]
    return sorted(effects, key=lambda each: each.is_left_alone)


def _on_days(
    before: OpeningHours, after: OpeningHours, days: Sequence[date], holiday_name: HolidayName
) -> Iterator[EffectOnDays]:
    """The days, in the order of the first of each kind."""
    found: dict[tuple, list[tuple[DayPlan, DayPlan]]] = {}
    for day in days:
        plans = day_plan(before, day, holiday_name), day_plan(after, day, holiday_name)
        found.setdefault(_kind(*plans), []).append(plans)
    for (effect, *_rest), alike in found.items():
        yield EffectOnDays(
            effect=effect,
            days=tuple(plan.day for plan, _after in alike),
            before=alike[0][0],
            after=alike[0][1],
        )


def _kind(before: DayPlan, after: DayPlan) -> tuple:
    """What is alike of days that are told together, their effect first."""
    effect = _effect(before, after)
    match effect:
        case DayEffect.CLOSES:
            return (effect,)
        case DayEffect.OPENS:
            return effect, _hours(after)
        case DayEffect.CHANGES:
            return effect, _hours(before), _hours(after)
    return effect, before.reason_kind, before.reason, bool(before.spans)


def _effect(before: DayPlan, after: DayPlan) -> DayEffect:
    if _hours(before) == _hours(after):
        return DayEffect.STAYS
    if not after.spans:
        return DayEffect.CLOSES
    return DayEffect.CHANGES if before.spans else DayEffect.OPENS


def _hours(plan: DayPlan) -> tuple[Status, tuple[tuple, ...]]:
    # Weekly spans and those of an exception are no equals.
    return plan.status, tuple((span.opens, span.closes) for span in plan.spans)


# ---- In words --------------------------------------------------------------------------------


def describe_effect(effect: EffectOnHours, on: date) -> list[str]:
    """What it does to these hours, a sentence for each kind of days: “cierra: …”, “abre además: …”,
    “no cambia: …”, “no toca: …”. `on` is a day of the exception."""
    if effect.is_left_alone:
        hours = with_time_zone_note(describe_schedule(effect.hours, on), effect.hours, on)
        return [_("does not concern: %(hours)s") % {"hours": hours}]
    return [_sentence(each, effect.hours) for each in effect.on_days]


def _sentence(told: EffectOnDays, schedule: OpeningHours) -> str:
    words = {
        "days": days_in_brief(told.days),
        "before": _plan(told.before),
        "after": with_time_zone_note(_plan(told.after), schedule, told.days[0]),
    }
    match told.effect:
        case DayEffect.CLOSES:
            return _("closes: %(days)s") % words
        case DayEffect.OPENS:
            return _("opens besides: %(days)s (%(after)s)") % words
        case DayEffect.CHANGES:
            return _("changes: %(days)s: %(after)s instead of %(before)s") % words
    return _("does not change: %(days)s, %(why)s") % {**words, "why": _why(told.before)}


def _why(plan: DayPlan) -> str:
    """Why a day stays as it is."""
    match plan.reason_kind:
        case ReasonKind.HOLIDAY:
            return _("public holiday (%(name)s)") % {"name": plan.reason}
        case ReasonKind.EXCEPTION:
            return _("another exception decides (%(name)s)") % {"name": plan.reason}
    return _("the usual hours hold") if plan.spans else _("closed anyway")


def _plan(plan: DayPlan) -> str:
    hours = describe_day(plan.spans)
    if plan.status is Status.UNKNOWN:
        return _("%(hours)s, not confirmed") % {"hours": hours}
    return hours


def days_in_brief(days: Sequence[date]) -> str:
    """Days, in order, in words: each with its weekday, stretches of days in a row, or, where these
    are many, how many they are and which weekdays."""
    stretches = [
        [day for _number, day in run]
        for _key, run in groupby(enumerate(days), key=lambda each: each[1].toordinal() - each[0])
    ]
    if len(stretches) > STRETCHES_AT_MOST:
        words = {
            "count": len(days),
            "weekdays": weekdays_in_words(sorted({day.isoweekday() for day in days})),
            "days": describe_validity(days[0], days[-1]),
        }
        return _("%(count)d days (%(weekdays)s) %(days)s") % words
    names = [
        long_date(run[0]) if len(run) == 1 else describe_validity(run[0], run[-1])
        for run in stretches
    ]
    return get_text_list(names, _("and"))
