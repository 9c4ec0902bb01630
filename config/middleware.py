"""What must work before, or without, everything else."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from directory.api.problems import Problem

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
        try:
            executor = MigrationExecutor(connection)
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except (DatabaseError, InterfaceError):
            logger.exception("Not ready: the database does not answer")
            return JsonResponse({"ready": False, "reason": "database"}, status=503)
        if pending:
            return JsonResponse({"ready": False, "reason": "migrations"}, status=503)
        return JsonResponse({"ready": True})


class OpenToAllMiddleware:
    """Pages of every origin may read the API, whatever it answers: not modified and errors too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            response["Access-Control-Allow-Origin"] = "*"
        return response


class ConditionalMiddleware(ConditionalGetMiddleware):
    """Django's, for HEAD too: our views answer it in full, and the server leaves the body out."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.method != "HEAD":
            return super().process_response(request, response)
        request.method = "GET"
        try:
            return super().process_response(request, response)
        finally:
            request.method = "HEAD"


class DatabaseOutageMiddleware:
    """While the database is away, say so with 503 and when to try again, instead of an error."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer: %s", exception)
        later = {"Retry-After": "30"}
        if request.path.startswith("/api/"):
            detail = _("The directory cannot be read right now. Try again in half a minute.")
            return Problem(503, _("One moment, please"), detail, later).response()
        context = {"organization": settings.ORGANIZATION, "mirror": self.mirror_of(request.path)}
        return HttpResponse(render_to_string("503.html", context), status=503, headers=later)

    def mirror_of(self, path: str) -> str:
        """Where the copy that `export_site` made has this page; empty if there is none."""
        if not settings.MIRROR_URL or path.startswith("/admin/"):
            return ""
        return settings.MIRROR_URL + path
