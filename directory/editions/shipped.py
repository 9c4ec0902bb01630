"""Texts that ship with the product: pages say them in the reader's language.

Rows and documents hold them in the organisation's language, as all texts. A text counts as one of
these where it is the same letter by letter, and in the same place: the name of the request type of
this code, the title of a channel of this medium. What staff have worded otherwise is theirs, and
stays as it is.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import is_
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.contacts.kinds import KINDS
from directory.editions.document import (
    Part,
    PublishedChannel,
    PublishedContact,
    PublishedLevel,
    PublishedRequestType,
    Replacement,
    ServiceDocument,
)
from directory.editions.names import level_title
from directory.models import Channel


class UsualType(NamedTuple):
    """A request type that most organisations use; its code and name are translated when they are
    read."""

    code: Any
    name: Any
    covers_all: bool = False
    is_critical: bool = False


USUAL_TYPES = (
    UsualType(
        pgettext_lazy("code of a request type", "all"),
        pgettext_lazy("request types", "All"),
        covers_all=True,
    ),
    UsualType(
        pgettext_lazy("code of a request type", "critical-incident"),
        _("Critical incidents"),
        is_critical=True,
    ),
    UsualType(pgettext_lazy("code of a request type", "incident"), _("Incidents")),
    UsualType(pgettext_lazy("code of a request type", "request"), _("Requests")),
    UsualType(pgettext_lazy("code of a request type", "petition"), _("Petitions")),
    UsualType(pgettext_lazy("code of a request type", "complaint"), _("Complaints")),
    UsualType(pgettext_lazy("code of a request type", "claim"), _("Claims")),
    UsualType(pgettext_lazy("code of a request type", "suggestion"), _("Suggestions")),
    UsualType(pgettext_lazy("code of a request type", "appeal"), _("Appeals")),
)

# Each with what tells where it stands: a code, a medium, a kind, a number.
Texts = Iterable[tuple[Any, Any]]

REQUEST_TYPE_NAMES: Texts = (
    *((each.code, each.name) for each in USUAL_TYPES),
    (USUAL_TYPES[1].code, _("Priority 1 incidents (critical)")),
)
CHANNEL_TITLES: Texts = (
    # That of PQRSA, an abbreviation in Spanish, is explained below.
    *(each for each in Channel.Medium.choices if each[0] != Channel.Medium.PQRSA),
    ("telephone", pgettext_lazy("title of a channel", "By telephone")),
    ("telephone", pgettext_lazy("title of a channel", "Telephone service")),
    ("email", pgettext_lazy("title of a channel", "Service by e-mail")),
    ("whatsapp", pgettext_lazy("title of a channel", "Service by corporate WhatsApp")),
    ("chat", pgettext_lazy("title of a channel", "Chat")),
    ("pqrsa", pgettext_lazy("title of a channel", "Petitions and complaints (PQRSA)")),
)
CONTACT_LABELS: Texts = (
    *((code, kind.label) for code, kind in KINDS.items()),
    ("phone", pgettext_lazy("label of a contact", "Landline")),
    ("phone", pgettext_lazy("label of a contact", "Mobile phone")),
    ("phone", pgettext_lazy("label of a contact", "National toll-free line")),
    ("phone", pgettext_lazy("label of a contact", "Service line")),
    ("phone", pgettext_lazy("label of a contact", "Mobile phone/WhatsApp")),
    ("whatsapp", pgettext_lazy("label of a contact", "Mobile phone/WhatsApp")),
    ("email", pgettext_lazy("label of a contact", "E-mail address")),
    ("web", pgettext_lazy("label of a contact", "Chat")),
)
LEVEL_TITLES: Texts = tuple((level, lazy(level_title, str)(level)) for level in range(1, 10))
# “Tier 2 · Redes”, “Telefónico (Incidentes, Quejas)”.
JOINED = re.compile(r" · | \(|, |\)$")
# In which field of a part of a document they stand, and which one has what tells where.
SHIPPED: tuple[tuple[type[Part], str, str, Texts], ...] = (
    (PublishedRequestType, "name", "code", REQUEST_TYPE_NAMES),
    (PublishedChannel, "title", "medium", CHANNEL_TITLES),
    (PublishedContact, "label", "kind", CONTACT_LABELS),
    (Replacement, "label", "kind", CONTACT_LABELS),
    (PublishedLevel, "title", "level", LEVEL_TITLES),
)


def told(document: ServiceDocument) -> ServiceDocument:
    """The document, for readers of the active language: what ships with the product is in it."""
    language = get_language()
    if language is None or settings.ORGANIZATION.writes(language):
        return document
    return _in_language(document, _translations(settings.ORGANIZATION.language, language))


def in_other_languages() -> "Otherwise":
    """What readers of the languages in which nobody writes read in the place of what ships with the
    product."""
    written = settings.ORGANIZATION
    others = (code for code, _name in settings.LANGUAGES if not written.writes(code))
    return _otherwise(written.language, tuple(others))


def told_otherwise(part: Part, otherwise: "Otherwise") -> tuple[str, ...]:
    """What such readers read in the place of what a part of a document says; parts in it are not
    looked at."""
    told: tuple[str, ...] = ()
    for kind, field, key in _fields(type(part)):
        if places := otherwise.get(getattr(part, field)):
            told += places.get((kind, field, str(getattr(part, key))), ())
    return told


@cache
def has_texts(kind: type) -> bool:
    """Whether a part of a document of this type may say what ships with the product."""
    return bool(_fields(kind))


@cache
def _fields(kind: type) -> list[tuple[type[Part], str, str]]:
    return [(part, field, key) for part, field, key, _texts in SHIPPED if issubclass(kind, part)]


def is_shipped(text: str) -> bool:
    """Whether a text, or each part of it as `directory.editions.names` joins them, reads like one
    of these in the active language: no need to say that it is in the organisation's."""
    language = get_language()
    if not language or settings.ORGANIZATION.writes(language):
        return False
    known = _read_in(settings.ORGANIZATION.language, language)
    parts = [part for part in JOINED.split(text) if part]
    return text in known or (bool(parts) and all(part in known for part in parts))


# The part, the field, what tells where, and the text as the organisation writes it.
Place = tuple[type[Part], str, str, str]
Translations = dict[Place, str]
# By the text, and by where it stands: what others read. Most texts are none of these.
Otherwise = dict[str, dict[tuple[type[Part], str, str], tuple[str, ...]]]


@lru_cache(maxsize=16)
def _otherwise(written: str, languages: tuple[str, ...]) -> Otherwise:
    """The texts in each of these languages of those that are in the language `written`."""
    found: Otherwise = {}
    for language in languages:
        for (part, field, where, text), told in _translations(written, language).items():
            places = found.setdefault(text, {})
            before = places.get((part, field, where), ())
            places[part, field, where] = *before, told
    return found


@lru_cache(maxsize=16)
def _translations(written: str, language: str) -> Translations:
    """The texts in `language` of those that are in the language `written`."""
    found: Translations = {}
    for part, field, _key, texts in SHIPPED:
        for where, text in texts:
            with override(written):
                place = part, field, str(where), str(text)
            with override(language):
                found[place] = str(text)
    return found


@lru_cache(maxsize=16)
def _read_in(written: str, language: str) -> frozenset[str]:
    return frozenset(_translations(written, language).values())


def _in_language(value: Any, translations: Translations) -> Any:
    """A piece of a document with these translations in the places of what it holds; itself where
    there are none."""
    if isinstance(value, tuple):
        told = tuple(_in_language(each, translations) for each in value)
        return value if all(map(is_, told, value)) else told
    if isinstance(value, dict):
        return {key: _in_language(each, translations) for key, each in value.items()}
    if not isinstance(value, Part):
        return value
    changed = {}
    for name in _holding_parts(type(value)):
        before = getattr(value, name)
        if before and (after := _in_language(before, translations)) is not before:
            changed[name] = after
    for part, field, key in _fields(type(value)):
        place = part, field, str(getattr(value, key)), getattr(value, field)
        if translated := translations.get(place):
            changed[field] = translated
    return msgspec.structs.replace(value, **changed) if changed else value


@cache
def _holding_parts(kind: type) -> list[str]:
    """The fields of a part of a document in which there are parts that may say what ships with the
    product."""
    return [
        name
        for name, hint in get_type_hints(kind).items()
        if any(_fields(part) or _holding_parts(part) for part in _parts(hint))
    ]


def _parts(hint: Any) -> Iterator[type[Part]]:
    if isinstance(hint, type) and issubclass(hint, Part):
        yield hint
    for each in get_args(hint):
        yield from _parts(each)
