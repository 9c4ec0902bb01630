"""What the pages of a big service cost, next to those of a small one.

    python -m tests.benchmarks.big_services

The big one has 100 channels, 50 levels, 1,000 editions, and 20 notices and 20 exceptions of its
hours, or as many as is said: `big_services 500`; the small one four channels, three levels and 30
editions. Prints for each page the seconds
of the processor and the kilobytes of both, and their ratio; all of one run.
"""

# ruff: noqa: T201
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import process_time

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment

from directory import models
from directory.editions.publish import publish
from escalations import models as escalations
from tests.addresses import change_url
from tests.benchmarks.directories import own_database
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    complete_service,
)

CHANNELS, LEVELS, EDITIONS = 100, 50, 1_000
FEW_CHANNELS, FEW_LEVELS = 4, 3
# In force, and ahead: each of them.
NOTICES = next((int(each) for each in sys.argv[1:] if each.isdecimal()), 20)
# Of a reader of these pages nobody should wait longer.
AT_MOST = 10
RUNS = 3


def grow(service: models.Service) -> None:
    """Give a service all that is above."""
    for number in range(EDITIONS - 30):
        _publish_once_more(service, number)
    channels = _add_rows(service, CHANNELS, LEVELS)
    today = datetime.now(UTC).date()
    for number in range(NOTICES):
        day = today + timedelta(days=number)
        schedule = channels[number % len(channels)].schedule
        ExceptionFactory(schedules=[schedule] if schedule else [], first_day=day, last_day=day)
    since = datetime.now(UTC) - timedelta(hours=1)
    for number in range(NOTICES):
        on = {"channel": channels[number % len(channels)]} if number % 2 else {"service": service}
        NoticeFactory(text=f"Aviso {number}", since=since, **on)
    for number in range(30):
        _publish_once_more(service, EDITIONS + number)


def _add_rows(service: models.Service, channels: int, levels: int) -> list[models.Channel]:
    """So many channels and levels in all."""
    for level in range(service.escalation_policy.levels.count() + 1, levels + 1):
        escalations.EscalationLevel.objects.create(
            policy=service.escalation_policy, level=level, contact=EscalationContactFactory()
        )
    return [
        ChannelFactory(service=service, contacts=[PhoneFactory(), PhoneFactory()], position=10 + n)
        for n in range(channels - service.channels.count())
    ]


def _publish_once_more(service: models.Service, number: int) -> None:
    models.Service.objects.filter(pk=service.pk).update(introduction=f"Hola {number}")
    with transaction.atomic():
        publish(models.Service.objects.filter(pk=service.pk))


def addresses(service: models.Service) -> dict[str, str]:
    """The pages of a service, by name."""
    page, api = f"/servicios/{service.slug}/", f"/api/v1/services/{service.slug}/"
    newest = models.Edition.objects.filter(service=service).count()
    return {
        "page": page,
        "archive": f"{page}ediciones/",
        "last page of the archive": f"{page}ediciones/?page=99999",
        "edition": f"{page}ediciones/{newest}/",
        "changes": f"{page}ediciones/{newest}/cambios/",
        "feed": f"{page}cambios.atom",
        "contacts": f"{page}contactos.vcf",
        "calendar": f"{page}calendario.ics",
        "card": f"{page}tarjeta/",
        "report": f"{page}avisar/",
        "API": api,
        "API, now": f"{api}now/",
        "API, editions": f"{api}editions/",
        "API, edition": f"{api}editions/{newest}/",
        "form": change_url(service),
        "history": change_url(service).replace("change", "history"),
        "form of the ladder": change_url(service.escalation_policy),
        "start page": "/admin/",
        "list": "/",
    }


def measure(client: Client, address: str) -> tuple[float, float]:
    """Seconds of the processor, kilobytes."""
    best, size = float("inf"), 0.0
    for _run in range(RUNS):
        began = process_time()
        response = client.get(address)
        best = min(best, process_time() - began)
        assert response.status_code == 200, (address, response.status_code)
        size = len(response.content) / 1000
    return best, size


def lines() -> Iterator[str]:
    small, big = complete_service(), complete_service()
    for each in (small, big):
        _add_rows(each, FEW_CHANNELS, FEW_LEVELS)
    publish(models.Service.objects.all())
    for number in range(30):
        _publish_once_more(small, number)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("big"))
    before = {name: measure(client, address) for name, address in addresses(small).items()}
    grow(big)
    for name, address in addresses(big).items():
        (few, little), (seconds, size) = before[name], measure(client, address)
        ratio = seconds / few
        mark = "  <- over" if ratio > AT_MOST else ""
        yield (
            f"{name:<26} {few:7.3f} s -> {seconds:7.3f} s ({ratio:5.1f})"
            f" {little:7.0f} kB -> {size:7.0f} kB ({size / little:5.1f}){mark}"
        )


def main() -> int:
    setup_test_environment()
    with own_database():
        for line in lines():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
