"""Replacements that have come are settled; what is shown stays."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from msgspec import to_builtins

from directory.editions.publish import publish
from directory.models import ChannelContact, ContactPoint, Service
from directory.upkeep import settlement
from escalations.models import EscalationContactUse
from tests.directory.plans import DECEMBER, TODAY, answered, replaced_line
from tests.editing import act, told
from tests.factories import ChannelFactory, PhoneFactory
from tests.people import staff
from tests.refusals import refused_in_full_clean

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def reread(row):
    return type(row).objects.get(pk=row.pk)


def said(answer):
    """The channels and levels of an answer, without which contact point it is and was."""
    parts = to_builtins([answer.channels, answer.escalation])
    for holder in (*parts[0], *parts[1]["levels"]):
        for contact in holder["contacts"]:
            del contact["code"], contact["former"]
    return parts


def test_settling_changes_the_rows_and_nothing_that_is_shown(planned):
    old, new = replaced_line(TODAY)
    level_contact = EscalationContactUse.objects.get().contact
    EscalationContactUse.objects.update(contact_point=old)
    before = answered(planned)
    settled = settlement.settle(settlement.due())
    assert [edition.number for edition in settled.editions] == [2]
    old.refresh_from_db()
    assert (old.replaced_by, old.replaced_on) == (None, None)
    assert ChannelContact.objects.get(channel__code="linea").contact_point == new
    assert EscalationContactUse.objects.get(contact=level_contact).contact_point == new
    assert said(answered(planned)) == said(before)


def test_settling_waits_for_the_day(planned):
    replaced_line(TODAY + timedelta(days=1))
    assert settlement.due() == []


def test_settling_follows_a_chain_as_far_as_it_has_come(planned):
    old, middle = replaced_line(date(2026, 11, 1))
    newest = PhoneFactory()
    later = PhoneFactory()
    ContactPoint.objects.filter(pk=middle.pk).update(
        replaced_by=newest, replaced_on=date(2026, 11, 20)
    )
    ContactPoint.objects.filter(pk=newest.pk).update(replaced_by=later, replaced_on=DECEMBER)
    assert [(each.old, each.new) for each in settlement.due()] == [(old, newest), (middle, newest)]
    settlement.settle(settlement.due(ContactPoint.objects.filter(pk=middle.pk)))
    old.refresh_from_db()
    assert old.replaced_by == newest
    settlement.settle(settlement.due())
    assert ChannelContact.objects.get(channel__code="linea").contact_point == newest


def given_twice(planned, on, old_details, new_details):
    """A channel that gives a phone and also what replaces it on a day."""
    old, new = replaced_line(on)
    channel = planned.channels.get(code="linea")
    channel.contact_uses.update(**old_details, position=1)
    channel.contact_uses.create(contact_point=new, **new_details, position=2)
    return old, new, channel


@pytest.mark.parametrize(
    ("old_details", "new_details"),
    [
        ({}, {}),
        ({"menu_options": "Opción 2", "extensions": "1107"}, {}),
        ({}, {"menu_options": "Opción 2", "extensions": "1107"}),
        ({"extensions": "1107"}, {"menu_options": "Opción 2", "extensions": "1107"}),
    ],
)
def test_settling_makes_one_of_two_and_loses_no_detail(planned, old_details, new_details):
    old, new, channel = given_twice(planned, TODAY, old_details, new_details)
    details = {"menu_options": "", "extensions": "", **old_details, **new_details}
    assert refused_in_full_clean(reread(old)) == {}
    assert settlement.settle(settlement.due()).left == []
    use = {"contact_point": new.pk, "label": "", "position": 1, **details}
    assert list(channel.contact_uses.values(*use)) == [use]


def test_what_one_contact_cannot_say_stays_as_it_was_planned(planned):
    details = {"menu_options": "Opción 2"}, {"menu_options": "Opción 3"}
    old, new, channel = given_twice(planned, TODAY, *details)
    EscalationContactUse.objects.update(contact_point=old)
    before = answered(planned)
    settled = settlement.settle(settlement.due())
    assert [use.contact_point for use in settled.left] == [old]
    assert [use.contact_point for use in channel.contact_uses.all()] == [old, new]
    assert EscalationContactUse.objects.get().contact_point == new
    assert reread(old).replaced_by == new
    assert said(answered(planned)) == said(before)


def test_command_and_action_say_what_was_left(planned, admin_client):
    details = {"menu_options": "Opción 2"}, {"menu_options": "Opción 3"}
    old, _new, channel = given_twice(planned, TODAY, *details)
    publish(Service.objects.all())
    err = StringIO()
    call_command("settle_replacements", "--write", stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith(f"{old}: {channel} ")
    messages = get_messages(act(admin_client, "settle_replacements", old).wsgi_request)
    assert [message.level_tag for message in messages] == ["warning", "success"]


@pytest.mark.parametrize("services", [1, 3])
def test_settling_costs_the_same_for_any_number_of_services(django_assert_num_queries, services):
    old, new = PhoneFactory(), PhoneFactory()
    for _ in range(services):
        ChannelFactory(contacts=[old])
    ContactPoint.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=TODAY)
    publish(Service.objects.all())
    settlements = settlement.due()
    # PostgreSQL takes its lock with a query, once for settling and once for publishing.
    locks = 2 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(39 + locks):
        assert len(settlement.settle(settlements).editions) == services


def run_command(*arguments):
    out = StringIO()
    call_command("settle_replacements", *arguments, stdout=out)
    return out.getvalue()


def test_command_shows_first_and_writes_on_request(planned):
    old, _new = replaced_line(TODAY)
    publish(Service.objects.all())
    shown = run_command()
    assert f"{old} → 601 745 0000 · Línea nueva (23 de noviembre de 2026; 1 uso)" in shown
    assert "No se guardó nada" in shown
    assert ContactPoint.objects.exclude(replaced_by=None).exists()
    assert "Se publicó 1 edición." in run_command("--write")
    assert not ContactPoint.objects.exclude(replaced_by=None).exists()
    assert "No hay reemplazos por aplicar" in run_command("--write")


def test_action_settles_the_selected_replacements_for_who_may_change_them(planned):
    old, _new = replaced_line(TODAY)
    publish(Service.objects.all())
    client = staff("view_contactpoint", "change_contactpoint", username="ana")
    said = told(act(client, "settle_replacements", old))
    assert said == ["Se aplicó 1 reemplazo. Se publicó 1 edición."]
    assert planned.editions.latest().published_by.get_username() == "ana"
