"""One contact point in the place of another."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import ChannelContact
from directory.upkeep import replacement
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
)

pytestmark = pytest.mark.django_db


def place_of(old, name):
    return next(place for place in replacement.places([old]) if place.name == name)


def given_by(holder):
    return [use.contact_point for use in holder.contact_uses.all()]


def test_everywhere_reaches_channels_escalations_and_plans():
    old, new = PhoneFactory(), PhoneFactory()
    channel = ChannelFactory(contacts=[old])
    contact = EscalationContactFactory(contacts=[old])
    planned = PhoneFactory(replaced_by=old, replaced_on=date(2026, 12, 1))
    done = replacement.replace([old], new)
    planned.refresh_from_db()
    assert (given_by(channel), given_by(contact), planned.replaced_by) == ([new], [new], new)
    assert (done.holders, done.merged, done.redirected) == ([channel, contact], [], [planned])
    assert replacement.places([old]) == []


def test_a_use_keeps_its_own_label_extensions_and_place():
    old, new = PhoneFactory(), PhoneFactory()
    channel = ChannelFactory(contacts=[old])
    before = {"label": "Propia", "extensions": "1107", "menu_options": "Opción 2", "position": 3}
    ChannelContact.objects.update(**before)
    replacement.replace([old], new)
    assert channel.contact_uses.values(*before).get() == before


def test_only_the_chosen_places_change():
    old, new = PhoneFactory(), PhoneFactory()
    chosen, other = (ChannelFactory(contacts=[old]) for _ in range(2))
    planned = PhoneFactory(replaced_by=old, replaced_on=date(2026, 12, 1))
    replacement.replace([old], new, [place_of(old, str(chosen.service))])
    planned.refresh_from_db()
    assert (given_by(chosen), given_by(other), planned.replaced_by) == ([new], [old], old)


def test_a_shared_escalation_contact_is_a_place_of_its_own_that_names_its_services():
    old = PhoneFactory()
    contact = EscalationContactFactory(contacts=[old])
    policies = [EscalationPolicyFactory(service__name=name, levels=[contact]) for name in "AB"]
    channel = ChannelFactory(service=policies[0].service, contacts=[old])
    service, shared = replacement.places([old])
    assert [(each.name, each.services, each.is_shared) for each in (service, shared)] == [
        (str(channel.service), [channel.service], False),
        (str(contact), [policy.service for policy in policies], True),
    ]
    new = PhoneFactory()
    replacement.replace([old], new, [service])
    assert (given_by(channel), given_by(contact)) == ([new], [old])


@pytest.mark.parametrize("place", [0, 1])
def test_a_holder_that_gives_the_target_already_gives_it_once_with_what_either_says(place):
    old, new = PhoneFactory(), PhoneFactory()
    channel = ChannelFactory(contacts=[old, new])
    channel.contact_uses.filter(contact_point=(old, new)[place]).update(menu_options="Opción 2")
    done = replacement.replace([old], new)
    assert [(use.contact_point, use.menu_options) for use in channel.contact_uses.all()] == [
        (new, "Opción 2")
    ]
    assert (done.changed, [use.contact_point for use in done.merged]) == ([], [old])


@pytest.mark.parametrize("target", [PhoneFactory, EmailFactory])
def test_what_one_use_cannot_say_is_refused_with_the_place(target):
    old, new = PhoneFactory(), target()
    channel = ChannelFactory(contacts=[new, old])
    before = channel.contact_uses.filter(contact_point=old)
    before.update(menu_options="Opción 2")
    channel.contact_uses.filter(contact_point__kind="phone", contact_point=new).update(
        menu_options="Opción 3"
    )
    with pytest.raises(ValidationError) as refusal:
        replacement.replace([old], new)
    (message,) = refusal.value.messages
    assert str(channel) in message
    assert given_by(channel) == [new, old]


def test_two_old_ones_in_one_channel_become_one():
    first, second, new = (PhoneFactory() for _ in range(3))
    channel = ChannelFactory(contacts=[first, second])
    replacement.replace([first, second], new)
    assert given_by(channel) == [new]


def test_an_address_cannot_take_the_place_of_a_number_with_extensions():
    old, new = PhoneFactory(), EmailFactory()
    plain = ChannelFactory(contacts=[old])
    with_menu = ChannelFactory(contacts=[old])
    with_menu.contact_uses.update(menu_options="Opción 2")
    with pytest.raises(ValidationError) as refusal:
        replacement.replace([old], new)
    (message,) = refusal.value.messages
    assert str(with_menu) in message
    assert "Opción 2" in message
    assert (given_by(plain), given_by(with_menu)) == ([old], [old])
    replacement.replace([old], new, [place_of(old, str(plain.service))])
    assert given_by(plain) == [new]


@pytest.mark.parametrize("everywhere", [True, False])
def test_neither_itself_nor_what_it_is_to_replace_can_be_the_target(everywhere):
    old = PhoneFactory()
    ChannelFactory(contacts=[old])
    middle = PhoneFactory(replaced_by=old, replaced_on=date(2026, 12, 2))
    target = PhoneFactory(replaced_by=middle, replaced_on=date(2026, 12, 1))
    chosen = None if everywhere else replacement.places([old])
    for wrong, code in ((old, "same"), (middle, "planned"), (target, "planned")):
        with pytest.raises(ValidationError) as refusal:
            replacement.replace([old], wrong, chosen)
        assert refusal.value.code == code
    assert len(replacement.places([old])) == 1


def test_a_target_that_is_to_become_an_address_takes_no_extensions():
    old = PhoneFactory()
    target = PhoneFactory(replaced_by=EmailFactory(), replaced_on=date(2026, 12, 1))
    ChannelFactory(contacts=[old])
    ChannelContact.objects.update(extensions="12")
    with pytest.raises(ValidationError):
        replacement.replace([old], target)
    assert ChannelContact.objects.get().contact_point == old


def test_a_target_that_is_to_become_what_says_other_details_there_is_refused():
    old, later = PhoneFactory(), PhoneFactory()
    target = PhoneFactory(replaced_by=later, replaced_on=date(2026, 12, 1))
    channel = ChannelFactory(contacts=[old, later])
    for point, options in ((old, "Opción 2"), (later, "Opción 3")):
        channel.contact_uses.filter(contact_point=point).update(menu_options=options)
    with pytest.raises(ValidationError) as refusal:
        replacement.replace([old], target)
    assert list(refusal.value.error_dict) == ["replaced_by"]
    assert given_by(channel) == [old, later]


def test_replacing_in_three_places_costs_as_many_queries_as_in_one():
    def queries(count):
        old, new = PhoneFactory(), PhoneFactory()
        for _ in range(count):
            ChannelFactory(contacts=[old])
            contact = EscalationContactFactory(contacts=[old])
            EscalationPolicyFactory(levels=[contact])
        with CaptureQueriesContext(connection) as captured:
            replacement.replace([old], new, replacement.places([old]))
        return len(captured)

    assert queries(1) == queries(3)
