"""What is done to the directory is on record: one entry for each act, with who did it."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from directory.models import AuditEntry, Revision
from tests.addresses import change_url, page_url
from tests.factories import complete_service
from tests.html import form_values

pytestmark = pytest.mark.django_db


def last(*events):
    found = AuditEntry.objects.filter(event__in=events).order_by("pk")
    return [(each.event, each.user_name, each.about_kind) for each in found]


def edit(client, service, **values):
    url = change_url(service)
    return client.post(url, {**form_values(client.get(url)), **values})


def test_a_change_its_edition_and_its_undoing_are_on_record(admin_client, admin_user):
    service = complete_service()
    call_command("publish", verbosity=0)
    edit(admin_client, service, introduction="Otra introducción")
    change = Revision.objects.get()
    admin_client.post(page_url(Revision, "undo", change.pk))
    name = admin_user.username
    assert last("published", "changed", "change_undone") == [
        ("published", "", "directory.edition"),
        ("published", name, "directory.edition"),
        ("changed", name, "directory.revision"),
        ("published", name, "directory.edition"),
        ("change_undone", name, "directory.revision"),
    ]


def test_a_preview_is_not_on_record(admin_client):
    service = complete_service()
    call_command("publish", verbosity=0)
    before = AuditEntry.objects.count()
    edit(admin_client, service, introduction="Otra introducción", _preview="1")
    assert not Revision.objects.exists()
    assert AuditEntry.objects.count() == before


def test_every_download_is_on_record(admin_client, admin_user):
    complete_service()
    sheets = reverse("admin:directory_channel_spreadsheets")
    admin_client.get(reverse("backoffice:workbook-download"))
    admin_client.get(f"{sheets}channels.csv")
    admin_client.get(reverse("backoffice:workbook-template"))
    told = AuditEntry.objects.filter(event="exported").order_by("pk")
    assert [(each.user_name, each.details["format"]) for each in told] == [
        (admin_user.username, "xlsx"),
        (admin_user.username, "csv"),
    ]


def test_dumps_and_mirrors_are_on_record(tmp_path):
    complete_service()
    call_command("publish", verbosity=0)
    call_command("dumpdata", output=str(tmp_path / "all.json"), verbosity=0)
    call_command("export_site", tmp_path / "site", base_url="https://soporte.example.com")
    told = AuditEntry.objects.filter(event="exported").order_by("pk")
    assert [each.details["what"] for each in told] == ["fixtures", "site"]
    assert json.loads((tmp_path / "all.json").read_text())
