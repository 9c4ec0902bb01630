"""What a text says of hours, rule by rule."""

from dataclasses import dataclass, field
from enum import Enum, auto

from directory.hours.schedule import Span


class Effect(Enum):
    """What a rule says of its days."""

    OPEN = auto()
    CLOSED = auto()
    USUAL = auto()  # of holidays: as on the same day of the week
    NOT_CONFIRMED = auto()


@dataclass(kw_only=True)
class Rule:
    """The hours of some days (1-7, HOLIDAY), and where in the text they stand."""

    days: frozenset[int]
    effect: Effect
    spans: tuple[Span, ...] = ()
    start: int
    end: int


@dataclass
class Rules:
    """What a text says, rule by rule."""

    rules: list[Rule] = field(default_factory=list)
    is_for_working_days: bool = False
    assumptions: list[str] = field(default_factory=list)
