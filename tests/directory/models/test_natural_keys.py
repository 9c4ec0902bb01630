"""Rows are found by their natural keys, also by dumps and loads."""

import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command

from directory.editions.publish import publish
from directory.models import (
    ContactPoint,
    Edition,
    Finding,
    FormerSlug,
    Notice,
    RequestType,
    Schedule,
    ScheduleException,
    Service,
)
from directory.models.natural_keys import NaturalKeyModel
from directory.upkeep.checks.runs import run_checks
from escalations.models import AbsenceContact, EscalationContact
from tests.directory.plans import DECEMBER, exception
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EmailFactory,
    EscalationTimeFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.findings import accept
from tests.tampering import execute, triggers_dropped

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if issubclass(model, NaturalKeyModel)]


def one_of_everything():
    """The contact point that is replaced stands in a dump before the one that takes its place."""
    service, replaced = complete_service(), PhoneFactory()
    level = service.escalation_policy.levels.last()
    level.request_types.set([RequestTypeFactory(code="queja", name="Quejas"), RequestTypeFactory()])
    FormerSlug.objects.create(slug="antes", service=service)
    own = weekday_schedule(holidays="own_hours", days=[1, 8])
    exception(own, DECEMBER, spans=[(8, 12)])
    exception(None, DECEMBER, code="para-todos")
    ChannelFactory(service=service, contacts=[replaced, EmailFactory(), WebFactory()])
    replaced.replaced_by, replaced.replaced_on = PhoneFactory(), DECEMBER
    replaced.save()
    ResponseTargetFactory(service=service)
    EscalationTimeFactory(policy=service.escalation_policy)
    absence = AbsenceFactory(contact=level.contact)
    AbsenceContact.objects.create(absence=absence, contact_point=PhoneFactory())
    NoticeFactory(contact_point=replaced)
    NoticeFactory(channel=service.channels.first())


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
    with triggers_dropped():
        execute("DELETE FROM directory_currentedition")
        execute("DELETE FROM directory_edition")
    Notice.objects.all().delete()
    ContactPoint.objects.update(replaced_by=None, replaced_on=None)
    Service.objects.all().delete()
    EscalationContact.objects.all().delete()
    for model in (ScheduleException, Schedule, ContactPoint, RequestType):
        model.objects.all().delete()
    assert not any(model.objects.exists() for model in MODELS)


def test_dump_without_primary_keys_loads_into_an_empty_database(tmp_path):
    one_of_everything()
    publish(Service.objects.all())
    run_checks()
    accept(Finding.objects.first())
    before, document = dumped(), Edition.objects.get().document
    assert [each for each in before if "pk" in each] == []
    empty_the_database()
    path = tmp_path / "all.json"
    path.write_text(json.dumps(before), encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)
    assert in_any_order(dumped()) == in_any_order(before)
    assert Edition.objects.get().document == document
