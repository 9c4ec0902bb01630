"""Probes, CORS, the language of an address, and conditional requests."""

import contextlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language, get_supported_language_variant

from config import readiness
from config.version import VERSION

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ProbeMiddleware:
    """`/healthz` (alive; no database) and `/readyz` (database there, migrated; files there).

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
        """Each check by its name; `reason` is the first that failed."""
        checks = readiness.checks()
        failed = [name for name, state in checks.items() if state != readiness.OK]
        known = {"version": VERSION, "checks": checks}
        if failed:
            return JsonResponse({"ready": False, "reason": failed[0], **known}, status=503)
        return JsonResponse({"ready": True, **known})


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
    """Django's, for HEAD too: our views answer it in full, and the server leaves the body out."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, or that the one that is kept still holds."""
        # Compressed or not, further out; a 304 says so too (RFC 9110, 15.4.5).
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method != "HEAD":
            return super().process_response(request, response)
        request.method = "GET"
        try:
            return super().process_response(request, response)
        finally:
            request.method = "HEAD"
