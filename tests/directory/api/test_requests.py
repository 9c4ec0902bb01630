"""What the API is asked: instants, pages, methods, and everything that can be asked wrongly."""

import pytest

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.api.answers import MONDAY_MORNING, PROBLEM, SERVICES, get_json, problem
from tests.factories import ServiceFactory, complete_service

pytestmark = pytest.mark.django_db


SAME_INSTANT = [
    "2026-11-23T08:00:00-05:00", "2026-11-23T13:00:00Z", "2026-11-23t13:00:00z",
    "2026-11-23T13:00:00+00:00", "2026-11-23T13:00:00 00:00", "2026-11-23T15:00:00 02:00",
    "2026-11-23T15:00:00+02:00", "2026-11-23T13:00Z", "2026-11-23 13:00:00Z",
    " 2026-11-23T13:00:00Z ", "20261123T130000Z",
]  # fmt: skip


@pytest.mark.parametrize("at", SAME_INSTANT)
def test_instants_may_be_written_in_any_zone(client, directory, at):
    assert get_json(client, f"{SERVICES}uno/", at=at)["at"] == MONDAY_MORNING


WRONG_INSTANTS = {
    "empty": "",
    "spaces": "   ",
    "naive": "2026-11-23T08:00:00",
    "date-only": "2026-11-23",
    "time-only": "08:00:00-05:00",
    "words": "mañana",
    "number": "1795438800",
    "year-one": "0001-01-01T00:00:00Z",
    "year-one-west": "0001-01-01T00:00:00+23:59",
    "year-9999": "9999-12-31T23:59:59Z",
    "year-9999-east": "9999-12-31T23:59:59-23:59",
    "year-10000": "10000-01-01T00:00:00Z",
    "thirteenth-month": "2026-13-01T00:00:00Z",
    "hour-24-and-more": "2026-11-23T25:00:00Z",
    "offset-of-a-day": "2026-11-23T08:00:00+24:00",
    "nul": "2026-11-23T08:00:00\x00Z",
    "arabic-digits": "٢٠٢٦-١١-٢٣T٠٨:٠٠:٠٠Z",
    "markup": "<script>alert(1)</script>",
    "very-long": "2026-11-23T08:00:00Z" * 300,
    "placeholder": "%s %(text)s {at}",
}


@pytest.mark.parametrize("at", WRONG_INSTANTS.values(), ids=WRONG_INSTANTS)
def test_unusable_instant_is_refused_with_the_reason(client, at):
    assert "«at»" in problem(client, SERVICES, 400, at=at)["title"]


@pytest.mark.parametrize("path", ["uno/", "uno/now/"])
def test_unusable_instant_is_refused_by_every_answer_about_now(client, directory, path):
    assert "«at»" in problem(client, SERVICES + path, 400, at="", request_type="todas")["title"]


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00-05:00", "2199-12-31T23:59:59-05:00"])
def test_first_and_last_year_that_the_message_names_can_be_asked_about(client, directory, at):
    assert get_json(client, f"{SERVICES}uno/", at=at)["at"] == at


@pytest.mark.parametrize("path", ["", "now/", "editions/", "editions/1/"])
def test_draft_does_not_leak_and_is_as_unknown_as_another(client, directory, path):
    assert get_json(client, f"{SERVICES}uno/editions/1/")["document"]["name"] == "Clave Única"
    Service.objects.update(is_published=False)
    for slug in ("uno", "no-existe"):
        body = problem(client, f"{SERVICES}{slug}/{path}", 404, request_type="todas")
        assert body["detail"] == f"No existe el servicio «{slug}»."
    assert get_json(client, SERVICES)["results"] == []
    assert get_json(client, SERVICES, q="Clave")["results"] == []


@pytest.mark.parametrize("number", ["0", "2", "99999999999", "9" * 40])
def test_edition_that_does_not_exist(client, directory, number):
    body = problem(client, f"{SERVICES}uno/editions/{number}/", 404)
    assert (
        body["detail"] == f"«uno» no tiene la edición {number}; sus ediciones van de la 1 a la 1."
    )


UNKNOWN = [
    "nada/", "services/uno/nada/", "services/Ü/", "services/%3Cscript%3E/", "services/%00/",
    *(f"services/uno/editions/{number}/" for number in ("-1", "uno", "1.5", "9" * 5000, "%00")),
]  # fmt: skip


@pytest.mark.parametrize("path", UNKNOWN)
def test_unknown_address(client, directory, path):
    problem(client, f"/api/v1/{path}", 404)


@pytest.mark.parametrize(
    "page", ["0", "-1", "2", "9" * 40, "9" * 5000, "x", "", "1.5", "\x00", "last"]
)
def test_page_that_does_not_exist(client, directory, page):
    for path in ("", "uno/editions/"):
        problem(client, SERVICES + path, 404, page=page)


def test_pages_lead_to_each_other(client, monkeypatch):
    monkeypatch.setattr("directory.api.views.PAGE_SIZE", 2)
    for slug, name in (("a", "Tres"), ("b", "Álamo"), ("c", "uno")):
        ServiceFactory(slug=slug, name=name)
    publish(Service.objects.all())
    first = get_json(client, SERVICES, at=MONDAY_MORNING, q="o")
    assert (first["count"], first["previous"]) == (2, None)
    first = get_json(client, SERVICES, at=MONDAY_MORNING)
    assert (first["count"], first["previous"]) == (3, None)
    second = client.get(first["next"]).json()
    assert (second["count"], second["next"]) == (3, None)
    names = [each["name"] for each in first["results"] + second["results"]]
    assert names == ["Álamo", "Tres", "uno"]
    assert client.get(second["previous"]).json() == first


@pytest.mark.parametrize("request_type", ["", "no-existe", "TODAS", "todas\x00", "x" * 5000])
def test_unknown_request_type_is_refused_with_those_that_exist(client, directory, request_type):
    body = problem(client, f"{SERVICES}uno/now/", 400, request_type=request_type)
    assert {"todas", "incidente-critico", "queja"} <= set(
        body["detail"].replace(",", " ").replace(".", " ").split()
    )


PATHS = [
    "/api/v1/",
    "/api/v1/openapi.json",
    SERVICES,
    f"{SERVICES}uno/",
    f"{SERVICES}uno/now/?request_type=todas",
    f"{SERVICES}uno/editions/",
    f"{SERVICES}uno/editions/1/",
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(client, directory, method):
    """By the contract, and not by the CSRF check before it."""
    client.handler.enforce_csrf_checks = True
    for path in PATHS:
        response = client.generic(method, path)
        assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.json()["status"] == 405


def test_browsers_of_other_sites_may_ask(client, directory):
    asked = {"origin": "https://example.com", "access-control-request-method": "GET"}
    for path in PATHS:
        response = client.options(path, headers=asked)
        assert (response.status_code, response.content) == (204, b"")
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_head_is_get_without_a_body(client, directory):
    for path in PATHS:
        got, head = client.get(path), client.head(path)
        assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
        assert head["Content-Type"] == got["Content-Type"]
    query = {"at": MONDAY_MORNING}
    path = f"{SERVICES}uno/"
    assert client.head(path, query)["ETag"] == client.get(path, query)["ETag"]


def test_unchanged_answer_is_not_sent_again(client, directory):
    query = {"at": MONDAY_MORNING}
    etag = client.get(f"{SERVICES}uno/", query)["ETag"]
    again = client.get(f"{SERVICES}uno/", query, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("services", [1, 3])
def test_answers_cost_the_same_for_one_and_for_three(client, services, django_assert_num_queries):
    for _ in range(services):
        slug = complete_service().slug
    publish(Service.objects.all())
    with django_assert_num_queries(2):
        assert client.get(SERVICES).json()["count"] == services
    with django_assert_num_queries(1):
        assert client.get(f"{SERVICES}{slug}/").json()["slug"] == slug
