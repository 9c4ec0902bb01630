"""What saves, forms and pages cost with 100, 1,000 and 10,000 services.

    python -m tests.benchmarks.back_office [100 1000 10000]

Prints for each the queries, the seconds of the processor and the megabytes that Python held at most
for it, and the ratio of the last two to those of the smallest directory.
"""

# ruff: noqa: T201
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from io import StringIO
from itertools import count
from time import process_time

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from directory import models
from tests.benchmarks.directories import fill, own_database
from tests.html import form_values

SIZES = (100, 1_000, 10_000)
REPLACE = "/admin/directory/contactpoint/replace/"


def page(instance: Model, name: str = "change") -> str:
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[instance.pk])


Ask = Callable[[], HttpResponse]


def steps(client: Client) -> dict[str, Callable[[], Ask]]:
    """What is measured, by name: each opens what it needs and returns the request to measure."""
    own = models.ContactPoint.objects.get(code="linea-1")
    shared = models.ContactPoint.objects.get(code="linea-0")
    schedule = models.Schedule.objects.get(name="Oficina 0")
    service = models.Service.objects.get(slug="servicio-0")
    pages = {
        "form of a number shared by all": page(shared),
        "deleting a number shared by all": page(shared, "delete"),
        "replacing a number shared by all": f"{REPLACE}?ids={shared.pk}",
        "form of a schedule shared by all": page(schedule),
        "start page": reverse("admin:index"),
        "calendar": reverse("backoffice:calendar"),
        "page of findings": reverse("admin:directory_findingacceptance_changelist"),
        "public list": "/",
        "public search": "/?q=601+700+0001",
        "sitemap": "/sitemap.xml",
        "a file of the sitemap": "/sitemap-services.xml",
    }
    new = count(10)

    def save(row: Model, field: str, text: str, button: str = "_save") -> Ask:
        typed = {**form_values(client.get(page(row))), field: f"{text}{next(new)}", button: "1"}
        return lambda: sent(client.post(page(row), typed))

    hours = "spans-0-closes", "18:"
    return {
        "save of one number": lambda: save(own, "phone", "318 717 49"),
        "save of one service": lambda: save(service, "introduction", "Hola "),
        "effect of a schedule shared by all": lambda: save(schedule, *hours, "_preview"),
        **{name: partial(partial, client.get, url) for name, url in pages.items()},
    }


def sent(response: HttpResponse) -> HttpResponse:
    """The response, once the server has sent it: what is done then is part of the cost."""
    response.close()
    return response


def measure(opened: Callable[[], Ask]) -> tuple[int, float, float]:
    """Queries, seconds of the processor, megabytes."""
    ask = opened()
    with CaptureQueriesContext(connection) as queries:
        began = process_time()
        response = ask()
        seconds = process_time() - began
        asked = len(queries)
    assert response.status_code in (200, 302), response.status_code
    # Once more, because tracing takes time.
    ask = opened()
    tracemalloc.start()
    ask()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return asked, seconds, most / 1e6


def measure_all(size: int) -> dict[str, tuple[int, float, float]]:
    """Each of the `steps` in a directory of `size` services that was checked."""
    fill(size)
    with StringIO() as out, suppress(CommandError):
        call_command("check_directory", stdout=out)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("scale"))
    client.get(reverse("admin:index"))
    return {name: measure(opened) for name, opened in steps(client).items()}


def main(sizes: Iterable[int]) -> None:
    setup_test_environment()
    smallest: dict[str, tuple[int, float, float]] = {}
    for size in sizes:
        with own_database():
            measured = measure_all(size)
        smallest = smallest or measured
        print(f"{connection.vendor}, {size} services", flush=True)
        for step, (queries, seconds, megabytes) in measured.items():
            _queries, least_seconds, least_megabytes = smallest[step]
            print(
                f"  {step:<35} {queries:>4} queries"
                f" {seconds:>7.3f} s ({seconds / least_seconds:5.1f})"
                f" {megabytes:>7.1f} MB ({megabytes / max(least_megabytes, 1):5.1f})",
                flush=True,
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
