"""The back office pages of bulk work, as a browser uses them."""

import html
import io
import re
from datetime import date

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Edition, Service
from escalations.models import EscalationContact
from tests import factories
from tests.addresses import change_url, list_url, page_url
from tests.editing import act, told
from tests.html import form_values, read
from tests.people import client_of, staff

pytestmark = pytest.mark.django_db

PAGE = page_url(ContactPoint, "spreadsheets")
IMPORT = page_url(ContactPoint, "import", "contact-points")
LIST = list_url(ContactPoint)
REPLACE = page_url(ContactPoint, "replace")


def upload(text, name="datos.csv"):
    return {"file": SimpleUploadedFile(name, text.encode("cp1252"))}


def confirm(client, url, preview, name="confirmed", **data):
    """Confirm what a page shows: send its hidden field of this name."""
    return client.post(url, {**data, name: form_values(preview)[name]}, follow=True)


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


def test_a_file_is_seen_first_and_imported_on_confirmation(admin_client):
    point = factories.PhoneFactory(code="linea", phone="+576017442727")
    service = service_with(point)
    preview = admin_client.post(IMPORT, upload("Código;Número o dirección\nlinea;601 744 2728\n"))
    assert "<del>601 744 2727</del> → <ins>601 744 2728</ins>" in markup(preview)
    assert service.name in preview.content.decode()
    assert Edition.objects.count() == 1
    done = confirm(admin_client, IMPORT, preview)
    point.refresh_from_db()
    assert point.value == "+576017442728"
    assert Edition.objects.count() == 2
    assert told(done) == [
        "«datos.csv» quedó importado: 0 filas nuevas, 1 fila modificada.",
        f'Se publicó: <a href="{service.get_absolute_url()}">{Edition.objects.first()}</a>',
    ]


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


WORKBOOK = page_url(Channel, "import", "workbook")
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
        (new_channel(number="744 2727"), ("Medios de contacto", "Número o dirección")),
        (new_channel(channel="con espacio"), ("Canales", "Código")),
    ],
)
def test_one_wrong_cell_refuses_the_whole_workbook(admin_client, mesa, file, problem):
    file["file"].seek(0)
    page = markup(admin_client.post(WORKBOOK, file))
    found = re.findall(r"<tr><td>(.*?)</td><td>2</td><td>(.*?)</td><td>", page)
    assert found == [problem]
    assert (ContactPoint.objects.count(), Channel.objects.count()) == (0, 0)


def test_the_workbook_comes_back_without_changes(admin_client):
    factories.complete_service()
    address = page_url(Channel, "export", "workbook", "xlsx")
    content = admin_client.get(address).content
    titles = load_workbook(io.BytesIO(content)).sheetnames
    assert titles == ["Medios de contacto", "Canales", "Responsables de escalamiento"]
    preview = admin_client.post(WORKBOOK, {"file": SimpleUploadedFile("a.xlsx", content)})
    outcome = preview.context["outcome"]
    assert (outcome.changes, outcome.unchanged > 3) == ([], True)
    assert admin_client.get(address.replace("xlsx", "csv")).status_code == 404


@pytest.mark.parametrize(
    ("models", "status"),
    [
        (["channel"], 403),
        (["channel", "contactpoint"], 403),
        (["channel", "contactpoint", "escalationcontact"], 200),
    ],
)
def test_the_workbook_needs_the_permissions_for_all_of_it(models, status):
    client = staff(*(f"{may}_{model}" for may in ("change", "bulk_change") for model in models))
    page = client.get(page_url(Channel, "spreadsheets"))
    assert ("workbook" in page.content.decode()) == (status == 200)
    address = page_url(Channel, "export", "workbook", "xlsx")
    assert client.get(address).status_code == status
    assert client.post(WORKBOOK, upload("x")).status_code == status


def test_a_file_without_changes_offers_nothing_to_confirm(admin_client):
    factories.PhoneFactory(code="linea", label="Línea")
    preview = admin_client.post(IMPORT, upload("Código;Nombre\nlinea;Línea\n"))
    assert "confirmed" not in form_values(preview)
    assert "No hay nada que importar" in preview.content.decode()


def test_problems_stand_in_a_table_with_row_and_column(admin_client):
    page = admin_client.post(
        IMPORT, upload("Código;Clase;Nombre;Número o dirección\nx;phone;X;744 2727\n")
    )
    assert re.search(
        r"<td>2</td><td>Número o dirección</td><td>Falta el indicativo[^<]*</td>", markup(page)
    )
    assert "No se importó nada de «datos.csv»" in page.content.decode()


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
        (WORKBOOK, workbook(Canales=[[*KEYS, "Fax"]]), "Canales: Columna desconocida"),
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


def test_an_import_that_is_confirmed_twice_is_made_once(admin_client):
    factories.PhoneFactory(code="linea", label="Antes")
    preview = admin_client.post(IMPORT, upload("Código;Nombre\nlinea;Después\n"))
    confirm(admin_client, IMPORT, preview)
    again = confirm(admin_client, IMPORT, preview)
    assert (told(again), LogEntry.objects.count()) == ([], 1)
    assert "No hay nada que importar" in again.content.decode()


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


# ---- Replacing ---------------------------------------------------------------------------------


def test_a_number_is_replaced_everywhere_after_seeing_where(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    service = service_with(old)
    form = admin_client.get(change_url(old))
    address = f"{REPLACE}?ids={old.pk}"
    assert f'href="{address}"' in form.content.decode()
    choice = {"target": new.pk, "where": "everywhere"}
    preview = admin_client.post(address, {**choice, "_preview": "1"})
    assert service.name in preview.content.decode()
    assert Channel.objects.get().contact_uses.get().contact_point == old
    done = confirm(admin_client, address, preview, "seen", _confirm="1", **choice)
    assert Channel.objects.get().contact_uses.get().contact_point == new
    assert Edition.objects.count() == 2
    assert told(done)[-1] == f"«{old}» ya no se usa en ninguna parte. Lo puede eliminar."
    logged = {entry.object_repr: entry.change_message for entry in LogEntry.objects.all()}
    assert set(logged) == {str(old), str(new), str(Channel.objects.get())}


def test_a_shared_escalation_contact_says_whom_it_affects(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    contact = factories.EscalationContactFactory(contacts=[old])
    first, second = (
        factories.EscalationPolicyFactory(levels=[contact], service__name=name)
        for name in ("Alfa", "Beta")
    )
    factories.ChannelFactory(service=first.service, contacts=[old])
    page = admin_client.get(f"{REPLACE}?ids={old.pk}").content.decode()
    assert f"compartido: cambia a la vez en {first.service} y {second.service}" in page
    data = {"target": new.pk, "where": "chosen", "places": [f"service-{first.service.pk}"]}
    preview = admin_client.post(f"{REPLACE}?ids={old.pk}", data)
    assert [place.name for place in preview.context["still_shown"]] == [str(contact)]


def test_a_refusal_stands_at_the_target_and_keeps_the_choice(admin_client):
    old, new = factories.PhoneFactory(), factories.EmailFactory()
    channel = factories.ChannelFactory(contacts=[old])
    channel.contact_uses.update(menu_options="Opción 2")
    data = {"target": new.pk, "where": "everywhere"}
    page = admin_client.post(f"{REPLACE}?ids={old.pk}", data)
    assert list(page.context["form"].errors) == ["target"]
    assert f'<option value="{new.pk}" selected' in page.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"target": "", "where": "everywhere"}, "target"),
        ({"target": "999999", "where": "everywhere"}, "target"),
        ({"target": "x" * 50, "where": "everywhere"}, "target"),
        ({"target": "9" * 50, "where": "everywhere"}, "target"),
        ({"target": "²", "where": "everywhere"}, "target"),
        ({"target": "\0", "where": "everywhere"}, "target"),
        ({"where": "chosen"}, "places"),
        ({"where": "chosen", "places": ["service-999"]}, "places"),
        ({"where": "nowhere"}, "where"),
        ({"where": "everywhere", "places": ["service"]}, "where"),
    ],
)
def test_an_impossible_choice_is_refused_at_its_field(admin_client, data, field):
    old = factories.PhoneFactory()
    channel = factories.ChannelFactory(contacts=[old])
    target = {"target": factories.PhoneFactory().pk}
    if data.get("places") == ["service"]:
        data = {**data, "places": [f"service-{channel.service.pk}"]}
    page = admin_client.post(f"{REPLACE}?ids={old.pk}", {**target, **data, "_confirm": "1"})
    assert list(page.context["form"].errors) == [field]
    assert channel.contact_uses.get().contact_point == old


def test_a_use_added_meanwhile_is_shown_before_replacing(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    factories.ChannelFactory(contacts=[old])
    address, choice = f"{REPLACE}?ids={old.pk}", {"target": new.pk, "where": "everywhere"}
    preview = admin_client.post(address, choice)
    added = factories.ChannelFactory(contacts=[old])
    choice["_confirm"] = "1"
    again = confirm(admin_client, address, preview, "seen", **choice)
    assert told(again) == ["Entretanto algo cambió. Esto es lo que pasa ahora."]
    assert str(added) in again.content.decode()
    assert added.contact_uses.get().contact_point == old
    confirm(admin_client, address, again, "seen", **choice)
    assert added.contact_uses.get().contact_point == new


@pytest.mark.parametrize("ids", ["", "0", "x", "1,x,;", "9" * 40, "1" + ",1" * 5000])
def test_odd_selections_lead_back_to_the_list(admin_client, ids):
    answer = admin_client.get(REPLACE, {"ids": ids})
    assert (answer.status_code, answer.headers.get("Location")) == (302, LIST)


# ---- Actions -----------------------------------------------------------------------------------


def test_several_are_replaced_by_one_from_the_list(admin_client):
    points = [factories.PhoneFactory() for _ in range(2)]
    answer = act(admin_client, "replace_selected", *points)
    assert answer.headers["Location"] == f"{REPLACE}?ids={points[0].pk},{points[1].pk}"


@time_machine.travel("2026-11-23T23:30:00-05:00")
def test_several_are_marked_as_verified_today_where_we_are():
    points = [factories.PhoneFactory(), factories.PhoneFactory(verified_on=date(2026, 11, 23))]
    done = act(chief(), "verify_selected", *points)
    assert set(ContactPoint.objects.values_list("verified_on", flat=True)) == {date(2026, 11, 23)}
    assert told(done)[0] == "1 medio de contacto quedó verificado hoy."
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(points[0].pk)]


@pytest.mark.parametrize("action", ["replace_selected", "verify_selected"])
def test_bulk_actions_need_their_permission(action):
    point = factories.PhoneFactory()
    client = staff("change_contactpoint")
    assert action not in client.get(LIST).content.decode()
    act(client, action, point)
    point.refresh_from_db()
    assert point.verified_on is None
    assert client.get(f"{REPLACE}?ids={point.pk}").status_code == 403
    client = staff("change_contactpoint", "bulk_change_contactpoint")
    assert action in client.get(LIST).content.decode()


# ---- Copying -----------------------------------------------------------------------------------


def copy_address(service):
    return page_url(service, "copy", service.pk)


def test_a_service_is_copied_and_its_copy_opened(admin_client):
    service = factories.complete_service()
    form = change_url(service)
    assert f'href="{copy_address(service)}"' in admin_client.get(form).content.decode()
    answer = admin_client.post(copy_address(service), {"name": "Firma Ágil", "slug": ""})
    copy = Service.objects.get(slug="firma-agil")
    assert answer.headers["Location"] == change_url(copy)
    assert (copy.is_published, copy.channels.count()) == (False, service.channels.count())
    assert LogEntry.objects.get().change_message == f"Copiado de «{service}»."


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", "slug": "nuevo"}, "name"),
        ({"name": "Nuevo", "slug": "viejo"}, "slug"),
        ({"name": "Viejo", "slug": ""}, "slug"),
        ({"name": "!!!", "slug": ""}, "slug"),
        ({"name": "Nuevo", "slug": "con espacio"}, "slug"),
        ({"name": "x" * 121, "slug": ""}, "name"),
    ],
)
def test_what_cannot_be_copied_is_told_at_its_field(admin_client, data, field):
    service = factories.ServiceFactory(slug="viejo")
    page = admin_client.post(copy_address(service), data)
    assert field in page.context["form"].errors
    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    ("codenames", "status"),
    [
        (["change_service", "add_service"], 403),
        (["change_service", "bulk_change_service"], 403),
        (["change_service", "add_service", "bulk_change_service"], 302),
    ],
)
def test_copying_needs_its_permissions(codenames, status):
    service, client = factories.ServiceFactory(), staff(*codenames)
    assert client.get(copy_address(service)).status_code == (200 if status == 302 else 403)
    data = {"name": "Nuevo", "slug": "nuevo"}
    assert client.post(copy_address(service), data).status_code == status
    assert Service.objects.filter(slug="nuevo").exists() == (status == 302)


@pytest.mark.parametrize("page", ["copy", "coverage"])
def test_pages_of_a_service_that_is_not_there_are_not_found(admin_client, page):
    missing = page_url(Service, page, 999)
    answers = [admin_client.get(missing), admin_client.post(missing, {"name": "N", "slug": "n"})]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Service.objects.exists()


# ---- All pages ---------------------------------------------------------------------------------


def test_no_page_holds_inline_code(admin_client):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    service = service_with(old)
    pages = [
        admin_client.get(PAGE),
        admin_client.post(IMPORT, upload(f"Código;Nombre\n{old.code};Otra\n")),
        admin_client.post(IMPORT, upload("Código;Nombre\nx;Otra\n")),
        admin_client.get(f"{REPLACE}?ids={old.pk}"),
        admin_client.post(f"{REPLACE}?ids={old.pk}", {"target": new.pk, "where": "everywhere"}),
        admin_client.get(copy_address(service)),
    ]
    for page in pages:
        text = page.content.decode()
        assert re.findall(r"<style|<script(?![^>]*src=)[^>]*>|\son\w+=|\sstyle=", text) == []
