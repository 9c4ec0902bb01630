"""Where programs begin: the addresses of the API."""

import re

import pytest

from tests.directory.api.answers import PROBLEM, get_json

pytestmark = pytest.mark.django_db


def test_index_names_the_description_and_the_services(client, directory):
    index = get_json(client, "/api/v1/")
    assert {name: index[name] for name in ("description", "services", "site")} == {
        "description": "http://testserver/api/v1/openapi.json",
        "services": "http://testserver/api/v1/services/",
        "site": "http://testserver/",
    }


def test_each_address_of_the_index_is_described_and_answers(client, directory):
    index = get_json(client, index_path := "/api/v1/")
    described = get_json(client, index["description"])["paths"]
    templates = {each["name"]: each["address"] for each in index["addresses"]}
    assert templates["whomToContact"].startswith(
        "http://testserver/api/v1/services/{slug}/now/{?request_type,at"
    )
    plain = {
        name: re.sub(r"{\?.*}", "", address.removeprefix("http://testserver"))
        for name, address in templates.items()
    }
    assert plain == {described[path]["get"]["operationId"]: path for path in described}
    for path in plain.values():
        get_json(client, path.format(slug="uno", number=1))
    assert plain["listAddresses"] == index_path


def test_index_of_a_public_origin_names_no_other(client, settings):
    settings.PUBLIC_URL = "https://soporte.example.com"
    index = get_json(client, "/api/v1/", HTTP_HOST="testserver")
    addresses = [index["description"], *(each["address"] for each in index["addresses"])]
    assert {address.partition("/api/")[0] for address in addresses} == {settings.PUBLIC_URL}


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1"])
def test_shorter_addresses_lead_to_the_index(client, path):
    response = client.get(path, follow=True)
    assert (response.status_code, response.request["PATH_INFO"]) == (200, "/api/v1/")


def test_only_reading_is_led_there(client):
    response = client.post("/api/")
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
    assert client.options("/api/").status_code == 204
