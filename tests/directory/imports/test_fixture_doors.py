"""`loaddata` in every format: what is refused changes no row, and all of it is told."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    FORMATS,
    channel,
    phone,
    rows,
    service,
    span,
    written,
)
from tests.factories import ChannelFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=FORMATS)
def refused(request, load, tmp_path):
    """Objects -> what is wrong with them, one problem a line, in a file of each format."""

    def refused(objects):
        ChannelFactory()
        publish(Service.objects.all())
        before, users = rows(), [*get_user_model().objects.values()]
        name = f"datos.{request.param}"
        with pytest.raises(CommandError) as error:
            load(written(objects, request.param), name)
        assert (rows(), [*get_user_model().objects.values()]) == (before, users)
        told = str(error.value)
        assert told.startswith("No se cargó nada.")
        lines = [line.partition(f"{tmp_path}/{name}:")[2] for line in told.split("\n")]
        return [line.partition(": ")[2] for line in lines if line]

    return refused


def test_primary_key_overwrites_no_row(refused):
    objects = [each | {"pk": 1} for each in DIRECTORY]
    told = refused(objects)
    assert [each for each in told if ", pk: Quite «pk» e «id»: " in each] == told
    assert len(told) == len(DIRECTORY)


def test_accounts_and_the_log_are_not_loaded(refused):
    eve = {"username": "eva", "password": "x", "is_superuser": True}
    user = {"model": "auth.user", "fields": eve}
    entry = {"model": "admin.logentry", "fields": {"action_flag": 1, "object_repr": "x"}}
    told = refused([*DIRECTORY, user, entry])
    assert [each.partition(":")[0] for each in told] == ["auth.user", "admin.logentry"]


def test_four_errors_in_one_fixture_are_all_told_with_object_and_field(refused):
    told = refused(
        [
            phone(telefono="601"),
            service(slug="uno dos"),
            channel(schedule="lv-9-18"),
            span(schedule=["oficina"], opens="25:00"),
        ]
    )
    named = {each.partition(": ")[0] for each in told}
    assert {
        "directory.contactpoint “linea”, telefono",
        "directory.service “uno dos”, slug",
        "directory.channel “uno · telefonico”, schedule",
        "directory.timespan “oficina · 1 · 25:00”, opens",
    } <= named
    assert any('Escriba ["lv-9-18"]' in each for each in told)


@pytest.mark.parametrize(("without", "make"), [("schedule", span), ("service", channel)])
def test_missing_or_unknown_reference_is_told_in_the_words_of_the_directory(refused, without, make):
    missing, unknown = make(), make(**{without: ["ninguno"]})
    del missing["fields"][without]
    for objects in ([missing], [unknown]):
        told = refused([*DIRECTORY[:6], *objects])
        assert len([each for each in told if f", {without}: " in each]) == 1
        english = ("has no schedule", "has no service", "does not exist", "RelatedObject")
        assert [each for each in told for part in english if part in each] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (channel(schedule=["otro"]), 'directory.schedule ["otro"]. Cárguelo junto con este'),
        (service(owner=["nadie"]), 'Aquí no existe auth.user ["nadie"]. Corrija la referencia'),
    ],
)
def test_reference_to_what_is_not_there_says_what_to_do(refused, given, said):
    told = refused([each for each in DIRECTORY if each["model"] != given["model"]] + [given])
    assert len([each for each in told if said in each]) == 1


def test_what_a_field_and_its_row_both_say_is_told_once(refused):
    code = {"code": "e", "kind": "short_code", "label": "E", "short_code": "abc"}
    [told] = refused([{"model": "directory.contactpoint", "fields": code}])
    assert told.count("Un código corto solo tiene dígitos") == 1


def test_list_where_a_text_belongs_is_not_stored_as_text(load):
    line = json.dumps(phone(label=["a", "b"]))
    with pytest.raises(CommandError, match=r"datos.jsonl:1: .*“linea”, label: Escriba un texto"):
        load(line, "datos.jsonl")
