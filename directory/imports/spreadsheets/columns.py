"""What a column holds: how its text becomes a value of a row, and the value a text again.

What a column raises is read by people at the cell, so each message says what to do.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Choices, Model
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.imports.spreadsheets.cells import tidy

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")

# The texts of one line of a file, by the names of the columns that the file has.
Row = dict[str, str]


class Column:
    """A column of texts. `name` is its name in code, `heading` what people read and write.

    `attribute` is what a row holds there, if not called `name`; a path with “__” may lead to other
    rows. `errors_of` names further fields of the model whose errors belong into this column.
    """

    is_list = False
    # Only to read: an import may have it, and changes nothing by it.
    is_reminder = False
    # Another model whose rows this column makes and deletes; doing so takes permissions of its own.
    writes: type[Model] | None = None

    def __init__(
        self,
        name: str,
        heading: str,
        help_text: str = "",
        attribute: str = "",
        errors_of: Iterable[str] = (),
    ) -> None:
        self.name, self._heading, self.help_text = name, heading, help_text
        self.attribute = attribute or name
        self.errors_of = {self.attribute, name, *errors_of}

    @property
    def heading(self) -> str:
        """The heading in the active language."""
        return capfirst(str(self._heading))

    def headings(self) -> set[str]:
        """All that this column may be called, folded: in every language, or by its name."""
        return {fold(self.name), fold(self.name.replace("_", " ")), *in_languages(self._heading)}

    def text(self, instance: Model) -> str:
        """The text of the cell for this row of the database; empty for what it does not have."""
        try:
            value = reduce(getattr, self.attribute.split("__"), instance)
        except ObjectDoesNotExist:
            return ""
        return "" if value is None else tidy(self.render(value))

    def render(self, value: Any) -> str:
        """The text for a value."""
        return str(value)

    def read(self, row: Row) -> Any:
        """The value that the row of the file says. Raises ValidationError."""
        return row[self.name]

    def differs(self, instance: Model, row: Row) -> bool:
        """Whether the row of the file has this column and says something else in it."""
        return self.name in row and row[self.name] != self.text(instance)

    def fill(self, instance: Model, row: Row) -> None:
        """Give `instance` what the row says. What says the same already stays, to the last
        invisible character. Raises ValidationError."""
        if self.name in row and (instance.pk is None or self.differs(instance, row)):
            setattr(instance, self.attribute, self.read(row))

    def text_after(self, before: str, instance: Model, row: Row) -> str:
        """The text of the cell once the row is brought in, where it was `before`."""
        return self.text(instance)

    # Hooks for columns that refer to other rows.

    def prepare(self, rows: list[Row]) -> None:
        """Read once from the database what the rows of a file name."""

    def remember(self, instance: Model) -> None:
        """Let later rows of the file refer to one that was just brought in."""

    def save(self, instance: Model, row: Row) -> None:
        """Write what can only be written once `instance` has a key."""


class DigitsColumn(Column):
    """Digits that are no quantity. A program that took them for one may have written 6017442727.0,
    or have lost some of them: 6,01744E+09."""

    def read(self, row: Row) -> str:
        text = row[self.name]
        if re.fullmatch(r"\d+([.,]\d+)?E[+-]?\d+", text, re.ASCII | re.IGNORECASE):
            raise refusal(
                _("Digits are lost here. Give the cell the format “Text” and write it again.")
            )
        return re.sub(r"^(\d+)\.0$|^(\d{7,}),0$", r"\1\2", text, flags=re.ASCII)


class WholeNumberColumn(Column):
    """A number from 0 on; an empty cell is 0."""

    def read(self, row: Row) -> int:
        if not re.fullmatch(r"\d{0,5}", row[self.name], re.ASCII):
            raise refusal(_("Write a whole number from 0 on, such as 3."))
        return int(row[self.name] or 0)


class DayColumn(Column):
    """A day: 2026-12-31 or 31/12/2026, the day first; empty for none."""

    def read(self, row: Row) -> date | None:
        text = row[self.name]
        for form in DATE_FORMATS if text else ():
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no instant
            except ValueError:
                continue
        if not text:
            return None
        message = _("“%(text)s” is no date. Write 31/12/2026 (day first) or 2026-12-31.")
        raise refusal(message, text=_cut(text))


class ChoiceColumn(Column):
    """One of a model's choices, by its name in any of our languages or by its code.

    A fixed one is what a row is from its beginning on; another value makes another row.
    """

    def __init__(
        self, name: str, heading: str, choices: type[Choices], is_fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(name, heading, **kwargs)
        self.choices, self.is_fixed = choices, is_fixed
        self._values: dict[str, str] = {}

    def render(self, value: str) -> str:
        return str(self.choices(value).label) if value in self.choices.values else value

    def read(self, row: Row) -> str:
        if value := self._values.get(fold(row[self.name])):
            return value
        raise refusal(_("Write one of these: %s.") % ", ".join(map(str, self.choices.labels)))

    def fill(self, instance: Model, row: Row) -> None:
        if not self.is_fixed or instance.pk is None:
            return super().fill(instance, row)
        if self.name in row and self.read(row) != getattr(instance, self.attribute):
            message = _(
                "This cannot change: it is “%(held)s”. Create a new one with a code of its own."
            )
            raise refusal(message, held=self.text(instance))

    def prepare(self, rows: list[Row]) -> None:
        for choice in self.choices:
            names = {*in_languages(choice.label), fold(choice.value)}
            self._values |= dict.fromkeys(names, choice.value)


class ReminderColumn(Column):
    """Says something of another row, to recognise it by. An import only checks that it is right."""

    is_reminder = True

    def __init__(self, name: str, heading: str, attribute: str, help_text: str = "") -> None:
        super().__init__(name, heading, help_text, attribute)
        # What is wrong with the other row itself stands at the column that names it.
        self.errors_of = {attribute}

    def fill(self, instance: Model, row: Row) -> None:
        given, held = row.get(self.name, ""), self.text(instance)
        if given and held and _bare(given) != _bare(held):
            message = _(
                "Here it is “%(held)s”. This column is only to read: change it where it is kept."
            )
            raise refusal(message, held=held)


class ReferenceColumn(Column):
    """Another row by its code, or by the whole natural key whose parts stand in `key` columns.

    The rows are read once per file; `related` are the relations to read with them.
    """

    def __init__(
        self,
        name: str,
        heading: str,
        model: type[Model],
        key: Iterable[str] = (),
        related: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(name, heading, **kwargs)
        self.model, self.key, self.related = model, tuple(key) or (name,), related
        self._rows: dict[tuple[str, ...], Model] = {}

    def render(self, value: Model) -> str:
        return value.natural_key()[-1]

    def codes(self, text: str) -> list[str]:
        """The codes in the text of a cell."""
        return [text] if text else []

    def prepare(self, rows: list[Row]) -> None:
        fields = self.model.natural_key_fields
        found = self.model.objects.select_related(*self.related)
        for field, part in zip(fields, self.key, strict=True):
            split = self.codes if part == self.name else lambda text: [text]
            named = {code for row in rows for code in split(row.get(part, ""))}
            found = found.filter(**{f"{field}__in": named})
        self._rows = {each.natural_key(): each for each in found}

    def remember(self, instance: Model) -> None:
        if isinstance(instance, self.model):
            self._rows[instance.natural_key()] = instance

    def read(self, row: Row) -> Any:
        return self.row(row[self.name], row) if row[self.name] else None

    def row(self, code: str, row: Row) -> Model:
        """The row of the database with this code, in the context of the row of the file."""
        key = tuple(code if part == self.name else row[part] for part in self.key)
        if key not in self._rows:
            message = _(
                "There is no %(what)s with the code “%(code)s”. Check it, or create it first."
            )
            raise refusal(message, what=self.model._meta.verbose_name, code=_cut(code))
        return self._rows[key]

    def fill(self, instance: Model, row: Row) -> None:
        # Also where it names the same: an earlier row of the file may have changed that one.
        if self.name in row:
            setattr(instance, self.attribute, self.read(row))


class ListColumn(ReferenceColumn):
    """Several rows by their codes in one cell, in any order: “incidente, solicitud”."""

    is_list = True
    is_ordered = False
    may_be_empty = False

    def codes(self, text: str) -> list[str]:
        return list(dict.fromkeys(filter(None, (c.strip() for c in re.split(r"[,;\n]", text)))))

    def held(self, instance: Model) -> list[Model]:
        """The rows that `instance` has in this list."""
        return list(getattr(instance, self.attribute).all())

    def text(self, instance: Model) -> str:
        return "" if instance.pk is None else ", ".join(map(self.render, self.held(instance)))

    def read(self, row: Row) -> list[Model]:
        codes = self.codes(row.get(self.name, ""))
        if not codes and not self.may_be_empty:
            raise refusal(_("Write at least one, by its code."))
        return [self.row(code, row) for code in codes]

    def differs(self, instance: Model, row: Row) -> bool:
        before = self.text(instance)
        return self.text_after(before, instance, row) != before

    def fill(self, instance: Model, row: Row) -> None:
        if self.name in row or instance.pk is None:
            self.read(row)

    def text_after(self, before: str, instance: Model, row: Row) -> str:
        held, named = self.codes(before), self.codes(row.get(self.name, before))
        is_same = held == named if self.is_ordered else set(held) == set(named)
        return before if is_same else ", ".join(named)

    def save(self, instance: Model, row: Row) -> None:
        if self.differs(instance, row):
            getattr(instance, self.attribute).set(self.read(row))


def refusal(message: str, **params: Any) -> ValidationError:
    """The error of a cell that cannot be read."""
    return ValidationError(message, code="invalid", params=params)


def in_languages(text: Any) -> set[str]:
    """A translatable text in every language, folded."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(fold(str(text)))
    return found


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))
