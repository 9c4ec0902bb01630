"""A database to measure in, and a directory of many services."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from directory import models
from directory.editions.publish import publish
from escalations import models as escalations
from tests.factories import RequestTypeFactory, weekday_schedule

CHANNELS, SCHEDULES, CONTACTS = 4, 20, 300


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database for the block; SQLite's is a file, which other processes can read."""
    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            settings.DATABASES["default"]["TEST"]["NAME"] = str(Path(folder) / "benchmark.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


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
