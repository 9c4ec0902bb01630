"""Every way to publish, while others save: nobody waits for ever, and nothing is lost."""

import io
import threading

import pytest
from django.core.management import call_command

from directory.editions.publish import publish
from directory.editions.verifying import breaks
from directory.models import ContactPoint, Edition, Service
from tests.directory.admin.four_eyes.test_every_act_waits import EVERY_ACT
from tests.directory.editions.signed import made_key
from tests.directory.test_turn_first import COMMANDS
from tests.editing import Editing
from tests.factories import UserFactory, complete_service
from tests.people import client_of
from tests.threads import in_threads

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

SAVES = 3
# One of each kind of act: they differ in the rows that they write.
ACTS = (
    "change escalations.escalationpolicy",
    "delete directory.contactpoint",
    "delete selected directory.service",
    "directory/contactpoint/replace/",
    "directory/schedule/holidays/",
    "directory/channel/<int:pk>/own-hours/",
    "directory/edition/<path:object_id>/restore/",
    "directory/notice/<int:pk>/end/",
    "directory/revision/<int:pk>/undo/",
    "directory/service/<path:object_id>/copy/",
    "directory/service/<int:pk>/end/",
    "first-steps/request-types/",
    "verify_selected",
    "workbook/",
)


def person(name):
    everything = {"is_staff": True, "is_superuser": True}
    return client_of(UserFactory(username=name, email=f"{name}@example.com", **everything))


def beside_saves(work):
    """Do it while somebody saves a service and its numbers; all that was saved is in editions, and
    what the rows say is published."""
    service = complete_service(slug="aparte", name="Aparte")
    number = service.channels.first().contact_uses.first().contact_point
    publish(Service.objects.all())
    beto, start, statuses = person("beto"), threading.Barrier(2), []

    def save():
        start.wait(60)
        for each in range(SAVES):
            for row, field in ((service, "introduction"), (number, "label")):
                answer = Editing(beto, row).post(**{field: f"Guardado {each}"})
                statuses.append(answer.status_code)

    def done():
        start.wait(60)
        work()

    in_threads(save, done)
    assert statuses == [302] * SAVES * 2
    assert list(publish(Service.objects.filter(pk=service.pk))) == []
    # Acts make services of their own, which nobody has published yet.
    publish(Service.objects.all())
    assert list(breaks()) == []
    documents = Edition.objects.filter(service=service).values_list("document", flat=True)
    said = "\n".join(documents)
    assert all(said.count(f'"Guardado {each}"') for each in range(SAVES))
    assert ContactPoint.objects.get(pk=number.pk).label == f"Guardado {SAVES - 1}"


@pytest.mark.parametrize("name", ACTS)
def test_an_act_and_saves_at_once(name):
    ana = person("ana")
    beside_saves(lambda: EVERY_ACT[name](ana))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_saves_at_once(name, settings, tmp_path):
    prepare, arguments = COMMANDS[name]
    made_key(settings, tmp_path / "key.pem")
    prepare()
    said = io.StringIO()
    beside_saves(lambda: call_command(name, *arguments, stdout=said, stderr=said))
