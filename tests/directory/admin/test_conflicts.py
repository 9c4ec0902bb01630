"""Two people edit the same thing: the second is told, sees both, decides, and loses nothing."""

import pytest
from django.urls import reverse

from directory import models
from escalations.models import EscalationContact
from tests.editing import Editing, url_of
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.forms import form_values as filled

pytestmark = pytest.mark.django_db


def differences(response):
    return [
        (choice.where, choice.before, choice.mine, choice.theirs, choice.decided)
        for choice in response.context["choices"]
    ]


def test_the_second_sees_both_values_and_who_changed_them(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")

    response = second.post(name="Grupo técnico")

    assert response.status_code == 409
    assert differences(response) == [("Nombre", "Soporte", "Grupo técnico", "Mesa de Ayuda", "")]
    [entry] = response.context["log"]
    assert entry.user.username == "ana"
    contact.refresh_from_db()
    assert contact.name == "Mesa de Ayuda"


@pytest.mark.parametrize(
    ("decision", "name"), [("mine", "Grupo técnico"), ("theirs", "Mesa de Ayuda")]
)
def test_what_is_decided_is_shown_as_effect_and_then_saved(people, decision, name):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    asked = second.post(name="Grupo técnico", person="Beto Ruiz")

    shown = people[1].post(
        second.url, {**filled(asked), "_decide|||name": decision, "_preview": "1"}
    )
    assert "effect" in shown.context
    people[1].post(second.url, {**filled(shown), "_save": "1"})

    contact.refresh_from_db()
    assert (contact.name, contact.person) == (name, "Beto Ruiz")


def test_without_a_decision_it_asks_again_and_keeps_what_was_typed(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    asked = second.post(name="Grupo técnico", person="Beto Ruiz")

    again = people[1].post(second.url, {**filled(asked), "_preview": "1"})

    assert again.status_code == 409
    assert filled(again)["person"] == ["Beto Ruiz"]


def test_a_decision_about_values_that_changed_once_more_is_asked_again(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    asked = second.post(name="Grupo técnico")
    Editing(people[0], contact).post(name="Mesa 24 horas")

    again = people[1].post(second.url, {**filled(asked), "_decide|||name": "mine", "_preview": "1"})

    assert differences(again)[0][3] == "Mesa 24 horas"
    contact.refresh_from_db()
    assert contact.name == "Mesa 24 horas"


def test_edits_of_different_fields_are_joined_with_theirs_kept_by_default(people):
    contact = EscalationContactFactory(name="Soporte", person="")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    asked = second.post(person="Beto Ruiz")
    assert differences(asked)[0][4] == "theirs"

    shown = people[1].post(second.url, {**filled(asked), "_preview": "1"})
    people[1].post(second.url, {**filled(shown), "_save": "1"})

    contact.refresh_from_db()
    assert (contact.name, contact.person) == ("Mesa de Ayuda", "Beto Ruiz")


def test_rows_of_the_same_service_are_not_overwritten(people):
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    first.post(**{"channels-0-title": "Línea única"})

    asked = second.post(**{"channels-0-title": "Línea nacional"})

    [(where, *values)] = differences(asked)
    assert "Título" in where
    assert values == ["Incidentes", "Línea nacional", "Línea única", ""]


def test_a_row_that_somebody_added_stays(people):
    service = ServiceFactory()
    ChannelFactory(service=service, code="correo")
    first, second = (Editing(client, service) for client in people)
    kind, schedule = RequestTypeFactory(), weekday_schedule()
    added = {
        "title": "Chat",
        "medium": "chat",
        "request_types": [kind.pk],
        "schedule": schedule.pk,
        "position": 2,
    }
    first.post(
        **{"channels-TOTAL_FORMS": 2, "channels-1-id": "", "channels-1-service": service.pk},
        **{f"channels-1-{name}": value for name, value in added.items()},
    )
    assert service.channels.count() == 2

    asked = second.post(introduction="Hola")
    shown = people[1].post(second.url, {**filled(asked), "_preview": "1"})
    people[1].post(second.url, {**filled(shown), "_save": "1"})

    service.refresh_from_db()
    assert service.introduction == "Hola"
    assert list(service.channels.values_list("title", flat=True)) == ["Telefónico", "Chat"]


def test_a_row_that_somebody_removed_can_be_added_again(people):
    schedule = weekday_schedule(days=[1, 2])
    first, second = (Editing(client, schedule) for client in people)
    first.post(**{"spans-1-DELETE": "on"})
    assert schedule.spans.count() == 1

    asked = second.post(**{"spans-1-closes": "18:00"})
    [choice] = asked.context["choices"]
    shown = people[1].post(second.url, {**filled(asked), choice.name: "mine", "_preview": "1"})
    people[1].post(second.url, {**filled(shown), "_save": "1"})

    spans = schedule.spans.values_list("day", "closes__hour").order_by("day")
    assert list(spans) == [(1, 19), (2, 18)]


def test_times_are_shown_as_people_write_them(people):
    schedule = weekday_schedule(days=[1])
    first, second = (Editing(client, schedule) for client in people)
    first.post(**{"spans-0-closes": "18:00"})
    [(_where, *values)] = differences(second.post(**{"spans-0-closes": "20:30"}))
    assert values == ["19:00", "20:30", "18:00", ""]


def test_a_row_that_both_removed_is_gone(people):
    schedule = weekday_schedule(days=[1, 2])
    first, second = (Editing(client, schedule) for client in people)
    first.post(**{"spans-1-DELETE": "on"})
    response = second.post(**{"spans-1-DELETE": "on"})
    assert response.status_code == 302
    assert [span.day for span in schedule.spans.all()] == [1]


def test_a_change_on_the_page_of_a_row_counts_too(people):
    service = ServiceFactory()
    channel = ChannelFactory(service=service, title="Telefónico")
    editing = Editing(people[1], service)
    Editing(people[0], channel).post(title="Línea nacional")

    asked = editing.post(**{"channels-0-title": "Línea"})

    assert asked.status_code == 409
    assert [entry.user.username for entry in asked.context["log"]] == ["ana"]


def test_a_change_that_no_form_made_is_found_as_well(people):
    contact = EscalationContactFactory(name="Soporte")
    editing = Editing(people[0], contact)
    EscalationContact.objects.update(name="De un archivo")
    asked = editing.post(name="Grupo técnico")
    assert differences(asked) == [("Nombre", "Soporte", "Grupo técnico", "De un archivo", "")]


def test_who_typed_the_same_is_not_bothered(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    assert second.post(name="Mesa de Ayuda").status_code == 302


def test_the_same_value_written_otherwise_is_no_change(people):
    schedule = weekday_schedule(days=[1])
    first, second = (Editing(client, schedule) for client in people)
    first.post(name="Otro nombre")
    asked = second.post(**{"spans-0-opens": "7:00"})
    assert [choice.where for choice in asked.context["choices"]] == ["Nombre"]


def test_a_conflict_is_found_after_the_effect_was_shown_too(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    shown = second.post("_preview", name="Grupo técnico")
    first.post(name="Mesa de Ayuda")
    assert people[1].post(second.url, {**filled(shown), "_save": "1"}).status_code == 409


def test_an_error_does_not_make_the_form_forget_what_it_showed(people):
    number = PhoneFactory()
    first, second = (Editing(client, number) for client in people)
    wrong = second.post(phone="601 74", label="Línea mía")
    first.post(label="Línea suya")
    response = people[1].post(second.url, {**filled(wrong), "phone": "601 222 3344", "_save": "1"})
    assert response.status_code == 409


def test_chosen_objects_are_named_and_not_numbered(people):
    one, other, third = (weekday_schedule(name=name) for name in ("Uno", "Otro", "Tercero"))
    contact = EscalationContactFactory(schedule=one)
    first, second = (Editing(client, contact) for client in people)
    first.post(schedule=other.pk)
    asked = second.post(schedule=third.pk)
    assert differences(asked) == [("Horario", "Uno", "Tercero", "Otro", "")]


def test_what_somebody_deleted_meanwhile_can_be_made_again(people):
    number = PhoneFactory(code="linea", label="Línea")
    editing = Editing(people[1], number)
    people[0].post(url_of(number, "delete"), {"post": "yes"})

    response = editing.post(label="Línea nacional")

    assert response.status_code == 409
    [entry] = response.context["log"]
    assert entry.user.username == "ana"
    assert ("Nombre", "Línea nacional") in response.context["values"]

    add_url = reverse("admin:directory_contactpoint_add")
    again = people[1].post(add_url, {**filled(response), "_edit_again": "1"})
    assert not models.ContactPoint.objects.exists()
    people[1].post(add_url, {**filled(again), "_save": "1"})
    made = models.ContactPoint.objects.get()
    assert (made.code, made.label, made.phone) == ("linea", "Línea nacional", number.phone)


def test_rows_of_what_was_deleted_meanwhile_are_made_again_too(people):
    contact = EscalationContactFactory(contacts=[EmailFactory()])
    editing = Editing(people[1], contact)
    people[0].post(url_of(contact, "delete"), {"post": "yes"})
    response = editing.post(name="Otra vez")
    add_url = reverse("admin:escalations_escalationcontact_add")
    again = people[1].post(add_url, {**filled(response), "_edit_again": "1"})
    people[1].post(add_url, {**filled(again), "_save": "1"})
    made = EscalationContact.objects.get()
    assert (made.name, made.contact_uses.count()) == ("Otra vez", 1)


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_form_without_a_readable_snapshot_saves_as_ever(people, token):
    contact = EscalationContactFactory(name="Soporte")
    editing = Editing(people[0], contact)
    assert editing.post(name="Mesa", _shown=token).status_code == 302


def test_a_snapshot_of_something_else_counts_for_nothing(people):
    contact, other = EscalationContactFactory(), EscalationContactFactory()
    editing, shown = Editing(people[0], contact), Editing(people[0], other)
    assert editing.post(name="Mesa", _shown=shown.data["_shown"]).status_code == 302
    contact.refresh_from_db()
    assert contact.name == "Mesa"


def test_a_popup_overwrites_nothing_either(people):
    schedule = weekday_schedule(name="Oficina")
    url = url_of(schedule) + "?_popup=1"
    popup = filled(people[1].get(url))
    Editing(people[0], schedule).post(name="Oficina norte")
    response = people[1].post(url, {**popup, "name": "Oficina sur", "_save": "1"})
    assert response.status_code == 409


@pytest.mark.parametrize(
    "broken",
    [
        {"channels-TOTAL_FORMS": "x"},
        {"channels-TOTAL_FORMS": "99999999999"},
        {"channels-TOTAL_FORMS": "-1"},
        {"channels-0-id": "999"},
        {"channels-0-id": "x"},
        {"channels-0-schedule": "999"},
        {"channels-0-request_types": ["x", "999"]},
        {"channels-0-medium": "smoke"},
        {"channels-0-position": "-1"},
        {"name": ""},
    ],
)
def test_nonsense_is_answered_and_never_saved(people, broken):
    service = complete_service()
    editing = Editing(people[1], service)
    Editing(people[0], service).post(introduction="Hola")
    titles = list(service.channels.values_list("title", flat=True))

    asked = editing.post("_preview", introduction="Adiós", **broken)
    assert asked.status_code in (200, 409)
    if asked.status_code == 409:
        decided = {choice.name: "mine" for choice in asked.context["choices"]}
        answer = people[1].post(editing.url, {**filled(asked), **decided, "_preview": "1"})
        assert answer.status_code == 200

    service.refresh_from_db()
    assert service.introduction == "Hola"
    assert list(service.channels.values_list("title", flat=True)) == titles


def test_no_list_is_edited_past_the_comparison():
    from django.contrib import admin

    from directory.admin.publication import PublishingAdmin

    editable = [
        model_admin
        for model_admin in admin.site._registry.values()
        if isinstance(model_admin, PublishingAdmin) and model_admin.list_editable
    ]
    assert editable == []
