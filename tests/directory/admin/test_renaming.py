"""The address of a service is changed in its form; the earlier one leads on."""

import pytest

from directory.editions.publish import publish
from directory.models import FormerSlug, Service
from tests.addresses import change_url
from tests.directory.pages import published, text_of
from tests.editing import problems, stored
from tests.factories import ServiceFactory
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db
ENDS = ["", "ediciones/", "ediciones/1/", "cambios.atom", "contactos.vcf", "qr.svg", "tarjeta/"]


def rename(client, service, slug):
    return submit(client, change_url(service), slug=slug, _knowingly="yes")


def former():
    return {each.slug: each.service.slug for each in FormerSlug.objects.all()}


@pytest.fixture
def service():
    return published(slug="mesa", name="Mesa de ayuda")


def test_what_becomes_of_the_old_address_is_told_before_it_is_saved(admin_client, service):
    page = submit(admin_client, change_url(service), slug="ayuda")
    warning = text_of(page).partition('class="warning"')[2].partition("</li>")[0]
    assert "/servicios/ayuda/" in warning
    assert "/servicios/mesa/" in warning
    assert 'href="/servicios/ayuda/"' not in text_of(page)
    assert (stored(service, "slug"), former()) == ("mesa", {})
    saved = admin_client.post(change_url(service), {**form_values(page), "_save": "1"})
    assert (saved.status_code, stored(service, "slug"), former()) == (
        302,
        "ayuda",
        {"mesa": "ayuda"},
    )


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("end", ENDS)
def test_every_old_address_leads_to_the_new_one(admin_client, client, service, prefix, end):
    rename(admin_client, service, "ayuda")
    rename(admin_client, service, "soporte")
    for old in ("mesa", "ayuda"):
        response = client.get(f"{prefix}/servicios/{old}/{end}?request_type=todas")
        assert response.status_code == 301
        assert response["Location"] == f"{prefix}/servicios/soporte/{end}?request_type=todas"
    assert client.get(f"{prefix}/servicios/soporte/{end}").status_code == 200
    assert client.get("/api/v1/services/mesa/now/")["Location"] == "/api/v1/services/soporte/now/"


def test_the_page_says_what_it_was_called_last(admin_client, client, service):
    rename(admin_client, service, "ayuda")
    rename(admin_client, service, "soporte")
    assert client.get("/api/v1/services/soporte/").json()["renamed_from"] == "ayuda"


def test_renamed_back_the_other_address_leads_here(admin_client, client, service):
    rename(admin_client, service, "ayuda")
    rename(admin_client, service, "mesa")
    assert former() == {"ayuda": "mesa"}
    assert client.get("/servicios/mesa/").status_code == 200
    assert client.get("/servicios/ayuda/")["Location"] == "/servicios/mesa/"


def test_another_service_takes_neither_an_address_nor_a_former_one(admin_client, service):
    other = published(slug="otro", name="Otro")
    rename(admin_client, service, "ayuda")
    for slug, said in [
        ("ayuda", "ya está en uso"),
        ("mesa", "dirección anterior de «Mesa de ayuda»"),
    ]:
        [(where, message)] = problems(rename(admin_client, other, slug), 200)
        assert (where, said in message) == ("Dirección de la página", True)
    assert (stored(other, "slug"), former()) == ("otro", {"mesa": "ayuda"})


@pytest.mark.parametrize("slug", ["", "con espacios", "a/b", "ñ" * 60, "../x", "a\nb"])
def test_what_is_no_address_is_refused(admin_client, service, slug):
    assert problems(rename(admin_client, service, slug), 200)
    assert (stored(service, "slug"), former()) == ("mesa", {})


def test_a_draft_leaves_its_address_to_others(admin_client):
    draft = ServiceFactory(slug="borrador", is_published=False)
    assert submit(admin_client, change_url(draft), slug="otra").status_code == 302
    assert (stored(draft, "slug"), former()) == ("otra", {})


def test_a_new_service_does_not_take_a_former_address(admin_client, service):
    rename(admin_client, service, "ayuda")
    with pytest.raises(Exception, match="dirección anterior"):
        Service(slug="mesa", name="Nueva").full_clean()


def test_a_trial_keeps_nothing(admin_client, service):
    submit(admin_client, change_url(service), "_preview", slug="ayuda")
    assert former() == {}
    publish(Service.objects.all())
    assert stored(service, "slug") == "mesa"
