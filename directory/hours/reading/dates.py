"""A date as people write it: "24 dic", "24/12/2026", "jueves 24 de diciembre", "mañana".

A date without a year is the next one; where it was not long ago, either may be meant, and it is
refused with both.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from directory.hours.reading.errors import Unreadable
from directory.hours.reading.folding import folded

LONGEST_DATE = 60
# Whoever writes a day that was within so many days may mean that one.
LATELY = 120
IN_DAYS_AT_MOST = 3700

_MONTHS = (
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "setiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
)
_WEEKDAYS = (
    ("lunes", "monday"),
    ("martes", "tuesday"),
    ("miercoles", "wednesday"),
    ("jueves", "thursday"),
    ("viernes", "friday"),
    ("sabado", "saturday"),
    ("domingo", "sunday"),
)
_FROM_TODAY = {
    "anteayer": -2,
    "antier": -2,
    "ayer": -1,
    "yesterday": -1,
    "hoy": 0,
    "today": 0,
    "manana": 1,
    "tomorrow": 1,
    "pasado manana": 2,
    "day after tomorrow": 2,
}
_IN_DAYS = re.compile(r"(?:en|dentro de|in) (\d{1,4}) (dias?|days?|semanas?|weeks?)", re.ASCII)
_NEXT = re.compile(r"(?:el )?(?:proximo|siguiente|next) | (?:proximo|siguiente|que viene)$")
_ISO = re.compile(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})(?:\s*\2\s*(\d{4}|\d{2}))?", re.ASCII)
_ORDINAL = r"(\d{1,2})(?:\.?[ºo°]|st|nd|rd|th|er)?|(primero)"
_DAY_FIRST = re.compile(rf"(?:{_ORDINAL})\W*(?:de |of )?([a-z]+)", re.ASCII)
_MONTH_FIRST = re.compile(rf"([a-z]+)\W*(?:{_ORDINAL})", re.ASCII)
_YEAR = re.compile(r"\W*(?:\b(?:de|del) )?(?<!\d)(\d{4})$", re.ASCII)

TOO_LONG = _("This is too long for a date. Write one such as 2026-12-24.")
NO_DATE = _("“%(text)s” is no date. Write one such as %(example)s.")
NO_SUCH_DATE = _("There is no date “%(text)s”. Write one such as %(example)s.")
TWO_DATES = _("“%(text)s” may be %(one)s or %(other)s. Write one of these.")
OTHER_WEEKDAY = _("%(date)s is a %(weekday)s. Write the day of the week or the date that is right.")


def read_date(text: str, today: date, *, day_first: bool) -> date:
    """The date that `text` says on a day `today`; `day_first`: 3/4 is the third of April, else it
    may be the fourth of March too. Raises Unreadable, which says what to write."""
    if len(text) > LONGEST_DATE:
        raise Unreadable(
            _("This is too long for a date. Write one such as 2026-12-24."), "too_long"
        )
    plain = " ".join(folded(text)[0].replace(",", " ").split()).strip(" .")
    found = list(dict.fromkeys(_readings(plain, today, day_first)))
    example = _short(date(today.year, 12, 24))
    if not found:
        has_shape = bool(_ISO.fullmatch(plain) or _NUMBERS.fullmatch(plain) or _named(plain))
        message = NO_SUCH_DATE if has_shape else NO_DATE
        raise Unreadable(message, "no_date", 0, len(text), text=text, example=example)
    if len(found) > 1:
        one, other = map(_short, found[:2])
        raise Unreadable(
            TWO_DATES, "two_dates", readings=(one, other), text=text, one=one, other=other
        )
    return found[0]


def _short(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day.year >= 1000 else day.isoformat()


def _readings(plain: str, today: date, day_first: bool) -> Iterator[date]:
    """The dates that a text may say."""
    if plain in _FROM_TODAY:
        yield from _after(today, _FROM_TODAY[plain])
        return
    if match := _IN_DAYS.fullmatch(plain):
        days = int(match[1]) * (7 if match[2][0] in "sw" else 1)
        yield from _after(today, days) if days <= IN_DAYS_AT_MOST else ()
        return
    weekday, rest = _weekday(plain)
    if weekday is not None and not rest:
        yield from _on_weekday(weekday, today, bool(_NEXT.search(plain)))
        return
    dates = list(_dated(rest, today, day_first))
    if weekday is not None and len(dates) == 1 and dates[0].weekday() != weekday:
        name = formats.date_format(dates[0], "l").lower()
        raise Unreadable(OTHER_WEEKDAY, "other_weekday", date=_short(dates[0]), weekday=name)
    yield from (day for day in dates if weekday in (None, day.weekday()))


def _after(today: date, days: int) -> Iterator[date]:
    try:
        yield today + timedelta(days=days)
    except OverflowError:
        return


def _weekday(plain: str) -> tuple[int | None, str]:
    """The day of the week that a text begins with or is, from 0 for Monday, and the rest of it."""
    words = _NEXT.sub(" ", plain).strip()
    first, _blank, rest = re.sub(r"^(?:el|este|this|on) ", "", words).partition(" ")
    first = first.strip(".")
    for number, names in enumerate(_WEEKDAYS):
        if len(first) >= 3 and any(name.startswith(first) for name in names):
            return (None, plain) if rest and not re.search(r"\d|primero", rest) else (number, rest)
    return None, re.sub(r"^el (?:dia )?", "", plain)


def _on_weekday(weekday: int, today: date, is_next: bool) -> Iterator[date]:
    ahead = (weekday - today.weekday()) % 7
    # On a Monday, “lunes” may be today or in a week; “el próximo lunes” may be either always.
    if ahead == 0:
        yield from () if is_next else _after(today, 0)
        yield from _after(today, 7)
    else:
        yield from _after(today, ahead)
        yield from _after(today, ahead + 7) if is_next else ()


def _dated(text: str, today: date, day_first: bool) -> Iterator[date]:
    if match := _ISO.fullmatch(text):
        yield from _date(int(match[1]), int(match[3]), int(match[4]))
    elif match := _NUMBERS.fullmatch(text):
        one, other, year = int(match[1]), int(match[3]), match[4]
        yield from _of_year(year, other, one, today)
        if not day_first:
            yield from _of_year(year, one, other, today)
    elif named := _named(text):
        yield from _of_year(*named, today)


def _named(text: str) -> tuple[str | None, int, int] | None:
    """The year, the month and the day of a text that names its month."""
    year = _YEAR.search(text)
    rest = text[: year.start()].strip() if year else text
    if match := _DAY_FIRST.fullmatch(rest):
        day, first, name = match.groups()
    elif match := _MONTH_FIRST.fullmatch(rest):
        name, day, first = match.groups()
    else:
        return None
    for number, names in enumerate(_MONTHS, 1):
        if len(name) >= 3 and any(each.startswith(name) for each in names):
            return year[1] if year else None, number, 1 if first else int(day)
    return None


def _of_year(year: str | None, month: int, day: int, today: date) -> Iterator[date]:
    if year:
        yield from _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return
    # A 29 February is in one of the next eight years.
    near = [each for number in range(-1, 9) for each in _date(today.year + number, month, day)]
    past = [each for each in near if each < today]
    if past and (today - past[-1]).days <= LATELY:
        yield past[-1]
    yield from [each for each in near if each >= today][:1]


def _date(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
