"""Addresses as people type, copy and remember them, read for what they mean: pure.

| typed | read as |
| --- | --- |
| `/Servicios/Clave_Segura`, `/servicios/clave%20segura/`, `/clave-segura` | the service |
| `/servicios//clave-segura.html`, `/servicios/clave-segura/index.html` | the same |
| `/servicios/clave-segura/).`, `“/servicios/clave-segura”`, `/clave-segura%23canales` | the same |
| `/servicios/clave-segura&utm_source=mail` | the same |
| `/es/servicios/clave-segura/`, `/EN-us/services/clave-segura/` | the same, in that language |
| `/en/es/servicios/clave-segura/` | the same, in the first of them |
| `/en/services/clave-segura/editions/3` | a page of the service, by its English words |
| `/es/`, `/servicios/`, `/index.html`, `/)` | the list |
| `/help/servicios/clave-segura/` | perhaps the service: nobody knows what “help” was |
"""

import re
from dataclasses import dataclass
from itertools import dropwhile
from urllib.parse import unquote_to_bytes

from django.conf import settings

from directory.contacts.text import fold

# Nobody types more; what is longer was made by a program.
LONGEST = 300
SEGMENTS_AT_MOST = 8
# What the part before the slug is called in our addresses, and what people take it for.
SERVICES = frozenset({"servicios", "servicio", "services", "service", "servicos", "servico"})
# The words of our addresses under a service, in other languages.
PARTS = {
    "edition": "ediciones",
    "editions": "ediciones",
    "edicion": "ediciones",
    "edicoes": "ediciones",
    "change": "cambios",
    "changes": "cambios",
    "cambio": "cambios",
    "alteracoes": "cambios",
    "changes.atom": "cambios.atom",
    "calendar.ics": "calendario.ics",
    "follow": "seguir",
    "report": "avisar",
    "card": "tarjeta",
    "cartao": "tarjeta",
    "contacts.vcf": "contactos.vcf",
    "contatos.vcf": "contactos.vcf",
}
# What chats and documents leave at the ends of an address.
OPENING, CLOSING = "([{<«“‘\"'*~`", ".,;:!)]}>»”’\"'*~`…"
FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
FIRST_PAGES = frozenset({"index", "default", "home"})
QUESTION = re.compile(r"[?#]|&\w+=")
# What no reader writes, but who tries to leave the site's folder.
ABOVE = re.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)")
REGION = re.compile(r"-[a-z]{2}$")
BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class TypedAddress:
    """What an address means: its language, if it names one; what the service is called in it, and
    the rest under that; `words`, what may be the name of the service in an address that says more
    than that. `is_plain`: it says nothing else. `is_list`: it leads to the list of services."""

    language: str | None = None
    name: str = ""
    rest: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_plain: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it names no service, but is plain."""
        return self.is_plain and not self.name

    @property
    def texts(self) -> tuple[str, ...]:
        """What may be the name of a service, the likeliest first."""
        return tuple(dict.fromkeys(filter(None, (self.name, " ".join(self.words), *self.words))))


def read(path: str) -> TypedAddress:
    """What the decoded path of an address means."""
    if len(path) > LONGEST or ABOVE.search(path):
        return TypedAddress()
    segments = _segments(path)
    language = _language(segments[0]) if segments else None
    segments = [*dropwhile(_language, segments)]
    folded = [fold(segment) for segment in segments]
    place = next((n for n, word in enumerate(folded) if word in SERVICES), None)
    before, after = ([], segments) if place is None else (segments[:place], segments[place + 1 :])
    if not after:
        return TypedAddress(language=language, words=tuple(before), is_plain=not before)
    name, *rest = after
    parts = [PARTS.get(part, part) for part in map(fold, rest)]
    return TypedAddress(
        language=language,
        name=name,
        rest=tuple(parts),
        words=tuple((*before, *after)[:SEGMENTS_AT_MOST]),
        is_plain=not before,
    )


def as_words(text: str) -> str:
    """A part of an address as people would search for it: “clave segra” of `clave-segra`."""
    return BETWEEN_WORDS.sub(" ", text).strip()


def prefixed(path: str, code: str) -> str:
    """The address that stands for a path in the language of this code: what follows the language
    that the path begins with, behind that of the code. Never one of another host."""
    plain = "/".join(dropwhile(_language, path.lstrip("/").split("/")))
    prefix = "" if code == settings.LANGUAGE_CODE else f"{code}/"
    return f"/{prefix}{plain.lstrip('/')}"


def _segments(path: str) -> list[str]:
    path = QUESTION.split(_decoded(path).replace("\\", "/"), maxsplit=1)[0]
    tidy = (_tidy(segment) for segment in path.split("/"))
    return [segment for segment in tidy if segment]


def _tidy(segment: str) -> str:
    """A segment without what is no part of a name; empty where that is all."""
    text = segment.strip().rstrip(CLOSING).lstrip(OPENING).strip()
    bare = FILE_ENDING.sub("", text)
    return "" if bare != text and bare.lower() in FIRST_PAGES else bare


def _decoded(path: str) -> str:
    """A path that was encoded twice, or as Latin letters were before UTF-8."""
    try:
        return unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return unquote_to_bytes(path).decode("latin-1")


def _language(segment: str) -> str | None:
    """The language of the site that a segment names, with or without a country."""
    code, known = segment.lower().replace("_", "-"), dict(settings.LANGUAGES)
    return next((each for each in (code, REGION.sub("", code)) if each in known), None)
