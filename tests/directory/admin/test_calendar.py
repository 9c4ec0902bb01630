"""The calendar of the back office, and pages as of another date."""

from datetime import date

import pytest
from django.urls import reverse, reverse_lazy

from directory.editions.publish import publish
from directory.models import Service
from tests.addresses import change_url
from tests.directory.pages import text_of
from tests.directory.plans import DECEMBER, replaced_line
from tests.people import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

CALENDAR = reverse_lazy("backoffice:calendar")
PREVIEW = reverse_lazy("backoffice:preview", args=["servicio"])


@pytest.fixture
def reader(planned):
    """The client of somebody who may see the services."""
    return staff("view_service")


def test_page_as_of_an_instant_that_has_not_come(reader):
    replaced_line(DECEMBER)
    publish(Service.objects.all())
    change = 'Cambia el 1 de diciembre de 2026: <span class="value">601 745 0000</span>'
    assert change in text_of(reader.get(PREVIEW))
    response = reader.get(PREVIEW, {"at": "2026-12-01T10:00"})
    page = text_of(response)
    assert "lo que dice la edición vigente el 1 de diciembre de 2026, 10:00 a.m." in page
    assert "Cambia el" not in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("asked", ["", "mañana", "9999-12-31T23:59"])
def test_preview_refuses_an_unusable_instant_at_the_field(reader, asked):
    publish(Service.objects.all())
    response = reader.get(PREVIEW, {"at": asked})
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)


@pytest.mark.parametrize("url", [CALENDAR, PREVIEW])
def test_looking_ahead_is_for_staff(reader, client, url):
    publish(Service.objects.all())
    response = client.get(url)
    assert response["Location"].startswith("/admin/login/")
    response = staff().get(url)
    assert (response.status_code, "Servicio" in text_of(response)) == (403, False)
    response = reader.get(url)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)


def test_preview_of_an_unknown_or_unpublished_service_is_not_found(reader):
    for slug in ("otro", "servicio"):
        response = reader.get(reverse("backoffice:preview", args=[slug]))
        assert (response.status_code, "Telefónico" in text_of(response)) == (404, False)


def test_calendar_page_shows_and_links_each_event(reader):
    old, _new = replaced_line(DECEMBER)
    page = text_of(reader.get(CALENDAR, {"days": "30"}))
    assert f"{old.display} se reemplaza por 601 745 0000" in page
    assert change_url(old) in page


@pytest.mark.parametrize("asked", ["", "x", "31", "-1"])
def test_calendar_of_an_unknown_length_says_so(reader, asked):
    response = reader.get(CALENDAR, {"days": asked})
    assert response.status_code == 200
    assert 'class="errorlist"' in text_of(response)


def test_calendar_shows_the_first_events_and_leads_to_the_next(reader, monkeypatch):
    monkeypatch.setattr("directory.admin.calendar.AT_MOST", 1)
    replaced_line(DECEMBER)
    asked, days = {"days": "30"}, []
    while asked:
        context = reader.get(CALENDAR, asked).context
        days += [each["event"].on for each in context["events"]]
        asked = context["next_day"] and {**asked, "first": context["next_day"].isoformat()}
        if len(days) == 3:
            break
    assert days == [DECEMBER, date(2026, 12, 8), date(2026, 12, 25)]


def test_calendar_says_of_how_many_schedules_it_says_nothing(reader, monkeypatch):
    monkeypatch.setattr("directory.admin.calendar.SCHEDULES_AT_MOST", 1)
    page = text_of(reader.get(CALENDAR))
    assert "Hay 1 horario más que aquí no se tiene en cuenta." in page
