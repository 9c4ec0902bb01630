"""Absences in fixtures: what a contact is given is complete, and circles are refused."""

import json

import pytest
from django.core.management import CommandError, call_command

from directory.editions import document
from directory.models import Edition
from escalations.models import Absence, AbsenceContact
from tests.directory.imports.fixture_files import DIRECTORY, FORMATS, contact, rows, written

pytestmark = pytest.mark.django_db

ABSENCE, GIVEN = "escalations.absence", "escalations.absencecontact"


def person(code):
    return contact(code=code, name=code.title(), schedule=None)


def away(who, first=1, last=15, stand_in=None):
    days = {"first_day": f"2026-12-{first:02}", "last_day": f"2026-12-{last:02}"}
    named = {"contact": [who], "stand_in": stand_in and [stand_in]}
    return {"model": ABSENCE, "fields": {**named, **days}}


def given(who, first=1, point="portal"):
    key = [who, f"2026-12-{first:02}"]
    return {"model": GIVEN, "fields": {"absence": key, "contact_point": [point]}}


PEOPLE = [person("ana"), person("beto"), person("caro")]
WITH_ABSENCES = [
    *DIRECTORY,
    *PEOPLE,
    away("soporte", stand_in="ana"),
    given("soporte"),
    away("ana", 20, 25),
]


def stored():
    return sorted(Absence.objects.values_list("contact__code", "first_day__day", "stand_in__code"))


@pytest.mark.parametrize("format_name", FORMATS)
def test_absences_are_loaded_published_and_loading_again_changes_nothing(load, format_name):
    load(written(WITH_ABSENCES, format_name), f"todo.{format_name}")
    assert stored() == [("ana", 20, None), ("soporte", 1, "ana")]
    escalation = document.decode(Edition.objects.get().document).escalation
    assert [each.contact for each in escalation.absences] == ["soporte", "ana"]
    assert [each.value for each in escalation.absences[0].contacts] == ["https://example.com/"]
    before = rows()
    load(written(WITH_ABSENCES, format_name), f"todo.{format_name}")
    assert rows() == before


def test_dump_loads_where_it_came_from_and_changes_nothing(load, tmp_path):
    load(WITH_ABSENCES)
    path, before = tmp_path / "todo.json", rows()
    call_command("dumpdata", output=str(path), verbosity=0)
    dumped = [each for each in json.loads(path.read_text()) if each["model"] in (ABSENCE, GIVEN)]
    assert len(dumped) == 3
    call_command("loaddata", str(path), verbosity=0)
    assert rows() == before


def test_absences_that_a_fixture_gives_for_a_contact_are_all_that_it_has(load):
    load(WITH_ABSENCES)
    load([away("soporte", 2, 16, "beto")])
    assert stored() == [("ana", 20, None), ("soporte", 2, "beto")]
    assert not AbsenceContact.objects.exists()
    load([{"model": "escalations.escalationcontact", "fields": {"code": "soporte"}}])
    assert len(stored()) == 2
    emptied = {"code": "soporte", "absences": []}
    load([{"model": "escalations.escalationcontact", "fields": emptied}])
    assert stored() == [("ana", 20, None)]


def test_contacts_of_an_absence_that_are_left_out_stay(load):
    load(WITH_ABSENCES)
    load([away("soporte", 1, 14, "ana")])
    assert [str(use.contact_point.url) for use in AbsenceContact.objects.all()] == [
        "https://example.com/"
    ]


def refused(load, objects):
    before = rows()
    with pytest.raises(CommandError) as error:
        load(objects)
    assert rows() == before
    return str(error.value)


def test_circle_is_refused_at_the_stand_in_with_who_and_which_days(load):
    load([*DIRECTORY, *PEOPLE, away("ana", 10, 20, "beto"), away("beto", 10, 20, "caro")])
    said = refused(load, [away("caro", 5, 12, "ana")])
    assert "stand_in" in said
    assert "Caro → Ana → Beto → Caro" in said
    assert "10 de diciembre de 2026 al 12 de diciembre de 2026" in said


def test_circle_within_a_fixture_is_refused(load):
    objects = [*DIRECTORY, *PEOPLE, away("ana", stand_in="beto"), away("beto", stand_in="ana")]
    assert "Ana → Beto → Ana" in refused(load, objects)


def test_two_who_stood_in_for_each_other_may_do_so_the_other_way_round(load):
    load([*DIRECTORY, *PEOPLE, away("ana", 1, 9, "beto"), away("beto", 10, 20, "ana")])
    load([away("ana", 10, 20, "beto"), away("beto", 1, 9, "ana")])
    assert stored() == [("ana", 10, "beto"), ("beto", 1, "ana")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([away("ana", 15, 1)], "Termina antes de comenzar"),
        ([away("ana", stand_in="ana")], "Nadie se reemplaza a sí mismo"),
        ([away("ana", 1, 15), away("ana", 15, 20)], "Ya hay una ausencia en algunos de estos"),
        ([away("nadie")], "nadie"),
        ([away("ana", stand_in="nadie")], "nadie"),
    ],
)
def test_wrong_absence_is_refused(load, wrong, said):
    load([*DIRECTORY, *PEOPLE])
    assert said in refused(load, wrong)
