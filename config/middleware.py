"""Probes, CORS, the language of an address, and conditional requests."""

import contextlib
import hashlib
import logging
import re
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import activate, get_language, get_supported_language_variant

GetResponse = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)


class ProbeMiddleware:
    """`/healthz` (alive; no database) and `/readyz` (database there, migrations applied).

    First in the list, so that a probe needs neither a known host name nor TLS.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in ("/healthz", "/readyz") and request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return self.readiness()
        return self.get_response(request)

    def readiness(self) -> JsonResponse:
        """Whether the database answers and has every migration."""
        try:
            executor = MigrationExecutor(connection)
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except (DatabaseError, InterfaceError):
            logger.exception("Not ready: the database does not answer")
            return JsonResponse({"ready": False, "reason": "database"}, status=503)
        if pending:
            return JsonResponse({"ready": False, "reason": "migrations"}, status=503)
        return JsonResponse({"ready": True})


class CorsMiddleware:
    """Lets pages of every origin read the API, whatever it answers: not modified and errors too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            response["Access-Control-Allow-Origin"] = "*"
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but for `Vary`: the address alone decides the language, so what a browser prefers
    is no reason to keep an answer twice. The address of the API does with `?lang=pt`."""

    def process_request(self, request: HttpRequest) -> None:
        """Make the language of the address the active one. What `lang` names no language the API
        refuses (`directory.api.views.endpoint`)."""
        super().process_request(request)
        if request.path.startswith("/api/") and (wanted := request.GET.get("lang")):
            with contextlib.suppress(LookupError):
                activate(get_supported_language_variant(wanted))
                request.LANGUAGE_CODE = get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer with its language."""
        vary = response.headers.get("Vary")
        response = super().process_response(request, response)
        del response.headers["Vary"]
        if vary:
            response.headers["Vary"] = vary
        return response


class ConditionalMiddleware(ConditionalGetMiddleware):
    """Django's, for HEAD too: our views answer it in full, and the server leaves the body out.

    An element of a page that is marked `data-moment` only tells when the page was made. It is no
    reason to send the page anew, within the minute that it tells: the ETag is of all the rest.
    """

    MOMENT = re.compile(rb"<(\w+)\b[^>]*\sdata-moment\b.*?</\1>", re.DOTALL)
    KEPT_FOR_SECONDS = 60

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, or that the one that is kept still holds."""
        # Compressed or not, further out; a 304 says so too (RFC 9110, 15.4.5).
        patch_vary_headers(response, ["Accept-Encoding"])
        if isinstance(response, HttpResponse) and self.has_moment(response):
            response["ETag"] = self.etag(request, response)
        return self.answer(request, response)

    def has_moment(self, response: HttpResponse) -> bool:
        """Whether it is a page that tells when it was made."""
        is_page = response.get("Content-Type", "").startswith("text/html")
        return is_page and self.needs_etag(response) and b"data-moment" in response.content

    def etag(self, request: HttpRequest, response: HttpResponse) -> str:
        """What the page says, with when it was made; that of a copy that says the same, where the
        request names one that is young enough."""
        said = hashlib.sha256(self.MOMENT.sub(b"", response.content)).hexdigest()[:32]
        now = int(time.time())
        for known in parse_etags(request.headers.get("If-None-Match", "")):
            made = re.fullmatch(rf'W/"{said}-([0-9a-f]{{1,16}})"', known)
            if made and 0 <= now - int(made[1], 16) < self.KEPT_FOR_SECONDS:
                return known
        return f'W/"{said}-{now:x}"'

    def answer(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Django's answer, for HEAD too."""
        if request.method != "HEAD":
            return super().process_response(request, response)
        request.method = "GET"
        try:
            return super().process_response(request, response)
        finally:
            request.method = "HEAD"
