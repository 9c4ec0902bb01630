"""Services that ended: every address of theirs says so, and what to use instead."""

from datetime import date

import pytest
from django.core.management import call_command

from directory.editions.publish import publish
from directory.models import FormerSlug, Service
from tests.directory.pages import published, text_of
from tests.factories import ServiceFactory
from tests.html import Page

pytestmark = pytest.mark.django_db
ENDS = [
    "",
    "ediciones/",
    "ediciones/1/",
    "ediciones/1/cambios/",
    "cambios.atom",
    "contactos.vcf",
    "qr.svg",
    "tarjeta/",
]
NOTE = "Los certificados se piden en Clave Segura, al 601 744 2727."


def end(service, on=date(2026, 3, 1), note=NOTE, successor=None):
    values = {"ended_on": on, "ended_note": note, "successor": successor, "is_published": False}
    Service.objects.filter(pk=service.pk).update(**values)


@pytest.fixture
def successor():
    return published(slug="clave-segura", name="Clave Segura")


@pytest.fixture
def ended(successor):
    """It was called “certificados” before, and Clave Segura takes its place."""
    service = published(slug="certifactura", name="Certifactura")
    FormerSlug.objects.create(slug="certificados", service=service)
    end(service, successor=successor)
    return service


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("slug", ["certifactura", "certificados"])
@pytest.mark.parametrize("path", ENDS)
def test_every_address_tells_that_it_ended_since_when_and_what_to_use_instead(
    ended, client, prefix, slug, path
):
    response = client.get(f"{prefix}/servicios/{slug}/{path}")

    page = text_of(response)
    day = "March 1, 2026" if prefix else "1 de marzo de 2026"
    leads_to = f'href="{prefix}/servicios/clave-segura/"'
    assert response.status_code == 410
    assert [each in page for each in ("Certifactura", day, NOTE, leads_to)] == [True] * 4
    assert response["Cache-Control"] == "public, no-cache"


def test_words_of_staff_stand_in_their_own_language(ended, client):
    page = Page(client.get("/en/servicios/certifactura/").content.decode())
    assert NOTE in page.by_language["es"]


def test_the_card_may_be_framed_and_the_page_may_not(ended, client):
    card, page = (client.get(f"/servicios/certifactura/{end}") for end in ("tarjeta/", ""))
    assert [each.has_header("X-Frame-Options") for each in (card, page)] == [False, True]
    assert "frame-ancestors *" in card["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["", "now/", "editions/", "editions/1/"])
@pytest.mark.parametrize("slug", ["certifactura", "certificados"])
def test_programs_get_a_problem_document(ended, client, slug, path):
    response = client.get(f"/api/v1/services/{slug}/{path}")
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()) == (
        410,
        {
            "type": "about:blank",
            "title": "Ya no se ofrece",
            "status": 410,
            "detail": f"«Certifactura» ya no se ofrece, desde el 1 de marzo de 2026. {NOTE}",
            "name": "Certifactura",
            "ended_on": "2026-03-01",
            "note": NOTE,
            "successor": {
                "slug": "clave-segura",
                "name": "Clave Segura",
                "url": "http://testserver/servicios/clave-segura/",
            },
        },
    )


def test_what_ended_in_turn_leads_to_what_took_its_place(ended, successor, client):
    newest = published(slug="firma", name="Firma")
    end(successor, successor=newest)
    assert 'href="/servicios/firma/"' in text_of(client.get("/servicios/certifactura/"))


def test_services_that_lead_to_each_other_lead_nowhere(ended, successor, client):
    end(successor, successor=ended)
    response = client.get("/servicios/certifactura/")
    assert (response.status_code, "Use en su lugar" in text_of(response)) == (410, False)


def test_a_successor_without_a_page_is_not_linked(ended, successor, client):
    Service.objects.filter(pk=successor.pk).update(is_published=False)
    assert "clave-segura" not in text_of(client.get("/servicios/certifactura/"))


def test_lists_leave_it_out_and_a_search_by_its_name_tells_that_it_ended(ended, client):
    # What nobody sees is no question.
    for query in ("", "\u200b"):
        assert "Certifactura" not in text_of(client.get("/", {"q": query}))
    found = text_of(client.get("/", {"q": "certifáctura"}))
    assert 'href="/servicios/certifactura/"' in found
    assert "Terminó el 1 de marzo de 2026" in found


@pytest.mark.parametrize("text", ["certificados", "CERTI factura", "certifactura certificados"])
def test_a_search_knows_what_ended_by_its_addresses_too(ended, client, text):
    assert 'href="/servicios/certifactura/"' in text_of(client.get("/", {"q": text}))


def test_withdrawn_and_unknown_services_are_not_found_as_before(client):
    ServiceFactory(slug="retirado", is_published=False)
    found = [client.get(f"/servicios/{slug}/").status_code for slug in ("retirado", "nada")]
    assert found == [404, 404]


def test_offered_again_it_has_its_page_again(ended, client):
    values = {"ended_on": None, "is_published": True}
    Service.objects.filter(pk=ended.pk).update(**values)
    publish(Service.objects.all())
    assert client.get("/servicios/certifactura/").status_code == 200
    assert client.get("/servicios/certificados/").status_code == 301


def test_a_mirror_has_a_page_for_it_at_all_its_addresses(ended, tmp_path):
    call_command("export_site", tmp_path / "copia", verbosity=0)
    for path in ("certifactura", "certificados", "certifactura/tarjeta"):
        page = (tmp_path / "copia" / "servicios" / path / "index.html").read_text("utf-8")
        assert NOTE in page
    assert "certifactura" not in (tmp_path / "copia" / "sitemap-services.xml").read_text("utf-8")


def test_it_may_not_end_on_a_day_to_come():
    with pytest.raises(Exception, match="ended_on"):
        ServiceFactory.build(ended_on=date(2999, 1, 1), is_published=False).full_clean()
