import pytest

from tests.factories import UserFactory
from tests.people import client_of


@pytest.fixture
def four_eyes(settings):
    """What waits for a second person: "off", "risky" or "all", from when it is called on."""

    def set_to(value):
        settings.FOUR_EYES = value

    return set_to


@pytest.fixture
def both(db):
    """The clients of ana, who proposes, and beto, who publishes: both may do everything."""
    everything = {"is_staff": True, "is_superuser": True}
    people = [
        UserFactory(username=name, email=f"{name}@example.com", **everything)
        for name in ("ana", "beto")
    ]
    return [client_of(person) for person in people]
