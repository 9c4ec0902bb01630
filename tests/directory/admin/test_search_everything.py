"""The one search of the back office: what it finds, where it leads, who finds what."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory import models
from directory.editions.publish import publish
from escalations.models import EscalationContact
from tests.addresses import add_url, change_url, history_url, list_url
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    UserFactory,
    WebFactory,
    weekday_schedule,
)
from tests.html import read
from tests.people import staff

pytestmark = pytest.mark.django_db
SEARCH = "/admin/search/"
ODD = (
    *("", " ", "\0", "zz\0zz", "x" * 5000, "ﷺ" * 5000, "\u202e\u2066", "�", "١١٠٧" * 9, "🙂"),
    *("%", "_", "%%", "'", '"', "' OR 1=1 --", "\\", "()", "#", "+", "@", "0" * 60),
    *("<script>alert(1)</script>", "{{ 7 }}"),
)
OLD, NEW = "+576015550001", "+576017442727"


def asked(client, text, **parameters):
    return client.get(SEARCH, {"q": text, **parameters})


def found(client, text):
    """The titles of what is listed, by the heading of its group."""
    page = asked(client, text, list="1")
    assert page.status_code == 200
    return {
        group.title: [result.title for result in group.results] for group in page.context["groups"]
    }


def opened(client, text):
    """Where a search leads at once, without the way back to it."""
    response = asked(client, text)
    if response.status_code == 200:
        return None
    address, _hash, anchor = response.url.partition("#")
    return address.partition("?")[0] + (f"#{anchor}" if anchor else "")


@pytest.fixture
def line():
    """A number that a channel and a contact give, with all that may hide it."""
    point = PhoneFactory(code="linea-bogota", label="Línea Bogotá", phone=NEW)
    channel = ChannelFactory(
        service__name="Clave Segura", service__slug="clave-segura", title="Mesa", contacts=[point]
    )
    channel.contact_uses.update(extensions="1107, 1109", menu_options="Opción 2 - opción 4")
    EscalationContactFactory(name="Jefe de turno", person="Ana Ñáñez", contacts=[point])
    PhoneFactory(phone="+576012223344", label="Otra")
    return point


# ---- What is found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "601 744 2727",
        "(601) 744 27 27",
        "+57 601 744 2727",
        "7442727",
        "744-27-27",
        "4427",
        "\u202a+57 601 744 2727\u202c",
    ],
)
def test_a_number_is_found_with_all_that_give_it_however_it_is_typed(admin_client, line, text):
    assert found(admin_client, text) == {
        "Medios de contacto": ["601 744 2727 · Línea Bogotá"],
        "Responsables de escalamiento": [str(EscalationContact.objects.get())],
        "Canales": [str(models.Channel.objects.get())],
    }


@pytest.mark.parametrize("text", ["1107", "ext. 1107", "extensión 1109", "opcion 4"])
def test_an_extension_and_a_menu_option_lead_to_the_channel(admin_client, line, text):
    groups = found(admin_client, text)
    assert groups["Canales"] == [str(models.Channel.objects.get())]
    assert "Responsables de escalamiento" not in groups


def test_where_a_number_is_given_is_told_with_its_extensions(admin_client, line):
    page = read(asked(admin_client, "601 744 2727", list="1"))
    channel = models.Channel.objects.get()
    assert f"{channel}, ext. 1107, 1109, Opción 2 - opción 4" in page.seen


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: ServiceFactory(name="Cámara"), "camara"),
        (lambda: ServiceFactory(slug="firma-digital"), "firma-digital"),
        (lambda: RequestTypeFactory(name="Felicitaciones"), "felicitación"),
        (lambda: RequestTypeFactory(code="felicitacion"), "felicitacion"),
        (lambda: ChannelFactory(description="Pregunte por Óscar"), "oscar"),
        (lambda: weekday_schedule(name="Jornada única"), "jornada unica"),
        (lambda: weekday_schedule(name="Oficina"), "lunes a viernes 7-19"),
        (lambda: ExceptionFactory(reason="Día de la familia"), "familia"),
        (lambda: NoticeFactory(text="Corte de energía"), "energia"),
        (lambda: AbsenceFactory(contact__person="Íñigo"), "iñigo"),
        (lambda: EscalationContactFactory(person="Íñigo Peña"), "pena"),
        (lambda: EmailFactory(email="soporte@example.com"), "soporte@example.com"),
        (lambda: WebFactory(url="https://example.org/x"), "example.org/x"),
        (lambda: UserFactory(first_name="Zoé"), "zoe"),
        (lambda: Group.objects.create(name="Turno de noche"), "turno de noche"),
    ],
)
def test_everything_is_found_by_its_words(admin_client, make, text):
    row = make()
    listed = asked(admin_client, text, list="1").context["groups"]
    urls = [result.url.partition("?")[0] for group in listed for result in group.results]
    assert change_url(row) in urls


def test_a_short_code_is_found(admin_client):
    code = PhoneFactory(kind="short_code", phone="", short_code="#233", label="Corto")
    assert opened(admin_client, "#233") == f"{change_url(code)}#id_short_code"


def test_a_former_address_of_a_service_is_found_and_said(admin_client):
    service = ServiceFactory(name="Clave", slug="clave")
    models.FormerSlug.objects.create(service=service, slug="clave-vieja")
    page = asked(admin_client, "clave-vieja", list="1")
    [group] = page.context["groups"]
    assert [result.title for result in group.results] == ["Clave"]
    assert "Su dirección anterior: clave-vieja" in group.results[0].details


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("usuarios", "Personas"),
        ("cuentas", "Personas"),
        ("invitar", "Invitar a un colega"),
        ("importar", "Todo el directorio en un libro de Excel"),
        ("festivos", "Lo que viene"),
        ("zona horaria", "Configuración de la organización"),
        ("papel", "Configuración de la organización"),
        ("settings", "Configuración de la organización"),
        ("falla", "Avisar de una falla"),
    ],
)
def test_pages_and_settings_are_found_by_what_people_call_them(admin_client, text, title):
    assert title in found(admin_client, text)["Páginas y configuración"]


def test_a_name_that_is_almost_right_is_found(admin_client):
    ServiceFactory(name="Clave Segura")
    EscalationContactFactory(name="Mesa de ayuda", person="Catalina")
    assert found(admin_client, "clabe segura") == {"Servicios": ["Clave Segura"]}
    assert [*found(admin_client, "catallina")] == ["Responsables de escalamiento"]
    assert "Casi lo mismo" in read(asked(admin_client, "clabe segura", list="1")).seen


# ---- What pages said once ------------------------------------------------------------------------


@pytest.fixture
def changed():
    """A service whose number and introduction were published, and are others now."""
    point = PhoneFactory(phone=OLD, label="Línea")
    service = ServiceFactory(name="Antes", slug="antes", introduction="Con el Dr. Anaya")
    ChannelFactory(service=service, title="Mesa", contacts=[point])
    publish(models.Service.objects.all())
    models.ContactPoint.objects.filter(pk=point.pk).update(phone="+576019998877")
    models.Service.objects.filter(pk=service.pk).update(introduction="")
    publish(models.Service.objects.all())
    return point


@pytest.mark.parametrize("text", ["601 555 0001", "(601) 5550001", "+576015550001"])
def test_an_old_number_is_told_with_when_and_by_what_it_was_replaced(admin_client, changed, text):
    page = asked(admin_client, text)
    assert [group.title for group in page.context["groups"]] == ["Antes en las páginas"]
    edition = models.Edition.objects.get(number=2)
    day = f"{timezone.localtime(edition.published_at):%-d}"
    seen = read(page).seen
    assert f"La edición 1 lo decía, hasta que fue reemplazada el {day} de" in seen
    assert "Antes, Mesa: hoy 601 555 0001 es 601 999 8877 · Línea." in seen
    assert change_url(changed) in read(page).links


def test_former_words_are_told_too(admin_client, changed):
    assert found(admin_client, "anaya") == {"Antes en las páginas": ["Antes"]}


def test_a_planned_replacement_is_told(admin_client):
    new = PhoneFactory(phone=NEW, label="Nueva")
    PhoneFactory(phone=OLD, label="Vieja", replaced_by=new, replaced_on=date(2020, 1, 5))
    page = read(asked(admin_client, "601 555 0001", list="1"))
    assert "601 555 0001: es 601 744 2727 · Nueva desde el 5 de enero de 2020." in page.seen


# ---- Where it leads ------------------------------------------------------------------------------


def test_the_number_that_was_typed_whole_opens_at_its_field_and_the_rest_is_one_click_away(
    admin_client, line
):
    response = asked(admin_client, "601 744 2727")
    assert opened(admin_client, "601 744 2727") == f"{change_url(line)}#id_phone"
    page = read(admin_client.get(response.url))
    assert "/admin/search/?q=601+744+2727&list=1" in page.links
    assert page.fields["_back"] == ["/admin/search/?q=601+744+2727"]


def test_two_numbers_with_the_same_end_are_listed(admin_client, line):
    PhoneFactory(phone="+576047442727")
    assert opened(admin_client, "7442727") is None


def test_a_result_leads_to_its_form_its_page_and_its_history(admin_client, line):
    service = models.Service.objects.get()
    links = read(asked(admin_client, "clave-segura", list="1")).links
    assert {service.get_absolute_url(), history_url(service)} <= {*links}
    assert any(link.startswith(change_url(service)) for link in links)


def test_many_of_a_kind_are_listed_behind_one_link(admin_client):
    for _ in range(7):
        ServiceFactory(name="Clave")
    group, *_pages = asked(admin_client, "clave").context["groups"]
    assert (len(group.results), group.all_url) == (5, f"{list_url(models.Service)}?q=clave")
    assert admin_client.get(group.all_url).context["cl"].result_count == 7


# ---- Who finds what ------------------------------------------------------------------------------


def test_who_may_not_view_a_model_finds_nothing_of_it(line, changed):
    assert found(staff("view_service"), "clave segura") == {"Servicios": ["Clave Segura"]}
    assert found(staff("view_notice"), "601 744 2727") == {}
    assert found(staff("view_service"), "601 555 0001") == {}
    reader = staff("view_contactpoint")
    assert [*found(reader, "601 744 2727")] == ["Medios de contacto"]
    told = read(asked(reader, "601 744 2727", list="1")).seen
    assert [name for name in ("Mesa", "Jefe de turno") if name in told] == []
    told = read(asked(staff("view_channel"), "Mesa", list="1")).seen
    assert [text for text in ("744", "1107") if text in told] == []
    assert found(reader, "usuarios") == {}


def test_pages_for_what_nobody_may_add_are_not_found():
    assert found(staff("view_notice"), "avisos") == {"Páginas y configuración": ["Avisos"]}


def test_who_is_not_signed_in_is_asked_to(client):
    assert asked(client, "x").url.startswith("/admin/login/")


# ---- Odd input, and cost -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ODD,
)
def test_odd_texts_find_nothing_and_break_nothing(admin_client, line, text):
    page = asked(admin_client, text)
    assert page.status_code == 200
    assert [group.title for group in page.context["groups"]] == []
    assert "<script>alert" not in page.content.decode()


def test_a_search_without_words_says_what_to_type(admin_client):
    assert "Escriba un número, un nombre" in read(admin_client.get(SEARCH)).seen


@pytest.mark.parametrize("text", ["601 744 2727", "clave", "601 555 0001", "nada de esto", "1107"])
def test_a_search_takes_the_same_queries_for_few_and_for_many(admin_client, line, changed, text):
    counts = []
    for services in (1, 9):
        for _ in range(services):
            service = ServiceFactory(name="Clave")
            channel = ChannelFactory(service=service, contacts=[line])
            channel.contact_uses.update(extensions="1107")
            contact = EscalationContactFactory(name="Clave", contacts=[line])
            AbsenceFactory(contact=contact)
            EscalationPolicyFactory(service=service, levels=[contact])
            UserFactory(first_name="Clave")
            ExceptionFactory(reason="Clave", first_day=date(2027, 1, 1 + service.pk % 28))
            NoticeFactory(service=service)
        publish(models.Service.objects.all())
        asked(admin_client, text, list="1")
        with CaptureQueriesContext(connection) as queries:
            asked(admin_client, text, list="1")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_box_is_on_every_page_of_the_back_office(admin_client):
    service = ServiceFactory()
    pages = ["/admin/", list_url(models.Service), add_url(models.Service), change_url(service)]
    for page in [*pages, "/admin/settings/", "/admin/calendar/"]:
        assert 'role="search" id="search-box"' in admin_client.get(page).content.decode(), page
    popup = admin_client.get(add_url(models.Schedule), {"_popup": "1"}).content.decode()
    assert "search-box" not in popup.partition("<body")[2]
