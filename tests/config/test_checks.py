"""What `check --deploy` tells, and what it does not fail for."""

import re

import pytest

from config import checks
from config.mail import FOR_NOBODY
from tests.environment import manage

SERVED = {
    "PRODUCTION": True,
    "ALLOWED_HOSTS": ["soporte.example.com", ".example.org"],
    "PUBLIC_URL": "https://soporte.example.com",
    "BACK_OFFICE_URL": "https://interno.example.org:8443",
    "SECURITY_CONTACT": ["mailto:a@example.com"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}


@pytest.fixture
def found(settings, tmp_path):
    """The ids of what is found with these settings instead of good ones."""
    (tmp_path / "staticfiles.json").touch()
    settings.STATIC_ROOT = tmp_path

    def found(**others):
        for name, value in {**SERVED, **others}.items():
            setattr(settings, name, value)
        return [each.id for each in checks.deployment(None)]

    return found


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({}, []),
        ({"SECURITY_CONTACT": []}, ["config.I001"]),
        *[({"EMAIL_BACKEND": backend}, ["config.I002"]) for backend in sorted(FOR_NOBODY)],
        ({"PUBLIC_URL": "https://otro.example.com"}, ["config.W004"]),
        ({"BACK_OFFICE_URL": "https://otro.example.com"}, ["config.W005"]),
        ({"BACK_OFFICE_URL": ""}, []),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, ["config.I006"]),
    ],
)
def test_what_would_not_serve_well_is_told(found, others, expected):
    assert found(**others) == expected


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_missing_styles_are_told_in_production(found, settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert found() == ["config.W003"]
    assert found(PRODUCTION=False) == []


@pytest.fixture
def check(tmp_path):
    """Run it with a strong minimum, and these."""
    (tmp_path / "staticfiles.json").touch()

    def check(**variables):
        minimum = {
            "MODE": "production",
            "SECRET_KEY": "abcdefghij0123456789ABCDEFGHIJ!$%&/()=?-_.:,;<>|+*~",
            "ALLOWED_HOSTS": "soporte.example.com",
            "DATABASE_URL": "postgres://user:password@127.0.0.1:5432/name",
            "ORGANIZATION_NAME": "Ejemplo",
            "STATIC_ROOT": str(tmp_path),
        }
        return manage("check", "--deploy", "--fail-level=WARNING", **{**minimum, **variables})

    return check


def test_a_complete_configuration_passes_with_nothing_to_say(check):
    ran = check(SECURITY_CONTACT="seguridad@ejemplo.co", EMAIL_URL="smtp://localhost")
    assert ran.returncode == 0, ran.stderr
    # That HSTS speaks of no other host, and is on no list, is meant.
    assert ran.stdout == "System check identified no issues (2 silenced).\n"


def test_a_minimum_passes_and_is_told_what_is_missing(check):
    ran = check()
    assert ran.returncode == 0, ran.stderr
    assert re.findall(r"config\.\w+", ran.stderr) == ["config.I001", "config.I002"]


def test_forms_are_taken_from_the_addresses_that_people_use():
    """As a proxy on another port has them."""
    ran = manage(
        "shell",
        "-c",
        "from django.conf import settings; print(sorted(settings.CSRF_TRUSTED_ORIGINS))",
        MODE="production",
        SECRET_KEY="k" * 50,
        ALLOWED_HOSTS="soporte.example.com",
        DATABASE_URL="sqlite:////tmp/none.sqlite3",
        ORGANIZATION_NAME="Ejemplo",
        PUBLIC_URL="https://soporte.example.com:8443/",
        BACK_OFFICE_URL="https://interno.example.com",
    )
    said = "['https://interno.example.com', 'https://soporte.example.com:8443']"
    assert ran.stdout.splitlines()[-1] == said
