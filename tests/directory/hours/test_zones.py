"""Schedules in another time zone than the organisation's: what is said in whose time."""

from datetime import date, time

import pytest
import time_machine
from django.utils import translation

from directory.answers import instants
from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.hours.schedule import DatedException, OpeningHours, WeeklySpan
from directory.hours.zones import time_zone_note
from directory.models import Edition, ScheduleException, Service
from directory.public import vcard
from tests.directory.pages import get
from tests.factories import ChannelFactory, ServiceFactory, weekday_schedule

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
        ("Asia/Tokyo", "hora de Tokyo"),
        ("America/New_York", "hora de New York"),  # Differs in summer only.
        ("America/Argentina/Buenos_Aires", "hora de Buenos Aires"),
        ("UTC", "hora de UTC"),
    ],
)
def test_zone_is_told_where_its_clock_ever_differs(timezone, told):
    assert time_zone_note(schedule(timezone), NOVEMBER) == told


def test_zone_in_english():
    with translation.override("en"):
        assert time_zone_note(schedule("Asia/Tokyo"), NOVEMBER) == "Tokyo time"


def test_zone_is_not_told_where_no_time_of_day_is():
    assert time_zone_note(schedule("Asia/Tokyo", always_open=True), NOVEMBER) == ""
    assert time_zone_note(schedule("Asia/Tokyo", spans=()), NOVEMBER) == ""
    closure = DatedException(first_day=NOVEMBER, last_day=NOVEMBER)
    closed = schedule("Asia/Tokyo", always_open=True, exceptions=(closure,))
    assert time_zone_note(closed, NOVEMBER) == "hora de Tokyo"


# ---- What programs get ---------------------------------------------------------------------


def test_today_is_the_day_in_the_schedules_zone(service):
    answer = hours_at(service, SUNDAY_EVENING)
    assert answer.hours.today_on == date(2026, 11, 23)
    assert (answer.hours.today, answer.hours.today_status) == ("7 a.m. a 7 p.m.", "open")
    assert answer.state == "open"
    assert answer.until.isoformat() == "2026-11-23T19:00:00+09:00"
    assert hours_at(service, "2026-11-22T09:59:59-05:00").hours.today == "cerrado"


# ---- What people read ----------------------------------------------------------------------


TOKYO = "hora de Tokyo, donde hoy es lunes"


@pytest.mark.parametrize(
    ("path", "at", "mark", "words", "week"),
    [
        ("/", SUNDAY_EVENING, "state-open", "Atiende ahora hasta mañana a las 5 a.m.", TOKYO),
        ("/", SUNDAY_AFTERNOON, "state-closed", "Cerrado ahora abre a las 5 p.m.", None),
        ("/", MONDAY_MORNING, "state-closed", "Cerrado ahora abre a las 5 p.m.", "hora de Tokyo"),
        ("/tarjeta/", SUNDAY_EVENING, "state-open", "Atiende ahora hasta mañana a las 5 a.m.", ""),
    ],
)
def test_pages_tell_until_when_in_the_organisations_time(
    service, client, path, at, mark, words, week
):
    page = get(client, f"/servicios/uno{path}", at=at)
    assert_every(page, mark, words)
    if week:
        assert page.by_class["week"] == f"Lunes a viernes: 7 a.m. a 7 p.m. ({week})"
    if week == TOKYO:
        assert page.by_class["today"] == "Hoy: 7 a.m. a 7 p.m."


def test_page_in_english(service, client):
    page = get(client, "/en/servicios/uno/", at=SUNDAY_EVENING)
    assert_every(page, "state-open", "Answers now until tomorrow at 5 a.m.")
    assert page.by_class["week"] == (
        "Monday to Friday: 7 a.m. to 7 p.m. (Tokyo time, where today is Monday)"
    )


def test_vcard_names_the_zone_of_the_hours(service):
    at = instants.parse(SUNDAY_EVENING)
    directory = resolve(Edition.objects.get(service=service), at)
    text = vcard.cards(directory, "https://example.com/").replace("\r\n ", "")
    assert "Lunes a viernes: 7 a.m. a 7 p.m. (hora de Tokyo)" in text


@time_machine.travel(SUNDAY_EVENING, tick=False)
def test_announced_hours_name_their_zone(service, client):
    exception = ScheduleException.objects.create(
        code="inventario",
        first_day=date(2026, 11, 26),
        last_day=date(2026, 11, 26),
        effect="other_hours",
        reason="Inventario",
    )
    exception.spans.create(opens=time(8), closes=time(12))
    publish(Service.objects.all())
    edition = Edition.objects.filter(service=service).latest("number")
    [told] = resolve(edition, instants.now()).announcements
    assert told.text == "El 26 de noviembre de 2026: 8 a.m. a 12 m. (hora de Tokyo)"


@pytest.mark.django_db
def test_holidays_ahead_name_the_zone_of_their_hours(client):
    own = weekday_schedule(timezone="Asia/Tokyo", holidays="own_hours")
    own.spans.create(day=8, opens=time(9), closes=time(12))
    ChannelFactory(service__slug="uno", schedule=own)
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/", at=SUNDAY_EVENING)
    assert "La Inmaculada Concepción: 9 a.m. a 12 m. (hora de Tokyo)" in page.by_class["notice"]
