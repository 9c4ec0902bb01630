import pytest
from django.core.management import call_command

from tests.factories import UserFactory
from tests.people import client_of


@pytest.fixture
def people(db):
    """Two people at work in the back office: the clients of ana and beto."""
    everything = {"is_staff": True, "is_superuser": True}
    return [client_of(UserFactory(username=name, **everything)) for name in ("ana", "beto")]


@pytest.fixture
def roles(db):
    """The groups of the fixture "roles"."""
    call_command("loaddata", "roles", verbosity=0)


@pytest.fixture
def unchecked(monkeypatch):
    """Where only the answer counts: the checks that follow it, which take as long, change none."""
    monkeypatch.setattr("config.admin_site._check_changes", lambda: None)
