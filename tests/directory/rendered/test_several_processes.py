"""A publication of one process is shown by all others at once."""

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from directory.editions.publish import note_public_change, publish
from directory.models import DirectoryVersion, Service
from directory.rendered import versions
from tests.directory.pages import published
from tests.directory.rendered.asking import Server
from tests.threads import in_threads

PAGE = "/servicios/mesa/"


def test_the_mark_of_the_directory_never_comes_back(db):
    marks = []
    for _ in range(3):
        note_public_change()
        marks.append(DirectoryVersion.objects.get().mark)
    assert len({*marks}) == 3
    assert DirectoryVersion.objects.count() == 1


def test_a_change_that_is_rolled_back_was_none(db):
    note_public_change()
    before = DirectoryVersion.objects.get().mark
    with transaction.atomic():
        note_public_change()
        transaction.set_rollback(True)
    assert DirectoryVersion.objects.get().mark == before


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_another_connection_publishes_is_shown_as_soon_as_it_is_committed():
    published(slug="mesa", name="Mesa")
    server = Server()
    targets = (PAGE, "/", "/api/v1/services/", "/servicios/mesa/cambios.atom")
    seen = {}

    def another():
        with transaction.atomic():
            Service.objects.update(name="Mesa nueva")
            publish(Service.objects.all())
            seen["before"] = in_threads(read)[0]

    def read():
        return ["Mesa nueva" in server.get(each).text for each in targets]

    read()
    in_threads(another)
    assert (seen["before"], read()) == ([False] * 4, [True] * 4)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_are_answered_by_one_rendering():
    published(slug="mesa")
    server = Server()
    given = in_threads(*[lambda: server.get(PAGE)] * 3)
    assert ([each.status for each in given], len(server.renders)) == ([200] * 3, 1)
    assert len({each.body for each in given}) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_made_anew():
    published(slug="mesa")
    server = Server()
    first = server.get(PAGE)
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]

    def end():
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    in_threads(end)
    again = server.get(PAGE)
    assert (again.status, again.body, len(server.renders)) == (200, first.body, 1)


@pytest.mark.parametrize("command", ["publish"])
def test_a_command_that_publishes_is_noticed(db, command):
    published(slug="mesa", name="Mesa")
    server = Server()
    server.get("/")
    Service.objects.update(name="Mesa nueva")
    call_command(command, verbosity=0)
    assert "Mesa nueva" in server.get("/").text


def test_one_narrow_query_and_no_more(db, django_assert_num_queries):
    published(slug="mesa")
    server = Server()
    server.get(PAGE)
    with django_assert_num_queries(1) as asked:
        server.get(PAGE)
    assert asked[0]["sql"].count("JOIN") == 1
    assert versions.OF_SERVICE.split("WHERE")[0].strip() in asked[0]["sql"]
