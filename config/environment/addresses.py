"""Where things are: hosts, web and mail addresses, servers of databases, mails and caches."""

import re
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator, URLValidator

from config.environment.files import PROJECT
from config.environment.kinds import Wrong, number

LABELS = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
# Parameters of PostgreSQL's library whose values it reads when it connects
# (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
WHOLE = {
    *("connect_timeout", "tcp_user_timeout", "keepalives", "keepalives_idle"),
    *("keepalives_interval", "keepalives_count"),
}
WORDS = {
    "sslmode": ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
    "gssencmode": ("disable", "prefer", "require"),
    "channel_binding": ("disable", "prefer", "require"),
    "target_session_attrs": (
        *("any", "read-write", "read-only", "primary", "standby", "prefer-standby"),
    ),
}
# What Django takes out before its library sees them.
OF_DJANGO = {"assume_role"}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 587, "smtp+ssl": 465}
OTHER_MAIL = ("consolemail", "dummymail", "filemail", "memorymail")


def host(value: str) -> str:
    """A host that this server answers for, as in the header Host, without a port; a dot before it:
    and all that are below."""
    literal = re.fullmatch(r"\[([^%]+)\]", value)
    if not _is_name(value.lower().removeprefix(".")) and not (literal and _is_ip(literal[1])):
        raise Wrong(
            "Write names of hosts, without https://, port, path or *: soporte.example.com. What "
            "is not ASCII is written as xn--…"
        )
    return value.lower()


def trusted_domain(value: str) -> str:
    """A domain to which addresses may lead."""
    value = value.lower()
    if not re.fullmatch(r"(?:[^\W_A-Z](?:[\w-]*[^\W_])?\.)+[^\W\d_A-Z]{2,}", value):
        raise Wrong("Write names of hosts, separated by commas: example.com, example.org.")
    return value


def web_address(value: str) -> str:
    """A whole http(s) address, without its last slash."""
    if not _is_page(value) or re.search(r"[?#\s\"<>\\]", value):
        raise Wrong("Write a whole http(s) address: https://www.example.com.")
    return value.rstrip("/")


def page_address(value: str) -> str:
    """A whole http(s) address of a page, as it is."""
    if not _is_page(value):
        raise Wrong("Write a whole http(s) address: https://www.example.com/page.")
    return value


def origin(value: str) -> str:
    """A web address without a path, as browsers send it (RFC 6454, 6.1)."""
    parts = urlsplit(web_address(value))
    if parts.path:
        raise Wrong("Write it without a path: https://soporte.example.com.")
    if not parts.netloc.isascii():
        raise Wrong("Write what is not ASCII as xn--…: https://xn--….example.com.")
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}"


def contact(value: str) -> str:
    """An address to write or call to, as a URI (RFC 9116, 2.5.3): of a mail address, mailto:."""
    found = f"mailto:{value}" if "@" in value and ":" not in value else value
    scheme, _colon, rest = found.partition(":")
    is_right = {
        "https": _is_page(found),
        "mailto": _is_mail(rest.partition("?")[0]),
        "tel": bool(re.match(r"\+\d", rest)),
    }
    if not is_right.get(scheme) or re.search(r"\s", found):
        raise Wrong("Write a mail address, or a whole https: or tel: address.")
    return found


def sender(value: str) -> str:
    """Who sends mails: an address, perhaps with a name: Name <a@example.com>."""
    found = re.fullmatch(r"(?:[^<>@]+<([^<>]+)>|([^<>\s]+))", value)
    address = found and (found[1] or found[2])
    if not address or not _is_mail(address) or parseaddr(value)[1] != address:
        raise Wrong("Write a mail address: help@example.com, or Name <help@example.com>.")
    return value


def mail_server(value: str) -> dict[str, Any]:
    """How mails are sent, as Django's EMAIL_ settings."""
    parts = _split(value)
    scheme = parts.scheme if parts else ""
    # What stands behind the host would be read by nothing.
    behind = parts and (parts.path.strip("/") or parts.query or parts.fragment)
    is_server = parts and scheme in MAIL_PORTS and parts.hostname and not behind
    if not parts or not (scheme in OTHER_MAIL or is_server):
        raise Wrong(
            "Write smtp+tls://user:password@host:587, or smtp://host:25, smtp+ssl://host:465, "
            "consolemail:// (printed), dummymail:// (none)."
        )
    try:
        read: dict[str, Any] = environ.Env.email_url_config(value)
    except (ValueError, ImproperlyConfigured):
        raise Wrong("Write smtp+tls://user:password@host:587.") from None
    read["EMAIL_PORT"] = read["EMAIL_PORT"] or MAIL_PORTS.get(scheme)
    if scheme == "filemail":
        read["EMAIL_FILE_PATH"] = f"/{read['EMAIL_FILE_PATH']}"
    return read


def database(value: str) -> dict[str, Any]:
    """A database, as Django's DATABASES has it; a file of SQLite stands in the folder of the
    project if its path is not absolute."""
    scheme, _colon, rest = value.partition("://")
    if scheme == "sqlite" and rest.strip("/"):
        read: dict[str, Any] = environ.Env.db_url_config(value)
        if read["NAME"] == ":memory:":
            raise Wrong(
                "In memory each thread has a database of its own, which is empty: name a file."
            )
        read["NAME"] = str(_sqlite_file(PROJECT / read["NAME"]))
        if read.get("OPTIONS"):
            raise Wrong("Write sqlite:////path/of/the/file, and nothing behind it.")
        return read
    parts = _split(value)
    if not parts or scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise Wrong(
            "Write postgres://user:password@host:5432/name, with what is special in the password "
            "as in web addresses (%40 for @), or sqlite:////path/of/the/file."
        )
    read = dict(environ.Env.db_url_config(value))
    if problem := _of_connection(read):
        raise Wrong(problem)
    return read


def _sqlite_file(path: Path) -> Path:
    try:
        if path.is_dir() or not path.parent.is_dir():
            raise Wrong("Write sqlite:////path/of/the/file, in a folder that is there.")
    except OSError as error:
        raise Wrong(f"It cannot be looked for: {error.strerror}.") from error
    return path


def _of_connection(read: dict[str, Any]) -> str:
    """What PostgreSQL's library would refuse of what stands behind “?”, and of the names."""
    # Only who uses it has it in memory.
    from psycopg import Error, conninfo

    options = read.get("OPTIONS", {})
    if any("\0" in str(read[name]) for name in ("NAME", "USER", "PASSWORD", "HOST")):
        return "Write no %00 into it."
    for name, value in options.items():
        if name in OF_DJANGO:
            continue
        try:
            conninfo.make_conninfo(**{name: value})
        except Error:
            return f"PostgreSQL knows no parameter “{name}”."
        if name in WHOLE and not re.fullmatch(r"-?\d{1,9}", str(value)):
            return f"Write a whole number for “{name}”."
        if name in WORDS and str(value) not in WORDS[name]:
            return f"Write for “{name}” one of: {', '.join(WORDS[name])}."
    return ""


def cache(value: str) -> str:
    """A server of Redis."""
    parts = _split(value)
    is_whole = parts and (parts.hostname or (parts.scheme == "unix" and parts.path))
    if not parts or not is_whole or parts.scheme not in ("redis", "rediss", "unix"):
        raise Wrong("Write redis://host:6379/0, rediss:// for TLS, or unix:///path.")
    # Only who uses it has it in memory.
    from redis.connection import ConnectionPool
    from redis.exceptions import RedisError

    try:
        if parts.scheme != "unix" and not re.fullmatch(r"/?|/\d{1,5}/?", parts.path):
            raise ValueError
        ConnectionPool.from_url(value).make_connection()
    except (ValueError, TypeError, AttributeError, RedisError):
        raise Wrong(
            "Write the number of a database behind the host, and parameters that the package redis "
            "knows: redis://host:6379/0?socket_timeout=1."
        ) from None
    return value


def listening(value: str) -> str:
    """Where gunicorn listens."""
    address, colon, port = value.rpartition(":")
    if re.fullmatch(r"unix:/.+|fd://\d+", value):
        return value
    try:
        number(1, 65535)(port if colon else "")
        if address:
            host(address)
    except Wrong:
        raise Wrong("Write 127.0.0.1:8000, [::1]:8000 or unix:/path.") from None
    return value


def sentry(value: str) -> str:
    """A DSN of Sentry, if its client is installed."""
    parts = _split(value)
    if not parts or not re.fullmatch(r"https?://[^@/\s:]+@[^@/\s]+/(?:[^/\s]+/)*\d+", value):
        raise Wrong("Write the DSN of the project: https://key@host/number.")
    try:
        import sentry_sdk  # noqa: F401
    except ImportError:
        raise Wrong("It needs the package sentry-sdk: pip install sentry-sdk.") from None
    return value


def _is_page(value: str) -> bool:
    """Whether it is a whole http(s) address, with a port that there is and without a user."""
    try:
        URLValidator(schemes=["http", "https"])(value)
        parts = urlsplit(value)
        return not parts.username and parts.port != 0
    except (ValidationError, ValueError):
        return False


def _split(value: str) -> SplitResult | None:
    """The parts of an address; none where its host or port is no such thing."""
    try:
        parts = urlsplit(value)
        return None if re.search(r"\s", value) or parts.port == 0 else parts
    except ValueError:
        return None


def _is_name(value: str) -> bool:
    """Whether it is a name of a host (RFC 1123, 2.1), or an address of IPv4."""
    is_short = len(value) <= 253 and all(len(label) <= 63 for label in value.split("."))
    is_number = re.fullmatch(r"[\d.]+", value)
    return bool(re.fullmatch(LABELS, value)) and is_short and (not is_number or _is_ip(value))


def _is_ip(value: str) -> bool:
    try:
        return bool(ip_address(value))
    except ValueError:
        return False


def _is_mail(value: str) -> bool:
    try:
        EmailValidator(allowlist=["localhost"])(value)
    except ValidationError:
        return False
    return True
