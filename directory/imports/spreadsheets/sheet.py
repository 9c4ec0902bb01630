"""What one kind of spreadsheet is: a model, its columns, and which row a line is."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst

from directory.contacts.text import fold
from directory.imports.spreadsheets.columns import Column, Row
from directory.imports.spreadsheets.references import BATCH, ListColumn, by_natural_key
from directory.models import Service
from directory.models.natural_keys import NaturalKeyModel
from directory.models.services import ServiceQuerySet

NumberedRow = tuple[int, Row]


@dataclass
class SameFile:
    """What the sheets of a file that came before did: by model, what refused lines are called,
    folded, and the primary keys of rows that changed."""

    refused: dict[Any, set[str]] = field(default_factory=lambda: defaultdict(set))
    changed: dict[Any, set[int]] = field(default_factory=lambda: defaultdict(set))

    def has_refused(self, model: Any, text: str) -> bool:
        """Whether a refused line is called so."""
        return fold(text) in self.refused[model]


class Sheet:
    """One kind of spreadsheet; a subclass declares its columns.

    The columns that `key` names hold the natural key of a row, in the order of the model's
    `natural_key_fields`; they must be in every file. Other columns may be missing: what they say
    stays as it is. No row is ever deleted because the file does not have it. `may` answers whether
    the user has a permission: `may("add", Channel)`.

    The last column of the key may be empty where `code_from` names the columns of which a code is
    made. Such a line is recognised by the columns `facts`, which are fields of the model (within
    what the key says before the code), and where several say the same there by `further_facts`.
    """

    name: str
    # What the sheet is called; without, as its model is.
    title_text: str | Promise = ""
    description: str | Promise
    model: type[NaturalKeyModel]
    key: tuple[str, ...] = ("code",)
    columns: list[Column]
    # Parts of the key that may be empty: no day.
    optional_key: tuple[str, ...] = ()
    code_from: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    further_facts: tuple[str, ...] = ()
    # Lines of an example that belong together with those of the other sheets.
    examples: list[dict[str, Any]] = []
    # In which order rows are exported; without, in that of their natural keys.
    order: tuple[str, ...] = ()
    # Whether what a line does depends on the others, so that a confirmation needs all of them.
    is_read_whole = False
    # Whether a change may move a row away from pages that showed it.
    may_leave_pages = False
    # The relations of a row that the columns and its name tell.
    related: tuple[str, ...] = ()

    def __init__(
        self, may: Callable[[str, type[Model]], bool] = lambda action, model: True
    ) -> None:
        self.may = may
        self.columns = [column.bind(self) for column in self.columns]
        self._by_name = {column.name: column for column in self.columns}
        self.also = SameFile()

    @property
    def title(self) -> str:
        """Its name in the active language."""
        return capfirst(str(self.any_title))

    @property
    def any_title(self) -> str | Promise:
        """Its name, to be translated."""
        return self.title_text or self.model._meta.verbose_name_plural or ""

    @property
    def page_model(self) -> type[Model]:
        """The model whose page in the back office has this sheet."""
        return self.model

    @property
    def bulk_model(self) -> type[Model]:
        """The model whose permission for many at once an import needs."""
        return self.page_model

    @property
    def key_columns(self) -> list[Column]:
        """The columns that identify a row."""
        return [column for column in self.columns if column.name in self.key]

    @property
    def required_columns(self) -> list[Column]:
        """Those of the key that every line fills in."""
        optional = (*self.optional_key, *(self.key[-1:] if self.code_from else ()))
        return [column for column in self.key_columns if column.name not in optional]

    @property
    def told_models(self) -> set[type[Model]]:
        """The models with rights of their own whose rows it tells of."""
        columns = (getattr(column, "model", None) for column in self.columns)
        told = {self.page_model, *filter(None, columns)}
        return {model for model in told if "view" in model._meta.default_permissions}

    def may_export(self) -> bool:
        """Whether the user may download it: may see all that it tells of."""
        return all(self.may("view", each) or self.may("change", each) for each in self.told_models)

    def may_import(self) -> bool:
        """Whether the user may change all that it holds."""
        return (
            self.may("change", self.model)
            and self.may("change", self.page_model)
            and self.may("bulk_change", self.bulk_model)
        )

    def headings(self) -> list[str]:
        """The headings of all columns."""
        return [column.heading for column in self.columns]

    def cells(self, instance: Any) -> Row:
        """The texts of a row of the database, by the names of the columns."""
        return {column.name: column.text(instance) for column in self.columns}

    def texts(self) -> list[list[str]]:
        """Every row as the texts of its cells, in the order of the sheet."""
        order = self.order or self.model.natural_key_fields
        rows = self.queryset().order_by(*order).iterator(chunk_size=2000)
        return [list(self.cells(row).values()) for row in rows]

    def key_of(self, row: Row) -> tuple[str, ...]:
        """The natural key that a row of the file says."""
        return tuple(self._by_name[name].canonical(row) for name in self.key)

    def stored(self, rows: list[Row]) -> dict[tuple[str, ...], Any]:
        """The rows of the database that these lines are about, by the key that the lines say."""
        return by_natural_key(self.queryset(), map(self.key_of, rows))

    def facts_of(self, row: Row) -> tuple[str, ...]:
        """What recognises a line without a code; empty where it does not say that."""
        found = [fold(self._by_name[name].canonical(row)) for name in self.facts]
        return (*self.key_of(row)[:-1], *found) if found and found[0] else ()

    def stored_facts(
        self, lines: list[NumberedRow]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The natural key and the facts of the rows of the database that `lines` may be."""
        names, facts = self.model.natural_key_fields, self.facts
        rows = self.model.objects.order_by("pk")
        if len(names) > 1:
            rows = rows.filter(**{f"{names[0]}__in": {self.key_of(row)[0] for _n, row in lines}})
        for values in rows.values_list(*names, *facts).iterator(chunk_size=2000):
            key, found = values[: len(names)], values[len(names) :]
            yield key, (*key[:-1], *(fold(str(value)) for value in found))

    def queryset(self) -> QuerySet:
        """All rows of the database, with what the columns tell of other rows."""
        lists = [column.prefetch for column in self.columns if isinstance(column, ListColumn)]
        return self.model.objects.select_related(*self.related).prefetch_related(*lists)

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        """The services whose pages may show the rows with these primary keys."""
        model: Any = self.model
        return Service.objects.reached_by(model.paths_from_service, "pk__in", keys)

    def warnings(self, keys: Collection[int]) -> list[str]:
        """What people should know before they publish the rows with these primary keys."""
        return []

    def parts(self, instance: Any) -> Iterable[Model]:
        """The rows of other models that saving `instance` changes or deletes, read before."""
        return ()

    def subject(self, instance: Any) -> Model:
        """The row in whose history a change of `instance` is noted: one with a page of its own."""
        return instance

    def refuse_change(self, instance: Any) -> None:
        """Raise ValidationError for a row of the database that must stay as it is."""

    def whole(self, instance: Any) -> Any:
        """What is to be validated with its parts once all rows are in, or None."""
        return instance if hasattr(instance, "validate_whole") else None

    def in_order(self, rows: list[NumberedRow]) -> Iterable[NumberedRow]:
        """The rows with each behind those of the same file that it refers to."""
        own = [column.name for column in self.columns if column.refers_to is self.model]
        if not own:
            return rows
        by_code = {row[self.key[-1]]: (number, row) for number, row in rows}
        needs = {
            code: {row.get(name) for name in own} - {code} for code, (_n, row) in by_code.items()
        }
        try:
            order = TopologicalSorter(needs).static_order()
            return [by_code[code] for code in order if code in by_code]
        except CycleError:
            # The model says which rows lead back to where they began.
            return rows

    def set_aside(self, stored: list[tuple[Any, Row]]) -> set[int]:
        """Take from rows of the database what another row of the file may need, and return their
        primary keys: each is saved afterwards, with all that it shall hold.

        The database compares row by row; what counts is what it holds in the end. `stored` are
        rows of the database with what the file says of each.
        """
        return set()

    def twin(self, instance: Any) -> NaturalKeyModel | None:
        """The row of the database that holds what only one may hold, or None."""
        return None


class PartSheet(Sheet):
    """A sheet of parts of something, of which a key has more than codes: days, numbers, times."""

    def stored(self, rows: list[Row]) -> dict[tuple[str, ...], Any]:
        owners = list({self.key_of(row)[0] for row in rows})
        owner = self.model.natural_key_fields[0]
        found: dict[tuple[str, ...], Any] = {}
        for start in range(0, len(owners), BATCH):
            batch = self.queryset().filter(**{f"{owner}__in": owners[start : start + BATCH]})
            found |= {self.key_held(each): each for each in batch}
        return found

    def key_held(self, instance: Any) -> tuple[str, ...]:
        """The natural key of a row of the database, as texts of cells."""
        return tuple(self._by_name[name].text(instance) for name in self.key)
