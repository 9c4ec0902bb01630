"""Several publish at once: no edit is lost, and no number is given twice."""

import threading

import pytest
from django.db import transaction

from directory.editions import document
from directory.editions.publish import publish
from directory.editions.verifying import breaks
from directory.models import ContactPoint, Edition, Service
from tests.factories import complete_service
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


def state_of(service):
    """Numbers of its editions, the current document, and what is broken; read by a thread too."""

    def read():
        editions = list(Edition.objects.filter(service=service).order_by("number"))
        return (
            [edition.number for edition in editions],
            document.decode(editions[-1].document),
            list(breaks()),
        )

    (state,) = in_threads(read)
    return state


@pytest.fixture
def service_with_two_channels(transactional_db):
    return complete_service(slug="uno", name="Uno")


def test_two_edits_at_once_are_both_in_the_last_edition(
    service_with_two_channels, database_for_threads
):
    """Of one row, and of rows that are not each other's, so that no row lock makes one wait."""
    service = service_with_two_channels
    points = ContactPoint.objects.filter(channelcontacts__channel__service=service)
    one, other = points.order_by("pk").values_list("pk", flat=True)
    row = Service.objects.filter(pk=service.pk)

    def at_once(*edits):
        start = threading.Barrier(2)

        def work(rows, values):
            start.wait(timeout=60)
            with transaction.atomic():
                rows.update(**values)
                return [edition.number for edition in publish(Service.objects.all())]

        return sorted(in_threads(*(lambda edit=edit: work(*edit) for edit in edits)))

    made = at_once((row, {"name": "Nuevo nombre"}), (row, {"introduction": "Nueva entrada"}))
    made += at_once(
        (ContactPoint.objects.filter(pk=one), {"label": "Etiqueta A"}),
        (ContactPoint.objects.filter(pk=other), {"label": "Etiqueta B"}),
    )
    published, last, broken = state_of(service)
    labels = {contact.label for channel in last.channels for contact in channel.contacts}
    assert made == [[1], [2], [3], [4]]
    assert (published, broken) == ([1, 2, 3, 4], [])
    assert (last.name, last.introduction) == ("Nuevo nombre", "Nueva entrada")
    assert labels == {"Etiqueta A", "Etiqueta B"}


def test_many_writers_give_no_number_twice(service_with_two_channels, database_for_threads):
    service, writers = service_with_two_channels, 6

    def edit(name):
        with transaction.atomic():
            Service.objects.filter(pk=service.pk).update(name=name)
            return [edition.number for edition in publish(Service.objects.all())]

    made = in_threads(*(lambda name=f"Nombre {n}": edit(name) for n in range(writers)))
    published, _, broken = state_of(service)
    assert sorted(made) == [[n] for n in range(1, writers + 1)]
    assert (published, broken) == (list(range(1, writers + 1)), [])
