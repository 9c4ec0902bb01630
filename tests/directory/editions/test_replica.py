"""Public pages and the API read from a replica that has all, and from the primary otherwise."""

import pytest
from django.db import OperationalError, connection, connections, router

from config import availability
from directory.editions import replica
from directory.editions.publish import publish
from directory.models import DirectoryVersion, Edition, Service
from tests.factories import ServiceFactory
from tests.people import client_of
from tests.second_factors import person

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/",
    "/servicios/soporte/",
    "/servicios/soporte/ediciones/",
    "/api/v1/services/soporte/",
]


@pytest.fixture
def asked(settings, monkeypatch):
    """Where models are read from; the replica is the same connection by another name."""
    ServiceFactory(slug="soporte")
    publish(Service.objects.all())
    settings.HAS_REPLICA = True
    monkeypatch.setattr(replica, "_away_until", 0.0)
    availability.note_back()
    asked = []

    class Noted(replica.Router):
        def db_for_read(self, model, **hints):
            alias = super().db_for_read(model, **hints)
            asked.append((model, alias))
            return alias

    monkeypatch.setattr(router, "routers", [Noted()])
    monkeypatch.setitem(connections.settings, replica.REPLICA, connections.settings["default"])
    connections[replica.REPLICA] = connection
    yield asked
    del connections[replica.REPLICA]


def places(asked, model=Edition):
    return {alias for each, alias in asked if each is model}


@pytest.fixture
def marks(monkeypatch):
    """Say which mark the replica has: a text, or an error."""

    def marks(of_replica):
        ours = replica._mark

        def mark(alias):
            if alias != replica.REPLICA:
                return ours(alias)
            if isinstance(of_replica, Exception):
                raise of_replica
            return of_replica

        monkeypatch.setattr(replica, "_mark", mark)

    return marks


@pytest.mark.parametrize("address", ADDRESSES)
def test_public_pages_and_the_api_are_read_from_the_replica(client, asked, address):
    assert client.get(address).status_code == 200
    assert places(asked) == {replica.REPLICA}


def test_the_back_office_is_read_from_the_primary(asked):
    client_of(person()).get("/admin/")
    assert {alias for _model, alias in asked} == {"default"}


def test_without_a_replica_nothing_more_is_asked(client, asked, settings):
    settings.HAS_REPLICA = False
    client.get("/servicios/soporte/")
    assert {alias for _model, alias in asked} == {"default"}
    assert places(asked, DirectoryVersion) == set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_replica_that_lags_is_not_read(client, asked, marks, address):
    marks("an earlier one")
    assert client.get(address).status_code == 200
    assert places(asked) == {"default"}


def test_a_replica_that_is_away_is_left_alone_for_a_while(client, asked, marks):
    marks(OperationalError("away"))
    assert client.get("/servicios/soporte/").status_code == 200
    assert places(asked) == {"default"}
    marks(AssertionError("asked again"))
    assert client.get("/servicios/soporte/").status_code == 200
    assert not availability.is_away()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_replica_that_fails_half_way_is_done_without(client, asked, monkeypatch, address):
    def fail(execute, *args):
        raise replica.ReplicaFailed from OperationalError("canceled: conflict with recovery")

    monkeypatch.setattr(replica, "_executed", fail)
    response = client.get(address)
    assert response.status_code == 200
    assert "no-store" not in response["Cache-Control"]
    assert places(asked) == {replica.REPLICA, "default"}
    assert not availability.is_away()


def test_errors_of_the_replica_are_none_of_the_primary():
    def execute(*args):
        raise OperationalError("away")

    with pytest.raises(replica.ReplicaFailed):
        replica._executed(execute, "SELECT 1", (), False, {})


def test_while_the_primary_is_away_the_replica_is_not_asked(client, asked, monkeypatch):
    monkeypatch.setattr(availability, "is_away", lambda: True)
    assert not replica._is_in_step()
    assert asked == []


def test_nothing_is_written_or_migrated_there():
    routing = replica.Router()
    assert routing.db_for_write(Edition) == "default"
    assert [routing.allow_migrate(alias, "directory") for alias in ("default", "replica")] == [
        True,
        False,
    ]
