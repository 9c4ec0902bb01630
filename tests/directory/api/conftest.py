"""The directory that the API is asked about."""

from datetime import date

import pytest

from directory.editions.publish import publish
from directory.models import Service
from escalations.models import EscalationContactUse
from tests.directory.api.answers import PUBLISHED_AT
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
    ScheduleFactory,
    ServiceFactory,
    weekday_schedule,
)


@pytest.fixture
def directory():
    """One service with a 24/7 channel for critical incidents, one on weekdays for all, two
    escalation levels (the second without hours) and a number that will change."""
    service = ServiceFactory(slug="uno", name="Clave Única", introduction="Bienvenidos.")
    everything = RequestTypeFactory(code="todas", name="Todas")
    critical = RequestTypeFactory(
        code="incidente-critico", name="Incidentes críticos", description="Nadie puede trabajar."
    )
    RequestTypeFactory(code="queja", name="Quejas")
    office = weekday_schedule(code="oficina", name="Oficina")
    mobile = PhoneFactory(code="celular", label="Celular", phone="+573187174937")
    line = PhoneFactory(
        code="linea",
        label="Línea",
        phone="+576017442727",
        replaced_by=PhoneFactory(code="nueva", label="Línea nueva", phone="+576017442828"),
        replaced_on=date(2026, 12, 1),
    )
    ChannelFactory(
        service=service,
        code="criticos",
        title="Celular",
        description="Solo para lo crítico.",
        request_types=[critical],
        schedule=ScheduleFactory(code="siempre", name="Siempre"),
        contacts=[mobile],
        position=1,
    )
    channel = ChannelFactory(
        service=service,
        code="telefonico",
        request_types=[everything],
        schedule=office,
        contacts=[],
        position=2,
    )
    ChannelContactFactory(
        channel=channel,
        contact_point=line,
        menu_options="Opción 2 - opción 4",
        extensions="0107, 1109",
    )
    support = EscalationContactFactory(
        code="soporte", name="Grupo de soporte", schedule=office, contacts=[line]
    )
    EscalationContactUse.objects.create(
        contact=support,
        contact_point=EmailFactory(code="correo", label="Correo", email="soporte@example.com"),
        position=1,
    )
    boss = EscalationContactFactory(code="jefe", name="Jefe", person="Ana Ruiz", contacts=[mobile])
    policy = EscalationPolicyFactory(service=service, levels=[support, boss])
    policy.instructions = "Tenga a mano su número de caso."
    policy.save()
    policy.levels.filter(level=2).update(escalate_after_minutes=60)
    EscalationTimeFactory(policy=policy, level=2, request_type=critical, minutes=120)
    ResponseTargetFactory(
        service=service,
        request_type=critical,
        respond_minutes=240,
        solve_minutes=2880,
        in_open_hours=True,
    )
    publish(Service.objects.all(), at=PUBLISHED_AT)
    return service
