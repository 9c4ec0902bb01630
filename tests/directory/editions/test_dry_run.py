"""What publishing would change, without the back office around it."""

import pytest

from directory.editions import dry_run
from directory.editions.publish import publish
from directory.models import Service
from tests.factories import ServiceFactory, complete_service

pytestmark = pytest.mark.django_db


def test_a_page_that_was_never_published_is_a_first_edition():
    service = complete_service()
    [group] = dry_run.page_changes(Service.objects.all()).groups
    assert group.services == [service]
    assert group.sentences == ("Primera edición: 2 canales y 2 niveles de escalamiento",)


def test_only_so_many_pages_are_compared_and_all_are_counted_and_sealed(monkeypatch):
    monkeypatch.setattr(dry_run, "COMPARED_AT_MOST", 1)
    compared, counted, known = [ServiceFactory(name=name) for name in ("Dos", "Tres", "Uno")]
    publish(Service.objects.filter(pk=known.pk))
    changed = dry_run.page_changes(Service.objects.all())
    assert [group.services for group in changed.groups] == [[compared]]
    assert (changed.more, changed.count) == (1, 2)
    Service.objects.filter(pk=counted.pk).update(introduction="Hola")
    assert dry_run.page_changes(Service.objects.all()).fingerprint != changed.fingerprint
