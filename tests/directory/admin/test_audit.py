"""The audit log in the back office: for who may read it, and nobody changes it there."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.audit.log import note
from directory.models import AuditEntry
from tests.factories import ServiceFactory, UserFactory
from tests.people import client_of, staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:directory_auditentry_changelist")
EXPORT = reverse("admin:directory_auditentry_export")


def form_of(entry):
    return reverse("admin:directory_auditentry_change", args=[entry.pk])


@pytest.fixture
def auditor():
    return staff("view_auditentry", username="auditora")


def shown(client, **query):
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [
        (each.event, each.user_name, each.about_name) for each in response.context["cl"].result_list
    ]


def test_who_may_not_read_it_sees_nothing_of_it():
    reader, entry = staff("view_service", "change_user", "view_user"), AuditEntry.objects.first()
    assert entry is not None
    pages = [LIST, EXPORT, form_of(entry)]
    assert [reader.get(page).status_code for page in pages] == [403] * 3
    assert "auditentry" not in reader.get(reverse("admin:index")).content.decode()


def test_nobody_changes_it_there():
    administrator = client_of(UserFactory(is_staff=True, is_superuser=True))
    entry = AuditEntry.objects.first()
    before = [*AuditEntry.objects.order_by("pk").values()]
    delete = reverse("admin:directory_auditentry_delete", args=[entry.pk])
    add = reverse("admin:directory_auditentry_add")
    answers = [
        administrator.post(delete, {"post": "yes"}),
        administrator.post(add, {"event": "published"}),
        administrator.post(form_of(entry), {"event": "published"}),
        administrator.post(EXPORT),
    ]
    assert [each.status_code for each in answers] == [403, 403, 403, 405]
    sent = {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"}
    administrator.post(LIST, sent)
    assert [*AuditEntry.objects.order_by("pk").values()] == before


def test_it_tells_who_did_what_to_what_and_from_where(auditor):
    ana, service = UserFactory(username="ana"), ServiceFactory(name="Clave Segura")
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9")
    note("exported", by=ana, request=request, about=service, what="numbers", rows=3)
    text = auditor.get(LIST).content.decode()
    for words in ("ana", "Servicio", "Clave Segura", "192.0.2.9", "filas: 3"):
        assert words in text
    assert auditor.get(form_of(AuditEntry.objects.get(event="exported"))).status_code == 200


def test_it_is_filtered_and_searched(auditor):
    ana, service = UserFactory(username="ana"), ServiceFactory(name="Línea Única")
    note("exported", by=ana, about=service)
    note("signed_out", by=ana, about=ana)
    one, other = ("exported", "ana", "Línea Única"), ("signed_out", "ana", "ana")
    entry = AuditEntry.objects.get(event="exported")
    assert shown(auditor, event__exact="exported") == [one]
    assert shown(auditor, who="ana") == [other, one]
    assert shown(auditor, about_kind="directory.service", about_key=service.pk) == [one]
    assert shown(auditor, q="linea unica") == [one]
    assert shown(auditor, who="-", event__exact="exported") == []
    assert shown(
        auditor, at__gte=f"{entry.at:%Y-%m-%d} 00:00:00+00:00", event__exact="exported"
    ) == [one]
    assert shown(auditor, event__exact="no such event") == []


@pytest.mark.parametrize(
    "query",
    ["details__command__regex=.*", "user_name__regex=(a+)+$", "user_key__gt=0", "nada=1"],
)
def test_it_is_looked_up_by_its_filters_alone(auditor, query):
    assert auditor.get(f"{LIST}?{query}").status_code in (302, 400)


def test_a_download_has_what_the_list_has_and_is_on_record(auditor):
    ana = UserFactory(username="ana")
    note("exported", by=ana, about=ana, what='=cmd|" /C calc"!A0')
    response = auditor.get(EXPORT, {"who": "ana"})
    text = response.content.decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert [dict(zip(heads, row, strict=True))["event"] for row in rows] == ["exported"]
    last = AuditEntry.objects.order_by("pk").last()
    assert (last.event, last.user_name) == ("exported", "auditora")
    assert last.details == {"what": "audit", "rows": 1, "where": {"who": ["ana"]}}
    assert 'href="/admin/directory/auditentry/audit.csv?who=ana"' in (
        auditor.get(LIST, {"who": "ana"}).content.decode()
    )


def test_a_longer_log_costs_no_more_queries(auditor):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert auditor.get(LIST).status_code == 200
        return len(queries)

    first = cost()
    for number in range(50):
        note("exported", by=UserFactory(is_staff=True), about=ServiceFactory(), rows=number)
    assert cost() == first


def test_the_search_of_everything_finds_nothing_of_it():
    ana = UserFactory(username="ana-del-registro")
    note("exported", by=ana)
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    ana.delete()
    response = client.get(reverse("admin:search"), {"q": "ana-del-registro"}, follow=True)
    assert "auditentry" not in response.content.decode()


def test_who_may_read_it_is_said_in_words():
    assert Permission.objects.filter(codename__endswith="_auditentry").count() == 1


def test_details_are_told_in_words(auditor):
    note("proposal_made", author="ana", action="changed")
    note("factor_confirmed", kind="totpdevice", path="/admin/")
    page = auditor.get(LIST).content.decode()
    assert "acción: se modificó; propuesta por: ana" in page
    assert "clase: aplicación de autenticación; página: /admin/" in page
