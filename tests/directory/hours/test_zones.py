"""Schedules in another time zone than the organisation's: what is said in whose time."""

from dataclasses import replace
from datetime import date, time

import pytest
import time_machine
from django.utils import translation

from directory.answers import instants
from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.hours.schedule import DatedException, OpeningHours, WeeklySpan
from directory.hours.zones import time_here, time_zone_note
from directory.models import Edition, Schedule, Service
from directory.public import vcard
from tests.directory.pages import get
from tests.factories import ChannelFactory, ExceptionFactory, ServiceFactory, weekday_schedule

# In Tokyo it is Monday, 8 a.m. and 5 a.m.
SUNDAY_EVENING = "2026-11-22T18:00:00-05:00"
SUNDAY_AFTERNOON = "2026-11-22T15:00:00-05:00"
MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
NOVEMBER = date(2026, 11, 22)


def schedule(timezone, **values):
    spans = (WeeklySpan(day=1, opens=time(7), closes=time(19)),)
    given = {"code": "uno", "name": "Uno", "country": "CO", "spans": spans, **values}
    return OpeningHours(timezone=timezone, **given)


@pytest.fixture
def service(db):
    service = ServiceFactory(slug="uno")
    ChannelFactory(service=service, schedule=weekday_schedule(timezone="Asia/Tokyo"))
    publish(Service.objects.all())
    return service


def assert_every(page, mark, words):
    """Each element with this class, however many, says these words and no others."""
    assert page.by_class[mark].replace(words, "").split() == []


def hours_at(service, at):
    return resolve(Edition.objects.get(service=service), instants.parse(at)).channels[0]


# ---- Whose time ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("timezone", "told"),
    [
        ("America/Bogota", ""),
        ("America/Lima", ""),  # The same time, all the year.
        ("Asia/Tokyo", "hora de Tokio"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("America/New_York", "hora de Nueva York"),  # Differs in summer only.
        ("America/Argentina/Buenos_Aires", "hora de Buenos Aires"),
    ],
)
def test_zone_is_told_where_its_clock_ever_differs(timezone, told):
    assert time_zone_note(schedule(timezone), NOVEMBER) == told


def test_zone_in_english():
    with translation.override("en"):
        assert time_zone_note(schedule("Asia/Tokyo"), NOVEMBER) == "Tokyo time"


@pytest.mark.parametrize(
    ("language", "written", "told"),
    [
        ("es", "es", ""),
        ("es", "es-CO", ""),
        ("en", "es", "Bogotá time"),
        ("pt", "es", "hora de Bogotá"),
        ("en", "en", ""),
        ("es", "en", "hora de Bogotá"),
    ],
)
def test_readers_of_another_language_are_always_told_whose_time_it_is(
    language, written, told, settings
):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, language=written)
    with translation.override(language):
        assert time_zone_note(schedule("America/Bogota"), NOVEMBER) == told
        assert time_here() == told
        assert time_zone_note(schedule("America/Bogota", always_open=True), NOVEMBER) == ""


def test_zone_is_not_told_where_no_time_of_day_is():
    assert time_zone_note(schedule("Asia/Tokyo", always_open=True), NOVEMBER) == ""
    assert time_zone_note(schedule("Asia/Tokyo", spans=()), NOVEMBER) == ""
    closure = DatedException(first_day=NOVEMBER, last_day=NOVEMBER)
    closed = schedule("Asia/Tokyo", always_open=True, exceptions=(closure,))
    assert time_zone_note(closed, NOVEMBER) == "hora de Tokio"


# ---- What programs get ---------------------------------------------------------------------


def test_today_is_the_day_in_the_schedules_zone(service):
    answer = hours_at(service, SUNDAY_EVENING)
    assert answer.hours.today_on == date(2026, 11, 23)
    assert (answer.hours.today, answer.hours.today_status) == ("7 a.m. a 7 p.m.", "open")
    assert answer.state == "open"
    assert answer.until.isoformat() == "2026-11-23T19:00:00+09:00"
    assert hours_at(service, "2026-11-22T09:59:59-05:00").hours.today == "cerrado"


# ---- What people read ----------------------------------------------------------------------


TOKYO = "hora de Tokio"
MONDAY_THERE = "hora de Tokio, donde hoy es lunes"
OPEN = "Atiende ahora hasta el lunes a las 7 p.m., hora de Tokio"
OPENS_MONDAY = "Cerrado ahora abre el lunes a las 7 a.m., hora de Tokio"
OPENS_TOMORROW = "Cerrado ahora abre mañana a las 7 a.m., hora de Tokio"


@pytest.mark.parametrize(
    ("path", "at", "mark", "words", "week"),
    [
        ("/", SUNDAY_EVENING, "state-open", OPEN, MONDAY_THERE),
        ("/", SUNDAY_AFTERNOON, "state-closed", OPENS_MONDAY, MONDAY_THERE),
        ("/", MONDAY_MORNING, "state-closed", OPENS_TOMORROW, TOKYO),
        ("/tarjeta/", SUNDAY_EVENING, "state-open", OPEN, ""),
    ],
)
def test_pages_tell_until_when_in_the_schedules_time(service, client, path, at, mark, words, week):
    page = get(client, f"/servicios/uno{path}", at=at)
    assert_every(page, mark, words)
    if week:
        assert page.by_class["week"] == f"Lunes a viernes: 7 a.m. a 7 p.m. ({week})"


def test_page_in_english(service, client):
    page = get(client, "/en/servicios/uno/", at=SUNDAY_EVENING)
    assert_every(page, "state-open", "Answers now until on Monday at 7 p.m., Tokyo time")
    assert page.by_class["week"] == (
        "Monday to Friday: 7 a.m. to 7 p.m. (Tokyo time, where today is Monday)"
    )


def test_vcard_names_the_zone_of_the_hours(service):
    at = instants.parse(SUNDAY_EVENING)
    directory = resolve(Edition.objects.get(service=service), at)
    text = vcard.cards(directory, "https://example.com/", "mesa").replace("\r\n ", "")
    assert "Lunes a viernes: 7 a.m. a 7 p.m. (hora de Tokio)" in text


@time_machine.travel(SUNDAY_EVENING, tick=False)
def test_announced_hours_name_their_zone(service, client):
    ExceptionFactory(first_day=date(2026, 11, 26), effect="other_hours", hours=(time(8), time(12)))
    publish(Service.objects.all())
    edition = Edition.objects.filter(service=service).latest("number")
    told, *_holidays = resolve(edition, instants.now()).announcements
    assert told.text == "El jueves 26 de noviembre de 2026: 8 a.m. a 12 m. (hora de Tokio)"


@time_machine.travel(SUNDAY_EVENING, tick=False)
def test_a_closure_of_today_there_is_not_called_today(service):
    Schedule.objects.update(holidays="as_weekday")
    monday = date(2026, 11, 23)
    ExceptionFactory(first_day=monday, reason="Inventario")
    publish(Service.objects.all())
    edition = Edition.objects.filter(service=service).latest("number")
    [told] = resolve(edition, instants.now()).announcements
    assert told.text == "El lunes 23 de noviembre de 2026: cerrado (hora de Tokio)"
    [told] = resolve(edition, instants.parse("2026-11-23T07:00:00-05:00")).announcements
    assert told.text == "Hoy: cerrado (hora de Tokio)"
    # There it is Tuesday.
    assert resolve(edition, instants.parse("2026-11-23T10:00:00-05:00")).announcements == ()


@pytest.mark.django_db
def test_holidays_ahead_name_the_zone_of_their_hours(client):
    own = weekday_schedule(timezone="Asia/Tokyo", holidays="own_hours")
    own.spans.create(day=8, opens=time(9), closes=time(12))
    ChannelFactory(service__slug="uno", schedule=own)
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/", at=SUNDAY_EVENING)
    told = "8 de diciembre de 2026: 9 a.m. a 12 m. (hora de Tokio), La Inmaculada Concepción"
    assert told in page.by_class["upcoming"]
