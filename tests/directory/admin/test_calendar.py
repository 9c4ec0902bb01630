"""The calendar of the back office, and pages as of another date."""

from datetime import date

import pytest
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import text_of
from tests.directory.plans import DECEMBER, replaced_line
from tests.people import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_page_as_of_an_instant_that_has_not_come(planned):
    replaced_line(DECEMBER)
    publish(Service.objects.all())
    client = staff("view_service")
    url = reverse("backoffice:preview", args=["servicio"])
    change = 'Cambia el 1 de diciembre de 2026: <span class="value">601 745 0000</span>'
    assert change in text_of(client.get(url))
    response = client.get(url, {"at": "2026-12-01T10:00"})
    page = text_of(response)
    assert "lo que dice la edición vigente el 1 de diciembre de 2026 a las 10:00" in page
    assert "Cambia el" not in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("asked", ["", "mañana", "9999-12-31T23:59"])
def test_preview_refuses_an_unusable_instant_at_the_field(planned, asked):
    publish(Service.objects.all())
    client = staff("view_service")
    response = client.get(reverse("backoffice:preview", args=["servicio"]), {"at": asked})
    assert response.status_code == 200
    assert 'role="alert"' in text_of(response)


@pytest.mark.parametrize("url", ["/admin/calendar/", "/admin/services/servicio/preview/"])
def test_looking_ahead_is_for_staff(planned, client, url):
    publish(Service.objects.all())
    response = client.get(url)
    assert response["Location"].startswith("/admin/login/")
    client = staff()
    response = client.get(url)
    assert (response.status_code, "Servicio" in text_of(response)) == (403, False)
    client = staff("view_service")
    response = client.get(url)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)


def test_preview_of_an_unknown_or_unpublished_service_is_not_found(planned):
    client = staff("view_service")
    for slug in ("otro", "servicio"):
        response = client.get(reverse("backoffice:preview", args=[slug]))
        assert (response.status_code, "Telefónico" in text_of(response)) == (404, False)


def test_calendar_page_shows_and_links_each_event(planned):
    old, _new = replaced_line(DECEMBER)
    client = staff("view_service")
    page = text_of(client.get("/admin/calendar/", {"days": "30"}))
    assert f"{old.display} se reemplaza por 601 745 0000" in page
    assert reverse("admin:directory_contactpoint_change", args=[old.pk]) in page


@pytest.mark.parametrize("asked", ["", "x", "31", "-1"])
def test_calendar_of_an_unknown_length_says_so(planned, asked):
    client = staff("view_service")
    response = client.get("/admin/calendar/", {"days": asked})
    assert response.status_code == 200
    assert 'class="errorlist"' in text_of(response)


def test_calendar_shows_the_first_events_and_leads_to_the_next(planned, monkeypatch):
    monkeypatch.setattr("directory.admin.calendar.AT_MOST", 1)
    replaced_line(DECEMBER)
    client = staff("view_service")
    asked, days = {"days": "30"}, []
    while asked:
        context = client.get("/admin/calendar/", asked).context
        days += [each["event"].on for each in context["events"]]
        asked = context["next_day"] and {**asked, "first": context["next_day"].isoformat()}
        if len(days) == 3:
            break
    assert days == [DECEMBER, date(2026, 12, 8), date(2026, 12, 25)]


def test_calendar_says_of_how_many_schedules_it_says_nothing(planned, monkeypatch):
    monkeypatch.setattr("directory.admin.calendar.SCHEDULES_AT_MOST", 1)
    client = staff("view_service")
    page = text_of(client.get("/admin/calendar/"))
    assert "Hay 1 horario más que aquí no se tiene en cuenta." in page
