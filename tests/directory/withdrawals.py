"""A service with three editions: its number, somebody's private number, its number again."""

from datetime import UTC, datetime

from django.urls import reverse

from directory.editions.publish import publish
from directory.editions.withdrawals.withdraw import withdraw
from directory.models import ContactPoint, Service
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory, UserFactory

FIRST = datetime(2026, 3, 1, 15, tzinfo=UTC)
SECOND = datetime(2026, 3, 3, 15, tzinfo=UTC)  # 10:00 in Bogotá
THIRD = datetime(2026, 3, 5, 15, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
PRIVATE = "+573105550199"


def service_with_line():
    line = PhoneFactory(phone="+576017442727", label="Línea")
    service = ServiceFactory(slug="servicio", name="Servicio")
    ChannelFactory(service=service, title="Telefónico", contacts=[line])
    return service, line


def service_with_editions():
    service, line = service_with_line()
    author = UserFactory(username="operadora")
    for number, at in (("+576017442727", FIRST), (PRIVATE, SECOND), ("+576017450000", THIRD)):
        publish_with(line, number, at, author)
    return service


def publish_with(line, number, at, by=None):
    ContactPoint.objects.filter(pk=line.pk).update(phone=number)
    return publish(Service.objects.all(), by=by, at=at)


def withdrawer():
    return UserFactory(is_staff=True, permissions=["withdraw_edition"])


def withdraw_edition(service, *numbers):
    editions = service.editions.filter(number__in=numbers)
    return withdraw(editions, withdrawer(), "Número privado")


def address(name, *args):
    """That of a public page of the service."""
    return reverse(f"directory:{name}", args=["servicio", *args])


def auditor(email="auditora@ejemplo.co", **fields):
    """Somebody who may read, show again and erase what others withdrew."""
    permissions = ["view_edition", "withdraw_edition", "view_withdrawn_edition", "erase_edition"]
    return UserFactory(is_staff=True, email=email, permissions=permissions, **fields)
