"""The calendar of what is coming, in the whole directory."""

from datetime import UTC, date, datetime

import pytest

from directory.hours.upcoming import UpcomingKind
from directory.upkeep.calendar import upcoming_events
from tests.directory.plans import DECEMBER, TODAY, exception, replaced_line
from tests.factories import (
    ChannelFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    ScheduleFactory,
    weekday_schedule,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_calendar_lists_what_is_coming_in_order(planned):
    replaced_line(date(2026, 12, 2))
    planned.channels.filter(code="chat").update(valid_until=date(2026, 11, 30))
    schedule = planned.channels.get(code="linea").schedule
    exception(schedule, date(2026, 12, 4), spans=[(8, 12)])
    planned.escalation_policy.levels.update(valid_from=DECEMBER)
    schedule.spans.filter(day=5).update(valid_until=date(2026, 12, 6))
    events = upcoming_events(TODAY, date(2026, 12, 8))
    assert [(event.on, event.what.kind) for event in events] == [
        (date(2026, 11, 30), UpcomingKind.END),
        (date(2026, 12, 1), UpcomingKind.BEGINNING),
        (date(2026, 12, 2), UpcomingKind.REPLACEMENT),
        (date(2026, 12, 4), UpcomingKind.EXCEPTION),
        (date(2026, 12, 7), UpcomingKind.HOURS),
        (date(2026, 12, 8), UpcomingKind.HOLIDAY),
    ]
    assert events[1].subjects == (planned.escalation_policy,)
    assert events[4].details == (
        "Lunes a viernes: 7 a.m. a 7 p.m. → Lunes a jueves: 7 a.m. a 7 p.m.",
    )
    assert f"{schedule}: 7 a.m. a 7 p.m., sin confirmar" in events[5].details


def test_notices_begin_and_end_on_days_of_the_organisation(planned):
    """After midnight in UTC it is still the day before in Bogotá."""
    since, until = datetime(2026, 12, 2, 1, tzinfo=UTC), datetime(2026, 12, 3, 4, tzinfo=UTC)
    notice = NoticeFactory(text="Mantenimiento", service=planned, since=since, until=until)
    NoticeFactory(since=since, ended_at=since)
    NoticeFactory()
    events = upcoming_events(TODAY, date(2026, 12, 7))
    assert [(event.on, event.text, event.details, event.subjects) for event in events] == [
        (date(2026, 12, 1), "Comienza: Mantenimiento", ("8 p.m.",), (notice, planned)),
        (date(2026, 12, 2), "Termina: Mantenimiento", ("11 p.m.",), (notice, planned)),
    ]


def test_first_of_many_notices_are_those_that_begin_or_end_next(planned):
    noon = {day: datetime(2026, 12, day, 17, tzinfo=UTC) for day in (1, 2)}
    NoticeFactory(text="Desde octubre", since=datetime(2026, 10, 1, tzinfo=UTC), until=noon[2])
    NoticeFactory(text="Mañana", since=noon[1])
    (event,) = upcoming_events(TODAY, date(2026, 12, 7), at_most=1)
    assert event.text == "Comienza: Mañana"


def test_holidays_name_their_place_only_where_there_are_several(planned):
    christmas = date(2026, 12, 25)
    assert [event.text for event in upcoming_events(christmas, christmas)] == ["Navidad"]
    weekday_schedule(country="US")
    weekday_schedule(country="ES", subdivision="MD")
    weekday_schedule(country="ES", subdivision="CT")
    texts = [event.text.partition(" · ")[2] for event in upcoming_events(christmas, christmas)]
    assert sorted(texts) == ["CO", "ES", "US"]
    second_of_may = date(2028, 5, 2)
    [event] = upcoming_events(second_of_may, second_of_may)
    assert event.text == "Fiesta de la Comunidad de Madrid · Madrid (ES-MD)"


def test_exceptions_of_each_month_are_listed_on_their_days():
    monthly = {"first_day": date(2026, 1, 1), "last_day": None}
    saturdays = weekday_schedule(days=[6], name="Sábados")
    weekday_schedule(name="Oficina")
    ScheduleFactory(name="Línea crítica")
    ExceptionFactory(monthly="first_working_day", **monthly)
    ExceptionFactory(monthly="last_working_day", schedules=[saturdays], **monthly)
    events = upcoming_events(TODAY, date(2026, 12, 7))
    assert [(event.on, event.until, event.details) for event in events] == [
        (date(2026, 11, 28), date(2026, 11, 28), ("Sábados",)),
        (date(2026, 12, 1), date(2026, 12, 1), ("todos los horarios, menos los de 24 horas",)),
        (date(2026, 12, 5), date(2026, 12, 5), ("todos los horarios, menos los de 24 horas",)),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_for_any_plan(django_assert_num_queries, count):
    for day in range(1, count + 1):
        on = date(2026, 12, day)
        schedule = weekday_schedule()
        exception(schedule, on, spans=[(8, 12)])
        channel = ChannelFactory(schedule=schedule)
        channel.valid_until = on
        channel.save()
        PhoneFactory(replaced_by=PhoneFactory(), replaced_on=on)
        NoticeFactory(channel=channel, since=datetime(2026, 12, day, 12, tzinfo=UTC))
        policy = EscalationPolicyFactory()
        policy.levels.update(valid_from=on)
    with django_assert_num_queries(15):
        events = upcoming_events(TODAY, date(2026, 12, 31))
    assert len([event for event in events if event.what.kind != UpcomingKind.HOLIDAY]) == 5 * count


def test_the_first_events_are_read_and_no_more(planned):
    for day in (3, 1, 2):
        PhoneFactory(replaced_by=PhoneFactory(), replaced_on=date(2026, 12, day))
    events = upcoming_events(TODAY, date(2026, 12, 31), at_most=2)
    assert [event.on.day for event in events] == [1, 2]
