"""From when until when, where a time may be of the morning or of the afternoon.

Each rule leaves one reading, or says that there are two.

1. "13" to "24", "0" and "08:00" are of the 24-hour clock; "8" and "8:00" are bare.
2. A bare time beside one of the 24-hour clock is of it: "7-19", "22 a 6".
3. A.m. or p.m. at one time only: the other is the one that makes the shorter span, "2 a 6 p.m.",
   "8 a 5 p.m.", "9 p.m. a 6".
4. Of hours that are told one after the other the later ones are later: "8 a 12 y 2 a 6".
5. Both bare: those that begin from 6 to 11 and end by noon, are of the morning: "8-12".
6. Everything else has two readings: "8 a 8", "1-5", "8 a 5", "8 a 9 p.m.", "14 a 6".
"""

from directory.hours.reading.clock import DAY, HALF_DAY, Clock, Notation

# The first hour at which somebody who writes no "a.m." may begin in the morning.
MORNING, AFTER_NOON = 6 * 60, 13 * 60

# Minutes since midnight of its opening and of its closing.
Times = tuple[int, int]


def readings(opens: Clock, closes: Clock, after: int = 0, half: str = "") -> list[Times]:
    """What the two times may mean: one reading, or two.

    `after` is when the hours before, of the same day, have closed; `half` ("a", "p") is the part
    of the day that is said of them.
    """
    possible = [
        (opening % DAY, closing % DAY)
        for opening in _possible(opens)
        for closing in _possible(closes)
    ]
    if len(possible) == 1:
        return _of_twelve(opens, closes) or possible
    if half:
        possible = [each for each in possible if (each[0] >= HALF_DAY) == (half == "p")] or possible
    if opens.notation is Notation.BARE:
        later = [each for each in possible if each[0] >= after and not _ends_next_day(each)]
        possible = later if after and later else possible
    short, *longer = sorted(possible, key=_length)
    if not longer:
        return [short]
    if opens.notation is closes.notation is Notation.BARE:
        return _of_bare(opens, closes, possible)
    if Notation.FULL in (opens.notation, closes.notation):
        literal = (opens.minutes % DAY, closes.minutes % DAY)
        if literal not in possible:
            return [short]
        is_doubtful = _ends_next_day(literal) and _length(literal) > HALF_DAY
        return [literal, short] if is_doubtful and literal != short else [literal]
    return [short, *longer] if _may_be_meant(longer[0], opens, closes) else [short]


def _possible(clock: Clock) -> list[int]:
    is_bare = clock.notation is Notation.BARE
    return [clock.minutes, clock.minutes + HALF_DAY] if is_bare else [clock.minutes]


def _length(times: Times) -> int:
    opens, closes = times
    return (closes - opens) % DAY or DAY


def _ends_next_day(times: Times) -> bool:
    return times[0] + _length(times) > DAY


def _of_bare(opens: Clock, closes: Clock, possible: list[Times]) -> list[Times]:
    """Rule 5, of hours that last no longer than half a day."""
    short = [each for each in possible if _length(each) <= HALF_DAY]
    is_of_morning = MORNING <= opens.minutes < closes.minutes < AFTER_NOON
    literal = (opens.minutes, closes.minutes)
    return [literal] if is_of_morning and literal in short else sorted(short)


def _may_be_meant(longer: Times, opens: Clock, closes: Clock) -> bool:
    """Whether somebody may mean the longer span, where one of the times has a.m. or p.m."""
    if _ends_next_day(longer):
        return False
    if opens.notation is Notation.BARE:
        return MORNING <= longer[0] < HALF_DAY
    return not closes.is_twelve


def _of_twelve(opens: Clock, closes: Clock) -> list[Times]:
    """Noon and midnight, where "12 a.m." follows a morning or "12 p.m." an afternoon: many take
    the one for the other."""
    if not closes.is_twelve or not closes.half or closes.minutes % HALF_DAY:
        return []
    is_of_same_half = (opens.minutes % DAY >= HALF_DAY) == (closes.half == "p")
    noon_and_midnight = [(opens.minutes, HALF_DAY), (opens.minutes, 0)]
    return noon_and_midnight if is_of_same_half and opens.minutes % HALF_DAY else []
