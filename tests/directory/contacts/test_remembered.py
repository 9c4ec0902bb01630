"""Words that are made once."""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from directory.contacts.remembered import remembered


def counted(most=2):
    """A function that is remembered, and what it was called with."""
    calls = []

    @remembered(most)
    def told(name):
        calls.append(name)
        return f"{name}: {_('Phone')}"

    return told, calls


def test_words_are_made_once_for_readers_of_a_language():
    told, calls = counted()
    for language, words in [("es", "a: Teléfono"), ("en", "a: Phone"), ("es", "a: Teléfono")]:
        with translation.override(language):
            assert told("a") == words
    assert calls == ["a", "a"]


def test_they_are_made_anew_for_another_organisation(settings):
    told, calls = counted()
    told("a")
    settings.ORGANIZATION = replace(settings.ORGANIZATION, name="Otra")
    told("a")
    assert calls == ["a", "a"]


def test_what_was_asked_for_longest_ago_is_forgotten():
    told, calls = counted(most=1)
    for name in ("a", "b", "b", "a"):
        told(name)
    assert calls == ["a", "b", "a"]
