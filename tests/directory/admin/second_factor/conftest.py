import pytest

from tests.second_factors import person


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_IS_REQUIRED = True


@pytest.fixture
def eva(db):
    return person()
