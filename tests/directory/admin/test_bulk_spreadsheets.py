"""Spreadsheets in the back office, as a browser uses them."""

import html
import io
import re

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Edition, Service
from escalations.models import EscalationContact
from tests import factories
from tests.addresses import list_url, page_url
from tests.editing import confirm, told, undo_link
from tests.html import form_values, inline_code, read
from tests.people import client_of, staff

pytestmark = pytest.mark.django_db

PAGE = page_url(ContactPoint, "spreadsheets")
IMPORT = page_url(ContactPoint, "import", "contact-points")


def upload(text, name="datos.csv"):
    return {"file": SimpleUploadedFile(name, text.encode("cp1252"))}


def markup(response):
    """The HTML of a response, without the white space that a browser leaves out."""
    return re.sub(r">\s+<", "><", " ".join(response.content.decode().split()))


def chief():
    """The client of one more superuser, signed in at the time that a test has set."""
    return client_of(factories.UserFactory(is_staff=True, is_superuser=True))


def service_with(point):
    service = factories.ChannelFactory(contacts=[point]).service
    publish(Service.objects.all())
    return service


# ---- Spreadsheets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "sheets"),
    [
        (ContactPoint, ["contact-points"]),
        (Channel, ["channels", "channel-contacts"]),
        (EscalationContact, ["escalation-contacts", "escalation-contact-uses"]),
    ],
)
def test_every_sheet_is_downloaded_from_its_page(admin_client, model, sheets):
    factories.complete_service()
    page = page_url(model, "spreadsheets")
    assert page in read(admin_client.get(list_url(model))).links
    links = read(admin_client.get(page)).links
    for sheet in sheets:
        csv, xlsx = (page_url(model, "export", sheet, ending) for ending in ("csv", "xlsx"))
        assert {csv, xlsx} <= {*links}
        lines = admin_client.get(csv).content.decode("utf-8-sig").strip().splitlines()
        rows = load_workbook(io.BytesIO(admin_client.get(xlsx).content)).active.max_row
        assert len(lines) == rows > 1
    for unknown in (("nada", "csv"), (sheets[0], "pdf")):
        assert admin_client.get(page_url(model, "export", *unknown)).status_code == 404


def test_a_file_is_seen_first_and_imported_once_on_confirmation(admin_client):
    point = factories.PhoneFactory(code="linea", phone="+576017442727")
    service = service_with(point)
    preview = admin_client.post(IMPORT, upload("Código;Número o dirección\nlinea;601 744 2728\n"))
    assert "<del>601 744 2727</del> → <ins>601 744 2728</ins>" in markup(preview)
    assert service.name in preview.content.decode()
    assert Edition.objects.count() == 1
    assert [inline_code(page) for page in (admin_client.get(PAGE), preview)] == [[], []]
    done = confirm(admin_client, IMPORT, preview)
    point.refresh_from_db()
    assert point.value == "+576017442728"
    summary, published, undo = told(done)
    assert summary == "«datos.csv» quedó importado: 0 filas nuevas, 1 fila modificada."
    link = f'<a href="{service.get_absolute_url()}">{Edition.objects.first()}</a>'
    assert published == f"Se publicó: {link}"
    assert undo == undo_link()
    again = confirm(admin_client, IMPORT, preview)
    assert (told(again), LogEntry.objects.count(), Edition.objects.count()) == ([], 1, 2)
    assert "No hay nada que importar" in again.content.decode()


def test_what_is_taken_away_from_a_channel_is_seen_before_and_told_after(admin_client):
    stays, goes = factories.PhoneFactory(code="queda"), factories.PhoneFactory(code="sobra")
    channel = factories.ChannelFactory(contacts=[stays, goes])
    publish(Service.objects.all())
    page = page_url(Channel, "import", "channels")
    text = f"Servicio;Código;Medios de contacto\n{channel.service.slug};{channel.code};queda\n"
    preview = admin_client.post(page, upload(text))
    assert "Medios de contacto: se quita <del>sobra</del></li>" in markup(preview)
    assert "Se quita 1 elemento de una lista" in preview.content.decode()
    assert channel.contact_uses.count() == 2
    done = confirm(admin_client, page, preview)
    assert "Se quitó 1 elemento de una lista." in told(done)[0]
    assert [use.contact_point for use in channel.contact_uses.all()] == [stays]


WORKBOOK = "/admin/workbook/"
DOWNLOAD, TEMPLATE = f"{WORKBOOK}directory.xlsx", f"{WORKBOOK}template.xlsx"
KEYS = ["Servicio", "Código"]
CHANNELS = [*KEYS, "Medio", "Título", "Tipos de solicitud", "Horario", "Medios de contacto"]


def workbook(**sheets):
    """An upload: titles, with “_” for a space, and the rows of each sheet."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return {"file": SimpleUploadedFile("todo.xlsx", stream.getvalue())}


@pytest.fixture
def mesa():
    """A published service, and what a channel of it needs."""
    service = factories.ServiceFactory(slug="mesa", is_published=True)
    factories.RequestTypeFactory(code="incidente", name="Incidentes", covers_all=False)
    factories.ScheduleFactory(code="siempre")
    publish(Service.objects.all())
    return service


def new_channel(number="601 744 2727", channel="tel"):
    """A workbook with a new channel that gives a new number."""
    row = ["mesa", channel, "Teléfono", "Línea", "incidente", "siempre", "nueva"]
    point = ["Código", "Clase", "Nombre", "Número o dirección"]
    contact = ["Código", "Nombre", "Medios de contacto"]
    return workbook(
        Canales=[CHANNELS, row],
        Medios_de_contacto=[point, ["nueva", "Teléfono", "Nueva", number]],
        Responsables_de_escalamiento=[contact, ["ana", "Supervisión", "nueva"]],
    )


def test_a_workbook_brings_a_channel_and_its_new_number_and_publishes_once(admin_client, mesa):
    preview = admin_client.post(WORKBOOK, new_channel())
    rows = re.findall(r"<tr><td>(.*?)</td><td>(\d+)</td><th scope=.row.>", markup(preview))
    sheets = ["Medios de contacto", "Canales", "Responsables de escalamiento"]
    assert rows == [(sheet, "2") for sheet in sheets]
    assert (Channel.objects.count(), preview.context["outcome"].warnings) == (0, [])
    done = confirm(admin_client, WORKBOOK, preview)
    assert told(done)[0] == "«todo.xlsx» quedó importado: 3 filas nuevas, 0 filas modificadas."
    assert mesa.channels.get().contact_uses.get().contact_point.code == "nueva"
    assert Edition.objects.filter(service=mesa).count() == 2
    assert "601 744 2727" in admin_client.get(mesa.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (new_channel(number="744 2727"), ("Medios de contacto, D2", "Número o dirección")),
        (new_channel(channel="con espacio"), ("Canales, B2", "Código")),
    ],
)
def test_one_wrong_cell_refuses_the_whole_workbook(admin_client, mesa, file, problem):
    file["file"].seek(0)
    page = markup(admin_client.post(WORKBOOK, file))
    found = re.findall(r"<tr><td> (.*?) </td><td>(.*?)</td><td>", page)
    assert found == [problem]
    assert (ContactPoint.objects.count(), Channel.objects.count()) == (0, 0)


def test_the_workbook_comes_back_without_changes_and_with_nothing_to_confirm(admin_client):
    factories.complete_service()
    content = admin_client.get(DOWNLOAD).content
    preview = admin_client.post(WORKBOOK, {"file": SimpleUploadedFile("a.xlsx", content)})
    outcome = preview.context["outcome"]
    assert (outcome.changes, outcome.unchanged > 3) == ([], True)
    assert "confirmed" not in form_values(preview)
    assert "No hay nada que importar" in preview.content.decode()
    assert admin_client.get(f"{WORKBOOK}directory.csv").status_code == 404


def test_the_workbook_has_the_sheets_that_somebody_may_see():
    factories.complete_service()
    # Whoever may see channels, and not what a sheet of them tells besides, has no such sheet.
    besides = ("view_service", "view_schedule", "view_requesttype")
    client = staff("view_channel", *besides, "change_contactpoint", "bulk_change_contactpoint")
    content = client.get(DOWNLOAD).content
    titles = load_workbook(io.BytesIO(content)).sheetnames
    assert [each for each in titles if "anal" in each] == ["Canales", "Contactos de un canal"]
    fewer = staff("view_channel", "change_contactpoint", "bulk_change_contactpoint")
    content = fewer.get(DOWNLOAD).content
    assert load_workbook(io.BytesIO(content)).sheetnames == [
        "Instrucciones",
        "Medios de contacto",
        "Listas",
    ]
    assert (staff().get(WORKBOOK).status_code, staff().get(DOWNLOAD).status_code) == (403, 403)


def test_what_somebody_may_only_see_is_refused_where_it_changes(mesa):
    point = factories.PhoneFactory(code="linea", label="Antes")
    channel = factories.ChannelFactory(service=mesa, contacts=[point])
    client = staff(
        *("view_channel", "view_service", "view_schedule", "view_requesttype"),
        *("change_contactpoint", "bulk_change_contactpoint"),
    )
    points = [["Código", "Nombre"], ["linea", "Después"]]

    def send(title):
        channels = [[*KEYS, "Título"], ["mesa", channel.code, title]]
        return client.post(WORKBOOK, workbook(Medios_de_contacto=points, Canales=channels))

    page = html.unescape(send("Otro").content.decode())
    assert "No tiene permiso para cambiar estos datos en bloque" in page
    assert told(confirm(client, WORKBOOK, send(channel.title)))[0].startswith("«todo.xlsx» quedó")
    point.refresh_from_db()
    assert point.label == "Después"


def test_who_may_import_nothing_has_no_form_and_is_refused():
    client = staff("view_channel")
    assert 'type="file"' not in client.get(WORKBOOK).content.decode()
    assert client.post(WORKBOOK, workbook(Canales=[KEYS])).status_code == 403


def test_problems_stand_in_a_table_with_row_and_column(admin_client):
    page = admin_client.post(
        IMPORT, upload("Código;Clase;Nombre;Número o dirección\nx;phone;X;744 2727\n")
    )
    assert re.search(
        r"<td> D2 </td><td>Número o dirección</td><td>Falta el indicativo[^<]*</td>", markup(page)
    )
    assert "No se importó nada de «datos.csv»" in page.content.decode()
    assert inline_code(page) == []


@pytest.mark.parametrize(
    ("url", "data", "reason"),
    [
        (IMPORT, {}, "Primero elija un archivo"),
        (IMPORT, upload("Teléfono\n1\n"), "Columna desconocida"),
        (IMPORT, upload("x", "a.xlsm"), "macros"),
        (IMPORT, {"file": SimpleUploadedFile("a.csv", b"x" * (4 * 1024 * 1024 + 1))}, "4 MB"),
        (IMPORT, {"confirmed": "made up"}, "ya venció"),
        (WORKBOOK, upload("Código\nx\n"), "no es un libro de Excel"),
        (WORKBOOK, workbook(Canales=[KEYS], Hoja1=[["Código"]]), "«Hoja1»"),
        (WORKBOOK, workbook(Canales=[[*KEYS, "Fax"]]), "Columna desconocida"),
        (WORKBOOK, workbook(Canales=[KEYS], Channels=[["code", "service"]]), "Channels"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(admin_client, url, data, reason):
    if "file" in data:
        data["file"].seek(0)
    page = admin_client.post(url, data)
    assert reason in html.unescape(page.content.decode())
    assert (ContactPoint.objects.count(), Channel.objects.count()) == (0, 0)


def test_a_change_meanwhile_is_shown_before_the_import(admin_client):
    point = factories.PhoneFactory(code="linea", label="Antes")
    preview = admin_client.post(IMPORT, upload("Código;Nombre\nlinea;Después\n"))
    ContactPoint.objects.update(label="Entretanto")
    again = confirm(admin_client, IMPORT, preview)
    assert told(again) == ["Entretanto alguien cambió estas filas. Esto es lo que cambia ahora."]
    assert "<del>Entretanto</del>" in again.content.decode()
    point.refresh_from_db()
    assert point.label == "Entretanto"
    confirm(admin_client, IMPORT, again)
    point.refresh_from_db()
    assert point.label == "Después"


@pytest.mark.parametrize("flaw", ["an hour later", "for another sheet", "by another user"])
def test_a_confirmation_expires_and_belongs_to_its_user_and_sheet(flaw):
    factories.PhoneFactory(code="linea")
    page = IMPORT
    with time_machine.travel("2026-11-23T08:00:00-05:00", tick=False) as clock:
        client = chief()
        preview = client.post(IMPORT, upload("Código;Nombre\nlinea;Otra\n"))
        match flaw:
            case "an hour later":
                clock.shift(60 * 60 + 1)
            case "for another sheet":
                page = page_url(Channel, "import", "channels")
            case "by another user":
                client = chief()
        answer = confirm(client, page, preview)
    assert "ya venció" in answer.content.decode()
    assert ContactPoint.objects.get().label != "Otra"


@pytest.mark.parametrize(
    ("codenames", "page", "may_import"),
    [
        ([], 403, False),
        (["view_contactpoint"], 200, False),
        (["view_contactpoint", "bulk_change_contactpoint"], 200, False),
        (["change_contactpoint"], 200, False),
        (["change_contactpoint", "bulk_change_contactpoint"], 200, True),
    ],
)
def test_who_may_see_and_who_may_import(codenames, page, may_import):
    factories.PhoneFactory(code="linea")
    client = staff(*codenames)
    shown = client.get(PAGE)
    assert shown.status_code == page
    assert ('type="file"' in shown.content.decode()) == may_import
    export = page_url(ContactPoint, "export", "contact-points", "csv")
    assert client.get(export).status_code == page
    for sent in (upload("Código;Nombre\nlinea;Otra\n"), {"confirmed": ""}):
        assert client.post(IMPORT, sent).status_code == (200 if may_import else 403)
    assert ContactPoint.objects.get().label != "Otra"


def test_what_channels_give_needs_the_permission_to_change_that():
    client = staff("change_channel", "bulk_change_channel")
    page = page_url(Channel, "import", "channel-contacts")
    answer = client.post(page, upload("x"))
    assert answer.status_code == 403
    assert "No tiene permiso para hacer esto" in answer.content.decode()
