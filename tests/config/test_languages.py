"""The languages of the site: each has a whole catalogue. English is what the code is written in."""

import re

import pytest
from django.conf import settings

TRANSLATED = [code for code, _name in settings.LANGUAGES if code != "en"]


def catalogue(code):
    return settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po"


def messages(code):
    return set(re.findall(r'^msgid (".*"(?:\n".*")*)', catalogue(code).read_text("utf-8"), re.M))


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code):
    text = catalogue(code).read_text("utf-8")
    empty = re.compile(r'^msgstr(\[\d\])? ""$(?!\n")', re.M)
    assert [entry for entry in text.strip().split("\n\n") if empty.search(entry)] == []
    assert re.findall(r"^#.*fuzzy", text, re.M) == []
    assert messages(code) == messages(settings.LANGUAGE_CODE)
    assert catalogue(code).with_suffix(".mo").exists()
