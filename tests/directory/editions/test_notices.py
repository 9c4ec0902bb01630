"""Notices in the documents of services."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.editions.compose import compose
from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Notice, Service
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)


def notices_of(service):
    ((_service, document),) = compose(Service.objects.filter(pk=service.pk))
    return [
        (each.code, each.contact_point, each.channel, each.for_all) for each in document.notices
    ]


@pytest.fixture
def service():
    """A channel with a line that is to be replaced, and a level with another one."""
    service = ServiceFactory(slug="uno")
    line = PhoneFactory(
        code="linea", replaced_by=PhoneFactory(code="nueva"), replaced_on=date(2026, 12, 1)
    )
    ChannelFactory(service=service, code="telefonico", contacts=[line])
    answering = EscalationContactFactory(contacts=[PhoneFactory(code="supervisor")])
    EscalationPolicyFactory(service=service, levels=[answering])
    return service


def test_document_has_the_notices_on_all_that_it_gives_in_order_of_time(service):
    other = ChannelFactory(code="telefonico")
    points = {each.code: each for each in ContactPoint.objects.all()}
    NoticeFactory(code="f", service=service, since=NOW)
    NoticeFactory(code="e", channel=service.channels.get())
    NoticeFactory(code="d", contact_point=points["linea"])
    NoticeFactory(code="c", contact_point=points["nueva"])
    NoticeFactory(code="b", contact_point=points["supervisor"])
    NoticeFactory(code="a")
    NoticeFactory(code="not-here", channel=other)
    NoticeFactory(code="nor-this", service=other.service)
    NoticeFactory(code="nor-that", contact_point=PhoneFactory())
    assert notices_of(service) == [
        ("a", "", "", True),
        ("b", "supervisor", "", False),
        ("c", "nueva", "", False),
        ("d", "linea", "", False),
        ("e", "", "telefonico", False),
        ("f", "", "", False),
    ]
    assert [code for code, *_rest in notices_of(other.service)] == ["a", "nor-this", "not-here"]


def test_time_that_has_passed_changes_no_document_and_an_end_does(service):
    """So two processes with different clocks compose the same."""
    over = NoticeFactory(code="a", until=datetime(2026, 1, 2, tzinfo=UTC))
    NoticeFactory(code="b", since=datetime(2199, 1, 1, tzinfo=UTC))
    assert [code for code, *_rest in notices_of(service)] == ["a", "b"]
    over.end(NOW)
    assert [code for code, *_rest in notices_of(service)] == ["b"]


@pytest.mark.parametrize("subject", ["contact_point", "channel", "service", None])
def test_services_of_a_notice_are_those_whose_documents_change(service, subject):
    """Saving and ending it publishes them; there is nothing to publish beyond."""
    other = ChannelFactory().service
    channel = service.channels.get()
    given = {
        "contact_point": channel.contact_uses.get().contact_point.replaced_by,
        "channel": channel,
        "service": service,
    }
    publish(Service.objects.all())
    notice = NoticeFactory(**{subject: given[subject]} if subject else {})
    concerned = [service, other] if subject is None else [service]
    for change in (lambda: None, lambda: notice.end(NOW)):
        change()
        assert [each.service for each in publish(notice.services())] == concerned
        assert publish(Service.objects.all()) == []


def queries_of_composing():
    with CaptureQueriesContext(connection) as captured:
        list(compose(Service.objects.order_by("pk")))
    return len(captured)


def test_notices_are_read_at_once_however_many_services():
    channels = [ChannelFactory()]
    NoticeFactory()
    few = queries_of_composing()
    channels += [ChannelFactory() for _number in range(3)]
    for channel in channels:
        NoticeFactory(channel=channel)
        NoticeFactory(service=channel.service)
        NoticeFactory(contact_point=channel.contact_uses.get().contact_point)
    assert queries_of_composing() == few


def test_ending_is_once():
    notice = NoticeFactory()
    notice.end(NOW)
    notice.end(datetime(2026, 12, 1, tzinfo=UTC))
    assert Notice.objects.get().ended_at == notice.ended_at == NOW


def test_deleting_what_it_is_on_deletes_it(service):
    channel = service.channels.get()
    NoticeFactory(channel=channel)
    publish(Service.objects.all())
    channel.delete()
    publish(Service.objects.all())
    assert not Notice.objects.exists()
    assert '"notices"' not in Edition.objects.current().get().document
