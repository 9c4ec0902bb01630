"""Errors are told to Sentry without people, and only where it is set."""

import json
import sys

import pytest

from config.environment import addresses
from config.environment.kinds import Wrong
from config.sentry import without_people
from tests.environment import manage

SAY = """
import json, sentry_sdk
sent = []
transport = sentry_sdk.get_client().transport
transport.capture_envelope = lambda envelope: sent.append(envelope.get_event())
from django.test import Client
from unittest.mock import patch
from config.middleware import ProbeMiddleware
with patch.object(ProbeMiddleware, "readiness", side_effect=ValueError("para ana@example.com")):
    response = Client(raise_request_exception=False).get(
        "/readyz?q=alguien", headers={"cookie": "sessionid=secreto", "host": "localhost"})
[event] = [each for each in sent if each]
print(json.dumps({"event": event, "release": event["release"]}, default=str))
"""


def test_an_event_has_what_failed_and_nothing_of_who_asked():
    event = {
        "message": "for ana@example.com",
        "logentry": {"message": "for %s", "params": ["ana@example.com"]},
        "user": {"ip_address": "10.0.0.1"},
        "breadcrumbs": {"values": [{"message": "SELECT"}]},
        "extra": {"sys.argv": ["--admin-email", "ana@example.com"]},
        "request": {
            "method": "POST",
            "url": "https://soporte.example.com/admin/?q=ana",
            "query_string": "q=ana",
            "cookies": {"sessionid": "secret"},
            "headers": {"Authorization": "secret"},
            "data": {"password": "secret"},
            "env": {"REMOTE_ADDR": "10.0.0.1"},
        },
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "value": "for ana@example.com",
                    "stacktrace": {"frames": [{"function": "f", "vars": {"name": "ana"}}]},
                }
            ]
        },
    }
    assert without_people(event, {}) == {
        "message": "for …",
        "logentry": {"formatted": "for %s"},
        "request": {"method": "POST", "url": "https://soporte.example.com/admin/"},
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "value": "for …",
                    "stacktrace": {"frames": [{"function": "f"}]},
                }
            ]
        },
    }


def test_a_process_tells_its_errors_with_the_version(tmp_path):
    ran = manage("shell", "-c", SAY, SENTRY_DSN="https://key@127.0.0.1:1/7")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["release"].startswith("support-directory@")
    assert told["event"]["exception"]["values"][-1]["value"] == "para …"
    assert [each for each in ("alguien", "secreto", "ana@") if each in ran.stdout] == []


def test_without_the_package_the_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(Wrong, match="pip install sentry-sdk"):
        addresses.sentry("https://key@sentry.example.com/7")


def test_unless_it_is_set_the_package_is_not_loaded():
    ran = manage("shell", "-c", "import sys; print('sentry_sdk' in sys.modules)")
    assert ran.stdout.splitlines()[-1] == "False"
