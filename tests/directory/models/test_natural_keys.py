"""Rows are found by their natural keys, also by dumps and loads."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from directory.editions.publish import publish
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    Edition,
    ExceptionSpan,
    Finding,
    FindingAcceptance,
    RequestType,
    Schedule,
    ScheduleException,
    Service,
    TimeSpan,
)
from directory.upkeep.checks.runs import run_checks
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)
from tests.directory.plans import exception
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    UserFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db
FIRST_OF_DECEMBER = date(2026, 12, 1)


MODELS = [
    RequestType,
    Schedule,
    TimeSpan,
    ScheduleException,
    ExceptionSpan,
    ContactPoint,
    Service,
    Channel,
    ChannelContact,
    EscalationContact,
    EscalationContactUse,
    EscalationPolicy,
    EscalationLevel,
]


def one_of_everything():
    service = complete_service()
    own = weekday_schedule(holidays="own_hours", days=[1, 8])
    exception(own, FIRST_OF_DECEMBER, spans=[(8, 12)])
    exception(None, FIRST_OF_DECEMBER, code="para-todos")
    EmailFactory()
    WebFactory()
    return service


@pytest.mark.parametrize("model", MODELS)
def test_natural_key_finds_its_row(model):
    one_of_everything()
    rows = list(model.objects.all())
    assert rows
    assert [model.objects.get_by_natural_key(*row.natural_key()) for row in rows] == rows


def dumped():
    out = io.StringIO()
    call_command(
        "dumpdata",
        "directory",
        "escalations",
        exclude=["directory.edition"],
        use_natural_primary_keys=True,
        use_natural_foreign_keys=True,
        stdout=out,
    )
    return json.loads(out.getvalue())


def in_any_order(objects):
    return sorted(json.dumps(each, sort_keys=True) for each in objects)


def empty_the_database():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_edition")
    ContactPoint.objects.update(replaced_by=None, replaced_on=None)
    Service.objects.all().delete()
    EscalationContact.objects.all().delete()
    for model in (ScheduleException, Schedule, ContactPoint, RequestType):
        model.objects.all().delete()
    assert not any(model.objects.exists() for model in MODELS)


def load_back(objects, tmp_path):
    path = tmp_path / "all.json"
    path.write_text(json.dumps(objects), encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)


def test_dump_without_primary_keys_loads_into_an_empty_database(tmp_path):
    one_of_everything()
    publish(Service.objects.all())
    run_checks()
    FindingAcceptance.objects.create(
        fingerprint=Finding.objects.first().fingerprint,
        reason="Acordado",
        accepted_by=UserFactory(),
    )
    before, document = dumped(), Edition.objects.get().document
    assert [each for each in before if "pk" in each] == []
    empty_the_database()
    load_back(before, tmp_path)
    assert in_any_order(dumped()) == in_any_order(before)
    assert Edition.objects.get().document == document


def test_dump_with_replacements_loads_into_an_empty_database(tmp_path):
    """A contact point stands in the dump before the newer one that takes its place."""
    old = PhoneFactory()
    ChannelFactory(contacts=[old])
    old.replaced_by, old.replaced_on = PhoneFactory(), FIRST_OF_DECEMBER
    old.save()
    before = dumped()
    empty_the_database()
    load_back(before, tmp_path)
    assert in_any_order(dumped()) == in_any_order(before)
