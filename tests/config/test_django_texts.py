"""What Django says with the name of a model in it is right whatever the gender of the name."""

import gettext
import json
from pathlib import Path

import django
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.utils.html import strip_tags

from config.django_texts import REWORDED
from directory.models import Channel, Schedule, ScheduleException, TimeSpan
from tests.addresses import add_url, change_url, delete_url, list_url, page_url
from tests.editing import Deleting, act
from tests.editing import told as messages
from tests.factories import ChannelFactory, ExceptionFactory, ScheduleFactory, weekday_schedule
from tests.html import form_values, submit
from tests.people import staff

pytestmark = pytest.mark.django_db


def channel():
    return ChannelFactory(
        service__name="Nómina", service__is_published=False, title="Teléfono", schedule__name="24x7"
    )


# A noun of each gender, and how Django names the row.
NOUNS = [
    pytest.param(channel, "canal «Nómina › Teléfono (24x7)»", id="masculine"),
    pytest.param(ExceptionFactory, "excepción «Cierre (24/12/2026)»", id="feminine"),
]


def told(response):
    """The last message, which is Django's, as it reads; after it stands only what takes it back."""
    texts = [strip_tags(each) for each in messages(response)]
    if texts[-1] == "Deshacer este cambio":
        texts.pop()
    return texts[-1]


def heading(response):
    return str(response.context["title"])


def test_every_text_is_still_one_of_djangos():
    """A text that Django says otherwise after an upgrade would be in Django's words again."""
    catalogues = [
        gettext.translation("django", Path(django.__path__[0], *parts, "locale"), ["es"])
        for parts in [["conf"], ["contrib", "admin"], ["contrib", "auth"]]
    ]
    gone = [text for text in REWORDED if all(each.gettext(text) == text for each in catalogues)]
    assert gone == []


BUTTONS = [
    ("_save", ""),
    ("_continue", " A continuación puede seguir editando."),
    ("_addanother", " A continuación puede {}."),
]


@pytest.mark.parametrize(("button", "said"), BUTTONS)
@pytest.mark.parametrize(("row", "named"), NOUNS)
def test_message_after_changing(admin_client, row, named, button, said):
    saved = submit(admin_client, change_url(row()), button)
    assert told(saved) == f"Se guardó: {named}.{said.format('agregar más')}"


@pytest.mark.parametrize(("button", "said"), BUTTONS)
@pytest.mark.parametrize(("row", "named"), NOUNS)
def test_message_after_adding(admin_client, row, named, button, said):
    row = row()
    values = form_values(admin_client.get(change_url(row)))
    if isinstance(row, Channel):
        # What cannot be changed later.
        values["service"] = row.service_id
        values["contact_uses-INITIAL_FORMS"] = values["contact_uses-TOTAL_FORMS"] = 0
    row.delete()
    response = admin_client.post(add_url(row), {**values, "code": "otro", button: "1"})
    assert told(response) == f"Se agregó: {named}.{said.format('seguir agregando')}"


@pytest.mark.parametrize(("row", "named"), NOUNS)
def test_message_after_deleting(admin_client, row, named):
    response = Deleting(admin_client, row()).confirm()
    assert told(response) == f"Se eliminó: {named}."


@pytest.mark.parametrize(("row", "noun"), [(channel, "canal"), (ExceptionFactory, "excepción")])
def test_question_and_message_of_deleting_from_a_list(admin_client, row, noun):
    row = row()
    page = act(admin_client, "delete_selected", row).content.decode()
    response = act(admin_client, "delete_selected", row, post="yes")
    assert f"¿Quiere eliminar estos elementos ({noun})? Todavía no se elimina nada." in page
    assert told(response) == f"Se eliminó lo seleccionado: 1 {noun}."


@pytest.mark.parametrize(
    ("row", "one", "many"),
    [(channel, "canal", "canales"), (ExceptionFactory, "excepción", "excepciones")],
)
def test_titles_and_actions(admin_client, row, one, many):
    row = row()
    changelist = admin_client.get(list_url(row))
    actions = dict(changelist.context["action_form"].fields["action"].choices)
    assert heading(changelist) == f"Elija cuál modificar: {one}"
    assert actions["delete_selected"] == f"Eliminar lo seleccionado: {many}"
    assert heading(admin_client.get(add_url(row))) == f"Agregar {one}"
    assert heading(admin_client.get(change_url(row))) == f"Modificar {one}"


@pytest.mark.parametrize(("row", "one"), [(channel, "canal"), (ExceptionFactory, "excepción")])
def test_titles_for_who_may_only_read(row, one):
    row = row()
    client = staff(f"view_{row._meta.model_name}")
    assert heading(client.get(list_url(row))) == f"Elija cuál ver: {one}"
    assert heading(client.get(change_url(row))) == f"Ver {one}"


def test_message_of_one_that_is_not_there(admin_client):
    for model, noun in [(Channel, "canal"), (ScheduleException, "excepción")]:
        response = admin_client.get(page_url(model, "change", 999))
        assert told(response) == f"No existe: {noun} con el ID «999». ¿Quizás ya se eliminó?"


def test_deleting_is_refused_in_words():
    """What would go with it may not be deleted by everybody who may delete the first."""
    row, client = channel().service, staff("view_service", "delete_service")
    page, listed = client.get(delete_url(row)), act(client, "delete_selected", row)
    why = (
        "con eso se eliminaría también lo que depende de ello, y su cuenta no tiene permiso para "
        "eliminar lo de estas clases:"
    )
    assert heading(page) == "No se puede eliminar: servicio"
    assert f"No se puede eliminar «Nómina» (servicio): {why}" in page.content.decode()
    assert heading(listed) == "No se puede eliminar: servicio"
    assert f"No se puede eliminar lo seleccionado (servicio): {why}" in listed.content.decode()


def test_link_that_adds_a_row(admin_client):
    page = admin_client.get(change_url(ExceptionFactory()))
    (formset,) = page.context["inline_admin_formsets"]
    texts = json.loads(formset.inline_formset_data())["options"]
    assert texts["addText"] == "Agregar: Horas de una excepción"


def test_buttons_beside_a_choice(admin_client):
    content = admin_client.get(change_url(channel())).content.decode()
    texts = "Agregar horario", "Modificar lo seleccionado: horario", "Ver lo seleccionado: horario"
    assert [text for text in texts if f'title="{text}"' not in content] == []


def test_history_of_rows_in_a_form(admin_client):
    schedule = weekday_schedule(name="Oficina", days=[1, 2])
    rows = {"spans-0-closes": "18:00", "spans-1-DELETE": "on", "spans-TOTAL_FORMS": 3}
    added = {"spans-2-day": 3, "spans-2-opens": "08:00", "spans-2-closes": "12:00"}
    submit(admin_client, change_url(schedule), name="Sede", **rows, **added)
    entry = LogEntry.objects.get()
    assert entry.get_change_message() == (
        "Cambios: Nombre: Oficina → Sede. Se agregó: franja «miércoles 8 a.m. a 12 m.». "
        "Cambios en franja «lunes 7 a.m. a 6 p.m.»: Cierra: 7:00 p.m. → 6:00 p.m. "
        "Se eliminó: franja «martes 7 a.m. a 7 p.m.»."
    )
    assert str(entry) == f"Cambios en «Sede»: {entry.get_change_message()}"


def test_history_of_what_is_new(admin_client):
    submit(admin_client, add_url(Group), name="Mesa de ayuda")
    entry = LogEntry.objects.get()
    assert (entry.get_change_message(), str(entry)) == ("Se agregó.", "Se agregó «Mesa de ayuda».")


def test_error_of_a_value_that_is_in_use(admin_client):
    ScheduleFactory(code="oficina")
    page = submit(admin_client, add_url(Schedule), name="Otra", code="oficina", always_open="on")
    assert page.context["adminform"].form.errors == {
        "code": ["Este valor de «Código» ya está en uso (Horario)."]
    }
    assert not TimeSpan.objects.exists()


NO_CODE = ["Use solo letras sin tildes, números y guiones, como «mesa-de-ayuda»."]


def test_error_of_a_code_with_accents_and_spaces(admin_client):
    values = {"name": "Línea", "code": "línea bogotá", "always_open": "on"}
    page = submit(admin_client, add_url(Schedule), **values)
    assert page.context["adminform"].form.errors == {"code": NO_CODE}

    service = channel().service
    copying = page_url(service, "copy", service.pk)
    page = submit(admin_client, copying, name="Nómina dos", slug="nómina dos")
    assert page.context["form"].errors == {"slug": NO_CODE}
