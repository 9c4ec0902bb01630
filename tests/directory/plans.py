"""A service, and what can be planned for it."""

from datetime import UTC, date, datetime, time

from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.models import ContactPoint, ExceptionSpan, ScheduleException, Service
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    weekday_schedule,
)

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday, 10:00 in Bogotá
TODAY = date(2026, 11, 23)
DECEMBER = date(2026, 12, 1)


def service():
    """A channel on weekdays, one around the clock, and a level without hours."""
    made = ServiceFactory(slug="servicio", name="Servicio")
    ChannelFactory(
        service=made, code="linea", title="Telefónico", position=1, schedule=weekday_schedule()
    )
    ChannelFactory(service=made, code="chat", title="Chat", position=2)
    EscalationPolicyFactory(service=made, levels=[EscalationContactFactory()])
    return made


def answered(service, at=NOW):
    """What its page says once it is published."""
    publish(Service.objects.all())
    return resolve(service.editions.latest(), at)


def exception(schedule, first, last=None, spans=(), **values):
    effect = ScheduleException.Effect.OTHER_HOURS if spans else ScheduleException.Effect.CLOSED
    given = {"code": f"excepcion-{first}", "reason": "Inventario", "effect": effect}
    row = ScheduleException.objects.create(
        **{**given, "first_day": first, "last_day": last or first, **values}
    )
    row.schedules.set([schedule] if schedule else [])
    for opens, closes in spans:
        ExceptionSpan.objects.create(exception=row, opens=time(opens), closes=time(closes))
    return row


def replaced_line(on):
    """The phone of the first channel, and what replaces it on a day."""
    old = ContactPoint.objects.get(channelcontacts__channel__code="linea")
    new = PhoneFactory(phone="+576017450000", label="Línea nueva")
    ContactPoint.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=on)
    return old, new
