"""What one kind of spreadsheet is: a model, its columns, and which row a line is."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst

from directory.imports.spreadsheets.columns import Column, ListColumn, Row
from directory.models import Service
from directory.models.natural_keys import NaturalKeyModel
from directory.models.services import ServiceQuerySet

NumberedRow = tuple[int, Row]


class Sheet:
    """One kind of spreadsheet; a subclass declares its columns.

    The columns that `key` names hold the natural key of a row, in the order of the model's
    `natural_key_fields`; they must be in every file. Other columns may be missing: what they say
    stays as it is. No row is ever deleted because the file does not have it. `may` answers whether
    the user has a permission: `may("add", Channel)`.
    """

    name: str
    description: str | Promise
    model: type[NaturalKeyModel]
    key: tuple[str, ...] = ("code",)
    columns: list[Column]
    # The relations of a row that the columns and its name tell.
    related: tuple[str, ...] = ()

    def __init__(
        self, may: Callable[[str, type[Model]], bool] = lambda action, model: True
    ) -> None:
        self.may = may
        self.columns = [column.bind(self) for column in self.columns]

    @property
    def title(self) -> str:
        """Its name in the active language."""
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def page_model(self) -> type[Model]:
        """The model whose page in the back office has this sheet."""
        return self.model

    @property
    def key_columns(self) -> list[Column]:
        """The columns that identify a row."""
        return [column for column in self.columns if column.name in self.key]

    def may_export(self) -> bool:
        """Whether the user may download it."""
        return self.may("view", self.page_model) or self.may("change", self.page_model)

    def may_import(self) -> bool:
        """Whether the user may change all that it holds."""
        return self.may("change", self.model) and all(
            self.may(action, self.page_model) for action in ("change", "bulk_change")
        )

    def headings(self) -> list[str]:
        """The headings of all columns."""
        return [column.heading for column in self.columns]

    def cells(self, instance: Any) -> Row:
        """The texts of a row of the database, by the names of the columns."""
        return {column.name: column.text(instance) for column in self.columns}

    def texts(self) -> list[list[str]]:
        """Every row as the texts of its cells, in the order of the identifying columns."""
        rows = self.queryset().order_by(*self.model.natural_key_fields).iterator(chunk_size=2000)
        return [list(self.cells(row).values()) for row in rows]

    def key_of(self, row: Row) -> tuple[str, ...]:
        """The natural key that a row of the file says."""
        return tuple(row[name] for name in self.key)

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

    def in_order(self, rows: list[NumberedRow]) -> Iterable[NumberedRow]:
        """The rows with each behind those of the same file that it refers to."""
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
