"""Findings about promised times."""

import pytest

from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
)
from tests.findings import found

pytestmark = pytest.mark.django_db


def test_times_for_a_type_that_no_channel_takes_are_found():
    service = ChannelFactory(request_types=[RequestTypeFactory(code="queja")]).service
    ResponseTargetFactory(service=service, request_type__code="p1", request_type__name="P1")
    [finding] = found("promised_to_nobody")
    assert finding.message.startswith("Promete tiempos para «P1», pero ninguno de sus canales")
    ChannelFactory(service=service)
    assert found("promised_to_nobody") == []


def test_levels_that_come_before_the_one_below_are_found_where_times_count_from_the_report():
    policy = EscalationPolicyFactory(
        levels=[EscalationContactFactory() for _ in range(3)], times_count="since_report"
    )
    kind = RequestTypeFactory(code="p1", name="P1")
    for level, minutes in ((2, 240), (3, 120)):
        EscalationTimeFactory(policy=policy, level=level, request_type=kind, minutes=minutes)
    [finding] = found("levels_out_of_order")
    assert finding.subject == str(policy)
    assert finding.message == (
        "«P1»: al nivel 3 se acude 2 horas después del reporte, y al nivel 2 apenas 4 horas "
        "después. Revise los dos tiempos."
    )
    type(policy).objects.update(times_count="no_answer")
    assert found("levels_out_of_order") == []
