"""Lists of the back office find words without regard to accents and capitals."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from directory.contacts.kinds import VALUE_FIELDS
from directory.editions.publish import publish
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    RequestType,
    Schedule,
    ScheduleException,
    Service,
)
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
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
    ChannelContact.objects.create(
        channel=channel, contact_point=PhoneFactory(), label=label, position=5
    )
    return channel


def request_type(name):
    return RequestTypeFactory(code=f"tipo-{RequestType.objects.count()}", name=name)


def exception(**kwargs):
    number = ScheduleException.objects.count()
    day = date(2026, 12, 1 + number)
    return ScheduleException.objects.create(
        code=f"cierre-{number}", first_day=day, last_day=day, **kwargs
    )


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
    "exception's reason": lambda text: exception(reason=text),
    "exception's schedule": lambda text: exception(
        reason="Cierre", schedule=ScheduleFactory(name=text)
    ),
    "escalation contact": lambda text: EscalationContactFactory(name=text),
    "escalation contact's person": lambda text: EscalationContactFactory(person=text),
    "escalation policy's service": lambda text: EscalationPolicyFactory(service__name=text),
    "user": lambda text: UserFactory(username=text),
    "user's name": lambda text: UserFactory(first_name=text),
    "user's last name": lambda text: UserFactory(last_name=text),
    "group": lambda text: Group.objects.create(name=text),
}


def changelist(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def listed(client, model, text):
    page = client.get(changelist(model), {"q": text})
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
    as_they_stand = {
        model._meta.label: [
            name
            for name in model_admin.get_search_fields(None)
            if not str(name).endswith("__folded")
        ]
        for model, model_admin in admin.site._registry.items()
    }
    assert {label: names for label, names in as_they_stand.items() if names} == {
        "auth.User": ["email"],
        "directory.Service": ["slug"],
        "directory.RequestType": ["code"],
        "directory.Schedule": ["code"],
        "directory.ScheduleException": ["code"],
        "directory.ContactPoint": ["code", *VALUE_FIELDS],
        "directory.Edition": ["digest"],
        "escalations.EscalationContact": ["code"],
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


def test_choosing_in_a_form_finds_it_too(admin_client):
    chosen = ScheduleFactory(name="Ingeniería")
    ScheduleFactory(name="Ventas")

    answer = admin_client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "directory",
            "model_name": "channel",
            "field_name": "schedule",
            "term": "INGENIERIA",
        },
    )

    assert [each["id"] for each in answer.json()["results"]] == [str(chosen.pk)]


@pytest.mark.parametrize(
    ("model", "make"),
    [(Channel, "channel's title"), (ContactPoint, "contact point"), (Schedule, "schedule")],
)
def test_a_search_costs_the_same_for_one_row_and_for_three(
    admin_client, django_assert_num_queries, model, make
):
    expected = 5 if model is not Schedule else 6
    for number in (1, 3):
        for _ in range(number - model.objects.count()):
            FOUND_BY[make]("Cámara")
        admin_client.get(changelist(model))
        with django_assert_num_queries(expected):
            assert len(listed(admin_client, model, "camara")) == number
