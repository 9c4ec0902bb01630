"""Where what was rendered is shared between processes and machines."""

from typing import Any

# A page is rendered in less.
REDIS_SECONDS = 0.2


def caches(url: str) -> dict[str, Any]:
    """CACHES: without a Redis, nothing is shared. With it, nobody waits for it."""
    nothing: dict[str, Any] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if not url:
        return {"default": nothing}
    # Only who uses it has it in memory.
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "directory",
        "OPTIONS": {
            "serializer": "directory.rendered.shared.Plain",
            "socket_connect_timeout": REDIS_SECONDS,
            "socket_timeout": REDIS_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        },
    }
    return {"default": nothing, "answers": redis}
