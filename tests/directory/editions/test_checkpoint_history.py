"""What was signed still holds, or it is said what does not: attacks of who writes to the database,
and of who has a checkpoint to show."""

import io
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.editions.checkpoints import keys
from directory.editions.checkpoints.history import problems_of_stored
from directory.editions.checkpoints.notes import signed as note_of
from directory.editions.publish import publish
from directory.models import Checkpoint, Edition, Service
from tests.directory.editions.signed import LATER, NEXT_DAY, NOON, made_key, published, signed
from tests.tampering import tamper

pytestmark = pytest.mark.django_db
ORIGIN = "soporte.example.com/directory-checkpoint"


@pytest.fixture
def key(settings, tmp_path):
    return made_key(settings, tmp_path / "key.pem")


@pytest.fixture
def kept(key, tmp_path):
    """A checkpoint of two services that somebody keeps in a file."""
    published("uno", "Uno", "Dos")
    published("dos")
    path = tmp_path / "kept.txt"
    path.write_text(signed(key, NOON).note)
    return path


def verify(**options):
    out = io.StringIO()
    call_command("verify_editions", stdout=out, **options)
    return out.getvalue().splitlines()


def problems(**options):
    with pytest.raises(CommandError) as refused:
        verify(**options)
    return str(refused.value).splitlines()


def forget_editions(slug):
    """Take the editions of a service away, with the secret key's own record of the newest."""
    keys = [*Edition.objects.filter(service__slug=slug).values_list("pk", flat=True)]
    tamper("DELETE FROM directory_currentedition WHERE edition_id = %s", keys[0])
    for each in keys:
        tamper("DELETE FROM directory_edition WHERE id = %s", each)


def rewrite(slug, name, count=1):
    """What an attacker does who has the database and the secret key: other editions in the places
    of those that there are, so well sealed that the chain is intact."""
    forget_editions(slug)
    for number in range(count):
        Service.objects.filter(slug=slug).update(name=f"{name} {number}")
        publish(Service.objects.filter(slug=slug), at=NOON)


def test_an_untouched_history_contains_what_was_kept(kept):
    assert verify(checkpoint=kept) == [
        "3 ediciones están intactas.",
        "1 punto de control firmado está intacto y sus ediciones están.",
        "La historia aún contiene todo el punto de control que se guardó.",
    ]


def test_what_was_published_since_changes_nothing_of_it(kept, key):
    Service.objects.update(name="Más")
    publish(Service.objects.all(), at=NEXT_DAY)
    signed(key, NEXT_DAY)
    assert verify(checkpoint=kept)[-1] == (
        "La historia aún contiene todo el punto de control que se guardó."
    )


def test_a_rewritten_service_is_named_with_the_day(kept):
    rewrite("uno", "Estafa", count=2)
    (line, *more) = problems(checkpoint=kept)
    assert line == (
        "«uno» fue reescrito desde el 23 de noviembre de 2026, 12:00 p.m.: falta su edición 2."
    )
    # Once by the stored checkpoint, once by the one that was kept.
    assert more == [line]


def test_an_edition_in_the_place_of_another_is_told_from_a_missing_one(kept):
    edition = Edition.objects.get(service__slug="dos")
    rewrite("dos", "Estafa")
    tamper("UPDATE directory_edition SET identity = %s WHERE id = %s", edition.identity,
           Edition.objects.get(service__slug="dos").pk)  # fmt: skip
    found = problems(checkpoint=kept)
    assert any("es otra que la que se firmó" in line for line in found)


def test_without_the_file_the_stored_checkpoints_tell(kept):
    rewrite("dos", "Estafa")
    assert "«dos» fue reescrito" in problems()[0]


def test_who_also_deletes_the_checkpoints_is_found_by_the_file_alone(kept):
    rewrite("dos", "Estafa")
    tamper("DELETE FROM directory_checkpoint")
    assert verify() == ["3 ediciones están intactas."]
    newer, rewritten = problems(checkpoint=kept)
    assert "es más nuevo que la base de datos" in newer
    assert "«dos» fue reescrito" in rewritten


def test_an_older_state_of_the_database_is_found(kept, key, tmp_path):
    newest = tmp_path / "newest.txt"
    newest.write_text(signed(key, NEXT_DAY).note)
    tamper("DELETE FROM directory_checkpoint WHERE number = 2")
    (found,) = problems(checkpoint=newest)
    assert "número 2" in found
    assert "cuyo último es el 1" in found


ALTERATIONS = {
    "digit": lambda note: note.replace("edition 2", "edition 3"),
    "day": lambda note: note.replace("2026-11-23", "2026-11-22"),
    "signature": lambda note: note[:-10] + "AAAAAAAA=\n",
}


@pytest.mark.parametrize("alter", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_checkpoint_proves_nothing(kept, alter):
    note = kept.read_text()
    assert alter(note) != note
    kept.write_text(alter(note))
    (found,) = problems(checkpoint=kept)
    assert "no está firmado con la llave de este sitio" in found or "no se puede leer" in found


@pytest.mark.parametrize(
    "text", ["", "\x00\xff", "hola", "hola\n\n— a b\n", f"{ORIGIN}\ncheckpoint 1\n\n— a AAAAAAAA\n"]
)
def test_what_is_no_checkpoint_is_told(kept, text):
    kept.write_text(text)
    (found,) = problems(checkpoint=kept)
    assert "punto de control" in found


def test_a_checkpoint_by_another_key_is_told(kept):
    text = kept.read_text().split("\n\n")[0] + "\n"
    kept.write_text(note_of(text, ORIGIN, [Ed25519PrivateKey.generate()]))
    (found,) = problems(checkpoint=kept)
    assert "--public-key" in found


def test_a_checkpoint_of_another_site_is_told(kept, key):
    other = "otra.example.com/directory-checkpoint"
    text = kept.read_text().split("\n\n")[0].replace(ORIGIN, other) + "\n"
    kept.write_text(note_of(text, other, [key]))
    (found,) = problems(checkpoint=kept)
    assert other in found
    assert ORIGIN in found


def test_another_checkpoint_of_the_same_number_and_key_is_told(kept, key):
    text = kept.read_text().split("\n\n")[0].replace("17:00:00", "17:00:01") + "\n"
    kept.write_text(note_of(text, ORIGIN, [key]))
    (found,) = problems(checkpoint=kept)
    assert "es otro que este" in found


def test_a_file_that_cannot_be_read_is_told(kept, tmp_path):
    assert "lejos.txt" in problems(checkpoint=tmp_path / "lejos.txt")[0]


def test_without_any_key_nothing_is_said_to_be_checked(kept, settings):
    settings.CHECKPOINT_KEY_FILE = ""
    assert verify()[1].startswith("Los puntos de control no se comprobaron")
    assert "--public-key" in problems(checkpoint=kept)[0]


# ---- Stored checkpoints -----------------------------------------------------------------------


@pytest.fixture
def three(key):
    published("uno")
    return [signed(key, at) for at in (NOON, NEXT_DAY, LATER)]


@pytest.mark.parametrize("number", [1, 2])
def test_a_missing_checkpoint_is_found(three, number):
    tamper("DELETE FROM directory_checkpoint WHERE number = %s", number)
    assert len(problems()) == 1


def test_swapped_checkpoints_are_found(three):
    first, second, _third = three
    tamper("UPDATE directory_checkpoint SET note = %s WHERE number = 1", second.note)
    tamper("UPDATE directory_checkpoint SET note = %s WHERE number = 2", first.note)
    assert len(problems()) == 1


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_checkpoint_that_somebody_else_signed_is_found(three, number):
    text = three[number - 1].note.split("\n\n")[0] + "\n"
    forged = note_of(text, ORIGIN, [Ed25519PrivateKey.generate()])
    tamper("UPDATE directory_checkpoint SET note = %s WHERE number = %s", forged, number)
    assert problems() == [
        f"El punto de control {number} no está firmado con la llave de este sitio."
    ]


def test_a_whole_history_that_somebody_else_signed_is_found(three, settings, tmp_path):
    """Who writes to the database brings their own key, and even says that the former was lost."""
    signed(Ed25519PrivateKey.generate(), LATER + timedelta(days=1), is_key_lost=True)
    assert problems()[0] == ("El punto de control 4 no está firmado con la llave de este sitio.")


def test_checkpoints_before_a_new_key_and_a_new_address_hold(three, settings, tmp_path):
    old = keys.load(keys.Path(settings.CHECKPOINT_KEY_FILE))
    kept = tmp_path / "kept.txt"
    kept.write_text(three[1].note)
    new = made_key(settings, tmp_path / "new.pem")
    settings.PUBLIC_URL = "https://ayuda.example.com"
    signed(new, LATER + timedelta(days=1), former_keys=[old])
    assert verify(checkpoint=kept)[1] == (
        "4 puntos de control firmados están intactos y sus ediciones están."
    )


def test_checkpoints_before_a_lost_key_are_vouched_for_by_those_after(three, settings, tmp_path):
    kept, old = tmp_path / "kept.txt", f"{settings.CHECKPOINT_KEY_FILE}.pub"
    kept.write_text(three[1].note)
    new = made_key(settings, tmp_path / "new.pem")
    signed(new, LATER + timedelta(days=1), is_key_lost=True)
    assert len(verify()) == 2
    # With the public key, which others have kept, the old ones can still be checked.
    assert len(verify(checkpoint=kept, public_key=keys.Path(old))) == 3
    note = Checkpoint.objects.get(number=2).note.replace("edition 1", "edition 2")
    tamper("UPDATE directory_checkpoint SET note = %s WHERE number = 2", note)
    assert len(problems()) == 1


def test_the_cost_does_not_grow_with_the_services(key):
    counts = []
    for slugs, at in ((["a1", "a2"], NOON), ([f"b{each}" for each in range(9)], NEXT_DAY)):
        for slug in slugs:
            published(slug)
        signed(key, at)
        with CaptureQueriesContext(connection) as captured:
            assert [*problems_of_stored(keys.octets(key), ORIGIN)] == []
        counts.append(len(captured))
    # What is signed again is not looked up again.
    assert counts == [2, 2]
