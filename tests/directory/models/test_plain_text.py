"""Characters that nobody sees: refused at the door, and taken out wherever XML is written."""

import io
from contextlib import suppress
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from openpyxl import load_workbook

from directory.contacts.text import visible
from directory.editions import document
from directory.editions.publish import publish
from directory.imports.spreadsheets import xlsx_files
from directory.models import Channel, Edition, Service
from directory.models.natural_keys import NaturalKeyModel
from directory.models.plain_text import validate_text
from tests.factories import ChannelFactory, ServiceFactory
from tests.refusals import codes_of

CONTROLS = ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\ud800", "\uffff"]
HARMLESS = "á\tñ 日本語 ☎️ \u200d “¡”"


def message_of(text, one_line):
    with pytest.raises(ValidationError) as refused:
        validate_text(text, one_line)
    return refused.value.code, refused.value.messages


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("one_line", [True, False])
def test_control_character_is_refused_and_its_place_shown(control, one_line):
    text = f"Atención de lunes a viernes{control}en horario de oficina"
    assert message_of(text, one_line) == (
        "control_character",
        [
            "Donde está «▯» en «n de lunes a viernes▯en horario de oficin» hay un carácter que no "
            "se ve. Se cuela al copiar de Word o Excel: bórrelo o escriba el texto de nuevo."
        ],
    )


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028"])
def test_line_break_is_refused_in_one_line_only(line_break):
    text = f"Uno{line_break}Dos"
    assert message_of(text, True) == (
        "line_break",
        ["Debe ser una sola línea. Ponga un espacio donde está «⏎» en «Uno⏎Dos»."],
    )
    validate_text(text, False)


def test_other_text_is_taken():
    validate_text(HARMLESS, True)
    validate_text(f"{HARMLESS}\r\n{HARMLESS}", False)


TEXTS = [
    (model, field.name)
    for model in apps.get_models()
    if issubclass(model, NaturalKeyModel)
    for field in model._meta.fields
    if isinstance(field, models.CharField | models.TextField)
]


@pytest.mark.parametrize(("model", "name"), TEXTS)
def test_every_text_of_the_directory_is_looked_at(model, name):
    others = {field.name for field in model._meta.fields} - {name}
    refused = codes_of(lambda: model(**{name: "Uno\x0bDos"}).clean_fields(exclude=others))
    assert list(refused) == [name]


@pytest.mark.parametrize(("model", "name"), TEXTS)
def test_nothing_unseen_stays_in_any_text_of_the_directory(model, name):
    others = {field.name for field in model._meta.fields} - {name}
    row = model(**{name: "\u202eU\u200bno\u2069\u00a0"})
    with suppress(ValidationError):
        row.clean_fields(exclude=others)
    assert str(getattr(row, name)) == "Uno"


def test_what_is_wrong_otherwise_is_told_too():
    channel = Channel(code="con espacios", title="Uno\x0bDos", medium="pager")
    refused = codes_of(lambda: channel.clean_fields(exclude=["service", "schedule"]))
    assert refused == {
        "code": ["invalid"],
        "medium": ["invalid_choice"],
        "title": ["control_character"],
    }


# ---- What is stored all the same -----------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("control", [each for each in CONTROLS if each not in "\x00\ud800"])
def test_no_stored_text_breaks_the_feed(client, control):
    service = ServiceFactory(slug="servicio", name=f"Uno{control}Dos")
    channel = ChannelFactory(service=service, title=f"Línea{control}única")
    publish(Service.objects.all(), at=datetime(2026, 3, 1, 15, tzinfo=UTC))
    Channel.objects.filter(pk=channel.pk).update(title=f"Línea{control}nueva")
    publish(Service.objects.all(), at=datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert control in document.decode(Edition.objects.current().get().document).name
    response = client.get(reverse("directory:changes-feed", args=["servicio"]))
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}title") == "Cambios de Uno Dos"
    assert "Línea nueva" in feed.findtext(f"{atom}entry/{atom}summary")


def test_no_stored_text_breaks_a_workbook():
    text = "Uno" + "".join(each for each in CONTROLS if each != "\ud800") + "Dos"
    written = xlsx_files.write([xlsx_files.Table("Hoja", ["Nombre"], [[text]])])
    [_headings, [cell]] = load_workbook(io.BytesIO(written)).active.values
    assert cell == visible(text)
