"""What one kind of spreadsheet is: a model, its columns, and which row a line is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from directory.imports.spreadsheets.columns import Column, ListColumn, ReferenceWidget
from directory.imports.spreadsheets.tables import Problem

logger = logging.getLogger(__name__)


class Options:
    """What the `Meta` of every sheet begins with."""

    clean_model_instances = True
    skip_unchanged = True
    # Its differences are for its own pages, and copy every row deeply.
    skip_diff = True
    report_skipped = False
    # `importing` has one around the whole file; a savepoint for each row would only cost.
    use_transactions = False


class CellChange(NamedTuple):
    """What a cell says of the row before and after, as texts."""

    heading: str
    before: str
    after: str


class ListChange(CellChange):
    """The same of a list of codes: which come, which go."""

    is_list = True

    @property
    def removed(self) -> list[str]:
        return [code for code in self._codes(self.before) if code not in self._codes(self.after)]

    @property
    def added(self) -> list[str]:
        return [code for code in self._codes(self.after) if code not in self._codes(self.before)]

    def _codes(self, text):
        return text.split(", ") if text else []


@dataclass(frozen=True)
class RowChange:
    """What one line of the file does; `subject` is the row in whose history it is noted, as an
    addition or as a change."""

    number: int
    is_new: bool
    name: str
    key: int
    subject: models.Model
    is_addition: bool
    cells: tuple[CellChange, ...]
    sheet: str


class Sheet(ModelResource):
    """A django-import-export resource whose columns are read in our languages.

    `Meta.import_id_fields` names the columns that identify a row; they must be in every file. Other
    columns may be missing: what they say stays as it is. No row is ever deleted because the file
    does not have it. `may` answers whether the user has a permission: `may("add", Channel)`.
    """

    name: str
    description: str = ""
    # Where an error belongs that the model gives to no field, such as a number that exists already.
    column_of_the_whole = ""

    def __init__(self, may: Callable[[str, type], bool] = lambda action, model: True, **kwargs):
        super().__init__(**kwargs)
        self.may = may
        self.changes: list[RowChange] = []
        self.problems: list[Problem] = []

    # ---- Out ---------------------------------------------------------------------------------

    @property
    def columns(self) -> list[Column]:
        return self.get_import_fields()

    @property
    def title(self) -> str:
        return capfirst(str(self._meta.model._meta.verbose_name_plural))

    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    def texts(self) -> list[list[str]]:
        """Every row as the texts of its cells, in the order of the identifying columns."""
        rows = [
            [column.export(instance) for column in self.columns]
            for instance in self.get_queryset().iterator(chunk_size=2000)
        ]
        return sorted(rows, key=self._order)

    def file_name(self, ending: str) -> str:
        return f"{slugify(self.title)}.{ending}"

    def _order(self, texts):
        return [texts[self.columns.index(column)] for column in self.identifying]

    # ---- In: who is who ----------------------------------------------------------------------

    @property
    def identifying(self) -> list[Column]:
        return [self.fields[name] for name in self.get_import_id_fields()]

    def key(self, row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[column.column_name] for column in self.identifying)

    def services(self, keys):
        """The services whose pages may show the rows with these primary keys."""
        raise NotImplementedError

    def warnings(self, keys) -> list[str]:
        """What people should know before they publish the rows with these primary keys."""
        return []

    def subject(self, instance):
        """The row in whose history a change of `instance` is noted: one with a page of its own."""
        return instance

    def in_order(self, rows):
        """The (number, row) pairs with each row behind those of the same file that it refers to."""
        own = [
            column.column_name
            for column in self.columns
            if isinstance(column.widget, ReferenceWidget)
            and column.widget.model is self._meta.model
        ]
        if not own:
            return rows
        by_key = {self.key(row): (number, row) for number, row in rows}
        needs = {
            key: {(row.get(name),) for name in own} - {key} for key, (_n, row) in by_key.items()
        }
        try:
            return [by_key[key] for key in TopologicalSorter(needs).static_order() if key in by_key]
        except CycleError:
            # The model says which rows lead back to where they began.
            return rows

    def set_aside(self, changing):
        """Take from rows of the database what another row of the file may need.

        The database compares row by row; what counts is what it holds in the end. `changing` takes
        names of columns and gives the primary keys of the rows in which one of them changes. Each
        of these rows is saved afterwards, with all that it shall hold.
        """

    def twin(self, instance):
        """The row of the database that holds what only one may hold, or None."""

    def before_import(self, dataset, **kwargs):
        rows = dataset.dict
        for column in self.columns:
            if isinstance(column.widget, ReferenceWidget):
                column.widget.prepare_rows(rows, column.column_name)
        self._numbers = kwargs["numbers"]
        self._before = {}
        conditions = {
            f"{column.lookup}__in": {row[column.column_name] for row in rows}
            for column in self.identifying
        }
        found = self.get_queryset().filter(**conditions)
        self._found = {self._key_of(instance): instance for instance in found}
        self._number_of = {
            self.key(row): number for number, row in zip(self._numbers, rows, strict=True)
        }
        self._aside = set()
        self.set_aside(lambda *names: self._changing(rows, names))

    def _key_of(self, instance):
        return tuple(column.export(instance) for column in self.identifying)

    def _changing(self, rows, names):
        columns = [column for column in self.columns if column.column_name in names]
        keys = set()
        for row in rows:
            instance = self._found.get(self.key(row))
            if instance is not None and any(column.differs(instance, row) for column in columns):
                keys.add(instance.pk)
        self._aside |= keys
        return keys

    def get_instance(self, instance_loader, row):
        return self._found.get(self.key(row))

    def after_init_instance(self, instance, new, row, **kwargs):
        self._before = {} if new else {c.column_name: c.export(instance) for c in self.columns}

    # ---- In: checking ------------------------------------------------------------------------

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict({})
        for column in self._lists():
            try:
                self._check_list(column, instance, row)
            except ValueError as error:
                errors[column.attribute] = ValidationError(str(error), code="invalid")
        if errors:
            raise ValidationError(errors)

    def _check_list(self, column, instance, row):
        if column.column_name in row or instance.pk is None:
            column.clean({column.column_name: "", **row})
        if column.writes and column.differs(instance, row):
            actions = ("add", "change", "delete")
            if not all(self.may(action, column.writes) for action in actions):
                raise ValueError(_("You may not change this list. Leave it as it is."))

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors or not self._before or instance.pk in self._aside:
            return False
        return not self._changed_cells(instance, row)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if instance.pk is None and not self.may("add", self._meta.model):
            raise ValidationError(
                _("It does not exist yet, and you may not add new ones. Check its code."),
                code="may_not_add",
            )
        errors = dict(import_validation_errors or {})
        try:
            # Uniqueness and constraints cost a query each; the database checks them when it saves.
            instance.full_clean(exclude=errors, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance, is_create):
        try:
            with transaction.atomic():
                super().do_instance_save(instance, is_create)
        except IntegrityError:
            self._refuse_twin(instance)
            # Now the model says in words which rule of the database it was.
            instance.full_clean()
            raise

    def save_m2m(self, instance, row, **kwargs):
        if self._lists():
            with transaction.atomic():
                super().save_m2m(instance, row, **kwargs)

    def _refuse_twin(self, instance):
        """Raise ValidationError if another row of the file holds the same, and tell it there."""
        twin = self.twin(instance)
        first = twin and self._number_of.get(self._key_of(twin))
        if not first:
            return
        second = self._number_of[self._key_of(instance)]
        message = _(
            "Row %(other)d says the same here, and it is kept only once. Change one of them."
        )
        column = self._column_of(NON_FIELD_ERRORS)
        self.problems.append(Problem(first, column.heading, message % {"other": second}))
        raise ValidationError(message % {"other": first}, code="unique")

    def after_import_row(self, row, row_result, row_number=None, **kwargs):
        if row_result.import_type not in (
            RowResult.IMPORT_TYPE_NEW,
            RowResult.IMPORT_TYPE_UPDATE,
        ):
            return
        instance = row_result.instance
        cells = tuple(self._changed_cells(instance, row))
        is_new = row_result.import_type == RowResult.IMPORT_TYPE_NEW
        for column in self.columns:
            # So that a later line may refer to it.
            if isinstance(column.widget, ReferenceWidget):
                column.widget.remember(instance)
        if not cells and not is_new:
            return
        self.changes.append(
            RowChange(
                number=self._numbers[row_number - 1],
                is_new=is_new,
                name=" · ".join(self.key(row)),
                key=instance.pk,
                subject=self.subject(instance),
                is_addition=is_new and self.subject(instance) is instance,
                cells=cells,
                sheet=self.title,
            )
        )

    def after_import(self, dataset, result, **kwargs):
        for invalid in result.invalid_rows:
            self.problems += self._told(self._numbers[invalid.number - 1], invalid.error)
        for number, errors in result.row_errors():
            logger.warning("A row could not be imported: %s", errors[0].error)
            message = _("This row contradicts another one and cannot be saved.")
            self.problems.append(Problem(self._numbers[number - 1], "", message))

    def _told(self, number, error):
        """The problems of one row, at their columns. A text that cannot be read is not missing too:
        of each column only what was found first."""
        told = set()
        for field, errors in error.update_error_dict({}).items():
            column = self._column_of(field)
            heading = column.heading if column else ""
            if heading in told:
                continue
            told |= {heading} - {""}
            for message in ValidationError(errors).messages:
                yield Problem(number, heading, message)

    def _column_of(self, field):
        name = self.column_of_the_whole if field == NON_FIELD_ERRORS else field
        return next((column for column in self.columns if name in column.errors_of), None)

    def _changed_cells(self, instance, row):
        """The `CellChange`s of this row."""
        changed = []
        for column in self.columns:
            before = self._before.get(column.column_name, "")
            if column.readonly and self._before:
                continue
            if isinstance(column, ListColumn):
                if column.differs_from(before, row):
                    after = column.widget.render(column.clean(row))
                    changed.append(ListChange(column.heading, before, after))
            elif before != (after := column.export(instance)):
                changed.append(CellChange(column.heading, before, after))
        return changed

    def _lists(self):
        return [column for column in self.columns if isinstance(column, ListColumn)]
