"""The back office at scale: what a save, a form and a page cost with 100, 1,000 and 10,000 services.

    python -m tests.benchmarks.back_office [100 1000 10000]

Works in a test database of its own, SQLite's as a file. Prints for each: the queries, the seconds
of the processor, and the most memory that Python held beyond what it held before, each with its
ratio to that of the smallest number.
"""

# ruff: noqa: E402
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory import models
from directory.editions.publish import publish
from escalations import models as escalations
from tests.factories import RequestTypeFactory, weekday_schedule
from tests.forms import form_values

SIZES = (100, 1_000, 10_000)
CHANNELS, SCHEDULES, CONTACTS = 4, 20, 300


@transaction.atomic
def fill(count: int) -> None:
    """`count` published services with CHANNELS channels of two numbers each. The first number and
    the first schedule are shared by all."""
    numbers = models.ContactPoint.objects.bulk_create(
        models.ContactPoint(
            code=f"linea-{n}", kind="phone", label=f"Línea {n}", phone=f"+57601{7_000_000 + n}"
        )
        for n in range(2 * CHANNELS * count + 1)
    )
    schedules = [weekday_schedule(name=f"Oficina {n}") for n in range(SCHEDULES)]
    kind = RequestTypeFactory()
    services = models.Service.objects.bulk_create(
        models.Service(slug=f"servicio-{n}", name=f"Servicio {n:05d}", is_published=True)
        for n in range(count)
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


def page(instance) -> str:
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[instance.pk])


def steps(client: Client) -> dict[str, Callable]:
    """What is measured, by name; each returns a response."""
    own = models.ContactPoint.objects.get(code="linea-1")
    shared = models.ContactPoint.objects.get(code="linea-0")
    schedule = models.Schedule.objects.get(name="Oficina 0")
    service = models.Service.objects.get(slug="servicio-0")
    typed = {**form_values(client.get(page(own))), "phone": "318 717 4937", "_save": "1"}
    hours = {**form_values(client.get(page(service))), "introduction": "Hola", "_save": "1"}
    findings = reverse("admin:directory_findingacceptance_changelist")
    return {
        "save of one number": lambda: _sent(client.post(page(own), typed)),
        "save of one service": lambda: _sent(client.post(page(service), hours)),
        "form of a number shared by all": lambda: client.get(page(shared)),
        "form of a schedule shared by all": lambda: client.get(page(schedule)),
        "start page": lambda: client.get(reverse("admin:index")),
        "page of findings": lambda: client.get(findings),
        "start page, English": lambda: client.get(
            reverse("admin:index"), headers={"accept-language": "en"}
        ),
    }


def _sent(response):
    # What the server does once all is sent is part of the cost.
    response.close()
    return response


def measure(ask: Callable) -> tuple[int, float, float]:
    """Queries, seconds of the processor, and megabytes at most."""
    with CaptureQueriesContext(connection) as queries:
        began = process_time()
        response = ask()
        seconds = process_time() - began
    assert response.status_code in (200, 302), response.status_code
    return len(queries), seconds, 0.0


def peak(ask: Callable) -> float:
    tracemalloc.start()
    ask()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def measured(count: int) -> dict[str, tuple[int, float, float]]:
    """Each of the `steps` in a directory of `count` services: queries, seconds, megabytes."""
    fill(count)
    call_command("check_directory", fail_level="error", stdout=Path(os.devnull).open("w"))
    user = get_user_model().objects.create_superuser("scale")
    client = Client()
    client.force_login(user)
    found = {}
    for name, ask in steps(client).items():
        found[name] = measure(ask)
    return found
