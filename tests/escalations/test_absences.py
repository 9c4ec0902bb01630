"""What absences refuse, each rule twice where a database can hold it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from directory.contacts.stand_ins import LONGEST_CHAIN
from directory.models import ContactPoint, Schedule, Service
from escalations.models import Absence, AbsenceContact, EscalationContact
from tests.factories import (
    AbsenceFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
)
from tests.refusals import (
    codes_of,
    refused_among_neighbours,
    refused_by_the_database,
    refused_in_full_clean,
    refused_twice,
)

pytestmark = pytest.mark.django_db


def day(number):
    return date(2026, 12, number)


def away(contact, first=1, last=15, stand_in=None):
    return Absence(contact=contact, first_day=day(first), last_day=day(last), stand_in=stand_in)


@pytest.fixture
def nelson():
    return EscalationContactFactory(name="Turno", person="Nelson", code="nelson")


@pytest.fixture
def orlando():
    return EscalationContactFactory(name="Turno", person="Orlando", code="orlando")


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        (lambda who: away(who, 15, 1), {"last_day": ["dates_out_of_order"]}),
        (lambda who: away(who, stand_in=who), {"stand_in": ["own_stand_in"]}),
    ],
    ids=["days", "own stand-in"],
)
def test_wrong_absence_is_refused_twice(nelson, wrong, refused):
    assert refused_twice(wrong(nelson)) == refused


def test_implausible_days_are_refused(nelson):
    absence = Absence(contact=nelson, first_day=date(206, 12, 1), last_day=date(2206, 12, 1))
    expected = {"first_day": ["implausible_year"], "last_day": ["implausible_year"]}
    assert refused_in_full_clean(absence) == expected


@pytest.mark.parametrize(("first", "last", "overlaps"), [(15, 20, True), (16, 20, False)])
def test_absences_of_one_contact_share_no_day(nelson, orlando, first, last, overlaps):
    AbsenceFactory(contact=nelson)
    AbsenceFactory(contact=orlando, first_day=day(16), last_day=day(20))
    other = away(nelson, first, last)
    expected = {"first_day": ["overlap"]} if overlaps else {}
    assert refused_among_neighbours(other) == expected
    if overlaps:
        with refused_by_the_database():
            other.save()
    else:
        other.save()


def test_overlap_names_the_days_of_the_other(nelson):
    other = AbsenceFactory(contact=nelson)
    with translation.override("es"), pytest.raises(ValidationError) as refused:
        away(nelson, 15, 20).validate_among([other])
    assert refused.value.messages == [
        "Ya hay una ausencia en algunos de estos días: 01/12/2026 - 15/12/2026. Cambie los días "
        "de una de las dos, o quítela."
    ]


def test_circle_is_refused_with_who_and_which_days(nelson, orlando):
    AbsenceFactory(contact=orlando, stand_in=nelson, first_day=day(10), last_day=day(20))
    absence = away(nelson, stand_in=orlando)
    with translation.override("es"), pytest.raises(ValidationError) as refused:
        absence.validate_stand_ins()
    assert refused.value.message_dict == {
        "stand_in": [
            "Se reemplazarían unos a otros: Nelson → Orlando → Nelson, 10 de diciembre de 2026 al "
            "15 de diciembre de 2026. Elija a alguien que esté en esos días."
        ]
    }


def chain_of(length, ends_at=None):
    """Absences of so many people, each stood in for by the next; the last by `ends_at`."""
    people = [EscalationContactFactory(code=f"p{number}") for number in range(length)]
    following = [*people[1:], ends_at or EscalationContactFactory(code="last")]
    return people, [
        away(who, stand_in=stand_in) for who, stand_in in zip(people, following, strict=True)
    ]


@pytest.mark.parametrize("last", range(3))
def test_circle_is_refused_whichever_is_entered_last(last):
    people, absences = chain_of(3)
    absences[-1].stand_in = people[0]
    missing = absences.pop(last)
    Absence.objects.bulk_create(absences)
    assert codes_of(missing.validate_stand_ins) == {"stand_in": ["circle"]}


@pytest.mark.parametrize("last", range(LONGEST_CHAIN + 1))
def test_too_long_a_chain_is_refused_whichever_is_entered_last(last):
    _people, absences = chain_of(LONGEST_CHAIN + 1)
    missing = absences.pop(last)
    Absence.objects.bulk_create(absences)
    assert codes_of(missing.validate_stand_ins) == {"stand_in": ["too_many"]}


def test_longest_chain_is_accepted():
    _people, absences = chain_of(LONGEST_CHAIN)
    Absence.objects.bulk_create(absences)
    assert [codes_of(each.validate_whole) for each in absences] == [{}] * LONGEST_CHAIN


def test_who_stand_in_for_each_other_on_other_days_are_accepted(nelson, orlando):
    AbsenceFactory(contact=orlando, stand_in=nelson, first_day=day(16), last_day=day(20))
    assert codes_of(away(nelson, stand_in=orlando).validate_stand_ins) == {}


def test_validating_takes_one_query_however_many_absences(
    nelson, orlando, django_assert_num_queries
):
    for _number in range(3):
        AbsenceFactory(stand_in=EscalationContactFactory())
    absence = away(nelson, stand_in=orlando)
    with django_assert_num_queries(1):
        absence.validate_stand_ins()


# ---- Which services show whom


def test_service_shows_who_stands_in_one_for_another_and_their_contacts():
    people, absences = chain_of(LONGEST_CHAIN)
    Absence.objects.bulk_create(absences)
    last = EscalationContact.objects.get(code="last")
    last.schedule = ScheduleFactory()
    last.save()
    service = ServiceFactory()
    EscalationPolicyFactory(service=service, levels=[people[0], people[0]])
    ServiceFactory()
    given = EmailFactory()
    AbsenceContact.objects.create(absence=absences[-1], contact_point=given)
    assert [*last.services()] == [service]
    assert [*absences[-1].services()] == [service]
    assert [*given.services()] == [service]
    assert [*last.contact_uses.get().contact_point.services()] == [service]
    assert [*last.schedule.services()] == [service]
    assert [*Service.objects.showing_schedules(Schedule.objects.all())] == [service]


def test_where_used_names_absences(nelson, orlando):
    absence = AbsenceFactory(contact=nelson, stand_in=orlando)
    assert [row for rows in orlando.holders() for row in rows] == [absence]
    point = PhoneFactory()
    AbsenceContact.objects.create(absence=absence, contact_point=point)
    assert [row for rows in ContactPoint.objects.get(pk=point.pk).holders() for row in rows] == [
        absence
    ]


def test_contact_may_be_given_once_in_an_absence(nelson):
    absence = AbsenceFactory(contact=nelson)
    use = AbsenceContact.objects.create(absence=absence, contact_point=PhoneFactory())
    again = AbsenceContact(absence=absence, contact_point=use.contact_point)
    assert refused_twice(again) == {"__all__": [None]}
