"""Requests that hang on the database leave a thread to what needs none, and one another time."""

import io
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection

from config import availability
from config.places import Places
from directory.editions.publish import publish
from directory.models import Service
from tests.factories import complete_service

pytestmark = pytest.mark.django_db
READER = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
STAFF = {"REQUEST_METHOD": "POST", "PATH_INFO": "/admin/directory/service/add/"}


@pytest.fixture(autouse=True)
def four_threads(settings, monkeypatch):
    settings.GUNICORN_THREADS = 4
    availability._places.cache_clear()
    monkeypatch.setattr(availability, "SOON", 0)
    yield
    availability._places.cache_clear()


def full(environ, times):
    """Whether the last of so many requests, each of which hangs while the next one comes, was told
    to ask no database."""
    refused = []

    def handler(environ, start_response):
        try:
            availability.refuse()
        except availability.Away:
            refused.append(len(within))
        if len(within) < times:
            within.append(environ)
            site(environ, start_response)
        return []

    within = [environ]
    site = Places(handler)
    site(environ, None)
    return refused


def test_one_thread_is_left_by_readers_and_half_of_them_by_staff():
    assert full(READER, 3) == []
    assert full(READER, 4) == [4]
    assert full(STAFF, 2) == []
    assert full(STAFF, 3) == [3]
    assert full({**STAFF, "REQUEST_METHOD": "GET"}, 3) == []


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/directory/site.css"])
def test_probes_and_files_need_no_place(path):
    assert full({**READER, "PATH_INFO": path}, 20) == []


def test_places_are_free_again_whatever_happens():
    def fail(environ, start_response):
        raise ZeroDivisionError

    for _ in range(10):
        with pytest.raises(ZeroDivisionError):
            Places(fail)(STAFF, None)
    assert full(STAFF, 2) == []


def test_nobody_asks_a_database_that_was_found_away():
    availability.note_away()
    assert full(READER, 1) == [1]
    availability.note_back()
    assert full(READER, 1) == []


def test_each_statement_of_a_request_has_a_limit_and_those_of_commands_none(settings):
    limits = []

    def handler(environ, start_response):
        limits.append(availability.patience())
        return []

    Places(handler)(READER, None)
    Places(handler)(STAFF, None)
    settings.DATABASE_STATEMENT_SECONDS = 60
    Places(handler)(STAFF, None)
    assert limits == [4, 17, 62]
    assert availability.patience() is None


def answered(path, method="GET", body=b"", **environ):
    """What is answered where there is no place: status, and the text."""
    started = []
    request = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        **environ,
    }
    availability.note_away()
    answer = Places(WSGIHandler())(request, lambda status, headers: started.append(status))
    return int(started[0][:3]), b"".join(answer).decode()


@pytest.mark.parametrize("path", ["/servicios/nada/", "/?q=x", "/servicios/nada/seguir/", "/nada"])
def test_without_a_place_and_without_what_is_known_it_is_a_503(path, django_assert_num_queries):
    with django_assert_num_queries(0):
        status, text = answered(path)
    assert status == 503
    assert "<h1>Un momento, por favor</h1>" in text


def test_staff_without_a_place_keep_what_they_typed(client, django_assert_num_queries):
    client.force_login(User.objects.create_superuser("ana"))
    cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"
    body = f"name=Lo+que+escribi&csrfmiddlewaretoken={'a' * 32}".encode()
    with django_assert_num_queries(0):
        status, text = answered(
            "/admin/directory/requesttype/add/", "POST", body, HTTP_COOKIE=cookie
        )
    assert status == 503
    assert 'value="Lo que escribi"' in text


def test_connections_on_which_something_failed_are_given_up(monkeypatch):
    closed = []

    def opened(name, errors_occurred=False, in_atomic_block=False):
        return SimpleNamespace(
            errors_occurred=errors_occurred,
            in_atomic_block=in_atomic_block,
            close=lambda: closed.append(name),
        )

    known = [opened("well"), opened("failed", True), opened("of a test", True, True)]
    connections = SimpleNamespace(all=lambda initialized_only: known)
    monkeypatch.setattr("config.places.connections", connections)
    Places(lambda *args: [])(READER, None)
    assert closed == ["failed"]


def test_what_is_known_is_served_without_a_place(client, django_assert_num_queries):
    complete_service(slug="uno")
    publish(Service.objects.all())
    client.get("/servicios/uno/")
    with django_assert_num_queries(0):
        status, text = answered("/servicios/uno/")
    assert status == 200
    assert text.count('class="known-since"') == 1


def test_nothing_is_asked_where_nothing_may_be():
    with availability.without_database():
        with pytest.raises(availability.Away):
            Service.objects.exists()
        with pytest.raises(availability.Away):
            next(Service.objects.iterator(), None)
        with pytest.raises(OperationalError):
            connection.connect()
    assert not Service.objects.exists()
