"""Rows to test with: each complete and valid on its own."""

from datetime import UTC, date, datetime, time

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from directory import models
from escalations import models as escalations


class UserFactory(factory.django.DjangoModelFactory):
    """`permissions` are codenames; `role` is one of the fixture "roles", which has to be loaded."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("user{}".format)

    @factory.post_generation
    def permissions(self, create, extracted, **kwargs):
        for codename in extracted or ():
            self.user_permissions.add(Permission.objects.get(codename=codename))

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


class RequestTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RequestType
        django_get_or_create = ["code"]

    code = "todas"
    name = "Todas"
    covers_all = factory.LazyAttribute(lambda kind: kind.code == "todas")
    is_critical = factory.LazyAttribute(lambda kind: kind.code == "incidente-critico")


class ScheduleFactory(factory.django.DjangoModelFactory):
    """24 hours, 7 days a week; `weekday_schedule` makes others."""

    class Meta:
        model = models.Schedule

    code = factory.Sequence("horario-{}".format)
    name = factory.Sequence("Horario {}".format)
    always_open = True
    timezone = "America/Bogota"
    country = "CO"


def weekday_schedule(opens=time(7), closes=time(19), days=range(1, 6), **kwargs):
    """A schedule with the same span on each of `days`, Monday to Friday by default."""
    schedule = ScheduleFactory(always_open=False, **kwargs)
    for day in days:
        models.TimeSpan.objects.create(schedule=schedule, day=day, opens=opens, closes=closes)
    return schedule


class ExceptionFactory(factory.django.DjangoModelFactory):
    """A closure of one day for all, 24-hour schedules excepted; of `schedules`, if these are given;
    with `hours`, (opens, closes), these instead of the usual."""

    class Meta:
        model = models.ScheduleException
        skip_postgeneration_save = True

    code = factory.Sequence("excepcion-{}".format)
    reason = "Cierre"
    first_day = date(2026, 12, 24)
    last_day = factory.SelfAttribute("first_day")

    @factory.post_generation
    def schedules(self, create, extracted, **kwargs):
        if create:
            self.schedules.set(extracted or [])

    @factory.post_generation
    def hours(self, create, extracted, **kwargs):
        if extracted:
            opens, closes = extracted
            models.ExceptionSpan.objects.create(exception=self, opens=opens, closes=closes)


class PhoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("linea-{}".format)
    kind = "phone"
    label = factory.Sequence("Línea {}".format)
    # A range of its own: tests write 601 744 2727 and others themselves.
    phone = factory.Sequence("+5760155{:05d}".format)


class EmailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("correo-{}".format)
    kind = "email"
    label = factory.Sequence("Correo {}".format)
    email = factory.Sequence("soporte{}@example.com".format)


class WebFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("portal-{}".format)
    kind = "web"
    label = factory.Sequence("Portal {}".format)
    url = factory.Sequence("https://example.com/{}".format)


class FaxFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("fax-{}".format)
    kind = "fax"
    label = factory.Sequence("Fax {}".format)
    phone = factory.Sequence("+5760156{:05d}".format)


class PlaceFactory(factory.django.DjangoModelFactory):
    """Two lines, without a map."""

    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("sede-{}".format)
    kind = "address"
    label = factory.Sequence("Sede {}".format)
    address = factory.Sequence("Carrera {} # 34-93\nPiso 3".format)


class TelegramFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("telegram-{}".format)
    kind = "telegram"
    label = factory.Sequence("Telegram {}".format)
    telegram = factory.Sequence("acme_{}".format)


class SmsFactory(factory.django.DjangoModelFactory):
    """A short code."""

    class Meta:
        model = models.ContactPoint

    code = factory.Sequence("sms-{}".format)
    kind = "sms"
    label = factory.Sequence("SMS {}".format)
    sms = factory.Sequence("85{:03d}".format)


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Service

    slug = factory.Sequence("servicio-{}".format)
    name = factory.Sequence("Servicio {}".format)
    is_published = True


class NoticeFactory(factory.django.DjangoModelFactory):
    """Out of order since `since`, until further notice; of all services without a subject."""

    class Meta:
        model = models.Notice

    code = factory.Sequence("aviso-{}".format)
    text = factory.Sequence("Fuera de servicio {}".format)
    since = datetime(2026, 1, 1, tzinfo=UTC)


class ContactReportFactory(factory.django.DjangoModelFactory):
    """Nobody answered, on 23 November 2026; of a new number of a new service."""

    class Meta:
        model = models.ContactReport

    contact_point = factory.SubFactory(PhoneFactory)
    service = factory.SubFactory(ServiceFactory)
    subject = "601 744 2727 (Telefónico)"
    contact_key = "linea"
    problem = "no_answer"
    made_at = datetime(2026, 11, 23, 15, tzinfo=UTC)
    form = factory.Sequence("formulario-{}".format)


class ResponseTargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ResponseTarget

    service = factory.SubFactory(ServiceFactory)
    request_type = factory.SubFactory(RequestTypeFactory)
    respond_minutes = 60


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A confirmed one, which was told the first edition."""

    class Meta:
        model = "directory.Subscription"

    service = factory.SubFactory(ServiceFactory)
    address = factory.Sequence(lambda n: f"cliente{n}@example.com")
    language = "es"
    asked_at = datetime(2026, 11, 20, 15, tzinfo=UTC)
    confirmed_at = datetime(2026, 11, 20, 16, tzinfo=UTC)
    told_number = 1


class ChannelContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ChannelContact

    contact_point = factory.SubFactory(PhoneFactory)


class ChannelFactory(factory.django.DjangoModelFactory):
    """A channel for all requests, 24/7, with one phone (or the contact points of `contacts`)."""

    class Meta:
        model = models.Channel
        skip_postgeneration_save = True

    service = factory.SubFactory(ServiceFactory)
    code = factory.Sequence("canal-{}".format)
    medium = "telephone"
    title = "Telefónico"
    schedule = factory.SubFactory(ScheduleFactory)

    @factory.post_generation
    def request_types(self, create, extracted, **kwargs):
        self.request_types.set(extracted or [RequestTypeFactory()])

    @factory.post_generation
    def contacts(self, create, extracted, **kwargs):
        contact_points = [PhoneFactory()] if extracted is None else extracted
        for position, contact_point in enumerate(contact_points):
            ChannelContactFactory(channel=self, contact_point=contact_point, position=position)


class EscalationContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = escalations.EscalationContact
        skip_postgeneration_save = True

    code = factory.Sequence("responsable-{}".format)
    name = factory.Sequence("Responsable {}".format)

    @factory.post_generation
    def contacts(self, create, extracted, **kwargs):
        contact_points = [PhoneFactory()] if extracted is None else extracted
        for position, contact_point in enumerate(contact_points):
            escalations.EscalationContactUse.objects.create(
                contact=self, contact_point=contact_point, position=position
            )


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Away for the first half of December 2026; nobody stands in without `stand_in`."""

    class Meta:
        model = escalations.Absence

    contact = factory.SubFactory(EscalationContactFactory)
    first_day = date(2026, 12, 1)
    last_day = date(2026, 12, 15)


class EscalationPolicyFactory(factory.django.DjangoModelFactory):
    """A policy with as many levels as `levels` has contacts, one by default."""

    class Meta:
        model = escalations.EscalationPolicy
        skip_postgeneration_save = True

    service = factory.SubFactory(ServiceFactory)

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        contacts = [EscalationContactFactory()] if extracted is None else extracted
        for level, contact in enumerate(contacts, 1):
            escalations.EscalationLevel.objects.create(policy=self, level=level, contact=contact)


class EscalationTimeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = escalations.EscalationTime

    policy = factory.SubFactory(EscalationPolicyFactory)
    level = 1
    request_type = factory.SubFactory(RequestTypeFactory)
    minutes = 120


def complete_service(**kwargs):
    """A published service with two channels (24/7 and weekdays) and two escalation levels."""
    service = ServiceFactory(**kwargs)
    ChannelFactory(service=service, title="Incidentes", position=1)
    ChannelFactory(service=service, schedule=weekday_schedule(), position=2)
    EscalationPolicyFactory(
        service=service, levels=[EscalationContactFactory(), EscalationContactFactory()]
    )
    return service
