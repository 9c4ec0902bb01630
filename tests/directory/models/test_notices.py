"""What a notice may say, and what the database refuses."""

from datetime import UTC, datetime, timedelta

import pytest

from directory.models import Notice, Service
from tests.factories import ChannelFactory, NoticeFactory, PhoneFactory
from tests.refusals import codes_of, refused_by_the_database, refused_in_full_clean

pytestmark = pytest.mark.django_db

SINCE = datetime(2026, 11, 23, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"until": SINCE}, {"until": ["times_out_of_order"]}),
        ({"until": SINCE - timedelta(days=1)}, {"until": ["times_out_of_order"]}),
        ({"text": " \t "}, {"text": ["blank"]}),
        ({"since": datetime(206, 1, 1, tzinfo=UTC)}, {"since": ["implausible_year"]}),
        ({"until": datetime(9999, 1, 1, tzinfo=UTC)}, {"until": ["implausible_year"]}),
        ({"severity": "grave"}, {"severity": ["invalid_choice"]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields, codes):
    notice = Notice(**{"code": "a", "text": "x", "since": SINCE, **fields})
    assert refused_in_full_clean(notice) == codes


def test_a_notice_is_on_one_thing():
    channel = ChannelFactory()
    notice = Notice(code="a", text="x", channel=channel, service=channel.service)
    assert codes_of(notice.clean) == {"service": ["several_subjects"]}


@pytest.mark.parametrize("wrong", ["subjects", "times", "severity"])
def test_the_database_refuses_it_too(wrong):
    channel = ChannelFactory()
    fields = {
        "subjects": {"channel": channel, "contact_point": PhoneFactory()},
        "times": {"since": SINCE, "until": SINCE},
        "severity": {"severity": "grave"},
    }[wrong]
    with refused_by_the_database():
        NoticeFactory(**fields)


def test_services_of_many_notices_cost_no_query_each(django_assert_num_queries):
    for _number in range(3):
        NoticeFactory(contact_point=ChannelFactory().contact_uses.get().contact_point)
    notices = list(Notice.objects.all())
    with django_assert_num_queries(2):
        assert len(Service.objects.showing(notices)) == 3
