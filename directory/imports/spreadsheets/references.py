"""Columns that name other rows, by their codes or by what people call them."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from directory.imports.spreadsheets.columns import Column, Row, cut, refusal
from directory.imports.spreadsheets.names import Names

# Each row names up to three others, and SQLite takes 32,766 values in one query.
BATCH = 5000
MOST_ASKED = 20_000
# Some hundred codes of one cell.
LONGEST_LIST = 5_000
# Between the entries of a list, the strongest first: a name may have a comma.
SEPARATORS = "\n;,"


class DependsOnRefused(ValidationError):
    """A row names another one of the same file that is refused. Its error is told there."""


class ReferenceColumn(Column):
    """Another row by its code, or by what it is called where only one is called so.

    `within` names the columns with the parts of its natural key before the code. `related` are the
    relations to read with it.
    """

    within: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        """The model of the other row."""
        return self.field.related_model

    @property
    def refers_to(self) -> Any:
        return self.model

    @property
    def is_of_own_sheet(self) -> bool:
        """Whether it names rows of its own sheet, which may all be new."""
        return self.model is self.sheet.model

    def render(self, value: Any) -> str:
        return value.natural_key()[-1]

    def codes(self, text: str) -> list[str]:
        """The codes in the text of a cell."""
        return [text] if text else []

    def prepare(self, rows: list[Row]) -> None:
        """Read once what the cells name, and write codes into them in the place of names."""
        self._names = Names(self.model)
        self._rows: dict[tuple[str, ...], Any] = {}
        self._own: set[tuple[str, ...]] = set()
        if self.is_of_own_sheet:
            self._add_own(rows)
        self._read_rows(rows)
        for row in rows:
            if row.get(self.name):
                row[self.name] = self._with_codes(row[self.name], row)
        self._read_rows(rows)

    def _add_own(self, rows: list[Row]) -> None:
        """Note what the rows of the file are called, which may not be stored yet."""
        called_by, code = {*self.model.called_by}, self.sheet.key[-1]
        columns = [column for column in self.sheet.columns if column.errors_of & called_by]
        for row in rows:
            key = self._key(row[code], row)
            self._own.add(key)
            for column in columns:
                self._names.add(key[:-1], row.get(column.name, ""), row[code])

    def _read_rows(self, rows: list[Row]) -> None:
        keys = {self._key(code, row) for row in rows for code in self.codes(row.get(self.name, ""))}
        unread = [key for key in keys if key not in self._rows and all(key)]
        self._rows |= by_natural_key(self.model.objects.select_related(*self.related), unread)

    def _key(self, code: str, row: Row) -> tuple[str, ...]:
        return (*(row.get(part, "") for part in self.within), code)

    def _is_known(self, code: str, row: Row) -> bool:
        key = self._key(code, row)
        return key in self._rows or key in self._own

    def _with_codes(self, text: str, row: Row) -> str:
        """The text of a cell with the codes of what it names; as it is where that is not clear."""
        if self._is_known(text, row):
            return text
        found = self._names.codes(self._key("", row)[:-1], text)
        return found[0] if len(found) == 1 else text

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
                raise self._unknown(code, key[:-1]) from error
        return self._rows[key]

    def _unknown(self, code: str, within: tuple[str, ...]) -> ValidationError:
        if any(self.sheet.also.has_refused(self.model, text) for text in (code, *within)):
            return DependsOnRefused(code)
        what = self.model._meta.verbose_name
        if len(several := self._names.codes(within, code)) > 1:
            message = _(
                "Several are called “%(text)s”: %(codes)s. Write the code of the one meant."
            )
            return refusal(message, text=cut(code), codes=", ".join(several[:20]))
        message = _("There is no %(what)s with the code “%(code)s”. Check it, or create it first.")
        if self.model.called_by:
            message = _(
                "There is no %(what)s with the code or name “%(code)s”. Check it, or add it first."
            )
        return refusal(message, what=what, code=cut(code))


class ListColumn(ReferenceColumn):
    """Several rows by their codes in one cell, in any order: “incidente, solicitud”."""

    is_ordered = False
    may_be_empty = False
    longest = LONGEST_LIST

    @property
    def prefetch(self) -> str | Prefetch:
        """What `prefetch_related` needs for the texts of this column."""
        return self.attribute

    def rows(self, instance: Any) -> list[Any]:
        """The rows that `instance` has in this list."""
        return list(getattr(instance, self.attribute).all())

    def codes(self, text: str) -> list[str]:
        return list(dict.fromkeys(filter(None, (c.strip() for c in re.split(r"[,;\n]", text)))))

    def _with_codes(self, text: str, row: Row) -> str:
        return ", ".join(dict.fromkeys(self._entries(text, row, SEPARATORS)))

    def _entries(self, text: str, row: Row, separators: str) -> list[str]:
        """The codes of a text, which is one name or several between separators."""
        text = text.strip()
        code = super()._with_codes(text, row) if text else ""
        if not text or self._is_known(code, row) or code != text:
            return [code] if code else []
        for index, separator in enumerate(separators, 1):
            if separator in text:
                parts = (
                    self._entries(each, row, separators[index:]) for each in text.split(separator)
                )
                return [code for codes in parts for code in codes]
        return [text]

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

    def save_new(self, instance: Any, row: Row) -> None:
        if named := self.read(row):
            getattr(instance, self.attribute).add(*named)


class OptionalListColumn(ListColumn):
    """A list that may be empty."""

    may_be_empty = True


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
