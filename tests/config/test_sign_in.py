"""Signing in to the back office: who gets in, and when the door closes."""

import re

import pytest

from config.client_address import client_address
from directory.admin.sign_in.limits import LIMITS, PASSWORD
from tests.addresses import INDEX
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def sign_in(client, username, password, address="192.0.2.1", to=INDEX):
    sent = {"username": username, "password": password, "next": to}
    return client.post(f"{INDEX}login/", sent, REMOTE_ADDR=address)


def is_inside(client):
    return client.get(INDEX).status_code == 200


@pytest.fixture(autouse=True)
def users():
    """jefa and otra, whose password is “correcta”."""
    for name in ("jefa", "otra"):
        user = UserFactory.build(username=name, is_staff=True, is_superuser=True)
        user.set_password("correcta")
        user.save()


def test_right_password_opens_the_back_office(client):
    assert not is_inside(client)
    assert sign_in(client, "jefa", "correcta")["Location"] == INDEX
    assert is_inside(client)


def test_wrong_passwords_close_the_door(client):
    limit = LIMITS[PASSWORD].of_one
    before = [sign_in(client, "jefa", "falsa").status_code for _ in range(limit - 1)]
    assert before == [200] * (limit - 1)
    closed = [sign_in(client, "jefa", password) for password in ("falsa", "correcta")]
    assert [response.status_code for response in closed] == [429, 429]
    assert not is_inside(client)


def test_closed_door_is_that_of_one_account_and_one_address(client):
    for _ in range(LIMITS[PASSWORD].of_one + 1):
        sign_in(client, "jefa", "falsa")
    for name, address in (("otra", "192.0.2.1"), ("jefa", "192.0.2.2")):
        sign_in(client, name, "correcta", address)
        assert is_inside(client)
        client.logout()


def test_right_password_forgets_the_wrong_ones(client):
    for _ in range(2):
        for _ in range(LIMITS[PASSWORD].of_one - 1):
            sign_in(client, "jefa", "falsa")
        sign_in(client, "jefa", "correcta")
        assert is_inside(client)
        client.logout()


def test_sign_in_leads_to_no_other_site(client):
    response = sign_in(client, "jefa", "correcta", to="https://evil.example.com/")
    assert re.match("/[^/]", response["Location"])
    assert is_inside(client)


@pytest.mark.parametrize(
    ("is_behind_proxy", "forwarded", "address"),
    [
        (False, "198.51.100.7", "192.0.2.1"),  # The client's own claim.
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "198.51.100.7:50123", "198.51.100.7"),
        (True, "203.0.113.9, [2001:DB8::7]:50123", "2001:db8::7"),
        (True, "[2001:db8::7]", "2001:db8::7"),
        (True, "", "192.0.2.1"),
        # No address, which PostgreSQL would not take.
        (True, "unknown", "192.0.2.1"),
        (True, "198.51.100.7, 999.1.1.1:80", "192.0.2.1"),
        (True, "[]", "192.0.2.1"),
    ],
)
def test_client_is_where_our_proxy_saw_it(rf, settings, is_behind_proxy, forwarded, address):
    settings.BEHIND_PROXY = is_behind_proxy
    headers = {"x-forwarded-for": forwarded}
    assert client_address(rf.get("/", REMOTE_ADDR="192.0.2.1", headers=headers)) == address


def test_a_client_without_an_address_can_sign_in(client):
    """As where gunicorn listens on a socket of its machine."""
    client.defaults["REMOTE_ADDR"] = ""
    sign_in(client, "jefa", "falsa")
    sign_in(client, "jefa", "correcta")
    assert is_inside(client)
