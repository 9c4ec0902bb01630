"""An empty directory gets what it needs, in the organisation's language, and nobody's data."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from directory.models import AuditEntry, ContactPoint, RequestType, Schedule, Service
from tests.addresses import INDEX
from tests.environment import manage
from tests.people import client_of

ASKED = {"admin_name": "Ana María Ríos", "admin_email": "Ana@example.com"}


def initialize(capsys, **options):
    call_command("initialize", **options)
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def speak(settings):
    def speak(language):
        settings.ORGANIZATION = replace(settings.ORGANIZATION, language=language)

    return speak


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "first", "roles"),
    [
        ("es-CO", "Todas", ["Auditores", "Editores", "Lectores", "Publicadores"]),
        ("en", "All", ["Auditors", "Editors", "Publishers", "Readers"]),
        ("pt", "Todas", ["Auditores", "Editores", "Leitores", "Publicadores"]),
    ],
)
def test_request_types_and_roles_are_in_the_language_of_the_organisation(
    capsys, speak, language, first, roles
):
    speak(language)
    initialize(capsys, **ASKED)
    assert RequestType.objects.earliest("position").name == first
    assert [*Group.objects.order_by("name").values_list("name", flat=True)] == roles
    assert Group.objects.filter(permissions=None).count() == 0
    everything = [model.objects.count() for model in (Service, ContactPoint, Schedule)]
    assert everything == [0, 0, 0]


@pytest.mark.django_db
def test_roles_have_the_rights_of_the_fixture(capsys):
    def rights():
        keys = ("name", "permissions__codename", "permissions__content_type__model")
        return sorted(Group.objects.values_list(*keys))

    initialize(capsys, **ASKED)
    made = rights()
    Group.objects.all().delete()
    call_command("loaddata", "roles", verbosity=0)
    assert made == rights()


@pytest.mark.django_db
def test_the_administrator_sets_a_password_and_works(capsys):
    said = initialize(capsys, **ASKED)
    person = User.objects.get()
    assert (person.username, person.first_name, person.last_name, person.is_superuser) == (
        "ana@example.com",
        "Ana",
        "María Ríos",
        True,
    )
    assert AuditEntry.objects.filter(event="person_invited", about_key=str(person.pk)).count() == 1
    path = re.search(r"https?://[^/]+(/admin/password/\S+)", said[-1])[1]
    page = Client().get(path, follow=True)
    assert (page.status_code, 'type="password"' in page.content.decode()) == (200, True)
    steps = client_of(person).get(INDEX).context["first_steps"].steps
    assert [step.is_done for step in steps if step.posts] == [True]


@pytest.mark.django_db
def test_again_it_changes_nothing_and_gives_who_has_no_password_another_link(capsys):
    initialize(capsys, **ASKED)
    RequestType.objects.filter(code="queja").update(name="Quejas y más")
    Group.objects.get(name="Lectores").permissions.clear()
    said = initialize(capsys, admin_name="Otra", admin_email="otra@example.com")
    assert said[:2] == [
        "Los tipos de solicitud quedaron como estaban.",
        "Los roles quedaron como estaban.",
    ]
    assert "/admin/password/" in said[2]
    assert RequestType.objects.get(code="queja").name == "Quejas y más"
    assert Group.objects.get(name="Lectores").permissions.count() == 0
    person = User.objects.get()
    person.set_password("una clave larga y buena")
    person.save()
    assert "/admin/" not in "".join(initialize(capsys))
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "options", [{}, {"admin_name": "Ana"}, {"admin_email": "ana"}, {**ASKED, "admin_email": "a@"}]
)
def test_nobody_is_asked_where_nobody_is_there_and_the_command_fails(options, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError):
        call_command("initialize", **options)
    assert User.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"admin_name": "x" * 300}, {"admin_email": f"{'x' * 250}@a.co"}])
def test_what_no_account_can_hold_is_told(wrong):
    with pytest.raises(CommandError, match=r"caracteres|correo"):
        call_command("initialize", **{**ASKED, **wrong})
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_a_name_is_one_line(capsys):
    initialize(capsys, **{**ASKED, "admin_name": "  Ana\n\u202ePérez "})
    assert User.objects.get().get_full_name() == "Ana Pérez"


@pytest.mark.django_db
def test_name_and_address_are_asked_for(capsys, monkeypatch):
    typed = iter(["Ana", "ana@example.com"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(typed))
    initialize(capsys)
    assert User.objects.get().email == "ana@example.com"


@pytest.mark.django_db
def test_the_address_of_somebody_else_is_refused():
    User.objects.create_user("beto", "ANA@example.com")
    with pytest.raises(CommandError, match="beto"):
        call_command("initialize", **ASKED)


def test_it_works_in_production_mode_after_migrate(tmp_path):
    variables = {
        "MODE": "production",
        "SECRET_KEY": "k" * 25 + "0123456789" * 4,
        "ALLOWED_HOSTS": "soporte.example.com",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "ORGANIZATION_NAME": "Ejemplo",
    }
    asked = ["initialize", "--admin-name", "Ana", "--admin-email", "ana@example.com"]
    early = manage(*asked, **variables)
    assert (early.returncode, "manage.py migrate" in early.stderr) == (1, True)
    manage("migrate", "--no-input", timeout=120, **variables).check_returncode()
    ran = manage(*asked, **variables)
    assert ran.returncode == 0, ran.stderr
    assert "https://soporte.example.com/admin/password/" in ran.stdout


@pytest.mark.django_db
def test_of_two_at_once_one_makes_the_administrator(capsys, monkeypatch):
    def meanwhile(question):
        if not User.objects.exists():
            call_command("initialize", admin_name="Eva", admin_email="eva@example.com")
        return "Ana" if "Nombre" in question else "ana@example.com"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", meanwhile)
    said = initialize(capsys)
    assert [person.email for person in User.objects.all()] == ["eva@example.com"]
    assert said[-1].startswith("Eva fija aquí su contraseña")
