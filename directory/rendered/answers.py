"""An answer as it is kept: made once from Django's, given to each who asks (RFC 9110)."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpResponse

from config.headers import CLOCK, clock
from config.request_ids import HEADER as REQUEST_ID
from directory.public.caching import MADE_AT, while_it_holds
from directory.rendered.encodings import IDENTITY, encoded, wanted

# Made anew for each who asks, or of each coding. `Last-Modified` says less than the ETag.
OWN = {
    "cache-control",
    "content-encoding",
    "content-length",
    "etag",
    "last-modified",
    "vary",
    CLOCK.lower(),
    REQUEST_ID.lower(),
}
# What tells of the body, which “not modified” has not.
OF_BODY = {"Content-Type", "Content-Language", "Content-Disposition"}
# Of an answer besides its bodies, about.
OVERHEAD = 4_000
NOT_MODIFIED, FAILED = "304 Not Modified", "412 Precondition Failed"
Headers = list[tuple[str, str]]


class Answer(msgspec.Struct, frozen=True):
    """What is answered, in all codings. It is the one of the time from `made_at` to `until`
    (seconds since 1970; None: no end is known), and of a version. `tag` is empty where it is no
    success: that is given, and not kept."""

    status: str
    headers: tuple[tuple[str, str], ...]
    cache_control: str
    bodies: dict[str, bytes]
    tag: str
    version: str
    made_at: float
    until: float | None
    # Whether it is the same for everybody who asks, as the view has said.
    may_be_kept: bool = False
    # Whether it tells what was known before the database went away.
    is_of_outage: bool = False

    @classmethod
    def of(cls, response: HttpResponse, version: str, made_at: float) -> "Answer":
        """What Django has answered. `until` is what `directory.public.caching` has noted."""
        headers = tuple(each for each in response.items() if each[0].lower() not in OWN)
        until = getattr(response, "holds_until", None)
        is_success = response.status_code == 200
        return cls(
            status=f"{response.status_code} {response.reason_phrase}",
            headers=headers,
            cache_control=response.get("Cache-Control", ""),
            bodies=encoded(response.content),
            tag=response.get("ETag", "").strip('"') if is_success else "",
            version=version,
            made_at=made_at,
            until=until and until.timestamp(),
            may_be_kept=is_success and hasattr(response, "holds_until") and _is_for_all(response),
            is_of_outage=getattr(response, "known_at", None) is not None,
        )

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return OVERHEAD + sum(map(len, self.bodies.values()))

    def holds_at(self, now: float) -> bool:
        """Whether it is the answer at this instant: not before it was made either, where the clock
        was put back."""
        return self.made_at <= now and (self.until is None or now < self.until)

    def until_at_most(self, moment: float) -> "Answer":
        """The same, ending at this instant at the latest."""
        return msgspec.structs.replace(self, until=min(self.until or moment, moment))

    def given(
        self, environ: Mapping[str, Any], request_id: str, now: float
    ) -> tuple[str, Headers, bytes]:
        """Status, headers and body for who asks, at this instant."""
        accepted = wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        coding = next((each for each in accepted if each in self.bodies), IDENTITY)
        body = self.bodies[coding]
        headers = [*self.headers, ("Vary", "Accept-Encoding"), (REQUEST_ID, request_id)]
        if left := self._cache_control(now):
            headers.append(("Cache-Control", left))
        if self.is_page:
            headers.append((CLOCK, clock()))
        status = self.status
        if self.tag:
            alike, point, own = self.tag.partition(MADE_AT)
            of_coding = "" if coding == IDENTITY else f"-{coding}"
            tag = f'"{alike}{of_coding}{point}{own}"'
            headers.append(("ETag", tag))
            status = _status(environ, tag) or status
        if status is not self.status:
            return status, [each for each in headers if each[0] not in OF_BODY], b""
        if coding != IDENTITY:
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(len(body))))
        return status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body

    @property
    def is_page(self) -> bool:
        """Whether scripts of a page read its headers."""
        return ("Content-Type", "text/html; charset=utf-8") in self.headers

    def _cache_control(self, now: float) -> str:
        if self.until is None or not self.may_be_kept or self.is_of_outage:
            return self.cache_control
        return while_it_holds(self.until - now)


def _is_for_all(response: HttpResponse) -> bool:
    """Whether nothing in a response says that it is somebody's own: a view may be wrong."""
    varies = {each.strip().lower() for each in response.get("Vary", "").split(",")}
    return not response.cookies and varies <= {"", "accept-encoding"}


def _status(environ: Mapping[str, Any], tag: str) -> str:
    """What the conditions of a request make of the answer with this strong tag (RFC 9110, 13.2.2);
    empty: nothing. Without `Last-Modified` dates are no conditions."""
    needed, known = environ.get("HTTP_IF_MATCH", "*"), environ.get("HTTP_IF_NONE_MATCH")
    # Compared strongly: a weak one is none.
    if needed.strip() != "*" and not re.search(rf"(?<!W/){re.escape(tag)}", needed):
        return FAILED
    # No tag of ours stands within another: quotes are around each. Compared weakly (13.1.2): what
    # another process made is the same but for the second in which it did.
    alike, point, _own = tag.partition(MADE_AT)
    if known is not None and (known.strip() == "*" or alike + point in known):
        return NOT_MODIFIED
    return ""
