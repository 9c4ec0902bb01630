"""Comparing is complete, short and never fails, for any two documents."""

import dataclasses
from datetime import date, time, timedelta
from enum import StrEnum

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from directory.editions import document
from directory.editions.diff.documents import changes
from directory.editions.document import (
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedRequestType,
    Replacement,
    ServiceDocument,
)
from directory.hours.schedule import DatedException, HolidayPolicy, OpeningHours, Span, WeeklySpan
from tests.directory.documents import (
    CHRISTMAS,
    DOCUMENT,
    E_MAIL,
    LINE,
    OFFICE,
    PLAN,
    TELEPHONE,
    documents,
)


def examples(number):
    return settings(derandomize=True, deadline=None, max_examples=number, database=None)


@examples(100)
@given(documents)
def test_equal_documents_have_no_changes(one):
    assert changes(one, document.decode(document.encode(one))) == []


@examples(150)
@given(documents, documents)
def test_different_documents_have_changes_and_each_is_a_short_sentence(before, after):
    told = changes(before, after)
    assert bool(told) == (before != after)
    for change in told:
        assert change.sentence
        assert "\n" not in change.sentence
        assert len(change.sentence) < 400


@examples(100)
@given(documents)
def test_a_first_edition_is_one_change(after):
    assert len(changes(None, after)) == 1


# Every field of every structure, found by introspection: one added later is covered or fails here.

RICH = replace(
    DOCUMENT,
    channels=(
        replace(
            TELEPHONE,
            contacts=(replace(LINE, replacements=(PLAN,)),),
            valid_from=date(2026, 1, 1),
            valid_until=date(2027, 1, 1),
        ),
        E_MAIL,
    ),
    escalation=replace(
        DOCUMENT.escalation,
        levels=tuple(
            replace(level, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
            for level in DOCUMENT.escalation.levels
        ),
    ),
    schedules={
        "oficina": dataclasses.replace(
            OFFICE,
            holidays=HolidayPolicy.OWN_HOURS,
            spans=(
                WeeklySpan(
                    day=1,
                    opens=time(7),
                    closes=time(19),
                    valid_from=date(2026, 1, 1),
                    valid_until=date(2027, 1, 1),
                ),
            ),
            exceptions=(CHRISTMAS,),
        )
    },
)
STRUCTURES = {
    ServiceDocument,
    PublishedChannel,
    PublishedContact,
    Replacement,
    PublishedRequestType,
    PublishedEscalation,
    PublishedLevel,
    OpeningHours,
    WeeklySpan,
    DatedException,
    Span,
}


OTHERS = {
    "phone": "email",
    "+576017442727": "+576017450000",
    "America/Bogota": "UTC",
}


def another(value, name):
    """A value of the same type that is not this one; None where a structure stands."""
    match value:
        case bool():
            return not value
        case StrEnum():
            return next(each for each in type(value) if each is not value)
        case str():
            return OTHERS.get(value, f"{value}x")
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case time():
            return value.replace(minute=17)
        case None:
            return date(2026, 6, 1) if name.startswith("valid") else 10


def fields_of(value):
    if isinstance(value, msgspec.Struct):
        return [(name, getattr(value, name)) for name in value.__struct_fields__]
    return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]


def with_field(value, name, new):
    change = replace if isinstance(value, msgspec.Struct) else dataclasses.replace
    return change(value, **{name: new})


def mutants(value, name=""):
    """(the path, the value with one field below it changed) for every field, however deep."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            for path, new in mutants(item, name):
                yield path, (*value[:index], new, *value[index + 1 :])
            yield "(removed)", (*value[:index], *value[index + 1 :])
        if len(value) > 1:
            yield "(reordered)", value[::-1]
    elif isinstance(value, dict):
        for key, item in value.items():
            for path, new in mutants(item, name):
                yield path, {**value, key: new}
    elif isinstance(value, msgspec.Struct) or dataclasses.is_dataclass(value):
        for name, held in fields_of(value):
            for path, new in mutants(held, name):
                label = f"{type(value).__name__}.{name}"
                yield (
                    (f"{label}{path}" if path in ("(removed)", "(reordered)") else path or label),
                    (with_field(value, name, new)),
                )
    else:
        yield "", another(value, name)


MUTANTS = list(mutants(RICH))
# The key that a schedule is kept under is its code; the levels' order is that of their numbers.
NOT_SHOWN = {"OpeningHours.code", "PublishedEscalation.levels(reordered)"}


def test_the_rich_document_holds_every_structure_and_field():
    told = {path for path, _mutant in MUTANTS}
    for structure in STRUCTURES:
        if issubclass(structure, msgspec.Struct):
            names = structure.__struct_fields__
        else:
            names = [field.name for field in dataclasses.fields(structure)]
        for name in names:
            path = f"{structure.__name__}.{name}"
            holds_parts = any(each.startswith(f"{path}(") for each in told)
            assert (
                path in told
                or holds_parts
                or path
                in {
                    "ServiceDocument.escalation",
                    "ServiceDocument.schedules",
                }
            ), path


@pytest.mark.parametrize(("path", "mutant"), MUTANTS, ids=[path for path, _mutant in MUTANTS])
def test_a_change_of_any_field_is_told_by_name(path, mutant):
    told = changes(RICH, mutant)
    assert told
    if path not in NOT_SHOWN:
        assert [change.sentence for change in told] != ["Detalles que la página no muestra"]
