"""How tests say that something is refused."""

from contextlib import contextmanager, nullcontext

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


@contextmanager
def refused_by_the_database():
    """The block raises IntegrityError; the transaction around it stays usable."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


def codes_of(validate):
    """The codes of the errors that `validate()` raises, by field; {} if it raises none."""
    try:
        validate()
    except ValidationError as error:
        return {field: [each.code for each in errors] for field, errors in error.error_dict.items()}
    return {}


def refused_in_full_clean(instance):
    return codes_of(instance.full_clean)


def refused_twice(instance):
    """The codes of `full_clean`, for a row that the database refuses too."""
    codes = refused_in_full_clean(instance)
    with refused_by_the_database():
        type(instance).objects.bulk_create([instance])
    return codes


def refused_among_neighbours(instance):
    return codes_of(lambda: instance.validate_among(instance.neighbours()))


def assert_overlap(row, overlaps):
    """In the check of its form and in the database."""
    assert refused_among_neighbours(row) == ({"opens": ["overlap"]} if overlaps else {})
    with refused_by_the_database() if overlaps else nullcontext():
        type(row).objects.bulk_create([row])
