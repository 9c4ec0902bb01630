"""What publishing would change, without the back office around it."""

import pytest

from directory.editions import dry_run
from directory.models import Service
from tests.factories import ServiceFactory, complete_service

pytestmark = pytest.mark.django_db


def test_a_page_that_was_never_published_is_a_first_edition():
    service = complete_service()
    [group] = dry_run.page_changes(Service.objects.all()).groups
    assert group.services == [service]
    assert group.sentences == ("Primera edición: 2 canales y 2 niveles de escalamiento",)


def test_only_so_many_pages_are_compared_and_the_others_are_counted(monkeypatch):
    monkeypatch.setattr(dry_run, "COMPARED_AT_MOST", 1)
    compared, *_others = [ServiceFactory(name=name) for name in ("Dos", "Tres", "Uno")]
    changed = dry_run.page_changes(Service.objects.all())
    assert [group.services for group in changed.groups] == [[compared]]
    assert (changed.count, changed.not_compared) == (1, 2)
