"""The document as text: deterministic, sparse, and read back as it was."""

import msgspec
import pytest

from directory.editions import document
from directory.editions.document import PublishedContact, ServiceDocument
from tests.directory.documents import ALWAYS, OFFICE, RICH

EMPTY = ServiceDocument(slug="uno", name="Uno")


@pytest.mark.parametrize("original", [RICH, EMPTY], ids=["rich", "empty"])
def test_text_is_read_back_as_it_was(original):
    assert document.decode(document.encode(original)) == original


def test_equal_documents_have_equal_texts():
    schedules = {"oficina": OFFICE, "siempre": ALWAYS}
    one = msgspec.structs.replace(RICH, schedules=schedules)
    turned = msgspec.structs.replace(RICH, schedules=dict(reversed(schedules.items())))
    assert list(turned.schedules) != list(one.schedules)
    assert document.encode(turned) == document.encode(one)


def test_order_of_channels_is_kept():
    swapped = msgspec.structs.replace(RICH, channels=RICH.channels[::-1])
    assert document.encode(swapped) != document.encode(RICH)


def test_fields_that_hold_their_defaults_are_left_out():
    assert document.encode(EMPTY) == '{"slug":"uno","name":"Uno"}'
    contact = PublishedContact(code="c", kind="email", label="", value="a@example.com")
    assert msgspec.to_builtins(contact) == {
        "code": "c",
        "kind": "email",
        "label": "",
        "value": "a@example.com",
    }


def test_accents_are_written_as_they_are():
    assert '"title":"Telefónico"' in document.encode(RICH)


def test_text_with_fields_of_a_later_version_can_still_be_read():
    text = document.encode(EMPTY).replace("{", '{"later":true,', 1)
    assert document.decode(text) == EMPTY


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"slug": "uno"}', '{"slug": 7, "name": "Uno"}', "{", "uno"]
)
def test_any_other_text_is_refused(text):
    with pytest.raises(msgspec.DecodeError):
        document.decode(text)
