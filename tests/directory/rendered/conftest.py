import pytest
import time_machine

from config import availability
from tests.directory.pages import MONDAY_MORNING, help_desk
from tests.directory.rendered.asking import Server, without_closing


@pytest.fixture(autouse=True)
def _connection_of_the_test():
    back = without_closing()
    yield
    back()


@pytest.fixture(autouse=True)
def _database_is_there():
    availability.note_back()
    yield
    availability.note_back()


@pytest.fixture
def monday():
    """The clock stands on a Monday at 8 a.m., and can be moved."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def desk(db, monday):
    return help_desk()


@pytest.fixture
def server():
    return Server()
