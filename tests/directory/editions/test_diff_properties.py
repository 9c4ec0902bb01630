"""Comparing is complete, short and never fails, for any two documents."""

import dataclasses
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from directory.contacts.text import fold
from directory.editions import document
from directory.editions.diff.documents import changes
from directory.editions.document import (
    TEXTS_OF_HOURS,
    Code,
    Internal,
    Part,
    PublicText,
    ServiceDocument,
    public_texts,
    text_fields,
)
from directory.editions.search_index import index_text
from directory.hours.schedule import MonthlyDay
from tests.directory.any_document import documents
from tests.directory.documents import RICH


@settings(max_examples=100)
@given(documents)
def test_equal_documents_have_no_changes(one):
    assert changes(one, document.decode(document.encode(one))) == []


@settings(max_examples=150)
@given(documents, documents)
def test_different_documents_have_changes_and_each_is_a_short_sentence(before, after):
    told = changes(before, after)
    assert bool(told) == (before != after)
    for change in told:
        assert change.sentence
        assert "\n" not in change.sentence
        assert len(change.sentence) < 400


@settings(max_examples=100)
@given(documents)
def test_a_first_edition_is_one_change(after):
    assert len(changes(None, after)) == 1


# Every field of every structure, found by introspection: one added later is covered or fails here.


def structures(hint):
    """A structure of the document, and those that it is made of."""
    if isinstance(hint, type) and (issubclass(hint, Part) or dataclasses.is_dataclass(hint)):
        yield hint
        for inner in get_type_hints(hint).values():
            yield from structures(inner)
    for inner in get_args(hint):
        yield from structures(inner)


STRUCTURES = set(structures(ServiceDocument))
OTHERS = {"phone": "email", "+576017442727": "+576017450000", "America/Bogota": "UTC"}


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
        case datetime():
            return value + timedelta(hours=1)
        case date():
            return value + timedelta(days=1)
        case time():
            return value.replace(minute=17)
        case None if name == "until":
            return datetime(2027, 6, 1, tzinfo=UTC)
        case None if name == "monthly":
            return MonthlyDay.FIRST_WORKING_DAY
        case None:
            return date(2026, 6, 1) if name.startswith(("valid", "verified")) else 10


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
            # What does not go with the effect of an exception is refused, and says nothing.
            if getattr(value, "effect", "") in NOT_OF_EFFECT.get(name, ()):
                continue
            for path, new in mutants(held, name):
                label = f"{type(value).__name__}.{name}"
                yield (
                    (f"{label}{path}" if path in ("(removed)", "(reordered)") else path or label),
                    (with_field(value, name, new)),
                )
    else:
        yield "", another(value, name)


NOT_OF_EFFECT = {
    "opens_at_earliest": ("closed", "other_hours"),
    "closes_at_latest": ("closed", "other_hours"),
    "also_on_days_off": ("closed", "limited"),
}
MUTANTS = list(mutants(RICH))
# The key that a schedule is kept under is its code; the levels' order is that of their numbers,
# that of notices follows from their times.
# The public texts of each structure; numbers and addresses are in no language.
TEXTS = {structure.__name__: text_fields(structure) for structure in STRUCTURES}
NO_WORDS = {"value", "extensions", "map"}
NOT_SHOWN = {
    "PublishedLevel.escalate_after(reordered)",
    "OpeningHours.code",
    "OpeningHours.exceptions(reordered)",
    "PublishedEscalation.levels(reordered)",
    "PublishedEscalation.absences(reordered)",
    "ServiceDocument.notices(reordered)",
}


def test_the_rich_document_holds_every_structure_and_field():
    told = {path.removesuffix("(removed)") for path, _mutant in MUTANTS}
    told |= {
        "ServiceDocument.escalation",
        "ServiceDocument.schedules",
        "PublishedEscalation.stand_ins",
        "PublishedTarget.request_type",
        "PublishedTime.request_type",
    }
    for structure in STRUCTURES:
        for name in get_type_hints(structure):
            assert f"{structure.__name__}.{name}" in told


def holds_text(hint):
    """Whether a type holds texts, however deep, that are not marked as internal."""
    if Internal in getattr(hint, "__metadata__", ()):
        return False
    is_text = isinstance(hint, type) and issubclass(hint, str)
    return is_text or any(map(holds_text, get_args(hint)))


def test_every_text_says_whether_it_is_public():
    """Search and redaction follow from it. A code, or a word of a fixed list, is internal."""
    for structure in STRUCTURES:
        for name, hint in get_type_hints(structure, include_extras=True).items():
            is_said = name in TEXTS_OF_HOURS.get(structure, {}) or name in text_fields(structure)
            assert is_said or not holds_text(hint), f"{structure.__name__}.{name}"


@pytest.mark.parametrize(
    ("hint", "is_unmarked"),
    [
        (str | None, True),
        (tuple[tuple[str, ...], ...], True),
        (dict[Code, str], True),
        (tuple[Annotated[str, PublicText()], ...], True),
        (dict[Code, int], False),
        (tuple[Code, ...], False),
    ],
)
def test_text_within_a_type_is_one_too(hint, is_unmarked):
    assert holds_text(hint) == is_unmarked


def test_the_search_finds_every_text_that_is_searched_and_no_other():
    index = index_text(RICH).split("\n")
    searched = {fold(words) for text, words in public_texts(RICH) if text.searched}
    others = {fold(words) for text, words in public_texts(RICH) if not text.searched} - searched
    assert searched - {""} <= set(index)
    assert not others & set(index)


@pytest.mark.parametrize(("path", "mutant"), MUTANTS, ids=[path for path, _mutant in MUTANTS])
def test_a_change_of_any_field_is_told_by_name(path, mutant):
    told = changes(RICH, mutant)
    assert told
    if path not in NOT_SHOWN:
        assert [change.sentence for change in told] != ["Detalles que la página no muestra"]
    structure, _dot, name = path.partition(".")
    if name in TEXTS.get(structure, ()) and name not in NO_WORDS:
        assert any(change.is_data for change in told)
