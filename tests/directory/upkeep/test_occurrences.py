"""Everything that says a name or a number is found: in every table, however it is written."""

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.db.models import JSONField

from directory import models
from directory.contacts.written import written
from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Service
from directory.upkeep.checks.runs import run_checks
from directory.upkeep.occurrences import NOT_SEARCHED, columns, find, searched_models, text_columns
from tests.directory.withdrawals import withdraw_edition
from tests.factories import (
    AbsenceFactory,
    ContactReportFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
    SubscriptionFactory,
    UserFactory,
    complete_service,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


def found(text, with_withdrawn=True):
    return {
        each.model._meta.label: [str(one.row) for one in each.rows]
        for each in find(written(text), with_withdrawn)
    }


def test_editions_rows_histories_and_reports_are_found_together(thrice, admin_user):
    ContactPoint.objects.update(label="Celular de Iván Pérez")
    LogEntry.objects.log_actions(
        admin_user.pk, Service.objects.all(), CHANGE, [{"changed": {"fields": ["Iván Pérez"]}}]
    )
    ContactReportFactory(text="Contestó ivan perez, no soporte", contact_point=None)
    UserFactory(first_name="Iván", last_name="Pérez", username="ip")
    publish(Service.objects.all())
    assert found("IVAN PEREZ") == {
        "directory.Edition": ["Servicio, edición 4"],
        "directory.ContactPoint": [str(ContactPoint.objects.get())],
        "admin.LogEntry": [str(LogEntry.objects.get())],
        "directory.ContactReport": [str(models.ContactReport.objects.get())],
        "auth.User": ["ip"],
    }


@pytest.mark.parametrize(
    "typed", ["310 555 0199", "+57 310 555 0199", "(310)5550199", "3105550199"]
)
def test_a_number_is_found_in_each_edition_however_it_is_typed(thrice, typed):
    assert found(typed) == {"directory.Edition": ["Servicio, edición 2"]}


def test_what_withdrawn_editions_said_is_found_by_auditors_only(thrice):
    withdraw_edition(thrice, 2)
    assert found("310 555 0199", with_withdrawn=True) == {
        "directory.Edition": ["Servicio, edición 2"]
    }
    assert found("310 555 0199", with_withdrawn=False) == {}


def test_the_current_edition_is_told_apart(thrice):
    [editions] = [each for each in find(written("Servicio"), True) if each.model is Edition]
    assert [(one.row.number, one.is_current) for one in editions.rows] == [
        (3, True),
        (2, False),
        (1, False),
    ]


def rows_of_all_models(admin_user):
    service = complete_service()
    publish(Service.objects.all())
    for factory in (ExceptionFactory, NoticeFactory, SubscriptionFactory, PhoneFactory):
        factory()
    ContactReportFactory(contact_point=None)
    AbsenceFactory(contact=EscalationContactFactory())
    EscalationPolicyFactory(service=ServiceFactory())
    run_checks()
    LogEntry.objects.log_actions(admin_user.pk, [service], CHANGE, "x")


# What only takes values of its own kind, or nobody but the application writes.
REFUSES = {
    "directory.ContactPoint": {"kind", "phone", "short_code", "email", "url", "telegram", "sms"},
    "directory.Schedule": {"country", "timezone", "subdivision", "holidays"},
}


def test_every_text_of_every_model_is_searched(admin_user):
    """A value is written into each column of texts there is, by itself, and found."""
    rows_of_all_models(admin_user)
    wanted, tried = written("Xóchitl Quetzal"), set()
    for model in searched_models():
        row = model._base_manager.first()
        if model is Edition or row is None:
            continue
        for name in columns(model):
            column = model._meta.get_field(name)
            value = (
                {"a": ["Xóchitl Quetzal"]} if isinstance(column, JSONField) else "Xóchitl Quetzal"
            )
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row.pk).update(**{name: value})
                    said = {each.model for each in find(wanted, True)}
                    transaction.set_rollback(True)
            except (IntegrityError, ValueError, TypeError):
                continue
            except Exception as error:  # a value that is too long, or of another form
                if type(error).__name__ in ("DataError", "ValidationError"):
                    continue
                raise
            assert model in said, f"{model._meta.label}.{name}"
            tried.add(f"{model._meta.label}.{name}")
    assert len(tried) > 35


def test_every_text_is_searched_or_left_out_for_a_reason(db):
    """Of a new model all texts are searched; what is left out is there and has a reason."""
    there = {
        f"{model._meta.label}.{name}"
        for model in apps.get_models(include_auto_created=True)
        for name in text_columns(model)
    }
    searched = {
        f"{model._meta.label}.{name}" for model in searched_models() for name in columns(model)
    }
    for name, reason in NOT_SEARCHED.items():
        label, _dot, column = name.rpartition(".")
        assert reason
        assert apps.get_model(label)
        if column != "*":
            assert name in there, name
    left_out = there - searched
    stars = {name.removesuffix("*") for name in NOT_SEARCHED if name.endswith("*")}
    assert {
        name
        for name in left_out
        if name not in NOT_SEARCHED and f"{name.rpartition('.')[0]}." not in stars
    } == set()


def test_what_is_no_more_than_a_few_is_listed_and_the_rest_told(db, monkeypatch):
    monkeypatch.setattr("directory.upkeep.occurrences.AT_MOST", 2)
    for _number in range(3):
        ContactReportFactory(contact_point=None, text="Contestó Iván Pérez")
    [reports] = find(written("Iván Pérez"), True)
    assert (len(reports.rows), reports.has_more) == (2, True)


@pytest.mark.parametrize("count", [1, 6])
def test_it_asks_as_often_for_few_as_for_many(count, thrice, admin_user, django_assert_num_queries):
    for _number in range(count):
        ContactReportFactory(contact_point=None, text="Contestó Iván Pérez")
        NoticeFactory(text="Llame a Iván Pérez")
        EscalationContactFactory(person="Iván Pérez", contacts=[])
        LogEntry.objects.log_actions(admin_user.pk, Service.objects.all(), CHANGE, "Iván Pérez")
    with django_assert_num_queries(len(searched_models())):
        [str(one.row) for each in find(written("Iván Pérez"), True) for one in each.rows]
