"""Logs do not tell the tokens of links in mails."""

import logging
from types import SimpleNamespace

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import RequestFactory

from config import gunicorn
from config.logs import Formatter
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
