"""What a notice may say, and what the database refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.models import Notice, Service
from tests.factories import ChannelFactory, NoticeFactory, PhoneFactory

pytestmark = pytest.mark.django_db

SINCE = datetime(2026, 11, 23, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"until": SINCE}, {"until": ["times_out_of_order"]}),
        ({"until": SINCE - timedelta(days=1)}, {"until": ["times_out_of_order"]}),
        ({"text": " \t "}, {"text": ["blank"]}),
        ({"since": datetime(206, 1, 1, tzinfo=UTC)}, {"since": ["min_value"]}),
        ({"until": datetime(9999, 1, 1, tzinfo=UTC)}, {"until": ["max_value"]}),
        ({"severity": "grave"}, {"severity": ["invalid_choice"]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(fields, codes):
    with pytest.raises(ValidationError) as refused:
        Notice(**{"code": "a", "text": "x", "since": SINCE, **fields}).full_clean()
    found = {name: [e.code for e in each] for name, each in refused.value.error_dict.items()}
    assert {name: each for name, each in found.items() if name != "__all__"} == codes


def test_a_notice_is_on_one_thing():
    channel = ChannelFactory()
    notice = Notice(code="a", text="x", channel=channel, service=channel.service)
    with pytest.raises(ValidationError) as refused:
        notice.clean()
    assert [*refused.value.error_dict] == ["service"]


@pytest.mark.parametrize("wrong", ["subjects", "times", "severity"])
def test_the_database_refuses_it_too(wrong):
    channel = ChannelFactory()
    fields = {
        "subjects": {"channel": channel, "contact_point": PhoneFactory()},
        "times": {"since": SINCE, "until": SINCE},
        "severity": {"severity": "grave"},
    }[wrong]
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(**fields)


def test_services_of_many_notices_cost_no_query_each(django_assert_num_queries):
    for _number in range(3):
        NoticeFactory(contact_point=ChannelFactory().contact_uses.get().contact_point)
    notices = list(Notice.objects.all())
    with django_assert_num_queries(2):
        assert len(Service.objects.showing(notices)) == 3
