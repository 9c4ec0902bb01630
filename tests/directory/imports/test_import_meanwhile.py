"""While an import runs others read, save and publish, and it takes into account what they did."""

import json
import threading
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction

from directory.editions import document, turn
from directory.editions.publish import publish, take_publishing_turn
from directory.editions.verifying import breaks
from directory.imports.fixtures import fixture_import
from directory.imports.fixtures.planner import Planner
from directory.models import (
    Channel,
    ContactPoint,
    Edition,
    ScheduleException,
    Service,
    TimeSpan,
)
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    channel,
    channel_contact,
    phone,
    service,
    span,
)
from tests.factories import ExceptionFactory
from tests.threads import in_threads

pytestmark = pytest.mark.django_db
SECONDS = 60
# SQLite has one writer at a time.
on_postgresql = pytest.mark.postgresql
NEW = [
    service(slug="dos", name="Dos", introduction="Hola"),
    channel(service=["dos"]),
    channel_contact(channel=["dos", "telefonico"]),
]


@pytest.fixture
def half_done(transactional_db, database_for_threads, load, monkeypatch, tmp_path):
    """A block during which an import of these objects, in a thread, stands still before `step` of
    an object; the import ends with the block."""

    @contextmanager
    def half_done(objects, where, step):
        path = tmp_path / "meanwhile.json"
        path.write_text(json.dumps(objects), encoding="utf-8")
        reached, go_on, errors = threading.Event(), threading.Event(), []
        original = getattr(where, step)

        def stand_still(*args, **kwargs):
            reached.set()
            assert go_on.wait(SECONDS)
            return original(*args, **kwargs)

        def run():
            try:
                call_command("loaddata", str(path), verbosity=0)
            except Exception as error:
                errors.append(error)
            finally:
                reached.set()
                connections.close_all()

        monkeypatch.setattr(where, step, stand_still)
        thread = threading.Thread(target=run)
        thread.start()
        try:
            assert reached.wait(SECONDS)
            monkeypatch.setattr(where, step, original)
            yield
        finally:
            go_on.set()
            thread.join(SECONDS)
        if errors:
            raise errors[0]

    return half_done


def elsewhere(work):
    """What `work` returns, done with a connection of its own."""
    (result,) = in_threads(work)
    return result


def save(rows, **values):
    """What an editor does: save, and publish the pages that show it."""

    def work():
        with transaction.atomic():
            take_publishing_turn()
            rows.all().update(**values)
            return [str(edition) for edition in publish(Service.objects.all())]

    return elsewhere(work)


def shown(slug):
    """The numbers of a service's editions, and its current document."""
    of_service = Edition.objects.filter(service__slug=slug).order_by("number")
    editions = elsewhere(lambda: list(of_service.all()))
    return [edition.number for edition in editions], document.decode(editions[-1].document)


def broken():
    return elsewhere(lambda: list(breaks()))


@on_postgresql
def test_others_save_and_publish_until_it_is_the_turn_of_an_import(load, half_done):
    elsewhere(lambda: load(DIRECTORY))
    number = ContactPoint.objects.filter(code="linea")
    with half_done(NEW, turn, "take_publishing_turn"):
        # A number that the new service gives too.
        assert save(number, phone="+576017442828") == ["Uno, edición 2"]
        assert save(Channel.objects.all(), description="Otra") == ["Uno, edición 3"]
    assert shown("uno")[0] == [1, 2, 3]
    numbers, now = shown("dos")
    assert numbers == [1]
    assert now.channels[0].contacts[0].value == "+576017442828"
    assert broken() == []


@on_postgresql
def test_what_is_half_written_is_read_by_nobody_and_who_saves_waits(load, half_done, client):
    elsewhere(lambda: load(DIRECTORY))

    def save_without_waiting():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '20ms'")
            take_publishing_turn()

    with half_done(NEW, fixture_import, "write_last"):
        assert client.get("/servicios/uno/").status_code == 200
        assert client.get("/servicios/dos/").status_code == 404
        with pytest.raises(OperationalError, match="lock timeout"):
            elsewhere(save_without_waiting)
    assert client.get("/servicios/dos/").status_code == 200


@on_postgresql
def test_a_save_of_what_an_import_brings_too_does_not_wait_for_it(load, half_done):
    """It would have the turn for which the import waits, and wait for a row of that."""
    elsewhere(lambda: load(DIRECTORY))
    new = [phone(code="nuevo", phone="601 744 2900"), *NEW]
    refusal = pytest.raises(CommandError, match="ya es un medio de contacto")
    with refusal, half_done(new, turn, "take_publishing_turn"):
        save(ContactPoint.objects.filter(code="linea"), phone="+576017442900")


@on_postgresql
@pytest.mark.parametrize(
    "edit",
    [
        lambda: save(TimeSpan.objects.all(), closes="18:00"),
        lambda: (TimeSpan.objects.all().delete(), publish(Service.objects.all())),
    ],
)
def test_hours_that_were_changed_meanwhile_are_those_of_the_new_page(load, half_done, edit):
    elsewhere(lambda: load(DIRECTORY))
    with half_done(NEW, turn, "take_publishing_turn"):
        edit()
    assert shown("dos")[1].schedules == shown("uno")[1].schedules


@on_postgresql
def test_an_exception_that_was_deleted_meanwhile_is_on_no_new_page(load, half_done):
    elsewhere(lambda: load(DIRECTORY))
    elsewhere(lambda: ExceptionFactory(first_day=date(2199, 12, 24)))
    with half_done(NEW, turn, "take_publishing_turn"):
        elsewhere(lambda: ScheduleException.objects.get().delete())
    assert shown("dos")[1].schedules["oficina"].exceptions == ()


@on_postgresql
def test_new_pages_are_published_once_where_nobody_changed_what_they_show(load, half_done):
    elsewhere(lambda: load(DIRECTORY))
    with half_done(NEW, turn, "take_publishing_turn"):
        save(Service.objects.filter(slug="uno"), introduction="Otra")
    assert (shown("uno")[0], shown("dos")[0]) == ([1, 2], [1])


def test_others_save_while_an_import_is_compared(load, half_done):
    """On SQLite too: nothing is locked before something is written."""
    elsewhere(lambda: load(DIRECTORY))
    given = [service(name="Otro nombre"), phone(label="PBX"), span(closes="18:00"), *NEW]
    with half_done(given, Planner, "plan_model"):
        assert save(Service.objects.filter(slug="uno"), introduction="Otra") == ["Uno, edición 2"]
    numbers, now = shown("uno")
    assert (numbers, now.name, now.introduction) == ([1, 2, 3], "Otro nombre", "Otra")
    assert now.channels[0].contacts[0].label == shown("dos")[1].channels[0].contacts[0].label
    assert shown("dos")[0] == [1]
    assert broken() == []


def test_what_contradicts_a_row_that_was_saved_meanwhile_is_refused(load, half_done):
    elsewhere(lambda: load(DIRECTORY))
    new = [phone(code="nuevo", phone="601 744 2900")]
    refusal = pytest.raises(CommandError, match="ya es un medio de contacto")
    with refusal, half_done(new, Planner, "plan_model"):
        save(ContactPoint.objects.filter(code="linea"), phone="+576017442900")
    codes = elsewhere(lambda: list(ContactPoint.objects.values_list("code", flat=True)))
    assert codes == ["linea", "portal"]


def test_what_somebody_else_loaded_meanwhile_is_to_be_loaded_again(load, half_done):
    refusal = pytest.raises(CommandError, match="Alguien guardó este objeto mientras tanto")
    with refusal, half_done(DIRECTORY, fixture_import.effect, "offline"):
        elsewhere(lambda: load(DIRECTORY))
    assert shown("uno")[0] == [1]
    elsewhere(lambda: load(DIRECTORY))
    assert shown("uno")[0] == [1]


@on_postgresql
def test_what_was_deleted_meanwhile_is_said_and_nothing_is_kept(load, half_done):
    elsewhere(lambda: load(DIRECTORY))
    given = [*NEW[:2], channel_contact(channel=["dos", "telefonico"], contact_point=["portal"])]
    refusal = pytest.raises(CommandError, match=r"borró mientras tanto .* Intente de nuevo")
    with refusal, half_done(given, turn, "take_publishing_turn"):
        ContactPoint.objects.get(code="portal").delete()
    assert list(Service.objects.values_list("slug", flat=True)) == ["uno"]
