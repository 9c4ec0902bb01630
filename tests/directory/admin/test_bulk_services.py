"""Services are copied in the back office."""

import pytest
from django.contrib.admin.models import LogEntry

from directory.models import Service
from tests import factories
from tests.addresses import change_url, page_url
from tests.html import inline_code
from tests.people import staff

pytestmark = pytest.mark.django_db


def copy_address(service):
    return page_url(service, "copy", service.pk)


def test_a_service_is_copied_and_its_copy_opened(admin_client):
    service = factories.complete_service()
    form = change_url(service)
    assert f'href="{copy_address(service)}"' in admin_client.get(form).content.decode()
    assert inline_code(admin_client.get(copy_address(service))) == []
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
    assert list(page.context["form"].errors) == [field]
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
