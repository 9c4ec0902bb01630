"""Two people edit the same thing: the second is told, sees both, decides, and loses nothing."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from directory import models
from directory.admin.publication import PublishingAdmin
from escalations.models import EscalationContact
from tests.editing import Editing, url_of
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.forms import form_values as filled

pytestmark = pytest.mark.django_db


def conflicts(response):
    """The fields that both changed, each with what is said there."""
    assert response.status_code == 409
    return [(each.where, each.message) for each in response.context["problems"]]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_field_that_both_changed_is_an_error_with_both_values_and_who_changed_it(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")

    response = second.post(name="Grupo técnico")

    [(where, message)] = conflicts(response)
    assert where == "Nombre"
    assert "(ana, " in message
    assert "«Soporte» → «Mesa de Ayuda»" in message
    assert filled(response)["name"] == ["Grupo técnico"]
    contact.refresh_from_db()
    assert contact.name == "Mesa de Ayuda"


@pytest.mark.parametrize("button", ["_save", "_preview"])
def test_saving_again_puts_what_was_typed_in_the_place_of_theirs(people, button):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    second.post(name="Grupo técnico", person="Beto Ruiz")

    second.again(button)
    second.again("_save")

    contact.refresh_from_db()
    assert (contact.name, contact.person) == ("Grupo técnico", "Beto Ruiz")


def test_typing_theirs_keeps_it(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    second.post(name="Grupo técnico", person="Beto Ruiz")
    second.again(name="Mesa de Ayuda")
    contact.refresh_from_db()
    assert (contact.name, contact.person) == ("Mesa de Ayuda", "Beto Ruiz")


def test_what_changed_once_more_is_told_once_more(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    second.post(name="Grupo técnico")
    Editing(people[0], contact).post(name="Mesa 24 horas")

    [(_where, message)] = conflicts(second.again())

    assert "«Mesa de Ayuda» → «Mesa 24 horas»" in message
    contact.refresh_from_db()
    assert contact.name == "Mesa 24 horas"


def test_edits_of_different_fields_are_joined_and_the_other_one_is_told(people):
    contact = EscalationContactFactory(name="Soporte", person="")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")

    saved = second.post(person="Beto Ruiz")

    assert saved.status_code == 302
    assert "Nombre: Soporte → Mesa de Ayuda" in told(saved)[0]
    contact.refresh_from_db()
    assert (contact.name, contact.person) == ("Mesa de Ayuda", "Beto Ruiz")


def test_the_history_does_not_name_the_changes_of_others_as_ones_own(people):
    contact = EscalationContactFactory(name="Soporte", person="")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    second.post(person="Beto Ruiz")
    history = people[0].get(url_of(contact, "history")).context["action_list"]
    assert {str(each.user): each.get_change_message() for each in history} == {
        "ana": "Cambios: Nombre: Soporte → Mesa de Ayuda.",
        "beto": "Cambios: Persona: vacío → Beto Ruiz.",
    }


def test_an_edit_of_another_field_of_the_same_row_is_kept(people):
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    first.post(**{"channels-0-title": "Línea única"})
    saved = second.post(**{"channels-0-position": 7})
    assert "Título: Incidentes → Línea única" in told(saved)[0]
    assert ("Línea única", 7) in service.channels.values_list("title", "position")


def test_rows_of_the_same_service_are_not_overwritten(people):
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    first.post(**{"channels-0-title": "Línea única"})

    [(where, message)] = conflicts(second.post(**{"channels-0-title": "Línea nacional"}))

    assert where == "Canales, fila 1 › Título"
    assert "«Incidentes» → «Línea única»" in message
    assert "(ana, " in message


def test_a_row_that_somebody_added_stays_and_is_told(people):
    service = ServiceFactory()
    ChannelFactory(service=service, code="correo")
    first, second = (Editing(client, service) for client in people)
    kind, schedule = RequestTypeFactory(), weekday_schedule()
    row = {"title": "Chat", "medium": "chat", "request_types": [kind.pk], "position": 2}
    first.add_row("channels", schedule=schedule.pk, **row)
    first.post()

    saved = second.post(introduction="Hola")

    assert "agregado: Canal (Título: Chat" in told(saved)[0]
    service.refresh_from_db()
    assert service.introduction == "Hola"
    assert list(service.channels.values_list("title", flat=True)) == ["Telefónico", "Chat"]


def test_a_row_that_somebody_removed_can_be_added_again(people):
    schedule = weekday_schedule(days=[1, 2])
    first, second = (Editing(client, schedule) for client in people)
    first.delete_row("spans", 1)

    [(where, message)] = conflicts(second.post(**{"spans-1-closes": "18:00"}))
    assert (where, "(ana, " in message) == ("Tramos, fila 2", True)
    assert schedule.spans.count() == 1

    assert second.again().status_code == 302
    spans = schedule.spans.values_list("day", "closes__hour").order_by("day")
    assert list(spans) == [(1, 19), (2, 18)]


def test_a_row_that_somebody_removed_and_nobody_typed_into_stays_away_and_is_told(people):
    schedule = weekday_schedule(days=[1, 2, 3])
    first, second = (Editing(client, schedule) for client in people)
    first.delete_row("spans", 1)
    saved = second.post(**{"spans-2-closes": "18:00"})
    assert saved.status_code == 302
    assert "eliminado: Tramo (Día: martes; Abre: 07:00; Cierra: 19:00)" in told(saved)[0]
    spans = schedule.spans.values_list("day", "closes__hour").order_by("day")
    assert list(spans) == [(1, 19), (3, 18)]


@pytest.mark.parametrize("action", ["change", "view"])
def test_who_may_not_delete_rows_can_save_while_somebody_deletes_one(people, client, action):
    schedule = weekday_schedule(days=[1, 2])
    clerk = UserFactory(username="carla", is_staff=True)
    allowed = ["view_schedule", "change_schedule", f"{action}_timespan"]
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=allowed))
    client.force_login(clerk)
    second = Editing(client, schedule)
    Editing(people[0], schedule).delete_row("spans", 1, **{"spans-0-closes": "18:00"})

    saved = second.post(name="Otro nombre")

    assert saved.status_code == 302
    schedule.refresh_from_db()
    assert schedule.name == "Otro nombre"
    assert [(span.day, span.closes.hour) for span in schedule.spans.all()] == [(1, 18)]


def test_times_are_shown_as_people_write_them(people):
    schedule = weekday_schedule(days=[1])
    first, second = (Editing(client, schedule) for client in people)
    first.post(**{"spans-0-closes": "18:00"})
    [(_where, message)] = conflicts(second.post(**{"spans-0-closes": "20:30"}))
    assert "«19:00» → «18:00»" in message


def test_a_row_that_both_removed_is_gone(people):
    schedule = weekday_schedule(days=[1, 2])
    first, second = (Editing(client, schedule) for client in people)
    first.delete_row("spans", 1)
    response = second.delete_row("spans", 1)
    assert response.status_code == 302
    assert [span.day for span in schedule.spans.all()] == [1]


def test_rows_on_a_refused_page_stand_beside_what_is_stored_of_them(people):
    """Whatever order somebody else has given them meanwhile."""
    service = complete_service()
    first, second = (Editing(client, service) for client in people)
    first.post(**{"channels-0-position": 9, "channels-1-title": "Línea única"})
    refused = second.post(**{"channels-1-title": "Línea nacional"})
    [channels] = [
        inline
        for inline in refused.context["inline_admin_formsets"]
        if inline.formset.model is models.Channel
    ]
    pairs = [(row.original, row.form.instance) for row in channels if row.original]
    assert [one == other for one, other in pairs] == [True, True]


def test_a_change_on_the_page_of_a_row_counts_too(people):
    service = ServiceFactory()
    channel = ChannelFactory(service=service, title="Telefónico")
    editing = Editing(people[1], service)
    Editing(people[0], channel).post(title="Línea nacional")
    [(_where, message)] = conflicts(editing.post(**{"channels-0-title": "Línea"}))
    assert "(ana, " in message


def test_a_change_that_no_form_made_is_found_as_well(people):
    contact = EscalationContactFactory(name="Soporte")
    editing = Editing(people[0], contact)
    EscalationContact.objects.update(name="De un archivo")
    [(_where, message)] = conflicts(editing.post(name="Grupo técnico"))
    assert "(desde otra página, con una importación o con un comando)" in message
    assert "«Soporte» → «De un archivo»" in message


def test_who_typed_the_same_is_not_bothered(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    first.post(name="Mesa de Ayuda")
    assert second.post(name="Mesa de Ayuda").status_code == 302


def test_the_same_value_written_otherwise_is_no_change(people):
    schedule = weekday_schedule(days=[1])
    first, second = (Editing(client, schedule) for client in people)
    first.post(**{"spans-0-opens": "8:00"})
    assert second.post(**{"spans-0-opens": "7:00"}).status_code == 302
    assert schedule.spans.get().opens.hour == 8


def test_line_breaks_as_browsers_send_them_are_no_change(people):
    service = ServiceFactory(introduction="Uno\nDos")
    first, second = (Editing(client, service) for client in people)
    for editing in (first, second):
        editing.data |= {
            name: "Uno\r\nDos" for name in editing.data if name.endswith("introduction")
        }
    first.post(introduction="Tres")
    assert second.post(name="Otro").status_code == 302
    service.refresh_from_db()
    assert (service.name, service.introduction) == ("Otro", "Tres")


def test_a_conflict_is_found_after_the_effect_was_shown_too(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    second.post("_preview", name="Grupo técnico")
    first.post(name="Mesa de Ayuda")
    assert len(conflicts(second.again())) == 1


def test_going_back_to_editing_does_not_hide_a_conflict(people):
    contact = EscalationContactFactory(name="Soporte")
    first, second = (Editing(client, contact) for client in people)
    second.post("_preview", name="Grupo técnico")
    first.post(name="Mesa de Ayuda")
    assert len(conflicts(second.again("_edit_again"))) == 1


def test_an_error_does_not_make_the_form_forget_what_it_showed(people):
    number = PhoneFactory()
    first, second = (Editing(client, number) for client in people)
    second.post(phone="601 74", label="Línea mía")
    first.post(label="Línea suya")
    [(where, _message)] = conflicts(second.again(phone="601 222 3344"))
    assert where == "Nombre"


def test_a_number_that_is_refused_and_that_somebody_changed_has_both_errors(people):
    number = PhoneFactory(phone="+576017442727")
    first, second = (Editing(client, number) for client in people)
    first.post(phone="601 744 2828")
    errors = conflicts(second.post(phone="601 74"))
    assert [where for where, _message in errors] == ["Número", "Número"]
    assert "«601 744 2727» → «601 744 2828»" in errors[1][1]


def test_chosen_objects_are_named_and_not_numbered(people):
    one, other, third = (weekday_schedule(name=name) for name in ("Uno", "Otro", "Tercero"))
    contact = EscalationContactFactory(schedule=one)
    first, second = (Editing(client, contact) for client in people)
    first.post(schedule=other.pk)
    [(where, message)] = conflicts(second.post(schedule=third.pk))
    assert (where, "«Uno» → «Otro»" in message) == ("Horario", True)


def test_several_choices_are_kept_and_compared_too(people):
    one, other, third = (RequestTypeFactory(code=code) for code in ("uno", "otro", "tercero"))
    channel = ChannelFactory(request_types=[one])
    first, second, late = (Editing(client, channel) for client in (*people, people[1]))
    first.post(request_types=[one.pk, other.pk])
    assert second.post(title="Otro título").status_code == 302
    assert {*channel.request_types.all()} == {one, other}
    [(where, _message)] = conflicts(late.post(request_types=[third.pk]))
    assert where == "Tipos de solicitud"


@pytest.mark.parametrize(
    ("button", "typed"), [("_save", {"verified_on": "2026-11-28"}), ("_still_true", {})]
)
def test_nobody_confirms_a_number_that_the_page_did_not_show(people, button, typed):
    number = PhoneFactory(phone="+576017442727", verified_on=None)
    first, second = (Editing(client, number) for client in people)
    first.post(phone="601 744 2828")

    [(where, message)] = conflicts(second.post(button, **typed))

    assert where == "Verificado el"
    assert "«Número: 601 744 2727» → «601 744 2828»" in message
    number.refresh_from_db()
    assert number.verified_on is None
    assert second.again(button).status_code == 302
    number.refresh_from_db()
    assert (str(number.phone), bool(number.verified_on)) == ("+576017442828", True)


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


@pytest.mark.parametrize("said", ["", "nonsense", "2026-13-01", "0001-01-01T00:00:00+00:00"])
def test_a_form_that_does_not_say_what_was_shown_is_not_compared(people, said):
    contact = EscalationContactFactory(name="Soporte")
    editing = Editing(people[0], contact)
    Editing(people[1], contact).post(name="Otro")
    assert editing.post(name="Mesa", _shown_at=said).status_code == 302
    contact.refresh_from_db()
    assert contact.name == "Mesa"


def test_a_popup_is_compared_too(people):
    schedule = weekday_schedule(name="Oficina")
    editing = Editing(people[1], schedule, "?_popup=1")
    Editing(people[0], schedule).post(name="Oficina norte")
    assert len(conflicts(editing.post(name="Oficina sur"))) == 1
    schedule.refresh_from_db()
    assert schedule.name == "Oficina norte"


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
        {"initial-channels-0-position": "x"},
        {"initial-channels-0-request_types": ["x", "9" * 30]},
        {"initial-channels-0-schedule": "9" * 5000},
        {"name": ""},
    ],
)
@pytest.mark.parametrize("button", ["_save", "_preview"])
def test_nonsense_beside_a_conflict_is_answered_and_not_saved(people, broken, button):
    service = complete_service()
    editing = Editing(people[1], service)
    Editing(people[0], service).post(introduction="Hola")
    titles = list(service.channels.values_list("title", flat=True))

    assert editing.post(button, introduction="Adiós", **broken).status_code == 409

    service.refresh_from_db()
    assert service.introduction == "Hola"
    assert list(service.channels.values_list("title", flat=True)) == titles


def test_no_list_is_edited_past_the_comparison():
    editable = [
        model_admin
        for model_admin in admin.site._registry.values()
        if isinstance(model_admin, PublishingAdmin) and model_admin.list_editable
    ]
    assert editable == []
