"""E-mail and web addresses: how people write and paste them, and how they are kept.

Kept is one form of each: scheme and host in lower case, the host readable (“ñandú.co”, never
“xn--and-6ma2c.co”), no port that goes without saying. Functions that tidy never raise.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from directory.contacts.text import tidy_code

WEB = re.compile(r"(https?)://([^/?#\\]*)(.*)", re.IGNORECASE | re.DOTALL)
AUTHORITY = re.compile(r"(.*?)(?::(\d*))?", re.DOTALL)
DEFAULT_PORTS = {"http": 80, "https": 443}
# “Mesa de ayuda <mesa@example.com>”, as programs of mail copy an address.
NAMED = re.compile(r"([^<>]*)<\s*([^<>]*?)\s*>")
# What a sentence or a list leaves at an address.
BESIDE = " ,;."
EMAIL = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")
# UTS #46: full stops of other scripts divide a host too.
STOPS = re.compile("[\u3002\uff0e\uff61]")
# RFC 1035 (2.3.4), in the form that the network uses.
LONGEST_LABEL, LONGEST_HOST = 63, 253
# What begins a label that is encoded for the network (RFC 5890, 2.3.2.5).
ENCODED = "xn--"
# RFC 5321 (4.5.3.1), and a name in front.
LONGEST_EMAIL = 500
is_email = EmailValidator(allowlist=[])

MESSAGES = {
    "scheme": _("A web address begins with https:// or http://: https://example.com/support."),
    "userinfo": _(
        "What stands before “@” in a web address is no part of where it leads, and can mislead. "
        "Write the address without it: %(address)s."
    ),
    "space": _("A web address has no spaces, line breaks or backslashes. Take out “%(found)s”."),
    "ip": _("“%(host)s” is the number of a computer. Write the name of the site."),
    "host": _("“%(host)s” is no name of a site. Write it as in https://example.com."),
    "port": _("No site listens at port %(port)s. Take it out, or write one from 1 to 65535."),
    "several": _("Here is more than one address. Write one, and add the others separately."),
    "email": _("This is no e-mail address. Write it as in soporte@example.com."),
    "local": _(
        "What stands before “@” has letters that no mailbox has: “%(local)s”. Write it without "
        "accents."
    ),
}


def tidy_web(text: str) -> str:
    """The web address that `text` says, in the form in which it is kept. What is none stays as it
    was written, for `check_web` to say why."""
    text = tidy_code(text)
    match = WEB.fullmatch(text)
    if match is None or "@" in match[2]:
        return text
    scheme, authority, rest = match[1].lower(), _composed(match[2]), match[3]
    if authority != match[2]:
        # It may have had a “／” or a “＠” of full width.
        return tidy_web(f"{scheme}://{authority}{rest}")
    host, port = _host_and_port(authority)
    is_default = port in ("", None) or _number(port) == DEFAULT_PORTS[scheme]
    return f"{scheme}://{tidy_host(host)}{'' if is_default else f':{_number(port)}'}{rest}"


def typed_web(text: str) -> str:
    """As `tidy_web`, with https:// in front where somebody typed no scheme: ejemplo.com/soporte."""
    web = tidy_web(f"https://{tidy_code(text)}")
    try:
        check_web(web)
    except ValidationError:
        return tidy_web(text)
    return web


def check_web(text: str) -> None:
    """Raise ValidationError unless `text` is a web address as `tidy_web` gives it."""
    match = WEB.fullmatch(text)
    if match is None:
        raise _refusal("scheme")
    scheme, authority, rest = match.groups()
    # The tidied host of two addresses has lost the colon of the second.
    if re.search(r"\shttps?:?//", text):
        raise _refusal("several")
    if found := re.search(r"[\s\\\x00-\x1f\x7f]", text):
        raise _refusal("space", found=found[0])
    if has_userinfo(text):
        raise _refusal("userinfo", address=f"{scheme}://{authority.rpartition('@')[2]}{rest}")
    host, port = _host_and_port(authority)
    _check_host(host)
    if port and not 1 <= _number(port) <= 65535:
        raise _refusal("port", port=port)


def tidy_email(text: str) -> str:
    """The e-mail address that `text` says, also with a name or `mailto:`, its domain in lower case.
    What is none stays as it was written, for `check_email` to say why."""
    text = unicodedata.normalize("NFKC", tidy_code(text)).strip(BESIDE)
    if len(text) > LONGEST_EMAIL:
        return text
    if named := NAMED.fullmatch(text):
        before, inner = named.groups()
        is_one = all(each == inner for each in EMAIL.findall(before))
        text = inner.strip(BESIDE) if is_one else text
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:].partition("?")[0]).strip(BESIDE)
    local, at, domain = text.rpartition("@")
    return f"{local}{at}{tidy_host(domain)}" if at and EMAIL.fullmatch(text) else text


def check_email(text: str) -> None:
    """Raise ValidationError unless `text` is an e-mail address as `tidy_email` gives it."""
    if len(text) > LONGEST_EMAIL:
        raise _refusal("email")
    if len(EMAIL.findall(text)) > 1:
        raise _refusal("several")
    local, at, domain = text.rpartition("@")
    if at and not local.isascii():
        raise _refusal("local", local=local)
    try:
        is_email(text)
    except ValidationError as error:
        raise _refusal("email") from error
    _check_host(domain)


def host_of(address: str) -> str:
    """The host of a web address, or the domain of an e-mail address; empty for neither."""
    if match := WEB.fullmatch(address):
        return tidy_host(_host_and_port(match[2].rpartition("@")[2])[0])
    return tidy_host(address.rpartition("@")[2]) if "@" in address else ""


def tidy_host(host: str) -> str:
    """A host or domain in lower case, every label readable, without a full stop at its end."""
    return ".".join(map(_readable, _composed(host).lower().removesuffix(".").split(".")))


def has_userinfo(address: str) -> bool:
    """Whether a web address has something before an “@” that looks like where it leads."""
    match = WEB.fullmatch(address)
    return match is not None and "@" in match[2]


def for_programs(address: str) -> str:
    """The address with its host as the network has it, for links."""
    host = host_of(address)
    if host.isascii():
        return address
    begin = address.find("://") + 3 if "://" in address else address.rfind("@") + 1
    return address[:begin] + address[begin:].replace(host, host_for_programs(host), 1)


def host_for_programs(host: str) -> str:
    """A host as the network has it (RFC 5891): xn--and-6ma2c.co."""
    return ".".join(map(_for_network, host.split(".")))


def mailto(address: str) -> str:
    """The mailto: link (RFC 6068) of an e-mail address."""
    return f"mailto:{quote(for_programs(address), safe='@')}"


def _composed(host: str) -> str:
    return unicodedata.normalize("NFKC", STOPS.sub(".", host))


def _readable(label: str) -> str:
    if not label.startswith(ENCODED) or len(label) > LONGEST_LABEL:
        return label
    try:
        shown = label.removeprefix(ENCODED).encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    # Nobody registers, and no browser shows, another writing of it.
    return shown if _for_network(unicodedata.normalize("NFKC", shown).lower()) == label else label


def _for_network(label: str) -> str:
    # Not Python's “idna”, which makes two letters s of “ß”: browsers go elsewhere since 2010.
    return label if label.isascii() else ENCODED + label.encode("punycode").decode()


def _check_host(host: str) -> None:
    labels = host.split(".")
    last = labels[-1]
    # Browsers read numbers at the end as the number of a computer: 127.1, 0x7f.1, [::1].
    if host.startswith("[") or re.fullmatch(r"\d+|0x[0-9a-f]*", last):
        raise _refusal("ip", host=host)
    is_name = len(labels) > 1 and len(last) > 1 and all(map(_is_label, labels))
    if not is_name or len(host_for_programs(host)) > LONGEST_HOST:
        raise _refusal("host", host=host)


def _is_label(label: str) -> bool:
    """Whether it may stand between the dots of a host: letters, their marks, digits, hyphens."""
    if not label or len(label) > LONGEST_LABEL or len(_for_network(label)) > LONGEST_LABEL:
        return False
    letters = [unicodedata.category(each) for each in label]
    is_spelled = all(
        kind[0] in "LM" or kind == "Nd" or each == "-"
        for each, kind in zip(label, letters, strict=True)
    )
    # What is still encoded can be read by nobody.
    begins_right = letters[0][0] != "M" and not label.startswith(ENCODED)
    return is_spelled and begins_right and label.strip("-") == label


def _host_and_port(authority: str) -> tuple[str, str | None]:
    match = AUTHORITY.fullmatch(authority)
    return (match[1], match[2]) if match else (authority, None)


def _number(port: str | None) -> int:
    # More digits than any port has are not counted.
    return int(port[:9]) if port else 0


def _refusal(code: str, **params: str) -> ValidationError:
    shown = {name: text if text.isprintable() else ascii(text) for name, text in params.items()}
    kept = "invalid" if code in ("scheme", "email") else code
    return ValidationError(MESSAGES[code], code=kept, params=shown)
