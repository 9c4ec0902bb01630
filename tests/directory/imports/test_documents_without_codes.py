"""A document of somebody who knows no codes: names are enough, and it can be brought in again."""

import pytest

from directory.imports.spreadsheets import file_import
from directory.models import Channel, ContactPoint, Edition, RequestType, Schedule, Service
from escalations.models import EscalationContact, EscalationLevel
from tests import factories
from tests.directory.imports.workbooks import (
    CHANNEL,
    CHANNEL_HEADINGS,
    CONTACTS,
    LEVEL_HEADINGS,
    bring_in,
    cells,
    file_of,
    preview,
    read,
    small_document,
    told,
)

pytestmark = pytest.mark.django_db

MODELS = [Service, Channel, ContactPoint, Schedule, RequestType, EscalationContact, EscalationLevel]


def counted():
    return [model.objects.count() for model in MODELS]


def test_a_document_without_codes_becomes_one_edition_of_its_service(user):
    outcome = bring_in(small_document(), user)
    assert (told(outcome), outcome.added, len(outcome.editions)) == ([], 7, 1)
    channel = Channel.objects.get()
    assert (channel.code, channel.service.slug, channel.schedule.code) == (
        "por-telefono",
        "mesa-de-ayuda",
        "oficina",
    )
    assert [use.contact_point.value for use in channel.contact_uses.all()] == ["+576017442727"]
    level = EscalationLevel.objects.get()
    assert (level.contact.code, level.escalate_after_minutes) == ("supervision-ana", 120)


def test_the_same_document_brought_in_again_changes_nothing_and_says_what_it_recognised(user):
    bring_in(small_document(), user)
    before = counted()
    outcome = bring_in(small_document(), user)
    assert (told(outcome), outcome.changes, counted()) == ([], [], before)
    assert Edition.objects.count() == 1
    assert sorted(outcome.matched) == [
        ("Canales", 2, "por-telefono"),
        ("Horarios", 2, "oficina"),
        ("Medios de contacto", 2, "linea"),
        ("Responsables de escalamiento", 2, "supervision-ana"),
        ("Servicios", 2, "mesa-de-ayuda"),
        ("Tipos de solicitud", 2, "todas"),
    ]


def test_what_was_changed_in_the_document_is_changed_and_not_added(user):
    bring_in(small_document(), user)
    before = counted()
    changed = small_document(
        Horarios=[["Nombre", "Horario en texto"], ["OFICINA", "L-V 8:00-18:00"]],
        Canales=[[*CHANNEL_HEADINGS, "Descripción"], [*CHANNEL, "Llame."]],
    )
    outcome = bring_in(changed, user)
    assert (told(outcome), counted()) == ([], before)
    assert [(each.sheet.title, each.is_new) for each in outcome.changes] == [
        ("Horarios", False),
        ("Canales", False),
    ]
    assert Channel.objects.get().description == "Llame."


def test_what_is_confirmed_keeps_the_codes_that_were_shown(user):
    imports = read(file_of(small_document()))
    shown = file_import.preview(imports)
    rows = {each.sheet.name: each.rows_to_confirm for each in imports}
    again = read(file_of(small_document()))
    for each in again:
        each.rows = rows[each.sheet.name]
    outcome = file_import.bring_in(again, user, "todo.xlsx", shown.fingerprint)
    assert (told(outcome), outcome.is_stale, outcome.added) == ([], False, 7)


def two_channels(*hours):
    """Channels of one title that differ in their hours alone."""
    rows = [[*CHANNEL[:4], each, CHANNEL[5]] for each in hours]
    schedules = [
        ["Nombre", "Horario en texto"],
        ["Oficina", "L-V 8:00-17:00"],
        ["Noche", "24 horas"],
    ]
    return small_document(Canales=[CHANNEL_HEADINGS, *rows], Horarios=schedules)


def test_channels_of_one_title_are_told_apart_by_what_they_are_for(user):
    outcome = bring_in(two_channels("Oficina", "Noche"), user)
    codes = ["por-telefono", "por-telefono-2"]
    assert (told(outcome), [*Channel.objects.values_list("code", flat=True)]) == ([], codes)
    assert bring_in(two_channels("Noche", "Oficina"), user).changes == []
    only_one_changed = bring_in(two_channels("Oficina", ""), user)
    assert [change.name for change in only_one_changed.changes] == [
        "mesa-de-ayuda · por-telefono-2"
    ]
    # Of two that both changed nobody can tell which is which.
    third = bring_in(two_channels("Noche", "Noche"), user)
    assert cells(third) == ["Canales, 2", "Canales, 3"]


def test_who_may_be_several_is_asked_for_the_code(user):
    factories.ChannelFactory(service__name="Mesa de ayuda", code="uno", title="Por teléfono")
    service = Service.objects.get()
    factories.ChannelFactory(service=service, code="dos", title="Por teléfono")
    outcome = bring_in(small_document(), user)
    ((sheet, _cell, message),) = told(outcome)
    assert (sheet, "uno, dos" in message or "dos, uno" in message) == ("Canales", True)


def test_a_name_that_two_have_is_refused_with_both_codes(user):
    for code in ("una", "otra"):
        factories.ScheduleFactory(code=code, name="Turno")
    outcome = bring_in(
        small_document(Canales=[CHANNEL_HEADINGS, [*CHANNEL[:4], "turno", ""]]), user
    )
    ((sheet, cell, message),) = told(outcome)
    assert (sheet, cell) == ("Canales", "E2")
    assert "otra, una" in message
    assert counted()[0] == 0


def test_a_code_counts_before_a_name(user):
    factories.ScheduleFactory(code="turno", name="Otro")
    factories.ScheduleFactory(code="otro", name="turno")
    bring_in(small_document(Canales=[CHANNEL_HEADINGS, [*CHANNEL[:4], "turno", ""]]), user)
    assert Channel.objects.get().schedule.code == "turno"


def test_a_name_with_a_comma_is_one_entry_of_a_list(user):
    types = [["Nombre"], ["Quejas, reclamos"], ["Peticiones"]]
    row = [*CHANNEL[:3], "Peticiones; quejas, reclamos", *CHANNEL[4:]]
    document = small_document(Canales=[CHANNEL_HEADINGS, row], Tipos_de_solicitud=types)
    assert told(bring_in(document, user)) == []
    found = Channel.objects.get().request_types.order_by("code")
    assert [each.code for each in found] == ["peticiones", "quejas-reclamos"]


def test_another_person_takes_the_place_of_the_one_who_was_alone_on_a_level(user):
    bring_in(small_document(), user)
    contacts = [*CONTACTS, ["Gerencia", "Beto", "601 744 2727"]]
    levels = [LEVEL_HEADINGS, ["Mesa de ayuda", "1", "Beto", "2 h"]]
    document = {"Responsables de escalamiento": contacts, "Niveles de escalamiento": levels}
    assert told(bring_in(document, user)) == []
    assert [level.contact.person for level in EscalationLevel.objects.all()] == ["Beto"]


def test_names_in_other_scripts_and_of_signs_alone_get_a_code(user):
    outcome = bring_in({"Servicios": [["Nombre"], ["サポート"], ["…"]]}, user)
    assert told(outcome) == []
    assert {*Service.objects.values_list("slug", flat=True)} == {"servicio", "servicio-2"}


def test_a_new_service_is_a_draft_until_it_says_published(user):
    outcome = preview(small_document(Servicios=[["Nombre"], ["Mesa de ayuda"]]))
    assert (told(outcome), outcome.effect.count) == ([], 0)
    assert any("Mesa de ayuda" in each for each in outcome.warnings)
    bring_in({"Servicios": [["Nombre", "Publicado"], ["Mesa de ayuda", ""]]}, user)
    assert not Service.objects.get().is_published
    bring_in({"Servicios": [["Nombre", "Publicado"], ["mesa de AYUDA", "SÍ "]]}, user)
    assert Service.objects.get().is_published
    # An empty cell takes no page away.
    bring_in({"Servicios": [["Nombre", "Publicado"], ["Mesa de ayuda", ""]]}, user)
    assert Service.objects.get().is_published


def test_a_new_service_gets_no_address_that_was_another_ones(user):
    factories.ServiceFactory(slug="nueva").former_slugs.create(slug="mesa-de-ayuda")
    assert told(bring_in({"Servicios": [["Nombre"], ["Mesa de ayuda"]]}, user)) == []
    assert Service.objects.get(name="Mesa de ayuda").slug == "mesa-de-ayuda-2"


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["Ana", "Beto", "Carla"], ["Ana", "Beto", "Carla"]),
        (["Ana", "Carla"], ["Ana", "Carla"]),
        (["Carla", "Ana"], ["Ana", "Carla"]),
    ],
    ids=["one comes", "one for another", "one for another, in another order"],
)
def test_what_is_confirmed_of_a_level_with_several_is_what_was_shown(user, lines, people):
    contacts = [CONTACTS[0], *(["Guardia", name, ""] for name in ("Ana", "Beto", "Carla"))]
    levels = [[*CHANNEL[:1], "1", name, ""] for name in ("Ana", "Beto")]
    document = small_document(
        Responsables_de_escalamiento=contacts, Niveles_de_escalamiento=[LEVEL_HEADINGS, *levels]
    )
    assert told(bring_in(document, user)) == []
    rows = [[*CHANNEL[:1], "1", name, ""] for name in lines]
    sheets = {"Niveles de escalamiento": [LEVEL_HEADINGS, *rows]}
    imports, again = read(file_of(sheets)), read(file_of(sheets))
    shown = file_import.preview(imports)
    again[0].rows = imports[0].rows_to_confirm
    outcome = file_import.bring_in(again, user, "todo.xlsx", shown.fingerprint)
    assert (told(outcome), outcome.is_stale) == ([], False)
    found = EscalationLevel.objects.order_by("contact__person")
    assert [level.contact.person for level in found] == people
