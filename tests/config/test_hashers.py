"""Passwords are kept with Argon2; many at once do not stop the pages of customers."""

import threading

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import Client, override_settings

from config import hashers
from config.hashers import Argon2, HashingBusy, place
from tests.addresses import INDEX
from tests.directory.pages import text_of
from tests.second_factors import PASSWORD, give_password, is_inside, person

HASHERS = ["config.hashers.Argon2", "config.hashers.PBKDF2"]


@pytest.fixture
def _slow():
    with override_settings(PASSWORD_HASHERS=HASHERS):
        yield


@pytest.mark.usefixtures("_slow")
def test_a_new_password_is_kept_with_argon2():
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert check_password(PASSWORD, kept)
    assert not check_password("otra", kept)


@pytest.mark.django_db
@pytest.mark.usefixtures("_slow")
def test_what_was_kept_otherwise_is_made_anew_on_signing_in():
    eva = person()
    eva.password = hashers.PBKDF2().encode(PASSWORD, "salsalsalsal", iterations=1000)
    eva.save()
    client = Client()
    give_password(client, eva)
    assert is_inside(client)
    eva.refresh_from_db()
    assert identify_hasher(eva.password).algorithm == "argon2"


@pytest.mark.django_db
@pytest.mark.usefixtures("_slow")
def test_who_comes_when_all_places_are_taken_is_told_when_to_try_again():
    eva = person()
    places = [place() for _ in range(settings.PASSWORDS_HASHED_AT_ONCE)]
    for each in places:
        each.__enter__()
    try:
        client = Client()
        page = give_password(client, eva)
        assert page.status_code == 503
        assert int(page["Retry-After"]) == hashers.SECONDS
        assert "Un momento" in text_of(page)
        # Pages go on.
        assert client.get("/").status_code == 200
    finally:
        for each in places:
            each.__exit__(None, None, None)
    assert give_password(client, eva)["Location"] == INDEX
    assert is_inside(client)


def test_fifty_at_once_are_hashed_by_few(monkeypatch):
    """Fifty threads want a place at the same instant: as many as are allowed get one, the others
    are told at once, and none of them waits."""
    at_once, most, lock = 0, 0, threading.Lock()
    begin, end = threading.Barrier(50), threading.Barrier(50)
    results = []

    def slow(*args, **kwargs):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        end.wait(30)
        with lock:
            at_once -= 1
        return "hashed"

    def work():
        begin.wait(30)
        try:
            results.append(hashers._in_place(slow))
        except HashingBusy:
            results.append("busy")
            end.wait(30)

    threads = [threading.Thread(target=work) for _ in range(50)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert most == settings.PASSWORDS_HASHED_AT_ONCE
    assert results.count("hashed") == settings.PASSWORDS_HASHED_AT_ONCE
    assert results.count("busy") == 50 - settings.PASSWORDS_HASHED_AT_ONCE


def test_half_of_the_threads_serve_pages():
    assert settings.PASSWORDS_HASHED_AT_ONCE == 2
    assert Argon2.memory_cost * 1024 * settings.PASSWORDS_HASHED_AT_ONCE < 100 * 2**20
