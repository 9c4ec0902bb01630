"""What the public has read last, for the time while the database is away.

A process remembers the current editions that it has read, and the first page of the list; where
`CACHE_URL` names a cache, all processes do together. What is given proves itself by its seal as
always, and says since when it is known (`known_at`).
"""

import hashlib
import logging
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.core.cache import caches
from django.core.paginator import Page, Paginator
from django.db import DatabaseError, InterfaceError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from config.availability import AWAY_FOR, Away, is_away, note_away
from config.database_errors import is_outage
from directory.models import Edition

logger = logging.getLogger(__name__)

# Some thousand editions, compressed; and what Python takes besides for each thing that is known.
BYTES = 6 * 2**20
OVERHEAD = 500
# Who reads a number needs to know how old it is; older than that it is not given.
GIVEN_SECONDS = 24 * 60 * 60
# What is known anyway is written into the shared cache so often.
SHARED_EVERY = timedelta(minutes=1)
# It is told to the minute how old it is: so often is noted that it is current still.
CONFIRMED_EVERY = timedelta(seconds=1)
SHARED = "answers"
SIGNATURE = 32
_cache_away_until = 0.0

_since: ContextVar[datetime | None] = ContextVar("since", default=None)


class Known(NamedTuple):
    """Something that was read: what it is, packed, with what tells it from others of its name, and
    when that was so last."""

    packed: bytes
    stamp: Any
    at: datetime
    shared_at: datetime


class Memory:
    """The newest of what is put into it, BYTES at most."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, name: str) -> Known | None:
        """What is known by this name."""
        with self._lock:
            return self._known.get(name)

    def put(self, name: str, known: Known) -> None:
        """Know it; what was put longest ago is forgotten for it."""
        with self._lock:
            self._drop(name)
            self._known[name] = known
            self._bytes += len(known.packed) + OVERHEAD
            while self._bytes > BYTES:
                self._drop(next(iter(self._known)))

    def forget(self, name: str) -> None:
        """Know it no more."""
        with self._lock:
            self._drop(name)

    def clear(self) -> None:
        """Know nothing."""
        with self._lock:
            self._known.clear()
            self._bytes = 0

    def _drop(self, name: str) -> None:
        if (known := self._known.pop(name, None)) is not None:
            self._bytes -= len(known.packed) + OVERHEAD


memory = Memory()


def begin() -> None:
    """Nothing was given yet: called before each request."""
    _since.set(None)


def known_at() -> datetime | None:
    """Since when is known what this request was given, in the zone of the site; None where it came
    from the database."""
    return _since.get()


def current(slug: str, read: Callable[[], Edition | None]) -> Edition | None:
    """What `read` returns: the current edition of the service with this slug, or None; or the last
    one that is known. Raises the error of `read`, or Away, where none is."""

    def ask() -> Edition | None:
        edition = read()
        if edition is None:
            memory.forget(_slug(slug))
        else:
            _remember(_slug(slug), edition.service_id, {"service": edition.service_id})
            _remember_edition(edition)
        return edition

    def known() -> Edition | None:
        found = _given(_slug(slug))
        return _edition(found["service"]) if found else None

    return _asked_or_known(ask, known)


def first_page(found: QuerySet[Edition], size: int) -> Page[Edition]:
    """The first page, of this size, of the list of all services; or the last one that is known,
    where all of its editions are. Raises the error of the query, or Away, where they are not."""
    paginator, name = Paginator(found, size), f"list:{size}"

    def ask() -> Page[Edition]:
        page = paginator.page(1)
        page.object_list = editions = list(page.object_list)
        listed = {"count": paginator.count, "services": [each.service_id for each in editions]}
        _remember(name, listed, listed)
        for each in editions:
            _remember_edition(each)
        return page

    def known() -> Page[Edition] | None:
        if (listed := _given(name)) is None:
            return None
        found = [_edition(service) for service in listed["services"]]
        editions: Any = [each for each in found if each is not None]
        paginator.count = listed["count"]
        return Page(editions, 1, paginator) if len(editions) == len(found) else None

    return _asked_or_known(ask, known)


def confirm(slug: str, digest: str) -> None:
    """It was seen just now that the edition with this digest is the current one of the service with
    this slug."""
    if (found := memory.get(_slug(slug))) is None:
        return
    name = _number(found.stamp)
    if (known := memory.get(name)) and known.stamp == digest:
        now = timezone.now()
        if timedelta() <= now - known.at < CONFIRMED_EVERY:
            return
        memory.put(_slug(slug), found._replace(at=now))
        memory.put(name, known._replace(at=now))


def _slug(slug: str) -> str:
    return f"slug:{slug}"


def _number(service: int) -> str:
    return f"service:{service}"


def _asked_or_known(ask: Callable[[], Any], known: Callable[[], Any]) -> Any:
    failure: Exception = Away("The database was found away a moment ago.")
    if not is_away():
        try:
            return ask()
        except (DatabaseError, InterfaceError) as error:
            if not is_outage(error):
                raise
            note_away()
            failure = error
    if (given := known()) is None:
        raise failure
    return given


def _edition(service: int) -> Edition | None:
    values = _given(_number(service))
    if values is None:
        return None
    columns = {field.attname for field in Edition._meta.concrete_fields}
    edition = Edition(**{each: values[each] for each in values.keys() & columns})
    # What a query adds: the signed record that it is the current one.
    vars(edition).update({each: values[each] for each in values.keys() - columns})
    edition._state.adding = False
    return edition


def _remember_edition(edition: Edition) -> None:
    values = {name: each for name, each in vars(edition).items() if not name.startswith("_")}
    _remember(_number(edition.service_id), edition.digest, values)


def _remember(name: str, stamp: Any, values: dict[str, Any]) -> None:
    now, known = timezone.now(), memory.get(name)
    if known is None or known.stamp != stamp:
        known = Known(_packed(values), stamp, now, datetime.min.replace(tzinfo=UTC))
    if now - known.shared_at > SHARED_EVERY:
        known = known._replace(shared_at=now)
        _share(name, known.packed, now)
    memory.put(name, known._replace(at=now))


def _given(name: str) -> dict[str, Any] | None:
    """What is known by a name, the newer of what this process and all of them know; noted as what
    the request was given."""
    known = [each for each in (memory.get(name), _shared(name)) if each]
    newest = max(known, key=lambda each: each.at, default=None)
    if newest is None or (timezone.now() - newest.at).total_seconds() > GIVEN_SECONDS:
        return None
    before = _since.get()
    _since.set(min(before, newest.at) if before else newest.at)
    return _unpacked(newest.packed)


def _packed(values: dict[str, Any]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(values), 1)


def _unpacked(packed: bytes) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.msgpack.decode(zlib.decompress(packed))
    return values


def _share(name: str, packed: bytes, at: datetime) -> None:
    stored = msgspec.msgpack.encode((packed, at))
    _asked(lambda cache: cache.set(_key(name), _signature(name, stored) + stored, GIVEN_SECONDS))


def _shared(name: str) -> Known | None:
    stored = _asked(lambda cache: cache.get(_key(name))) or b""
    signature, told = stored[:SIGNATURE], stored[SIGNATURE:]
    if not told or not constant_time_compare(signature, _signature(name, told)):
        return None
    packed, at = msgspec.msgpack.decode(told, type=tuple[bytes, datetime])
    return Known(packed, None, at, at)


def _key(name: str) -> str:
    return hashlib.sha256(f"last-known {name}".encode()).hexdigest()


def _signature(name: str, stored: bytes) -> bytes:
    """Who only writes to the cache brings no former number back."""
    salt = f"directory.editions.last_known {name}"
    return salted_hmac(salt, stored, algorithm="sha256").digest()


def _asked(what: Callable[[Any], Any]) -> Any:
    """What the shared cache says; None where there is none, or it did not answer a moment ago."""
    global _cache_away_until
    if SHARED not in settings.CACHES or time.monotonic() < _cache_away_until:
        return None
    try:
        return what(caches[SHARED])
    except Exception as error:  # whatever the library of the cache raises
        _cache_away_until = time.monotonic() + AWAY_FOR
        logger.warning("The cache that processes share does not answer: %s", error)
        return None
