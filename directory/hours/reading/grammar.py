"""The grammar of opening hours: tokens to rules, each the hours of some days.

    hours   = rule { [stop] rule }
    rule    = days [except days] (times | closed | usual | not confirmed)
            | times [days]
            | closed days
            | except days
            | including holidays | holidays included
            | always
    days    = range { ("," | "and") range }
    range   = day [to day] | every day | holidays | …
    times   = span { ["," | "and" | stop] span } | 24 hours
    span    = [half] [between] time (to | and) time [next day]

One token ahead decides, so the time is linear in the text.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.hours.reading.clock import DAY, END_OF_DAY, LAST_INSTANT, Clock, time_of
from directory.hours.reading.cursor import Cursor
from directory.hours.reading.errors import Unreadable
from directory.hours.reading.halves import readings
from directory.hours.reading.tokens import TWO_THINGS, Kind, Token
from directory.hours.reading.told import Effect, Rule, Rules
from directory.hours.schedule import HOLIDAY, WHOLE_DAY, Span
from directory.hours.week import WEEK
from directory.hours.words import days_in_words, describe_day

WORKING_WEEK = (1, 2, 3, 4, 5)

_DAYS = frozenset([Kind.DAY, Kind.DAYS, Kind.WORKING_DAYS, Kind.HOLIDAYS])
_TIMES = frozenset([Kind.TIME, Kind.HALF, Kind.BETWEEN, Kind.WHOLE_DAY])
_SOFT = frozenset([Kind.COMMA, Kind.AND])
_SEPARATORS = _SOFT | {Kind.STOP}


def parse(text: str) -> Rules:
    """The rules of a text. Raises Unreadable."""
    return _Parser(text).hours()


class _Parser(Cursor):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found = Rules()

    # ---- Rules -------------------------------------------------------------------------------

    def hours(self) -> Rules:
        self.skip(_SEPARATORS | {Kind.TO})
        if self.at_kind(Kind.END):
            message = _("Write days and hours, such as “Monday to Friday 8-12 and 14-18”.")
            raise self.error(message, "no_hours", self.next)
        while not self.at_kind(Kind.END):
            self._rule()
            self.skip(_SEPARATORS)
            # "… - Sábados: …", and dashes in front of each line.
            if self.at_kind(Kind.TO) and self.tokens[self.at + 1].kind not in (Kind.TIME, Kind.TO):
                self.take()
        return self.found

    def _rule(self) -> None:
        first = self.next
        if self.at_kind(Kind.ALWAYS):
            self.take()
            if self.continues(_SOFT, frozenset([Kind.DAYS])):
                self._days()
            self._add(first, frozenset(WEEK), Effect.OPEN, (WHOLE_DAY,))
        elif self.at_kind(Kind.CLOSED):
            self.take()
            self.skip(_SEPARATORS)
            is_all = self.at_kind(Kind.END) and not self.found.rules
            self._add(first, frozenset() if is_all else self._days(), Effect.CLOSED)
        elif self.at_kind(Kind.EXCEPT):
            self._except(first)
        elif self.at_kind(Kind.INCLUDING):
            self._including(first)
        elif self.next.kind in _TIMES:
            self._times_first(first)
        elif self.next.kind in _DAYS:
            self._days_first(first)
        elif self.at_kind(Kind.NOT_CONFIRMED) and len(self.tokens) == 2:
            # "Horario no informado"
            self.take()
        else:
            raise self.unexpected()

    def _add(
        self, first: Token, days: frozenset[int], effect: Effect, spans: tuple[Span, ...] = ()
    ) -> None:
        end = self.tokens[self.at - 1].end
        self.found.rules.append(
            Rule(days=days, effect=effect, spans=spans, start=first.start, end=end)
        )

    def _except(self, first: Token) -> None:
        self.take()
        self.skip(_SEPARATORS | {Kind.INCLUDING})
        self._add(first, self._days(), Effect.CLOSED)

    def _including(self, first: Token) -> None:
        self.take()
        self.skip(_SEPARATORS)
        days = self._days()
        # "Todos los días 8-20, incluidos domingos y festivos"
        known = self.found.rules[-1].days if self.found.rules else frozenset()
        if HOLIDAY not in days or not days - {HOLIDAY} <= known:
            message = _("“%(text)s”: write these days with their hours.")
            raise self.error(message, "unexpected", first, self.tokens[self.at - 1])
        self._add(first, frozenset([HOLIDAY]), Effect.USUAL)

    def _days_first(self, first: Token) -> None:
        days = self._days()
        is_of_holidays = days == {HOLIDAY}
        if is_of_holidays and self.at_kind(Kind.INCLUDING):
            self.take()
            self._add(first, days, Effect.USUAL)
            return
        days -= self._left_out()
        # "Lunes a viernes - 8 a 12", and lines of a table.
        self.skip(_SEPARATORS | {Kind.TO})
        if self.at_kind(Kind.CLOSED, Kind.EXCEPT):
            # "Festivos no"
            self.take()
            self._add(first, days, Effect.CLOSED)
        elif self.next.kind in (Kind.USUAL, Kind.NOT_CONFIRMED):
            if not is_of_holidays:
                raise self.unexpected()
            is_usual = self.take().kind is Kind.USUAL
            self._add(first, days, Effect.USUAL if is_usual else Effect.NOT_CONFIRMED)
        elif self.at_kind(Kind.ALWAYS):
            self.take()
            self._add(first, days, Effect.OPEN, (WHOLE_DAY,))
        elif self.next.kind in _TIMES:
            self._add(first, days, Effect.OPEN, self._times())
        else:
            message = _("The hours of “%(text)s” are missing. Write them behind, such as 8-12.")
            raise self.error(message, "hours_missing", first, self.tokens[self.at - 1])

    def _left_out(self) -> frozenset[int]:
        """The days that the list of days excludes: "todos los días, excepto domingos"."""
        place = self.place_after(_SOFT)
        excludes = self.tokens[place].kind is Kind.EXCEPT
        if not excludes or self.tokens[place + 1].kind not in _DAYS | {Kind.INCLUDING}:
            # "Festivos no" excludes nothing from them.
            return frozenset()
        self.at = place
        first = self.take()
        self.skip(frozenset([Kind.INCLUDING]))
        days = self._days()
        if HOLIDAY in days:
            self._add(first, frozenset([HOLIDAY]), Effect.CLOSED)
        return days

    def _times_first(self, first: Token) -> None:
        spans = self._times()
        last = self.tokens[self.at - 1]
        place = self.place_after(_SEPARATORS)
        kinds = [token.kind for token in self.tokens[place : place + 2]]
        if kinds[0] in _DAYS and kinds != [Kind.HOLIDAYS, Kind.INCLUDING]:
            self.at = place
            days = self._days()
            if self.next.kind in _TIMES:
                days = self._first_of_two(place, days)
            days -= self._left_out()
            self._add(first, days, Effect.OPEN, spans)
            return
        is_for_all = not self.found.rules
        if spans == (WHOLE_DAY,):
            self._add(first, frozenset(WEEK), Effect.OPEN, spans)
        elif is_for_all and self.is_of_office:
            self.found.assumptions.append(
                gettext("no days are given: Monday to Friday, the days of an office")
            )
            self._add(first, frozenset(WORKING_WEEK), Effect.OPEN, spans)
        else:
            raise self._without_days(first, last)

    def _first_of_two(self, place: int, days: frozenset[int]) -> frozenset[int]:
        """Of "8-12 L-V, S 9-13" the days before the comma: the others have the hours behind. All,
        where they are not two."""
        end, self.at = self.at, place
        first = self._range()
        behind = self.at
        if self.continues(_SOFT, _DAYS):
            self._range()
        is_two = self.at == end
        self.at = behind if is_two else end
        return frozenset(first) if is_two else days

    def _without_days(self, first: Token, last: Token) -> Unreadable:
        choices = [days_in_words([*days]) for days in (WORKING_WEEK, WEEK)]
        before, hours = self.text[: first.start], self.text[first.start :]
        # What stands before may take the days for its own.
        is_all = not self.found.rules
        return Unreadable(
            _("On which days is it “%(text)s”? Write for example “%(first)s” or “%(second)s”."),
            "two_readings" if is_all else "days_missing",
            first.start,
            last.end,
            tuple(f"{before}{each} {hours}" for each in choices if is_all),
            text=self.text[first.start : last.end],
            first=f"{choices[0]} {self.text[first.start : last.end]}",
            second=f"{choices[1]} {self.text[first.start : last.end]}",
        )

    # ---- Days --------------------------------------------------------------------------------

    def _days(self) -> frozenset[int]:
        """A list of days; "incluidos festivos" within it is a rule of its own."""
        days: set[int] = set()
        while True:
            days |= self._range()
            if self.at_kind(Kind.INCLUDING) or self.continues(_SOFT, frozenset([Kind.INCLUDING])):
                days |= self._included(days)
            if self.at_kind(Kind.HOLIDAYS):
                # "Lunes festivos" are fewer than Mondays and holidays.
                raise self.unexpected()
            if 7 in days and self.come(Kind.TO, Kind.HOLIDAYS):
                # "D-F", "S-D-F"
                self.take()
            elif not self.continues(_SOFT, _DAYS):
                return frozenset(days)

    def _included(self, days: set[int]) -> set[int]:
        first = self.take()
        before = self.tokens[self.at - 2]
        if before.kind is Kind.HOLIDAYS and self.next.kind not in _DAYS:
            if days == {HOLIDAY}:
                self.at -= 1
                return set()
            days.discard(HOLIDAY)
            self._add(first, frozenset([HOLIDAY]), Effect.USUAL)
            return set()
        if self.next.kind not in _DAYS:
            # "Lunes a viernes inclusive"
            return set()
        included = self._range()
        if HOLIDAY in included:
            self._add(first, frozenset([HOLIDAY]), Effect.USUAL)
        return included - {HOLIDAY}

    def _range(self) -> set[int]:
        is_between = self.at_kind(Kind.BETWEEN)
        if is_between:
            self.take()
        if self.next.kind not in _DAYS:
            message = _("“%(text)s”: write a day here, such as “Monday” or “Monday to Friday”.")
            raise self.error(message, "day_missing", self.next)
        token = self.take()
        if token.kind is Kind.WORKING_DAYS:
            self.found.is_for_working_days = True
            # "Lunes a sábado, días hábiles"
            is_said = self.at > 1 and self.tokens[self.at - 2].kind in _DAYS | {Kind.COMMA}
            return set() if is_said else set(WORKING_WEEK)
        if token.kind is Kind.DAYS:
            if HOLIDAY in token.value:
                self._add(token, frozenset([HOLIDAY]), Effect.USUAL)
            return set(token.value) - {HOLIDAY}
        if token.kind is Kind.HOLIDAYS:
            return {HOLIDAY}
        days = [token.value]
        joints = 0
        while self.at_kind(Kind.TO) or (is_between and joints == 0 and self.at_kind(Kind.AND)):
            if self.tokens[self.at + 1].kind is not Kind.DAY:
                break
            self.take()
            days.append(self.take().value)
            joints += 1
        if joints != 1:
            # "L-M-V" is a list.
            return set(days)
        first, last = days
        if first == last:
            if len(token.text) == 1:
                # "S-S" may be Saturday and Sunday.
                message = _("“%(text)s”: write the names of these days.")
                raise self.error(message, "unexpected", token, self.tokens[self.at - 1])
            # "De lunes a lunes"
            return set(WEEK)
        return {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}

    # ---- Times -------------------------------------------------------------------------------

    def _times(self) -> tuple[Span, ...]:
        spans = [self._span(0)]
        while self.continues(_SEPARATORS, _TIMES) or self.come(*[Kind.TO, Kind.TIME] * 2):
            # "8 a.m. a 12 m. - 2 p.m. a 6 p.m."
            self.skip(frozenset([Kind.TO]))
            before = spans[-1]
            closed = before.closes.hour * 60 + before.closes.minute
            spans.append(self._span(0 if before.ends_next_day else closed))
        return tuple(spans)

    def _span(self, after: int) -> Span:
        first = self.next
        half = ""
        if self.at_kind(Kind.HALF):
            half = self.take().value
            self.skip(frozenset([Kind.COMMA]))
        if self.at_kind(Kind.WHOLE_DAY):
            self.take()
            return WHOLE_DAY
        is_between = self.at_kind(Kind.BETWEEN)
        if is_between:
            self.take()
        opens = self._time(first)
        if not self.at_kind(Kind.TO) and not (is_between and self.at_kind(Kind.AND)):
            message = _("“%(text)s”: until when? Write for example “8 to 17”.")
            raise self.error(message, "range_incomplete", first, self.tokens[self.at - 1])
        self.take()
        closes = self._time(first)
        says_next_day = self.at_kind(Kind.NEXT_DAY)
        if says_next_day:
            self.take()
        return self._one_reading(first, opens, closes, after, half, says_next_day)

    def _time(self, first: Token) -> Clock:
        if self.at_kind(Kind.TIME):
            return self.take().value
        if self.at_kind(Kind.WHOLE_DAY) and self.next.text.startswith("24"):
            self.take()
            return LAST_INSTANT
        message = _("“%(text)s”: a time is missing. Write for example “8 to 17”.")
        raise self.error(message, "time_missing", first, self.next)

    def _one_reading(
        self,
        first: Token,
        opens: Clock,
        closes: Clock,
        after: int,
        half: str,
        says_next_day: bool,
    ) -> Span:
        last = self.tokens[self.at - 1]
        if opens.minutes >= DAY:
            raise self.error(END_OF_DAY, "end_of_day", first, last)
        possible = readings(opens, closes, after, half)
        if says_next_day:
            possible = [each for each in possible if each[1] <= each[0]] or possible
        spans = [_span_of(*each) for each in possible]
        if len(spans) > 1:
            raise self._two_readings(first, last, spans)
        [span] = spans
        is_longer = closes.minutes > opens.minutes + DAY or (
            says_next_day and (not span.ends_next_day or span == WHOLE_DAY)
        )
        if is_longer or (span.opens == span.closes and span != WHOLE_DAY):
            message = _(
                "“%(text)s” is a whole day or more. Write “24 hours” for the days that it is "
                "open all day."
            )
            raise self.error(message, "whole_day", first, last)
        return span

    def _two_readings(self, first: Token, last: Token, spans: list[Span]) -> Unreadable:
        choices = [describe_day((span,)) for span in spans[:2]]
        before, behind = self.text[: first.start], self.text[last.end :]
        return Unreadable(
            TWO_THINGS,
            "two_readings",
            first.start,
            last.end,
            tuple(f"{before}{each}{behind}" for each in choices),
            text=self.text[first.start : last.end].strip(),
            first=choices[0],
            second=choices[1],
        )


def _span_of(opens: int, closes: int) -> Span:
    return Span(opens=time_of(opens), closes=time_of(closes))
