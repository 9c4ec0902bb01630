"""Content codings: which one a client wants (RFC 9110, 12.5.3), and texts in all of them: pure."""

import gzip
import re
from functools import lru_cache

import brotli

IDENTITY = "identity"
# Those that are made, the best first where a client wants several alike.
CODINGS = ("br", "gzip", IDENTITY)
# Less is not worth it.
SHORTEST = 200
# Nobody's browser says more; who does gets it as it is.
LONGEST_HEADER = 300
# Two to this power are the bytes that brotli looks back, and half the memory that it takes.
WINDOW = 16
ELEMENT = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*[qQ]=([01](?:\.[0-9]{0,3})?))?\s*")


def encoded(content: bytes) -> dict[str, bytes]:
    """The content by its codings; those that do not make it shorter are left out."""
    found = {IDENTITY: content}
    if len(content) >= SHORTEST:
        found |= {
            "gzip": gzip.compress(content, 6, mtime=0),
            "br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=5, lgwin=WINDOW),
        }
    return {coding: each for coding, each in found.items() if len(each) <= len(content)}


def wanted(header: str) -> tuple[str, ...]:
    """Of CODINGS those that `Accept-Encoding` accepts, the most wanted first."""
    return _wanted(header) if len(header) <= LONGEST_HEADER else (IDENTITY,)


@lru_cache(maxsize=256)
def _wanted(header: str) -> tuple[str, ...]:
    weights: dict[str, float] = {}
    for element in header.split(","):
        if match := ELEMENT.fullmatch(element):
            weights[match[1].lower()] = min(1.0, float(match[2] or 1))
    others = weights.get("*", 0.0)
    if "x-gzip" in weights:
        weights.setdefault("gzip", weights["x-gzip"])
    # As it is: unless it is named, wanted least of all, but not refused.
    least = others if "*" in weights else 0.0001
    of = {
        coding: weights.get(coding, least if coding == IDENTITY else others) for coding in CODINGS
    }
    return tuple(sorted((each for each in CODINGS if of[each] > 0), key=lambda each: -of[each]))
