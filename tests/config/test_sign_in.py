"""Signing in to the back office: who gets in, and when the door closes."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def sign_in(client, username, password, address="192.0.2.1"):
    return client.post(
        reverse("admin:login"),
        {"username": username, "password": password, "next": "/admin/"},
        REMOTE_ADDR=address,
    )


@pytest.fixture
def admin_user():
    user = UserFactory(username="jefa", is_staff=True, is_superuser=True)
    user.set_password("correcta")
    user.save()
    return user


def test_right_password_opens_the_back_office(client, admin_user):
    response = sign_in(client, "jefa", "correcta")
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_wrong_passwords_close_the_door(client, admin_user):
    limit = settings.AXES_FAILURE_LIMIT
    before = [sign_in(client, "jefa", "falsa").status_code for _ in range(limit - 1)]
    assert before == [200] * (limit - 1)
    closed = [sign_in(client, "jefa", password) for password in ("falsa", "correcta")]
    assert [response.status_code for response in closed] == [429, 429]
    assert client.get("/admin/").status_code == 302


def test_closed_door_is_that_of_one_account_and_one_address(client, admin_user):
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        sign_in(client, "jefa", "falsa")
    other = UserFactory(username="otra", is_staff=True)
    other.set_password("correcta")
    other.save()
    assert sign_in(client, "otra", "correcta").status_code == 302
    assert sign_in(client, "jefa", "correcta", address="192.0.2.2").status_code == 302


def test_right_password_forgets_the_wrong_ones(client, admin_user):
    for _ in range(2):
        for _ in range(settings.AXES_FAILURE_LIMIT - 1):
            assert sign_in(client, "jefa", "falsa").status_code == 200
        assert sign_in(client, "jefa", "correcta").status_code == 302


def test_sign_in_leads_to_no_other_site(client, admin_user):
    response = client.post(
        reverse("admin:login"),
        {"username": "jefa", "password": "correcta", "next": "https://evil.example.com/"},
    )
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith("//")
