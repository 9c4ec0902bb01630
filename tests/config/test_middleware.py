"""Probes, outages and mistakes, and how pages travel."""

import gzip
import json
import re

import pytest
import time_machine
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

import config.readiness
from config.version import VERSION
from directory.editions.publish import publish
from directory.models import Service
from tests.factories import complete_service

pytestmark = pytest.mark.django_db
both_errors = pytest.mark.parametrize("error", [OperationalError, InterfaceError])


@pytest.fixture
def database_away(monkeypatch):
    """Every connection is refused, with this error."""

    def fail_with(error):
        def refuse(*args, **kwargs):
            raise error("the database is away")

        monkeypatch.setattr(connection, "cursor", refuse)
        monkeypatch.setattr(connection, "ensure_connection", refuse)

    return fail_with


@pytest.mark.parametrize("host", ["testserver", "10.0.0.7", "unknown.example.com"])
def test_alive_costs_no_query_and_asks_for_no_host(client, host, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"host": host})
    assert (response.status_code, response.content) == (200, b"ok\n")


def readiness(client):
    response = client.get("/readyz", headers={"host": "10.0.0.7"})
    return response.status_code, response.json()


ALL_WELL = {"database": "ok", "migrations": "ok", "static": "ok"}


def not_ready(reason, **failed):
    return 503, {
        "ready": False,
        "reason": reason,
        "version": VERSION,
        "checks": {**ALL_WELL, **failed},
    }


def test_ready_until_migrations_are_pending(client):
    assert readiness(client) == (200, {"ready": True, "version": VERSION, "checks": ALL_WELL})
    MigrationRecorder.Migration.objects.filter(app="escalations").delete()
    assert readiness(client) == not_ready("migrations", migrations="failed")


@both_errors
def test_not_ready_while_the_database_is_away(client, database_away, error):
    database_away(error)
    assert readiness(client) == not_ready("database", database="failed", migrations="failed")


def test_not_ready_without_the_names_of_static_files(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    name = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": name}}
    assert readiness(client) == not_ready("static", static="failed")
    (tmp_path / "a.1.css").write_text("a {}")
    manifest = {"version": "1.1", "paths": {"a.css": "a.1.css"}, "hash": "1"}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    assert readiness(client) == (200, {"ready": True, "version": VERSION, "checks": ALL_WELL})


def test_modules_of_migrations_are_read_once(client, monkeypatch, django_assert_num_queries):
    readiness(client)
    monkeypatch.setattr("config.migrations.MigrationLoader", None)
    with django_assert_num_queries(2):
        assert readiness(client)[0] == 200


def test_who_asks_while_somebody_does_is_told_what_was_so_last(client):
    assert readiness(client)[0] == 200
    MigrationRecorder.Migration.objects.filter(app="escalations").delete()
    with config.readiness._one_at_a_time:
        assert readiness(client) == (200, {"ready": True, "version": VERSION, "checks": ALL_WELL})
    assert readiness(client) == not_ready("migrations", migrations="failed")


@both_errors
@pytest.mark.parametrize("path", ["/", "/servicios/uno/", "/en/", "/api/v1/services/"])
def test_outage_is_told_with_when_to_come_back(client, database_away, path, error):
    database_away(error)
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "the database is away" not in response.content.decode()
    if "api" in path:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 503


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/servicios/uno/", ["https://copia.example.com/servicios/uno/"]),
        ("/en/servicios/uno/", ["https://copia.example.com/en/servicios/uno/"]),
        ("/admin/login/", []),
    ],
)
def test_outage_page_has_the_language_of_its_address_and_leads_to_the_copy(
    client, database_away, settings, path, leads_to
):
    settings.MIRROR_URL = "https://copia.example.com"
    database_away(OperationalError)
    page = client.get(path).content.decode()
    assert ("<h1>Un momento, por favor</h1>" in page) == path.startswith("/servicios")
    assert re.findall(r'href="(https://copia[^"]*)"', page) == leads_to


@pytest.mark.parametrize(
    ("module", "path", "said"),
    [
        ("directory.public.views", "/", "<h1>Algo falló de nuestro lado</h1>"),
        ("directory.api.views", "/api/v1/services/", '"status":500'),
    ],
)
def test_mistake_of_ours_is_not_called_an_outage(client, monkeypatch, module, path, said):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(f"{module}.resolve", fail)
    complete_service()
    publish(Service.objects.all())
    client.raise_request_exception = False
    response = client.get(path)
    kind = "application/problem+json" if "api" in path else "text/html; charset=utf-8"
    assert (response.status_code, response["Content-Type"]) == (500, kind)
    assert said in response.content.decode()


@pytest.mark.parametrize("path", ["/servicios/uno/", "/api/v1/services/uno/"])
def test_pages_travel_compressed_and_only_when_they_have_changed(client, path):
    complete_service(slug="uno")
    publish(Service.objects.all())
    asked = {"accept-encoding": "gzip"}
    with time_machine.travel("2026-12-01T09:00:00-05:00", tick=False):
        plain, packed = client.get(path), client.get(path, headers=asked)
        again = client.get(path, headers={**asked, "if-none-match": packed["ETag"]})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert (again.status_code, again.content) == (304, b"")
