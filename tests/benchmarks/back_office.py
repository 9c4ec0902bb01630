"""What saves, forms and pages cost with 100, 1,000 and 10,000 services.

    python -m tests.benchmarks.back_office [100 1000 10000]

Works in a test database of its own, SQLite's as a file. Prints for each the queries, the seconds of
the processor and the megabytes that Python held at most for it, and the ratio of the last two to
those of the smallest directory.
"""

# ruff: noqa: E402, T201
import os
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from io import StringIO
from itertools import count
from pathlib import Path
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from directory import models
from directory.editions.publish import publish
from escalations import models as escalations
from tests.factories import RequestTypeFactory, weekday_schedule
from tests.html import form_values

SIZES = (100, 1_000, 10_000)
CHANNELS, SCHEDULES, CONTACTS = 4, 20, 300
REPLACE = "/admin/directory/contactpoint/replace/"


@transaction.atomic
def fill(size: int) -> None:
    """`size` published services with CHANNELS channels of two numbers each. The first number and
    the first schedule are shared by all."""
    numbers = models.ContactPoint.objects.bulk_create(
        models.ContactPoint(
            code=f"linea-{n}", kind="phone", label=f"Línea {n}", phone=f"+57601{7_000_000 + n}"
        )
        for n in range(2 * CHANNELS * size + 1)
    )
    schedules = [weekday_schedule(name=f"Oficina {n}") for n in range(SCHEDULES)]
    kind = RequestTypeFactory()
    services = models.Service.objects.bulk_create(
        models.Service(slug=f"servicio-{n}", name=f"Servicio {n:05d}", is_published=True)
        for n in range(size)
    )
    channels = models.Channel.objects.bulk_create(
        models.Channel(
            service=service,
            code=f"canal-{n}",
            medium="telephone",
            title=f"Canal {n}",
            schedule=schedules[(i + n) % SCHEDULES if n else 0],
            position=n,
        )
        for i, service in enumerate(services)
        for n in range(CHANNELS)
    )
    types = models.Channel.request_types.through
    types.objects.bulk_create(types(channel=each, requesttype=kind) for each in channels)
    models.ChannelContact.objects.bulk_create(
        models.ChannelContact(channel=each, contact_point=point, position=position)
        for i, each in enumerate(channels)
        for position, point in enumerate([numbers[1 + i * 2], numbers[2 + i * 2]])
    )
    models.ChannelContact.objects.bulk_create(
        models.ChannelContact(channel=each, contact_point=numbers[0], position=9)
        for each in channels[::CHANNELS]
    )
    contacts = escalations.EscalationContact.objects.bulk_create(
        escalations.EscalationContact(code=f"responsable-{n}", name=f"Responsable {n}")
        for n in range(CONTACTS)
    )
    policies = escalations.EscalationPolicy.objects.bulk_create(
        escalations.EscalationPolicy(service=service) for service in services
    )
    escalations.EscalationLevel.objects.bulk_create(
        escalations.EscalationLevel(policy=policy, level=1, contact=contacts[i % CONTACTS])
        for i, policy in enumerate(policies)
    )
    publish(models.Service.objects.all())


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
        with tempfile.TemporaryDirectory() as folder:
            settings.DATABASES["default"]["TEST"]["NAME"] = (
                str(Path(folder) / "benchmark.sqlite3") if connection.vendor == "sqlite" else None
            )
            name = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            try:
                measured = measure_all(size)
            finally:
                connection.creation.destroy_test_db(name, verbosity=0)
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
