"""What processes and machines share, in the Redis of CACHE_URL: what one has rendered, others give.

An answer is known by the question, its version and the release that rendered it, and is signed: who
only writes to Redis puts no other number into a page. No failure of Redis is one of a page.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

from directory.rendered.answers import Answer
from directory.rendered.questions import Question

logger = logging.getLogger(__name__)

ALIAS = "answers"
# What no version ends is dropped after so long (seconds).
LONGEST = 24 * 60 * 60
# After a failure nobody asks for so long.
AWAY_FOR = 5.0
SIGNATURE = 32
# What answers are rendered from, besides editions.
CODE = (".py", ".html", ".mo", ".json", ".svg", ".css", ".js")
SETTINGS = (
    "ORGANIZATION", "LANGUAGES", "LANGUAGE_CODE", "TIME_ZONE", "PUBLIC_URL", "MIRROR_URL",
    "CONTENT_SECURITY_POLICY", "X_FRAME_OPTIONS", "STATIC_URL", "DEBUG",
)  # fmt: skip


class Plain:
    """For Django's backend: bytes as they are. It would unpickle what others have written."""

    def dumps(self, value: bytes) -> bytes:
        """What is stored."""
        return value

    def loads(self, data: bytes) -> bytes:
        """What was stored."""
        return data


class Shared:
    """The answers that processes of the same release share."""

    def __init__(self) -> None:
        # Only who uses it has it in memory.
        from redis.exceptions import RedisError

        self._failures = RedisError, OSError
        self._cache = caches[ALIAS]
        self._release = release()
        self._key = salted_hmac("directory.rendered.shared", "key", algorithm="sha256").digest()
        self._away_until = 0.0

    def get(self, question: Question, version: str) -> Answer | None:
        """The answer of this version; None where there is none, or nobody tells."""
        key = self._name(question, version)
        stored = self._asked(lambda: self._cache.get(key))
        if not isinstance(stored, bytes) or not self._is_ours(key, stored):
            return None
        return msgspec.msgpack.decode(stored[SIGNATURE:], type=Answer)

    def put(self, question: Question, answer: Answer) -> None:
        """Let others give this answer, as long as it holds."""
        left = LONGEST if answer.until is None else answer.until - time.time()
        if left < 1:
            return
        key = self._name(question, answer.version)
        packed = msgspec.msgpack.encode(answer)
        stored = self._signature(key, packed) + packed
        self._asked(lambda: self._cache.set(key, stored, timeout=min(LONGEST, int(left))))

    def _name(self, question: Question, version: str) -> str:
        asked = msgspec.json.encode([self._release, version, *question])
        return hashlib.sha256(asked).hexdigest()

    def _signature(self, key: str, packed: bytes) -> bytes:
        return hmac.digest(self._key, key.encode() + packed, "sha256")

    def _is_ours(self, key: str, stored: bytes) -> bool:
        return hmac.compare_digest(stored[:SIGNATURE], self._signature(key, stored[SIGNATURE:]))

    def _asked(self, what: Any) -> Any:
        """The result; None where Redis does not answer, or did not a moment ago."""
        if time.monotonic() < self._away_until:
            return None
        try:
            return what()
        except self._failures as error:
            self._away_until = time.monotonic() + AWAY_FOR
            logger.warning("Redis does not answer; pages are rendered without: %s", error)
            return None


def release() -> str:
    """What code and settings render: of another release, or of other settings, nothing is taken."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(path.read_bytes())
    for name in SETTINGS:
        digest.update(f"{name}={getattr(settings, name)!r}".encode())
    return digest.hexdigest()


def _files() -> Iterable[Path]:
    own = (Path(app.path) for app in apps.get_app_configs())
    folders = {each for each in own if each.parent == settings.BASE_DIR}
    folders |= {settings.BASE_DIR / "config", settings.BASE_DIR / "templates"}
    found = (path for folder in folders for path in folder.rglob("*"))
    return sorted(path for path in found if path.suffix in CODE)
