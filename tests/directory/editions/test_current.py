"""The statement that asks for the current edition of one service."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.editions.current import current_of
from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db


def test_finds_the_current_edition_of_each_with_its_record():
    one, other = ServiceFactory(slug="uno"), ServiceFactory(slug="otro")
    publish(Service.objects.all())
    Service.objects.filter(pk=one.pk).update(introduction="Hola")
    publish(Service.objects.all())
    for service, number in ((one, 2), (other, 1)):
        with CaptureQueriesContext(connection) as queries:
            found = current_of(service.slug)
        assert found == Edition.objects.current(slug=service.slug).get()
        assert (found.service_id, found.number, found.on_record) == (service.pk, number, number)
        assert found.digest_on_record == found.digest
        assert len(queries) == 1


def test_finds_nothing_of_what_is_not_published():
    ServiceFactory(slug="uno")
    publish(Service.objects.all())
    Service.objects.update(is_published=False)
    assert current_of("uno") is None
    assert current_of("otro") is None
    assert current_of("*") is None
