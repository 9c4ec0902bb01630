"""Every way in leads somewhere: redirects where it is certain, else pages with what is near."""

from datetime import date

import pytest
from django.conf import settings

from directory.models import FormerSlug, Service
from tests.directory.pages import get, published, text_of
from tests.factories import ServiceFactory
from tests.html import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def services():
    """One was renamed, one has ended."""
    renamed = published(slug="clave-segura", name="Clave Segura")
    FormerSlug.objects.create(slug="firma-digital", service=renamed)
    published(slug="camara", name="Cámara de Comercio")
    ServiceFactory(
        slug="certifactura", name="Certifactura", is_published=False, ended_on=date(2026, 3, 1)
    )


SERVICE = "/servicios/clave-segura/"
CERTAIN = {
    "/servicios/": "/",
    "/servicios": "/",
    "/es/": "/",
    "/es": "/",
    "/en/services/": "/en/",
    "/index.html": "/",
    "/servicios/Clave_Segura/": SERVICE,
    "/servicios/CLAVE-SEGURA/": SERVICE,
    "/servicios/clave segura/": SERVICE,
    "/servicios/clave%20segura": SERVICE,
    "/servicios/clavésegura/": SERVICE,
    "/clave-segura": SERVICE,
    "/Clave-Segura/": SERVICE,
    "/services/clave-segura/": SERVICE,
    "/es/servicios/clave-segura/": SERVICE,
    "/es/Clave_Segura": SERVICE,
    "/servicios/clave-segura.html": SERVICE,
    "/servicios/clave-segura/index.html": SERVICE,
    "/servicios/clave-segura/).": SERVICE,
    "/servicios/firma_digital/": SERVICE,
    "/servicios/firma-digital/": SERVICE,
    "/servicios/camara-de-comercio/": "/servicios/camara/",
    "/en/services/clave-segura/": f"/en{SERVICE}",
    "/EN/servicios/firma-digital": f"/en{SERVICE}",
    "/servicios/Clave_Segura/ediciones/1/": f"{SERVICE}ediciones/1/",
    "/en/services/clave-segura/editions/1/changes/": f"/en{SERVICE}ediciones/1/cambios/",
    "/servicios/Firma_Digital/tarjeta/": f"{SERVICE}tarjeta/",
    "/servicios/clave-segura/CONTACTOS.VCF": f"{SERVICE}contactos.vcf",
    "/en/es/servicios/clave-segura/": f"/en{SERVICE}",
    "/servicios/clave-segura&utm_source=mail": SERVICE,
    "/servicios/clave-segura/qr.svg/": f"{SERVICE}qr.svg",
}


@pytest.mark.parametrize(("path", "address"), CERTAIN.items())
def test_what_is_certain_leads_there_with_what_was_asked(services, client, path, address):
    response = client.get(f"{path}?request_type=queja")
    told = response.status_code, response["Location"], response["Cache-Control"]
    assert told == (301, f"{address}?request_type=queja", "public, no-cache")
    assert client.get(address).status_code == 200


def test_a_missing_slash_leads_on_in_the_end(services, client):
    response = client.get("/servicios/Clave_Segura/ediciones/1", follow=True)
    assert response.request["PATH_INFO"] == f"{SERVICE}ediciones/1/"


# The path, what leads on from it, and what is searched for instead.
NEAR = [
    ("/servicios/clave-segra/", [SERVICE], "clave segra"),
    ("/Clave-segra", [SERVICE], "Clave segra"),
    ("/servicios/clave/segura/", [SERVICE], "clave"),
    ("/servicios/clave-segura/nada/", [SERVICE], "clave segura"),
    ("/ayuda/servicios/clave-segura/", [SERVICE], "clave segura"),
    ("/eo/servicios/clave-segura/", [SERVICE], "clave segura"),
    ("/https://otro.example/servicios/clave-segura/", [SERVICE], "clave segura"),
    ("/servicios/firma-digitall/", [SERVICE], "firma digitall"),
    ("/servicios/soporte-de-la-camara/", ["/servicios/camara/"], "soporte de la camara"),
    ("/servicios/certifactra/", ["/servicios/certifactura/"], "certifactra"),
    ("/servicios/nada-asi/", [], "nada asi"),
    ("/en/servicios/clave-segra/", [f"/en{SERVICE}"], "clave segra"),
    ("/%", [], ""),
    ("/%zz/%%", [], "zz"),
    ("/servicios/%00/", [], ""),
    ("/servicios/" + "clave-segura" * 50 + "/", [], ""),
]


@pytest.mark.parametrize(("path", "near", "words"), NEAR)
def test_what_is_not_certain_gets_a_page_with_what_may_be_meant(
    services, client, path, near, words
):
    page = get(client, path, status=404)
    here = path.removeprefix("/en")
    switches = {here, *(f"/{code}{here}" for code, _name in settings.LANGUAGES)}
    links = [link for link in page.seen_links if "/servicios/" in link]
    assert [link for link in links if link not in switches] == near
    assert page.fields["q"] == [words]


def test_what_looks_like_another_host_is_none(services, client):
    response = client.get("/", PATH_INFO="//otro.example/servicios/clave-segura/")
    links = Page(response.content.decode()).links
    assert response.status_code == 404
    assert [link for link in links if "otro.example" in link] == [
        f"/{code}/%2Fotro.example/servicios/clave-segura/" for code, _ in settings.LANGUAGES[1:]
    ]


def test_a_near_service_has_its_state_and_its_number(services, client):
    page = get(client, "/servicios/clave-segra/", status=404)
    assert "¿Quiso decir…? Clave Segura Atiende ahora" in page.seen
    assert [link for link in page.links if link.startswith("tel:")] != []


def test_a_near_service_says_what_it_was_called_before_or_that_it_ended(services, client):
    assert "antes era «firma-digital»" in get(client, "/servicios/firma-digitall/", status=404).seen
    assert (
        "Terminó el 1 de marzo de 2026" in get(client, "/servicios/certifactra/", status=404).seen
    )


@pytest.mark.parametrize("path", ["/servicios/Certi_Factura/", "/Certifactura", "/certifactura/x"])
def test_what_ended_says_so_however_it_is_spelt(services, client, path):
    response = client.get(path)
    assert (response.status_code, "ya no se ofrece" in text_of(response)) == (410, True)


def test_what_was_sent_to_a_misspelt_address_is_not_sent_on(services, client):
    assert client.post("/servicios/Clave Segura/").status_code == 404


@pytest.mark.parametrize("under", ["seguir/", "avisar/"])
def test_what_was_sent_to_a_former_address_goes_along(services, client, under):
    response = client.post(f"/en/servicios/firma-digital/{under}", {"a": "b"})
    assert (response.status_code, response["Location"]) == (307, f"/en{SERVICE}{under}")


def test_a_page_that_is_missing_today_may_be_there_tomorrow(services, client):
    assert client.get("/servicios/clave-segra/")["Cache-Control"] == "public, no-cache"


def test_a_draft_is_never_near(services, client):
    ServiceFactory(slug="borrador-secreto", name="Borrador secreto", is_published=False)
    Service.objects.filter(slug="camara").update(is_published=False)
    for path in ("/servicios/borrador-secret/", "/borrador-secreto/", "/servicios/camra/"):
        page = get(client, path, status=404)
        switches = [f"/{code}{path}" for code, _name in settings.LANGUAGES]
        assert [link for link in page.links if "borrador" in link and link not in switches] == []
        assert "Cámara" not in page.text


@pytest.mark.parametrize("many", [0, 20])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/servicios/clave-segra/", 3),
        ("/servicios/Clave_Segura/", 2),
        ("/servicios/firma-digital/", 2),
        ("/Clave_Segura/", 1),
        ("/clave-segra/", 2),
        ("/certifactura/", 2),
        ("/servicios/", 0),
        ("/%00/", 0),
        ("/" + "x" * 3000, 0),
    ],
)
def test_no_way_in_costs_more_than_three_queries(
    services, client, django_assert_num_queries, path, queries, many
):
    for number in range(many):
        published(slug=f"clave-segura-{number}", name=f"Clave segura {number}")
    with django_assert_num_queries(queries):
        client.get(path)
