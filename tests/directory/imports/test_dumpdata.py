"""What `dumpdata` writes, `loaddata` reads, in every format, into an empty database."""

import io
import json
import sys

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection

from directory.editions.publish import publish
from directory.imports.fixtures.loadable import given_fields, loadable_models
from directory.models import ContactPoint, Edition, Service
from tests.directory.imports.fixture_files import DIRECTORY, FORMATS, rows
from tests.factories import UserFactory, complete_service

pytestmark = pytest.mark.django_db


def dumped(*labels, **options):
    out = io.StringIO()
    call_command("dumpdata", *labels, stdout=out, **options)
    return out.getvalue()


def documents():
    """What customers read, by service: the document of the newest edition."""
    return dict(Edition.objects.order_by("number").values_list("service__slug", "document"))


def empty_the_database():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_edition")
    ContactPoint.objects.update(replaced_by=None, replaced_on=None)
    Service.objects.all().delete()
    for model in reversed(loadable_models()):
        model.objects.all().delete()
    for model in loadable_models():
        model.objects.all().delete()
    assert not any(model.objects.exists() for model in loadable_models())


@pytest.mark.parametrize("format_name", FORMATS)
def test_dump_loads_into_an_empty_database(tmp_path, format_name):
    call_command("loaddata", "roles", "shared", "clave_segura", verbosity=0)
    call_command("loaddata", "example_shop", verbosity=0)
    before, published = dumped(), documents()
    path = tmp_path / f"todo.{format_name}"
    call_command("dumpdata", output=str(path), format=format_name, verbosity=0)
    empty_the_database()
    call_command("loaddata", str(path), verbosity=0)
    assert in_any_order(dumped()) == in_any_order(before)
    assert documents() == published


@pytest.mark.parametrize("ending", ["json.gz", "jsonl.bz2", "xml.xz", "yaml.lzma"])
def test_dump_loads_where_it_came_from_and_changes_nothing(tmp_path, ending):
    complete_service(owner=UserFactory(), name="Señas & <símbolos> “raros”: sí, no, ~")
    publish(Service.objects.all())
    before = rows()
    path = tmp_path / f"todo.{ending}"
    call_command("dumpdata", output=str(path), format=ending.partition(".")[0], verbosity=0)
    call_command("loaddata", str(path), verbosity=0)
    assert rows() == before


def in_any_order(text):
    return sorted(json.dumps(each, sort_keys=True) for each in json.loads(text))


def test_dump_names_rows_by_what_people_call_them_and_leaves_accounts_out(load):
    load(DIRECTORY)
    Service.objects.update(owner=UserFactory())
    Group.objects.create(name="Mesa").permissions.add(Permission.objects.first())
    objects = json.loads(dumped())
    assert [each for each in objects if {"pk", "id"} & {*each, *each["fields"]}] == []
    models = {model._meta.label_lower for model in loadable_models()}
    assert {each["model"] for each in objects} <= models
    [service] = [each["fields"] for each in objects if each["model"] == "directory.service"]
    assert service["slug"] == "uno"
    assert {"owner", "reminded_on"}.isdisjoint(service)


def test_no_field_of_a_dump_names_what_cannot_be_loaded():
    loadable = {*loadable_models(), Permission}
    fields = [field for model in loadable_models() for field in given_fields(model).values()]
    named = {field for field in fields if field.is_relation and field.serialize}
    assert [field for field in named if field.related_model not in loadable] == []


@pytest.mark.parametrize("label", ["auth.user", "directory.edition", "directory.Finding"])
def test_dump_of_what_stays_in_its_database_is_refused(label):
    with pytest.raises(CommandError, match="respalde la base de datos"):
        dumped(label)


def test_labels_choose_what_is_dumped(load):
    load(DIRECTORY)
    models = {each["model"].partition(".")[0] for each in json.loads(dumped("escalations", "auth"))}
    assert models == {"escalations"}
    assert [each["model"] for each in json.loads(dumped("directory.service"))] == [
        "directory.service"
    ]


def test_dump_in_yaml_without_its_library_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(CommandError, match="instale PyYAML"):
        dumped(format="yaml")
