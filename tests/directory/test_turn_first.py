"""Whoever publishes, or changes what is published, takes the publishing turn before any row: so two
who write the same rows in another order never wait for each other.

A new act of the back office is one of EVERY_ACT (`tests/directory/admin/test_every_act.py` says
so); a new command has to be named here.
"""

import io
import pkgutil
from datetime import date

import pytest
from django.core.management import call_command

from directory.editions.publish import publish
from directory.management import commands
from directory.models import ContactPoint, Edition, Proposal, Service, WithheldText
from tests.addresses import page_url
from tests.directory.admin.four_eyes.proposals import decide
from tests.directory.admin.four_eyes.test_every_act_waits import EVERY_ACT
from tests.directory.admin.test_occurrences import withdraw_all
from tests.directory.editions.signed import made_key
from tests.directory.turns import WatchedClient, watched
from tests.directory.withdrawals import auditor, service_with_editions, withdraw_edition
from tests.editing import Editing
from tests.factories import PhoneFactory, UserFactory, complete_service

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def ana(admin_user):
    return WatchedClient(admin_user)


@pytest.mark.parametrize("name", EVERY_ACT)
def test_an_act_takes_the_turn_first(ana, name):
    EVERY_ACT[name](ana)
    assert ana.watch.turns
    assert ana.watch.early == []


def test_a_proposal_is_made_and_published_in_the_turn(ana, settings):
    settings.FOUR_EYES = "all"
    service = complete_service()
    publish(Service.objects.all())
    Editing(ana, service).post(introduction="Otra")
    person = UserFactory(is_staff=True, is_superuser=True, email="beto@example.com")
    beto = WatchedClient(person)
    assert decide(beto, Proposal.objects.get()).status_code == 302
    assert service.editions.count() == 2
    assert (ana.watch.early, beto.watch.early) == ([], [])


def withdraw_together(client):
    service_with_editions()
    withdraw_all(client)
    assert Edition.objects.exclude(withdrawn_at=None).exists()


def show_again(client):
    service = service_with_editions()
    withdraw_edition(service, 2)
    edition = service.editions.get(number=2)
    client.post(f"{page_url(Edition, 'show_again')}?ids={edition.pk}", {"reason": "No"})
    assert not Edition.objects.get(pk=edition.pk).is_withdrawn


def erase(client):
    service = service_with_editions()
    withdraw_edition(service, 2)
    edition = service.editions.get(number=2)
    client.post(f"{page_url(Edition, 'erase')}?ids={edition.pk}")
    assert Edition.objects.get(pk=edition.pk).is_erased


def entries(act):
    def done(client):
        Editing(client, PhoneFactory(label="310 555 0199")).post(label="Otro")
        withdraw_all(client)
        keys = ",".join(str(each.pk) for each in WithheldText.objects.all())
        assert keys
        client.post(f"{page_url(WithheldText, act)}?ids={keys}", {"reason": "No"})

    return done


def change_person(client):
    Editing(client, UserFactory(is_staff=True)).post(first_name="Otra")


OTHERS = {each.__name__: each for each in (withdraw_together, show_again, erase, change_person)} | {
    "show entries again": entries("show_again"),
    "erase entries": entries("erase"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_publications_read_is_changed_in_the_turn_too(name, march, settings):
    settings.ERASE_AFTER_DAYS = 0
    person = auditor(is_superuser=True)
    client = WatchedClient(person)
    OTHERS[name](client)
    assert client.watch.turns
    assert client.watch.early == []


# ---- Commands ----------------------------------------------------------------------------------


def due_replacement():
    old = complete_service().channels.first().contact_uses.first().contact_point
    ContactPoint.objects.filter(pk=old.pk).update(
        replaced_by=PhoneFactory(), replaced_on=date(2020, 1, 1)
    )


def owned_service():
    complete_service(owner=UserFactory(is_staff=True, email="a@example.com"))
    publish(Service.objects.all())


# What there is before, and what is called, of each command that changes what publications touch.
COMMANDS = {
    "initialize": (lambda: None, ["--admin-name", "Ana", "--admin-email", "ana@example.com"]),
    "loaddata": (lambda: None, ["example_shop", "roles"]),
    "publish": (complete_service, []),
    "send_review_reminders": (owned_service, []),
    "settle_replacements": (due_replacement, ["--write"]),
    "sign_checkpoint": (owned_service, []),
}
# `quickstart` calls the others; `copy_database` fills a database that nobody uses.
CHANGE_NOTHING_OF_IT = """
check_directory copy_database dumpdata export_site fixture_schema quickstart reset_second_factor
verify_editions
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_the_turn_first(name, settings, tmp_path):
    prepare, arguments = COMMANDS[name]
    made_key(settings, tmp_path / "key.pem")
    prepare()
    with watched() as watch:
        call_command(name, *arguments, stdout=io.StringIO(), stderr=io.StringIO())
    assert watch.turns
    assert watch.early == []


def test_every_command_takes_it_or_changes_nothing_of_it():
    names = {each.name for each in pkgutil.iter_modules(commands.__path__)}
    assert names == {*COMMANDS, *CHANGE_NOTHING_OF_IT.split()}
