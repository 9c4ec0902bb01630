"""Guessing passwords, and locking others out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.test import Client

from directory.admin.sign_in.limits import LIMITS, PASSWORD
from directory.models import TryCount
from tests.addresses import INDEX
from tests.second_factors import PASSWORD as TYPED
from tests.second_factors import give_password, is_inside, person
from tests.threads import in_threads

pytestmark = pytest.mark.django_db
WRONG = "falsa"
ONE, ACCOUNT, NETWORK = LIMITS[PASSWORD]


@pytest.fixture
def eva():
    return person()


def guess(user, address="192.0.2.1", client=None, password=WRONG, **headers):
    client = client or Client()
    return give_password(client, user, password, REMOTE_ADDR=address, **headers).status_code


def test_a_stranger_who_knows_the_name_does_not_lock_its_owner_out(eva):
    """Neither where the owner has signed in before, nor, by a few networks, elsewhere."""
    own = Client()
    guess(eva, client=own, password=TYPED)
    own.post(f"{INDEX}logout/")
    for number in range(ACCOUNT + 5):
        guess(eva, f"198.51.100.{number}")
    assert guess(eva, "203.0.113.1", password=TYPED) == 429
    assert guess(eva, client=own, address="203.0.113.1", password=TYPED) == 302
    assert is_inside(own)


def test_a_known_device_guesses_no_more_than_any(eva):
    own = Client()
    guess(eva, client=own, password=TYPED)
    own.post(f"{INDEX}logout/")
    statuses = [guess(eva, client=own, address=f"198.51.100.{n}") for n in range(ONE + 1)]
    assert statuses[-2:] == [429, 429]


def test_a_known_device_is_known_for_its_own_people_alone(eva):
    other = person("otra")
    own = Client()
    guess(other, client=own, password=TYPED)
    own.post(f"{INDEX}logout/")
    for number in range(ACCOUNT):
        guess(eva, f"198.51.100.{number}")
    assert guess(eva, client=own, password=TYPED) == 429


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "é", "x" * 4000])
def test_a_cookie_that_nobody_signed_makes_no_known_device(eva, cookie):
    for number in range(ACCOUNT):
        guess(eva, f"198.51.100.{number}")
    client = Client()
    client.cookies["known_device"] = cookie
    assert guess(eva, client=client, address="203.0.113.1", password=TYPED) == 429


def test_many_addresses_of_one_network_are_one(eva):
    """Who has a /64 has as many addresses as there are numbers."""
    statuses = [guess(eva, f"2001:db8::{number:x}") for number in range(1, ONE + 2)]
    assert statuses[-2:] == [429, 429]
    assert guess(eva, "2001:db8:0:1::1", password=TYPED) == 302


def test_one_network_tries_few_accounts():
    people = [person(f"p{number}") for number in range(NETWORK // 5 + 1)]
    statuses = [guess(user) for user in people for _ in range(5)]
    assert statuses[: NETWORK - 1] == [200] * (NETWORK - 1)
    assert set(statuses[NETWORK - 1 :]) == {429}
    assert guess(people[0], "198.51.100.1", password=TYPED) == 302


@pytest.mark.parametrize("claimed", ["1.2.3.4", "1.2.3.4, nonsense", "[::1]:80", "x" * 5000, "é"])
def test_no_claim_of_the_client_begins_a_new_count(eva, settings, claimed):
    settings.BEHIND_PROXY = True
    for number in range(ONE):
        guess(eva, HTTP_X_FORWARDED_FOR=f"{number}.0.0.1, 192.0.2.9")
    assert guess(eva, HTTP_X_FORWARDED_FOR=f"{claimed}, 192.0.2.9", password=TYPED) == 429


def test_names_that_nobody_has_are_counted_alike():
    nobody = User(username="nadie")
    statuses = [guess(nobody) for _ in range(ONE + 1)]
    assert statuses[-3:] == [200, 429, 429]


def test_a_refusal_says_when_to_try_again(eva):
    client = Client()
    for _ in range(ONE + 1):
        page = give_password(client, eva, "falsa")
    assert 0 < int(page["Retry-After"]) <= 3600


def test_the_count_ends_after_an_hour(eva):
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        for _ in range(ONE):
            guess(eva)
        clock.shift(3599)
        assert guess(eva, password=TYPED) == 429
        clock.shift(1)
        assert guess(eva, password=TYPED) == 302


def test_a_clock_that_was_put_back_locks_nobody_for_ever(eva):
    with time_machine.travel("2027-11-23T12:00:00Z", tick=False):
        for _ in range(ONE):
            guess(eva)
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False):
        assert guess(eva, password=TYPED) == 302


def test_who_took_its_time_a_little_before_the_first_counts_after_it():
    """Of many at once the row is not made by the one whose clock was read first."""
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    counted = [
        TryCount.objects.take("digest", 3, at - timedelta(seconds=each), "password")
        for each in (0, 1, 2, 60)
    ]
    assert counted == [True, True, True, False]


def test_no_name_and_no_address_is_stored(eva):
    guess(User(username="mi contraseña en el campo equivocado"))
    assert [*TryCount.objects.values_list("user", flat=True)] == [None] * 3
    assert all(len(each.digest) == 40 for each in TryCount.objects.all())


def test_the_own_password_is_not_guessed_in_my_account(eva):
    client = Client()
    client.force_login(eva)
    sent = {"first_name": "Eva", "email": "ladron@example.com", "password": "falsa"}
    statuses = [client.post("/admin/account/", sent).status_code for _ in range(ONE + 1)]
    assert statuses[-3:] == [200, 429, 429]
    assert client.post("/admin/account/", sent | {"password": TYPED}).status_code == 429


def test_the_own_password_is_not_guessed_where_it_is_changed(eva):
    client = Client()
    client.force_login(eva)
    new = "otras cuatro palabras raras"
    sent = {"old_password": "falsa", "new_password1": new, "new_password2": new}
    url = "/admin/password_change/"
    statuses = [client.post(url, sent).status_code for _ in range(ONE + 1)]
    assert statuses[-3:] == [200, 429, 429]
    assert client.post(url, sent | {"old_password": TYPED}).status_code == 429


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_no_more_than_one_after_the_other(eva):
    looked_at = []

    def note(sender, **kwargs):
        looked_at.append(kwargs["credentials"]["username"])

    user_login_failed.connect(note)
    try:
        statuses = in_threads(*[lambda: guess(eva)] * (ONE + 6))
    finally:
        user_login_failed.disconnect(note)
    assert looked_at == ["eva"] * ONE
    assert {200, 429} >= {*statuses}
    assert statuses.count(429) >= 6
