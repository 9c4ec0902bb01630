"""What one kind of spreadsheet is: a model, its columns, and which row a line is."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst, slugify

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
    # The relations of a row that the columns tell.
    related: tuple[str, ...] = ()
    # The way from a service to the rows that its page shows.
    path_from_service: str

    def __init__(
        self, may: Callable[[str, type[Model]], bool] = lambda action, model: True
    ) -> None:
        self.may = may
        self.columns = [column.bind(self.model) for column in self.columns]

    @property
    def title(self) -> str:
        """Its name in the active language."""
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def key_columns(self) -> list[Column]:
        """The columns that identify a row."""
        by_name = {column.name: column for column in self.columns}
        return [by_name[name] for name in self.key]

    def headings(self) -> list[str]:
        """The headings of all columns."""
        return [column.heading for column in self.columns]

    def cells(self, instance: Any) -> dict[str, str]:
        """The texts of a row of the database, by the names of the columns."""
        return {column.name: column.text(instance) for column in self.columns}

    def texts(self) -> list[list[str]]:
        """Every row as the texts of its cells, in the order of the identifying columns."""
        rows = map(self.cells, self.queryset().iterator(chunk_size=2000))
        return [list(row.values()) for row in sorted(rows, key=self.key_of)]

    def key_of(self, row: Row) -> tuple[str, ...]:
        """The natural key that a row of the file says."""
        return tuple(row[name] for name in self.key)

    def file_name(self, ending: str) -> str:
        """What a download is called."""
        return f"{slugify(self.title)}.{ending}"

    def queryset(self) -> QuerySet:
        """All rows of the database, with what the columns tell of other rows."""
        lists = [column.prefetch for column in self.columns if isinstance(column, ListColumn)]
        rows = self.model.objects.select_related(*self.related).prefetch_related(*lists)
        return rows.order_by("pk")

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        """The services whose pages may show the rows with these primary keys."""
        return Service.objects.filter(**{f"{self.path_from_service}__in": keys}).distinct()

    def warnings(self, keys: Collection[int]) -> list[str]:
        """What people should know before they publish the rows with these primary keys."""
        return []

    def subject(self, instance: Any) -> Model:
        """The row in whose history a change of `instance` is noted: one with a page of its own."""
        return instance

    def in_order(self, rows: list[NumberedRow]) -> Iterable[NumberedRow]:
        """The rows with each behind those of the same file that it refers to."""
        return rows

    def set_aside(self, changing: Callable[..., set[int]]) -> None:
        """Take from rows of the database what another row of the file may need.

        The database compares row by row; what counts is what it holds in the end. `changing` takes
        names of columns and gives the primary keys of the rows in which one of them changes. Each
        of these rows is saved afterwards, with all that it shall hold.
        """

    def twin(self, instance: Any) -> NaturalKeyModel | None:
        """The row of the database that holds what only one may hold, or None."""
