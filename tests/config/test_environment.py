"""The environment: where it is read from, and when a process does not start with it."""

import os
import re
import runpy

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests.environment import ROOT, manage

# In the order in which what is missing is named.
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
    assert re.findall(r"(\w+) is not set", message) == [*COMPLETE][1:]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("SECRET_KEY", ["changeme", "k" * 49, "django-insecure-" + "k" * 50], "SECRET_KEY"),
        ("DEBUG", ["on", "True", "1", "yes"], "DEBUG must be off"),
        ("ALLOWED_HOSTS", ["*", "soporte.example.com,*"], "ALLOWED_HOSTS must name the hosts"),
    ],
)
def test_weak_secret_debug_and_every_host_are_refused(set_environment, name, values, said):
    messages = [refusal(set_environment(**{**COMPLETE, name: value})) for value in values]
    assert [message for message in messages if said not in message] == []


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


def test_process_does_not_start_half_configured():
    ran = manage("check", MODE="production", SECRET_KEY="k" * 50)
    assert ran.returncode != 0
    assert re.findall(r"(\w+) is not set", ran.stderr) == [*COMPLETE][2:]


def test_earlier_secret_keys_stay_known():
    ran = manage("diffsettings", SECRET_KEY_FALLBACKS="uno, dos,")
    assert "SECRET_KEY_FALLBACKS = ['uno', 'dos']" in ran.stdout.splitlines()


def test_process_starts_completely_configured_and_passes_the_deployment_check():
    strong = {"SECRET_KEY": "abcdefghij0123456789ABCDEFGHIJ!$%&/()=?-_.:,;<>|+*~"}
    ran = manage("check", "--deploy", "--fail-level=WARNING", **{**COMPLETE, **strong})
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "System check identified no issues (0 silenced).\n"


def test_address_is_read_without_its_last_slash(set_environment):
    env = set_environment(MIRROR_URL="https://copia.example.com/soporte/")
    assert environment.address(env, "MIRROR_URL") == "https://copia.example.com/soporte"
    assert environment.address(env, "BACK_OFFICE_URL") == ""


@pytest.mark.parametrize("value", ["copia.example.com", "javascript:alert(1)", "ftp://example.com"])
def test_what_is_no_web_address_is_refused_by_its_name(set_environment, value):
    with pytest.raises(ImproperlyConfigured, match="MIRROR_URL"):
        environment.address(set_environment(MIRROR_URL=value), "MIRROR_URL")


def test_the_tests_read_no_file_of_this_machine(set_environment, tmp_path):
    """Whatever `.env` a developer has, the suite runs with the example."""
    (tmp_path / ".env").write_text("ORGANIZATION_NAME=Propia\n", encoding="utf-8")
    (tmp_path / ".env.example").write_text("ORGANIZATION_NAME=Ejemplo\n", encoding="utf-8")
    set_environment(ENV_FILE=os.environ["ENV_FILE"])
    assert environment.load(tmp_path).str("ORGANIZATION_NAME") == "Ejemplo"


def test_gunicorn_reads_the_same_file(set_environment, tmp_path):
    (tmp_path / "own.env").write_text("GUNICORN_BIND=0.0.0.0:9000\nWEB_CONCURRENCY=2\n", "utf-8")
    set_environment(ENV_FILE=str(tmp_path / "own.env"), WEB_CONCURRENCY="3")
    read = runpy.run_path(str(ROOT / "config" / "gunicorn.py"))
    assert (read["bind"], read["workers"], read["threads"]) == ("0.0.0.0:9000", 3, 4)


def test_the_example_lists_every_variable_that_is_read():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "config").glob("*.py"))
    read = {*re.findall(r'(?:env\.\w+\(|\(env, )"([A-Z_]+)"', code)}
    example = (ROOT / ".env.example").read_text("utf-8")
    listed = {*re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)}
    # What names the file cannot stand in it.
    assert (read - listed, listed - read) == ({"ENV_FILE"}, set())


@pytest.fixture
def catalogues(tmp_path):
    for name in (*environment.LANGUAGES, "pt_BR"):
        (tmp_path / name).mkdir()
    (tmp_path / "README").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, ("es", [*environment.LANGUAGES])),
        ({"LANGUAGE_CODE": "", "LANGUAGES": "es"}, ("es", ["es"])),
        ({"LANGUAGE_CODE": "en"}, ("en", [*environment.LANGUAGES])),
        ({"LANGUAGE_CODE": " en ", "LANGUAGES": "en, pt-br,,en"}, ("en", ["en", "pt-br"])),
    ],
)
def test_languages_are_those_that_are_named(set_environment, catalogues, variables, expected):
    assert environment.languages(set_environment(**variables), catalogues) == expected


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANGUAGE_CODE": "eo"}, 'LANGUAGE_CODE has "eo".*en, es, .*pt, pt-br'),
        ({"LANGUAGE_CODE": "EN"}, 'LANGUAGE_CODE has "EN"'),
        ({"LANGUAGES": "es,en,xx"}, 'LANGUAGES has "xx"'),
        ({"LANGUAGES": "es;en"}, 'LANGUAGES has "es;en"'),
        ({"LANGUAGES": "es,pt_BR"}, 'LANGUAGES has "pt_BR"'),
        ({"LANGUAGES": "en"}, 'LANGUAGE_CODE is "es", which is not among LANGUAGES: en'),
        ({"LANGUAGES": " , "}, "not among LANGUAGES: none"),
    ],
)
def test_language_that_the_site_does_not_speak_is_refused(
    set_environment, catalogues, variables, said
):
    with pytest.raises(ImproperlyConfigured, match=said):
        environment.languages(set_environment(**variables), catalogues)


def test_public_address_is_the_one_that_is_set_else_of_the_first_host(set_environment):
    production = {"MODE": "production", "ALLOWED_HOSTS": "soporte.example.com,otro.example.com"}
    assert environment.public_url(set_environment(**production)) == "https://soporte.example.com"
    known = "https://ayuda.example.com"
    assert environment.public_url(set_environment(**production, PUBLIC_URL=f"{known}/")) == known
    assert environment.public_url(set_environment(MODE="local")) == ""


@pytest.mark.parametrize(
    "variables",
    [
        {"PUBLIC_URL": "https://example.com/soporte"},
        {"PUBLIC_URL": "example.com"},
        {"MODE": "production", "ALLOWED_HOSTS": ".example.com"},
    ],
)
def test_public_address_that_is_none_is_refused(set_environment, variables):
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
        environment.public_url(set_environment(**variables))
