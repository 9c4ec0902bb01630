"""What pages and programs are told of the days ahead."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from directory.models import ChannelContact
from escalations.models import EscalationLevel
from tests.directory.pages import text_of
from tests.directory.plans import DECEMBER, NOW, TODAY, answered, exception, replaced_line
from tests.factories import EscalationContactFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def announced(planned, at=NOW):
    return [(each.text, each.reason, each.places) for each in answered(planned, at).announcements]


def test_nothing_is_announced_when_nothing_is_planned(planned):
    assert announced(planned) == []


def test_special_hours_are_announced_for_the_channels_that_keep_them(planned, client):
    exception(planned.channels.get(code="linea").schedule, date(2026, 12, 4), spans=[(8, 12)])
    text = "El 4 de diciembre de 2026: 8 a.m. a 12 m."
    assert announced(planned) == [(text, "Inventario", ("Telefónico",))]
    assert f"{text}, Inventario" in text_of(client.get(planned.get_absolute_url()))
    answer = client.get(reverse("api:service-detail", args=["servicio"])).json()
    assert answer["announcements"] == [
        {
            "on": "2026-12-04",
            "until": "2026-12-04",
            "text": text,
            "reason": "Inventario",
            "places": ["Telefónico"],
            "where": [{"kind": "channel", "name": "Telefónico"}],
        }
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ((0, 0), "Hoy: cerrado"),
        ((-3, 0), "Hoy: cerrado"),
        ((-3, 1), "Hoy y hasta el {1}: cerrado"),
        ((0, 1), "Hoy y hasta el {1}: cerrado"),
        ((1, 1), "El {0}: cerrado"),
        ((1, 2), "Del {0} al {1}: cerrado"),
    ],
)
def test_closure_for_all_names_no_place_and_what_is_today_is_said_of_today(planned, days, text):
    first, last = (TODAY + timedelta(days=each) for each in days)
    exception(None, first, last)
    dates = [date_format(each, "DATE_FORMAT") for each in (first, last)]
    assert announced(planned) == [(text.format(*dates), "Inventario", ())]


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 1), (1, 1), (14, 1), (15, 0)])
def test_exceptions_are_announced_two_weeks_before_and_until_they_end(planned, days, told):
    exception(planned.channels.get(code="linea").schedule, TODAY + timedelta(days=days))
    assert len(announced(planned)) == told


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
