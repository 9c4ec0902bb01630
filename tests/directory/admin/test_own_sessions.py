"""Sessions: they end by themselves, and are seen and closed by who has them."""

import re

import pytest
import time_machine
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.test import Client

from directory.admin.sign_in.own_sessions import device_in_words
from directory.models import Session
from tests.addresses import page_url
from tests.directory.pages import text_of
from tests.editing import told
from tests.second_factors import PASSWORD, give_password, is_inside, person

pytestmark = pytest.mark.django_db
URL = "/admin/account/sessions/"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
MINUTE = 60


@pytest.fixture
def eva():
    return person()


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23T12:00:00Z", tick=False) as clock:
        yield clock


def signed_in(user, agent=CHROME, address="192.0.2.1"):
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    give_password(client, user)
    return client


def test_sessions_are_shown_with_device_address_and_times(eva, clock):
    signed_in(eva, IPHONE, "198.51.100.7")
    clock.shift(5 * MINUTE)
    page = text_of(signed_in(eva).get(URL))
    assert "Chrome en Windows" in page
    assert "Safari en iPhone" in page
    assert "198.51.100.7" in page
    assert page.index("(esta)") < page.index("iPhone")


def test_the_key_of_a_session_is_never_shown(eva):
    clients = [signed_in(eva), signed_in(eva)]
    page = text_of(clients[0].get(URL))
    assert not any(each.session.session_key in page for each in clients)


def names(client):
    return re.findall(r'name="session" value="(\w+)"', client.get(URL).content.decode())


def test_one_is_closed(eva):
    mine, lost, other = (signed_in(eva) for _ in range(3))
    name = Session.objects.get(pk=lost.session.session_key).name
    assert len(names(mine)) == 2
    mine.post(URL, {"session": name})
    assert [is_inside(each) for each in (mine, lost, other)] == [True, False, True]


def test_all_others_are_closed(eva):
    mine, *others = (signed_in(eva) for _ in range(3))
    assert "2 sesiones" in told(mine.post(URL))[0]
    assert [is_inside(each) for each in (mine, *others)] == [True, False, False]


def test_nobody_closes_those_of_somebody_else(eva):
    other = signed_in(person("otra"))
    name = Session.objects.get(pk=other.session.session_key).name
    signed_in(eva).post(URL, {"session": name})
    assert is_inside(other)


def test_the_own_one_is_not_closed_by_its_name(eva):
    mine = signed_in(eva)
    mine.post(URL, {"session": Session.objects.get(pk=mine.session.session_key).name})
    assert is_inside(mine)


def test_the_form_of_a_person_closes_all_of_them(eva):
    theirs = signed_in(person("otra"))
    manager = signed_in(eva)
    other = User.objects.get(username="otra")
    assert "Cerrar todas las sesiones" in text_of(manager.get(page_url(User, "change", other.pk)))
    manager.post(page_url(User, "close_sessions", other.pk))
    assert not is_inside(theirs)
    assert is_inside(manager)


def test_a_session_ends_after_idle_time(eva, clock, settings):
    client = signed_in(eva)
    for _ in range(3):
        clock.shift(MINUTE * settings.SESSION_IDLE_MINUTES - 1)
        assert is_inside(client)
    clock.shift(MINUTE * settings.SESSION_IDLE_MINUTES + 1)
    assert not is_inside(client)


def test_a_session_ends_after_twelve_hours_whatever_is_done(eva, clock):
    client = signed_in(eva)
    for _ in range(12):
        assert is_inside(client)
        clock.shift(60 * MINUTE)
    assert not is_inside(client)


def test_use_is_written_once_a_minute(eva, clock, django_assert_num_queries):
    client = signed_in(eva)

    def writes():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            for _ in range(5):
                client.get(URL)
        return [each["sql"] for each in queries if each["sql"].startswith("UPDATE")]

    assert writes() == []
    clock.shift(2 * MINUTE)
    assert len(writes()) == 1


def test_a_closed_session_comes_back_by_nothing(eva):
    mine, other = signed_in(eva), signed_in(eva)
    key = other.session.session_key
    mine.post(URL)
    thief = Client()
    thief.cookies[site_settings.SESSION_COOKIE_NAME] = key
    assert not is_inside(thief)
    assert not is_inside(other)


def test_another_password_ends_the_other_sessions(eva):
    mine, other = signed_in(eva), signed_in(eva)
    new = "otras cuatro palabras raras"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert mine.post("/admin/password_change/", sent)["Location"] == "/admin/password_change/done/"
    assert is_inside(mine)
    assert not is_inside(other)
    assert Session.objects.of(eva).count() == 1


def test_who_is_deactivated_is_out_at_once(eva):
    other = person("otra")
    theirs = signed_in(other)
    signed_in(eva).post(page_url(User, "deactivate", other.pk))
    assert not is_inside(theirs)
    assert not Session.objects.of(other).exists()


def test_sessions_that_ended_are_deleted_when_somebody_signs_in(eva, clock):
    signed_in(eva)
    clock.shift(13 * 60 * MINUTE)
    signed_in(eva)
    assert Session.objects.count() == 1


def test_the_page_costs_the_same_for_many_sessions(eva, django_assert_num_queries):
    mine = signed_in(eva)
    mine.get(URL)
    with django_assert_num_queries(3):
        mine.get(URL)
    for _ in range(12):
        signed_in(eva)
    with django_assert_num_queries(3):
        mine.get(URL)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome en Windows"),
        (CHROME + " Edg/130.0.0.0", "Edge en Windows"),
        (IPHONE, "Safari en iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox en Linux",
        ),
        ("curl/8.5.0", "Un programa desconocido"),
        ("", "Un programa desconocido"),
        ("<script>" + "x" * 5000, "Un programa desconocido"),
    ],
)
def test_devices_are_told_in_words(agent, words):
    assert device_in_words(agent) == words


def test_an_odd_user_agent_is_no_trouble(eva):
    client = signed_in(eva, "<b>" + "x" * 5000)
    assert "<b>x" not in text_of(client.get(URL))
