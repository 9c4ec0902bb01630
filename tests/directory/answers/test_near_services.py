"""The services that are meant by names and addresses that are almost theirs."""

from datetime import date

import pytest

from directory.answers.near_services import candidates, certain, near_services
from directory.editions.publish import publish
from directory.models import Edition, FormerSlug, Service
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


def publish_all():
    publish(Service.objects.all())


def near(*texts):
    services, editions = Service.objects.with_an_address(), Edition.objects.public()
    return [each.name for each in near_services(services, editions, *texts)]


def meant(text):
    found = certain(candidates(Service.objects.with_an_address(), text), text)
    return found and found.slug


NAMES = ("Clave Segura", "Certifactura", "Subasta Electrónica", "Mesa de Ayuda",
         "Cámara de Comercio de Bogotá")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("clabe segura", ["Clave Segura"]),
        ("clave sgura", ["Clave Segura"]),
        ("calve", ["Clave Segura"]),
        ("clave_segura", ["Clave Segura"]),
        ("clavesegura", ["Clave Segura"]),
        ("Certifatcura", ["Certifactura"]),
        ("certi factura", ["Certifactura"]),
        ("substa electronica", ["Subasta Electrónica"]),
        ("camara comersio", ["Cámara de Comercio de Bogotá"]),
        ("meza de ayuda", ["Mesa de Ayuda"]),
        ("xyzzy", []),
        ("de", []),
        ("%%%", []),
        ("ña" * 50, []),
    ],
)
def test_near_names_are_offered(text, names):
    for number, name in enumerate(NAMES):
        ServiceFactory(slug=f"s{number}", name=name)
    publish_all()
    assert near(text) == names


def test_near_names_of_many_services_are_the_nearest():
    for number in range(8):
        ServiceFactory(slug=f"s{number}", name=f"Certificado {'abcdefgh'[number] * 3}")
    publish_all()
    assert near("certificdo ccc")[0] == "Certificado ccc"


@pytest.fixture
def services():
    """One was called “firmas” before; one has ended, and was called “facturas”; one is a draft."""
    clave = ServiceFactory(slug="clave-segura", name="Clave Segura para todos")
    FormerSlug.objects.create(slug="firmas-digitales", service=clave)
    ServiceFactory(slug="ccb", name="Cámara de Comercio")
    ended = ServiceFactory(
        slug="certifactura", name="Certifáctura", is_published=False, ended_on=date(2026, 3, 1)
    )
    FormerSlug.objects.create(slug="facturas_de_venta", service=ended)
    ServiceFactory(slug="borrador-secreto", name="Borrador secreto", is_published=False)
    publish_all()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("clave-segura", "clave-segura"),
        ("CLAVE_SEGURA", "clave-segura"),
        ("clave segura", "clave-segura"),
        ("claveségura", "clave-segura"),
        ("clave--segura-", "clave-segura"),
        ("clave segura para todos", "clave-segura"),
        ("Firmas Digitales", "clave-segura"),
        ("CCB", "ccb"),
        ("certifactura", "certifactura"),
        ("CertiFáctura", "certifactura"),
        ("facturas-de-venta", "certifactura"),
        ("clave", None),
        ("clave-segur", None),
        ("clave-segura-2", None),
        ("borrador-secreto", None),
        ("", None),
        ("\x00", None),
        ("clave-segura" * 20, None),
    ],
)
def test_what_is_certain_is_the_same_but_for_capitals_accents_and_signs(services, text, slug):
    assert meant(text) == slug


def test_what_two_services_are_called_is_certain_of_none():
    for slug in ("a-bcde", "ab-cde"):
        ServiceFactory(slug=slug, name="Igual")
    publish_all()
    assert (meant("abcde"), meant("igual"), meant("ab-cde")) == (None, None, "ab-cde")


def test_a_slug_of_today_goes_before_one_of_another_time(services):
    other = Service.objects.get(slug="ccb")
    FormerSlug.objects.create(slug="clavesegura", service=other)
    assert meant("CLAVE-SEGURA") == "clave-segura"


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["clave-segra"], ["Clave Segura para todos"]),
        (["firmas-digitalez"], ["Clave Segura para todos"]),
        (["certifactra"], ["Certifáctura"]),
        (["factura-de-venta"], ["Certifáctura"]),
        (["ayuda con clave-segura por favor"], ["Clave Segura para todos"]),
        (["nada", "camara"], ["Cámara de Comercio"]),
        (["borrador-secreto"], []),
        (["ccd"], []),
    ],
)
def test_near_are_slugs_former_ones_and_what_has_ended(services, texts, names):
    assert near(*texts) == names


def test_what_is_not_published_is_no_near_name(services):
    Service.objects.filter(slug="clave-segura").update(name="Fusión con otra empresa")
    assert (near("fusion con otra"), near("clave segra")) == ([], ["Clave Segura para todos"])


@pytest.mark.parametrize("many", [1, 30])
def test_near_services_cost_two_queries(django_assert_num_queries, many):
    for number in range(many):
        service = ServiceFactory(name=f"Certificado {number}")
        FormerSlug.objects.create(slug=f"certificado-{number}-antes", service=service)
    publish_all()
    with django_assert_num_queries(2):
        assert len(near("certificdo", "otra cosa")) == min(many, 5)
