"""The back office at scale: 10,000 contact points, 1,000 services.

    DATABASE_URL=sqlite:////tmp/scale.sqlite3 python -m tests.benchmarks.back_office

Fills the database that the settings name, unless it is filled already, then prints the seconds and
the queries of each page. Never run it on a database that matters.
"""

import os
import sys
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from directory import models  # noqa: E402
from directory.editions.publish import publish  # noqa: E402
from escalations import models as escalations  # noqa: E402
from tests.factories import RequestTypeFactory, ScheduleFactory, weekday_schedule  # noqa: E402
from tests.forms import form_values as filled  # noqa: E402

CONTACT_POINTS, SERVICES, CHANNELS = 10_000, 1_000, 4


@transaction.atomic
def fill():
    """The rows, and the first editions. One number is shared by every service."""
    numbers = models.ContactPoint.objects.bulk_create(
        models.ContactPoint(
            code=f"linea-{n}", kind="phone", label=f"Línea {n}", phone=f"+5760174{n:05d}"
        )
        for n in range(CONTACT_POINTS)
    )
    schedules = [weekday_schedule(name=f"Oficina {n}") for n in range(50)] + [ScheduleFactory()]
    kind = RequestTypeFactory()
    services = models.Service.objects.bulk_create(
        models.Service(slug=f"servicio-{n}", name=f"Servicio {n:04d}", is_published=True)
        for n in range(SERVICES)
    )
    channels = models.Channel.objects.bulk_create(
        models.Channel(
            service=service,
            code=f"canal-{n}",
            medium="telephone",
            title=f"Canal {n}",
            schedule=schedules[(i + n) % len(schedules)],
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
        for n in range(300)
    )
    policies = escalations.EscalationPolicy.objects.bulk_create(
        escalations.EscalationPolicy(service=service) for service in services
    )
    escalations.EscalationLevel.objects.bulk_create(
        escalations.EscalationLevel(policy=policy, level=1, contact=contacts[i % 300])
        for i, policy in enumerate(policies)
    )
    publish(models.Service.objects.all())


def measure(name, ask):
    started = perf_counter()
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    seconds = perf_counter() - started
    sys.stdout.write(
        f"{seconds:7.2f} s {len(queries):5d} queries  {response.status_code}  {name}\n"
    )
    return response


def main():
    call_command("migrate", verbosity=0)
    if not models.ContactPoint.objects.exists():
        fill()
    user, _created = get_user_model().objects.get_or_create(
        username="scale", defaults={"is_staff": True, "is_superuser": True}
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get(reverse("admin:login"))

    measure("desk", lambda: client.get(reverse("admin:index")))
    for model in [
        models.Channel,
        models.ContactPoint,
        models.Edition,
        models.Schedule,
        models.ScheduleException,
        models.Service,
        escalations.EscalationContact,
        escalations.EscalationPolicy,
    ]:
        meta = model._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        measure(f"list {meta.model_name}", lambda url=url: client.get(url))
        measure(
            f"list {meta.model_name} ?q", lambda url=url: client.get(url, {"q": "601 740 1234"})
        )

    find = reverse("admin:find", args=["directory", "contactpoint"])
    measure("find a number", lambda: client.get(find, {"q": "(601) 740 12 34"}))
    shared = models.ContactPoint.objects.get(code="linea-0")
    url = reverse("admin:directory_contactpoint_change", args=[shared.pk])
    form = measure("form of the shared number", lambda: client.get(url))
    typed = {**filled(form), "phone": "318 717 4937", "_preview": "1"}
    measure("effect on 1,000 pages", lambda: client.post(url, typed))
    measure("refuse to delete it", lambda: client.get(url.replace("change", "delete")))


if __name__ == "__main__":
    main()
