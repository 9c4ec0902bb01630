"""What is in use stays, and names the services that show it and the rows that hold it."""

from datetime import timedelta
from itertools import chain

import pytest
from django.db import connection
from django.db.models import ProtectedError

from directory.editions.publish import publish
from directory.models import RequestType, Service
from tests.directory.plans import DECEMBER, exception
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
    ScheduleFactory,
    ServiceFactory,
    complete_service,
)
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db


def test_what_is_in_use_cannot_be_deleted():
    service = complete_service()
    publish(Service.objects.all())
    channel = service.channels.first()
    level = service.escalation_policy.levels.first()
    in_use = [
        channel.contact_uses.get().contact_point,
        channel.schedule,
        level.contact,
        level.contact.contact_uses.get().contact_point,
        service,
        PhoneFactory(replaced_by=PhoneFactory(), replaced_on=DECEMBER).replaced_by,
        EscalationContactFactory(schedule=ScheduleFactory()).schedule,
    ]
    for instance in in_use:
        with pytest.raises(ProtectedError):
            instance.delete()


@pytest.mark.parametrize(
    "delete",
    [lambda kind: kind.delete(), lambda kind: RequestType.objects.filter(pk=kind.pk).delete()],
    ids=["delete", "queryset-delete"],
)
def test_type_of_request_that_a_channel_is_for_cannot_be_deleted(delete):
    kind = RequestTypeFactory(code="queja")
    channel = ChannelFactory(request_types=[kind])
    with pytest.raises(ProtectedError):
        delete(kind)
    assert list(channel.request_types.all()) == [kind]
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_requesttype")
        connection.check_constraints()
    channel.delete()
    delete(kind)
    assert not RequestType.objects.exists()


@pytest.mark.parametrize("factory", [PhoneFactory, EmailFactory, ScheduleFactory, ServiceFactory])
def test_what_is_not_in_use_can_be_deleted(factory):
    instance = factory()
    instance.delete()
    assert not type(instance).objects.exists()


def slugs(instance):
    return sorted(instance.services().values_list("slug", flat=True))


@pytest.fixture
def in_channel():
    """The service that uses it in a channel; beside one that does not."""
    ServiceFactory(slug="ajeno")
    return ServiceFactory(slug="en-canal")


@pytest.fixture
def in_level():
    """The service that uses it in an escalation."""
    return ServiceFactory(slug="en-nivel")


def test_services_of_a_contact_point(in_channel, in_level):
    newest = PhoneFactory()
    later = DECEMBER + timedelta(days=1)
    newer = PhoneFactory(replaced_by=newest, replaced_on=later)
    old = PhoneFactory(replaced_by=newer, replaced_on=DECEMBER)
    ChannelFactory(service=in_channel, contacts=[old])
    ChannelFactory(service=in_channel, contacts=[old])
    EscalationPolicyFactory(
        service=in_level, levels=[EscalationContactFactory(contacts=[newer, old])]
    )
    assert [slugs(each) for each in (old, newer, newest)] == [["en-canal", "en-nivel"]] * 3
    assert slugs(PhoneFactory()) == []


def test_holders_of_a_contact_point():
    point = PhoneFactory()
    channel = ChannelFactory(contacts=[point])
    contact = EscalationContactFactory(contacts=[point])
    replaced = PhoneFactory(replaced_by=point, replaced_on=DECEMBER)
    assert [*chain(*point.holders())] == [channel, contact, replaced]
    assert [*chain(*replaced.holders())] == []


def test_services_and_holders_of_a_schedule(in_channel, in_level):
    schedule = ScheduleFactory()
    channel = ChannelFactory(service=in_channel, schedule=schedule)
    contact = EscalationContactFactory(schedule=schedule)
    EscalationPolicyFactory(service=in_level, levels=[contact])
    assert slugs(schedule) == ["en-canal", "en-nivel"]
    assert [*chain(*schedule.holders())] == [channel, contact]


def test_services_of_an_exception(in_channel, in_level):
    schedule = ScheduleFactory()
    ChannelFactory(service=in_channel, schedule=schedule)
    assert slugs(exception(schedule, DECEMBER)) == ["en-canal"]
    for_all = exception(None, DECEMBER, code="otra")
    assert slugs(for_all) == ["ajeno", "en-canal", "en-nivel"]


def test_services_of_a_request_type(in_channel, in_level):
    kind = RequestTypeFactory(code="queja")
    ChannelFactory(service=in_channel, request_types=[kind])
    ChannelFactory(service=in_channel, request_types=[kind])
    EscalationPolicyFactory(service=in_level).levels.get().request_types.add(kind)
    assert slugs(kind) == ["en-canal", "en-nivel"]
    timed = EscalationPolicyFactory(service__slug="con-tiempo")
    timed.times.create(level=1, request_type=kind, minutes=30)
    ResponseTargetFactory(service__slug="con-promesa", request_type=kind)
    assert slugs(kind) == ["con-promesa", "con-tiempo", "en-canal", "en-nivel"]


def test_type_of_request_that_a_level_is_for_cannot_be_deleted():
    kind = RequestTypeFactory(code="queja")
    EscalationPolicyFactory().levels.get().request_types.add(kind)
    with pytest.raises(ProtectedError):
        kind.delete()


def test_services_of_a_channel_and_of_a_service(in_channel):
    assert slugs(ChannelFactory(service=in_channel)) == ["en-canal"]
    assert slugs(in_channel) == ["en-canal"]
