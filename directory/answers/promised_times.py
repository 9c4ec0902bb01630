"""Promised times: within which time somebody responds, and when each level is asked.

For one type of request, or for all of them in a table. Words are in the active language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from directory.answers.structures import (
    Directory,
    LevelAnswer,
    RequestTypeAnswer,
    TargetAnswer,
)
from directory.editions.document import (
    PublishedChannel,
    PublishedLevel,
    PublishedRequestType,
    PublishedTarget,
    PublishedTime,
)
from directory.hours.durations import describe_duration


@dataclass(frozen=True, kw_only=True)
class TimesTable:
    """When each level is asked: a row a level (the first who answers on it, its cells), a column a
    type of request; a cell without a time is empty. `has_other`: the last column is that of all
    other types."""

    counted: str
    request_types: tuple[RequestTypeAnswer, ...]
    has_other: bool
    rows: tuple[tuple[LevelAnswer, tuple[str, ...]], ...]


def request_type_answer(kind: PublishedRequestType) -> RequestTypeAnswer:
    """A type of request of the document."""
    return msgspec.convert(kind, RequestTypeAnswer, from_attributes=True)


def named_request_types(
    channels: Iterable[PublishedChannel],
    targets: Iterable[PublishedTarget],
    levels: Iterable[PublishedLevel],
) -> tuple[RequestTypeAnswer, ...]:
    """The types of request that these name, each once."""
    named = [kind for channel in channels for kind in channel.request_types]
    named += [target.request_type for target in targets]
    for level in levels:
        named += [*level.request_types, *(time.request_type for time in times_of(level))]
    return tuple({kind.code: request_type_answer(kind) for kind in named}.values())


def times_of(level: PublishedLevel) -> list[PublishedTime]:
    """The times of the level that are for this contact on it."""
    own = {kind.code for kind in level.request_types if not kind.covers_all}
    return [time for time in level.escalate_after if not own or time.request_type.code in own]


def target_answer(target: PublishedTarget) -> TargetAnswer:
    """A target of the document, with its times in words."""
    return TargetAnswer(
        request_type=target.request_type.code,
        name=target.request_type.name,
        covers_all=target.request_type.covers_all,
        respond_minutes=target.respond_minutes,
        solve_minutes=target.solve_minutes,
        in_open_hours=target.in_open_hours,
        respond=_words(target.respond_minutes, target.in_open_hours),
        solve=_words(target.solve_minutes, target.in_open_hours),
    )


def target_for(targets: Iterable[TargetAnswer], code: str) -> TargetAnswer | None:
    """What is promised for the type with this code: its own, else that of a type that covers all.
    Without a code the latter."""
    covering = None
    for target in targets:
        if target.request_type == code:
            return target
        if target.covers_all and covering is None:
            covering = target
    return covering


def promise(target: TargetAnswer) -> str:
    """The target in a sentence: “Le responden en 4 horas hábiles; lo resuelven en 2 días”."""
    words = {"respond": target.respond, "solve": target.solve}
    if target.respond and target.solve:
        return _("They respond within %(respond)s; they solve it within %(solve)s.") % words
    if target.respond:
        return _("They respond within %(respond)s.") % words
    return _("They solve it within %(solve)s.") % words


def minutes_for(directory: Directory, level: LevelAnswer, code: str) -> int | None:
    """After how many minutes a level is asked about the type with this code: its own time, else
    that of a type that covers all, else that of the level."""
    covering = [kind.code for kind in directory.request_types if kind.covers_all]
    for each in (code, *covering):
        if each in level.escalate_after:
            return level.escalate_after[each]
    return level.escalate_after_minutes


def times_for(directory: Directory, code: str) -> tuple[Any, ...]:
    """All that is promised for the type with this code, to be compared with that of others."""
    target = target_for(directory.targets, code)
    return (
        target and (target.respond, target.solve),
        *(minutes_for(directory, level, code) for level in directory.escalation.levels),
    )


def when_to_escalate(directory: Directory, level: LevelAnswer, code: str = "") -> str:
    """When a level is asked about the type with this code, in a sentence; without one, about all
    that the table does not name. Empty where that is not stated."""
    return _sentence(minutes_for(directory, level, code), directory.escalation.times_count)


def times_table(directory: Directory) -> TimesTable | None:
    """The times of all levels by type of request; None where none is stated for a type."""
    levels = directory.escalation.levels
    timed = {code for level in levels for code in level.escalate_after}
    types = tuple(kind for kind in directory.request_types if kind.code in timed)
    if not types:
        return None
    has_other = any(level.escalate_after_minutes is not None for level in levels)
    codes = [kind.code for kind in types] + [""] * has_other
    rows = []
    for _number, several in groupby(levels, key=lambda level: level.level):
        contacts = list(several)
        # Each contact on a level has the times of the types that it is for.
        times = {code: time for each in contacts for code, time in each.escalate_after.items()}
        level = msgspec.structs.replace(contacts[0], escalate_after=times)
        cells = tuple(_words(minutes_for(directory, level, code)) for code in codes)
        rows.append((level, cells))
    return TimesTable(
        counted=counted(directory.escalation.times_count),
        request_types=types,
        has_other=has_other,
        rows=tuple(rows),
    )


def counted(times_count: str) -> str:
    """What the times of levels say, before each time or “de inmediato”: “si no hay respuesta”."""
    if times_count == "no_solution":
        return _("if there is no solution")
    if times_count == "since_report":
        return _("after it was reported")
    return _("if there is no answer")


def _sentence(minutes: int | None, times_count: str) -> str:
    if minutes is None:
        return ""
    if minutes == 0:
        return _("As soon as it is reported.") if times_count == "since_report" else _("At once.")
    time = describe_duration(minutes)
    if times_count == "no_solution":
        return _("After %(time)s without a solution.") % {"time": time}
    if times_count == "since_report":
        return _("%(time)s after it was reported.") % {"time": time}
    return _("After %(time)s without an answer.") % {"time": time}


def _words(minutes: int | None, in_open_hours: bool = False) -> str:
    if minutes is None:
        return ""
    return describe_duration(minutes, in_open_hours=in_open_hours)
