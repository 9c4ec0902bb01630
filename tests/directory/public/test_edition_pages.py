"""Reading the past: the list of editions, each as it was published, what it changed, the feed."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import Service
from escalations.models import EscalationContact
from tests.directory.pages import get, text_of
from tests.directory.withdrawals import (
    FIRST,
    address,
    publish_with,
    service_with_line,
    withdraw_edition,
)
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
)
from tests.html import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
ATOM = "{http://www.w3.org/2005/Atom}"


# ---- The list ------------------------------------------------------------------------------


@pytest.mark.parametrize("editions", [1, 3])
def test_list_costs_the_same_at_any_length(client, django_assert_num_queries, editions):
    _service, line = service_with_line()
    for number in range(editions):
        publish_with(line, f"+57601744000{number}", FIRST.replace(day=number + 1))
    with django_assert_num_queries(3):
        assert text_of(client.get(address("edition-list"))).count("Edición ") >= editions
    with django_assert_num_queries(3):
        answer = client.get(reverse("api:edition-list", args=["servicio"])).json()
    with django_assert_num_queries(1):
        feed = client.get(address("changes-feed")).content
    assert (answer["count"], feed.count(b"<entry>")) == (editions, editions)


def test_list_leads_to_all_ways_to_follow(thrice, client):
    assert f'href="{address("follow")}"' in text_of(client.get(address("edition-list")))


def test_authors_are_for_staff(thrice, client):
    assert "operadora" not in text_of(client.get(address("edition-list")))
    client.force_login(UserFactory(is_staff=True))
    response = client.get(address("edition-list"))
    assert "operadora" in text_of(response)
    assert "no-store" in response["Cache-Control"]


def test_service_page_leads_to_its_editions(thrice, client):
    page = text_of(client.get(address("service-detail")))
    for name in ("edition-list", "changes-feed"):
        assert f'href="{address(name)}"' in page


def test_page_of_the_first_edition_leads_to_no_changes(client):
    ServiceFactory(slug="servicio")
    publish(Service.objects.all())
    page = text_of(client.get(address("service-detail")))
    assert address("edition-list") in page
    assert address("edition-changes", 1) not in page


# ---- One edition ---------------------------------------------------------------------------


def test_past_edition_reads_as_it_was_published(thrice, client):
    response = client.get(address("edition-detail", 1))
    page = text_of(response)
    assert "601 744 2727" in page
    assert "No es la vigente" in page
    assert (
        "Desde el 1 de marzo de 2026, 10:00 a.m. "
        "hasta el 3 de marzo de 2026, 10:00 a.m. la página se leía así."
    ) in page
    assert "Consultado el martes 10 de marzo de 2026" in page
    assert f'href="{address("service-detail")}"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["X-Robots-Tag"] == "noindex"


def test_current_edition_says_that_it_is(thrice, client):
    page = text_of(client.get(address("edition-detail", 3)))
    assert "Esta es la edición 3, la vigente." in page
    assert "Desde el 5 de marzo de 2026, 10:00 a.m. la página muestra esta edición." in page


@pytest.mark.parametrize("number", [0, 4, 10**30])
@pytest.mark.parametrize("name", ["edition-detail", "edition-changes"])
def test_unknown_number_is_not_found_and_lists_those_there_are(thrice, client, name, number):
    response = client.get(address(name, number))
    assert response.status_code == 404
    page = text_of(response)
    assert "sus ediciones van de la 1 a la 3" in page
    for known in (1, 2, 3):
        assert f'href="{address("edition-detail", known)}"' in page


@pytest.mark.parametrize("name", ["edition-list", "changes-feed"])
def test_editions_of_no_service_and_of_drafts_are_not_found(thrice, client, name):
    unknown = client.get(reverse(f"directory:{name}", args=["otro"]))
    Service.objects.update(is_published=False)
    drafts = [client.get(address(name)), client.get(address("edition-detail", 1))]
    assert [each.status_code for each in (unknown, *drafts)] == [404, 404, 404]
    assert not any("601 74" in text_of(each) for each in drafts)


def test_changes_stand_field_by_field_and_not_only_in_colour(thrice, client):
    page = text_of(client.get(address("edition-changes", 3)))
    assert "<dt>Antes</dt> <dd><del>310 555 0199</del></dd>" in page
    assert "<dt>Después</dt> <dd><ins>601 745 0000</ins></dd>" in page


# ---- By date -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2026-03-01T10:00", 1),
        ("2026-03-03T09:59", 1),
        ("2026-03-03T10:00", 2),
        ("2026-03-03T15:00:00Z", 2),
        ("2026-03-09T23:00", 3),
    ],
)
def test_date_and_time_leads_to_the_edition_of_then(thrice, client, asked, number):
    response = client.get(address("edition-list"), {"at": asked}, follow=True)
    assert response.redirect_chain[0][0].startswith(address("edition-detail", number))
    assert response.status_code == 200


def test_edition_found_by_date_reads_as_at_that_instant(thrice, client):
    """Also where an address has the name that the parameter had before."""
    instant, found = "2026-03-04T08:30", f"{address('edition-detail', 2)}?at=2026-03-04T08%3A30"
    page = text_of(client.get(found))
    assert "El 4 de marzo de 2026, 8:30 a.m. se leía así." in page
    for name in ("at", "en"):
        response = client.get(address("edition-list"), {name: instant}, follow=True)
        assert (response.redirect_chain, text_of(response)) == ([(found, 302)], page)
        read = text_of(client.get(address("edition-detail", 2), {name: instant}))
        assert read.replace("en=2026", "at=2026") == page


def test_instant_of_another_edition_is_passed_over(thrice, client):
    response = client.get(address("edition-detail", 1), {"at": "2026-03-04T08:30"})
    assert "El 4 de marzo de 2026, 8:30 a.m." not in text_of(response)
    assert "601 744 2727" in text_of(response)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "Escriba una fecha y una hora."),
        ("ayer", "Escriba una fecha y una hora, por ejemplo 2026-03-03T10:00."),
        ("2026-02-30T10:00", "Escriba una fecha y una hora, por ejemplo 2026-03-03T10:00."),
        ("0001-01-01T00:00", "Consulte una fecha entre 1970 y 2199."),
        ("9999-12-31T23:59", "Consulte una fecha entre 1970 y 2199."),
        ("2026-02-28T10:00", "En ese momento la página todavía no estaba publicada."),
        ("2026-03-11T10:00", "Esa fecha aún no llega."),
        ("\x00", "Escriba una fecha y una hora, por ejemplo 2026-03-03T10:00."),
    ],
)
def test_unusable_date_is_refused_at_the_field(thrice, client, asked, message):
    response = client.get(address("edition-list"), {"at": asked})
    assert response.status_code == 200
    assert message in text_of(response)


# ---- In English ----------------------------------------------------------------------------


def test_english_pages_of_editions_mark_what_is_spanish(thrice, client):
    channel = thrice.channels.get()
    channel.title, channel.description = "Línea directa", "Solo para clientes"
    channel.save()
    EscalationPolicyFactory(service=thrice, levels=[EscalationContactFactory(name="Jefe")])
    publish(Service.objects.all())
    EscalationContact.objects.update(name="Jefa")
    publish(Service.objects.all())

    page = text_of(client.get("/en/servicios/servicio/ediciones/4/cambios/"))
    assert '<a href="/en/servicios/servicio/" lang="es">Servicio</a>' in page
    assert '<span class="change-place"><span lang="es">Línea directa</span></span>' in page
    assert '<dd lang="es"><ins>Solo para clientes</ins></dd>' in page
    page = text_of(client.get("/en/servicios/servicio/ediciones/5/cambios/"))
    assert '<span class="change-place"><span>Level 1</span></span>' in page
    assert '<dd lang="es"><del>Jefe</del></dd>' in page
    channel.title = "Telefónico"
    channel.save()
    publish(Service.objects.all())
    page = text_of(client.get("/en/servicios/servicio/ediciones/6/cambios/"))
    assert '<dd lang="es"><del>Línea directa</del></dd>' in page
    assert "<dd><ins>By telephone</ins></dd>" in page
    page = text_of(client.get("/en/servicios/servicio/ediciones/"))
    assert '<h1> Editions of <span lang="es">Servicio</span> </h1>' in page
    page = text_of(client.get("/servicios/servicio/ediciones/"))
    assert "<h1> Ediciones de Servicio </h1>" in page


# ---- Feed and API --------------------------------------------------------------------------


def test_feed_tells_what_the_list_tells(thrice, client):
    response = client.get(address("changes-feed"))
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    assert feed.findtext(f"{ATOM}title") == "Cambios de Servicio"
    assert [
        tuple(entry.findtext(ATOM + name) for name in ("title", "updated", "summary"))
        for entry in feed.findall(f"{ATOM}entry")[:2]
    ] == [
        (
            "Edición 3: Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»",
            "2026-03-05T15:00:00+00:00",
            "<ul><li>Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»</li></ul>",
        ),
        (
            "Edición 2: Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»",
            "2026-03-03T15:00:00+00:00",
            "<ul><li>Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»</li></ul>",
        ),
    ]


def test_english_pages_tell_in_english(thrice, client):
    page = text_of(client.get(f"/en{address('edition-list')}"))
    assert "Phone: +57 310 555 0199 → +57 601 745 0000 in “By telephone”" in page


def test_feed_updates_the_entry_of_a_withdrawn_edition(thrice, client):
    withdraw_edition(thrice, 2)
    feed = ElementTree.fromstring(client.get(address("changes-feed")).content)  # noqa: S314
    entry = feed.findall(f"{ATOM}entry")[1]
    assert entry.findtext(f"{ATOM}title") == "Edición 2 (retirada)"
    assert entry.findtext(f"{ATOM}updated") == "2026-03-10T15:00:00+00:00"


def test_addresses_in_changes_break_where_those_of_contacts_do(client):
    service = complete_service(slug="mesa")
    ChannelFactory(service=service, contacts=[EmailFactory(email="mesa.ayuda@example.com")])
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/ediciones/1/cambios/").content.decode()
    # What it counts, then its three channels and two levels, each a line.
    assert html.count('<span class="line">') == 6
    assert ">Telefónico: mesa<wbr>.ayuda@<wbr>example.com · " in html


@pytest.mark.parametrize("path", ["ediciones/", "ediciones/1/", "ediciones/1/cambios/"])
def test_instants_of_editions_name_whose_time_it_is_to_readers_of_other_languages(client, path):
    ServiceFactory(slug="mesa")
    publish(Service.objects.all())
    english, spanish = (
        read(client.get(f"{language}/servicios/mesa/{path}")).seen for language in ("/en", "")
    )
    assert (english.count("(Bogotá time)"), spanish.count("hora de Bogotá")) == (1, 0)


def test_the_day_of_an_edition_is_the_organisations(client):
    ServiceFactory(slug="mesa")
    # A minute before midnight in Bogotá: in UTC it is the 24th.
    with time_machine.travel(datetime.fromisoformat("2026-11-23T23:59:00-05:00"), tick=False):
        publish(Service.objects.all())
    for path in ("", "ediciones/1/"):
        page = get(client, f"/servicios/mesa/{path}", at="2026-11-24T08:00:00-05:00").text
        assert "Edición 1 del 23 de noviembre de 2026" in page, path
        assert "Edición 1 del 24" not in page, path
