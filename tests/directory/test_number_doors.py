"""Numbers and short codes through every door: form, fixture, spreadsheet, and out by the API."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from directory.editions.publish import publish
from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import ContactPoint, Service
from tests.addresses import add_url
from tests.directory.imports.sheet_files import as_csv, as_xlsx, bring_in, told
from tests.factories import ChannelFactory, ServiceFactory
from tests.html import submit
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db


def by_form(client, user, tmp_path, kind, field, text):
    filled = {"kind": kind, "label": "Soporte", "code": "medio", field: text}
    answer = submit(client, add_url(ContactPoint), **filled)
    if answer.status_code == 302:
        return ""
    form = answer.context["adminform"].form
    assert form[field].value() == text
    return " ".join(form.errors[field])


def by_fixture(client, user, tmp_path, kind, field, text):
    fields = {"code": "medio", "kind": kind, "label": "Soporte", field: text}
    fixture = tmp_path / "datos.json"
    fixture.write_text(json.dumps([{"model": "directory.contactpoint", "fields": fields}]))
    try:
        call_command("loaddata", str(fixture), stdout=io.StringIO())
    except CommandError as error:
        return str(error)
    return ""


def by_sheet(write, name):
    def bring(client, user, tmp_path, kind, field, text):
        row = {"code": "medio", "kind": kind, "label": "Soporte", "value": text}
        outcome = bring_in(ContactPointSheet, (name, write([[*row], [*row.values()]])), user)
        return " ".join(message for _row, _column, message in told(outcome))

    return bring


DOORS = {
    "form": by_form,
    "fixture": by_fixture,
    "csv": by_sheet(as_csv, "datos.csv"),
    "xlsx": by_sheet(as_xlsx, "datos.xlsx"),
}


@pytest.fixture(params=DOORS.values(), ids=DOORS)
def enter(request, admin_client, admin_user, tmp_path):
    """Brings a value in, and returns what is said if it is refused."""

    def enter(kind, field, text):
        return request.param(admin_client, admin_user, tmp_path, kind, field, text)

    return enter


TAKEN = [
    ("phone", "phone", "(+604) 445 6002", "+576044456002"),
    ("phone", "phone", "(+601) 744 2727", "+576017442727"),
    ("phone", "phone", "01 8000 181531", "+5718000181531"),
    ("short_code", "short_code", "#627", "#627"),
    ("short_code", "short_code", "*611", "*611"),
    ("short_code", "short_code", "195", "195"),
    ("short_code", "short_code", "010", "010"),
    ("short_code", "short_code", "988", "988"),
    ("short_code", "short_code", "*#", "*#"),
]


@pytest.mark.parametrize(("kind", "field", "text", "value"), TAKEN)
def test_value_is_kept(kind, field, text, value, enter):
    assert enter(kind, field, text) == ""
    assert ContactPoint.objects.values_list("kind", field).get() == (kind, value)


REFUSED = [
    ("phone", "phone", "#627", "elija la clase «Código corto»"),
    ("phone", "phone", "195", "elija la clase «Código corto»"),
    ("short_code", "short_code", "601 744 2727", "Elija para él la clase «Teléfono»"),
    ("short_code", "short_code", "#CLARO", "solo tiene dígitos, «*» y «#»"),
    ("short_code", "short_code", "9" * 900, "Es demasiado largo para un código corto"),
    ("phone", "phone", "wa.me/message/ABC123", "la clase «Dirección web»"),
    ("whatsapp", "phone", "https://wa.me/message/ABC123", "la clase «Dirección web»"),
    (
        "phone",
        "phone",
        "601 744 2727 ext. 1107-1109",
        "«ext. 1107-1109» en el campo de extensiones",
    ),
    ("phone", "phone", "601 556 1O19", "la letra «O»: escriba 0"),
    ("phone", "phone", "1107-1109", "parece un rango de extensiones o de años"),
    ("phone", "phone", "1" * 10_000, "demasiado largo"),
]


@pytest.mark.parametrize(("kind", "field", "text", "said"), REFUSED)
def test_refusal_says_what_to_write_and_keeps_nothing(kind, field, text, said, enter):
    assert said in enter(kind, field, text)
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize(
    "text", ["+52 1 55 1234 5678", "wa.me/5215512345678", "https://wa.me/5215512345678"]
)
def test_mexican_mobile_is_read_without_its_old_one(text, admin_user):
    row = {"code": "medio", "kind": "whatsapp", "label": "Soporte", "value": text}
    file = "datos.csv", as_csv([[*row], [*row.values()]])
    assert told(bring_in(ContactPointSheet, file, admin_user)) == []
    assert ContactPoint.objects.get().value == "+525512345678"


def test_two_codes_change_places_in_a_spreadsheet(admin_user):
    for code, value in (("a", "#627"), ("b", "*611")):
        ContactPoint.objects.create(code=code, kind="short_code", label="L", short_code=value)
    file = "datos.csv", as_csv([["code", "value"], ["a", "*611"], ["b", "#627"]])
    assert told(bring_in(ContactPointSheet, file, admin_user)) == []
    assert dict(ContactPoint.objects.values_list("code", "short_code")) == {
        "a": "*611",
        "b": "#627",
    }


def test_database_refuses_what_is_no_short_code():
    for wrong in ("12a", "5", "+57"):
        with refused_by_the_database():
            ContactPoint.objects.create(code="x", kind="short_code", label="X", short_code=wrong)


def test_api_says_code_and_link(client):
    codes = [
        ContactPoint.objects.create(code=f"c{n}", kind="short_code", label="Línea", short_code=code)
        for n, code in enumerate(("#627", "195"))
    ]
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=codes)
    publish(Service.objects.all())
    (channel,) = client.get("/api/v1/services/mesa/").json()["channels"]
    said = ("kind", "value", "display", "href", "only_from")
    assert [tuple(contact[name] for name in said) for contact in channel["contacts"]] == [
        ("short_code", "#627", "#627", "", "CO"),
        ("short_code", "195", "195", "tel:195", "CO"),
    ]
    assert [each.get("advice", "") for each in channel["contacts"]] == [
        "Márquelo en su teléfono tal como está y oprima la tecla de llamar.",
        "",
    ]
