"""Checkpoints are signed and stored: what they say, and when nothing is signed."""

import io
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from directory.editions.checkpoints.check_page import read_checkpoint, read_note
from directory.editions.checkpoints.keys import octets
from directory.editions.checkpoints.notes import text_digest, text_of
from directory.editions.checkpoints.signing import sign
from directory.editions.publish import publish
from directory.models import Checkpoint, Edition, Service
from tests.directory.editions.signed import LATER, NEXT_DAY, NOON, made_key, published, signed
from tests.refusals import refused_by_the_database
from tests.tampering import execute, set_values, tamper

pytestmark = pytest.mark.django_db
ORIGIN = "soporte.example.com/directory-checkpoint"


@pytest.fixture
def key(settings, tmp_path):
    return made_key(settings, tmp_path / "key.pem")


def said(checkpoint):
    return read_checkpoint(read_note(checkpoint.note).text)


def refusal(*arguments, **options):
    before = Checkpoint.objects.count()
    with pytest.raises(ValidationError) as refused:
        sign(*arguments, **options)
    assert Checkpoint.objects.count() == before
    return refused.value.code, refused.value.messages[0]


def test_a_checkpoint_says_the_newest_digest_of_every_service(key):
    for slug, names in {"uno": ["Uno", "Uno más"], "dos": ["Dos"]}.items():
        published(slug, *names)
    Service.objects.filter(slug="dos").update(is_published=False)
    checkpoint = signed(key, NOON)
    newest = {each.service.slug: each for each in Edition.objects.current()}
    assert checkpoint.note.split("\n\n")[0].splitlines() == [
        ORIGIN,
        "checkpoint 1",
        "signed 2026-11-23T17:00:00Z",
        f"service dos edition 1 digest {newest['dos'].digest} id {newest['dos'].identity}",
        f"service uno edition 2 digest {newest['uno'].digest} id {newest['uno'].identity}",
    ]
    note = read_note(checkpoint.note)
    assert note.is_signed_by(ORIGIN, octets(key))
    assert text_of(said(checkpoint)) == note.text


def test_each_checkpoint_names_the_one_before(key):
    published("uno")
    first, second = signed(key, NOON), signed(key, NEXT_DAY)
    assert (said(first).before, said(first).number) == ("", 1)
    assert said(second).before == text_digest(read_note(first.note).text)
    assert said(second).services == said(first).services


def test_repeated_on_one_day_it_signs_only_what_is_new(key):
    service = published("uno")
    first = signed(key, NOON)
    assert sign(key, NOON + timedelta(hours=1)) == (first, False)
    Service.objects.filter(pk=service.pk).update(name="Otro")
    publish(Service.objects.all(), at=NOON + timedelta(hours=2))
    second = signed(key, NOON + timedelta(hours=3))
    assert [each.number for each in said(second).services] == [2]


def test_a_clock_that_was_set_back_signs_nothing(key):
    published("uno")
    signed(key, NEXT_DAY)
    code, message = refusal(key, NOON)
    assert code == "clock"
    assert "24 de noviembre de 2026" in message


def test_editions_of_a_day_to_come_are_not_signed(key):
    published("uno", at=NEXT_DAY)
    assert refusal(key, NOON)[0] == "clock"


def test_nothing_is_signed_while_the_chain_of_editions_is_broken(key):
    service = published("uno", "Uno", "Dos")
    set_values(service.editions.get(number=1), digest="0" * 64)
    code, message = refusal(key, NOON)
    assert code == "broken"
    assert "edición 1" in message


# ---- Attacks of who writes to the database ----------------------------------------------------


def test_history_that_was_rewritten_is_not_signed_again(key, settings):
    """Even with the secret key, which seals what it forges, nobody gets the signature."""
    service = published("uno", "Uno")
    signed(key, NOON)
    tamper("DELETE FROM directory_currentedition")
    tamper("DELETE FROM directory_edition")
    Service.objects.filter(pk=service.pk).update(name="Estafa")
    publish(Service.objects.all(), at=NOON)
    code, message = refusal(key, NEXT_DAY)
    assert code == "not_contained"
    assert "«uno»" in message


def test_a_former_checkpoint_that_was_altered_is_not_followed(key):
    published("uno")
    first = signed(key, NOON)
    signed(key, NEXT_DAY)
    note = first.note.replace("edition 1", "edition 7")
    tamper("UPDATE directory_checkpoint SET note = %s WHERE number = 1", note)
    assert refusal(key, LATER)[0] == "not_contained"


@pytest.mark.parametrize(
    "note", ["nothing", "", "\n\n— x y\n", "a/directory-checkpoint\n\n— a AAAAAAAAAAA=\n"]
)
def test_a_newest_checkpoint_that_cannot_be_read_is_told(key, note):
    published("uno")
    signed(key, NOON)
    if not note:
        with refused_by_the_database():
            tamper("UPDATE directory_checkpoint SET note = %s", note)
        return
    tamper("UPDATE directory_checkpoint SET note = %s", note)
    assert refusal(key, NEXT_DAY)[0] == "unreadable"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directory_checkpoint SET note = 'x'",
        "UPDATE directory_checkpoint SET number = 9",
        "DELETE FROM directory_checkpoint",
    ],
)
def test_the_database_changes_and_deletes_no_checkpoint(key, statement):
    published("uno")
    signed(key, NOON)
    with refused_by_the_database():
        execute(statement)


def test_the_application_changes_and_deletes_none_either(key):
    published("uno")
    checkpoint = signed(key, NOON)
    for act in (
        checkpoint.save,
        checkpoint.delete,
        Checkpoint.objects.all().delete,
        lambda: Checkpoint.objects.update(note="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


# ---- Another key ------------------------------------------------------------------------------


def test_another_key_signs_only_with_the_one_before(key):
    published("uno")
    signed(key, NOON)
    new = Ed25519PrivateKey.generate()
    code, message = refusal(new, NEXT_DAY)
    assert code == "another_key"
    assert "--former-key" in message
    assert "--key-lost" in message
    assert refusal(new, NEXT_DAY, former_keys=[Ed25519PrivateKey.generate()])[0] == "another_key"


def test_the_key_before_introduces_a_new_one(key):
    published("uno")
    signed(key, NOON)
    new = Ed25519PrivateKey.generate()
    second = signed(new, NEXT_DAY, former_keys=[key])
    note = read_note(second.note)
    assert "\nkey-was soporte.example.com/directory-checkpoint+" in note.text
    assert note.is_signed_by(ORIGIN, octets(new))
    assert note.is_signed_by(ORIGIN, octets(key))
    third = read_note(signed(new, LATER).note)
    assert "key-was" not in third.text
    assert not third.is_signed_by(ORIGIN, octets(key))


def test_a_lost_key_is_told_by_the_next_checkpoint(key):
    published("uno")
    first = read_note(signed(key, NOON).note)
    new = Ed25519PrivateKey.generate()
    second = signed(new, NEXT_DAY, is_key_lost=True)
    assert f"\nkey-lost {first.signatures[0].key_id.hex()}\n" in second.note
    assert said(second).is_key_lost
    assert "key-lost" not in signed(new, LATER).note
    # A key that is there is not called lost, whatever is asked for.
    assert "key-lost" not in signed(new, LATER + timedelta(days=1), is_key_lost=True).note


def test_a_site_that_moved_says_where_it_was(key, settings):
    published("uno")
    signed(key, NOON)
    settings.PUBLIC_URL = "https://ayuda.ñandú.example:8443"
    second = signed(key, NEXT_DAY)
    assert said(second).origin == "ayuda.xn--and-6ma2c.example:8443/directory-checkpoint"
    assert said(second).site_was == ORIGIN
    assert said(signed(key, LATER)).site_was == ""


# ---- The command ------------------------------------------------------------------------------


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("sign_checkpoint", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_command_prints_what_it_signs(key, time_machine):
    published("uno")
    time_machine.move_to(NOON, tick=False)
    out, err = run()
    assert out == Checkpoint.objects.get().note
    assert err == ""
    time_machine.move_to(NOON + timedelta(minutes=5), tick=False)
    again, err = run()
    assert again == out
    assert "1" in err
    assert Checkpoint.objects.count() == 1


def test_the_command_asks_for_a_key(settings):
    settings.CHECKPOINT_KEY_FILE = ""
    with pytest.raises(CommandError, match="--make-key"):
        run()


def test_the_command_takes_former_keys_from_options_and_settings(
    key, settings, tmp_path, time_machine
):
    published("uno")
    signed(key, NOON)
    former = settings.CHECKPOINT_KEY_FILE
    time_machine.move_to(NEXT_DAY, tick=False)
    made_key(settings, tmp_path / "new.pem")
    with pytest.raises(CommandError, match="--key-lost"):
        run()
    settings.CHECKPOINT_KEY_FALLBACKS = [former]
    assert "key-was" in run()[0]
    made_key(settings, tmp_path / "newest.pem")
    settings.CHECKPOINT_KEY_FALLBACKS = []
    time_machine.move_to(LATER, tick=False)
    assert "key-was" in run("--former-key", str(tmp_path / "new.pem"))[0]


def test_what_is_refused_ends_the_command_with_words(key, time_machine):
    published("uno")
    signed(key, NEXT_DAY)
    time_machine.move_to(NOON, tick=False)
    with pytest.raises(CommandError, match="2026"):
        run()
