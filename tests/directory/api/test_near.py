"""A service that there is not: the API names those that may be meant, and leads on only from the
slugs that services had."""

import pytest

from directory.editions.publish import publish
from directory.models import FormerSlug, Service
from tests.directory.api.answers import SERVICES, problem
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db
NEAR = {
    "slug": "clave-segura",
    "name": "Clave Segura",
    "url": "http://testserver/servicios/clave-segura/",
}


@pytest.fixture(autouse=True)
def services():
    service = ServiceFactory(slug="clave-segura", name="Clave Segura")
    FormerSlug.objects.create(slug="firma-digital", service=service)
    ServiceFactory(slug="secreto", name="Clave secreta", is_published=False)
    publish(Service.objects.all())


MISSPELT = [
    "clave-segra/", "Clave_Segura/", "clave segura/", "CLAVE-SEGURA/now/", "clave-segra/editions/",
    "clave-segra/editions/1/", "clave segura/now/", "firma_digital/", "clave-segura/nada/",
]  # fmt: skip


@pytest.mark.parametrize("path", MISSPELT)
def test_a_misspelt_slug_gets_the_services_that_may_be_meant(client, path):
    assert problem(client, SERVICES + path, 404)["near"] == [NEAR]


@pytest.mark.parametrize("path", ["xyzzy/", "%00/", "x\x00/", "%/", "secreto/", "é" * 500 + "/"])
def test_nonsense_gets_none(client, path):
    assert problem(client, SERVICES + path, 404)["near"] == []


@pytest.mark.parametrize("end", ["", "now/", "editions/", "editions/1/"])
def test_a_former_slug_leads_on(client, end):
    response = client.get(f"{SERVICES}firma-digital/{end}?lang=en")
    told = response.status_code, response["Location"]
    assert told == (301, f"{SERVICES}clave-segura/{end}?lang=en")


@pytest.mark.parametrize("path", ["clave-segura", "clave-segura/now", "clave-segura/editions/1"])
def test_a_missing_slash_is_added(client, path):
    response = client.get(SERVICES + path)
    assert (response.status_code, response["Location"]) == (301, f"{SERVICES}{path}/")


def test_an_edition_that_there_is_not_is_no_missing_service(client):
    assert "near" not in problem(client, f"{SERVICES}clave-segura/editions/9/", 404)


@pytest.mark.parametrize("many", [0, 20])
def test_a_misspelt_slug_costs_three_queries(client, django_assert_num_queries, many):
    for number in range(many):
        ServiceFactory(name=f"Clave segura {number}")
    publish(Service.objects.all())
    with django_assert_num_queries(3):
        client.get(f"{SERVICES}clave-segra/")
