"""The back office pages of bulk work, as a browser uses them."""

import html
import io
import re
from datetime import date

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Edition, Service
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:directory_contactpoint_spreadsheets")
IMPORT = reverse("admin:directory_contactpoint_import", args=["contact-points"])
LIST = reverse("admin:directory_contactpoint_changelist")
REPLACE = reverse("admin:directory_contactpoint_replace")


@pytest.fixture(autouse=True)
def _without_sign_in_protection(settings):
    """`force_login` comes from no address; how sign-ins are counted is tested in `test_config`."""
    settings.AXES_ENABLED = False


@pytest.fixture
def admin(client):
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    return client


def member(client, *codenames):
    """The client, signed in with these permissions."""
    user = factories.UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def upload(text, name="datos.csv"):
    return {"file": SimpleUploadedFile(name, text.encode("cp1252"))}


def hidden(response, name):
    """The values of the hidden fields of this name."""
    found = re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return found[0] if found else None


def markup(response):
    """The HTML of a response, without the white space that a browser leaves out."""
    return re.sub(r">\s+<", "><", " ".join(response.content.decode().split()))


def told(response):
    return [str(message) for message in response.context["messages"]]


def service_with(point):
    service = factories.ChannelFactory(contacts=[point]).service
    publish(Service.objects.all())
    return service


# ---- Spreadsheets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "sheets"),
    [
        ("directory_contactpoint", ["contact-points"]),
        ("directory_channel", ["channels", "channel-contacts"]),
        (
            "escalations_escalationcontact",
            ["escalation-contacts", "escalation-contact-uses"],
        ),
    ],
)
def test_every_sheet_is_downloaded_from_its_page(admin, page, sheets):
    factories.complete_service()
    listed = admin.get(reverse(f"admin:{page}_changelist")).content.decode()
    address = reverse(f"admin:{page}_spreadsheets")
    assert f'href="{address}"' in listed
    content = admin.get(address).content.decode()
    for sheet in sheets:
        csv_address = reverse(f"admin:{page}_export", args=[sheet, "csv"])
        xlsx_address = reverse(f"admin:{page}_export", args=[sheet, "xlsx"])
        assert f'href="{csv_address}"' in content
        assert f'href="{xlsx_address}"' in content
        lines = admin.get(csv_address).content.decode("utf-8-sig").strip().splitlines()
        rows = load_workbook(io.BytesIO(admin.get(xlsx_address).content)).active.max_row
        assert len(lines) == rows > 1
    assert admin.get(reverse(f"admin:{page}_export", args=["nada", "csv"])).status_code == 404
    assert admin.get(reverse(f"admin:{page}_export", args=[sheets[0], "pdf"])).status_code == 404


def test_a_file_is_seen_first_and_imported_on_confirmation(admin):
    point = factories.PhoneFactory(code="linea", phone="+576017442727")
    service = service_with(point)
    preview = admin.post(IMPORT, upload("Código;Número o dirección\nlinea;601 744 2728\n"))
    assert "<del>601 744 2727</del> → <ins>601 744 2728</ins>" in markup(preview)
    assert service.name in preview.content.decode()
    assert Edition.objects.count() == 1
    done = admin.post(IMPORT, {"confirmed": hidden(preview, "confirmed")}, follow=True)
    point.refresh_from_db()
    assert point.value == "+576017442728"
    assert Edition.objects.count() == 2
    assert told(done) == [
        "«datos.csv» quedó importado: 0 filas nuevas, 1 fila modificada.",
        f'Se publicó: <a href="{service.get_absolute_url()}">{Edition.objects.first()}</a>',
    ]


def test_what_is_taken_away_from_a_channel_is_seen_before_and_told_after(admin):
    stays, goes = factories.PhoneFactory(code="queda"), factories.PhoneFactory(code="sobra")
    channel = factories.ChannelFactory(contacts=[stays, goes])
    publish(Service.objects.all())
    page = reverse("admin:directory_channel_import", args=["channels"])
    text = f"Servicio;Código;Medios de contacto\n{channel.service.slug};{channel.code};queda\n"
    preview = admin.post(page, upload(text))
    assert "Medios de contacto: se quita <del>sobra</del></li>" in markup(preview)
    assert "Se quita 1 elemento de una lista" in preview.content.decode()
    assert channel.contact_uses.count() == 2
    done = admin.post(page, {"confirmed": hidden(preview, "confirmed")}, follow=True)
    assert "Se quitó 1 elemento de una lista." in told(done)[0]
    assert [use.contact_point for use in channel.contact_uses.all()] == [stays]


WORKBOOK = reverse("admin:directory_channel_import", args=["workbook"])
CHANNELS = ["Servicio", "Código", "Medio", "Título", "Tipos de solicitud", "Horario"]
CHANNELS += ["Medios de contacto"]


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
    return workbook(
        Canales=[
            CHANNELS,
            ["mesa", channel, "Teléfono", "Línea", "incidente", "siempre", "nueva"],
        ],
        Medios_de_contacto=[
            ["Código", "Clase", "Nombre", "Número o dirección"],
            ["nueva", "Teléfono", "Nueva", number],
        ],
        Responsables_de_escalamiento=[
            ["Código", "Nombre", "Medios de contacto"],
            ["ana", "Supervisión", "nueva"],
        ],
    )


def test_a_workbook_brings_a_channel_and_its_new_number_and_publishes_once(admin, mesa):
    preview = admin.post(WORKBOOK, new_channel())
    rows = re.findall(r"<tr><td>(.*?)</td><td>(\d+)</td><th scope=.row.>", markup(preview))
    sheets = ["Medios de contacto", "Canales", "Responsables de escalamiento"]
    assert rows == [(sheet, "2") for sheet in sheets]
    assert (Channel.objects.count(), preview.context["outcome"].warnings) == (0, [])
    done = admin.post(WORKBOOK, {"confirmed": hidden(preview, "confirmed")}, follow=True)
    assert told(done)[0] == "«todo.xlsx» quedó importado: 3 filas nuevas, 0 filas modificadas."
    assert mesa.channels.get().contact_uses.get().contact_point.code == "nueva"
    assert Edition.objects.filter(service=mesa).count() == 2
    assert "601 744 2727" in admin.get(mesa.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (new_channel(number="744 2727"), ("Medios de contacto", "Número o dirección")),
        (new_channel(channel="con espacio"), ("Canales", "Código")),
    ],
)
def test_one_wrong_cell_refuses_the_whole_workbook(admin, mesa, file, problem):
    file["file"].seek(0)
    page = markup(admin.post(WORKBOOK, file))
    found = re.findall(r"<tr><td>(.*?)</td><td>2</td><td>(.*?)</td><td>", page)
    assert found == [problem]
    assert (ContactPoint.objects.count(), Channel.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (upload("Código\nx\n"), "no es un libro de Excel"),
        (workbook(Canales=[["Código", "Servicio"]], Hoja1=[["Código"]]), "«Hoja1»"),
        (workbook(Canales=[["Código", "Servicio", "Fax"]]), "Canales: Columna desconocida"),
        (workbook(Canales=[["Código", "Servicio"]], Channels=[["code", "service"]]), "Channels"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_its_reason(admin, data, reason):
    data["file"].seek(0)
    page = admin.post(WORKBOOK, data).content.decode()
    assert reason in html.unescape(page)


def test_the_workbook_comes_back_without_changes(admin):
    factories.complete_service()
    address = reverse("admin:directory_channel_export", args=["workbook", "xlsx"])
    content = admin.get(address).content
    titles = load_workbook(io.BytesIO(content)).sheetnames
    assert titles == ["Medios de contacto", "Canales", "Responsables de escalamiento"]
    preview = admin.post(WORKBOOK, {"file": SimpleUploadedFile("a.xlsx", content)})
    outcome = preview.context["outcome"]
    assert (outcome.changes, outcome.unchanged > 3) == ([], True)
    assert admin.get(address.replace("xlsx", "csv")).status_code == 404


@pytest.mark.parametrize(
    ("models", "exported", "imported"),
    [
        (["channel"], 403, 403),
        (["channel", "contactpoint"], 403, 403),
        (["channel", "contactpoint", "escalationcontact"], 200, 200),
    ],
)
def test_the_workbook_needs_the_permissions_for_all_of_it(client, models, exported, imported):
    member(client, *(f"{may}_{model}" for may in ("change", "bulk_change") for model in models))
    page = client.get(reverse("admin:directory_channel_spreadsheets"))
    assert ("workbook" in page.content.decode()) == (exported == 200)
    address = reverse("admin:directory_channel_export", args=["workbook", "xlsx"])
    assert client.get(address).status_code == exported
    assert client.post(WORKBOOK, upload("x")).status_code == imported


def test_a_file_without_changes_offers_nothing_to_confirm(admin):
    factories.PhoneFactory(code="linea", label="Línea")
    preview = admin.post(IMPORT, upload("Código;Nombre\nlinea;Línea\n"))
    assert hidden(preview, "confirmed") is None
    assert "No hay nada que importar" in preview.content.decode()


def test_problems_stand_in_a_table_with_row_and_column(admin):
    page = admin.post(
        IMPORT, upload("Código;Clase;Nombre;Número o dirección\nx;phone;X;744 2727\n")
    )
    assert re.search(
        r"<td>2</td><td>Número o dirección</td><td>Falta el indicativo[^<]*</td>", markup(page)
    )
    assert "No se importó nada de «datos.csv»" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "Primero elija un archivo"),
        (upload("Teléfono\n1\n"), "Columna desconocida"),
        (upload("x", "a.xlsm"), "macros"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (4 * 1024 * 1024 + 1))}, "4 MB"),
        ({"confirmed": "made up"}, "ya venció"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(admin, data, reason):
    page = admin.post(IMPORT, data)
    assert page.status_code == 200
    assert reason in page.content.decode()
    assert ContactPoint.objects.count() == 0


def test_a_change_meanwhile_is_shown_before_anything_is_imported(admin):
    point = factories.PhoneFactory(code="linea", label="Antes")
    preview = admin.post(IMPORT, upload("Código;Nombre\nlinea;Después\n"))
    ContactPoint.objects.update(label="Entretanto")
    again = admin.post(IMPORT, {"confirmed": hidden(preview, "confirmed")})
    assert told(again) == ["Entretanto alguien cambió estas filas. Esto es lo que cambia ahora."]
    assert "<del>Entretanto</del>" in again.content.decode()
    point.refresh_from_db()
    assert point.label == "Entretanto"
    admin.post(IMPORT, {"confirmed": hidden(again, "confirmed")})
    point.refresh_from_db()
    assert point.label == "Después"


@pytest.mark.parametrize("flaw", ["an hour later", "for another sheet", "by another user"])
def test_a_confirmation_expires_and_belongs_to_its_user_and_sheet(client, flaw):
    factories.PhoneFactory(code="linea")
    page = IMPORT
    with time_machine.travel("2026-11-23T08:00:00-05:00", tick=False) as clock:
        client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
        preview = client.post(IMPORT, upload("Código;Nombre\nlinea;Otra\n"))
        match flaw:
            case "an hour later":
                clock.shift(60 * 60 + 1)
            case "for another sheet":
                page = reverse("admin:directory_channel_import", args=["channels"])
            case "by another user":
                client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
        answer = client.post(page, {"confirmed": hidden(preview, "confirmed")})
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
def test_who_may_see_and_who_may_import(client, codenames, page, may_import):
    factories.PhoneFactory(code="linea")
    member(client, *codenames)
    shown = client.get(PAGE)
    assert shown.status_code == page
    assert ('type="file"' in shown.content.decode()) == may_import
    export = reverse("admin:directory_contactpoint_export", args=["contact-points", "csv"])
    assert client.get(export).status_code == page
    answer = client.post(IMPORT, upload("Código;Nombre\nlinea;Otra\n"))
    assert answer.status_code == (200 if may_import else 403)
    assert client.post(IMPORT, {"confirmed": ""}).status_code == (200 if may_import else 403)


def test_what_channels_give_needs_the_permission_to_change_that(client):
    member(client, "change_channel", "bulk_change_channel")
    page = reverse("admin:directory_channel_import", args=["channel-contacts"])
    assert client.post(page, upload("x")).status_code == 403


# ---- Replacing ---------------------------------------------------------------------------------


def test_a_number_is_replaced_everywhere_after_seeing_where(admin):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    service = service_with(old)
    form = admin.get(reverse("admin:directory_contactpoint_change", args=[old.pk]))
    address = f"{REPLACE}?ids={old.pk}"
    assert f'href="{address}"' in form.content.decode()
    assert admin.get(address).status_code == 200
    choice = {"target": new.pk, "where": "everywhere"}
    preview = admin.post(address, {**choice, "_preview": "1"})
    assert service.name in preview.content.decode()
    assert Channel.objects.get().contact_uses.get().contact_point == old
    seen = {"seen": hidden(preview, "seen"), "_confirm": "1"}
    done = admin.post(address, {**choice, **seen}, follow=True)
    assert Channel.objects.get().contact_uses.get().contact_point == new
    assert Edition.objects.count() == 2
    assert told(done)[-1] == f"«{old}» ya no se usa en ninguna parte. Lo puede eliminar."
    logged = {entry.object_repr: entry.change_message for entry in LogEntry.objects.all()}
    assert set(logged) == {str(old), str(new), str(Channel.objects.get())}


def test_a_shared_escalation_contact_says_whom_it_affects(admin):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    contact = factories.EscalationContactFactory(contacts=[old])
    first, second = (factories.EscalationPolicyFactory(levels=[contact]) for _ in range(2))
    factories.ChannelFactory(service=first.service, contacts=[old])
    page = admin.get(f"{REPLACE}?ids={old.pk}").content.decode()
    assert f"compartido: cambia a la vez en {first.service} y {second.service}" in page
    data = {"target": new.pk, "where": "chosen", "places": [f"service-{first.service.pk}"]}
    preview = admin.post(f"{REPLACE}?ids={old.pk}", data)
    assert [place.name for place in preview.context["still_shown"]] == [str(contact)]


def test_a_refusal_stands_at_the_target_and_keeps_the_choice(admin):
    old, new = factories.PhoneFactory(), factories.EmailFactory()
    channel = factories.ChannelFactory(contacts=[old])
    channel.contact_uses.update(menu_options="Opción 2")
    data = {"target": new.pk, "where": "everywhere"}
    page = admin.post(f"{REPLACE}?ids={old.pk}", data)
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
    ],
)
def test_an_impossible_choice_is_refused_at_its_field(admin, data, field):
    old = factories.PhoneFactory()
    factories.ChannelFactory(contacts=[old])
    target = {"target": factories.PhoneFactory().pk}
    page = admin.post(f"{REPLACE}?ids={old.pk}", {**target, **data, "_confirm": "1"})
    assert list(page.context["form"].errors) == [field]


def test_ticked_places_together_with_everywhere_are_asked_about(admin):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    service = factories.ChannelFactory(contacts=[old]).service
    data = {"target": new.pk, "where": "everywhere", "places": [f"service-{service.pk}"]}
    page = admin.post(f"{REPLACE}?ids={old.pk}", data)
    assert list(page.context["form"].errors) == ["where"]


def test_a_use_added_meanwhile_is_shown_before_replacing(admin):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    factories.ChannelFactory(contacts=[old])
    address, choice = f"{REPLACE}?ids={old.pk}", {"target": new.pk, "where": "everywhere"}
    preview = admin.post(address, choice)
    added = factories.ChannelFactory(contacts=[old])
    seen = {"seen": hidden(preview, "seen"), "_confirm": "1"}
    again = admin.post(address, {**choice, **seen})
    assert told(again) == ["Entretanto algo cambió. Esto es lo que pasa ahora."]
    assert str(added) in again.content.decode()
    assert added.contact_uses.get().contact_point == old
    admin.post(address, {**choice, "seen": hidden(again, "seen"), "_confirm": "1"})
    assert added.contact_uses.get().contact_point == new


@pytest.mark.parametrize("ids", ["", "0", "x", "1,x,;", "9" * 40, "1" + ",1" * 5000])
def test_odd_selections_lead_back_to_the_list(admin, ids):
    answer = admin.get(REPLACE, {"ids": ids})
    assert (answer.status_code, answer.headers.get("Location")) == (302, LIST)


# ---- Actions -----------------------------------------------------------------------------------


def act(client, action, points, **kwargs):
    data = {"action": action, "_selected_action": [point.pk for point in points]}
    return client.post(LIST, data, **kwargs)


def test_several_are_replaced_by_one_from_the_list(admin):
    points = [factories.PhoneFactory() for _ in range(2)]
    answer = act(admin, "replace_selected", points)
    assert answer.headers["Location"] == f"{REPLACE}?ids={points[0].pk},{points[1].pk}"


@time_machine.travel("2026-11-23T23:30:00-05:00")
def test_several_are_marked_as_verified_today_where_we_are(client):
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    points = [factories.PhoneFactory(), factories.PhoneFactory(verified_on=date(2026, 11, 23))]
    done = act(client, "verify_selected", points, follow=True)
    assert set(ContactPoint.objects.values_list("verified_on", flat=True)) == {date(2026, 11, 23)}
    assert told(done)[0] == "1 medio de contacto quedó verificado hoy."
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(points[0].pk)]


@pytest.mark.parametrize("action", ["replace_selected", "verify_selected"])
def test_bulk_actions_need_their_permission(client, action):
    point = factories.PhoneFactory()
    member(client, "change_contactpoint")
    assert action not in client.get(LIST).content.decode()
    act(client, action, [point])
    point.refresh_from_db()
    assert point.verified_on is None
    assert client.get(f"{REPLACE}?ids={point.pk}").status_code == 403
    member(client, "change_contactpoint", "bulk_change_contactpoint")
    assert action in client.get(LIST).content.decode()


# ---- Copying -----------------------------------------------------------------------------------


def copy_address(service):
    return reverse("admin:directory_service_copy", args=[service.pk])


def test_a_service_is_copied_and_its_copy_opened(admin):
    service = factories.complete_service()
    form = reverse("admin:directory_service_change", args=[service.pk])
    assert f'href="{copy_address(service)}"' in admin.get(form).content.decode()
    assert admin.get(copy_address(service)).status_code == 200
    answer = admin.post(copy_address(service), {"name": "Firma Ágil", "slug": ""})
    copy = Service.objects.get(slug="firma-agil")
    opened = reverse("admin:directory_service_change", args=[copy.pk])
    assert answer.headers["Location"] == opened
    assert (copy.is_published, copy.channels.count()) == (False, service.channels.count())
    assert admin.get(opened).status_code == 200
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
def test_what_cannot_be_copied_is_told_at_its_field(admin, data, field):
    service = factories.ServiceFactory(slug="viejo")
    page = admin.post(copy_address(service), data)
    assert field in page.context["form"].errors
    assert Service.objects.count() == 1


def test_copying_needs_its_permissions(client):
    service = factories.ServiceFactory()
    member(client, "change_service", "add_service")
    assert client.get(copy_address(service)).status_code == 403
    member(client, "change_service", "bulk_change_service")
    assert client.post(copy_address(service), {"name": "x"}).status_code == 403
    member(client, "change_service", "add_service", "bulk_change_service")
    assert client.get(copy_address(service)).status_code == 200
    missing = reverse("admin:directory_service_copy", args=[service.pk + 1])
    assert client.get(missing).status_code == 404


# ---- All pages ---------------------------------------------------------------------------------


def test_no_page_holds_inline_code(admin):
    old, new = factories.PhoneFactory(), factories.PhoneFactory()
    service = service_with(old)
    pages = [
        admin.get(PAGE),
        admin.post(IMPORT, upload(f"Código;Nombre\n{old.code};Otra\n")),
        admin.post(IMPORT, upload("Código;Nombre\nx;Otra\n")),
        admin.get(f"{REPLACE}?ids={old.pk}"),
        admin.post(f"{REPLACE}?ids={old.pk}", {"target": new.pk, "where": "everywhere"}),
        admin.get(copy_address(service)),
    ]
    for page in pages:
        text = page.content.decode()
        assert re.findall(r"<style|<script(?![^>]*src=)[^>]*>|\son\w+=|\sstyle=", text) == []
