"""What Django says with the name of a model in it is right whatever the gender of the name."""

import gettext
import json
from datetime import date
from pathlib import Path

import django
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import strip_tags

from config.django_texts import REWORDED
from directory.models import Channel, Schedule, ScheduleException, TimeSpan
from tests.editing import url_of
from tests.factories import ChannelFactory, ScheduleFactory, UserFactory, weekday_schedule
from tests.forms import form_values, submit

pytestmark = pytest.mark.django_db


def channel():
    return ChannelFactory(
        service__name="Nómina", service__is_published=False, title="Teléfono", schedule__name="24x7"
    )


def exception():
    return ScheduleException.objects.create(
        code="cierre",
        reason="Cierre",
        first_day=date(2026, 12, 24),
        last_day=date(2026, 12, 24),
    )


# A noun of each gender, and how Django names the row.
NOUNS = [
    pytest.param(channel, "canal «Nómina › Teléfono (24x7)»", id="masculine"),
    pytest.param(exception, "excepción «Cierre (24/12/2026)»", id="feminine"),
]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def told(response):
    """The last message, which is Django's, as it reads."""
    return strip_tags([*get_messages(response.wsgi_request)][-1].message)


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


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("_save", "Se guardó: {}."),
        ("_continue", "Se guardó: {}. A continuación puede seguir editando."),
        ("_addanother", "Se guardó: {}. A continuación puede agregar más."),
    ],
)
@pytest.mark.parametrize(("row", "named"), NOUNS)
def test_changed(admin_client, row, named, button, said):
    assert told(submit(admin_client, url_of(row()), **{"_save": [], button: "1"})) == (
        said.format(named)
    )


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("_save", "Se agregó: {}."),
        ("_continue", "Se agregó: {}. A continuación puede seguir editando."),
        ("_addanother", "Se agregó: {}. A continuación puede seguir agregando."),
    ],
)
@pytest.mark.parametrize(("row", "named"), NOUNS)
def test_added(admin_client, row, named, button, said):
    row = row()
    values = form_values(admin_client.get(url_of(row)))
    if isinstance(row, Channel):
        # What cannot be changed later.
        values["service"] = row.service_id
        values["contact_uses-INITIAL_FORMS"] = values["contact_uses-TOTAL_FORMS"] = 0
    row.delete()

    response = admin_client.post(address(row, "add"), {**values, "code": "otro", button: "1"})

    assert told(response) == said.format(named)


@pytest.mark.parametrize(("row", "named"), NOUNS)
def test_deleted(admin_client, row, named):
    response = admin_client.post(address(existing := row(), "delete", existing.pk), {"post": "yes"})

    assert told(response) == f"Se eliminó: {named}."


@pytest.mark.parametrize(
    ("row", "asked", "said"),
    [
        (channel, "(canal)", "1 canal"),
        (exception, "(excepción)", "1 excepción"),
    ],
)
def test_deleted_from_a_list(admin_client, row, asked, said):
    row = row()
    url = address(row, "changelist")
    action = {"action": "delete_selected", "_selected_action": [row.pk]}

    page = admin_client.post(url, action).content.decode()
    response = admin_client.post(url, {**action, "post": "yes"})

    assert f"¿Quiere eliminar estos elementos {asked}? Todavía no se elimina nada." in page
    assert told(response) == f"Se eliminó lo seleccionado: {said}."


@pytest.mark.parametrize(
    ("row", "one", "many"),
    [(channel, "canal", "canales"), (exception, "excepción", "excepciones")],
)
def test_titles_and_buttons(admin_client, row, one, many):
    row = row()

    changelist = admin_client.get(address(row, "changelist"))

    assert heading(changelist) == f"Elija cuál modificar: {one}"
    assert dict(changelist.context["action_form"].fields["action"].choices)["delete_selected"] == (
        f"Eliminar lo seleccionado: {many}"
    )
    assert heading(admin_client.get(address(row, "add"))) == f"Agregar {one}"
    assert heading(admin_client.get(url_of(row))) == f"Modificar {one}"


@pytest.mark.parametrize(("row", "one"), [(channel, "canal"), (exception, "excepción")])
def test_titles_for_who_may_only_read(client, row, one):
    row, reader = row(), UserFactory(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename=f"view_{row._meta.model_name}"))
    client.force_login(reader)

    assert heading(client.get(address(row, "changelist"))) == f"Elija cuál ver: {one}"
    assert heading(client.get(url_of(row))) == f"Ver {one}"


def test_one_that_is_not_there(admin_client):
    for model, noun in [(Channel, "canal"), (ScheduleException, "excepción")]:
        response = admin_client.get(address(model, "change", 999))
        assert told(response) == f"No existe: {noun} con el ID «999». ¿Quizás ya se eliminó?"


def test_deleting_is_refused_in_words(client):
    """What would go with it may not be deleted by everybody who may delete the first."""
    row, clerk = channel().service, UserFactory(is_staff=True)
    may = ["view_service", "delete_service"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(clerk)

    page = client.get(address(row, "delete", row.pk))
    listed = client.post(
        address(row, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk]}
    )

    why = (
        "con eso se eliminarían también objetos relacionados, y su cuenta no tiene permiso para "
        "eliminar los de estos tipos:"
    )
    assert heading(page) == "No se puede eliminar: servicio"
    assert f"No se puede eliminar «Nómina» (servicio): {why}" in page.content.decode()
    assert heading(listed) == "No se puede eliminar: servicio"
    assert f"No se puede eliminar lo seleccionado (servicio): {why}" in listed.content.decode()


def test_one_more_row_of_a_form(admin_client):
    page = admin_client.get(url_of(exception()))

    (formset,) = page.context["inline_admin_formsets"]
    texts = json.loads(formset.inline_formset_data())["options"]
    assert texts["addText"] == "Agregar: Horas de una excepción"


def test_what_stands_beside_a_choice(admin_client):
    content = admin_client.get(url_of(channel())).content.decode()

    assert [f'title="{text}"' in content for text in (
        "Agregar horario", "Modificar lo seleccionado: horario", "Ver lo seleccionado: horario"
    )] == [True] * 3  # fmt: skip


def test_history(admin_client):
    schedule = weekday_schedule(name="Oficina", days=[1, 2])

    submit(
        admin_client,
        url_of(schedule),
        **{
            "name": "Sede",
            "spans-TOTAL_FORMS": 3,
            "spans-0-closes": "18:00",
            "spans-1-DELETE": "on",
            "spans-2-day": 3,
            "spans-2-opens": "08:00",
            "spans-2-closes": "12:00",
        },
    )

    entry = LogEntry.objects.get()
    assert entry.get_change_message() == (
        "Cambios: Nombre: Oficina → Sede. Se agregó: tramo «miércoles 08:00-12:00». "
        "Cambios en tramo «lunes 07:00-18:00»: Cierra: 19:00 → 18:00. "
        "Se eliminó: tramo «martes 07:00-19:00»."
    )
    assert str(entry) == f"Cambios en «Sede»: {entry.get_change_message()}"


def test_history_of_what_is_new(admin_client):
    submit(admin_client, address(Group, "add"), name="Mesa de ayuda")

    entry = LogEntry.objects.get()
    assert (entry.get_change_message(), str(entry)) == ("Se agregó.", "Se agregó «Mesa de ayuda».")


def test_a_value_that_is_in_use_already(admin_client):
    ScheduleFactory(code="oficina")

    page = submit(
        admin_client, address(Schedule, "add"), name="Otra", code="oficina", always_open="on"
    )

    assert page.context["adminform"].form.errors == {
        "code": ["Este valor de «Código» ya está en uso (Horario)."]
    }
    assert not TimeSpan.objects.exists()


NO_CODE = ["Use solo letras sin tildes, números y guiones, como «mesa-de-ayuda»."]


def test_a_code_or_an_address_with_accents_and_spaces(admin_client):
    values = {"name": "Línea", "code": "línea bogotá", "always_open": "on"}
    page = submit(admin_client, address(Schedule, "add"), **values)
    assert page.context["adminform"].form.errors == {"code": NO_CODE}

    service = channel().service
    copying = reverse("admin:directory_service_copy", args=[service.pk])
    page = submit(admin_client, copying, name="Nómina dos", slug="nómina dos")
    assert page.context["form"].errors == {"slug": NO_CODE}


def test_a_code_with_accents_in_an_import():
    with pytest.raises(ValidationError) as refused:
        Schedule(name="Línea", code="línea bogotá").full_clean()
    assert refused.value.message_dict == {"code": NO_CODE}
