"""What people may have done to the rows since an edition, in any order."""

from dataclasses import replace as replaced
from datetime import date, time

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from msgspec.structs import replace

from directory.editions.compose import compose
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    RequestType,
    ResponseTarget,
    Schedule,
    Service,
    TimeSpan,
)
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
    EscalationTime,
)
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    PhoneFactory,
    RequestTypeFactory,
    weekday_schedule,
)


def composed(service):
    return next(found for _service, found in compose(Service.objects.filter(pk=service.pk)))


def comparable(document):
    """What an edition brings back: no notices, absences, exceptions and days of verification; a
    contact point is known by what it is, as its code may be another one now."""

    def contact(each):
        steps = tuple(replace(step, code="", verified_on=None) for step in each.replacements)
        return replace(each, code="", verified_on=None, replacements=steps)

    def holder(each):
        return replace(each, contacts=tuple(map(contact, each.contacts)))

    levels = tuple(map(holder, document.escalation.levels))
    channels = tuple(map(holder, document.channels))
    kept = {each.schedule for each in (*levels, *channels)}
    return replace(
        document,
        notices=(),
        renamed_from="",
        slug="",
        channels=channels,
        escalation=replace(document.escalation, levels=levels, absences=(), stand_ins={}),
        schedules={
            code: replaced(hours, exceptions=())
            for code, hours in document.schedules.items()
            if code in kept
        },
    )


def some(chance, queryset):
    rows = list(queryset.order_by("pk"))
    return chance.choice(rows) if rows else None


def change_texts(chance, service):
    service.name, service.introduction = "Otro nombre", "Otra introducción"
    service.is_international = not service.is_international
    service.save()


def remove_a_channel(chance, service):
    if channel := some(chance, service.channels):
        channel.delete()


def add_a_channel(chance, service):
    ChannelFactory(service=service, title="Nuevo", position=chance.randrange(9))


def change_a_channel(chance, service):
    if channel := some(chance, service.channels):
        channel.title, channel.description = "Otro título", "Otra descripción"
        channel.valid_until, channel.languages = date(2030, 1, 1), "en"
        channel.for_abroad = not channel.for_abroad
        channel.save()


def move_channels(chance, service):
    channels = list(service.channels.all())
    chance.shuffle(channels)
    for position, channel in enumerate(channels):
        Channel.objects.filter(pk=channel.pk).update(position=position)


def change_types(chance, service):
    if channel := some(chance, service.channels):
        channel.request_types.set([RequestTypeFactory(position=chance.randrange(20))])


def change_a_type(chance, service):
    if kind := some(chance, RequestType.objects):
        kind.name, kind.position = "Otro tipo", chance.randrange(30)
        kind.save()


def other_hours(chance, service):
    if channel := some(chance, service.channels):
        channel.schedule = weekday_schedule(opens=time(6), closes=time(11))
        channel.save()


def change_a_schedule(chance, service):
    if schedule := some(chance, Schedule.objects):
        schedule.spans.all().delete()
        schedule.always_open, schedule.name = not schedule.always_open, "Otro horario"
        schedule.save()
        if not schedule.always_open:
            TimeSpan.objects.create(schedule=schedule, day=6, opens=time(9), closes=time(9, 30))


def delete_a_schedule(chance, service):
    if schedule := some(chance, Schedule.objects):
        for model in Schedule.holder_models():
            model.objects.filter(schedule=schedule).update(schedule=None)
        schedule.delete()


def change_a_contact(chance, service):
    if use := some(chance, ChannelContact.objects.filter(channel__service=service)):
        use.label, use.extensions = "Otra etiqueta", ""
        use.save()


def remove_a_contact(chance, service):
    if use := some(chance, ChannelContact.objects.filter(channel__service=service)):
        use.delete()


def add_a_contact(chance, service):
    if channel := some(chance, service.channels):
        ChannelContact.objects.create(channel=channel, contact_point=PhoneFactory(), position=0)


def change_a_number(chance, service):
    if point := some(chance, ContactPoint.objects.filter(kind="phone")):
        point.phone, point.label = f"+5760174{chance.randrange(10000, 99999)}", "Otra línea"
        point.save()


def delete_a_contact_point(chance, service):
    if point := some(chance, ContactPoint.objects):
        for model in ContactPoint.use_models():
            model.objects.filter(contact_point=point).delete()
        point.delete()


def give_a_number_another_code(chance, service):
    if point := some(chance, ContactPoint.objects):
        point.code = f"otro-{chance.randrange(10**9)}"
        point.save()


def reuse_a_code(chance, service):
    """The code of a contact point that is gone names another thing."""
    if point := some(chance, ContactPoint.objects.filter(kind="phone")):
        code = point.code
        delete_a_contact_point_like(point)
        ContactPoint.objects.create(
            code=code, kind="web", label="Otra cosa", url=f"https://{code}.example"
        )


def delete_a_contact_point_like(point):
    for model in ContactPoint.use_models():
        model.objects.filter(contact_point=point).delete()
    ContactPoint.objects.filter(replaced_by=point).update(replaced_by=None, replaced_on=None)
    point.delete()


def plan_a_replacement(chance, service):
    if point := some(chance, ContactPoint.objects.filter(replaced_by=None, replaces=None)):
        point.replaced_by, point.replaced_on = PhoneFactory(), date(2030, 1, 1)
        point.save()


def change_targets(chance, service):
    service.targets.all().delete()
    ResponseTarget.objects.create(
        service=service, request_type=RequestTypeFactory(), respond_minutes=30
    )


def change_instructions(chance, service):
    EscalationPolicy.objects.filter(service=service).update(
        instructions="Otras instrucciones", times_count="since_report"
    )


def remove_a_level(chance, service):
    last = EscalationLevel.objects.filter(policy__service=service).order_by("level").last()
    if last:
        EscalationTime.objects.filter(policy=last.policy, level=last.level).delete()
        EscalationLevel.objects.filter(policy=last.policy, level=last.level).delete()


def remove_one_of_a_level(chance, service):
    level = some(chance, EscalationLevel.objects.filter(policy__service=service))
    if level and EscalationLevel.objects.filter(policy=level.policy, level=level.level).count() > 1:
        level.delete()


def add_to_a_level(chance, service):
    if level := some(chance, EscalationLevel.objects.filter(policy__service=service)):
        EscalationLevel.objects.create(
            policy=level.policy,
            level=level.level,
            contact=EscalationContactFactory(),
            purpose="Redes",
        )


def change_a_level(chance, service):
    if level := some(chance, EscalationLevel.objects.filter(policy__service=service)):
        same = EscalationLevel.objects.filter(policy=level.policy, level=level.level)
        same.update(title="Otro nivel", purpose="Otros", escalate_after_minutes=77)
        level.request_types.set([RequestTypeFactory()])
        EscalationTime.objects.filter(policy=level.policy).delete()


def somebody_else_answers(chance, service):
    if level := some(chance, EscalationLevel.objects.filter(policy__service=service)):
        level.contact = EscalationContactFactory()
        level.save()


def change_a_person(chance, service):
    if person := some(chance, EscalationContact.objects):
        person.name, person.person = "Otro grupo", "Otra persona"
        person.schedule = weekday_schedule(opens=time(5), closes=time(6))
        person.save()


def change_contacts_of_a_person(chance, service):
    if person := some(chance, EscalationContact.objects):
        person.contact_uses.all().delete()
        EscalationContactUse.objects.create(contact=person, contact_point=PhoneFactory())


def delete_a_person(chance, service):
    if person := some(chance, EscalationContact.objects.filter(levels=None)):
        person.delete()


def delete_the_policy(chance, service):
    EscalationPolicy.objects.filter(service=service).delete()


MUTATIONS = [
    each
    for name, each in list(globals().items())
    if callable(each) and getattr(each, "__module__", "") == __name__
    if each.__code__.co_varnames[:2] == ("chance", "service")
]


def do_something(chance, service):
    """One of these at random; what the database refuses is not done."""
    try:
        with transaction.atomic():
            chance.choice(MUTATIONS)(chance, service)
    except (IntegrityError, ProtectedError):
        pass
