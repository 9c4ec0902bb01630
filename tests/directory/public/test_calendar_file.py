"""The calendar of a service (RFC 5545): what stands in it, and that programs can keep it."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import ContactPoint, FormerSlug, Schedule, Service
from directory.public import icalendar
from tests.factories import (
    ChannelFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/servicios/mesa/calendario.ics"
NOW = "2026-12-02T15:00:00Z"


@pytest.fixture(autouse=True)
def now(settings):
    settings.PUBLIC_URL = "https://soporte.example.com"
    with time_machine.travel(NOW, tick=False):
        yield


def desk(**kwargs):
    schedule = weekday_schedule(code="oficina", country="CO", holidays="as_weekday")
    service = ServiceFactory(slug="mesa", name="Mesa; de, Ayuda")
    kwargs = kwargs or {"contacts": [PhoneFactory(phone="+576017442727")]}
    ChannelFactory(service=service, title="Telefónico", schedule=schedule, **kwargs)
    return service, schedule


def lines(client, address=ADDRESS):
    """Unfolded, each checked for its length and its end."""
    text = client.get(address).content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert [line for line in text.split("\r\n") if len(line.encode()) > 75] == []
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def events(client, address=ADDRESS):
    """Of each event the days and the words."""
    found = []
    for line in lines(client, address):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name.split(";")[0] in ("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"):
            found[-1][name.split(";")[0]] = value
    return [
        (
            each["DTSTART"],
            each.get("DTEND"),
            each["SUMMARY"].removeprefix("Mesa\\; de\\, Ayuda: "),
            each["DESCRIPTION"].split("\\n")[:-1],
        )
        for each in found
    ]


def test_a_closure_is_an_event_of_whole_days(client):
    service, schedule = desk()
    ExceptionFactory(
        schedules=[schedule],
        first_day=date(2026, 12, 24),
        last_day=date(2026, 12, 31),
        reason="Vacaciones",
    )
    with time_machine.travel("2026-12-01T15:30:00Z", tick=False):
        publish(Service.objects.all())
    uid = icalendar._uid(service.editions.get(), "exception 2026-12-24")
    page = "https://soporte.example.com/servicios/mesa/"
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert lines(client) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Certicámara//Mesa\\; de\\, Ayuda//ES",
        "CALSCALE:GREGORIAN",
        f"UID:{icalendar._uid(service.editions.get(), '')}",
        "LAST-MODIFIED:20261201T153000Z",
        "NAME:Mesa\\; de\\, Ayuda: cierres y cambios",
        "X-WR-CALNAME:Mesa\\; de\\, Ayuda: cierres y cambios",
        f"URL:{page}",
        "SOURCE;VALUE=URI:https://soporte.example.com/servicios/mesa/calendario.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261201T153000Z",
        "LAST-MODIFIED:20261201T153000Z",
        "SEQUENCE:1",
        "DTSTART;VALUE=DATE:20261224",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Mesa\\; de\\, Ayuda: Vacaciones: cerrado",
        f"DESCRIPTION:{page}",
        f"URL:{page}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_what_holds_in_one_channel_names_it(client):
    service, schedule = desk()
    other = weekday_schedule(code="tarde")
    Schedule.objects.filter(pk=other.pk).update(holidays="as_weekday")
    ChannelFactory(service=service, title="Portal", schedule=other)
    days = {"first_day": date(2026, 12, 24), "last_day": date(2026, 12, 24)}
    ExceptionFactory(schedules=[schedule], **days)
    publish(Service.objects.all())
    assert events(client) == [("20261224", "20261225", "Cierre: cerrado", ["Telefónico: cerrado"])]
    ExceptionFactory(schedules=[other], effect="other_hours", hours=(time(8), time(12)), **days)
    publish(Service.objects.all())
    assert events(client) == [
        (
            "20261224",
            "20261225",
            "Cierre",
            ["Telefónico: cerrado", "Portal: 8 a.m. a 12 m."],
        )
    ]


def test_holidays_stand_in_it_where_they_change_the_hours(client):
    _service, schedule = desk()
    publish(Service.objects.all())
    assert events(client) == []
    Schedule.objects.filter(pk=schedule.pk).update(holidays="closed")
    publish(Service.objects.all())
    december = [each for each in events(client) if each[0].startswith("202612")]
    assert december == [
        ("20261208", "20261209", "La Inmaculada Concepción: cerrado", []),
        ("20261225", "20261226", "Navidad: cerrado", []),
    ]
    Schedule.objects.filter(pk=schedule.pk).update(holidays="not_stated")
    publish(Service.objects.all())
    assert events(client)[-1][2].endswith(": horario no confirmado")


def test_a_planned_number_and_what_begins_or_ends_stand_in_it(client):
    new = PhoneFactory(phone="+576013790300")
    old = PhoneFactory(phone="+576017442727", replaced_by=new, replaced_on=date(2027, 1, 15))
    desk(contacts=[old], valid_until=date(2027, 3, 31))
    publish(Service.objects.all())
    assert events(client) == [
        ("20270115", "20270116", "601 744 2727 → 601 379 0300", ["Telefónico"]),
        ("20270331", "20270401", "Último día: Telefónico", []),
    ]


def test_a_planned_outage_is_told_in_utc(client):
    service, _schedule = desk()
    NoticeFactory(
        service=service,
        text="Mantenimiento",
        severity="out_of_order",
        since=datetime(2026, 12, 10, 3, tzinfo=UTC),
        until=datetime(2026, 12, 10, 9, 30, tzinfo=UTC),
    )
    publish(Service.objects.all())
    assert events(client) == [
        ("20261210T030000Z", "20261210T093000Z", "Fuera de servicio: Mantenimiento", [])
    ]


def test_nothing_planned_is_a_calendar_all_the_same(client):
    """RFC 5545, 3.6: it must have a component."""
    desk()
    publish(Service.objects.all())
    assert (events(client), "BEGIN:VTIMEZONE" in lines(client)) == ([], True)


def uids(client, address=ADDRESS):
    return [line for line in lines(client, address) if line.startswith("UID:")]


def test_an_event_is_the_same_in_every_edition_and_language_and_under_a_new_address(client):
    service, schedule = desk()
    Schedule.objects.filter(pk=schedule.pk).update(holidays="closed")
    closure = ExceptionFactory(
        schedules=[schedule], first_day=date(2026, 12, 28), last_day=date(2026, 12, 29)
    )
    publish(Service.objects.all())
    before = uids(client)
    assert len(before) == len(set(before))
    assert uids(client, f"/en{ADDRESS}") == before
    closure.last_day, closure.reason = date(2026, 12, 30), "Otra razón"
    closure.save()
    Service.objects.filter(pk=service.pk).update(slug="ayuda")
    FormerSlug.objects.remember({service.pk: "mesa"})
    publish(Service.objects.all())
    assert uids(client, "/servicios/ayuda/calendario.ics") == before
    assert client.get(ADDRESS).status_code == 301
    sequences = {line for line in lines(client, "/servicios/ayuda/calendario.ics") if "SEQ" in line}
    assert sequences == {"SEQUENCE:2"}


def test_a_program_that_asks_again_is_told_that_nothing_changed(client):
    _service, schedule = desk()
    Schedule.objects.filter(pk=schedule.pk).update(holidays="closed")
    publish(Service.objects.all())
    etag = client.get(ADDRESS)["ETag"]
    with time_machine.travel("2026-12-30T23:00:00Z", tick=False):
        assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    ContactPoint.objects.update(label="Otra")
    publish(Service.objects.all())
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 200


def test_markup_and_controls_in_names_stay_one_line(client):
    _service, schedule = desk()
    ExceptionFactory(
        schedules=[schedule],
        first_day=date(2026, 12, 24),
        last_day=date(2026, 12, 24),
        reason="Cierre\\n<b>; fin, año\u200b ñ" + "á" * 60,
    )
    publish(Service.objects.all())
    assert len(events(client)) == 1


def test_a_service_that_ended_has_no_calendar(client):
    service, _schedule = desk()
    publish(Service.objects.all())
    Service.objects.filter(pk=service.pk).update(is_published=False, ended_on="2026-11-01")
    assert client.get(ADDRESS).status_code == 410
    assert client.get("/servicios/nada/calendario.ics").status_code == 404
    assert client.post(ADDRESS).status_code == 405
