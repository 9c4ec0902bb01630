"""Notices in fixtures: instants with their offset, what is left out, what is refused."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from directory.models import Edition, Notice
from tests.directory.imports.fixture_files import DIRECTORY

pytestmark = pytest.mark.django_db

WORDS = "No funciona."
SINCE, UNTIL = datetime(2026, 11, 23, 13, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC)


def notice(**fields):
    given = {"code": "aviso", "text": WORDS, "since": "2026-11-23T08:00:00-05:00"}
    return {"model": "directory.notice", "fields": given | fields}


def test_notice_is_loaded_and_published(load):
    load([*DIRECTORY, notice(channel=["uno", "telefonico"], until="2026-11-24T01:00:00.9Z")])
    row = Notice.objects.get()
    assert (row.subject.code, row.since, row.until) == ("telefonico", SINCE, UNTIL)
    assert (row.severity, row.ended_at) == ("out_of_order", None)
    assert WORDS in Edition.objects.get().document


@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"service": ["uno"]},
        {"channel": ["uno", "telefonico"]},
        {"contact_point": ["linea"]},
    ],
)
def test_notice_that_comes_alone_is_published_with_what_is_stored(load, subject):
    load(DIRECTORY)
    load([notice(**subject)])
    assert Edition.objects.count() == 2
    assert WORDS in Edition.objects.current().get().document


def test_what_is_left_out_stays_and_an_end_takes_it_off_the_page(load):
    load([*DIRECTORY, notice(contact_point=["linea"], severity="limited")])
    load([{"model": "directory.notice", "fields": {"code": "aviso", "text": "Sigue."}}])
    row = Notice.objects.get()
    assert (row.text, row.severity, row.since) == ("Sigue.", "limited", SINCE)
    assert row.subject.code == "linea"
    ended = {"code": "aviso", "ended_at": "2026-11-23T09:00:00-05:00"}
    load([{"model": "directory.notice", "fields": ended}])
    assert Edition.objects.count() == 3
    assert "Sigue." not in Edition.objects.current().get().document


@pytest.mark.parametrize(
    "since", ["2026-11-23T08:00:00", "2026-11-23", "mañana", "", 20261123, True]
)
def test_instant_without_offset_is_refused_with_what_to_write(load, since):
    told = r"(?s)since.*es un instante.*«2026-12-01T08:00:00-05:00»"
    with pytest.raises(CommandError, match=told):
        load([*DIRECTORY, notice(since=since)])
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"until": "2026-11-23T08:00:00-05:00"}, "until.*Termina antes de empezar"),
        ({"since": "0206-11-23T08:00:00-05:00"}, "since"),
        ({"since": "0001-01-01T00:00:00+14:00"}, "since"),
        ({"until": "9999-12-31T23:59:59-12:00"}, "until"),
        ({"contact_point": ["linea"], "service": ["uno"]}, "service.*una sola cosa"),
        ({"channel": ["uno", "otro"]}, "channel"),
        ({"severity": "grave"}, "severity.*out_of_order"),
        ({"text": " \u200b "}, "text"),
        ({"text": "x" * 301}, "text"),
    ],
)
def test_notice_that_cannot_be_is_refused_at_its_field(load, fields, told):
    with pytest.raises(CommandError, match=f"(?s){told}"):
        load([*DIRECTORY, notice(**fields)])
    assert not Notice.objects.exists()


def test_dry_run_says_what_would_be_told(load):
    load(DIRECTORY)
    said = load([notice(channel=["uno", "telefonico"])], dry_run=True)
    assert "aviso «No funciona.»" in said
    assert not Notice.objects.exists()


def test_dump_loads_where_it_came_from_and_changes_nothing(load, tmp_path):
    load([*DIRECTORY, notice(), notice(code="otro", service=["uno"])])
    Notice.objects.filter(code="otro").end(datetime(2026, 11, 23, 14, 0, 0, 123456, tzinfo=UTC))
    call_command("publish", verbosity=0)
    before = list(Notice.objects.order_by("pk").values())
    editions = Edition.objects.count()
    path = tmp_path / "todo.json"
    call_command("dumpdata", "directory", output=str(path), verbosity=0)
    call_command("loaddata", str(path), verbosity=0)
    assert list(Notice.objects.order_by("pk").values()) == before
    assert Edition.objects.count() == editions
