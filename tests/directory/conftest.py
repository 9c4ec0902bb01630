import pytest
import time_machine

from tests.directory import plans, withdrawals


@pytest.fixture
def monday():
    """It is Monday, 23 November 2026, 10:00 in Bogotá."""
    with time_machine.travel(plans.NOW, tick=False):
        yield


@pytest.fixture
def planned(db, monday):
    """A service with plans to make: see `plans.service`."""
    return plans.service()


@pytest.fixture
def march():
    """It is 10 March 2026, 10:00 in Bogotá: after the editions of `withdrawals`."""
    with time_machine.travel(withdrawals.NOW, tick=False):
        yield


@pytest.fixture
def thrice(db, march):
    """A service with three editions: see `withdrawals.service_with_editions`."""
    return withdrawals.service_with_editions()
