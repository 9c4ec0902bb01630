"""Undoing: the exact opposite, previewed in words; refused with the reason where it cannot be."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry

from directory import models
from directory.editions.publish import publish
from directory.models import Edition, Revision, Service
from directory.models.recording import is_recorded, states
from tests.addresses import page_url
from tests.directory.admin.test_every_act import ACTS, CHANGES, ROWS
from tests.editing import Deleting, DeletingSelected, Editing, stored, told, undo_link
from tests.factories import (
    ExceptionFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import read, submit
from tests.people import client_of

pytestmark = pytest.mark.django_db


def last():
    return Revision.objects.order_by("pk").last()


def undo_url(revision):
    return page_url(Revision, "undo", revision.pk)


def undo(client, revision=None):
    """Look at the page that shows it, and press its button."""
    url = undo_url(revision or last())
    page = client.get(url)
    assert page.status_code == 200
    return client.post(url)


def reasons(response):
    return [obstacle.message for obstacle in response.context["obstacles"]]


# ---- The exact opposite ------------------------------------------------------------------------


def test_a_save_offers_to_undo_it_and_undoing_puts_back_and_publishes(people):
    service = complete_service()
    publish(Service.objects.all())
    number = models.ContactPoint.objects.first()
    before = stored(number, "phone")

    answer = Editing(people[0], number).post(phone="601 744 2728")
    assert told(answer)[-1] == undo_link()
    page = read(people[0].get(undo_url(last())))
    assert "601 744 2728" in page.text
    assert Edition.objects.current().get(service=service).number == 2

    answer = undo(people[0])

    assert answer.status_code == 302
    assert stored(number, "phone") == before
    assert Edition.objects.current().get(service=service).number == 3
    done = last()
    assert (done.action, done.undoes.action, done.made_by.username) == ("undone", "changed", "ana")
    assert done.undoes.object_name == done.object_name
    assert LogEntry.objects.filter(object_id=number.pk).count() == 2


def test_what_was_undone_can_be_done_again(people):
    number = PhoneFactory(label="Antes")
    Editing(people[0], number).post(label="Después")
    undo(people[0])
    assert stored(number, "label") == "Antes"

    undo(people[0])

    assert stored(number, "label") == "Después"


@pytest.mark.parametrize("deleting", [Deleting, DeletingSelected])
def test_a_deletion_is_undone_with_all_that_went_with_it(people, deleting):
    service = complete_service()
    channel = service.channels.first()
    publish(Service.objects.all())
    document = Edition.objects.current().get().document
    deleting(people[0], channel).confirm()
    assert models.Channel.objects.count() == 1

    undo(people[0])

    assert channel in models.Channel.objects.all()
    assert Edition.objects.current().get().document == document


def test_a_deleted_schedule_comes_back_into_the_exceptions_that_named_it(people):
    schedule, other = weekday_schedule(), weekday_schedule()
    exception = ExceptionFactory(schedules=[schedule, other])
    Deleting(people[0], schedule).confirm()
    assert list(exception.schedules.all()) == [other]

    undo(people[0])

    assert set(exception.schedules.all()) == {schedule, other}
    assert schedule.spans.count() == 5


def test_what_was_added_is_removed(people):
    answer = submit(
        people[0],
        page_url(models.ContactPoint, "add"),
        kind="phone",
        label="Nuevo",
        phone="601 744 2728",
    )
    assert answer.status_code == 302

    undo(people[0])

    assert not models.ContactPoint.objects.exists()
    undo(people[0])
    assert stored(models.ContactPoint.objects.get(), "label") == "Nuevo"


def everything():
    """The states of all recorded rows."""
    recorded = [model for model in apps.get_models() if is_recorded(model)]
    keys = {model: list(model._base_manager.values_list("pk", flat=True)) for model in recorded}
    return {model.__name__: states(model, found) for model, found in keys.items()}


@pytest.mark.parametrize("label", ROWS)
def test_whatever_is_deleted_comes_back_as_it_was(people, label):
    row = ROWS[label]()
    before = everything()
    Deleting(people[0], row).confirm()
    assert everything() != before

    answer = undo(people[1])

    assert (answer.status_code, everything()) == (302, before)


@pytest.mark.parametrize("label", ROWS)
def test_whatever_is_changed_is_as_it_was_and_again_as_it_became(people, label):
    row = ROWS[label]()
    before = everything()
    Editing(people[0], row).post(**CHANGES[label])
    after = everything()
    undo(people[0])
    assert everything() == before
    undo(people[0])
    assert everything() == after != before


def test_a_replacement_everywhere_is_undone_with_all_its_uses(people):
    before = everything
    ACTS["directory/contactpoint/replace/"][0](people[0])
    revision = last()
    assert revision.rows.count() >= 1
    after = before()
    undo(people[0], revision)
    undo(people[0])
    assert everything() == after


def test_an_import_is_undone_as_a_whole(people):
    ACTS["workbook/"][0](people[0])
    assert models.ContactPoint.objects.count() == 2
    undo(people[0])
    assert not models.ContactPoint.objects.exists()


def test_undoing_a_publication_takes_the_page_off(people):
    ACTS["directory/service/<int:pk>/publish/"][0](people[0])
    assert Service.objects.get().is_published
    undo(people[0])
    assert not Service.objects.get().is_published


def test_a_confirmation_is_taken_back_by_who_may_do_no_more_than_confirm(people):
    owner = UserFactory(is_staff=True, permissions=["view_service", "view_revision"])
    service = ServiceFactory(owner=owner)
    client = client_of(owner)
    client.post(page_url(Service, "confirm", service.pk))
    assert stored(service, "reviewed_on")

    undo(client)

    assert stored(service, "reviewed_on") is None
