"""Promised times in rows: limits, and the pages that name a request type."""

import pytest
from django.db.models import ProtectedError

from directory.hours.durations import DAY
from directory.models import ResponseTarget
from escalations.models import EscalationTime
from tests.factories import (
    ChannelFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
    ServiceFactory,
)
from tests.refusals import refused_twice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"respond_minutes": 0}, {"respond_minutes": ["min_value"]}),
        ({"respond_minutes": 60 * DAY + 1}, {"respond_minutes": ["max_value"]}),
        (
            {"respond_minutes": None, "solve_minutes": 365 * DAY + 1},
            {"solve_minutes": ["max_value"]},
        ),
        ({"respond_minutes": 60, "solve_minutes": 30}, {"solve_minutes": ["solve_minutes"]}),
        ({"respond_minutes": None}, {"respond_minutes": ["respond_minutes"]}),
    ],
)
def test_times_that_cannot_be_are_refused_twice(fields, refused):
    row = ResponseTarget(service=ServiceFactory(), request_type=RequestTypeFactory(), **fields)
    assert refused_twice(row) == refused


def test_times_of_a_level_may_be_at_once_and_not_beyond_60_days():
    policy = EscalationPolicyFactory()
    fields = {"policy": policy, "level": 1, "request_type": RequestTypeFactory()}
    EscalationTime(**fields, minutes=0).full_clean()
    assert refused_twice(EscalationTime(**fields, minutes=60 * DAY + 1)) == {
        "minutes": ["max_value"]
    }


def test_pages_that_name_a_request_type_are_found_whatever_names_it():
    kind, other = RequestTypeFactory(code="p1"), RequestTypeFactory(code="p2")
    channel = ChannelFactory(service__slug="canal", request_types=[kind])
    target = ResponseTargetFactory(service__slug="plazo", request_type=kind)
    time = EscalationTimeFactory(policy__service__slug="tiempo", request_type=kind)
    policy = EscalationPolicyFactory(service__slug="nivel")
    policy.levels.get().request_types.add(kind)
    ResponseTargetFactory(service__slug="ajeno", request_type=other)
    named = {channel.service, target.service, time.policy.service, policy.service}
    assert {*kind.services()} == named


@pytest.mark.parametrize("factory", [ResponseTargetFactory, EscalationTimeFactory])
def test_a_request_type_with_times_is_not_deleted(factory):
    row = factory(request_type__code="p1")
    with pytest.raises(ProtectedError):
        row.request_type.delete()
