"""What becomes of reports of customers: findings, until somebody closes them; forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, transaction

from directory.answers.reportable import reportable
from directory.answers.resolve import resolve
from directory.models import ContactPoint, ContactReport, Finding, Service
from directory.models.contact_reports import Problem
from directory.upkeep import reports
from directory.upkeep.checks.runs import check_changes, run_checks
from tests.directory.pages import help_desk
from tests.factories import ContactReportFactory, PhoneFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def told():
    """(subject, message) of what is found about reports now; nothing is checked for it."""
    found = Finding.objects.filter(code="reported_by_customers")
    return [(each.subject, each.message) for each in found]


def receive(text="", number=1):
    service = help_desk() if not Service.objects.exists() else Service.objects.get()
    directory = resolve(service.editions.get(), NOW)
    reported = next(iter(reportable(directory).values()))
    sent = reports.Told(
        reported=reported,
        problem=Problem.NO_ANSWER,
        text=text,
        email="ana@example.com",
        form=f"formulario-{number}",
        network=f"192.0.2.{number}",
    )
    return reports.receive(service.pk, sent, NOW)


def test_a_report_is_a_finding_at_once_with_the_newest_words():
    help_desk()
    run_checks()
    assert receive("Sonó ocupado") is reports.Receipt.TAKEN
    assert told() == [
        (
            "601 744 2727 · Línea Bogotá",
            "Un cliente reporta: nadie contestó (23 de noviembre de 2026). En palabras del "
            "cliente: «Sonó ocupado». Pruébelo, corríjalo y dé los reportes por atendidos con una "
            "palabra.",
        )
    ]
    receive(number=2)
    ContactReport.objects.filter(form="formulario-2").update(problem="somebody_else")
    run_checks()
    [(_subject, message)] = told()
    assert message.startswith(
        "2 reportes de clientes: nadie contestó (1), contestó alguien que no sabe de este servicio "
        "(1). El más reciente es del 23 de noviembre de 2026. En palabras del cliente: «Sonó"
    )


def test_it_is_shown_on_the_form_of_the_number_and_of_the_service():
    run_checks()
    receive()
    point, service = ContactPoint.objects.get(label="Línea Bogotá"), Service.objects.get()
    [finding] = Finding.objects.filter(code="reported_by_customers")
    assert list(Finding.objects.about(point)) == list(Finding.objects.about(service)) == [finding]
    assert finding.url == f"/admin/directory/contactpoint/{point.pk}/change/#reports-group"


def test_before_the_first_check_nothing_is_found_and_then_all():
    receive()
    assert told() == []
    run_checks()
    assert len(told()) == 1


def test_a_check_of_a_change_keeps_it():
    receive()
    run_checks()
    point = ContactPoint.objects.get(label="Línea Bogotá")
    call_command("publish", verbosity=0)
    ContactReportFactory(contact_point=point)
    check_changes()
    assert len(told()) == 1


def test_closing_takes_the_finding_and_the_address_away():
    run_checks()
    receive()
    ana = UserFactory(username="ana")
    assert reports.close(ContactReport.objects.all(), ana, "Corregido", NOW) == 1
    assert reports.close(ContactReport.objects.all(), ana, "Otra vez", NOW) == 0
    [report] = ContactReport.objects.all()
    assert (report.closed_by, report.closed_at, report.closing_word) == (ana, NOW, "Corregido")
    assert (report.email, told()) == ("", [])


def test_a_deleted_number_takes_its_finding_along_and_leaves_the_report():
    number = PhoneFactory()
    report = ContactReportFactory(contact_point=number)
    run_checks()
    number.delete()
    run_checks()
    report.refresh_from_db()
    assert (report.contact_point, told()) == (None, [])


def test_what_is_not_needed_any_more_is_forgotten(settings):
    settings.REPORT_MAIL_KEPT_FOR_DAYS = 30
    ana = UserFactory()
    closed = {"closed_by": ana, "closing_word": "Sí"}
    old, older, recent = (
        ContactReportFactory(made_at=NOW - timedelta(days=days), sender="s", email="a@example.com")
        for days in (1, 31, 0)
    )
    ContactReportFactory(closed_at=NOW - timedelta(days=366), **closed)
    kept = ContactReportFactory(closed_at=NOW - timedelta(days=300), **closed)
    reports.forget(NOW)
    left = ContactReport.objects.order_by("pk").values_list("pk", "sender", "email")
    assert list(left) == [
        (old.pk, "", "a@example.com"),
        (older.pk, "", ""),
        (recent.pk, "s", "a@example.com"),
        (kept.pk, "", ""),
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"problem": "nada"},
        {"closed_at": NOW},
        {"closed_at": NOW, "closing_word": "Sí"},
        {"closing_word": "Sí"},
        {"email": "a@example.com", "closed_at": NOW, "closing_word": "Sí", "closed_by": 1},
    ],
)
def test_the_database_refuses_what_is_no_report(values):
    report = ContactReportFactory()
    if "closed_by" in values:
        values = {**values, "closed_by": get_user_model().objects.create(username="ana")}
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactReport.objects.filter(pk=report.pk).update(**values)


def test_the_database_takes_a_form_once():
    report = ContactReportFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactReportFactory(form=report.form)
