"""What it costs to save what one service uses, in a small directory and in a large one.

    DATABASE_URL=… python -m tests.benchmarks.saving [5 2000]

Prints for each form, preview and save the queries, the milliseconds of the processor and those that
the database took, with their ratios to those of the smallest directory: the least of TIMES.
"""

# ruff: noqa: T201
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from io import StringIO
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import setup_test_environment

from directory import models
from directory.editions.publish import publish
from tests.benchmarks.back_office import page, sent
from tests.benchmarks.directories import fill, own_database
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    ServiceFactory,
    WebFactory,
    weekday_schedule,
)
from tests.html import form_values

SIZES = (5, 2_000)
TIMES = 4
BUTTONS = {"form": "", "preview": "_preview", "save": "_save"}


class Cost(NamedTuple):
    """The processor's seconds, the database's, and the queries."""

    working: float
    asking: float
    queries: int


def own_rows() -> dict[str, tuple[Model, str, str]]:
    """What one service uses: the row, the field that is changed, and what is typed there."""
    number = PhoneFactory(code="propia", phone="+573187174900")
    mail = EmailFactory(code="correo", email="ayuda@ejemplo.org")
    web = WebFactory(code="sitio", url="https://ayuda.ejemplo.org/")
    schedule = weekday_schedule(name="Propio")
    service = ServiceFactory(slug="propio", is_published=True)
    ChannelFactory(code="propio", service=service, contacts=[number, mail, web], schedule=schedule)
    return {
        "number": (number, "phone", "+57318717491{}"),
        "mail address": (mail, "email", "ayudas{}@ejemplo.org"),
        "web address": (web, "url", "https://ayuda.ejemplo.org/{}"),
        "service": (
            service,
            "introduction",
            "Paso {}: llame al +57 601 1234567, o escriba a soporte@ejemplo.org.",
        ),
        "schedule": (schedule, "spans-0-closes", "18:0{}"),
    }


def measured(client: Client, row: Model, field: str, text: str, button: str) -> Cost:
    """The cost of one form, preview or save."""
    typed = {**form_values(client.get(page(row))), field: text, button: "1"}
    taken = []

    def clock(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            taken.append(time.perf_counter() - began)

    with connection.execute_wrapper(clock):
        began = time.process_time()
        response = sent(client.post(page(row), typed)) if button else client.get(page(row))
        working = time.process_time() - began
    assert response.status_code == (302 if button == "_save" else 200), response.status_code
    return Cost(working, sum(taken), len(taken))


def measure_all(size: int) -> dict[str, Cost]:
    """Each of the steps in a directory of `size` services that was checked."""
    fill(size)
    rows = own_rows()
    publish(models.Service.objects.all())
    with StringIO() as out, suppress(CommandError):
        call_command("check_directory", stdout=out)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("scale"))
    found = {}
    for name, (row, field, text) in rows.items():
        costs = [
            {step: measured(client, row, field, text.format(time_), button)
             for step, button in BUTTONS.items()}
            for time_ in range(TIMES)
        ]  # fmt: skip
        for step in BUTTONS:
            # The first fills what is remembered.
            each = [cost[step] for cost in costs[1:]]
            least = Cost(*(min(values) for values in zip(*each, strict=True)))
            found[f"{name}: {step}"] = least
    return found


def main(sizes: Iterable[int]) -> None:
    setup_test_environment()
    least: dict[str, Cost] = {}
    for size in sizes:
        with own_database():
            found = measure_all(size)
        least = least or found
        print(f"{connection.vendor}, {size} services", flush=True)
        for name, cost in found.items():
            of_least = least[name]
            print(
                f"  {name:<24} {cost.queries:>4} queries ({cost.queries - of_least.queries:+d})"
                f" {cost.working * 1000:7.1f} ms of CPU ({cost.working / of_least.working:.2f})"
                f" {cost.asking * 1000:6.1f} ms of the database"
                f" ({cost.asking / of_least.asking:.2f})",
                flush=True,
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
