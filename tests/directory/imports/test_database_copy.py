"""All of a database into another: the same rows with the same keys, or none."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from directory.imports.database_copy import SOURCE, copied_models, opened
from directory.management.commands.copy_database import _database
from directory.models import AuditEntry, Edition, Service
from tests.environment import manage
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The address of a database with five published services and an account."""
    address = f"sqlite:///{tmp_path_factory.mktemp('source') / 'db.sqlite3'}"
    manage("quickstart", "--no-server", timeout=120, DATABASE_URL=address).check_returncode()
    return address


def copy(source):
    said = io.StringIO()
    call_command("copy_database", source, stdout=said)
    return said.getvalue()


def rows(model, using):
    fields = [field.attname for field in model._meta.local_concrete_fields]
    return list(model._base_manager.using(using).order_by("pk").values_list(*fields))


def test_every_row_is_copied_with_its_key(source):
    assert "5" in copy(source)
    with opened(_database(source)):
        for model in copied_models():
            copied = rows(model, connection.alias)
            # The last one says that it was copied.
            copied = copied[:-1] if model is AuditEntry else copied
            assert copied == rows(model, SOURCE), model
    assert Edition.objects.count() == 5
    assert get_user_model().objects.get().username == "admin"
    assert AuditEntry.objects.latest("pk").details["what"] == "database"


def test_what_comes_next_has_keys_of_its_own(source, client):
    copy(source)
    last = Service.objects.latest("pk").pk
    assert ServiceFactory().pk > last
    assert "318 717 4937" in client.get("/servicios/clave-segura/").content.decode()


def test_a_database_with_rows_is_left_as_it_is(source):
    service = ServiceFactory()
    with pytest.raises(CommandError):
        copy(source)
    assert list(Service.objects.all()) == [service]


def test_a_history_that_does_not_hold_is_not_copied(source, monkeypatch):
    def broken(*args, **options):
        raise CommandError("The chain breaks")

    monkeypatch.setattr("directory.management.commands.verify_editions.Command.handle", broken)
    with pytest.raises(CommandError, match="The chain breaks"):
        copy(source)
    assert not Edition.objects.exists()
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "directory", "no://where", "sqlite:////no/such/folder/db.sqlite3"]
)
def test_what_is_no_database_is_refused_in_words(address):
    with pytest.raises(CommandError):
        copy(address)


def test_a_database_without_migrations_is_refused(tmp_path):
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(CommandError) as refused:
        copy(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert "migrate" in str(refused.value)
