"""The ladder on the form of its service: levels, and who answers on them, chosen or typed."""

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import ContactPoint, Schedule, Service
from escalations.models import EscalationContact, EscalationLevel, EscalationPolicy
from tests.addresses import add_url, change_url
from tests.editing import Editing, pages_told, refused, told
from tests.factories import (
    AbsenceFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    weekday_schedule,
)
from tests.html import form_values, read, submit

pytestmark = pytest.mark.django_db


def row(number, **typed):
    return {f"levels-{number}-{name}": value for name, value in typed.items()}


def ladder(service):
    """The levels of a service: number, who answers, and their contacts."""
    return [
        (
            level.level,
            level.contact.name,
            level.contact.person,
            [use.contact_point.display for use in level.contact.contact_uses.all()],
        )
        for level in EscalationLevel.objects.filter(policy__service=service)
    ]


def test_three_levels_of_a_new_service_are_two_fields_each(admin_client):
    typed = (
        row(0, new_name="Mesa de ayuda", contacts="601 744 2727 ext. 1107")
        | row(1, new_person="Ana Ruiz", contacts="ana@example.com")
        | row(2, new_name="Gerencia", contacts="316 873 1648")
    )
    answer = submit(admin_client, add_url(Service), name="Internet", slug="internet", **typed)
    assert answer.status_code == 302, answer.context["problems"]
    service = Service.objects.get()
    assert ladder(service) == [
        (1, "Mesa de ayuda", "", ["601 744 2727"]),
        (2, "Ana Ruiz", "", ["ana@example.com"]),
        (3, "Gerencia", "", ["316 873 1648"]),
    ]
