"""A time of day as people write it: "7:30 a.m.", "2pm", "12 m.", "14", "13h", "1300", "13.00"."""

import re
from dataclasses import dataclass
from datetime import time
from enum import Enum

from django.utils.translation import gettext_lazy as _

from directory.hours.reading.errors import Unreadable
from directory.hours.reading.folding import folded

LONGEST_TIME = 40
HALF_DAY, DAY = 12 * 60, 24 * 60

# After an hour: what half of the day it is of. "m." is the meridian, noon.
_HALVES = r"""
    (?P<am> a\.?\s?m\b\.? | (?:(?:de|en|por)\s+la\s+|in\s+the\s+)(?:manana|madrugada|morning)\b )
  | (?P<pm> p\.?\s?m\b\.?
        | (?:(?:de|en|por)\s+la\s+|in\s+the\s+)(?:tarde|noche|afternoon|evening)\b | at\s+night\b )
  | (?P<noon> md?\b\.? | meridiano\b | noon\b
        | del\s+mediodia\b | del\s+dia\b(?!\s+siguiente) )
"""
TIME = re.compile(
    rf"""
    (?P<hour>\d{{1,2}})
    (?: [:.h](?P<minute>\d{{2}}) (?::(?P<second>\d{{2}}))? | (?P<compact>\d{{2}}) )?
    (?![\d]) (?:\s*(?:horas?|hours?|hrs?|hs|h|o'?clock)\b\.?)?
    (?: \s*(?:{_HALVES}) )?
    """,
    re.VERBOSE | re.ASCII,
)
NOON_WORD = re.compile(r"(?:el\s+)?(?:mediodia|medio\s+dia|noon|midday)\b")
MIDNIGHT_WORD = re.compile(r"(?:la\s+)?(?:medianoche|media\s+noche|midnight)\b")

NO_TIME = _("“%(text)s” is no time. Write one such as 7:30, 14:00 or 2 p.m.")
NO_SUCH_TIME = _("There is no time “%(text)s”. Write one such as 7:30, 14:00 or 2 p.m.")
END_OF_DAY = _("“%(text)s” is the end of a day; nothing opens then. Write 00:00 for its beginning.")


class Notation(Enum):
    """How a time is written, which says whether it may be another one, twelve hours away."""

    HALVES = "a.m. or p.m."
    FULL = "24-hour clock"
    BARE = "1 to 12, and nothing else"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`minutes` since midnight, by the 24-hour clock where it is bare; "24:00" is 1440.

    `is_twelve` is whether 12 is written, `half` the "a", "p" or "m" that is written behind.
    """

    minutes: int
    notation: Notation
    is_twelve: bool = False
    half: str = ""

    @property
    def time(self) -> time:
        """The time of day; the end of a day is 00:00."""
        return time_of(self.minutes)


def time_of(minutes: int) -> time:
    """The time of day so many minutes after midnight; 1440 is 00:00."""
    return time(minutes // 60 % 24, minutes % 60)


NOON = Clock(minutes=HALF_DAY, notation=Notation.HALVES, half="m")
MIDNIGHT = Clock(minutes=0, notation=Notation.HALVES)
LAST_INSTANT = Clock(minutes=DAY, notation=Notation.FULL)


def read_time(text: str, is_end: bool = False) -> time:
    """The time of day that `text` says, by the 24-hour clock where it has no a.m. or p.m.

    "24:00" is 00:00 where something ends (`is_end`), and refused elsewhere.
    Raises Unreadable.
    """
    if len(text) > LONGEST_TIME:
        raise Unreadable(_("This is too long for a time. Write one such as 7:30."), "too_long")
    plain = re.sub(r"^(?:a\s+)?(?:las?\s+|at\s+)", "", " ".join(folded(text)[0].split()))
    if NOON_WORD.fullmatch(plain):
        return NOON.time
    if MIDNIGHT_WORD.fullmatch(plain):
        return MIDNIGHT.time
    match = TIME.fullmatch(plain)
    if not match:
        raise Unreadable(NO_TIME, "no_time", 0, len(text), text=text)
    clock = clock_of(match)
    if clock is None or clock.minutes > DAY:
        raise Unreadable(NO_SUCH_TIME, "no_such_time", 0, len(text), text=text)
    if clock.minutes == DAY and not is_end:
        raise Unreadable(END_OF_DAY, "end_of_day", 0, len(text), text=text)
    return clock.time.replace(second=int(match["second"] or 0))


def clock_of(match: re.Match[str]) -> Clock | None:
    """The time that a match of TIME says; None if there is no such time, as 7:61 or 13 a.m.

    Hours after 24 are those of the next day, as in OpenStreetMap: 26:00.
    """
    hour, minute = int(match["hour"]), int(match["minute"] or match["compact"] or 0)
    if minute > 59 or int(match["second"] or 0) > 59 or hour > 36:
        return None
    half = next((name[0] for name in ("am", "pm", "noon") if match[name]), "")
    at_night = bool(re.search("noche|night", match["pm"] or ""))
    if half:
        return _of_half(hour, minute, "m" if half == "n" else half, at_night)
    is_bare = 1 <= hour <= 12 and not match["hour"].startswith("0")
    return Clock(
        minutes=hour * 60 + minute,
        notation=Notation.BARE if is_bare else Notation.FULL,
        is_twelve=hour == 12,
    )


def _of_half(hour: int, minute: int, half: str, at_night: bool) -> Clock | None:
    if half == "m":
        hours = {12} & {hour}
    elif half == "a":
        # 00:30 a.m. is written too.
        hours = {hour % 12} if hour <= 12 else set()
    elif at_night and hour == 12:
        hours = {0}
    else:
        # 15:00 p.m. is written too; 0:30 p.m. may be either.
        hours = {hour % 12 + 12} if 1 <= hour <= 23 else set()
    return next(
        (
            Clock(
                minutes=each * 60 + minute,
                notation=Notation.HALVES,
                is_twelve=hour == 12 and half != "m",
                half=half,
            )
            for each in hours
        ),
        None,
    )
