"""An edition that is put back whole is what customers read again."""

from random import Random

import pytest
from django.core.management import call_command

from directory.editions.publish import publish
from directory.imports.restoring.restoration import Restoration
from directory.imports.restoring.state import document_of
from directory.models import Service
from tests.directory.imports.restoring.mutations import comparable, composed, do_something
from tests.factories import UserFactory

FIXTURES = (
    "shared",
    "camara_comercio_bogota",
    "certifactura",
    "clave_segura",
    "mesa_de_ayuda",
    "subasta_electronica",
)


def restore_all(edition):
    restoration = Restoration(edition)
    outcome = restoration.restore(restoration.facts, UserFactory(), lambda outcome: True)
    assert outcome.problems == []
    return outcome


@pytest.fixture
def directory(db):
    call_command("loaddata", *FIXTURES, verbosity=0)
    return list(Service.objects.order_by("slug"))


def test_what_was_not_changed_has_no_facts(directory):
    for service in directory:
        restoration = Restoration(service.editions.get())
        assert restoration.facts == []


@pytest.mark.parametrize("seed", range(30))
def test_all_facts_bring_back_what_customers_read(directory, seed):
    chance = Random(seed)  # noqa: S311
    service = chance.choice(directory)
    for _number in range(chance.randrange(4)):
        do_something(chance, service)
    publish(Service.objects.all())
    edition = service.editions.latest()
    before = comparable(composed(service))
    for _number in range(chance.randrange(1, 12)):
        do_something(chance, service)
    restore_all(edition)
    assert comparable(composed(service)) == before


@pytest.mark.parametrize("seed", range(30, 45))
def test_no_facts_change_nothing(directory, seed):
    chance = Random(seed)  # noqa: S311
    service = chance.choice(directory)
    edition = service.editions.get()
    for _number in range(chance.randrange(1, 12)):
        do_something(chance, service)
    publish(Service.objects.all())
    restoration = Restoration(edition)
    before = composed(service)
    assert comparable(document_of(restoration.now, service.slug)) == comparable(before)
    outcome = restoration.restore([], UserFactory(), lambda outcome: True)
    assert (outcome.problems, outcome.editions) == ([], [])
    assert composed(service) == before


@pytest.mark.parametrize("seed", range(45, 65))
def test_some_facts_are_put_back_or_what_is_wrong_is_told_and_nothing_changes(directory, seed):
    chance = Random(seed)  # noqa: S311
    service = chance.choice(directory)
    edition = service.editions.get()
    for _number in range(12):
        do_something(chance, service)
    publish(Service.objects.all())
    before = composed(service)
    restoration = Restoration(edition)
    wanted = [fact for fact in restoration.facts if chance.random() < 0.5]
    outcome = restoration.restore(wanted, UserFactory(), lambda outcome: True)
    if outcome.problems:
        assert composed(service) == before
        return
    left = {fact.key for fact in Restoration(edition).facts}
    assert not {fact.key for fact in wanted} & left
