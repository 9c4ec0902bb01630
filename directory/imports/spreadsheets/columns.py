"""What a column holds: how its text becomes a value of a row, and the value a text again.

What a column raises is read by people at the cell, so each message says what to do. Which columns
a sheet has is declared in `directory_sheets`.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from copy import copy
from datetime import date, datetime
from functools import cached_property, reduce
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.contacts.text import fold
from directory.imports.spreadsheets.cells import tidy

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
# Each row names up to three others, and SQLite takes 32,766 values in one query.
BATCH = 5000
MOST_ASKED = 20_000

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
        if not text:
            return None
        for form in DATE_FORMATS:
            with suppress(ValueError):
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no instant
        message = _("“%(text)s” is no date. Write 31/12/2026 (day first) or 2026-12-31.")
        raise refusal(message, text=_cut(text))


YES, NO = gettext_lazy("yes"), gettext_lazy("no")


class YesNoColumn(Column):
    """Yes or no, in any of our languages; an empty cell is no."""

    def render(self, value: bool) -> str:
        return str(YES if value else NO)

    def read(self, row: Row) -> bool:
        text = fold(row[self.name])
        if text in {*in_languages(YES), "true", "1", "x"}:
            return True
        if text in {*in_languages(NO), "false", "0", ""}:
            return False
        raise refusal(_("Write “%(yes)s” or “%(no)s”."), yes=YES, no=NO)


class ChoiceColumn(Column):
    """One of the field's choices, by its name in any of our languages or by its code. Their names
    are its help."""

    def bind(self, sheet: Any) -> Self:
        column = super().bind(sheet)
        column.help_text = column.help_text or f"{column._names()}."
        return column

    def _names(self) -> str:
        return ", ".join(str(label) for _value, label in self.field.flatchoices)

    @cached_property
    def _values(self) -> dict[str, str]:
        return {
            name: value
            for value, label in self.field.flatchoices
            for name in {*in_languages(label), fold(value)}
        }

    def render(self, value: str) -> str:
        return str(dict(self.field.flatchoices).get(value, value))

    def read(self, row: Row) -> str:
        if value := self._values.get(fold(row[self.name])):
            return value
        raise refusal(_("Write one of these: %s.") % self._names())


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
    """Says something of another row, to recognise it by. An import only checks that it is right."""

    def fill(self, instance: Any, row: Row) -> None:
        given, stored = row.get(self.name), self.text(instance)
        if given and stored and _bare(given) != _bare(stored):
            message = _(
                "Here it is “%(held)s”. This column is only to read: change it where it is kept."
            )
            raise refusal(message, held=stored)


class ReferenceColumn(Column):
    """Another row by its code; `within` names the columns with the parts of its natural key before
    that. `related` are the relations to read with it."""

    within: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        """The model of the other row."""
        return self.field.related_model

    def render(self, value: Any) -> str:
        return value.natural_key()[-1]

    def codes(self, text: str) -> list[str]:
        """The codes in the text of a cell."""
        return [text] if text else []

    def prepare(self, rows: list[Row]) -> None:
        keys = [self._key(code, row) for row in rows for code in self.codes(row.get(self.name, ""))]
        self._rows = by_natural_key(self.model.objects.select_related(*self.related), keys)

    def _key(self, code: str, row: Row) -> tuple[str, ...]:
        return (*(row[part] for part in self.within), code)

    def read(self, row: Row) -> Any:
        return self.find(row[self.name], row) if row[self.name] else None

    def find(self, code: str, row: Row) -> Any:
        """The row of the database that the row of the file names by this code. Raises
        ValidationError."""
        key = self._key(code, row)
        if key not in self._rows:
            try:
                # It may have come in with an earlier row of the file.
                self._rows[key] = self.model.objects.get_by_natural_key(*key)
            except ObjectDoesNotExist as error:
                message = _(
                    "There is no %(what)s with the code “%(code)s”. Check it, or create it first."
                )
                what = self.model._meta.verbose_name
                raise refusal(message, what=what, code=_cut(code)) from error
        return self._rows[key]


class ListColumn(ReferenceColumn):
    """Several rows by their codes in one cell, in any order: “incidente, solicitud”."""

    is_ordered = False
    may_be_empty = False

    @property
    def prefetch(self) -> str:
        """What `prefetch_related` needs for the texts of this column."""
        return self.attribute

    def rows(self, instance: Any) -> list[Any]:
        """The rows that `instance` has in this list."""
        return list(getattr(instance, self.attribute).all())

    def codes(self, text: str) -> list[str]:
        return list(dict.fromkeys(filter(None, (c.strip() for c in re.split(r"[,;\n]", text)))))

    def text(self, instance: Any) -> str:
        return "" if instance.pk is None else ", ".join(map(self.render, self.rows(instance)))

    def read(self, row: Row) -> list[Any]:
        codes = self.codes(row.get(self.name, ""))
        if not codes and not self.may_be_empty:
            raise refusal(_("Write at least one, by its code."))
        return [self.find(code, row) for code in codes]

    def differs(self, instance: Any, row: Row) -> bool:
        stored = self.text(instance)
        return self.text_after(stored, instance, row) != stored

    def fill(self, instance: Any, row: Row) -> None:
        """Only check what the row says: `save` writes it."""
        if self.name in row or instance.pk is None:
            self.read(row)

    def text_after(self, before: str, instance: Any, row: Row) -> str:
        stored, named = self.codes(before), self.codes(row.get(self.name, before))
        is_same = stored == named if self.is_ordered else set(stored) == set(named)
        return before if is_same else ", ".join(named)

    def save(self, instance: Any, row: Row) -> None:
        if self.differs(instance, row):
            getattr(instance, self.attribute).set(self.read(row))


def by_natural_key(rows: QuerySet, keys: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Any]:
    """Those of `rows` that have one of these natural keys, by their key."""
    found: dict[tuple[str, ...], Any] = {}
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST_ASKED:
        # A file can name a million codes that nobody has.
        stored = set(rows.order_by().values_list(*rows.model.natural_key_fields))
        wanted = [key for key in wanted if key in stored]
    for start in range(0, len(wanted), BATCH):
        parts = zip(*wanted[start : start + BATCH], strict=True)
        fields = zip(rows.model.natural_key_fields, parts, strict=True)
        batch = rows.filter(**{f"{field}__in": set(values) for field, values in fields})
        found |= {each.natural_key(): each for each in batch}
    return found


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


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))
