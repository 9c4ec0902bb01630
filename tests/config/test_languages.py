"""The languages of the site: what customers read is in each. English is what the code is written
in."""

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from tests.config.public_messages import choices, public_messages

CATALOGUES = sorted(folder.name for folder in settings.LOCALE_PATHS[0].iterdir())
# That of the back office too.
WHOLE = "es"


def path_of(code):
    return settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po"


def catalogue(code):
    with path_of(code).open("rb") as file:
        return [message for message in read_po(file) if message.id]


def key(message):
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message):
    texts = [message.string] if isinstance(message.string, str) else message.string
    return all(texts) and not message.fuzzy


def missing(code):
    return {key(message) for message in catalogue(code) if not is_translated(message)}


@pytest.mark.parametrize("code", CATALOGUES)
def test_every_message_that_customers_read_is_translated(code):
    known = {key(message) for message in catalogue(code)}
    public, labels = public_messages(), choices()
    assert sorted(public - known, key=str) == []
    assert sorted(public & missing(code), key=str) == []
    assert [each for each in missing(code) if each[1] in labels] == []


def test_every_message_of_the_back_office_is_translated():
    assert missing(WHOLE) == set()


@pytest.mark.parametrize("code", CATALOGUES)
def test_catalogue_is_of_the_same_messages_and_compiled(code):
    known = {key(message) for message in catalogue(code)}
    assert known == {key(message) for message in catalogue(WHOLE)}
    assert [key(message) for message in catalogue(code) if message.fuzzy] == []
    assert path_of(code).with_suffix(".mo").exists()


def test_messages_are_found_in_templates_and_in_code():
    """Else nothing would be missing."""
    public = public_messages()
    assert {
        (None, "Hours not stated"),
        ("title of a channel", "By telephone"),
        (None, "Skip to the content"),
    } <= public
    assert (None, "What do you want to change?") not in public
