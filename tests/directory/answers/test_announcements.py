"""What pages and programs are told of the days ahead."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from directory.models import ChannelContact, Schedule
from escalations.models import EscalationLevel
from tests.directory.pages import get
from tests.directory.plans import DECEMBER, NOW, TODAY, answered, exception, replaced_line
from tests.factories import EscalationContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


IMMACULATE = date(2026, 12, 8)


def announced(planned, at=NOW):
    """What is announced besides public holidays."""
    return [
        (each.text, each.reason, each.places)
        for each in answered(planned, at).announcements
        if each.reason_kind != "holiday"
    ]


def test_nothing_is_announced_when_nothing_is_planned(planned):
    assert announced(planned) == []


def test_special_hours_are_announced_for_the_channels_that_keep_them(planned, client):
    exception(planned.channels.get(code="linea").schedule, date(2026, 12, 4), spans=[(8, 12)])
    text = "El viernes 4 de diciembre de 2026: 8 a.m. a 12 m."
    assert announced(planned) == [(text, "Inventario", ("Telefónico",))]
    assert f"{text}, Inventario" in get(client, planned.get_absolute_url()).by_class["upcoming"]
    answer = client.get(reverse("api:service-detail", args=["servicio"])).json()
    where = {
        "places": ["Telefónico"],
        "where": [{"kind": "channel", "name": "Telefónico"}],
        "channels": ["linea"],
        "is_today": False,
    }
    assert answer["announcements"] == [
        {
            "on": "2026-12-04",
            "until": "2026-12-04",
            "text": text,
            "reason": "Inventario",
            "reason_kind": "exception",
            **where,
        },
        {
            "on": "2026-12-08",
            "until": "2026-12-08",
            "text": "El martes 8 de diciembre de 2026: horario no confirmado",
            "reason": "La Inmaculada Concepción",
            "reason_kind": "holiday",
            **where,
        },
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((0, 0), "Hoy: cerrado"),
        ((-3, 0), "Hoy: cerrado"),
        ((-3, 1), "Hoy y hasta el {1}: cerrado"),
        ((0, 1), "Hoy y hasta el {1}: cerrado"),
        ((1, 1), "El martes {0}: cerrado"),
        ((1, 2), "Del {0} al {1}: cerrado"),
    ],
)
def test_closure_for_all_names_no_place_and_what_is_today_is_said_of_today(planned, days, text):
    first, last = (TODAY + timedelta(days=each) for each in days)
    exception(None, first, last, also_always_open=True)
    dates = [date_format(each, "DATE_FORMAT") for each in (first, last)]
    assert announced(planned) == [(text.format(*dates), "Inventario", ())]


def test_closure_for_all_is_announced_for_those_that_it_concerns(planned):
    exception(None, TODAY)
    assert announced(planned) == [("Hoy: cerrado", "Inventario", ("Telefónico",))]


@pytest.mark.parametrize(
    ("first", "last", "values", "texts"),
    [
        # Everybody stops at noon, before a holiday.
        (
            (12, 7),
            (12, 8),
            {"effect": "limited", "closes_at_latest": time(12)},
            [
                "El lunes 7 de diciembre de 2026: 7 a.m. a 12 m.",
                "El martes 8 de diciembre de 2026: cerrado",
            ],
        ),
        # On a day off, and on one with other hours, nothing is announced.
        ((12, 5), (12, 6), {"effect": "limited", "closes_at_latest": time(12)}, []),
        ((12, 1), (12, 1), {"effect": "limited", "closes_at_latest": time(20)}, []),
    ],
)
def test_what_an_exception_makes_of_the_usual_hours_is_announced(
    planned, first, last, values, texts
):
    Schedule.objects.update(holidays="closed")
    exception(None, date(2026, *first), date(2026, *last), **values)
    told = [each.text for each in answered(planned).announcements]
    holiday = "El martes 8 de diciembre de 2026: cerrado"
    assert told == (texts or [holiday])


def test_a_day_off_within_an_exception_is_not_called_today(planned):
    exception(None, date(2026, 11, 27), date(2026, 12, 4), spans=[(8, 12)])
    sunday = datetime(2026, 11, 29, 15, tzinfo=UTC)
    days = "27 de noviembre de 2026 al 4 de diciembre de 2026"
    assert announced(planned, sunday) == [
        (f"Del {days}: 8 a.m. a 12 m.", "Inventario", ("Telefónico",))
    ]
    assert announced(planned, sunday + timedelta(days=1))[0][0] == (
        "Hoy y hasta el 4 de diciembre de 2026: 8 a.m. a 12 m."
    )


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 1), (1, 1), (30, 1), (31, 0)])
def test_exceptions_are_announced_thirty_days_before_and_until_they_end(planned, days, told):
    exception(planned.channels.get(code="linea").schedule, TODAY + timedelta(days=days))
    assert len(announced(planned)) == told


@pytest.mark.parametrize(("ahead", "told"), [(0, 1), (1, 1), (30, 1), (31, 0)])
def test_holidays_are_announced_as_long_before(planned, ahead, told):
    at = NOW.replace(month=12, day=8) - timedelta(days=ahead)
    days = [each.on for each in answered(planned, at).announcements]
    assert days.count(IMMACULATE) == told


@pytest.mark.parametrize(
    ("holidays", "hours"),
    [
        ("not_stated", ["horario no confirmado"]),
        ("closed", ["cerrado"]),
        ("own_hours", ["9 a.m. a 12 m."]),
        ("as_weekday", []),
    ],
)
def test_a_holiday_is_announced_where_the_hours_are_not_the_usual(planned, holidays, hours):
    schedule = planned.channels.get(code="linea").schedule
    type(schedule).objects.update(holidays=holidays)
    if holidays == "own_hours":
        schedule.spans.create(day=8, opens=time(9), closes=time(12))
    day = "El martes 8 de diciembre de 2026: "
    # The chat answers around the clock, on holidays too.
    assert [(each.text, each.places) for each in answered(planned).announcements] == [
        (day + each, ("Telefónico",)) for each in hours
    ]


def test_an_exception_called_like_the_holiday_is_announced_as_an_exception(planned):
    name = "La Inmaculada Concepción"
    planned.channels.get(code="chat").delete()
    exception(None, IMMACULATE, IMMACULATE + timedelta(days=1), reason=name)
    exception(None, date(2026, 12, 7), reason=name)
    told = [
        (each.on.day, each.reason, each.reason_kind) for each in answered(planned).announcements
    ]
    assert told == [(7, name, "exception"), (8, name, "exception")]
    with translation.override("en"):
        assert {each.reason for each in answered(planned).announcements} == {name}


def test_a_closure_is_announced_beside_the_holiday_of_another_channel(planned):
    exception(planned.channels.get(code="chat").schedule, IMMACULATE, reason="Mudanza")
    assert [(each.text, each.reason, each.places) for each in answered(planned).announcements] == [
        ("El martes 8 de diciembre de 2026: cerrado", "Mudanza", ("Chat",)),
        (
            "El martes 8 de diciembre de 2026: horario no confirmado",
            "La Inmaculada Concepción",
            ("Telefónico",),
        ),
    ]


def test_new_hours_of_the_week_are_announced(planned):
    spans = planned.channels.get(code="linea").schedule.spans
    spans.update(valid_until=DECEMBER - timedelta(days=1))
    for day in range(1, 6):
        spans.create(day=day, opens=time(8), closes=time(17), valid_from=DECEMBER)
    assert announced(planned) == [
        ("Desde el 1 de diciembre de 2026: Lunes a viernes: 8 a.m. a 5 p.m.", "", ("Telefónico",))
    ]


def test_channels_and_levels_that_come_and_go_are_announced(planned):
    planned.channels.filter(code="chat").update(valid_until=date(2026, 11, 30))
    new = {"level": 2, "contact": EscalationContactFactory(), "valid_from": DECEMBER}
    EscalationLevel.objects.create(policy=planned.escalation_policy, **new)
    assert announced(planned) == [
        ("Último día: 30 de noviembre de 2026", "", ("Chat",)),
        ("Empieza el 1 de diciembre de 2026", "", ("Nivel 2",)),
    ]


def test_levels_are_there_only_while_they_are_valid(planned):
    policy = planned.escalation_policy
    policy.levels.update(valid_until=DECEMBER - timedelta(days=1))
    new = EscalationContactFactory(name="Nuevo grupo")
    EscalationLevel.objects.create(policy=policy, level=1, contact=new, valid_from=DECEMBER)
    # Midnight is that of the organisation.
    for at, name in (
        (datetime(2026, 12, 1, 4, 59, tzinfo=UTC), policy.levels.first().contact.name),
        (datetime(2026, 12, 1, 5, 0, tzinfo=UTC), "Nuevo grupo"),
    ):
        assert [level.name for level in answered(planned, at).escalation.levels] == [name]


def test_own_label_stays_when_the_contact_is_replaced(planned):
    replaced_line(TODAY)
    ChannelContact.objects.filter(channel__code="linea").update(label="Línea directa")
    assert answered(planned).channels[0].contacts[0].label == "Línea directa"
