"""Deleting: refused while it is in use, and nothing goes but what was shown."""

import re
from datetime import time

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.db import IntegrityError

from directory import models
from directory.admin import deletions, protected
from directory.admin.publication import PublishingAdmin
from directory.editions.publish import publish
from tests.addresses import change_url, delete_url
from tests.editing import Deleting, DeletingSelected, Editing, act, told
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db
both_ways = pytest.mark.parametrize("asking", [Deleting, DeletingSelected])


def authors(response):
    return [entry.user.username for entry in response.context["log"]]


# ---- What changed after it was shown -----------------------------------------------------------


@both_ways
def test_what_was_shown_is_deleted(people, asking):
    number = PhoneFactory()
    asking(people[0], number).confirm()
    assert not models.ContactPoint.objects.exists()
    assert LogEntry.objects.get().action_flag == DELETION


@both_ways
def test_what_somebody_changed_is_shown_again_with_who_did_it(people, asking):
    number = PhoneFactory(phone="+576017442727")
    deleting = asking(people[0], number)
    Editing(people[1], number).post(phone="601 744 2728")

    answer = deleting.confirm()

    assert answer.status_code == 409
    assert authors(answer) == ["beto"]
    content = answer.content.decode()
    assert "601 744 2727 → 601 744 2728" in content
    assert "No se eliminó nada" in content
    assert models.ContactPoint.objects.count() == 1

    deleting.confirm()
    assert not models.ContactPoint.objects.exists()


def test_a_change_that_no_form_made_is_found_as_well(people):
    number = PhoneFactory()
    deleting = Deleting(people[0], number)
    models.ContactPoint.objects.update(label="De un archivo")
    answer = deleting.confirm()
    assert (answer.status_code, authors(answer)) == (409, [])
    assert "con una importación o con un comando" in answer.content.decode()
    assert models.ContactPoint.objects.count() == 1


@both_ways
def test_what_came_into_use_is_refused_with_where(people, asking):
    number = PhoneFactory()
    deleting = asking(people[0], number)
    channel = ChannelFactory(contacts=[number])
    answer = deleting.confirm()
    assert f'href="{change_url(channel)}"' in " ".join(answer.context["protected"])
    assert models.ContactPoint.objects.count() == 1


def test_a_row_that_would_go_with_it_and_was_changed_counts(people):
    channel = ChannelFactory(service__is_published=False)
    deleting = Deleting(people[0], channel.service)
    Editing(people[1], channel).post(title="Chat nacional")
    answer = deleting.confirm()
    assert (answer.status_code, authors(answer)) == (409, ["beto"])
    assert models.Channel.objects.count() == 1


def test_an_edit_of_a_row_on_the_page_of_its_service_names_who_did_it(people):
    channel = complete_service().channels.first()
    deleting = Deleting(people[0], channel)
    Editing(people[1], channel.service).post(**{"channels-0-title": "Línea única"})
    answer = deleting.confirm()
    assert (answer.status_code, authors(answer)) == (409, ["beto"])


def test_what_was_added_to_it_is_not_deleted_unseen(people):
    service = ServiceFactory(is_published=False)
    deleting = Deleting(people[0], service)
    channel = ChannelFactory(service=service, title="Chat nuevo")
    answer = deleting.confirm()
    assert answer.status_code == 409
    assert "Chat nuevo" in answer.content.decode()

    deleting = Deleting(people[0], channel)
    channel.request_types.add(RequestTypeFactory(code="queja"))
    assert deleting.confirm().status_code == 409
    assert models.Channel.objects.get() == channel


def test_another_effect_on_the_public_pages_than_was_shown_is_shown_first(people):
    schedule = weekday_schedule()
    deleting = Deleting(people[0], ExceptionFactory())
    assert deleting.page.context["effect"].count == 0
    channel = ChannelFactory(schedule=schedule)
    publish(models.Service.objects.all())

    answer = deleting.confirm()

    assert answer.status_code == 409
    assert answer.context["effect"].groups[0].services == [channel.service]
    assert models.ScheduleException.objects.count() == 1


def test_an_edit_elsewhere_on_the_same_page_does_not_hold_up(people):
    service = complete_service()
    publish(models.Service.objects.all())
    deleting = Deleting(people[0], service.channels.first())
    Editing(people[1], service).post(introduction="Hola")
    deleting.confirm()
    assert service.channels.count() == 1


def test_of_several_none_is_deleted_when_one_changed_or_is_gone(people):
    one, other, third = PhoneFactory.create_batch(3)
    deleting = DeletingSelected(people[0], one, other, third)
    Deleting(people[1], third).confirm()

    answer = deleting.confirm()

    assert (answer.status_code, authors(answer)) == (409, ["beto"])
    assert {*models.ContactPoint.objects.all()} == {one, other}


@both_ways
def test_what_somebody_else_deleted_first_is_said_so(people, asking):
    number = PhoneFactory()
    deleting = asking(people[0], number)
    Deleting(people[1], number).confirm()
    [message] = told(deleting.confirm())
    assert message in (
        f"No existe: medio de contacto con el ID «{number.pk}». ¿Quizás ya se eliminó?",
        "Lo que usted había seleccionado ya se eliminó.",
    )


def test_a_popup_deletes_nothing_else_than_it_showed(people):
    schedule = weekday_schedule()
    deleting = Deleting(people[0], schedule)
    deleting.url += "?_popup=1"
    models.TimeSpan.objects.update(closes=time(18))
    answer = deleting.confirm()
    assert (answer.status_code, answer.context["is_popup"]) == (409, True)
    deleting.confirm()
    assert not models.Schedule.objects.exists()


def test_more_than_can_be_looked_through_are_not_deleted_at_once(people, monkeypatch):
    monkeypatch.setattr(deletions, "AT_ONCE", 2)
    three = PhoneFactory.create_batch(3)
    page = DeletingSelected(people[0], *three).page
    assert told(page) == ["Seleccione como máximo 2 para eliminar a la vez."]
    assert list(DeletingSelected(people[0], *three[:2]).page.context["queryset"]) == three[:2]


@both_ways
def test_a_use_in_the_very_moment_of_deleting_is_no_error(people, monkeypatch, asking):
    number, channel = PhoneFactory(), ChannelFactory(contacts=[])
    deleting = asking(people[0], number)
    log = PublishingAdmin.log_deletions

    def log_while_somebody_uses_it(self, request, queryset):
        ChannelContactFactory(channel=channel, contact_point=number)
        return log(self, request, queryset)

    monkeypatch.setattr(PublishingAdmin, "log_deletions", log_while_somebody_uses_it)
    assert told(deleting.confirm())[0].startswith("No se eliminó nada")
    assert models.ContactPoint.objects.filter(pk=number.pk).exists()


@both_ways
def test_a_refusal_of_the_database_is_no_error(people, monkeypatch, asking):
    deleting = asking(people[0], PhoneFactory())

    def refuse(*args):
        raise IntegrityError("FOREIGN KEY constraint failed")

    # As PostgreSQL does it at the end of the transaction.
    monkeypatch.setattr(PublishingAdmin, "_publish", refuse)
    assert told(deleting.confirm())[0].startswith("No se eliminó nada")
    assert models.ContactPoint.objects.count() == 1


# ---- What is in use ----------------------------------------------------------------------------


def refused(client, instance):
    response = client.post(delete_url(instance), {"post": "yes"})
    assert type(instance).objects.filter(pk=instance.pk).exists()
    return " ".join(response.context["protected"])


def test_what_is_in_use_is_refused_with_where_and_what_to_do(people):
    policy = EscalationPolicyFactory()
    contact = policy.levels.get().contact
    number = contact.contact_uses.get().contact_point
    channel = ChannelFactory(contacts=[number])
    uses = {
        number: [channel, contact],
        channel.schedule: [channel],
        channel.request_types.get(): [channel],
        contact: [policy],
    }
    for used, holders in uses.items():
        said = refused(people[0], used)
        assert re.findall('href="(.*?)"', said) == [change_url(holder) for holder in holders]
        assert said.count("elija otro ahí, o quítelo") == len(holders)


def test_a_published_service_is_refused_with_how_to_withdraw_it(people):
    service = complete_service()
    publish(models.Service.objects.all())
    assert refused(people[0], service) == (
        f'Servicio: <a href="{change_url(service)}">{service}</a> – fue publicado, por lo que su '
        "historial se conserva; en cambio, retire allí su página"
    )


def test_deleting_several_of_which_one_is_in_use_deletes_none(people):
    used, free = PhoneFactory(), PhoneFactory()
    ChannelFactory(contacts=[used])
    response = act(people[0], "delete_selected", used, free, post="yes")
    assert len(response.context["protected"]) == 1
    assert models.ContactPoint.objects.count() == 2


def test_the_first_rows_that_would_go_are_named_and_the_others_counted(people, monkeypatch):
    monkeypatch.setattr(deletions, "NAMED_AT_MOST", 1)
    service = ServiceFactory(is_published=False)
    ChannelFactory.create_batch(2, service=service, contacts=[])
    page = Deleting(people[0], service).page
    assert (page.context["going"], page.context["going_too"]) == ([("Servicio", service)], 2)


def test_the_first_uses_are_named_and_the_others_counted(people, monkeypatch):
    monkeypatch.setattr(protected, "NAMED_AT_MOST", 1)
    number = PhoneFactory()
    first, _second = ChannelFactory.create_batch(2, contacts=[number])
    said = refused(people[0], number)
    assert said.count("<a ") == 1
    assert change_url(first) in said
    assert said.endswith(" y 1 más")
