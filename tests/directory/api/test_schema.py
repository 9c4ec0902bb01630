"""The description of the API, and that its answers are as described."""

from datetime import date, datetime
from urllib.parse import urlsplit

import pytest

from tests.directory.api.answers import MONDAY_MORNING, get_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def description(client):
    return get_json(client, "/api/v1/openapi.json")


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_description_is_openapi_3_1(description):
    assert description["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(description["info"])
    assert description["servers"] == [{"url": "http://testserver"}]
    schemas = description["components"]["schemas"]
    dangling = {
        each for each in references(description)
        if each.removeprefix("#/components/schemas/") not in schemas
    }  # fmt: skip
    assert dangling == set()
    operations = [item["get"] for item in description["paths"].values()]
    names = [operation["operationId"] for operation in operations]
    assert sorted(names) == sorted(set(names))
    for path, item in description["paths"].items():
        placeholders = {
            part.strip("{}") for part in path.split("/") if part.startswith("{")
        }  # fmt: skip
        parameters = item["get"]["parameters"]
        in_path = {each["name"] for each in parameters if each["in"] == "path"}
        assert in_path == placeholders, path
        assert [each for each in parameters if each["in"] == "path" and not each["required"]] == []
        assert all(answer["description"] for answer in item["get"]["responses"].values())


def test_description_names_every_address(description):
    assert list(description["paths"]) == [
        "/api/v1/",
        "/api/v1/services/",
        "/api/v1/services/{slug}/",
        "/api/v1/services/{slug}/now/",
        "/api/v1/services/{slug}/editions/",
        "/api/v1/services/{slug}/editions/{number}/",
        "/api/v1/services/{slug}/editions/{number}/proof/",
    ]


def deviations(schema, value, schemas, place="$"):
    """Where `value` differs from its JSON Schema, as far as msgspec uses that language."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        tries = [list(deviations(each, value, schemas, place)) for each in schema["anyOf"]]
        if all(tries):
            yield min(tries, key=len)[0]
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    types = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    if "type" in schema:
        wanted = types[schema["type"]]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            yield f"{place}: {value!r} is no {schema['type']}"
            return
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        yield f"{place}: {value!r} has no offset"
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "uri" and not urlsplit(value).scheme:
        yield f"{place}: {value!r} is no whole address"
    if "properties" in schema:
        for name in set(schema.get("required", ())) - set(value):
            yield f"{place}: {name} is missing"
        for name in set(value) - set(schema["properties"]):
            yield f"{place}: {name} is not described"
        for name, described in schema["properties"].items():
            if name in value:
                yield from deviations(described, value[name], schemas, f"{place}.{name}")
    elif isinstance(schema.get("additionalProperties"), dict):
        for name, each in value.items():
            yield from deviations(schema["additionalProperties"], each, schemas, f"{place}.{name}")
    if isinstance(schema.get("items"), dict):
        for index, each in enumerate(value):
            yield from deviations(schema["items"], each, schemas, f"{place}[{index}]")


ANSWERS = [
    ("/api/v1/", {}, 200),
    ("/api/v1/services/", {}, 200),
    ("/api/v1/services/", {"at": "ayer"}, 400),
    ("/api/v1/services/", {"page": "7"}, 404),
    ("/api/v1/services/{slug}/", {}, 200),
    ("/api/v1/services/{slug}/", {"at": "2026-11-22T08:00:00-05:00"}, 200),
    ("/api/v1/services/{slug}/", {"at": "2026-12-08T08:00:00-05:00"}, 200),
    ("/api/v1/services/{slug}/now/", {"request_type": "todas"}, 200),
    ("/api/v1/services/{slug}/now/", {"request_type": "todas", "at": "2026-11-22T08:00Z"}, 200),
    ("/api/v1/services/{slug}/now/", {}, 200),
    ("/api/v1/services/{slug}/now/", {"request_type": ""}, 400),
    ("/api/v1/services/{slug}/editions/", {}, 200),
    ("/api/v1/services/{slug}/editions/{number}/", {}, 200),
    ("/api/v1/services/{slug}/editions/{number}/proof/", {}, 200),
    ("/api/v1/services/{slug}/editions/{number}/proof/", {"to": "0"}, 400),
    ("/api/v1/services/{slug}/editions/{number}/proof/", {"to": "9"}, 404),
    ("/api/v1/services/{slug}/editions/{number}/proof/", {"to": "00000000009" * 3}, 400),
]


@pytest.mark.parametrize(("path", "query", "status"), ANSWERS)
def test_answers_are_as_described(client, directory, description, path, query, status):
    query = {"at": MONDAY_MORNING, **query}
    response = client.get(path.format(slug="uno", number=1), query)
    assert response.status_code == status
    (described,) = description["paths"][path]["get"]["responses"][str(status)]["content"].values()
    schemas = description["components"]["schemas"]
    assert list(deviations(described["schema"], response.json(), schemas)) == []


def test_description_notices_deviations(description):
    schemas = description["components"]["schemas"]
    summary = {"slug": 7, "state": "maybe"}
    assert {
        each.partition(":")[0]
        for each in deviations({"$ref": "#/components/schemas/ServiceSummary"}, summary, schemas)
    } == {"$", "$.slug", "$.state"}


FORMATS = {
    "at": "date-time", "since": "date-time", "next_open": "date-time",
    "published_at": "date-time", "withdrawn_at": "date-time",
    "on": "date", "verified_on": "date", "ended_on": "date", "today_on": "date",
    "valid_from": "date", "valid_until": "date",
    "url": "uri", "next": "uri", "previous": "uri", "href": "uri-reference",
}  # fmt: skip
# Of the document of an edition these are as editors wrote them; an absence has days.
OTHERWISE = {("StandingIn", "since"), ("WhomToContact", "next")}


def test_description_says_the_formats(description):
    told = {
        (schema, name): next((each.get("format") for each in forms if each != {"type": "null"}), "")
        for schema, described in description["components"]["schemas"].items()
        for name, each in described.get("properties", {}).items()
        for forms in [each.get("anyOf", [each])]
        if name in FORMATS and (schema, name) not in OTHERWISE
    }
    assert {name: each for name, each in told.items() if each != FORMATS[name[1]]} == {}
    assert {name for _schema, name in told} == set(FORMATS)


def test_description_says_how_far_instants_reach(description):
    described = [
        parameter["description"]
        for item in description["paths"].values()
        for parameter in item["get"]["parameters"]
        if parameter["name"] == "at"
    ]
    assert len(described) == 4
    assert [each for each in described if "1970 to 2199; else 400" not in each] == []
