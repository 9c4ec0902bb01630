"""What is in use stays, and names the services that show it and the rows that hold it."""

from datetime import date, timedelta
from itertools import chain

import pytest
from django.db import connection
from django.db.models import ProtectedError

from directory.editions.publish import publish
from directory.models import RequestType, Service
from tests.directory.plans import exception
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    complete_service,
)
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db
FIRST_OF_DECEMBER = date(2026, 12, 1)


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
        PhoneFactory(replaced_by=PhoneFactory(), replaced_on=FIRST_OF_DECEMBER).replaced_by,
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
def three_services():
    """One that uses `shared` in a channel, one in an escalation, and one that does not."""
    in_channel = ServiceFactory(slug="en-canal")
    in_level = ServiceFactory(slug="en-nivel")
    ServiceFactory(slug="ajeno")
    return in_channel, in_level


def test_services_of_a_contact_point(three_services):
    in_channel, in_level = three_services
    newest = PhoneFactory()
    later = FIRST_OF_DECEMBER + timedelta(days=1)
    newer = PhoneFactory(replaced_by=newest, replaced_on=later)
    old = PhoneFactory(replaced_by=newer, replaced_on=FIRST_OF_DECEMBER)
    ChannelFactory(service=in_channel, contacts=[old])
    ChannelFactory(service=in_channel, contacts=[old])
    EscalationPolicyFactory(
        service=in_level, levels=[EscalationContactFactory(contacts=[newer, old])]
    )
    assert slugs(old) == ["en-canal", "en-nivel"]
    assert slugs(newer) == ["en-canal", "en-nivel"]
    assert slugs(newest) == ["en-canal", "en-nivel"]
    assert slugs(PhoneFactory()) == []


def test_holders_of_a_contact_point():
    point = PhoneFactory()
    channel = ChannelFactory(contacts=[point])
    contact = EscalationContactFactory(contacts=[point])
    replaced = PhoneFactory(replaced_by=point, replaced_on=FIRST_OF_DECEMBER)
    assert [*chain(*point.holders())] == [channel, contact, replaced]
    assert [*chain(*replaced.holders())] == []


def test_services_and_holders_of_a_schedule(three_services):
    in_channel, in_level = three_services
    schedule = ScheduleFactory()
    channel = ChannelFactory(service=in_channel, schedule=schedule)
    contact = EscalationContactFactory(schedule=schedule)
    EscalationPolicyFactory(service=in_level, levels=[contact])
    assert slugs(schedule) == ["en-canal", "en-nivel"]
    assert [*chain(*schedule.holders())] == [channel, contact]


def test_services_of_an_exception(three_services):
    in_channel, _ = three_services
    schedule = ScheduleFactory()
    ChannelFactory(service=in_channel, schedule=schedule)
    assert slugs(exception(schedule, FIRST_OF_DECEMBER)) == ["en-canal"]
    for_all = exception(None, FIRST_OF_DECEMBER, code="otra")
    assert slugs(for_all) == ["ajeno", "en-canal", "en-nivel"]


def test_services_of_a_request_type(three_services):
    in_channel, _ = three_services
    kind = RequestTypeFactory(code="queja")
    ChannelFactory(service=in_channel, request_types=[kind])
    ChannelFactory(service=in_channel, request_types=[kind])
    assert slugs(kind) == ["en-canal"]


def test_services_of_a_channel_and_of_a_service(three_services):
    in_channel, _ = three_services
    assert slugs(ChannelFactory(service=in_channel)) == ["en-canal"]
    assert slugs(in_channel) == ["en-canal"]
