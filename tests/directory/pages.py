"""Services to show, and what their pages say."""

import re
from datetime import datetime, time

import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import Page

MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
SUNDAY_NIGHT = "2026-11-22T03:00:00-05:00"
HOLIDAY_MORNING = "2026-12-08T10:00:00-05:00"  # A Tuesday: Immaculate Conception.


def get(client, path, status=200, at=MONDAY_MORNING, **query):
    with time_machine.travel(datetime.fromisoformat(at), tick=False):
        response = client.get(path, query)
    assert response.status_code == status, path
    return Page(response.content.decode())


def text_of(response):
    """The HTML of an answer, its white space as one reads it."""
    return " ".join(response.content.decode().split())


def published(**kwargs):
    service = complete_service(**kwargs)
    publish(Service.objects.all())
    return service


def critical():
    return RequestTypeFactory(code="incidente-critico", name="Incidentes críticos")


def help_desk():
    """Weekdays for everything, one line around the clock for critical incidents, two levels."""
    service = ServiceFactory(slug="mesa", name="Mesa de Ayuda")
    ChannelFactory(
        service=service,
        title="Telefónico",
        schedule=weekday_schedule(),
        contacts=[PhoneFactory(phone="+576017442727", label="Línea Bogotá")],
        position=1,
    )
    ChannelFactory(
        service=service,
        title="Celular",
        request_types=[critical()],
        contacts=[PhoneFactory(phone="+573187174937", label="Monitoreo")],
        position=2,
    )
    EscalationPolicyFactory(
        service=service,
        levels=[
            EscalationContactFactory(name="Supervisión", schedule=weekday_schedule()),
            EscalationContactFactory(name="Coordinación", schedule=ScheduleFactory()),
        ],
    )
    publish(Service.objects.all())
    return service


def ladder(*schedules):
    """A service whose levels 1, 2, ... keep these hours; None: not stated."""
    contacts = [
        EscalationContactFactory(name=f"Nivel {number}", schedule=schedule)
        for number, schedule in enumerate(schedules, 1)
    ]
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, schedule=weekday_schedule())
    EscalationPolicyFactory(service=service, levels=contacts)
    publish(Service.objects.all())


def complaints(**kwargs):
    """A service of which nothing answers by night; complaints can be written."""
    service = ServiceFactory(slug="mesa")
    kind = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    line = PhoneFactory(phone="+576017442727", label="Línea")
    email = EmailFactory(email="quejas@example.com", label="")
    schedule = weekday_schedule()
    late = weekday_schedule(opens=time(9))
    ChannelFactory(
        service=service, title="Telefónico", contacts=[line], schedule=schedule, position=1
    )
    ChannelFactory(
        service=service,
        title="PQRSA",
        request_types=[kind],
        contacts=[email],
        schedule=schedule,
        position=2,
    )
    ChannelFactory(service=service, title="Chat", schedule=late, position=3)
    levels = [EscalationContactFactory(schedule=weekday_schedule())]
    EscalationPolicyFactory(service=service, levels=levels)
    publish(Service.objects.all())


def now_section(client, query="", path="/servicios/mesa/"):
    html = client.get(f"{path}{query}").content.decode()
    return re.search(r'<section class="now .*?</section>', html, re.S)[0]


def next_level(client, query=""):
    """Where the page leads who was not helped."""
    return re.search(r'<p class="next-level">.*?</p>', now_section(client, query), re.S)[0]


def open_level(client):
    """The level of escalation to try first, which is open; the others are folded."""
    html = client.get("/servicios/mesa/").content.decode()
    [level] = re.findall(r"<details open>.*?</details>", html, re.S)
    return level
