"""What Prometheus is told at `/metrics`: how many requests, how long, what was kept, how often the
database was away, what was published. Counts alone: no addresses, no names, nothing of a customer.

Who may read them has METRICS_TOKEN: `Authorization: Bearer …`. Without one there is no such page.
Processes of one server share a folder, PROMETHEUS_MULTIPROC_DIR, which `config/gunicorn.py` makes
before this module is loaded.
"""

import os
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
    values,
)
from prometheus_client import REGISTRY as ONE_PROCESS

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset(["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"])
# Seconds: a kept page takes less than the first, a large import the last.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

# The number of this process among those of its server: who comes after it goes on with its files.
_place = 0
if FOLDER in os.environ:
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: _place)

_requests = Counter(
    "directory_requests", "Requests that Django answered.", ["view", "method", "status"]
)
_seconds = Histogram(
    "directory_request_seconds", "How long Django took to answer.", ["view"], buckets=BUCKETS
)
_answers = Counter(
    "directory_kept_answers", "Public answers, by whether they were kept.", ["outcome"]
)
_kept, _rendered = _answers.labels("hit"), _answers.labels("miss")
_away = Counter("directory_database_away", "How often the database was found away.")
_editions = Counter("directory_editions_published", "Editions that were published.")


def take_place(number: int) -> None:
    """Say which of its server's processes this one is, before it counts anything."""
    global _place
    _place = number


def note_kept_answer(is_kept: bool) -> None:
    """Count a public answer: kept already, or rendered now."""
    (_kept if is_kept else _rendered).inc()


def note_database_away() -> None:
    """Count that the database was found away."""
    _away.inc()


def note_published(editions: int) -> None:
    """Count so many new editions."""
    _editions.inc(editions)


def text() -> bytes:
    """All of it, in Prometheus's words."""
    if FOLDER not in os.environ:
        return generate_latest(ONE_PROCESS)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


class MetricsMiddleware:
    """Counts requests, and answers `/metrics`; without METRICS_TOKEN it is not used.

    Before whatever needs a known host, TLS or the database: none of them may hide what is wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/metrics":
            return _answer(request)
        began = time.perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        method = request.method if request.method in METHODS else "other"
        _requests.labels(view or "none", method, response.status_code).inc()
        _seconds.labels(view or "none").observe(time.perf_counter() - began)
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        headers = {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}
        return HttpResponse(status=401, headers=headers)
    return HttpResponse(
        text(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )
