"""Chains of planned replacements: what takes the place of what, and from which day on.

Pure: all plans are read at once, so that a chain of any length costs no further query. Keys are
primary keys, or None for what is not stored yet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Protocol, TypeVar

# How many replacements may follow each other: far beyond any sensible plan.
LONGEST_CHAIN = 10

T = TypeVar("T")
Key = int | None


def chain(first: T, following: Callable[[T], T | None]) -> Iterator[T]:
    """Yield what replaces `first`, what replaces that, and so on; ends where a loop closes."""
    seen, current = [first], following(first)
    while current is not None and current not in seen:
        yield current
        seen.append(current)
        current = following(current)


class Step(Protocol):
    """A replacement of a chain, from the day `on`."""

    @property
    def on(self) -> date: ...


S = TypeVar("S", bound=Step)


def current_and_next(steps: Sequence[S], today: date) -> tuple[S | None, S | None]:
    """Of replacements that follow each other, the last one whose day has come and the next one."""
    due = sum(1 for _step in takewhile(lambda step: step.on <= today, steps))
    return (steps[due - 1] if due else None), (steps[due] if due < len(steps) else None)


@dataclass(frozen=True)
class Plan:
    """From the day `on`, `by` is in the place of what the plan is for."""

    by: Key
    on: date


class Replacements:
    """Planned replacements by the key of what is to be replaced."""

    def __init__(self, plans: Mapping[Key, Plan]) -> None:
        self.plans = dict(plans)

    def following(self, key: Key, until: date = date.max) -> list[int]:
        """The keys of what takes its place, one after the other, up to and including that day."""

        def following(current: Key) -> Key:
            plan = self.plans.get(current)
            return plan.by if plan and plan.on <= until else None

        return [each for each in chain(key, following) if each is not None]

    def leads_back(self, key: Key) -> bool:
        """Whether the chain that begins here comes back to what was in it already."""
        return [key, *self.following(key)][-1] in self.plans

    def replaced_by(self, key: Key) -> list[int]:
        """The keys of what this one is to replace itself, the next step of the chain."""
        replaced = (old for old, plan in self.plans.items() if plan.by == key)
        return [old for old in replaced if old is not None]

    def all_replaced(self, keys: Iterable[Key]) -> set[Key]:
        """The keys themselves and those of all that they replace, however far back."""
        return set().union(*self._generations(keys))

    def length(self, key: Key) -> int:
        """How many replacements follow each other in the longest chain through this key."""
        return len(self._generations([key])) - 1 + len(self.following(key))

    def _generations(self, keys: Iterable[Key]) -> list[set[Key]]:
        """The keys, those that they replace, and so on; each key once."""
        generations: list[set[Key]] = []
        found: set[Key] = set()
        newest = set(keys)
        while newest:
            generations.append(newest)
            found |= newest
            newest = {old for old, plan in self.plans.items() if plan.by in newest} - found
        return generations
