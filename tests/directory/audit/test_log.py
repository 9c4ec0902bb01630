import json
import logging

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.db import OperationalError, transaction
from django.test import RequestFactory
from django.urls import reverse

from directory.audit.log import note
from directory.models import AuditEntry
from tests.factories import ServiceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines(caplog):
    """What goes to the logger of its own, which hands nothing on, in `caplog`."""
    logger = logging.getLogger("directory.audit")
    logger.addHandler(caplog.handler)
    yield
    logger.removeHandler(caplog.handler)


def test_an_entry_keeps_who_from_where_what_and_to_what(caplog, django_capture_on_commit_callbacks):
    user, service = UserFactory(), ServiceFactory()
    with django_capture_on_commit_callbacks(execute=True):
        note("exported", by=user, request=RequestFactory().get("/"), about=service, rows=3)
    entry = AuditEntry.objects.get(event="exported")
    told = (entry.user_key, entry.user_name, entry.address, entry.about_kind, entry.about_key)
    assert told == (user.pk, user.username, "127.0.0.1", "directory.service", str(service.pk))
    assert (entry.about_name, entry.details) == (str(service), {"rows": 3})
    assert json.loads(caplog.messages[-1])["id"] == entry.pk


def test_an_unknown_event_is_a_mistake_of_the_code():
    with pytest.raises(ValueError, match="somthing"):
        note("somthing")


def test_what_is_rolled_back_is_in_neither_log(caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        note("exported", what="nothing, after all")
        transaction.set_rollback(True)
    assert not AuditEntry.objects.filter(event="exported").exists()
    assert "after all" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_failed_sign_in_stays_when_what_follows_fails(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a mistake of ours")

    client.raise_request_exception = False
    monkeypatch.setattr(
        "django.contrib.auth.forms.AuthenticationForm.get_invalid_login_error", fail
    )
    response = client.post(reverse("admin:login"), {"username": "x", "password": "y"})
    assert response.status_code == 500
    assert [each.event for each in AuditEntry.objects.all()] == ["sign_in_failed"]


def test_nothing_is_done_unrecorded(caplog, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("disk full")

    monkeypatch.setattr(AuditEntry, "save", fail)
    with pytest.raises(OperationalError):
        note("exported", what="workbook")
    line = json.loads(caplog.messages[-1])
    assert (line["id"], line["event"], line["details"]["what"]) == (None, "exported", "workbook")


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 100_000, "línea\nnueva", "‮"])
def test_every_text_is_one_line_that_both_databases_hold(
    caplog, django_capture_on_commit_callbacks, text
):
    user = UserFactory.build(username=text[:150], pk=7)
    with django_capture_on_commit_callbacks(execute=True):
        note(
            "exported",
            by=user,
            about=ServiceFactory.build(name=text, pk=8),
            what=[text, {"k": text}],
        )
    assert "\n" not in caplog.messages[-1]
    assert json.loads(caplog.messages[-1])["details"] == AuditEntry.objects.get().details


def test_tokens_of_links_are_in_no_entry():
    token = default_token_generator.make_token(UserFactory())
    note("exported", what=f"/admin/password/MQ/{token}/")
    assert token not in str(AuditEntry.objects.last().details)


def test_who_acts_by_a_command_is_the_machines_user(monkeypatch):
    monkeypatch.setattr("sys.argv", ["/srv/app/manage.py", "publish", "--secret", "x"])
    monkeypatch.setattr("getpass.getuser", lambda: "deploy")
    note("exported", what="workbook")
    told = {"command": "publish", "machine_user": "deploy", "what": "workbook"}
    assert AuditEntry.objects.get().details == told
