"""Hours typed or chosen in the row of a channel."""

from datetime import time

import pytest

from directory.models import Channel, Schedule, Service
from tests.addresses import add_url, change_url
from tests.directory.admin.channel_rows import added, errors, rows, service_with_a_row
from tests.editing import refused
from tests.factories import ChannelFactory, RequestTypeFactory, ServiceFactory, weekday_schedule
from tests.html import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything():
    return RequestTypeFactory()


@pytest.fixture
def service(everything):
    return service_with_a_row()


def test_typed_hours_take_the_schedule_that_says_them(admin_client, everything):
    stored_one = weekday_schedule(name="Oficina", holidays="closed")
    weekday_schedule(name="Otra", holidays="as_weekday")
    service = added(
        admin_client,
        {"contacts": "601 744 2727", "hours": "lunes a viernes 7-19; festivos cerrado"},
        {"contacts": "a@b.co", "hours": "7x24"},
    )
    first, second = service.channels.all()
    assert first.schedule == stored_one
    assert (second.schedule.name, second.schedule.always_open) == ("7 días 24 horas", True)


def test_a_new_schedule_is_named_by_its_hours_and_made_once(admin_client, everything):
    row = {"hours": "L-V 8-12 y 14-18; festivos cerrado"}
    service = added(
        admin_client, {"contacts": "601 744 2727", **row}, {"contacts": "a@b.co", **row}
    )
    [schedule] = Schedule.objects.all()
    assert {each.schedule for each in service.channels.all()} == {schedule}
    assert schedule.name == "Lunes a viernes: 8 a.m. a 12 m. y 2 p.m. a 6 p.m. Festivos: cerrado"
    assert (schedule.spans.count(), schedule.holidays) == (10, "closed")
    assert schedule.timezone == "America/Bogota"


def test_a_shared_schedule_is_not_changed_by_what_is_typed_for_one(admin_client, everything):
    shared, service = weekday_schedule(holidays="closed"), ServiceFactory()
    ChannelFactory.create_batch(2, service=service, schedule=shared)
    submit(admin_client, change_url(service), **{"channels-0-hours": "lunes a viernes 8-12"})
    first, second = service.channels.all()
    assert (second.schedule, shared.spans.count()) == (shared, 5)
    # Of what the text does not say, that of the schedule before holds.
    assert (first.schedule.holidays, first.schedule.spans.first().opens) == ("closed", time(8))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("lunes a viernes 8 a 8", "8"),
        ("cuando se pueda", "cuando"),
        ("L-V 8-14; martes 16-19", "además"),
    ],
)
def test_hours_that_cannot_be_read_are_told_at_the_field(admin_client, everything, typed, words):
    typed_rows = rows({"contacts": "601 744 2727", "hours": typed})
    answer = submit(admin_client, add_url(Service), name="Uno", slug="uno", **typed_rows)
    assert refused(answer)[1][Channel][0] == ["hours"]
    assert Schedule.objects.count() == 0


def test_hours_and_a_schedule_that_contradict_each_other_are_refused(admin_client, service):
    other = weekday_schedule(name="Oficina")
    typed = {"channels-0-hours": "sábados 8-12", "channels-0-schedule": other.pk}
    answer = submit(admin_client, change_url(service), **typed)
    assert "También eligió el horario «Oficina»" in errors(answer)["hours"][0]
    typed["channels-0-hours"] = "lunes a viernes 7-19"
    assert submit(admin_client, change_url(service), **typed).status_code == 302
    assert service.channels.get().schedule == other


def test_a_chosen_schedule_counts_where_the_text_was_left(admin_client, service):
    other = weekday_schedule()
    submit(admin_client, change_url(service), **{"channels-0-schedule": other.pk})
    assert service.channels.get().schedule == other
    submit(admin_client, change_url(service), **{"channels-0-schedule": ""})
    assert service.channels.get().schedule is None


def test_hours_that_end_with_an_abbreviation_keep_its_point_in_the_name(admin_client, everything):
    added(admin_client, {"title": "Línea", "contacts": "601 555 0101", "hours": "L-V 8-18"})
    assert Schedule.objects.get().name == "Lunes a viernes: 8 a.m. a 6 p.m."
