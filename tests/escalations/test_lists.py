"""Lists and forms of escalations: what people are for, who is away, with constant queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Channel, ContactPoint, Service
from escalations.models import EscalationContact, EscalationPolicy
from tests.addresses import change_url, list_url
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
)
from tests.html import read, words

pytestmark = pytest.mark.django_db


def cells(client, model, column):
    """What a column of the list of a model says, row by row."""
    answer = client.get(list_url(model))
    parts = answer.content.decode().split(f'<td class="field-{column}')[1:]
    return [words(part.partition(">")[2].partition("</td>")[0]) for part in parts]


@pytest.fixture
def ana():
    """Ana, who answers on the first level of five services, with five numbers."""
    numbers = [PhoneFactory(phone=f"+57601744272{number}") for number in range(5)]
    ana = EscalationContactFactory(name="Jefe", person="Ana Ruiz", contacts=numbers)
    for name in ("Uno", "Dos", "Tres", "Cuatro", "Cinco"):
        EscalationPolicyFactory(service=ServiceFactory(name=name), levels=[ana])
    return ana


def test_list_of_people_shows_their_numbers_and_what_they_answer_for(admin_client, ana):
    assert cells(admin_client, EscalationContact, "contacts") == [
        "601 744 2720 601 744 2721 601 744 2722 y 2 más"
    ]
    assert cells(admin_client, EscalationContact, "answers_for") == [
        "Cinco, nivel 1 Cuatro, nivel 1 Dos, nivel 1 y 2 más"
    ]


def test_list_of_people_shows_who_is_away_and_finds_them(admin_client, ana):
    today = timezone.localdate()
    other = EscalationContactFactory(name="Suplente")
    last = today + timedelta(days=2)
    AbsenceFactory(contact=ana, stand_in=other, first_day=today, last_day=last)
    assert cells(admin_client, EscalationContact, "today") == [
        f"Ausente hasta el {last:%d/%m/%Y}, responde Suplente",
        "–",
    ]
    found = admin_client.get(list_url(EscalationContact) + "?away=yes").context["cl"].result_list
    assert list(found) == [ana]


def test_list_of_contact_points_shows_what_they_are_for(admin_client):
    point = PhoneFactory(phone="+576017442727")
    PhoneFactory()
    service = ServiceFactory(name="Internet")
    for title in ("Voz", "Chat", "Portal"):
        ChannelFactory(service=service, title=title, schedule=None, contacts=[point])
    EscalationContactFactory(name="Jefe", contacts=[point])
    assert cells(admin_client, ContactPoint, "used_for") == [
        "Internet › Voz (horario no informado) Internet › Chat (horario no informado) "
        "Internet › Portal (horario no informado) y 1 más",
        "–",
    ]


def test_lists_of_channels_and_policies_name_numbers_and_people(admin_client, ana):
    ChannelFactory(contacts=list(ContactPoint.objects.order_by("phone")[:2]))
    assert cells(admin_client, Channel, "contacts") == ["601 744 2720 601 744 2721"]
    assert {*cells(admin_client, EscalationPolicy, "people")} == {"1. Jefe · Ana Ruiz"}


def test_lists_and_rows_show_no_codes(admin_client, ana):
    service = Service.objects.get(name="Uno")
    shown = admin_client.get(list_url(EscalationContact)).content.decode()
    assert ana.code not in shown
    assert ana.code not in read(admin_client.get(change_url(service))).text


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", [EscalationContact, ContactPoint, Channel, EscalationPolicy])
def test_lists_cost_as_much_with_many_rows_and_uses(admin_client, ana, model):
    ChannelFactory()
    admin_client.get(list_url(model))
    few = queries(admin_client, list_url(model))
    for _number in range(4):
        people = [EscalationContactFactory(), EscalationContactFactory(contacts=[PhoneFactory()])]
        EscalationPolicyFactory(levels=people)
        ChannelFactory(contacts=[PhoneFactory(), ContactPoint.objects.first()])
    assert queries(admin_client, list_url(model)) == few


def test_form_of_a_ladder_costs_as_much_with_many_levels(admin_client):
    def cost(count):
        people = [EscalationContactFactory() for _number in range(count)]
        return queries(admin_client, change_url(EscalationPolicyFactory(levels=people).service))

    cost(1)
    assert cost(9) == cost(2)
