"""The environment: where it is read from, and when a process does not start with it."""

import os
import re
import runpy
import subprocess
import sys

import pytest

from config import environment
from config.environment import EXAMPLE, NotConfigured, dotenv
from config.environment.variables import VARIABLES
from tests.config.environment_values import BAD, GOOD
from tests.environment import ROOT, environment_with

PRIVATE = "-----BEGIN PRIVATE KEY-----"
# In the order in which what is missing is named.
COMPLETE = {
    "MODE": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "soporte.example.com",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:5432/name",
    "ORGANIZATION_NAME": "Ejemplo",
}


def read(tmp_path, file=None, **variables):
    """The environment of a process with these variables, and a `.env` with this text."""
    if file is not None:
        (tmp_path / ".env").write_bytes(file.encode() if isinstance(file, str) else file)
    return environment.load(tmp_path, variables)


def refusal(tmp_path, file=None, **variables):
    with pytest.raises(NotConfigured) as refused:
        read(tmp_path, file, **variables)
    return str(refused.value).splitlines()


def each_of(table):
    return [(name, value) for name, values in table.items() for value in values]


def test_every_variable_has_values_that_are_right_and_that_are_not():
    assert ({*GOOD}, {*BAD}) == ({*VARIABLES}, {*VARIABLES})
    assert [name for name, values in BAD.items() if not values] == []


@pytest.mark.parametrize(("name", "value"), each_of(GOOD))
def test_what_is_right_is_read(tmp_path, name, value):
    others = {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "on"} if name == "SECURE_HSTS_PRELOAD" else {}
    assert read(tmp_path, **{name: value, **others}).keys() == VARIABLES.keys()


@pytest.mark.parametrize(("name", "value"), each_of(BAD))
def test_what_is_not_right_is_refused_in_one_line_with_the_name_and_what_is_right(
    tmp_path, name, value
):
    [line] = refusal(tmp_path, **{name: value})
    assert re.match(rf"{name} is .+\. [A-Z].*[.…]$|{name} is .+/", line)
    if VARIABLES[name].secret:
        assert f'"{value}"' not in line


def test_the_example_lists_every_variable_that_is_read():
    example = (ROOT / ".env.example").read_text("utf-8")
    listed = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(listed) == sorted(VARIABLES)


def test_every_variable_is_used():
    code = (ROOT / "config" / "settings.py").read_text("utf-8")
    code += (ROOT / "config" / "gunicorn.py").read_text("utf-8")
    assert {*re.findall(r'env\["([A-Z_]+)"\]', code)} == VARIABLES.keys()


@pytest.mark.parametrize("uncommented", [False, True])
def test_the_example_file_itself_is_right(tmp_path, uncommented):
    example = (ROOT / ".env.example").read_text("utf-8")
    if uncommented:
        example = re.sub(r"^#(?=[A-Z_]+=)", "", example, flags=re.MULTILINE)
        for name in ("AUDIT_LOG_FILE", "CHECKPOINT_KEY_FILE", "CHECKPOINT_PUBLIC_KEY_FILE"):
            example = re.sub(rf"^{name}=.*", "", example, flags=re.MULTILINE)
    env = read(tmp_path, example)
    assert (env["MODE"], env.is_example) == ("local", False)
    assert "certic" not in example.lower()


# ---- Production ---------------------------------------------------------------------------


def test_complete_production_is_accepted(tmp_path):
    env = read(tmp_path, **COMPLETE)
    assert (env.is_production, env["FOUR_EYES"], env["SECOND_FACTOR"]) == (
        True,
        "risky",
        "required",
    )
    local = read(tmp_path)
    assert (local.is_production, local["FOUR_EYES"]) == (False, "off")
    assert local["SECOND_FACTOR"] == "optional"


@pytest.mark.parametrize("value", [None, "", "   "])
@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"MODE"}))
def test_variable_that_is_missing_is_named(tmp_path, name, value):
    variables = {**COMPLETE, name: value}
    if value is None:
        del variables[name]
    [line] = refusal(tmp_path, **variables)
    assert line.startswith(f"{name} is not set. ")


def test_everything_that_is_wrong_is_named_at_once(tmp_path):
    lines = refusal(tmp_path, MODE="production", DEBUG="offf", ERASE_AFTER_DAYS="x")
    assert [line.split()[0] for line in lines] == [
        "DEBUG",
        *[*COMPLETE][1:],
        "ERASE_AFTER_DAYS",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("SECRET_KEY", key) for key in ("changeme", "k" * 49, "django-insecure-" + "k" * 50)],
        ("SECRET_KEY_FALLBACKS", "k" * 60 + ",cut"),
        *[("DEBUG", value) for value in ("on", "True", "1", "yes")],
        ("SECURE_HSTS_PRELOAD", "on"),
    ],
)
def test_what_weakens_production_is_refused(tmp_path, name, value):
    [line] = refusal(tmp_path, **{**COMPLETE, name: value})
    assert line.startswith(f"{name} is ")
    assert "k" * 49 not in line


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANGUAGES": "en"}, 'LANGUAGE_CODE is "es", which is not among LANGUAGES: en.'),
        (
            {"ORGANIZATION_COUNTRY": "GB", "ORGANIZATION_SUBDIVISION": "XX"},
            'ORGANIZATION_SUBDIVISION is "XX". Leave it empty, or write a part of GB with holidays '
            "of its own: ENG, NIR, SCT, WLS.",
        ),
        (
            {**COMPLETE, "DATABASE_REPLICA_URL": COMPLETE["DATABASE_URL"]},
            "DATABASE_REPLICA_URL is DATABASE_URL. Name a replica, or leave it empty.",
        ),
        (
            {**COMPLETE, "ALLOWED_HOSTS": ".example.com"},
            'PUBLIC_URL is not set, and ALLOWED_HOSTS begins with ".example.com", which is many '
            "hosts. Set PUBLIC_URL to the address that customers know.",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path, variables, said):
    assert refusal(tmp_path, **variables) == [said]


def test_subdivision_of_the_country_is_accepted(tmp_path):
    env = read(tmp_path, ORGANIZATION_COUNTRY="ES", ORGANIZATION_SUBDIVISION="MD")
    assert env["ORGANIZATION_SUBDIVISION"] == "MD"


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("SECRET_KEY_FALLBACKS", "uno, dos,", ["uno", "dos"]),
        ("SECRET_KEY", "$DEBUG", "$DEBUG"),
        ("DEBUG", "No", False),
        ("LANGUAGES", "es, en,,es", ["es", "en"]),
        ("ALLOWED_HOSTS", " A.example.com , b.co", ["a.example.com", "b.co"]),
        ("MIRROR_URL", "https://copia.example.com/soporte/", "https://copia.example.com/soporte"),
        ("PUBLIC_URL", "https://Soporte.Example.com:443/", "https://soporte.example.com"),
        ("BACK_OFFICE_URL", "HTTPS://A.co:8443", "https://a.co:8443"),
        ("SECURITY_CONTACT", "a@b.co, https://b.co/x", ["mailto:a@b.co", "https://b.co/x"]),
        ("ORGANIZATION_LOGO", "", ""),
    ],
)
def test_values_are_what_is_meant(tmp_path, name, written, expected):
    assert read(tmp_path, **{name: written})[name] == expected


def test_a_file_of_sqlite_and_other_paths_begin_in_the_folder_of_the_project(tmp_path):
    env = read(tmp_path, DATABASE_URL="sqlite:///here.sqlite3", STATIC_ROOT="files")
    assert (env["DATABASE_URL"]["NAME"], env["STATIC_ROOT"]) == (
        str(ROOT / "here.sqlite3"),
        ROOT / "files",
    )


@pytest.mark.parametrize(
    ("url", "port"), [("smtp://h", 25), ("smtp+tls://h", 587), ("smtp+ssl://h", 465)]
)
def test_a_mail_server_has_the_port_that_is_usual(tmp_path, url, port):
    assert read(tmp_path, EMAIL_URL=url)["EMAIL_URL"]["EMAIL_PORT"] == port


# ---- Files --------------------------------------------------------------------------------

SVG = b"<?xml version='1.0'?>\n<!-- a logo -->\n<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.svg", SVG, ""),
        ("logo.PNG", b"\x89PNG\r\n\x1a\nrest", ""),
        ("logo.webp", b"RIFF\n\0\0\0WEBPVP8 ", ""),
        ("logo.svg", b"<html><svg/></html>", "no svg image"),
        ("logo.png", SVG, "no png image"),
        ("logo.webp", b"RIFF\0\0\0\0WAVE", "no webp image"),
        ("logo.svg", b"", "no svg image"),
        ("logo.exe", SVG, "Write the path of an image file: .svg, .png, .webp."),
    ],
)
def test_a_logo_is_an_image_by_its_content(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    variables = {"ORGANIZATION_LOGO": str(tmp_path / name)}
    if not said:
        assert read(tmp_path, **variables)["ORGANIZATION_LOGO"] == str(tmp_path / name)
    else:
        [line] = refusal(tmp_path, **variables)
        assert said in line


def test_a_key_that_everybody_may_read_is_refused(tmp_path):
    key = tmp_path / "checkpoint.pem"
    key.write_text(f"{PRIVATE}\nMC4CAQAwBQYDK2VwBCIEI\n")
    key.chmod(0o604)
    [line] = refusal(tmp_path, CHECKPOINT_KEY_FILE=str(key))
    assert line.endswith(f"chmod o= {key}")
    key.chmod(0o640)
    assert read(tmp_path, CHECKPOINT_KEY_FILE=str(key))["CHECKPOINT_KEY_FILE"] == str(key)


def test_keys_are_keys(tmp_path):
    private, public = tmp_path / "key.pem", tmp_path / "key.pem.pub"
    private.write_text(f"{PRIVATE}\nMC4CAQAwBQYDK2VwBCIEI\n")
    private.chmod(0o600)
    public.write_text("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n")
    paths = {
        "CHECKPOINT_KEY_FILE": private,
        "CHECKPOINT_PUBLIC_KEY_FILE": public,
        "CHECKPOINT_KEY_FALLBACKS": private,
    }
    variables = {name: str(path) for name, path in paths.items()}
    assert read(tmp_path, **variables)["CHECKPOINT_KEY_FALLBACKS"] == [str(private)]
    private.write_text("lost")
    assert [line.split()[0] for line in refusal(tmp_path, **variables)] == [
        "CHECKPOINT_KEY_FILE",
        "CHECKPOINT_KEY_FALLBACKS",
    ]


def test_the_file_of_the_audit_log_is_made_for_its_owner_and_group(tmp_path):
    path = tmp_path / "audit.jsonl"
    assert read(tmp_path, AUDIT_LOG_FILE=str(path))["AUDIT_LOG_FILE"] == str(path)
    assert path.stat().st_mode & 0o007 == 0
    path.write_text('{"event": "signed_in"}\n')
    assert read(tmp_path, AUDIT_LOG_FILE=str(path))["AUDIT_LOG_FILE"] == str(path)


# ---- Where it is read from ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=off", "off"),
        ("NAME=off  # comment", "off"),
        ("NAME=off\t# comment", "off"),
        ("NAME=# comment", ""),
        ("NAME=#0b4f8a".replace("#", "a#"), "a#0b4f8a"),
        ("NAME=   # comment", ""),
        ("NAME=", ""),
        ("NAME=a#b", "a#b"),
        ("NAME = a b ", "a b"),
        ("export NAME=a", "a"),
        ("  NAME=a", "a"),
        ('NAME="a # b"', "a # b"),
        ("NAME='a \"# b'  # comment", 'a "# b'),
        (r'NAME="a \"b\" \\ \n"', r'a "b" \ \n'),
        ("NAME=a=b", "a=b"),
        ("NAME=it's", "it's"),
        ("NAME=$OTHER", "$OTHER"),
        ("\ufeffNAME=a", "a"),
        ("# one\r\nNAME=a\r\n", "a"),
    ],
)
def test_a_line_is_read_as_it_is_meant(tmp_path, line, value):
    path = tmp_path / ".env"
    path.write_bytes(line.encode())
    assert {name: given.value for name, given in dotenv.read(path).items()} == {"NAME": value}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("k3y", ".env, line 2: this is no variable. Write NAME=value."),
        ("A-B=c", ".env, line 2: this is no variable. Write NAME=value."),
        ('NAME="a', ".env, line 2: NAME has a quote that does not end, or a text after it."),
        ("NAME='a' b", ".env, line 2: NAME has a quote that does not end, or a text after it."),
        ("LOG_LEVEL=DEBUG", ".env, line 2: LOG_LEVEL stands here again. Write it once."),
        ("MODE=prod", '.env, line 2: MODE is "prod". Write local or production.'),
        ("DEBUGG=on", ".env, line 2: DEBUGG is read by nothing. DEBUG is meant?"),
    ],
)
def test_a_line_that_is_not_understood_is_named(tmp_path, line, said):
    assert refusal(tmp_path, f"LOG_LEVEL=INFO\n{line}\n") == [said]


def test_a_file_of_another_encoding_is_refused(tmp_path):
    [line] = refusal(tmp_path, "ORGANIZATION_NAME=Ñandú".encode("latin-1"))
    assert line == ".env is not UTF-8. Save it as such."


def test_a_file_that_is_named_and_not_there_is_refused(tmp_path):
    [line] = refusal(tmp_path, ENV_FILE="own.env")
    assert line.endswith("own.env cannot be read: No such file or directory.")


@pytest.mark.parametrize("path", ["x" * 300, "a\0b", "config\udcff"])
def test_a_file_that_no_file_can_be_is_refused_in_a_line(tmp_path, path):
    [line] = refusal(tmp_path, ENV_FILE=path)
    assert "cannot be read" in line or line.endswith("Write the path of a file.")


@pytest.mark.parametrize("name", ["SENTRI_DNS_X", "LANGUAGE", "PYTHONPATH", "HOSTNAME", "TZ"])
def test_variables_of_other_programs_are_none_of_ours(tmp_path, name):
    assert read(tmp_path, **{name: "x"}).keys() == VARIABLES.keys()


@pytest.mark.parametrize("name", ["ORGANISATION_NAME", "SECRET_KEYS", "MAIL_URL"])
def test_a_name_that_is_misspelt_is_refused_in_the_process_too(tmp_path, name):
    [line] = refusal(tmp_path, **{name: "x"})
    assert line.startswith(f"{name} is read by nothing. ")


def test_what_is_for_other_programs_gets_into_the_process(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("SOMEBODY_ELSES=a\nDEBUG=off\n")
    monkeypatch.setattr(os, "environ", {"ENV_FILE": ".env"})
    environment.load(tmp_path)
    assert os.environ == {"ENV_FILE": ".env", "SOMEBODY_ELSES": "a"}


@pytest.fixture
def folder_with_example(tmp_path):
    (tmp_path / EXAMPLE).parent.mkdir()
    (tmp_path / EXAMPLE).write_text("ORGANIZATION_NAME=Del ejemplo\n", encoding="utf-8")
    return tmp_path


def test_example_is_read_for_a_first_look_only(folder_with_example):
    env = read(folder_with_example)
    assert (env["ORGANIZATION_NAME"], env.is_example) == ("Del ejemplo", True)
    env = read(folder_with_example, ENV_FILE="", ORGANIZATION_NAME="Propia")
    assert (env["ORGANIZATION_NAME"], env.is_example) == ("Propia", False)
    del (production := {**COMPLETE})["ORGANIZATION_NAME"]
    assert refusal(folder_with_example, **production)[0].startswith("ORGANIZATION_NAME is not set")


def test_own_file_comes_instead_of_the_example_and_after_the_process(folder_with_example):
    file = "LOG_LEVEL=ERROR\nORGANIZATION_NAME=Propia\n"
    env = read(folder_with_example, file, LOG_LEVEL="WARNING")
    assert (env["LOG_LEVEL"], env["ORGANIZATION_NAME"]) == ("WARNING", "Propia")
    assert read(folder_with_example, "DEBUG=off\n")["ORGANIZATION_NAME"] == ""


def test_the_tests_read_no_file_of_this_machine(folder_with_example):
    """Whatever `.env` a developer has, the suite runs with the example."""
    env = read(folder_with_example, "ORGANIZATION_NAME=Propia\n", ENV_FILE=os.environ["ENV_FILE"])
    assert env["ORGANIZATION_NAME"] == "Del ejemplo"


# ---- What a process says ------------------------------------------------------------------


def said_by(*command, **variables):
    """What a process with these variables ends with: its code, and what it writes."""
    ran = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment_with(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
        ["-c", "import config.wsgi"],
    ],
    ids=["manage.py", "gunicorn", "wsgi"],
)
def test_no_process_starts_and_each_says_why_in_a_line(command):
    said = 'LOG_LEVEL is "LOUD". Write DEBUG or INFO or WARNING or ERROR or CRITICAL.\n'
    assert said_by(*command, LOG_LEVEL="LOUD") == (1, "", said)


def test_a_command_of_django_says_in_a_line_that_the_database_is_away():
    away = "postgres://nobody@127.0.0.1:1/none"
    code, out, said = said_by("manage.py", "migrate", DATABASE_URL=away)
    assert (code, out) == (1, "")
    assert said.startswith("La base de datos no responde: ")
    assert "Traceback" not in said


def test_an_argument_that_is_no_text_is_told_in_a_line():
    code, out, said = said_by("manage.py", "publish", b"a\xff")
    assert (code, out) == (1, "")
    assert said == "'a\\udcff' is not UTF-8. Type it anew.\n"


def test_gunicorn_reads_the_same_file(tmp_path, monkeypatch):
    text = "GUNICORN_BIND=0.0.0.0:9000\nWEB_CONCURRENCY=2\nGUNICORN_TIMEOUT=30\n"
    (tmp_path / "own.env").write_text(text, "utf-8")
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "own.env"))
    monkeypatch.setenv("WEB_CONCURRENCY", "3")
    read = runpy.run_path(str(ROOT / "config" / "gunicorn.py"))
    names = ("bind", "workers", "threads", "timeout")
    assert [read[name] for name in names] == [["0.0.0.0:9000"], 3, 4, 30]
