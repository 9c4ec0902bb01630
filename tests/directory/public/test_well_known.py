"""The checkpoints, their key and security.txt at their well-known addresses, and in the mirror."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from directory.models import Checkpoint
from directory.public.well_known import expires
from tests.directory.editions.signed import NEXT_DAY, NOON, made_key, published, signed
from tests.html import Page
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
NOTE = "/.well-known/directory-checkpoint"


@pytest.fixture
def key(settings, tmp_path):
    return made_key(settings, tmp_path / "key.pem")


@pytest.fixture
def two(key):
    published("uno")
    return signed(key, NOON), signed(key, NEXT_DAY)


def test_the_newest_checkpoint_is_plain_text_that_is_asked_for_again(two, client):
    response = client.get(NOTE)
    assert response.content.decode() == two[1].note
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get(NOTE, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(NOTE)
    assert (head.status_code, head["ETag"]) == (200, response["ETag"])


def test_former_ones_stay_at_their_numbers(two, client):
    for checkpoint in two:
        response = client.get(f"/.well-known/directory-checkpoints/{checkpoint.number}")
        assert response.content.decode() == checkpoint.note
        assert response["Cache-Control"] == "public, max-age=86400"
    response = client.get(f"{NOTE}/1")
    assert (response.status_code, response["Location"]) == (
        301,
        "/.well-known/directory-checkpoints/1",
    )


def test_while_there_is_none_it_is_said_in_words(client):
    for path in (NOTE, f"{NOTE}.pub", "/.well-known/directory-checkpoints/1"):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (
            404,
            "text/plain; charset=utf-8",
        )
        assert response.content.decode().endswith(".\n")
    number = client.get("/.well-known/directory-checkpoints/99999999999999999999")
    assert number.status_code == 404


def test_the_public_key_is_handed_out_and_never_the_private_one(two, client, settings, tmp_path):
    response = client.get(f"{NOTE}.pub")
    assert response.content.decode() == (tmp_path / "key.pem.pub").read_text()
    assert b"PRIVATE" not in response.content
    settings.CHECKPOINT_PUBLIC_KEY_FILE = str(tmp_path / "away.pub")
    assert client.get(f"{NOTE}.pub").status_code == 404


def test_each_costs_one_query(two, client, django_assert_num_queries):
    for path in (NOTE, "/.well-known/directory-checkpoints/1"):
        with django_assert_num_queries(1):
            client.get(path)


def test_the_page_of_an_edition_says_how_to_check_it(two, client, settings):
    for prefix, words in {
        "": "Comprobar esta edición",
        "/en": "Check this edition",
        "/pt": "Conferir esta edição",
    }.items():
        page = Page(client.get(f"{prefix}/servicios/uno/ediciones/1/").content.decode())
        assert words in page.text
        assert {NOTE, f"{NOTE}.pub", "/check_page.py"} <= {*page.links}
    settings.CHECKPOINT_KEY_FILE = ""
    page = client.get("/servicios/uno/ediciones/1/").content.decode()
    assert "Comprobar esta edición" not in page


# ---- security.txt -----------------------------------------------------------------------------


def test_security_txt_says_what_rfc_9116_asks_for(client, settings, time_machine):
    time_machine.move_to(NOON, tick=False)
    settings.PUBLIC_URL = "https://soporte.example.com"
    settings.SECURITY_CONTACT = ["mailto:seguridad@example.com", "https://example.com/informar"]
    settings.SECURITY_POLICY_URL = "https://example.com/politica"
    response = client.get("/.well-known/security.txt", headers={"host": "localhost"})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Contact: mailto:seguridad@example.com\n"
        "Contact: https://example.com/informar\n"
        "Expires: 2027-06-01T00:00:00Z\n"
        "Preferred-Languages: es, en, pt\n"
        "Canonical: https://soporte.example.com/.well-known/security.txt\n"
        "Policy: https://example.com/politica\n"
    )


def test_without_a_contact_there_is_none(client):
    response = client.get("/.well-known/security.txt")
    assert response.status_code == 404
    assert "vulnerabilidades" in response.content.decode()


def test_it_holds_for_less_than_a_year_and_more_than_five_months_on_any_day():
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=each) for each in range(800)]
    left = [expires(day) - day for day in days]
    assert timedelta(days=150) < min(left)
    assert max(left) < timedelta(days=365)
    # The same on all days of a month, for caches.
    assert len({expires(day) for day in days}) == len({(day.year, day.month) for day in days})


# ---- The mirror -------------------------------------------------------------------------------


def export(directory):
    call_command("export_site", directory, stdout=StringIO())
    return {
        str(path.relative_to(directory)): path.read_text()
        for path in (directory / ".well-known").rglob("*")
        if path.is_file()
    }


def test_the_mirror_has_the_checkpoints_and_the_key(two, settings, tmp_path):
    settings.SECURITY_CONTACT = ["mailto:seguridad@example.com"]
    files = export(tmp_path / "copia")
    assert files.pop(".well-known/security.txt").startswith("Contact: mailto:")
    assert files == {
        NOTE[1:]: two[1].note,
        f"{NOTE[1:]}.pub": (tmp_path / "key.pem.pub").read_text(),
        ".well-known/directory-checkpoints/1": two[0].note,
        ".well-known/directory-checkpoints/2": two[1].note,
    }
    assert "is_signature" in (tmp_path / "copia" / "check_page.py").read_text()


def test_a_mirror_without_any_is_made_too(tmp_path):
    published("uno")
    (tmp_path / "copia").mkdir()
    call_command("export_site", tmp_path / "copia", stdout=StringIO())
    assert not (tmp_path / "copia" / ".well-known").exists()


def test_a_swapped_number_does_not_show_another_note(two, client):
    """The number in the table only finds a note; what it is says the note."""
    tamper("UPDATE directory_checkpoint SET number = 9 WHERE number = 1")
    shown = client.get("/.well-known/directory-checkpoints/9").content.decode()
    assert re.search("^checkpoint 1$", shown, re.MULTILINE)
    assert Checkpoint.objects.newest().number == 9
