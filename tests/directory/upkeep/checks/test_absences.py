"""Findings about absences: that somebody answers, and can be reached."""

from datetime import date

import pytest

from directory.editions.publish import publish
from directory.models import Finding, Service
from directory.upkeep.checks.runs import run_checks
from escalations.models import AbsenceContact
from tests.editing import Editing
from tests.factories import (
    AbsenceFactory,
    EscalationContactFactory,
    PhoneFactory,
    complete_service,
)

# Today is 23 November 2026.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

CODES = ("nobody_stands_in", "stand_in_out_of_reach", "absence_long_over")


@pytest.fixture
def nelson():
    service = complete_service(name="Mesa")
    contact = service.escalation_policy.levels.get(level=1).contact
    contact.name, contact.person = "Turno", "Nelson"
    contact.save()
    return contact


def orlando(**values):
    return EscalationContactFactory(person="Orlando", **values)


def checked():
    """(code, severity, subject, message) of what is found about absences."""
    publish(Service.objects.all())
    run_checks()
    found = Finding.objects.filter(code__in=CODES)
    return [(each.code, each.level, each.subject, each.message) for each in found]


def test_who_is_away_with_a_stand_in_is_no_finding(nelson):
    AbsenceFactory(contact=nelson, stand_in=orlando())
    assert checked() == []


def test_nobody_stands_in_today_or_on_days_to_come(nelson):
    AbsenceFactory(contact=nelson)
    AbsenceFactory(contact=nelson, first_day=date(2026, 11, 1), last_day=date(2026, 11, 23))
    AbsenceFactory(contact=nelson, first_day=date(2026, 10, 30), last_day=date(2026, 10, 31))
    first, second = checked()
    assert first[:3] == second[:3] == ("nobody_stands_in", "warning", str(nelson))
    assert "1 de noviembre de 2026 al 23 de noviembre de 2026" in first[3]
    assert "1 de diciembre de 2026 al 15 de diciembre de 2026" in second[3]


def test_contact_points_of_the_days_are_enough(nelson):
    absence = AbsenceFactory(contact=nelson)
    AbsenceContact.objects.create(absence=absence, contact_point=PhoneFactory())
    assert checked() == []


def test_stand_in_who_is_away_too_leads_to_nobody_on_these_days(nelson):
    stand_in = orlando()
    AbsenceFactory(contact=nelson, stand_in=stand_in)
    AbsenceFactory(contact=stand_in, first_day=date(2026, 12, 10), last_day=date(2026, 12, 20))
    assert checked() == [
        (
            "nobody_stands_in",
            "warning",
            str(nelson),
            "No está (10 de diciembre de 2026 al 15 de diciembre de 2026), y tampoco quien lo "
            "reemplaza (Orlando). Elija a alguien que esté.",
        )
    ]


def test_stand_in_without_contact_points_is_found(nelson):
    AbsenceFactory(contact=nelson, stand_in=orlando(contacts=[]))
    ((code, level, subject, message),) = checked()
    assert (code, level, subject) == ("stand_in_out_of_reach", "warning", str(nelson))
    assert message.startswith("Orlando lo reemplaza (1 de diciembre de 2026 al 15 de diciembre")


@pytest.mark.parametrize(("last", "is_found"), [(23, True), (24, False)])
def test_absence_that_ended_more_than_a_month_ago_may_be_tidied(nelson, last, is_found):
    AbsenceFactory(contact=nelson, first_day=date(2026, 10, 1), last_day=date(2026, 10, last))
    expected = ("absence_long_over", "info", str(nelson))
    assert [each[:3] for each in checked()] == [expected] * is_found


def test_finding_goes_when_its_absence_does(admin_client, nelson):
    AbsenceFactory(contact=nelson)
    assert len(checked()) == 1
    Editing(admin_client, nelson).delete_row("absences", 0)
    Editing(admin_client, nelson)
    assert not Finding.objects.filter(code__in=CODES).exists()
