"""Rows that fixtures name by what people call them, never by primary key."""

from collections import defaultdict
from collections.abc import Collection
from functools import reduce
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from directory.models.plain_text import PlainTextModel

M = TypeVar("M", bound="NaturalKeyModel", covariant=True)


class NaturalKeyManager(models.Manager[M]):
    """Finds rows as fixtures name them."""

    def get_by_natural_key(self, *key: Any) -> M:
        """The row that the values of `natural_key_fields` name. Raises DoesNotExist."""
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class NaturalKeyModel(PlainTextModel):
    """A model whose `natural_key_fields` (lookups, through relations too) identify a row."""

    natural_key_fields: tuple[str, ...] = ("code",)
    # The fields by which people call a row where they do not write its code.
    called_by: tuple[str, ...] = ()
    # The foreign key to the owner that the row is a part of, where it is none without it: a fixture
    # that gives parts of an owner gives all of them.
    part_of: str = ""
    # Whether such a part has to go with those of other owners too, as its `validate_whole` says.
    reaches_beyond_owner: bool = False
    # The fields (`attname`) that say which number or address customers are led to, or who answers;
    # a row that says something in one of them leads, too, by being there or not.
    leading_fields: tuple[str, ...] = ()
    # What an import writes when all rows of the model are there.
    set_last: tuple[str, ...] = ()

    objects: ClassVar = NaturalKeyManager()

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, with a violation at the field that its `violation_error_code` names, where
        a form has that field."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as error:
            raise ValidationError(self._at_their_fields(error, exclude or ())) from error

    def _at_their_fields(
        self, error: ValidationError, exclude: Collection[str]
    ) -> dict[str, list[ValidationError]]:
        names = {field.name for field in self._meta.fields} - set(exclude)
        placed = defaultdict(list)
        for field, errors in error.error_dict.items():
            for each in errors:
                placed[each.code if each.code in names else field].append(each)
        return placed

    def natural_key(self) -> tuple[Any, ...]:
        """What fixtures name this row by."""
        return tuple(reduce(getattr, path.split("__"), self) for path in self.natural_key_fields)
