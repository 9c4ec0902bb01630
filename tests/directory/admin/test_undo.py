"""Undoing: the exact opposite, previewed in words; refused with the reason where it cannot be."""

import pytest
from django.contrib.admin.models import LogEntry

from directory import models
from directory.editions.publish import publish
from directory.models import Edition, Revision, Service
from tests.addresses import page_url
from tests.editing import Deleting, DeletingSelected, Editing, stored, told
from tests.factories import (
    ExceptionFactory,
    PhoneFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import read, submit

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
    assert told(answer)[-1] == f'<a class="undo" href="{undo_url(last())}">Deshacer este cambio</a>'
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
