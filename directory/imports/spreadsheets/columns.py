"""What a column holds: how its text becomes a value of a row, and the value a text again.

Columns that name other rows are in `references`. What a column raises is read by people at the
cell, so each message says what to do. Which columns a sheet has is declared in `directory_sheets`
and the modules beside it.
"""

import re
from collections.abc import Iterable
from copy import copy
from functools import cached_property, reduce
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Max, TextField
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.contacts.text import fold
from directory.imports.spreadsheets.cells import LONGEST_CELL, tidy

# Of a cell that is no prose: hours, a number, a name. Nothing longer is looked into.
LONGEST_ENTRY = 1_000

# The texts of one line of a file, by the names of the columns that the file has.
Row = dict[str, str]


class Column:
    """A column of texts: `name` in code, and for people the name of the model's field or `heading`.

    `attribute` is what a row holds there, if not called `name`; a path with “__” may lead to other
    rows. `errors_of` names further fields of the model whose errors belong into this column.
    An `instance` is a row of the model of the column's sheet.
    """

    # Known once the column is bound: its sheet, and the field of the model, if it has one.
    sheet: Any = None
    field: Any = None
    # What the program of the spreadsheet may have made of its cells: “date”, “time”, “boolean”.
    takes: frozenset[str] = frozenset()

    def __init__(
        self,
        name: str,
        help_text: str | Promise = "",
        heading: str | Promise = "",
        attribute: str = "",
        errors_of: Iterable[str] = (),
    ) -> None:
        self.name, self.help_text, self._heading = name, help_text, heading
        self.attribute = attribute or name
        self.errors_of = {self.attribute, *errors_of}

    def bind(self, sheet: Any) -> Self:
        """A copy of the column for one file or page of a sheet."""
        column = copy(self)
        fields = {field.name: field for field in sheet.model._meta.get_fields()}
        column.sheet, column.field = sheet, fields.get(self.attribute)
        column._heading = self._heading or column.field.verbose_name
        return column

    @property
    def heading(self) -> str:
        """The heading in the active language."""
        return capfirst(str(self._heading))

    def headings(self) -> set[str]:
        """All that this column may be called, folded: in every language, or by its name."""
        return {fold(self.name), fold(self.name.replace("_", " ")), *in_languages(self._heading)}

    @property
    def longest(self) -> int:
        """How many characters of a cell are read at most; fewer may be kept."""
        return LONGEST_CELL if isinstance(self.field, TextField) else LONGEST_ENTRY

    @property
    def refers_to(self) -> Any:
        """The model of the rows that it names, None for a column that names none."""
        return None

    def choices(self) -> list[str]:
        """The texts that the cell may have, if these are few; empty for any text."""
        return []

    def canonical(self, row: Row) -> str:
        """The text of the cell as `text` writes it; as it is where it cannot be read."""
        return row.get(self.name, "")

    def text(self, instance: Any) -> str:
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

    def differs(self, instance: Any, row: Row) -> bool:
        """Whether the row of the file has this column and says something else in it."""
        return self.name in row and row[self.name] != self.text(instance)

    def fill(self, instance: Any, row: Row) -> None:
        """Give `instance` what the row says. What says the same already stays, to the last
        invisible character. Raises ValidationError."""
        if self.name in row and (instance.pk is None or self.differs(instance, row)):
            self.assign(instance, self.read(row))

    def assign(self, instance: Any, value: Any) -> None:
        """Give `instance` a value."""
        setattr(instance, self.attribute, value)

    def text_after(self, before: str, instance: Any, row: Row) -> str:
        """The text of the cell once the row is brought in, where it was `before`."""
        return self.text(instance)

    def prepare(self, rows: list[Row]) -> None:
        """Read once what the cells of a whole file name."""

    def save(self, instance: Any, row: Row) -> None:
        """Write what can only be written once `instance` has a key."""

    def save_new(self, instance: Any, row: Row) -> None:
        """The same for a row that was just added, of which nothing has to be read."""
        self.save(instance, row)


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


class ValueColumn(Column):
    """A value that is written in several ways: rows are recognised by what it means."""

    def canonical(self, row: Row) -> str:
        try:
            value = self.read(row)
        except ValidationError:
            return super().canonical(row)
        return "" if value is None else tidy(self.render(value))


class WholeNumberColumn(ValueColumn):
    """A number from 0 on; an empty cell is 0."""

    def read(self, row: Row) -> int:
        if not re.fullmatch(r"\d{0,5}", row[self.name], re.ASCII):
            raise refusal(_("Write a whole number from 0 on, such as 3."))
        return int(row[self.name] or 0)


class OptionalNumberColumn(WholeNumberColumn):
    """A number from 0 on, or empty for none."""

    def read(self, row: Row) -> int | None:  # type: ignore[override]
        return super().read(row) if row[self.name] else None


YES, NO = gettext_lazy("yes"), gettext_lazy("no")


class YesNoColumn(ValueColumn):
    """Yes or no, in any of our languages; an empty cell is no."""

    takes = frozenset(["boolean"])

    def choices(self) -> list[str]:
        return [str(YES), str(NO)]

    def render(self, value: bool) -> str:
        return str(YES if value else NO)

    def read(self, row: Row) -> bool:
        text = fold(row[self.name])
        if text in {*in_languages(YES), "true", "1", "x"}:
            return True
        if text in {*in_languages(NO), "false", "0", ""}:
            return False
        raise refusal(_("Write “%(yes)s” or “%(no)s”."), yes=YES, no=NO)


class KeepsWhenEmpty(Column):
    """An empty cell changes nothing; a new row has what the model gives it."""

    def differs(self, instance: Any, row: Row) -> bool:
        return bool(row.get(self.name)) and super().differs(instance, row)

    def fill(self, instance: Any, row: Row) -> None:
        if row.get(self.name):
            super().fill(instance, row)


class ChoiceColumn(ValueColumn):
    """One of the field's choices, by its name in any of our languages or by its code. Their names
    are its help."""

    def choices(self) -> list[str]:
        return [str(label) for _value, label in self.field.flatchoices]

    def bind(self, sheet: Any) -> Self:
        column = super().bind(sheet)
        column.help_text = column.help_text or f"{column._names()}."
        return column

    def _names(self) -> str:
        return ", ".join(self.choices())

    @cached_property
    def _values(self) -> dict[str, str]:
        return {
            name: value
            for value, label in self.field.flatchoices
            for name in {*in_languages(label), fold(str(value))}
        }

    def render(self, value: str) -> str:
        return str(dict(self.field.flatchoices).get(value, value))

    def read(self, row: Row) -> str:
        value = self._values.get(fold(row[self.name]))
        if value is not None or (self.field.blank and not row[self.name]):
            return value or ""
        raise refusal(_("Write one of these: %s.") % self._names())


class OptionalChoiceColumn(KeepsWhenEmpty, ChoiceColumn):
    """One of the choices, or empty for what is there."""


class OptionalColumn(KeepsWhenEmpty):
    """A text, or empty for what is there."""


class OptionalYesNoColumn(KeepsWhenEmpty, YesNoColumn):
    """Yes or no, or empty for what is there."""


class PositionColumn(KeepsWhenEmpty, WholeNumberColumn):
    """The place among those of the same owner; without one a new row comes last."""

    def prepare(self, rows: list[Row]) -> None:
        names, stored = (
            self.sheet.model.natural_key_fields[:-1],
            self.sheet.model.objects.order_by(),
        )
        self._last: dict[tuple[str, ...], int] = {}
        if not names:
            self._last[()] = stored.aggregate(last=Max("position"))["last"] or 0
            return
        owners = {row[self.sheet.key[0]] for row in rows}
        found = stored.filter(**{f"{names[0]}__in": owners}).values_list(*names)
        for *owner, last in found.annotate(last=Max("position")):
            self._last[tuple(map(str, owner))] = last

    def fill(self, instance: Any, row: Row) -> None:
        super().fill(instance, row)
        owner = self.sheet.key_of(row)[:-1]
        if instance.pk is None and not row.get(self.name):
            instance.position = self._last.get(owner, 0) + 1
        self._last[owner] = max(self._last.get(owner, 0), instance.position)


class FixedChoiceColumn(ChoiceColumn):
    """What a row is from its beginning on; another choice makes another row."""

    def assign(self, instance: Any, value: str) -> None:
        if instance.pk and value != getattr(instance, self.attribute):
            message = _(
                "This cannot change: it is “%(held)s”. Create a new one with a code of its own."
            )
            raise refusal(message, held=self.text(instance))
        super().assign(instance, value)


class ReminderColumn(Column):
    """Says something of another row, to recognise it by. An import only checks that it is right,
    unless the same file says something else of that row."""

    def fill(self, instance: Any, row: Row) -> None:
        given, stored = row.get(self.name), self.text(instance)
        if given and stored and bare(given) != bare(stored):
            other = getattr(instance, self.attribute.partition("__")[0])
            if other.pk in self.sheet.also.changed[type(other)] or self.sheet.also.has_refused(
                type(other), other.natural_key()[-1]
            ):
                return
            message = _(
                "Here it is “%(held)s”. This column is only to read: change it where it is kept."
            )
            raise refusal(message, held=stored)


CODE_HELP = gettext_lazy("Recognises it. Empty: found by its name, or a new one is made.")


def refusal(message: Any, **params: Any) -> ValidationError:
    """The error of a cell that cannot be read."""
    return ValidationError(message, code="invalid", params=params)


def in_languages(text: Any) -> set[str]:
    """A translatable text in every language, folded."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(fold(str(text)))
    return found


def cut(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def bare(text: str) -> str:
    """A text without signs, folded, to compare how people write it."""
    return re.sub(r"\W", "", fold(text))
