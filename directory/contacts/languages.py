"""The languages in which customers are served: codes of ISO 639, and their names in the Unicode
CLDR."""

import re
from collections.abc import Iterable
from functools import lru_cache

from babel.core import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext as _

from directory.contacts.text import fold

SEPARATOR = re.compile(r"\s*[,;/]\s*|\s+(?:y|e|and|&)\s+")
# Codes of ISO 639 that are no language: uncoded, several, undetermined, none.
NO_LANGUAGES = frozenset({"mis", "mul", "root", "und", "zxx"})


def read(text: str) -> tuple[str, ...]:
    """The codes of languages as people write them, by code or by a name in a language of the site:
    “es, en”, “español e inglés”. Raises ValidationError for what is none."""
    codes = []
    for word in filter(None, SEPARATOR.split(fold(text))):
        code = _codes().get(word)
        if code is None:
            raise ValidationError(
                _(
                    "“%(text)s” is no language. Write names or codes with commas between: "
                    "“Spanish, English” or “es, en”."
                ),
                code="unknown_language",
                params={"text": word[:50]},
            )
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def tidy(text: str) -> str:
    """As `read`, with commas between: “es, en”. What is none stays as it was written."""
    try:
        return ", ".join(read(text))
    except ValidationError:
        return text


def in_words(codes: Iterable[str]) -> str:
    """“español e inglés”, in the active language; empty without any."""
    known = _names(get_language() or settings.LANGUAGE_CODE)
    names = [known.get(code, code) for code in codes]
    if not names:
        return ""
    # Spanish has another word before this sound.
    before_i = fold(names[-1]).startswith(("i", "hi"))
    return get_text_list(names, pgettext("before the sound i", "and") if before_i else _("and"))


@lru_cache
def _names(language: str) -> dict[str, str]:
    names = Locale.parse(to_locale(language)).languages
    return {
        code: name
        for code, name in names.items()
        if re.fullmatch(r"[a-z]{2,3}", code) and code not in NO_LANGUAGES
    }


@lru_cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        names = _names(language)
        found |= {fold(name): code for code, name in names.items()}
        found |= {code: code for code in names}
    return found
