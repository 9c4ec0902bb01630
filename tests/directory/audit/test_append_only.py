"""Whoever writes to the database behind the application's back changes no entry."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import QuerySet

from directory.audit.log import note
from directory.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    note("exported", by=UserFactory(), what="workbook")
    return AuditEntry.objects.get(event="exported")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE directory_auditentry SET user_name = 'otro' WHERE id = {pk}",
        "UPDATE directory_auditentry SET at = '2001-01-01 00:00:00+00' WHERE id = {pk}",
        "UPDATE directory_auditentry SET details = '{{}}' WHERE id = {pk}",
        "UPDATE directory_auditentry SET id = id + 1000 WHERE id = {pk}",
        "DELETE FROM directory_auditentry WHERE id = {pk}",
        "DELETE FROM directory_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(entry, attack):
    before = [*AuditEntry.objects.values().order_by("pk")]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack.format(pk=entry.pk))
    assert [*AuditEntry.objects.values().order_by("pk")] == before


@pytest.mark.postgresql
def test_postgresql_refuses_to_truncate(entry):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE directory_auditentry")
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_no_entry_takes_the_place_of_another(entry):
    copy = AuditEntry(pk=entry.pk, at=entry.at, event="exported", user_name="otro")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO directory_auditentry SELECT * FROM directory_auditentry"
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert AuditEntry.objects.get(pk=entry.pk).user_name == entry.user_name


@pytest.mark.parametrize(
    "attack",
    [
        lambda entry: entry.delete(),
        lambda entry: entry.save(),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.update(user_name="otro"),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["user_name"]),
    ],
)
def test_the_model_refuses_too(entry, attack):
    with pytest.raises(PermissionDenied), transaction.atomic():
        attack(entry)


def test_a_plain_queryset_gets_no_further(entry):
    plain = QuerySet(AuditEntry).filter(pk=entry.pk)
    for attack in (plain.delete, lambda: plain.update(user_name="otro")):
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()


def test_an_event_that_is_not_known_is_refused_by_the_database(entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry(at=entry.at, event="made_up").save()
