"""A place among the tokens of a text, which a parser moves on."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.hours.reading.errors import Unreadable
from directory.hours.reading.tokens import Kind, Token, tokens


class Cursor:
    """The tokens of a text, and the next one. Raises Unreadable for what no text of hours has."""

    def __init__(self, text: str) -> None:
        self.text = text
        read = tokens(text)
        # "Jornada continua" says nothing of when, but of which days.
        self.is_of_office = any(token.kind is Kind.SHIFT for token in read)
        self.tokens = [token for token in read if token.kind is not Kind.SHIFT]
        self.at = 0
        for token in self.tokens:
            if token.kind is Kind.DATE:
                raise self.error(
                    _(
                        "“%(text)s”: hours of certain dates are not written here. Write the usual "
                        "week, and add an exception or a validity for these dates."
                    ),
                    "dated",
                    token,
                )

    @property
    def next(self) -> Token:
        """The token that comes next; the last one is END."""
        return self.tokens[self.at]

    def at_kind(self, *kinds: Kind) -> bool:
        """Whether the next token is one of these."""
        return self.next.kind in kinds

    def come(self, *kinds: Kind) -> bool:
        """Whether the next tokens are of these kinds, one after the other."""
        return [token.kind for token in self.tokens[self.at : self.at + len(kinds)]] == [*kinds]

    def take(self) -> Token:
        """The next token, which is behind then."""
        token = self.next
        if token.kind is not Kind.END:
            self.at += 1
        return token

    def skip(self, kinds: frozenset[Kind]) -> None:
        """Go behind all that follow of these kinds."""
        while self.next.kind in kinds:
            self.at += 1

    def place_after(self, kinds: frozenset[Kind]) -> int:
        """The place of the first token that is none of these."""
        place = self.at
        while self.tokens[place].kind in kinds:
            place += 1
        return place

    def continues(self, separators: frozenset[Kind], kinds: frozenset[Kind]) -> bool:
        """Go behind the separators if one of these kinds follows."""
        place = self.place_after(separators)
        if self.tokens[place].kind in kinds:
            self.at = place
            return True
        return False

    def error(self, message: Any, code: str, first: Token, last: Token | None = None) -> Unreadable:
        """The refusal of what stands from one token to another, which the message calls `text`."""
        end = (last or first).end
        written = self.text[first.start : end].strip() or gettext("the end")
        return Unreadable(message, code, first.start, end, text=written[:80])

    def unexpected(self) -> Unreadable:
        """The refusal of the next token."""
        message = _(
            "“%(text)s” is not expected here. Write days and then hours, such as “Monday to Friday "
            "8-12 and 14-18; Saturdays 9-13”."
        )
        return self.error(message, "unexpected", self.next)
