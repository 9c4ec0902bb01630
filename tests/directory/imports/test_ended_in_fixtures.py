"""Services that ended in fixtures."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from directory.models import Service
from tests.directory.imports.fixture_files import DIRECTORY
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


def ended(**fields):
    given = {"slug": "uno", "is_published": False, "ended_on": "2026-03-01"}
    return {"model": "directory.service", "fields": given | fields}


def test_a_service_ends_by_a_fixture(load, client):
    load(DIRECTORY)
    ServiceFactory(slug="dos", name="Dos")
    load([ended(ended_note="Llame.", successor=["dos"])])
    row = Service.objects.get(slug="uno")
    assert (row.ended_on, row.ended_note, row.successor.slug) == (date(2026, 3, 1), "Llame.", "dos")
    assert client.get("/servicios/uno/").status_code == 410


def test_what_ended_is_written_as_it_is_loaded(load, capsys):
    load([*DIRECTORY])
    load([ended(ended_note="Llame.")])
    call_command("dumpdata", "directory.service")
    assert '"ended_on": "2026-03-01"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_published": True}, "uno"),
        ({"ended_on": "2999-01-01"}, "ended_on"),
        ({"successor": ["uno"]}, "uno"),
        ({"successor": ["nadie"]}, "successor"),
        ({"ended_note": "x" * 301}, "ended_note"),
    ],
)
def test_what_cannot_be_is_refused_in_words(load, fields, said):
    load(DIRECTORY)
    with pytest.raises(CommandError, match=said):
        load([ended(**fields)])
    assert Service.objects.get(slug="uno").ended_on is None
