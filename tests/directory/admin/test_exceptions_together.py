"""Two people edit the same exception."""

from datetime import time

import pytest

from directory.models import ScheduleException
from tests.editing import Deleting, Editing, make_again, overtaken, problems
from tests.factories import ExceptionFactory, ScheduleFactory

pytestmark = pytest.mark.django_db

NOON = {"effect": "limited", "closes_at_latest": "12:00"}


def test_schedules_that_only_somebody_else_changed_stay(people):
    one, other = (ScheduleFactory() for _ in range(2))
    exception = ExceptionFactory(schedules=[one])
    second = overtaken(people, exception, schedules=[one.pk, other.pk])
    assert second.post(reason="Inventario").status_code == 302
    exception.refresh_from_db()
    assert (exception.reason, exception.schedules.count()) == ("Inventario", 2)


def test_schedules_that_both_changed_are_an_error_with_both_values(people):
    schedules = [ScheduleFactory(name=name) for name in ("Uno", "Dos", "Tres")]
    exception = ExceptionFactory(schedules=schedules[:1])
    second = overtaken(people, exception, schedules=[schedules[1].pk])
    [(where, message)] = problems(second.post(schedules=[schedules[2].pk]))
    assert where == "Horarios"
    assert "«Uno» → «Dos»" in message
    assert second.again().status_code == 302
    assert list(exception.schedules.all()) == [schedules[2]]


@pytest.mark.parametrize(
    ("theirs", "mine", "field"),
    [
        (
            {"effect": "limited", "closes_at_latest": "12:00"},
            {"effect": "limited", "closes_at_latest": "13:00"},
            "Cierra a más tardar",
        ),
        ({"every_year": "on"}, {"reason": "Otro"}, ""),
        ({"monthly": "last_working_day"}, {"reason": "Otro"}, ""),
        ({"also_always_open": "on"}, {"first_day": "23/12/2026"}, ""),
    ],
)
def test_each_of_its_fields_is_compared(people, theirs, mine, field):
    exception = ExceptionFactory()
    second = overtaken(people, exception, **theirs)
    answer = second.post(**mine)
    if field:
        assert [where for where, _message in problems(answer)] == [field]
    else:
        assert answer.status_code == 302
    exception.refresh_from_db()
    for name, value in theirs.items():
        assert str(getattr(exception, name)).startswith({"on": "True"}.get(value, value))


def test_an_exception_that_somebody_deleted_is_made_again_with_its_schedules(people):
    schedule = ScheduleFactory()
    exception = ExceptionFactory(schedules=[schedule], effect="limited", closes_at_latest=time(12))
    editing = Editing(people[1], exception)
    Deleting(people[0], exception).confirm()
    _opened, again = make_again(people[1], editing.post(reason="Otro"))
    assert again.status_code == 302
    made = ScheduleException.objects.get()
    assert (made.reason, made.effect, made.closes_at_latest) == ("Otro", "limited", time(12))
    assert list(made.schedules.all()) == [schedule]
