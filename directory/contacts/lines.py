"""Contacts as people write them down, in lines: "Mesa de ayuda: 601 744 2727 ext. 1107, opción 2".

A line says a value, and may say before it what it is called or of which kind it is, and behind a
number its extensions and menu options. What a value is kept as, and whether it can be one, the
fields of contact points say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation

from directory.contacts import phones
from directory.contacts.kinds import ADDRESS, EMAIL, KINDS, PHONE, WEB, ContactKind
from directory.contacts.pasted import kind_of_pasted
from directory.contacts.text import LINE_BREAK, fold

# Between the parts of a line that says a stored contact: its value, its label.
SEPARATOR = " · "
# What is no label before a colon, and part of an address.
SCHEME = re.compile(r"(?i)(?:tel|callto|sms|smsto|mailto|geo):(?=\S)")
LABEL = re.compile(r"([^:\n]{1,120}?)\s*:(?!//)\s*(\S.*)")
# "tel:+57…;ext=1107" (RFC 3966).
EXTENSION_OF_LINK = re.compile(r"(?i);ext=")
MANY = re.compile(r";(?=\s|$)")
EXTENSIONS = re.compile(
    rf"(?i)(?<=[\d)])[\s,.;:(-]*(?:(?<![^\W\d_])(?:{phones.EXTENSION_WORD})(?![^\W\d_])|x|#)[\s.:)]*"
    r"(?=\d)"
)
MENU = re.compile(
    r"(?i)[\s,.;:(-]*(?<![^\W\d_])(?=(?:opci[oó]n(?:es)?|opc?|options?|men[uú]|marque|press)"
    r"(?![^\W\d_])[\s.:]*\w)"
)
# A number, short codes and words around it apart.
NUMBER = re.compile(r"(?i)(?:tel:|callto:)?[\d*#+(][\d*#+()./ \t-]*")
# What begins with one is no label: "601 744 2727 Ext: 1107".
BEGINS_WITH_NUMBER = re.compile(r"[+(]?(?:\d[ ().-]*){6}")
# An address of a site without its scheme.
HOST = re.compile(r"(?i)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#:]\S*)?")


@dataclass(frozen=True, kw_only=True)
class ContactLine:
    """What one line says; `kind` is None of a number of which it does not say what it is for, and
    of what is no value."""

    text: str
    value: str
    kind: ContactKind | None = None
    label: str = ""
    menu_options: str = ""
    extensions: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the value is written in digits."""
        return bool(NUMBER.fullmatch(self.value))


def split_lines(text: str) -> list[str]:
    """The contacts of a text, one a line or with ";" between them."""
    return [part for line in LINE_BREAK.split(text) for part in _parts(line) if part]


def _parts(line: str) -> Iterator[str]:
    for part in MANY.split(EXTENSION_OF_LINK.sub(" ext. ", line)):
        # Addresses of sites may have it within.
        whole = "://" in part or ";" not in part
        yield from (each.strip() for each in ([part] if whole else part.split(";")))


def read_line(text: str) -> ContactLine:
    """What a line says. Never raises: whether the value can be one is seen when it is kept."""
    label, value = _label_and_value(text)
    named = _named_kind(label)
    if named:
        label = "" if fold(label).strip(" .") in _words()[named.code] else label
    else:
        named, value = _kind_before(value)
    if not label and SEPARATOR in value:
        value, label = (part.strip() for part in value.split(SEPARATOR, 1))
    details: dict[str, str] = {}
    if named is None or named.has_extensions:
        value, details = _details(value)
    return ContactLine(
        text=text, value=value, kind=named or _evident_kind(value), label=label, **details
    )


def write_line(
    kind: ContactKind, value: str, *, label: str = "", menu_options: str = "", extensions: str = ""
) -> str:
    """The line that says a contact: `read_line` reads it back. Of a kind that its value does not
    show, in the active language."""
    shown = kind.display(value)
    if not (kind.is_self_evident or kind is PHONE or _evident_kind(shown) is kind):
        shown = f"{kind.label}: {shown}" if not label else f"{kind.label} {shown}"
    line = f"{label}: {shown}" if label else shown
    line += f" ext. {extensions}" if extensions else ""
    return line + (f", {menu_options}" if menu_options else "")


def _label_and_value(text: str) -> tuple[str, str]:
    match = None if SCHEME.match(text) else LABEL.fullmatch(text)
    if match is None or BEGINS_WITH_NUMBER.match(text) or not re.search(r"[^\W\d_]", match[1]):
        return "", text.strip()
    label, value = match[1].strip(), match[2].strip()
    # "portal.example.com:8443/soporte"
    is_port = "." in label and not re.search(r"\s", text) and value[:1].isdigit()
    return ("", text.strip()) if is_port else (label, value)


def _named_kind(label: str) -> ContactKind | None:
    """The kind that a label says: all of it, or a word of it that means nothing else."""
    folded = fold(label).strip(" .")
    for code, words in _words().items():
        if folded in words:
            return KINDS[code]
    for word in re.findall(r"\w+", folded):
        for code in ("whatsapp", "telegram", "sms", "fax"):
            if word == code:
                return KINDS[code]
    return None


def _kind_before(value: str) -> tuple[ContactKind | None, str]:
    """The kind that stands before a value, without more between: "cel. 316 873 1648"."""
    folded = fold(value)
    if len(folded) != len(value):
        return None, value
    for code, words in _words().items():
        follows = r"\S" if code == ADDRESS.code else r"[\d+(@*#]|\S+@|https?:|www\."
        for word in sorted(words, key=len, reverse=True):
            if rest := re.match(rf"{re.escape(word)}\.?\s+(?={follows})", folded):
                return KINDS[code], value[rest.end() :]
    return None, value


def _details(value: str) -> tuple[str, dict[str, str]]:
    """A number without its extensions and menu options, and these."""
    starts = {"extensions": EXTENSIONS.search(value), "menu_options": MENU.search(value)}
    found = sorted((match.start(), match.end(), name) for name, match in starts.items() if match)
    number = value[: found[0][0]].strip() if found else value
    if not found or not NUMBER.fullmatch(number):
        return value, {}
    ends = [start for start, _end, _name in found[1:]] + [len(value)]
    details = {
        name: _bare(value[begins:ends_at])
        for (_start, begins, name), ends_at in zip(found, ends, strict=True)
    }
    return number, details


def _bare(text: str) -> str:
    """A detail without what stands between it and others; brackets that close stay in it."""
    text = text.strip(" ,.;:(-")
    return text if text.count("(") == text.count(")") else text.rstrip(") ")


def _evident_kind(value: str) -> ContactKind | None:
    """The kind that a value shows by itself. What is none of it, but is written like one, is of
    that kind too, whose field says what is wrong with it."""
    kind, _shown = kind_of_pasted(value)
    if kind is PHONE and not value.lower().startswith(("tel:", "callto:")):
        return None
    if kind is not None or NUMBER.fullmatch(value):
        return kind
    if "@" in value.strip("@") and not re.search(r"\s", value):
        return EMAIL
    return WEB if "://" in value or HOST.fullmatch(value) else None


@cache
def _words() -> dict[str, frozenset[str]]:
    """What each kind is called, in every language of the site, by its code."""
    words = {code: {*kind.called} for code, kind in KINDS.items()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, kind in KINDS.items():
                words[code].add(fold(str(kind.label)))
    return {code: frozenset(each) for code, each in words.items()}
