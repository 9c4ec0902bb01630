"""Two people edit the same thing: the second is told, sees both, decides, and loses nothing."""

import pytest
from django.contrib import admin

from directory import models
from directory.admin.publication import PublishingAdmin
from directory.admin.services import ChannelInline
from escalations.models import EscalationContact
from tests.addresses import history_url
from tests.editing import Deleting, Editing, make_again, overtaken, problems, stored, told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    return EscalationContactFactory(name="Soporte", person="")


def spans_of(schedule):
    return list(schedule.spans.order_by("day").values_list("day", "closes__hour"))


# ---- Fields --------------------------------------------------------------------------------


def test_a_field_that_both_changed_is_an_error_with_both_values_and_who_changed_it(people, contact):
    second = overtaken(people, contact, name="Mesa de Ayuda")

    [(where, message)] = problems(second.post(name="Grupo técnico"))

    assert where == "Nombre"
    assert "(ana, " in message
    assert "«Soporte» → «Mesa de Ayuda»" in message
    assert form_values(second.page)["name"] == ["Grupo técnico"]
    assert stored(contact, "name", "person") == ("Mesa de Ayuda", "")


@pytest.mark.parametrize(
    ("button", "typed", "name"),
    [
        ("_save", {}, "Grupo técnico"),
        ("_preview", {}, "Grupo técnico"),
        ("_save", {"name": "Mesa de Ayuda"}, "Mesa de Ayuda"),
    ],
)
def test_saving_again_stores_what_is_typed_then(people, contact, button, typed, name):
    second = overtaken(people, contact, name="Mesa de Ayuda")
    second.post(name="Grupo técnico", person="Beto Ruiz")
    second.again(button, **typed)
    second.again()
    assert stored(contact, "name", "person") == (name, "Beto Ruiz")


def test_what_changed_once_more_is_told_once_more(people, contact):
    second = overtaken(people, contact, name="Mesa de Ayuda")
    second.post(name="Grupo técnico")
    Editing(people[0], contact).post(name="Mesa 24 horas")
    [(_where, message)] = problems(second.again())
    assert "«Mesa de Ayuda» → «Mesa 24 horas»" in message
    assert stored(contact, "name", "person") == ("Mesa 24 horas", "")


def test_edits_of_different_fields_are_joined_told_and_each_in_the_history_of_its_author(
    people, contact
):
    saved = overtaken(people, contact, name="Mesa de Ayuda").post(person="Beto Ruiz")
    assert "Nombre: Soporte → Mesa de Ayuda" in told(saved)[0]
    assert stored(contact, "name", "person") == ("Mesa de Ayuda", "Beto Ruiz")
    history = people[0].get(history_url(contact)).context["entries"]
    assert {str(each.user): each.get_change_message() for each, _links in history} == {
        "ana": "Cambios: Nombre: Soporte → Mesa de Ayuda.",
        "beto": "Cambios: Persona: vacío → Beto Ruiz.",
    }


def test_a_change_that_no_form_made_is_found(people, contact):
    editing = Editing(people[0], contact)
    EscalationContact.objects.update(name="De un archivo")
    [(_where, message)] = problems(editing.post(name="Grupo técnico"))
    assert "(desde otra página, con una importación o con un comando)" in message
    assert "«Soporte» → «De un archivo»" in message


def test_who_typed_the_same_is_not_bothered(people, contact):
    second = overtaken(people, contact, name="Mesa de Ayuda")
    assert second.post(name="Mesa de Ayuda").status_code == 302
    assert stored(contact, "name", "person") == ("Mesa de Ayuda", "")


def test_times_are_shown_as_people_write_them_and_compared_as_times(people):
    schedule = weekday_schedule(days=[1])
    second = overtaken(people, schedule, **{"spans-0-closes": "18:00:00", "spans-0-opens": "8:00"})
    assert second.data["spans-0-closes"] == ["7:00 p.m."]
    [(_where, message)] = problems(
        second.post(**{"spans-0-closes": "20:30", "spans-0-opens": "7:00"})
    )
    assert "«7:00 p.m.» → «6:00 p.m.»" in message
    assert second.again().status_code == 302
    assert schedule.spans.get().opens.hour == 8


def test_line_breaks_as_browsers_send_them_are_no_change(people):
    service = ServiceFactory(introduction="Uno\nDos")
    first, second = (Editing(client, service) for client in people)
    sent = ("introduction", "initial-introduction")
    for editing in (first, second):
        editing.data |= dict.fromkeys(sent, "Uno\r\nDos")
    first.post(introduction="Tres")
    assert second.post(name="Otro").status_code == 302
    assert stored(service, "name", "introduction") == ("Otro", "Tres")


@pytest.mark.parametrize("button", ["_save", "_edit_again"])
def test_a_conflict_is_found_after_the_effect_was_shown(people, contact, button):
    first, second = (Editing(client, contact) for client in people)
    second.post("_preview", name="Grupo técnico")
    first.post(name="Mesa de Ayuda")
    assert [where for where, _message in problems(second.again(button))] == ["Nombre"]


def test_an_error_does_not_make_the_form_forget_what_it_showed(people):
    number = PhoneFactory()
    first, second = (Editing(client, number) for client in people)
    second.post(phone="601 74", label="Línea mía")
    first.post(label="Línea suya")
    [(where, _message)] = problems(second.again(phone="601 222 3344"))
    assert where == "Nombre"


def test_a_number_that_is_refused_and_that_somebody_changed_has_both_errors(people):
    second = overtaken(people, PhoneFactory(phone="+576017442727"), phone="601 744 2828")
    errors = problems(second.post(phone="601 74"))
    assert [where for where, _message in errors] == ["Número", "Número"]
    assert "«601 744 2727» → «601 744 2828»" in errors[1][1]


def test_chosen_objects_are_named_and_not_numbered(people):
    one, other, third = (weekday_schedule(name=name) for name in ("Uno", "Otro", "Tercero"))
    second = overtaken(people, EscalationContactFactory(schedule=one), schedule=other.pk)
    [(where, message)] = problems(second.post(schedule=third.pk))
    assert where == "Horario"
    assert "«Uno» → «Otro»" in message


def test_several_choices_are_kept_and_compared(people):
    one, other, third = (RequestTypeFactory(code=code) for code in ("uno", "otro", "tercero"))
    channel = ChannelFactory(request_types=[one])
    late = Editing(people[1], channel)
    second = overtaken(people, channel, request_types=[one.pk, other.pk])
    assert second.post(title="Otro título").status_code == 302
    assert {*channel.request_types.all()} == {one, other}
    [(where, _message)] = problems(late.post(request_types=[third.pk]))
    assert where == "Tipos de solicitud"


@pytest.mark.parametrize(
    ("button", "typed"), [("_save", {"verified_on": "2026-11-28"}), ("_still_true", {})]
)
def test_nobody_confirms_a_number_that_the_page_did_not_show(people, button, typed):
    number = PhoneFactory(phone="+576017442727", verified_on=None)
    second = overtaken(people, number, phone="601 744 2828")

    [(where, message)] = problems(second.post(button, **typed))

    assert where == "Verificado el"
    assert "«Número: 601 744 2727» → «601 744 2828»" in message
    assert stored(number, "verified_on") is None
    second.again(button)
    number.refresh_from_db()
    assert (str(number.phone), bool(number.verified_on)) == ("+576017442828", True)


def test_a_popup_is_compared(people):
    schedule = weekday_schedule(name="Oficina")
    editing = Editing(people[1], schedule, "?_popup=1")
    Editing(people[0], schedule).post(name="Oficina norte")
    assert len(problems(editing.post(name="Oficina sur"))) == 1
    assert stored(schedule, "name") == "Oficina norte"


# ---- Rows ----------------------------------------------------------------------------------


def test_an_edit_of_another_field_of_the_same_row_is_kept(people):
    service = complete_service()
    second = overtaken(people, service, **{"channels-0-title": "Línea única"})
    saved = second.post(**{"channels-0-position": 7})
    assert "Título: Incidentes → Línea única" in told(saved)[0]
    assert ("Línea única", 7) in service.channels.values_list("title", "position")


def test_rows_of_the_same_service_are_not_overwritten(people):
    second = overtaken(people, complete_service(), **{"channels-0-title": "Línea única"})
    [(where, message)] = problems(second.post(**{"channels-0-title": "Línea nacional"}))
    assert where == "Canales, fila 1 › Título"
    assert "«Incidentes» → «Línea única»" in message
    assert "(ana, " in message


def test_a_row_that_somebody_added_stays_and_is_told(people):
    service = ServiceFactory()
    ChannelFactory(service=service, code="correo")
    first, second = (Editing(client, service) for client in people)
    kind, schedule = RequestTypeFactory(), weekday_schedule()
    row = {"title": "Chat", "medium": "chat", "request_types": [kind.pk], "position": 2}
    row["contacts"] = "https://example.com/chat"
    first.add_row("channels", schedule=schedule.pk, **row)
    first.post()
    assert "agregado: Canal (Título: Chat" in told(second.post(introduction="Hola"))[0]
    assert stored(service, "introduction") == "Hola"
    assert list(service.channels.values_list("title", flat=True)) == ["Telefónico", "Chat"]


def test_a_row_that_somebody_removed_can_be_added_again(people):
    schedule = weekday_schedule(days=[1, 2])
    first, second = (Editing(client, schedule) for client in people)
    first.delete_row("spans", 1)
    [(where, message)] = problems(second.post(**{"spans-1-closes": "18:00"}))
    assert (where, "(ana, " in message) == ("Franjas, fila 2", True)
    assert spans_of(schedule) == [(1, 19)]
    second.again()
    assert spans_of(schedule) == [(1, 19), (2, 18)]


def test_a_row_that_somebody_removed_and_nobody_typed_into_stays_away_and_is_told(people):
    schedule = weekday_schedule(days=[1, 2, 3])
    first, second = (Editing(client, schedule) for client in people)
    first.delete_row("spans", 1)
    saved = second.post(**{"spans-2-closes": "18:00"})
    assert "eliminado: Franja (Día: martes; Abre: 7:00 a.m.; Cierra: 7:00 p.m." in told(saved)[0]
    assert spans_of(schedule) == [(1, 19), (3, 18)]


@pytest.mark.parametrize("action", ["change", "view"])
def test_who_may_not_delete_rows_can_save_while_somebody_deletes_one(people, action):
    schedule = weekday_schedule(days=[1, 2])
    clerk = staff("view_schedule", "change_schedule", f"{action}_timespan")
    second = Editing(clerk, schedule)
    Editing(people[0], schedule).delete_row("spans", 1, **{"spans-0-closes": "18:00"})
    second.post(name="Otro nombre")
    assert stored(schedule, "name") == "Otro nombre"
    assert spans_of(schedule) == [(1, 18)]


def test_a_row_that_both_removed_is_gone(people):
    schedule = weekday_schedule(days=[1, 2])
    first, second = (Editing(client, schedule) for client in people)
    first.delete_row("spans", 1)
    assert second.delete_row("spans", 1).status_code == 302
    assert spans_of(schedule) == [(1, 19)]


def test_rows_on_a_refused_page_stand_beside_what_is_stored_of_them(people):
    """Whatever order somebody else has given them meanwhile."""
    theirs = {"channels-0-position": 9, "channels-1-title": "Línea única"}
    second = overtaken(people, complete_service(), **theirs)
    page = second.post(**{"channels-1-title": "Línea nacional"})
    channels, *_others = page.context["inline_admin_formsets"]
    pairs = [(row.original, row.form.instance) for row in channels if row.original]
    assert [one == other for one, other in pairs] == [True, True]


def test_a_change_on_the_page_of_a_row_counts(people):
    channel = ChannelFactory(title="Telefónico")
    editing = Editing(people[1], channel.service)
    Editing(people[0], channel).post(title="Línea nacional")
    [(_where, message)] = problems(editing.post(**{"channels-0-title": "Línea"}))
    assert "(ana, " in message


@pytest.mark.parametrize(
    "broken",
    [
        *({"channels-TOTAL_FORMS": count} for count in ("x", "-1", "9" * 20, "9" * 5000)),
        *({"channels-0-id": key} for key in ("999", "x")),
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
def test_nonsense_beside_a_conflict_is_answered_and_not_saved(people, monkeypatch, broken, button):
    monkeypatch.setattr(ChannelInline, "max_num", 2)
    service = complete_service()
    editing = overtaken(people, service, introduction="Hola")
    titles = list(service.channels.values_list("title", flat=True))

    assert problems(editing.post(button, introduction="Adiós", **broken))

    assert stored(service, "introduction") == "Hola"
    assert list(service.channels.values_list("title", flat=True)) == titles


# ---- What somebody has deleted meanwhile ---------------------------------------------------


def test_what_somebody_deleted_meanwhile_can_be_made_again(people):
    number = PhoneFactory(code="linea", label="Línea")
    editing = Editing(people[1], number)
    Deleting(people[0], number).confirm()

    response = editing.post(label="Línea nacional")

    assert response.status_code == 409
    assert [entry.user.username for entry in response.context["log"]] == ["ana"]
    assert ("Nombre", "Línea nacional") in response.context["values"]
    assert not models.ContactPoint.objects.exists()
    make_again(people[1], response)
    made = models.ContactPoint.objects.get()
    assert (made.code, made.label, made.phone) == ("linea", "Línea nacional", number.phone)


def test_a_service_that_was_deleted_meanwhile_can_be_made_again_and_says_what_it_lacks(people):
    service = complete_service(slug="uno")
    editing = Editing(people[1], service)
    Deleting(people[0], service).confirm()

    response = editing.post(introduction="Hola")

    lacking = "contactos de un canal, avisos, tiempos para escalar, niveles de escalamiento"
    assert f"le falta lo que le pertenecía: {lacking}." in response.content.decode()
    make_again(people[1], response)
    made = models.Service.objects.get()
    assert (made.slug, made.introduction, made.channels.count()) == ("uno", "Hola", 2)


@pytest.mark.parametrize(
    ("part", "field"), [("channels", "description"), ("escalation_policy", "instructions")]
)
def test_a_part_of_a_service_that_was_deleted_meanwhile_shows_what_was_typed(people, part, field):
    service = complete_service()
    edited = getattr(service, part)
    editing = Editing(people[1], edited.first() if part == "channels" else edited)
    Deleting(people[0], service).confirm()

    response = editing.post(**{field: "Lo que escribí"})

    assert response.status_code == 409
    assert "Lo que escribí" in response.content.decode()
    opened, again = make_again(people[1], response)
    assert form_values(opened)[field] == ["Lo que escribí"]
    assert problems(again, status=200) == [("Servicio", "Este campo es obligatorio.")]


def test_no_list_is_edited_past_the_comparison():
    compared = [each for each in admin.site._registry.values() if isinstance(each, PublishingAdmin)]
    assert [each for each in compared if each.list_editable] == []


def test_two_tabs_of_one_person_are_told_as_such(people):
    service = ServiceFactory(name="Antes")
    tabs = [Editing(people[0], service) for _tab in range(2)]
    tabs[0].post(name="Primera")
    [(_where, message)] = problems(tabs[1].post(name="Segunda"))
    assert message.startswith("Esto cambió entretanto (usted, en otra pestaña, ")
    assert "ana" not in message


def test_an_error_page_keeps_the_stored_name_in_its_title_and_above(people):
    service = ServiceFactory(name="Antes", slug="antes")
    other = ServiceFactory(slug="otro")
    page = Editing(people[0], service).post(name="Lo que aún no vale", slug=other.slug)
    assert (page.context["original"].name, page.context["subtitle"]) == ("Antes", "Antes")
    assert form_values(page)["name"] == ["Lo que aún no vale"]
