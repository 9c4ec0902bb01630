"""Passkeys, and answers that are not those of the browser that was asked."""

import json
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from directory.admin.second_factor import asking
from directory.admin.second_factor.setting_up import NEW_PASSKEY
from directory.models import AuditEntry, Event, Passkey
from tests.authenticator import Authenticator
from tests.directory.pages import text_of
from tests.people import client_of
from tests.second_factors import (
    OVERVIEW,
    give_passkey,
    give_password,
    is_inside,
    options,
    person,
    with_passkey,
)

pytestmark = pytest.mark.django_db
NEW = f"{OVERVIEW}passkeys/"


@pytest.fixture
def key(eva):
    return with_passkey(eva)


@pytest.fixture
def half(client, eva, key):
    give_password(client, eva)
    return client


def make(client, key, name="Mi teléfono", asked=None):
    asked = asked or options(client, "add").json()
    return client.post(NEW, {"name": name, NEW_PASSKEY: key.create(asked)})


def test_a_passkey_is_made_and_opens(eva):
    key, client = Authenticator(), client_of(eva)
    page = make(client, key)
    assert "códigos de recuperación" in text_of(page)
    assert [*Passkey.objects.values_list("name", "user")] == [("Mi teléfono", eva.pk)]
    other = Client()
    give_password(other, eva)
    give_passkey(other, key)
    assert is_inside(other)


def test_what_the_browser_is_asked_tells_nobody_who_it_is(eva):
    asked = options(client_of(eva), "add").json()
    assert asked["rp"]["id"] == "testserver"
    assert "eva" not in asked["user"]["id"]
    assert asked["excludeCredentials"] == []


def test_an_answer_is_not_good_again(half, key):
    asked = options(half, "second").json()
    answer = {asking.PASSKEY: key.get(asked), "next": "/admin/"}
    half.post("/admin/second-factor/", answer)
    assert is_inside(half)
    half.logout()
    give_password(half, person("otra"))
    assert half.post("/admin/second-factor/", answer).status_code == 302
    again = Client()
    give_password(again, Passkey.objects.get().user)
    assert "ya se usó" in text_of(again.post("/admin/second-factor/", answer))
    assert not is_inside(again)


def test_a_challenge_of_another_session_is_refused(half, eva, key):
    thief = Client()
    give_password(thief, eva)
    options(thief, "second")
    give_passkey(thief, key, asked=options(half, "second").json())
    assert not is_inside(thief)


def test_a_challenge_of_another_purpose_is_refused(half, key):
    give_passkey(half, key, asked={"challenge": "eA", "rpId": "testserver"})
    assert not is_inside(half)
    assert options(half, "confirm").status_code == 403
    assert options(half, "add").status_code == 403


def test_an_answer_for_another_site_is_refused(half, key):
    """A page that imitates ours, at another address."""
    key.origin = "https://testserver.example.net"
    give_passkey(half, key)
    assert not is_inside(half)


def test_an_answer_for_another_host_is_refused(half, key):
    asked = {**options(half, "second").json(), "rpId": "example.net"}
    give_passkey(half, key, asked=asked)
    assert not is_inside(half)


def test_a_copy_of_the_key_is_refused(half, eva, key):
    give_passkey(half, key, count=7)
    assert is_inside(half)
    thief = Client()
    give_password(thief, eva)
    assert "copiada" in text_of(give_passkey(thief, key, count=7))
    assert not is_inside(thief)
    entry = AuditEntry.objects.filter(event=Event.FACTOR_FAILED, user_key=None).get()
    assert entry.details == {"stored": 7, "sent": 7}


def test_keys_that_count_nothing_open_again_and_again(eva, key):
    """Those that are kept in step among somebody's devices."""
    for _ in range(2):
        client = Client()
        give_password(client, eva)
        give_passkey(client, key, count=0)
        assert is_inside(client)


def test_the_key_of_somebody_else_is_refused(half):
    with_passkey(person("otra"), number=2)
    give_passkey(half, Authenticator(2))
    assert not is_inside(half)


def test_a_signature_of_another_key_is_refused(half, key):
    key.private = Authenticator(3).private
    give_passkey(half, key)
    assert not is_inside(half)


def test_a_challenge_is_soon_too_old(half, key):
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False):
        give_password(half, Passkey.objects.get().user)
        asked = options(half, "second").json()
    with time_machine.travel("2026-11-23T08:06:00Z", tick=False):
        give_passkey(half, key, asked=asked)
        assert not is_inside(half)


@pytest.mark.parametrize(
    "answer",
    [
        "x",
        "{}",
        "[]",
        "null",
        "[" * 100_000,
        '{"id": 7, "response": {}}',
        '{"id": "\\u0000", "response": {}}',
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "é"}}',
    ],
)
@pytest.mark.parametrize("purpose", ["second", "alone", "add"])
def test_nonsense_is_refused(eva, answer, purpose):
    client = Client()
    if purpose == "add":
        client.force_login(eva)
    else:
        with_passkey(eva)
    if purpose == "second":
        give_password(client, eva)
    options(client, purpose)
    pages = {
        "second": "/admin/second-factor/",
        "alone": reverse("backoffice:passkey-sign-in"),
        "add": NEW,
    }
    page = client.post(pages[purpose], {"name": "x", asking.PASSKEY: answer, NEW_PASSKEY: answer})
    assert page.status_code in (200, 403)
    assert re.search("no se aceptó|no es .o ya no es. de una cuenta", text_of(page))


def test_nonsense_with_a_known_key_is_refused(half, key):
    asked = options(half, "second").json()
    answer = json.loads(key.get(asked))
    answer["response"]["authenticatorData"] = "AAAA"
    half.post("/admin/second-factor/", {asking.PASSKEY: json.dumps(answer)})
    assert not is_inside(half)


def test_who_is_deactivated_does_not_come_in_with_a_passkey(client, eva, key):
    eva.is_active = False
    eva.save()
    asked = options(client, "alone").json()
    client.post(reverse("backoffice:passkey-sign-in"), {asking.PASSKEY: key.get(asked)})
    assert not is_inside(client)


def test_passkeys_are_bound_to_the_address_of_the_back_office(client, eva, settings):
    settings.BACK_OFFICE_URL = "https://soporte.example.com"
    client.force_login(eva)
    assert "https://soporte.example.com" in text_of(client.get(NEW))
    page = client.get(NEW, HTTP_HOST="soporte.example.com", secure=True)
    assert page.status_code == 400 or "Haga la llave" in text_of(page)
    assert options(client, "add").json()["rp"]["id"] == "soporte.example.com"


def test_an_address_without_a_name_says_where_passkeys_work(eva, settings):
    client = client_of(eva, headers={"host": "127.0.0.1:8000"})
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert "http://localhost:8000/admin/" in text_of(client.get(OVERVIEW))
