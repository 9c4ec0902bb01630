"""Logs do not tell the tokens of links in mails."""

import json
import logging
import sys
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import RequestFactory

from config import gunicorn
from config.logs import Formatter, JsonFormatter
from directory.following import links
from tests.factories import SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db


def paths():
    subscription, user = SubscriptionFactory(), UserFactory()
    password = f"/admin/invitation/{user.pk}/{default_token_generator.make_token(user)}/"
    return [links.ending(subscription), links.confirming(subscription), password]


def test_the_log_of_django_has_no_tokens():
    for path in paths():
        record = logging.LogRecord("a", logging.INFO, "", 1, "Not Found: %s", (path,), None)
        token = path.split("/")[-2]
        assert Formatter("%(name)s %(message)s").format(record) == (
            f"a Not Found: {path.replace(token, '…')}"
        )


def test_the_log_of_requests_has_no_tokens():
    logger = object.__new__(gunicorn.logger_class)
    for path in paths():
        environ = (
            RequestFactory().get(path, headers={"referer": f"https://a.example.com{path}"}).environ
        )
        environ |= {"RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1"}
        response = SimpleNamespace(status="200 OK", sent=1, headers=[])
        time = SimpleNamespace(seconds=1, microseconds=1)
        atoms = logger.atoms(response, SimpleNamespace(headers=[]), environ, time)
        token = path.split("/")[-2]
        assert (token in str(atoms), atoms["r"]) == (
            False,
            f"GET {path.replace(token, '…')} HTTP/1.1",
        )


@pytest.mark.parametrize(
    "path",
    [
        "/servicios/clave-segura/ediciones/12/cambios/",
        "/api/v1/services/mesa/?at=2026-11-23T08:00:00-05:00",
        "/static/directory/site.0123456789ab.css",
        "/servicios/" + "a-very-long-slug-" * 5 + "/",
    ],
)
def test_other_addresses_are_logged_as_they_are(path):
    record = logging.LogRecord("a", logging.INFO, "", 1, "%s", (path,), None)
    assert Formatter("%(message)s").format(record) == path


def line(text, **kwargs):
    record = logging.LogRecord("a", logging.INFO, "", 1, "%s", (text,), None)
    return Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("550 5.1.1 <ana.perez+x@example.com>: unknown", "550 5.1.1 <…>: unknown"),
        ("Key (email)=(ana@example.com) already exists", "Key (email)=(…) already exists"),
        ("GET /?q=Ana+P%C3%A9rez+300+123+4567&page=2 HTTP/1.1", "GET /?q=…&page=2 HTTP/1.1"),
        ("/admin/auth/user/?q=ana%40example.com", "/admin/auth/user/?q=…"),
        ("/servicios/?3001234567", "/servicios/?…"),
        ("/api/v1/services/?at=3001234567%20Ana", "/api/v1/services/?at=…"),
        ("x\nDETAIL:  Failing row contains (7, 300 123, Ana).", "x\\nDETAIL:  Failing row"),
        ("Not Found: /a\r\n2026-11-29 ERROR forged", "Not Found: /a\\r\\n2026-11-29 ERROR forged"),
        ("x\x1b[2Ky", "x\\x1b[2Ky"),
    ],
)
def test_lines_tell_nothing_of_customers_and_are_one_line(text, logged):
    assert line(text).startswith(logged) if "DETAIL" in text else line(text) == logged


def test_what_a_database_tells_of_a_row_is_in_no_traceback():
    try:
        raise ValueError("violates check\nDETAIL:  Failing row contains (7, 300 123 4567, Ana).")
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "failed", (), sys.exc_info())
    text = Formatter("%(message)s").format(record)
    assert text.endswith("ValueError: violates check\nDETAIL: …")


@pytest.mark.parametrize("part", ["x", "/", "@", "a@", "?", "?a&", "\n", "x.-", ":aaaaaa", "a-0"])
def test_a_long_line_is_written_in_no_time(part):
    before = time.perf_counter()
    line(part * 100_000)
    assert time.perf_counter() - before < 2


REFUSED_BY_POSTGRESQL = """invalid input syntax for type date: "ana gómez 300 123 4567"
LINE 1: ...M "directory_service" WHERE "name" = 'ana gómez 300 123 4567' AND
                                                ^"""


def test_what_a_database_quotes_of_a_value_is_left_out():
    try:
        raise ValueError(REFUSED_BY_POSTGRESQL)
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 1, "Failed", (), sys.exc_info())
    line = Formatter("%(message)s").format(record)
    assert "invalid input syntax for type date: …" in line
    assert "LINE 1: …" in line
    assert "ana" not in line
    assert "4567" not in line


@pytest.mark.parametrize(
    "told",
    [
        "Invalid HTTP Version: '234 4567-secreta HTTP/1.1'",
        "Invalid HTTP Header: 'Cookie sessionid=secreta'",
        "Invalid HTTP request line: 'GET /?q=it\\'s secreta'",
        "Invalid HTTP request line: \"GET /?q='secreta' x\"",
    ],
)
def test_what_the_server_quotes_of_a_request_that_it_does_not_understand_is_left_out(told):
    message = f"Invalid request from ip=192.0.2.7: {told}"
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 1, message, (), None)
    line = gunicorn.WithoutQuoted("%(levelname)s %(message)s").format(record)
    kept = told.partition(":")[0]
    assert line == f"WARNING Invalid request from ip=192.0.2.7: {kept}: …"


def test_the_server_writes_its_own_errors_that_way(capsys):
    from gunicorn.config import Config

    cfg = Config()
    logger = gunicorn.logger_class(cfg)
    formatters = {type(each.formatter) for each in logger.error_log.handlers}
    assert formatters == {gunicorn.WithoutQuoted}


def test_as_json_a_record_is_a_line_without_what_is_personal():
    try:
        raise ValueError("para ana@example.com\nDETAIL: (7, 300)")
    except ValueError:
        raised = sys.exc_info()
    record = logging.LogRecord(
        "directory", logging.ERROR, "", 1, "de %s\n“x”", ("ana@example.com",), raised
    )
    record.created = 0
    line = JsonFormatter().format(record)
    told = json.loads(line)
    assert "\n" not in line
    assert told.pop("error").splitlines()[-2:] == ["ValueError: para …", "DETAIL: …"]
    assert told == {
        "at": "1970-01-01T00:00:00.000+00:00",
        "level": "ERROR",
        "logger": "directory",
        "request_id": "",
        "message": "de …\n“x”",
    }
