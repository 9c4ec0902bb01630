"""What changed in a schedule: by day of the week, on public holidays, on single days.

Weekly spans are compared as what they say of each day between the dates from which other spans
apply, so a change from 1 December on is one difference with its date.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from directory.contacts.remembered import remembered
from directory.editions.diff.differences import Difference, added, pairs, removed, renamed, value
from directory.hours.holidays import place_in_words
from directory.hours.rules import spans_in_force
from directory.hours.schedule import (
    HOLIDAY,
    DatedException,
    HolidayPolicy,
    OpeningHours,
    Span,
    WeeklySpan,
)
from directory.hours.validity import ONE_DAY, changes_between
from directory.hours.words import (
    days_in_words,
    describe_day,
    describe_exception,
    describe_exception_days,
    describe_schedule,
    describe_validity,
)
from directory.models import Schedule as ScheduleRow

DAYS = (*range(1, 8), HOLIDAY)
# Days, hours and a reason, in a sentence.
LONGEST_EXCEPTION = 240
# A time of the calendar: first and last day, None without limit.
Stretch = tuple[date | None, date | None]
# The first and last day of what recurs every year.
Season = tuple[date, date]


def schedule_changes(before: OpeningHours, after: OpeningHours) -> Iterator[Difference]:
    """The differences of what makes `after` of `before`, exceptions excepted."""
    found = [
        *renamed(_("Schedule"), before.name, after.name),
        *_weekly(before, after),
        *value(_("Time zone"), before.timezone, after.timezone),
        *value(_("Holidays of"), _place(before), _place(after)),
    ]
    yield from found
    if not found and _applicable_spans(before) != _applicable_spans(after):
        what = _("Hours")
        yield from value(
            what, hours_in_words(before), _("the same hours, with other dates of validity")
        )


def exception_changes(
    before: OpeningHours, after: OpeningHours, known: Collection[DatedException] = ()
) -> Iterator[tuple[Difference, bool]]:
    """The differences on single days, each with whether it concerns all schedules.

    `known` are those for all that are neither new nor gone: they begin, or cease, to concern these
    hours, which are no longer, or now, around the clock.
    """
    matched, only_before, only_after = pairs(
        before.exceptions,
        after.exceptions,
        lambda each: (each.for_all, each.first_day, each.last_day, each.every_year, each.monthly),
        lambda each: (each.for_all, each.reason),
    )
    for each in only_before:
        text = _exception(each)
        words = _("exception removed (%s)") % Truncator(text).chars(LONGEST_EXCEPTION)
        yield removed(_("Exception"), text, words), each.for_all and each not in known
    for each in only_after:
        text = _exception(each)
        words = _("exception added (%s)") % Truncator(text).chars(LONGEST_EXCEPTION)
        yield added(_("Exception"), text, words), each.for_all and each not in known
    for old, new in matched:
        days = _days(old), _days(new)
        differences = [
            *value(_("Days of “%s”") % new.reason, *days),
            *value(days[1], _on_usual_days(old), _on_usual_days(new)),
            *_on_days_off(days[1], old, new),
            *value(_("Reason (%s)") % days[1], old.reason, new.reason, is_data=True),
        ]
        yield from ((difference, new.for_all) for difference in differences)


def _on_usual_days(exception: DatedException) -> str:
    return describe_exception(replace(exception, also_on_days_off=False))


def _on_days_off(days: str, old: DatedException, new: DatedException) -> Iterator[Difference]:
    if old.also_on_days_off != new.also_on_days_off:
        before, after = (
            describe_day(each.spans if each.also_on_days_off else ()) for each in (old, new)
        )
        yield from value(_("On days that are usually closed (%s)") % days, before, after)


@remembered(256)
def hours_in_words(schedule: OpeningHours) -> str:
    """The weekly hours in words, those of other dates included; exceptions are told apart."""
    if not schedule.is_stated:
        return _("not stated")
    schedule = replace(schedule, exceptions=())
    seasons = [
        f"{describe_validity(first, last, every_year=True)}: {describe_schedule(season, first)}"
        for (first, last), season in _seasons(schedule).items()
    ]
    lasting = _without_seasons(schedule)
    texts: dict[str, list[Stretch]] = {}
    for stretch in _stretches(lasting) if lasting.spans or not seasons else ():
        texts.setdefault(describe_schedule(lasting, _day_in(stretch)), []).append(stretch)
    if len(texts) == 1 and not seasons:
        return next(iter(texts))
    dated = (
        f"{describe_validity(stretches[0][0], stretches[-1][1])}: {text}"
        for text, stretches in texts.items()
    )
    return "; ".join([*dated, *seasons])


def _seasons(schedule: OpeningHours) -> dict[Season, OpeningHours]:
    """The schedule as it is between two days of every year, by these days."""
    spans: dict[Season, list[WeeklySpan]] = {}
    for span in schedule.spans:
        if span.every_year and span.valid_from and span.valid_until:
            spans.setdefault((span.valid_from, span.valid_until), []).append(span)
    return {season: replace(schedule, spans=tuple(spans[season])) for season in sorted(spans)}


def _without_seasons(schedule: OpeningHours) -> OpeningHours:
    return replace(schedule, spans=tuple(each for each in schedule.spans if not each.every_year))


def _place(schedule: OpeningHours) -> str:
    return place_in_words(schedule.country, schedule.subdivision)


def _weekly(before: OpeningHours, after: OpeningHours) -> Iterator[Difference]:
    def has_days(schedule: OpeningHours) -> bool:
        return bool(schedule.spans) and not schedule.always_open

    if not (has_days(before) and has_days(after)):
        hours = [*value(_("Hours"), hours_in_words(before), hours_in_words(after))]
        policies = _policy(before.holidays), _policy(after.holidays)
        yield from hours or value(_("On public holidays"), *policies)
        return
    lasting = _without_seasons(before), _without_seasons(after)
    yield from _by_days(*lasting, _stretches(*lasting), every_year=False)
    for season in sorted({*_seasons(before), *_seasons(after)}):
        old, new = _of_season(before, season), _of_season(after, season)
        yield from _by_days(old, new, [season], every_year=True)


def _of_season(schedule: OpeningHours, season: Season) -> OpeningHours:
    """The hours that a season adds; what holidays do is none of its own."""
    spans = [
        span
        for span in _applicable_spans(schedule)
        if span.every_year and (span.valid_from, span.valid_until) == season
    ]
    return replace(schedule, spans=tuple(spans), holidays=HolidayPolicy.OWN_HOURS)


def _by_days(
    before: OpeningHours, after: OpeningHours, stretches: list[Stretch], *, every_year: bool
) -> Iterator[Difference]:
    found: dict[tuple, list[int]] = {}
    for day in DAYS:
        for first, last, old, new in _differences(before, after, day, stretches):
            found.setdefault((first, last, old, new), []).append(day)
    for (first, last, old, new), days in found.items():
        what = days_in_words(days) if days != [HOLIDAY] else _("Public holidays")
        if first or last:
            what = f"{what} ({describe_validity(first, last, every_year=every_year)})"
        yield from value(what, _hours_or_policy(old), _hours_or_policy(new))


def _differences(
    before: OpeningHours, after: OpeningHours, day: int, stretches: list[Stretch]
) -> list[tuple]:
    """First and last day, what held before and what holds after, wherever these differ."""
    found: list[tuple] = []
    for first, last in stretches:
        on = _day_in((first, last))
        old, new = (_rule_of_day(schedule, day, on) for schedule in (before, after))
        if old == new:
            continue
        if (
            found
            and found[-1][1]
            and first == found[-1][1] + ONE_DAY
            and found[-1][2:] == (old, new)
        ):
            first = found.pop()[0]
        found.append((first, last, old, new))
    return found


def _rule_of_day(schedule: OpeningHours, day: int, on: date) -> tuple[Span, ...] | HolidayPolicy:
    """The spans of a day. Without hours of their own, what holidays do: it is not “closed”."""
    if day == HOLIDAY and schedule.holidays != HolidayPolicy.OWN_HOURS:
        return schedule.holidays
    return tuple(
        Span(opens=span.opens, closes=span.closes) for span in spans_in_force(schedule, day, on)
    )


def _stretches(*schedules: OpeningHours) -> list[Stretch]:
    """The times of the calendar in which the weekly hours of all the schedules stay the same."""
    spans = [span for schedule in schedules for span in schedule.spans if not span.every_year]
    days = {day for span in spans for day in changes_between(span, date.min, date.max)}
    edges = [None, *sorted(days - {date.min}), None]
    return [(first, end and end - ONE_DAY) for first, end in pairwise(edges)]


def _day_in(stretch: Stretch) -> date:
    first, last = stretch
    return first or last or date(2000, 1, 1)


def _applicable_spans(schedule: OpeningHours) -> set[WeeklySpan]:
    has_own = schedule.holidays == HolidayPolicy.OWN_HOURS
    return {span for span in schedule.spans if span.day != HOLIDAY or has_own}


def _hours_or_policy(rule: tuple[Span, ...] | HolidayPolicy) -> str:
    return _policy(rule) if isinstance(rule, HolidayPolicy) else describe_day(rule)


def _policy(policy: HolidayPolicy) -> str:
    return str(dict(ScheduleRow.Holidays.choices)[policy.value])


def _days(exception: DatedException) -> str:
    return str(capfirst(describe_exception_days(exception)))


def _exception(exception: DatedException) -> str:
    text = f"{describe_exception_days(exception)}: {describe_exception(exception)}"
    return f"{text}, {exception.reason}" if exception.reason else text
