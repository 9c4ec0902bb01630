"""Languages as people write them, and their names in the language of the page."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from directory.contacts import languages


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("es, en", ("es", "en")),
        ("Español e inglés", ("es", "en")),
        ("Spanish and English; QU", ("es", "en", "qu")),
        ("es, español", ("es",)),
        ("", ()),
    ],
)
def test_languages_are_read_by_code_and_by_name(typed, codes):
    assert languages.read(typed) == codes


@pytest.mark.parametrize("typed", ["xx", "es, klingonés", "mul", "<b>", "es-CO"])
def test_what_is_no_language_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        languages.read(typed)
    assert refused.value.code == "unknown_language"


@pytest.mark.parametrize(
    ("language", "codes", "words"),
    [
        ("es", ("es", "en"), "español e inglés"),
        ("es", ("en", "es", "fr"), "inglés, español y francés"),
        ("en", ("es", "en"), "Spanish and English"),
        ("es", (), ""),
    ],
)
def test_languages_are_named_in_the_language_of_the_page(language, codes, words):
    with translation.override(language):
        assert languages.in_words(codes) == words
