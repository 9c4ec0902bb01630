"""The JSON Schema of fixtures: true of all that is there, and as strict about types as the door."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from directory.imports.fixtures.formats import read_file
from directory.imports.fixtures.loadable import given_fields, loadable_models, part_models
from directory.imports.fixtures.records import Problems
from directory.imports.fixtures.schema import fixture_schema
from tests.directory.imports.fixture_files import DIRECTORY, changed

FIXTURES = sorted((settings.BASE_DIR / "fixtures").glob("*.json"))


@pytest.fixture(scope="module")
def validator():
    schema = fixture_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def told(validator, objects):
    return [(list(each.absolute_path), each.message) for each in validator.iter_errors(objects)]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_fixture_of_the_project_is_valid(validator, path):
    assert told(validator, json.loads(path.read_text(encoding="utf-8"))) == []


def test_small_directory_is_valid(validator):
    assert told(validator, DIRECTORY) == []


def test_every_model_and_every_field_is_described():
    definitions = fixture_schema()["$defs"]
    for model in loadable_models():
        fields = definitions[model._meta.label_lower]["properties"]["fields"]
        names = {*given_fields(model), *part_models(model)}
        assert set(fields["properties"]) - {"renamed_from"} == names
        for name in given_fields(model):
            assert fields["properties"][name]["title"], (model, name)


# A value of each type of JSON; floats that are whole numbers are integers for both.
SAMPLES = [7, -1, 1.5, True, False, "ñ", "", None, [], ["a"], [["a"]], [[["a"]]], {}, {"a": 1}]
FIELDS = [(model, name) for model in loadable_models() for name in given_fields(model)]


def type_errors(schema, value):
    """Whether the schema refuses the value because of its type, or the shape of a key."""
    keywords = {"type", "anyOf", "prefixItems", "minItems", "maxItems"}
    return [e.message for e in schema.iter_errors(value) if e.validator in keywords]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=str)
def test_what_the_schema_refuses_by_its_type_loaddata_refuses_too(model, name, tmp_path):
    root = fixture_schema()
    label = model._meta.label_lower
    pointer = f"#/$defs/{label}/properties/fields/properties/{name}"
    field = Draft202012Validator({"$ref": pointer, "$defs": root["$defs"]})
    refused = [value for value in SAMPLES if type_errors(field, value)]
    for value in refused:
        path, problems = tmp_path / "datos.json", Problems()
        path.write_text(json.dumps([{"model": label, "fields": {name: value}}]), encoding="utf-8")
        list(read_file(str(path), "json", None, problems))
        fields = [problem.field for problem in problems]
        is_empty = value == [] and given_fields(model)[name].many_to_many
        # That a relation to many must not be empty is told when the whole object is looked at.
        assert fields == ([] if is_empty else [name]), value


@pytest.mark.parametrize(
    ("objects", "path"),
    [
        ([{"model": "auth.user", "fields": {}}], [0, "model"]),
        ([{"model": "directory.service"}], [0]),
        (DIRECTORY[0] and [DIRECTORY[0] | {"pk": 1}], [0]),
        (changed("service", slug="uno dos"), [5, "fields", "slug"]),
        (changed("service", without="slug"), [5, "fields"]),
        (changed("service", nombre="Uno"), [5, "fields"]),
        (changed("service", name="x" * 121), [5, "fields", "name"]),
        (changed("timespan", day=9), [2, "fields", "day"]),
        (changed("contactpoint", kind="pigeon"), [3, "fields", "kind"]),
        (changed("channel", request_types=[]), [6, "fields", "request_types"]),
        (changed("channel", position=-1), [6, "fields", "position"]),
    ],
)
def test_editors_are_shown_the_place_of_what_is_wrong(validator, objects, path):
    assert [each for each, _message in told(validator, objects)] == [path]


@pytest.mark.parametrize(("language", "title"), [("es", "Servicio"), ("en", "Service")])
def test_command_prints_it_in_the_language_asked_for(language, title):
    out = io.StringIO()
    call_command("fixture_schema", lang=language, stdout=out)
    schema = json.loads(out.getvalue())
    assert schema["$defs"]["directory.service"]["title"] == title


# ---- The annotated example -----------------------------------------------------------------------

EXAMPLE = settings.BASE_DIR / "fixtures" / "example_shop.json"


def test_example_has_every_model_and_says_something_about_each():
    objects = json.loads(Path(EXAMPLE).read_text(encoding="utf-8"))
    models = {model._meta.label_lower for model in loadable_models()}
    assert {each["model"] for each in objects} == models
    assert {each["model"] for each in objects if each.get("comment")} == models


@pytest.mark.django_db
def test_example_is_a_directory_that_customers_can_read(client):
    call_command("loaddata", "example_shop", verbosity=0)
    page = client.get("/servicios/papeleria-luna/").content.decode()
    for text in ("Papelería Luna", "33 3614 5500", "Encargada de la tienda", "Pedidos en línea"):
        assert text in page
    out = io.StringIO()
    call_command("loaddata", "example_shop", stdout=out)
    assert "Se publicaron 0 ediciones." in out.getvalue()
