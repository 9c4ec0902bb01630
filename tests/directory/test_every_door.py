"""Texts and addresses that could mislead, through every door by which they can come in."""

import json
from functools import partial
from xml.etree import ElementTree

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from directory.imports.spreadsheets import file_import, files, matching
from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import ContactPoint
from tests.addresses import add_url
from tests.directory.imports.sheet_files import HEADINGS, as_csv, as_xlsx
from tests.factories import EmailFactory, ServiceFactory, UserFactory, WebFactory
from tests.html import read, submit
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db

FIELD = {"phone": "phone", "whatsapp": "phone", "email": "email", "web": "url"}
# What a program copies along, and nobody sees: all that the issue names, and neighbours.
UNSEEN = (
    *("\u200b", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d"),
    *("\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u2060", "\u200c", "\u200d", "\u061c"),
    *("\u180e", "\u034f", "\u115f", "\u3164", "\uffa0", "\ufe0f", "\ufff9", "\U000e0041"),
)


class Refused(Exception):
    """What was said, in words."""


def in_code(tmp_path, code, kind, label, value):
    point = ContactPoint(code=code, kind=kind, label=label, **{FIELD[kind]: value})
    try:
        point.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    point.save()


def in_a_form(tmp_path, code, kind, label, value):
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    typed = {"code": code, "kind": kind, "label": label, FIELD[kind]: value}
    page = submit(client, add_url(ContactPoint), **typed)
    if page.status_code == 200:
        form = page.context["adminform"].form
        assert form.data[FIELD[kind]] == value
        assert not [link for link in read(page).links if "@" in link or "\\" in link]
        raise Refused(" ".join(message for errors in form.errors.values() for message in errors))


def as_xml(model, fields):
    """The object as Django writes it in XML."""
    root = ElementTree.Element("django-objects", version="1.0")
    row = ElementTree.SubElement(root, "object", model=model)
    for name, value in fields.items():
        ElementTree.SubElement(row, "field", name=name, type="CharField").text = value
    return ElementTree.tostring(root, encoding="unicode")


WRITE = {
    "json": lambda model, fields: json.dumps([{"model": model, "fields": fields}]),
    "jsonl": lambda model, fields: json.dumps({"model": model, "fields": fields}),
    "yaml": lambda model, fields: yaml.safe_dump([{"model": model, "fields": fields}]),
    "xml": as_xml,
}


def in_a_fixture(tmp_path, code, kind, label, value, ending="json"):
    path = tmp_path / f"prueba.{ending}"
    fields = {"code": code, "kind": kind, "label": label, FIELD[kind]: value}
    path.write_text(WRITE[ending]("directory.contactpoint", fields), encoding="utf-8")
    try:
        call_command("loaddata", str(path), verbosity=0)
    except CommandError as error:
        raise Refused(str(error)) from error


def in_a_spreadsheet(tmp_path, code, kind, label, value, write=as_xlsx, name="datos.xlsx"):
    content = write([HEADINGS, [code, kind, label, value, ""]])
    ((_title, records),) = files.read(name, content)
    rows = matching.match(ContactPointSheet(), records)
    outcome = file_import.bring_in([rows], UserFactory(), name)
    if outcome.errors:
        raise Refused(" ".join(error.message for error in outcome.errors))


DOORS = {
    "code": in_code,
    "form": in_a_form,
    "spreadsheet": in_a_spreadsheet,
    **{ending: partial(in_a_fixture, ending=ending) for ending in WRITE},
}


@pytest.fixture(params=DOORS.values(), ids=DOORS)
def come_in(request, tmp_path):
    """A contact point comes in; returns what is stored of it, raises Refused."""

    def come_in(kind, value, label="Mesa", code="mesa"):
        request.param(tmp_path, code, kind, label, value)
        return ContactPoint.objects.values_list("code", "label", FIELD[kind]).get()

    return come_in


# ---- Kept in one form ----------------------------------------------------------------------

ALL = "".join(UNSEEN)
KEPT = [
    ("web", f"{ALL}https://eje{ALL}mplo.com/a", "https://ejemplo.com/a"),
    ("web", "Https://Ejemplo.com/Ruta", "https://ejemplo.com/Ruta"),
    ("web", "https://xn--and-6ma2c.co:443/", "https://ñandú.co/"),
    ("email", f"me{ALL}sa@ejemplo.com{ALL}", "mesa@ejemplo.com"),
    ("email", "Mesa de ayuda <Mesa@Ejemplo.com>", "Mesa@ejemplo.com"),
    ("email", "mailto:mesa@ejemplo.com", "mesa@ejemplo.com"),
    ("phone", f"601{ALL} 744 2727", "+576017442727"),
]


@pytest.mark.parametrize(("kind", "written", "kept"), KEPT)
def test_an_address_is_kept_in_one_form(come_in, kind, written, kept):
    label, code = f"Me{ALL}sa\u00a0de{ALL} ayuda{ALL} ", f"me{ALL}sa"
    assert come_in(kind, written, label, code) == ("mesa", "Mesa de ayuda", kept)


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(
    ("kind", "make"), [("web", WebFactory), ("email", EmailFactory)], ids=["web", "email"]
)
def test_nothing_unseen_makes_an_address_another_one(kind, make, unseen):
    point = make()
    value = point.value.replace("example", f"exam{unseen}ple")
    with pytest.raises(Refused, match="ya es un medio de contacto"):
        in_code(None, "otro", kind, "Otro", value)
    with refused_by_the_database():
        type(point).objects.create(code="otro", kind=kind, label="Otro", **{FIELD[kind]: value})


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize(
    ("field", "value"), [("url", "https://exam{}ple.com/"), ("email", "mesa@exam{}ple.com")]
)
def test_the_database_holds_nothing_unseen_in_an_address_whoever_writes(field, value, unseen):
    point = WebFactory() if field == "url" else EmailFactory()
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE directory_contactpoint SET {field} = %s WHERE id = %s",  # noqa: S608
            [value.format(unseen), point.pk],
        )


@pytest.mark.parametrize("url", ["Https://ejemplo.com/", "https://Ejemplo.com", "https://a@b.co/"])
def test_the_database_holds_no_other_writing_of_a_web_address(url):
    point = WebFactory()
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_contactpoint SET url = %s WHERE id = %s", [url, point.pk])


# ---- Refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("web", "https://certicamara.com@evil.example/", "Escriba la dirección sin eso"),
        ("web", "https://uno.com, https://dos.com", "más de una dirección"),
        ("web", "https://10.0.0.1/", "el número de un equipo"),
        ("web", "https://ejemplo.com\\evil.example", "barras invertidas"),
        ("web", "//ejemplo.com", "empieza por https://"),
        ("web", "mailto:mesa@ejemplo.com", "«Correo electrónico»"),
        ("web", "tel:+576017442727", "«Teléfono»"),
        ("web", "https://wa.me/573168731648", "«WhatsApp»"),
        ("email", "a@ejemplo.com, b@ejemplo.com", "más de una dirección"),
        ("email", "https://ejemplo.com/", "«Dirección web»"),
        ("phone", "mesa@ejemplo.com", "«Correo electrónico»"),
    ],
)
def test_what_misleads_or_is_of_another_kind_is_refused_in_words(come_in, kind, value, words):
    with pytest.raises(Refused, match=words):
        come_in(kind, value)
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value", "label"),
    [("web", "\u200b\u2060", "Mesa"), ("email", "\ufeff", "Mesa"), ("phone", "\u200b", "Mesa")]
    + [("email", "mesa@ejemplo.com", text) for text in ("\u200b", "\u3164\u2800", "\u00a0")],
)
def test_a_text_of_nothing_that_is_seen_is_empty(come_in, kind, value, label):
    with pytest.raises(Refused, match=r"Llene este dato|vacío|obligatorio|Escriba un número"):
        come_in(kind, value, label)
    assert not ContactPoint.objects.exists()


# ---- Texts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\u202eatneuc al ed oremún\u202c", "atneuc al ed oremún"),
        ("Cer\u00adti\u00adfi\u00adca", "Certifica"),
        ("Llame\u00a0al\u202f195", "Llame al 195"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩🏽\u200d💻 ☎\ufe0f", "👩🏽\u200d💻 ☎\ufe0f"),
        ("a\u200db\u200c \ufe0f", "ab"),
        ("辻\U000e0100さん", "辻\U000e0100さん"),
    ],
)
def test_names_and_texts_keep_what_writing_needs_and_nothing_else_unseen(written, kept):
    service = ServiceFactory.build(name=written, introduction=f" Dos\n{written} ")
    service.full_clean()
    assert (service.name, service.introduction) == (kept, f"Dos\n{kept}")


def test_cells_separated_by_semicolons_are_read_alike(tmp_path):
    value = "Https://Ejemplo.com/Ruta\u00a0"
    in_a_spreadsheet(tmp_path, "mesa", "web", "Mesa", value, as_csv, "datos.csv")
    assert ContactPoint.objects.get().url == "https://ejemplo.com/Ruta"
