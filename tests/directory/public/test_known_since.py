"""While the database is away customers read what was read last, and since when it is known."""

import msgspec
import pytest
import time_machine
from django.core.cache import caches
from django.db import InterfaceError, OperationalError, connection

from config import availability
from directory.editions import last_known
from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.factories import complete_service
from tests.html import words

pytestmark = pytest.mark.django_db
# Monday.
MORNING, EVENING = "2026-11-23T10:42:00-05:00", "2026-11-23T20:00:00-05:00"
TOLD = "Información conocida a las 10:42 a.m.: por ahora no se puede consultar"


@pytest.fixture(autouse=True)
def services():
    with time_machine.travel(MORNING, tick=False):
        first, second = complete_service(slug="uno"), complete_service(slug="dos")
        publish(Service.objects.all())
        yield first, second


@pytest.fixture
def away(monkeypatch):
    """A function with which the database answers no more; the calls of it that came meanwhile."""
    asked = []

    def refuse(*args, **kwargs):
        asked.append(args)
        raise OperationalError("the database is away")

    def begin():
        monkeypatch.setattr(connection, "cursor", refuse)
        monkeypatch.setattr(connection, "ensure_connection", refuse)
        return asked

    return begin


def later(client, *paths, at=EVENING):
    with time_machine.travel(at, tick=False):
        return [client.get(path) for path in paths]


def read_before(client):
    for path in ("/", "/servicios/uno/", "/servicios/dos/"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/servicios/uno/",
        "/en/servicios/uno/",
        "/servicios/uno/?request_type=incidente",
        "/servicios/uno/tarjeta/",
        "/servicios/uno/avisar/",
        "/servicios/uno/seguir/",
        "/",
    ],
)
def test_a_page_of_what_is_known_says_since_when_and_is_kept_by_nobody(client, away, path):
    client.get("/servicios/uno/")
    client.get("/")
    fresh = client.get(path)
    assert "known-since" not in fresh.content.decode()
    away()
    [response] = later(client, path)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    page = words(response.content.decode())
    told = "Information known at 10:42 a.m.: right now nobody" if "/en/" in path else TOLD
    assert page.count(told) == 1


def test_what_is_known_is_told_for_the_present_instant(client, away):
    read_before(client)
    fresh = client.get("/servicios/uno/").content.decode()
    away()
    [response] = later(client, "/servicios/uno/")
    assert "hasta las 7 p.m." in words(fresh)
    assert "abre mañana a las 7 a.m." in words(response.content.decode())


@pytest.mark.parametrize("at", ["2026-11-24T08:00:00-05:00", "2026-11-24T10:41:00-05:00"])
def test_what_is_of_another_day_says_so(client, away, at):
    read_before(client)
    away()
    [response] = later(client, "/servicios/uno/", at=at)
    told = "Información conocida el 23 de noviembre de 2026 a las 10:42 a.m.:"
    assert told in words(response.content.decode())


def test_what_is_older_than_a_day_is_not_given(client, away):
    read_before(client)
    away()
    [response] = later(client, "/servicios/uno/", at="2026-11-24T10:43:00-05:00")
    assert response.status_code == 503


def test_the_api_says_since_when(client, away):
    paths = ["/api/v1/services/uno/", "/api/v1/services/uno/now/", "/api/v1/services/"]
    fresh = [client.get(path).json() for path in paths]
    assert [each.get("known_at") for each in fresh] == [None] * 3
    away()
    for path, before in zip(paths, fresh, strict=True):
        [response] = later(client, path, at=MORNING)
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        assert response.json() == {**before, "known_at": MORNING}


@pytest.mark.parametrize(
    "path",
    ["/servicios/uno/contactos.vcf", "/servicios/uno/calendario.ics", "/servicios/uno/qr.svg"],
)
def test_files_are_of_what_is_known_too(client, away, path):
    fresh = client.get(path)
    assert fresh.status_code == 200
    away()
    [response] = later(client, path, at=MORNING)
    assert (response.content, response["Cache-Control"]) == (fresh.content, "no-store")


@pytest.mark.parametrize(
    "path", ["/servicios/tres/", "/api/v1/services/tres/", "/?q=uno", "/?page=2", "/sitemap.xml"]
)
def test_what_is_not_known_is_a_503_and_no_404(client, away, path):
    read_before(client)
    away()
    [response] = later(client, path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_list_of_which_a_part_is_not_known_is_a_503(client, away, services):
    read_before(client)
    last_known.memory.forget(f"service:{services[0].pk}")
    away()
    assert [each.status_code for each in later(client, "/", "/api/v1/services/")] == [503, 503]


def test_a_report_that_cannot_be_stored_is_told_with_what_was_typed(client, away):
    read_before(client)
    away()
    form = {"problem": "no_answer", "text": "Nadie contesta"}
    response = client.post("/servicios/uno/avisar/", form)
    assert response.status_code == 422
    assert "Nadie contesta" in response.content.decode()


def test_nobody_asks_again_within_two_seconds(client, away):
    read_before(client)
    asked = away()
    later(client, "/servicios/uno/")
    before = len(asked)
    later(client, *["/servicios/uno/", "/", "/servicios/tres/", "/api/v1/services/uno/"] * 3)
    assert len(asked) == before
    availability.note_back()
    later(client, "/servicios/uno/")
    assert len(asked) > before


def test_what_is_read_anew_is_what_is_known_from_then_on(client, away, services):
    read_before(client)
    with time_machine.travel("2026-11-23T15:05:00-05:00", tick=False):
        services[0].introduction = "Nuevo"
        services[0].save()
        publish(Service.objects.all())
        assert "known-since" not in client.get("/servicios/uno/").content.decode()
    away()
    [response] = later(client, "/servicios/uno/")
    page = words(response.content.decode())
    assert "Nuevo" in page
    assert "Información conocida a las 3:05 p.m." in page


def test_a_service_that_has_no_page_any_more_is_forgotten(client, away, services):
    read_before(client)
    Service.objects.filter(slug="uno").update(is_published=False)
    assert client.get("/servicios/uno/").status_code == 404
    away()
    assert later(client, "/servicios/uno/")[0].status_code == 503


def test_what_was_altered_since_is_shown_to_nobody(client, away, services):
    read_before(client)
    known = last_known.memory.get(f"service:{services[0].pk}")
    values = last_known._unpacked(known.packed)
    values["document"] = values["document"].replace("Incidentes", "Fraude")
    name = f"service:{services[0].pk}"
    last_known.memory.put(name, known._replace(packed=last_known._packed(values)))
    away()
    [response] = later(client, "/servicios/uno/")
    assert response.status_code == 503
    assert "Fraude" not in response.content.decode()


@pytest.mark.parametrize("error", [ZeroDivisionError, InterfaceError])
def test_a_mistake_of_ours_is_not_hidden_by_what_is_known(client, monkeypatch, error):
    read_before(client)
    client.raise_request_exception = False

    def fail(*args):
        raise error

    monkeypatch.setattr("directory.public.views.current_of", fail)
    assert client.get("/servicios/uno/").status_code == 500


@pytest.fixture
def shared(settings, monkeypatch):
    """A cache that processes share."""
    one = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}
    settings.CACHES = {**settings.CACHES, "answers": one}
    monkeypatch.setattr(last_known, "_cache_away_until", 0.0)
    caches["answers"].clear()
    return caches["answers"]


def test_all_processes_know_what_one_has_read_where_they_share_a_cache(client, away, shared):
    read_before(client)
    last_known.memory.clear()
    away()
    responses = later(client, "/servicios/uno/", "/")
    assert [each.status_code for each in responses] == [200, 200]
    assert TOLD in words(responses[0].content.decode())


def test_who_only_writes_to_the_cache_brings_no_former_number_back(client, away, services, shared):
    read_before(client)
    name = f"service:{services[0].pk}"
    known = last_known.memory.get(name)
    forged = b"0" * 32 + msgspec.msgpack.encode((known.packed, known.at))
    last_known.memory.clear()
    shared.set(last_known._key(name), forged)
    away()
    assert [each.status_code for each in later(client, "/servicios/uno/")] == [503]


def test_a_cache_that_is_away_too_costs_nothing_but_what_others_know(
    client, away, monkeypatch, shared
):
    asked = []

    def fail(*args):
        asked.append(args)
        raise ConnectionError

    monkeypatch.setattr(shared, "set", fail)
    monkeypatch.setattr(shared, "get", fail)
    read_before(client)
    away()
    responses = later(client, "/servicios/uno/", "/servicios/tres/")
    assert [each.status_code for each in responses] == [200, 503]
    assert len(asked) == 1


def test_the_process_remembers_no_more_than_it_may(client, monkeypatch):
    client.get("/servicios/uno/")
    one = last_known.memory._bytes
    assert 0 < one < 10_000
    monkeypatch.setattr(last_known, "BYTES", one + 50)
    client.get("/servicios/dos/")
    assert last_known.memory.get("slug:uno") is None
    assert last_known.memory.get("slug:dos") is not None
    assert last_known.memory._bytes <= one + 50


def test_what_was_seen_to_be_current_is_known_since_then(client, away, services):
    read_before(client)
    edition = Edition.objects.get(service=services[0])
    with time_machine.travel("2026-11-23T15:05:00-05:00", tick=False):
        last_known.confirm("uno", edition.digest)
        last_known.confirm("dos", edition.digest)
        last_known.confirm("tres", edition.digest)
    away()
    first, second = later(client, "/servicios/uno/", "/servicios/dos/")
    assert "conocida a las 10:42 a.m." in words(second.content.decode())
    assert "conocida a las 3:05 p.m." in words(first.content.decode())
