"""Who changes a value un-verifies it, through whatever door; another day stated with it stays."""

import io
import json
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command

from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import ContactPoint
from directory.upkeep import replacement, settlement
from tests.addresses import change_url
from tests.directory.imports.sheet_files import as_csv, bring_in, told
from tests.factories import ChannelFactory, EmailFactory, PhoneFactory, WebFactory
from tests.html import submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

TRIED, TRIED_AGAIN = date(2026, 10, 1), date(2026, 11, 20)
CHANGES = [
    (PhoneFactory, {"phone": "601 745 0000"}),
    (EmailFactory, {"email": "otra@example.com"}),
    (WebFactory, {"url": "https://example.com/otra"}),
]
every_change = pytest.mark.parametrize(
    ("factory", "change"), CHANGES, ids=[next(iter(change)) for _factory, change in CHANGES]
)


def day_of(point):
    return ContactPoint.objects.values_list("verified_on", flat=True).get(pk=point.pk)


def by_model(client, user, tmp_path, point, **change):
    for name, value in change.items():
        setattr(point, name, value)
    point.full_clean()
    point.save()


def by_form(client, user, tmp_path, point, **change):
    assert submit(client, change_url(point), **change).status_code == 302


def by_fixture(client, user, tmp_path, point, **change):
    fields = {"code": point.code, "kind": point.kind, "label": point.label, **change}
    fixture = tmp_path / "datos.json"
    record = {"model": "directory.contactpoint", "fields": {**fields}}
    fixture.write_text(json.dumps([record], default=str))
    call_command("loaddata", str(fixture), stdout=io.StringIO())


def by_sheet(client, user, tmp_path, point, **change):
    cells = {"code": point.code, "value": change[point.value_field]}
    cells["verified_on"] = str(change.get("verified_on", point.verified_on))
    file = "datos.csv", as_csv([[*cells], [*cells.values()]])
    assert told(bring_in(ContactPointSheet, file, user)) == []


DOORS = {"model": by_model, "form": by_form, "fixture": by_fixture, "sheet": by_sheet}


@pytest.fixture(params=DOORS.values(), ids=DOORS)
def edit(request, admin_client, admin_user, tmp_path):
    def edit(point, **change):
        request.param(admin_client, admin_user, tmp_path, point, **change)

    return edit


@every_change
def test_new_value_is_not_verified(factory, change, edit):
    point = factory(verified_on=TRIED)
    edit(point, **change)
    assert day_of(point) is None


@every_change
def test_new_value_with_another_day_is_verified_on_that_day(factory, change, edit):
    point = factory(verified_on=TRIED)
    edit(point, **change, verified_on=TRIED_AGAIN)
    assert day_of(point) == TRIED_AGAIN


@every_change
def test_same_value_stays_verified(factory, change, edit):
    point = factory(verified_on=TRIED)
    (field,) = change
    edit(point, **{field: str(getattr(point, field))})
    assert day_of(point) == TRIED


def test_other_kind_and_other_code_are_not_verified():
    point = PhoneFactory(verified_on=TRIED)
    point.kind = "whatsapp"
    point.full_clean()
    assert point.verified_on is None
    code = ContactPoint.objects.create(
        code="c", kind="short_code", label="C", short_code="195", verified_on=TRIED
    )
    code.short_code = "*611"
    code.full_clean()
    assert code.verified_on is None


def test_replacing_and_settling_leave_what_was_verified():
    old, new, newest = PhoneFactory(), PhoneFactory(verified_on=TRIED), PhoneFactory()
    newest.verified_on = TRIED_AGAIN
    newest.save()
    ChannelFactory(contacts=[old])
    replacement.replace([old], new)
    ContactPoint.objects.filter(pk=new.pk).update(replaced_by=newest, replaced_on=TRIED)
    settlement.settle(settlement.due())
    assert [day_of(point) for point in (new, newest)] == [TRIED, TRIED_AGAIN]


def test_history_and_message_say_that_it_is_not_verified(admin_client):
    point = PhoneFactory(verified_on=TRIED)
    answer = submit(admin_client, change_url(point), phone="601 745 0000")
    page = admin_client.get(answer.url)
    said = [str(message) for message in page.context["messages"]]
    assert "«Verificado el» queda vacío: nadie ha probado todavía el dato nuevo." in said
    (entry,) = LogEntry.objects.all()
    assert "verificado el: 1 de octubre de 2026 → vacío" in entry.get_change_message().lower()
