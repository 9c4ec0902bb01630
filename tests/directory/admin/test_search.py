"""Lists and the start page find words without regard to accents, and numbers however typed."""

from datetime import date, time

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from directory.contacts.kinds import VALUE_FIELDS
from directory.editions.publish import publish
from directory.models import (
    Channel,
    ContactPoint,
    Edition,
    RequestType,
    Schedule,
    ScheduleException,
    Service,
)
from escalations.models import EscalationContact
from tests.addresses import INDEX, list_url
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    WebFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db

# Spellings of “Cámara” and “Política” that are all the same to whoever looks for them.
CAMERA = ["camara", "CÁMARA", "Cámara", "ca\u0301mara"]
POLICY = ["politica", "POLÍTICA", "Política"]


def edition(name):
    publish(Service.objects.filter(pk=ServiceFactory(name=name).pk))
    return Service.objects.get(name=name).editions.get()


def labelled_on_a_channel(label):
    channel = ChannelFactory()
    channel.contact_uses.update(label=label)
    return channel


def request_type(name):
    return RequestTypeFactory(code=f"tipo-{RequestType.objects.count()}", name=name)


def next_day():
    """A day for which no exception holds yet."""
    return date(2026, 12, 1 + ScheduleException.objects.count())


# What makes a row that is found by a text, in each place where lists look for it.
FOUND_BY = {
    "request type": request_type,
    "service": lambda text: ServiceFactory(name=text),
    "channel's title": lambda text: ChannelFactory(title=text),
    "channel's service": lambda text: ChannelFactory(service__name=text),
    "channel's description": lambda text: ChannelFactory(description=text),
    "channel's label of a number": labelled_on_a_channel,
    "edition's service": edition,
    "contact point": lambda text: PhoneFactory(label=text),
    "schedule": lambda text: ScheduleFactory(name=text),
    "exception's reason": lambda text: ExceptionFactory(reason=text, first_day=next_day()),
    "exception's schedule": lambda text: ExceptionFactory(schedules=[ScheduleFactory(name=text)]),
    "escalation contact": lambda text: EscalationContactFactory(name=text),
    "escalation contact's person": lambda text: EscalationContactFactory(person=text),
    "escalation policy's service": lambda text: EscalationPolicyFactory(service__name=text),
    "user": lambda text: UserFactory(username=text),
    "user's name": lambda text: UserFactory(first_name=text),
    "user's last name": lambda text: UserFactory(last_name=text),
    "group": lambda text: Group.objects.create(name=text),
}


def listed(client, model, text):
    page = client.get(list_url(model), {"q": text})
    return [row.pk for row in page.context["cl"].result_list]


@pytest.mark.parametrize("make", FOUND_BY.values(), ids=FOUND_BY)
def test_a_word_is_found_however_it_is_spelled(admin_client, make):
    camera, policy = make("Cámara"), make("POLÍTICA")

    found = {text: listed(admin_client, type(camera), text) for text in CAMERA + POLICY}

    assert found == {
        **{text: [camera.pk] for text in CAMERA},
        **{text: [policy.pk] for text in POLICY},
    }


def test_only_what_people_do_not_write_is_compared_as_it_stands():
    """Codes and addresses have no accents; a new field that is searched has to be decided upon."""
    as_they_stand = {}
    for model, model_admin in admin.site._registry.items():
        for name in model_admin.get_search_fields(None):
            if not str(name).endswith("__folded"):
                as_they_stand.setdefault(model._meta.label, []).append(name)
    assert as_they_stand == {
        "directory.AuditEntry": ["address__startswith", "request_id__iexact"],
        "auth.User": ["email"],
        "directory.Service": ["slug", "former_slugs__slug"],
        "directory.RequestType": ["code"],
        "directory.Schedule": ["code"],
        "directory.ScheduleException": ["code"],
        "directory.ContactPoint": ["code", *VALUE_FIELDS],
        "directory.Notice": ["code", *(f"contact_point__{name}" for name in VALUE_FIELDS)],
        "directory.Edition": ["digest"],
        "directory.ContactReport": ["email", "contact_point__code"],
        # Nobody looks for a part of an address.
        "directory.Subscription": ["address"],
        "escalations.EscalationContact": ["code"],
        "escalations.Absence": ["contact__code", "stand_in__code"],
    }


def test_every_word_has_to_be_there(admin_client):
    point = PhoneFactory(label="Línea de atención")
    PhoneFactory(label="Línea de ventas")

    assert listed(admin_client, ContactPoint, "ATENCION linea") == [point.pk]
    assert listed(admin_client, ContactPoint, "atencion fax") == []


@pytest.mark.parametrize("text", ["100%", "mesa_1", "a\\b"])
def test_signs_of_the_database_are_only_signs(admin_client, text):
    point = PhoneFactory(label=f"Ñandú {text}")
    PhoneFactory(label="Ñandú 1000, mesa 1, ab")

    assert listed(admin_client, ContactPoint, f'"nandu {text}"') == [point.pk]


def test_a_word_is_found_when_choosing_in_a_form(admin_client):
    chosen = ScheduleFactory(name="Ingeniería")
    ScheduleFactory(name="Ventas")

    asked = {"app_label": "directory", "model_name": "channel", "field_name": "schedule"}
    answer = admin_client.get(f"{INDEX}autocomplete/", {**asked, "term": "INGENIERIA"})

    assert [each["id"] for each in answer.json()["results"]] == [str(chosen.pk)]


@pytest.mark.parametrize(
    ("model", "make"),
    [(Channel, "channel's title"), (ContactPoint, "contact point"), (Schedule, "schedule")],
)
def test_a_search_costs_the_same_for_one_row_and_for_three(
    admin_client, django_assert_num_queries, model, make
):
    expected = 7 if model is ContactPoint else 5
    for number in (1, 3):
        for _ in range(number - model.objects.count()):
            FOUND_BY[make]("Cámara")
        admin_client.get(list_url(model))
        with django_assert_num_queries(expected):
            assert len(listed(admin_client, model, "camara")) == number


# ---- Numbers and addresses ------------------------------------------------------------------


FOUND_BY_LONG_TEXT = (ContactPoint, Channel, Schedule, Edition, get_user_model())


@pytest.mark.parametrize(
    "text",
    [
        "7442727",
        "(601) 744 27 27",
        "+57 601 744 2727",
        "(571) 7442727",
        "744-27-27",
        "601 744 2727",
        "línea bogotá",
        "linea-bogota",
    ],
)
def test_a_number_is_found_however_it_is_typed(admin_client, text):
    line = PhoneFactory(code="linea-bogota", label="Línea Bogotá", phone="+576017442727")
    PhoneFactory(phone="+576012223344")
    EmailFactory()
    assert listed(admin_client, ContactPoint, text) == [line.pk]


def test_digits_are_looked_for_in_names_and_in_numbers(admin_client):
    by_name, by_number = PhoneFactory(label="Sala 4427"), PhoneFactory(phone="+576017442727")
    assert {*listed(admin_client, ContactPoint, "4427")} == {by_name.pk, by_number.pk}


def test_addresses_are_found(admin_client):
    email, web = EmailFactory(email="soporte@example.com"), WebFactory(url="https://example.org/x")
    EmailFactory()
    assert listed(admin_client, ContactPoint, "soporte@") == [email.pk]
    assert listed(admin_client, ContactPoint, "example.org") == [web.pk]


@pytest.mark.parametrize("text", ["ﷺ" * 5000, "zz " * 2000, "ext 9 " * 1000])
@pytest.mark.parametrize("model", FOUND_BY_LONG_TEXT)
def test_a_text_too_long_for_the_database_is_only_not_found(admin_client, model, text):
    assert listed(admin_client, model, text) == []


def test_a_text_with_a_nul_in_it_is_not_looked_for(admin_client):
    PhoneFactory.create_batch(2)
    assert len(listed(admin_client, ContactPoint, "zz\0zz")) == 2


@pytest.mark.parametrize("model", [EscalationContact, Channel])
def test_who_uses_a_number_is_found_by_it(admin_client, model):
    number = PhoneFactory(phone="+576017442727")
    for contacts in ([number], None):
        EscalationContactFactory(contacts=contacts)
        ChannelFactory(contacts=contacts)
    first = model.objects.filter(contact_uses__contact_point=number).get()
    assert listed(admin_client, model, "7442727") == [first.pk]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lunes a viernes 7-19", ["Oficina"]),
        ("L-V 7 a.m. a 7 p.m.", ["Oficina"]),
        ("24/7", ["Siempre"]),
        ("sábados 9-13", []),
        ("lunes", []),
    ],
)
def test_a_schedule_is_found_by_its_hours_in_words(admin_client, text, names):
    weekday_schedule(name="Oficina")
    weekday_schedule(name="Tarde", opens=time(14))
    ScheduleFactory(name="Siempre")
    found = Schedule.objects.filter(pk__in=listed(admin_client, Schedule, text))
    assert [schedule.name for schedule in found] == names


@pytest.mark.parametrize("model", [EscalationContact, Channel])
def test_menu_options_are_found(admin_client, model):
    for make in (EscalationContactFactory, ChannelFactory):
        make(contacts=[PhoneFactory()]).contact_uses.update(menu_options="Opción 2 - opción 4")
        make(contacts=[PhoneFactory()])
    found = model.objects.filter(contact_uses__menu_options__contains="2").get()
    assert listed(admin_client, model, "opcion 4") == [found.pk]
    assert listed(admin_client, model, "opcion 9") == []
