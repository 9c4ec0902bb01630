"""Why a search shows a service."""

from datetime import date

import msgspec
import pytest
import time_machine

from directory.answers import instants
from directory.answers.resolve import resolve
from directory.answers.search_hits import SearchHit, search_hits
from directory.answers.structures import PlannedChange
from tests.directory.pages import SUNDAY_NIGHT, help_desk

pytestmark = pytest.mark.django_db


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_result_shows_the_contact_that_will_replace_another(client):
    service = help_desk()
    edition = service.editions.get()
    directory = resolve(edition, instants.now())
    channel = directory.channels[0]
    changes = PlannedChange(
        on=date(2026, 12, 1), kind="phone", value="+573000000000", display="300 000 0000", href=""
    )
    contact = msgspec.structs.replace(channel.contacts[0], changes=changes)
    channel = msgspec.structs.replace(channel, contacts=(contact,))
    planned = msgspec.structs.replace(directory, channels=(channel,))
    assert search_hits(planned, "300 000 0000") == [
        SearchHit(contact=contact, where="Telefónico", is_planned=True)
    ]
