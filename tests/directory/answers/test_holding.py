"""Until when an answer holds: the first instant at which something of it is told otherwise."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.directory.answers.test_notices import INFORMATION, notice, with_notices
from tests.directory.answers.test_resolve import BOGOTA, channel, directory

SEVEN_PM = datetime(2026, 11, 23, 19, tzinfo=BOGOTA)
TEN = datetime(2026, 11, 23, 10, tzinfo=BOGOTA)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=BOGOTA)


def test_open_hours_hold_until_they_end():
    assert directory(channel("phone", "oficina"), channel("chat"), at=TEN).holds_until == SEVEN_PM


def test_what_never_closes_holds_until_midnight():
    assert directory(channel("phone"), at=TEN).holds_until == MIDNIGHT


def test_directory_without_channels_holds_until_midnight():
    assert directory(at=TEN).holds_until == MIDNIGHT


@pytest.mark.parametrize("edge", ["since", "until"])
def test_notice_that_begins_or_ends_is_a_change(edge):
    """Of whatever severity: it is told from then on, or no more."""
    noon = datetime(2026, 11, 23, 12, tzinfo=BOGOTA)
    told = with_notices(notice(INFORMATION, **{edge: noon}), at=TEN)
    assert told.holds_until == noon


def test_it_is_a_change_when_the_instant_has_come():
    changed = directory(channel("phone", "oficina"), at=SEVEN_PM)
    assert (changed.channels[0].state, changed.holds_until) == ("closed", MIDNIGHT)


def test_it_is_told_in_the_zone_of_the_organization():
    held = directory(channel("phone", "oficina"), at=TEN.astimezone(ZoneInfo("Asia/Tokyo")))
    assert held.holds_until.isoformat() == "2026-11-23T19:00:00-05:00"
