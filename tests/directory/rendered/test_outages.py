"""While the database is away, or as many wait for it as may."""

from contextlib import ExitStack
from threading import Event
from types import SimpleNamespace

import pytest
from django.db import OperationalError, ProgrammingError
from django.http import HttpResponse

from config import availability
from directory.public.caching import holding
from directory.rendered import versions
from tests.directory.rendered.asking import Server
from tests.threads import in_threads

PAGE = "/servicios/mesa/"


class ShutDown(Exception):
    """As a driver tells it."""

    sqlstate = "57P01"


def shut_down():
    error = OperationalError("terminating connection")
    error.__cause__ = ShutDown()
    return error


def refuse(*args):
    raise shut_down()


@pytest.fixture
def failing(monkeypatch):
    """Makes the narrow query fail with an error."""

    def fail(error):
        def query(*args):
            asked.append(args)
            raise error

        asked = []
        monkeypatch.setattr(versions, "_row", query)
        return asked

    return fail


def told(text, until=None, known_at=None, asked=None):
    """A Django that answers this."""

    def django(environ, start_response):
        if asked is not None:
            asked.append(environ["PATH_INFO"])
        response = HttpResponse(text, headers={"ETag": f'"{text}"'})
        start_response("200 OK", list(response.items()))
        if known_at:
            response.known_at = known_at
        return holding(response, until)

    return django


def test_nobody_asks_a_database_that_is_away(desk, failing):
    server = Server(django=told("conocido", known_at="10:42"))
    asked = failing(shut_down())
    given = [server.get(PAGE) for _ in range(3)]
    assert [each.text for each in given] == ["conocido"] * 3
    assert (len(asked), availability.is_away()) == (1, True)


def test_what_is_known_meanwhile_is_kept_for_seconds(desk, failing, monday):
    server = Server(django=told("conocido", known_at="10:42"))
    failing(shut_down())
    assert [server.get(PAGE).text for _ in range(2)] == ["conocido"] * 2
    assert len(server.renders) == 1
    monday.shift(availability.AWAY_FOR + 1)
    server.get(PAGE)
    assert len(server.renders) == 2


def test_what_was_known_during_an_outage_is_not_given_after_it(desk, failing, monkeypatch):
    server = Server(django=told("conocido", known_at="10:42"))
    with monkeypatch.context() as patch:
        patch.setattr(versions, "_row", refuse)
        server.get(PAGE)
    availability.note_back()
    server._django = told("ahora")
    assert server.get(PAGE).text == "ahora"
    assert server.get(PAGE).text == "ahora"


def test_what_is_kept_from_before_is_not_given_as_if_it_was_known(desk, failing):
    """Django says since when it is known."""
    server = Server(django=told("ahora"))
    server.get(PAGE)
    failing(shut_down())
    server._django = told("conocido", known_at="10:42")
    assert server.get(PAGE).text == "conocido"


def test_it_is_shown_again_as_soon_as_the_database_is_back(desk, monkeypatch):
    server = Server()
    first = server.get(PAGE)
    with monkeypatch.context() as patch:
        patch.setattr(versions, "_row", refuse)
        server.get(PAGE)
    availability.note_back()
    assert server.get(PAGE).body == first.body


def test_a_mistake_of_ours_is_no_outage(desk, failing):
    server = Server(django=told("dice lo que pasa"))
    failing(ProgrammingError("no such table"))
    assert server.get(PAGE).text == "dice lo que pasa"
    assert (availability.is_away(), len(server.serving.memory)) == (False, 0)


@pytest.fixture
def no_places(monkeypatch):
    def taken():
        monkeypatch.setattr(availability, "SOON", 0.0)
        stack = ExitStack()
        try:
            while True:
                stack.enter_context(availability.place())
        except availability.NoPlace:
            return stack

    return taken


def test_without_a_place_what_was_confirmed_lately_is_given(desk, no_places):
    server = Server()
    first = server.get(PAGE)
    with no_places():
        assert server.get(PAGE).body == first.body


def test_without_a_place_what_is_not_kept_is_told_to_be_asked_for_later(desk, no_places):
    server = Server()
    with no_places():
        given = [server.get(each) for each in (PAGE, "/en/", "/?q=x", "/api/v1/services/")]
    assert [(each.status, each["Retry-After"]) for each in given] == [(503, "30")] * 4
    assert ['<html lang="en"' in each.text for each in given] == [False, True, False, False]
    assert server.get(PAGE).status == 200


def test_what_was_confirmed_too_long_ago_is_not_given_without_a_place(desk, no_places, monkeypatch):
    server = Server()
    server.get(PAGE)
    monkeypatch.setattr("directory.rendered.serving.CONFIRMED_FOR", 0.0)
    with no_places():
        # Django knows one, and says since when.
        assert server.get(PAGE)["Cache-Control"] == "no-store"


def test_probes_and_files_need_no_place(desk, no_places):
    server = Server()
    with no_places():
        statuses = [server.get(each).status for each in ("/healthz", "/static/directory/site.css")]
    assert statuses == [200, 200]


class Slow:
    """A Django that answers when it is let."""

    def __init__(self, text="listo"):
        self.asked, self.go = 0, Event()
        self.began = Event()
        self._answer = told(text)

    def __call__(self, environ, start_response):
        self.asked += 1
        self.began.set()
        self.go.wait(20)
        return self._answer(environ, start_response)


@pytest.fixture
def versioned(monkeypatch):
    monkeypatch.setattr(versions, "version", lambda question: "1")


def test_who_asks_while_it_is_rendered_waits_for_it(versioned):
    slow = Slow()
    server = Server(django=slow)

    def first():
        return server.get(PAGE).text

    def second():
        slow.began.wait(20)
        slow.go.set()
        return server.get(PAGE).text

    assert in_threads(first, second) == ["listo", "listo"]
    assert slow.asked == 1


def test_nobody_waits_for_ever_for_who_renders(versioned, monkeypatch):
    monkeypatch.setattr("directory.rendered.serving.PATIENCE", 0.01)
    slow, quick = Slow(), told("otra vez")
    server = Server(django=slow)

    def first():
        return server.get(PAGE).text

    def second():
        slow.began.wait(20)
        server._django = quick
        try:
            return server.get(PAGE).text
        finally:
            slow.go.set()

    assert in_threads(first, second) == ["listo", "otra vez"]


def test_who_fails_to_render_lets_the_others_try(versioned):
    def broken(environ, start_response):
        raise ZeroDivisionError

    server = Server(django=broken)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            server.get(PAGE)
    server._django = told("bien")
    assert server.get(PAGE).text == "bien"
    assert not server.serving._rendering


class Connection:
    """A connection of Django, which the server has closed, or which is old."""

    def __init__(self, close_at=None, is_lost=False, in_atomic_block=False):
        self.close_at, self.in_atomic_block = close_at, in_atomic_block
        self.connection, self.closed = SimpleNamespace(closed=False), 0
        self._is_lost = is_lost

    def close(self):
        self.closed, self._is_lost = self.closed + 1, False

    def first_row(self, query, parameters):
        if self._is_lost:
            self.connection.closed = True
            raise OperationalError("server closed the connection unexpectedly")
        return ("1",)


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        ({}, 0),
        ({"close_at": 0.0}, 1),
        ({"close_at": float("inf")}, 0),
        ({"is_lost": True}, 1),
        ({"close_at": 0.0, "in_atomic_block": True}, 0),
    ],
)
def test_a_connection_that_is_lost_or_too_old_is_made_anew(monkeypatch, state, closed):
    connection = Connection(**state)
    monkeypatch.setattr(versions, "connections", {"default": connection})
    assert (versions._row("SELECT 1", ()), connection.closed) == (("1",), closed)


def test_a_connection_is_made_anew_once(monkeypatch):
    connection = Connection(is_lost=True)
    connection.close = lambda: None
    monkeypatch.setattr(versions, "connections", {"default": connection})
    with pytest.raises(OperationalError):
        versions._row("SELECT 1", ())
