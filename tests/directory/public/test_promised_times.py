"""Promised times on pages: one table of each kind, and only those of the chosen request.

The times are those of `cases/operator-service-desk`: P1 to P3, since the report.
"""

import pytest

from directory.editions.publish import publish
from directory.models import Service
from escalations.models import EscalationPolicy
from tests.directory.pages import get
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
)

pytestmark = pytest.mark.django_db

LEVELS = ("Service Desk", "Duty managers", "Senior Operations Manager", "Global Escalation")
MINUTES = [(0, 0, 0), (120, 240, 480), (180, 360, 720), (240, 480, 960)]
URL = "/servicios/desk/"


@pytest.fixture
def desk():
    """A channel for all, four levels, twelve times."""
    channel = ChannelFactory(service__slug="desk")
    types = [
        RequestTypeFactory(code="p1", name="P1", description="Nada funciona.", position=1),
        RequestTypeFactory(code="p2", name="P2", description="Algo no funciona.", position=2),
        RequestTypeFactory(code="p3", name="P3", position=3),
    ]
    RequestTypeFactory(code="p4", name="P4", position=4)
    policy = EscalationPolicyFactory(
        service=channel.service,
        levels=[EscalationContactFactory(name=name) for name in LEVELS],
        times_count="since_report",
    )
    for level, minutes in enumerate(MINUTES, 1):
        for kind, each in zip(types, minutes, strict=True):
            EscalationTimeFactory(policy=policy, level=level, request_type=kind, minutes=each)
    ResponseTargetFactory(
        service=channel.service,
        request_type=types[0],
        respond_minutes=240,
        solve_minutes=2880,
        in_open_hours=True,
    )
    ResponseTargetFactory(service=channel.service, respond_minutes=1440)
    publish(Service.objects.all())
    return channel.service


def test_all_times_stand_in_one_table_each(client, desk):
    page = get(client, URL)
    assert page.text.count("Tiempos de respuesta") == 1
    assert (
        "Tiempos de respuesta Tipo de solicitud Le responden en Lo resuelven en "
        "Todas 1 día – P1 4 horas hábiles 2 días hábiles"
    ) in page.text
    assert (
        "Cuándo acudir a cada nivel (desde que se reportó) Nivel P1 P2 P3 "
        "Primer escalamiento de inmediato de inmediato de inmediato "
        "Segundo escalamiento 2 horas 4 horas 8 horas "
        "Tercer escalamiento 3 horas 6 horas 12 horas "
        "Cuarto escalamiento 4 horas 8 horas 16 horas"
    ) in page.text
    assert "after" not in page.by_class
    assert "minutos" not in page.text


@pytest.mark.parametrize(
    ("code", "promise", "times"),
    [
        ("p1", "Le responden en 4 horas hábiles; lo resuelven en 2 días hábiles.", (2, 3, 4)),
        ("p2", "Le responden en 1 día.", (4, 6, 8)),
        ("p3", "Le responden en 1 día.", (8, 12, 16)),
    ],
)
def test_a_chosen_request_is_told_its_times_alone(client, desk, code, promise, times):
    page = get(client, URL, request_type=code)
    assert page.by_class["promise"] == promise
    assert "Cuándo acudir a cada nivel" not in page.text
    told = ["Al reportarlo.", *(f"{hours} horas desde que se reportó." for hours in times)]
    assert page.by_class["after"] == " ".join(told)


def test_what_a_type_is_is_said_once_and_referred_to_by_the_choice(client, desk):
    page = get(client, URL)
    assert page.text.count("Nada funciona.") == 1
    described = [value for name, value in page.attributes if name == "aria-describedby"]
    assert described == ["meaning-p1", "meaning-p2"]
    assert get(client, URL, request_type="p1").by_class["meaning"] == "Nada funciona."


def test_times_are_told_in_the_language_of_the_page(client, desk):
    page = get(client, f"/en{URL}", request_type="p1")
    assert page.by_class["promise"] == (
        "They respond within 4 open hours; they solve it within 2 working days."
    )
    assert "2 hours after it was reported." in page.text


@pytest.mark.parametrize(
    ("times_count", "spanish", "english"),
    [
        ("no_answer", "si no hay respuesta", "if there is no answer"),
        ("no_solution", "si no hay solución", "if there is no solution"),
        ("since_report", "desde que se reportó", "after it was reported"),
    ],
)
def test_what_times_count_reads_well_before_a_time_and_before_at_once(
    client, desk, times_count, spanish, english
):
    desk.escalation_policy.times.filter(level=2, request_type__code="p1").update(minutes=0)
    EscalationPolicy.objects.update(times_count=times_count)
    publish(Service.objects.all())
    page = get(client, URL).seen
    assert f"Cuándo acudir a cada nivel ({spanish})" in page
    assert "Segundo escalamiento de inmediato 4 horas 8 horas" in page
    page = get(client, f"/en{URL}").seen
    assert f"When to ask each level ({english})" in page
    assert "Second escalation at once 4 hours 8 hours" in page


def test_a_page_without_times_has_no_tables_of_them(client):
    ChannelFactory(service__slug="desk")
    publish(Service.objects.all())
    page = get(client, URL)
    assert "Tiempos de respuesta" not in page.text
    assert not {"promise", "times", "meaning"} & page.by_class.keys()


def test_a_type_that_nobody_takes_is_no_choice(client):
    channel = ChannelFactory(
        service__slug="desk", request_types=[RequestTypeFactory(code="queja", name="Quejas")]
    )
    kind = RequestTypeFactory(code="p1", name="P1")
    ResponseTargetFactory(service=channel.service, request_type=kind)
    publish(Service.objects.all())
    assert [link for link in get(client, URL).links if "request_type=p1" in link] == []
