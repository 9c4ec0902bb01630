"""The hours of many schedules in a spreadsheet, a cell for each."""

from datetime import date, time

import pytest

from directory.editions.publish import publish
from directory.imports.spreadsheets.schedule_sheet import ScheduleSheet
from directory.models import Edition, Schedule, Service, TimeSpan
from tests.directory.imports.sheet_files import as_csv, bring_in, told
from tests.factories import ChannelFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

HEADINGS = ["code", "name", "holidays", "hours"]
OFFICE = "Lunes a viernes: 8 a.m. a 12 m. y 2 p.m. a 6 p.m."


@pytest.fixture
def schedule():
    schedule = ScheduleFactory(code="oficina", name="Oficina", always_open=False)
    TimeSpan.objects.create(schedule=schedule, day=1, opens=time(7), closes=time(12))
    ChannelFactory(schedule=schedule)
    publish(Service.objects.all())
    return schedule


def brought_in(user, *rows):
    return bring_in(ScheduleSheet, ("a.csv", as_csv([HEADINGS, *rows])), user)


def stored(code):
    schedule = Schedule.objects.get(code=code)
    [row] = [row for row in ScheduleSheet().texts() if row[0] == code]
    return row[3], schedule.always_open, schedule.holidays


def test_hours_of_old_and_new_schedules_are_read_and_published(user, schedule):
    outcome = brought_in(
        user,
        ["oficina", "Oficina", "", "L-V 8-12 y 2-6; festivos cerrado"],
        ["siempre", "Siempre", "no informado", "7x24"],
        ["nocturno", "Nocturno", "", "domingo a jueves 22 a 6"],
    )
    assert told(outcome) == []
    assert [(change.name, change.is_new) for change in outcome.changes] == [
        ("oficina", False),
        ("siempre", True),
        ("nocturno", True),
    ]
    hours = [cell for cell in outcome.changes[0].cells if cell.heading == "Horario en texto"]
    assert [(cell.before, cell.after) for cell in hours] == [
        ("Lunes: 7 a.m. a 12 m.", f"{OFFICE} Festivos: cerrado.")
    ]
    assert stored("oficina") == (f"{OFFICE} Festivos: cerrado.", False, "closed")
    assert stored("siempre") == ("7 días 24 horas", True, "not_stated")
    assert stored("nocturno")[0] == ("Lunes a jueves y domingo: 10 p.m. a 6 a.m. del día siguiente")
    assert Edition.objects.count() == 2


def test_other_writing_of_the_same_hours_changes_and_publishes_nothing(user, schedule):
    outcome = brought_in(user, ["oficina", "Oficina", "", "LUNES de 7:00 a 12:00"])
    assert (told(outcome), outcome.changes) == ([], [])
    assert Edition.objects.count() == 1


def test_empty_cell_leaves_the_hours(user, schedule):
    assert told(brought_in(user, ["oficina", "Otro nombre", "", ""])) == []
    assert stored("oficina")[0] == "Lunes: 7 a.m. a 12 m."


@pytest.mark.parametrize(
    ("holidays", "hours", "part"),
    [
        ("", "L-V 8 a 8", "«8 a.m. a 8 p.m.» o «8 p.m. a 8 a.m. del día siguiente»"),
        ("", "L-V de ocho a doce", "«ocho»"),
        ("no informado", "L-V 8-12; festivos cerrado", "festivos"),
        ("", "9" * 5000, "1000"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_cell(user, schedule, holidays, hours, part):
    [(row, column, message)] = told(brought_in(user, ["oficina", "Oficina", holidays, hours]))
    assert (row, column) == (2, "Horario en texto")
    assert part in message
    assert stored("oficina")[0] == "Lunes: 7 a.m. a 12 m."


def test_spans_with_dates_are_left_to_the_form(user, schedule):
    schedule.spans.update(valid_until=date(2027, 6, 14))
    [(row, column, _message)] = told(brought_in(user, ["oficina", "Oficina", "", "L-V 8-12"]))
    assert (row, column) == (2, "Horario en texto")
    assert schedule.spans.count() == 1


def test_holidays_that_contradict_the_spans_of_holidays_are_refused(user, schedule):
    Schedule.objects.update(holidays=Schedule.Holidays.OWN_HOURS)
    TimeSpan.objects.create(schedule=schedule, day=8, opens=time(9), closes=time(11))
    [(row, column, _message)] = told(brought_in(user, ["oficina", "Oficina", "cerrado", ""]))
    assert (row, column) == (2, "En festivos")
