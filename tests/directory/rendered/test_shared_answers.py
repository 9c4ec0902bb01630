"""What processes share, and that nobody else changes it."""

import pytest
from django.core.cache import caches

from config.caches import caches as caches_at
from directory.editions.publish import publish
from directory.models import Service
from directory.rendered import shared
from directory.rendered.shared import Shared
from tests.directory.rendered.asking import Server

PAGE = "/servicios/mesa/"
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def store(settings):
    """Stands for a Redis: bytes by their keys."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
        shared.ALIAS: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "answers",
        },
    }
    caches[shared.ALIAS].clear()
    yield caches[shared.ALIAS]
    caches[shared.ALIAS].clear()


def names(store):
    """The keys of the pages in it."""
    keys = [key.rpartition(":")[2] for key in store._cache]
    return [key for key in keys if b"<!doctype html>" in store.get(key)]


@pytest.fixture
def two(store, desk):
    """Two processes."""
    return Server(shared=Shared()), Server(shared=Shared())


def test_what_one_process_has_rendered_another_gives(two):
    one, other = two
    first = one.get(PAGE, accept_encoding="br")
    given = other.get(PAGE, accept_encoding="br")
    assert (len(one.renders), len(other.renders)) == (1, 0)
    assert (given.body, given["ETag"]) == (first.body, first["ETag"])


def test_an_answer_of_the_api_is_the_same_everywhere(two, monday):
    path = "/api/v1/services/mesa/now/"
    first = two[0].get(path)
    monday.shift(60)
    assert two[1].get(path, if_none_match=first["ETag"]).status == 304


def test_a_publication_is_shown_by_all(two):
    for server in two:
        server.get(PAGE)
    Service.objects.update(name="Mesa nueva")
    publish(Service.objects.all())
    assert ["Mesa nueva" in server.get(PAGE).text for server in two] == [True, True]


def test_nothing_is_shared_beyond_its_end(two, monday):
    two[0].get(PAGE)
    monday.move_to("2026-11-23T19:00:00-05:00")
    two[1].get(PAGE)
    assert len(two[1].renders) == 1


def test_who_writes_to_redis_puts_nothing_into_a_page(two, store):
    one, other = two
    one.get(PAGE)
    (key,) = names(store)
    store.set(key, store.get(key).replace(b"601 744 2727", b"900 000 0000"))
    assert b"900 000 0000" not in other.get(PAGE).body
    assert len(other.renders) == 1


def test_an_entry_in_the_place_of_another_is_not_taken(two, store):
    one, other = two
    one.get(PAGE)
    one.get("/")
    first, second = names(store)
    values = store.get(first), store.get(second)
    store.set(first, values[1])
    store.set(second, values[0])
    assert "Mesa" in other.get(PAGE).text
    assert len(other.renders) == 1


@pytest.mark.parametrize("rubbish", [b"", b"x" * 31, b"x" * 500, "text", 7])
def test_rubbish_is_no_answer(two, store, rubbish):
    one, other = two
    one.get(PAGE)
    for key in names(store):
        store.set(key, rubbish)
    assert (other.get(PAGE).status, len(other.renders)) == (200, 1)


def test_another_release_renders_for_itself(store, desk, settings):
    Server(shared=Shared()).get(PAGE)
    settings.MIRROR_URL = "https://copia.example.com"
    server = Server(shared=Shared())
    server.get(PAGE)
    assert len(server.renders) == 1


def test_no_failure_of_redis_is_one_of_a_page(desk, settings, monkeypatch):
    settings.CACHES = caches_at(NOBODY_LISTENS)
    server = Server(shared=Shared())
    asked = []
    get = caches[shared.ALIAS].get
    monkeypatch.setattr(caches[shared.ALIAS], "get", lambda key: asked.append(key) or get(key))
    given = [server.get(each).status for each in (PAGE, "/", "/en/")]
    # After a failure nobody asks for some seconds.
    assert (given, len(asked)) == ([200] * 3, 1)
