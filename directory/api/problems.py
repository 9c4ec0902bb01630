"""Errors of the API: application/problem+json (RFC 9457)."""

import msgspec
from django.http import HttpResponse


class Problem(Exception):
    """An answer that is an error: HTTP status, what it is in general, what is wrong here, and what
    else programs may want to know of it, by name."""

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        headers: dict[str, str] | None = None,
        **more: object,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = headers
        self.more = more

    def response(self) -> HttpResponse:
        """The error as it is sent."""
        body = {
            "type": "about:blank",
            "title": str(self.title),
            "status": self.status,
            "detail": str(self.detail),
            **self.more,
        }
        return HttpResponse(
            msgspec.json.encode(body),
            status=self.status,
            content_type="application/problem+json",
            headers=self.headers,
        )
