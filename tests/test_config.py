"""What must hold before the first page is served: configuration, probes, sign-in, quickstart."""

import gzip
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, replace

import environ
import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import translation

from config import environment
from config.organization import Organization, contrast_with_white
from directory.editions.publish import publish
from directory.models import Service
from tests.factories import UserFactory, complete_service

COMPLETE = {
    "MODE": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "soporte.example.com",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:5432/name",
    "ORGANIZATION_NAME": "Ejemplo",
}


@pytest.fixture
def set_environment(monkeypatch):
    """Make these the only variables of ours in the process's environment."""

    def set_environment(**variables):
        monkeypatch.setattr(os, "environ", dict(variables))
        monkeypatch.setattr(environ.Env, "ENVIRON", os.environ)
        return environ.Env()

    return set_environment


def refusal(env):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.refuse_half_configured(env)
    return str(refused.value)


# ---- Production ----------------------------------------------------------------------------


def test_complete_production_is_accepted(set_environment):
    assert environment.refuse_half_configured(set_environment(**COMPLETE)) is None


@pytest.mark.parametrize("value", [None, "", "   "])
@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"MODE"}))
def test_variable_that_is_missing_is_named(set_environment, name, value):
    variables = {**COMPLETE, name: value}
    if value is None:
        del variables[name]
    message = refusal(set_environment(**variables))
    assert f"{name} is not set" in message
    others = set(COMPLETE) - {name, "MODE"}
    assert [other for other in others if f"{other} is not set" in message] == []


def test_everything_that_is_missing_is_named_at_once(set_environment):
    message = refusal(set_environment(MODE="production"))
    assert re.findall(r"(\w+) is not set", message) == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "ORGANIZATION_NAME",
    ]


@pytest.mark.parametrize("secret_key", ["changeme", "k" * 49, "django-insecure-" + "k" * 50])
def test_weak_secret_is_refused(set_environment, secret_key):
    assert "SECRET_KEY" in refusal(set_environment(**{**COMPLETE, "SECRET_KEY": secret_key}))


@pytest.mark.parametrize("debug", ["on", "True", "1", "yes"])
def test_debug_is_refused(set_environment, debug):
    assert "DEBUG must be off" in refusal(set_environment(**COMPLETE, DEBUG=debug))


@pytest.mark.parametrize("hosts", ["*", "soporte.example.com,*"])
def test_every_host_is_refused(set_environment, hosts):
    message = refusal(set_environment(**{**COMPLETE, "ALLOWED_HOSTS": hosts}))
    assert "ALLOWED_HOSTS must name the hosts" in message


@pytest.mark.parametrize("mode", ["prodution", "PRODUCTION", "prod", "", "local ", "debug"])
def test_mode_typed_wrong_is_refused(set_environment, mode):
    with pytest.raises(ImproperlyConfigured, match="MODE"):
        environment.is_production(set_environment(MODE=mode))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({}, False), ({"MODE": "local"}, False), ({"MODE": "production"}, True)],
)
def test_production_is_only_what_asks_for_it(set_environment, variables, expected):
    assert environment.is_production(set_environment(**variables)) is expected


def test_example_is_read_for_a_first_look_only(set_environment, tmp_path):
    (tmp_path / ".env.example").write_text("ORGANIZATION_NAME=Del ejemplo\n", encoding="utf-8")
    set_environment()
    assert environment.load(tmp_path).str("ORGANIZATION_NAME", "") == "Del ejemplo"
    set_environment(MODE="production")
    assert environment.load(tmp_path).str("ORGANIZATION_NAME", "") == ""


def test_own_file_comes_before_the_example_and_after_the_environment(set_environment, tmp_path):
    (tmp_path / ".env.example").write_text("LOG_LEVEL=DEBUG\nDEBUG=on\n", encoding="utf-8")
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\nORGANIZATION_NAME=Propia\n", encoding="utf-8")
    set_environment(LOG_LEVEL="WARNING")
    env = environment.load(tmp_path)
    assert env.str("LOG_LEVEL") == "WARNING"
    assert env.str("ORGANIZATION_NAME") == "Propia"
    assert env.str("DEBUG", "") == ""


def manage(*arguments, **variables):
    """Run manage.py in a process that has no variables but these."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(
    (settings.BASE_DIR / ".env").exists(), reason="an own .env completes the configuration"
)
def test_process_does_not_start_half_configured():
    ran = manage("check", MODE="production", SECRET_KEY="k" * 50)
    assert ran.returncode != 0
    assert re.findall(r"(\w+) is not set", ran.stderr) == [
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "ORGANIZATION_NAME",
    ]


def test_earlier_secret_keys_stay_known():
    ran = manage("diffsettings", SECRET_KEY_FALLBACKS="uno, dos,")
    assert "SECRET_KEY_FALLBACKS = ['uno', 'dos']" in ran.stdout.splitlines()


def test_process_starts_completely_configured_and_passes_the_deployment_check():
    ran = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        **{**COMPLETE, "SECRET_KEY": "abcdefghij0123456789ABCDEFGHIJ!$%&/()=?-_.:,;<>|+*~"},
    )
    assert (ran.returncode, ran.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), ran.stderr


def test_address_is_read_without_its_last_slash(set_environment):
    env = set_environment(MIRROR_URL="https://copia.example.com/soporte/")
    assert environment.address(env, "MIRROR_URL") == "https://copia.example.com/soporte"
    assert environment.address(env, "BACK_OFFICE_URL") == ""


@pytest.mark.parametrize("value", ["copia.example.com", "javascript:alert(1)", "ftp://example.com"])
def test_what_is_no_web_address_is_refused_by_its_name(set_environment, value):
    with pytest.raises(ImproperlyConfigured, match="MIRROR_URL"):
        environment.address(set_environment(MIRROR_URL=value), "MIRROR_URL")


# ---- The organisation ----------------------------------------------------------------------

EXAMPLE = Organization(
    name="Ejemplo",
    url="https://example.com",
    motto="",
    logo_text="Ejemplo",
    brand_color="#0b4f8a",
    country="CO",
    time_zone="America/Bogota",
)


@pytest.mark.parametrize(
    ("field", "value", "variable"),
    [
        ("url", "example.com", "ORGANIZATION_URL"),
        ("url", "javascript:alert(1)", "ORGANIZATION_URL"),
        ("url", "ftp://example.com", "ORGANIZATION_URL"),
        ("brand_color", "blue", "ORGANIZATION_BRAND_COLOR"),
        ("brand_color", "#fff", "ORGANIZATION_BRAND_COLOR"),
        ("brand_color", "#0b4f8a; } body { display: none", "ORGANIZATION_BRAND_COLOR"),
        ("brand_color", "#0b4f8a\n", "ORGANIZATION_BRAND_COLOR"),
        ("brand_color", "#ffff00", "ORGANIZATION_BRAND_COLOR"),
        ("country", "co", "ORGANIZATION_COUNTRY"),
        ("country", "Colombia", "ORGANIZATION_COUNTRY"),
        ("country", "", "ORGANIZATION_COUNTRY"),
        ("time_zone", "Bogota", "ORGANIZATION_TIME_ZONE"),
        ("time_zone", "", "ORGANIZATION_TIME_ZONE"),
        ("time_zone", "../../etc/passwd", "ORGANIZATION_TIME_ZONE"),
    ],
)
def test_organisation_that_pages_could_not_use_is_refused(field, value, variable):
    with pytest.raises(ImproperlyConfigured, match=variable):
        replace(EXAMPLE, **{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", ""),
        ("motto", ""),
        ("brand_color", "#000000"),
        ("brand_color", "#767676"),
        ("country", "MX"),
        ("time_zone", "Europe/Madrid"),
    ],
)
def test_organisation_that_pages_can_use_is_accepted(field, value):
    assert asdict(replace(EXAMPLE, **{field: value}))[field] == value


@pytest.mark.parametrize(
    ("color", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_that_of_wcag(color, ratio):
    assert round(contrast_with_white(color), 2) == ratio


# ---- Probes --------------------------------------------------------------------------------


@pytest.fixture
def database_away(monkeypatch):
    """Every connection is refused, with this error."""

    def fail_with(error):
        def refuse(*args, **kwargs):
            raise error("the database is away")

        monkeypatch.setattr(connection, "cursor", refuse)
        monkeypatch.setattr(connection, "ensure_connection", refuse)

    return fail_with


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["testserver", "10.0.0.7", "unknown.example.com"])
def test_alive_costs_no_query_and_asks_for_no_host(client, host, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"host": host})
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "language"), [("/", "es"), ("/en/", "en")])
def test_unknown_host_is_told_so_in_the_language_of_the_address(client, settings, path, language):
    """Not in that of the request before, which the thread still has."""
    settings.SECURE_SSL_REDIRECT = True
    other = {"es": "en", "en": "es"}[language]
    with translation.override(other):
        response = client.get(path, headers={"host": "unknown.example.com"})
    assert response.status_code == 400
    assert f'<html lang="{language}"' in response.content.decode()


def test_alive_does_not_need_the_database(client):
    """Without the mark, a query would be an error here."""
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready(client):
    response = client.get("/readyz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.json()) == (200, {"ready": True})


@pytest.mark.django_db
def test_not_ready_while_migrations_are_pending(client):
    MigrationRecorder.Migration.objects.filter(app="escalations").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"ready": False, "reason": "migrations"},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_not_ready_while_the_database_is_away(client, database_away, error):
    database_away(error)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"ready": False, "reason": "database"},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("path", ["/", "/servicios/uno/", "/en/", "/api/v1/services/"])
def test_outage_is_told_with_when_to_come_back(client, database_away, path, error):
    database_away(error)
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "the database is away" not in response.content.decode()


@pytest.mark.django_db
def test_outage_page_says_so_in_spanish(client, database_away):
    database_away(OperationalError)
    assert "<h1>Un momento, por favor</h1>" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/servicios/uno/", ["https://copia.example.com/servicios/uno/"]),
        ("/en/servicios/uno/", ["https://copia.example.com/en/servicios/uno/"]),
        ("/admin/login/", []),
    ],
)
def test_outage_page_leads_to_the_copy(client, database_away, settings, path, leads_to):
    settings.MIRROR_URL = "https://copia.example.com"
    database_away(OperationalError)
    page = client.get(path).content.decode()
    assert re.findall(r'href="(https://copia[^"]*)"', page) == leads_to


@pytest.mark.django_db
def test_outage_of_the_api_is_a_problem_document(client, database_away):
    database_away(OperationalError)
    response = client.get("/api/v1/services/uno/")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503


@pytest.mark.django_db
def test_mistake_of_ours_is_not_called_an_outage(client, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("directory.public.views.resolve", fail)
    complete_service()
    client.raise_request_exception = False
    publish(Service.objects.all())
    response = client.get("/")
    assert response.status_code == 500
    assert "<h1>Algo falló de nuestro lado</h1>" in response.content.decode()


@pytest.mark.django_db
def test_mistake_of_ours_is_a_problem_document_in_the_api(client, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("directory.api.views.resolve", fail)
    complete_service()
    client.raise_request_exception = False
    publish(Service.objects.all())
    response = client.get("/api/v1/services/")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json()["status"] == 500


# ---- Compression ---------------------------------------------------------------------------


@pytest.mark.django_db
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
    assert again.status_code == 304


# ---- Sign-in -------------------------------------------------------------------------------


@pytest.fixture
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def sign_in(client, username, password, address="192.0.2.1"):
    return client.post(
        reverse("admin:login"),
        {"username": username, "password": password, "next": "/admin/"},
        REMOTE_ADDR=address,
    )


@pytest.fixture
def admin_user(fast_passwords):
    user = UserFactory(username="jefa", is_staff=True, is_superuser=True)
    user.set_password("correcta")
    user.save()
    return user


@pytest.mark.django_db
def test_right_password_opens_the_back_office(client, admin_user):
    response = sign_in(client, "jefa", "correcta")
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_wrong_passwords_close_the_door(client, admin_user):
    limit = settings.AXES_FAILURE_LIMIT
    before = [sign_in(client, "jefa", "falsa").status_code for _ in range(limit - 1)]
    assert before == [200] * (limit - 1)
    closed = [sign_in(client, "jefa", password) for password in ("falsa", "correcta")]
    assert [response.status_code for response in closed] == [429, 429]
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_closed_door_is_that_of_one_account_and_one_address(client, admin_user):
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        sign_in(client, "jefa", "falsa")
    other = UserFactory(username="otra", is_staff=True)
    other.set_password("correcta")
    other.save()
    assert sign_in(client, "otra", "correcta").status_code == 302
    assert sign_in(client, "jefa", "correcta", address="192.0.2.2").status_code == 302


@pytest.mark.django_db
def test_right_password_forgets_the_wrong_ones(client, admin_user):
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            assert sign_in(client, "jefa", "falsa").status_code == 200
        assert sign_in(client, "jefa", "correcta").status_code == 302


@pytest.mark.django_db
def test_sign_in_leads_to_no_other_site(client, admin_user):
    response = client.post(
        reverse("admin:login"),
        {"username": "jefa", "password": "correcta", "next": "https://evil.example.com/"},
    )
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith("//")


# ---- Quickstart ----------------------------------------------------------------------------


def rows_of(path):
    """Every row of every table of ours in the SQLite file."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND"
            " (name LIKE 'directory\\_%' ESCAPE '\\' OR name LIKE 'escalations\\_%' ESCAPE '\\'"
            " OR name = 'auth_user') ORDER BY name"
        ).fetchall()
        return {
            table: sorted(database.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608
            for (table,) in tables
        }


@pytest.fixture(scope="module")
def quickstarted(tmp_path_factory):
    """Quickstart in an empty database, then an edit, then quickstart again."""
    path = tmp_path_factory.mktemp("quickstart") / "db.sqlite3"
    variables = {"DATABASE_URL": f"sqlite:///{path}"}
    first = manage("quickstart", "--no-server", **variables)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE directory_contactpoint SET label = 'Editada' WHERE id = 1")
        database.execute("UPDATE auth_user SET first_name = 'Ana'")
        database.commit()
    edited = rows_of(path)
    second = manage("quickstart", "--no-server", **variables)
    return first, second, edited, rows_of(path)


def test_quickstart_loads_the_directories_and_makes_one_login(quickstarted):
    first, _, edited, _ = quickstarted
    assert (first.returncode, first.stderr) == (0, "")
    assert len(edited["directory_service"]) == 5
    assert len(edited["directory_edition"]) == 5
    assert len(edited["auth_user"]) == 1


def test_quickstart_shows_the_password_once(quickstarted):
    first, second, *_ = quickstarted
    assert len(re.findall(r"[\w-]{16}(?![\w-])", first.stdout)) == 1
    assert re.findall(r"[\w-]{16}(?![\w-])", second.stdout) == []


def test_quickstart_again_leaves_everything_as_it_is(quickstarted):
    _, second, edited, after = quickstarted
    assert (second.returncode, second.stderr) == (0, "")
    assert after == edited


@pytest.mark.django_db
def test_quickstart_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("quickstart", no_server=True)


# ---- manage.py -----------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["version"], ["diffsettings", "--all"]])
def test_command_whose_reader_has_gone_ends_without_a_traceback(arguments):
    """`… | head`: the pipe may break while much is written, or when little is at the end."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as out:
        ended = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, "")
