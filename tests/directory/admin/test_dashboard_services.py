"""The services on the start page, and that what is counted there is what its lists have."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from directory import models
from directory.admin import dashboard_services
from directory.editions.publish import publish
from directory.upkeep.checks import runs
from tests.addresses import INDEX, add_url, change_url, list_url
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, read
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday():
    # 8 December, a Tuesday too, is a public holiday.
    with time_machine.travel("2026-12-01T09:00:00-05:00", tick=False):
        yield


def shown(client):
    return client.get(INDEX).context["services"]


def test_each_service_says_who_answers_now_as_its_current_edition_does(admin_client):
    service = ServiceFactory(name="Clave")
    ChannelFactory(service=service, title="Telefónico", schedule=weekday_schedule())
    ChannelFactory(service=service, title="Tarde", schedule=weekday_schedule(opens=time(14)))
    publish(models.Service.objects.all())
    service.channels.update(title="Sin publicar")
    [each] = shown(admin_client).shown
    assert [channel.title for channel in each.open] == ["Telefónico"]
    assert each.service == service


def test_a_draft_is_called_one_and_leads_to_its_form(admin_client):
    draft = ServiceFactory(name="Nuevo", is_published=False)
    page = read(admin_client.get(INDEX))
    assert "Nuevo Borrador Los clientes no lo ven." in page.seen
    assert change_url(draft) in page.links
    assert draft.get_absolute_url() not in page.links


def test_services_come_first_and_a_new_one_is_one_click_away(admin_client):
    page = admin_client.get(INDEX).content.decode()
    places = [page.index(f'id="{name}"') for name in ("dashboard-services", "task-1")]
    assert places == sorted(places)
    assert add_url(models.Service) in read(admin_client.get(INDEX)).links
    assert add_url(models.Service) not in read(staff("view_service").get(INDEX)).links


def test_of_many_services_the_first_are_shown_and_all_are_counted(admin_client, monkeypatch):
    monkeypatch.setattr(dashboard_services, "AT_MOST", 2)
    for name in "CAB":
        ServiceFactory(name=name)
    services = shown(admin_client)
    assert [each.service.name for each in services.shown] == ["A", "B"]
    assert f"⟨{list_url(models.Service)}⟩ Ver los 3 servicios" in (
        read(admin_client.get(INDEX)).seen_with_links
    )
    assert admin_client.get(list_url(models.Service)).context["cl"].result_count == services.count


def test_who_may_not_see_services_sees_those_with_a_page():
    public = ServiceFactory()
    ServiceFactory(is_published=False)
    assert [each.service for each in shown(staff()).shown] == [public]
    assert change_url(public) not in read(staff().get(INDEX)).links


# ---- Counts ----------------------------------------------------------------------------------


def rows_of(client, url):
    context = client.get(url).context
    return context["page"].paginator.count if "page" in context else context["cl"].result_count


def test_every_count_is_that_of_the_list_it_leads_to(admin_client):
    """The numbers in what needs attention, and what is listed behind each."""
    for name in ("Uno", "Dos"):
        weekday_schedule(name=name)
    weekday_schedule(name="Cerrado", holidays="closed")
    ScheduleFactory(name="Siempre")
    decided = weekday_schedule(name="Decidido")
    exception = models.ScheduleException.objects.create(
        code="navidad", reason="Navidad", first_day=date(2026, 12, 8), last_day=date(2026, 12, 8)
    )
    exception.schedules.add(decided)
    for _ in range(3):
        complete_service(introduction="Llame al 601 999 9999")
    PhoneFactory()
    publish(models.Service.objects.all())
    runs.run_checks()
    models.Service.objects.update(reviewed_on=None)
    counted = {}
    for each in admin_client.get(INDEX).context["attention"]:
        numbers = [int(word) for word in each.text.split() if word.isdecimal()]
        is_of_a_list = "?" in each.link.url and "/change/" not in each.link.url
        if is_of_a_list:
            counted[each.text] = (numbers[-1], rows_of(admin_client, each.link.url))
    assert len(counted) >= 4
    assert {text: (said, rows) for text, (said, rows) in counted.items() if said != rows} == {}


# ---- Holidays --------------------------------------------------------------------------------


def test_a_holiday_is_decided_for_several_schedules_at_once(admin_client):
    unknown = [weekday_schedule(name=name) for name in ("Uno", "Dos")]
    closed = weekday_schedule(name="Tres", holidays="closed")
    ScheduleFactory(name="Siempre")
    holiday = admin_client.get(INDEX).context["holidays"][0]
    assert sorted(holiday["choices"]) == [
        (unknown[0].pk, "Uno", True),
        (unknown[1].pk, "Dos", True),
        (closed.pk, "Tres", False),
    ]
    form = admin_client.get(
        add_url(models.ScheduleException),
        {
            "first_day": holiday["typed_day"],
            "reason": holiday["name"],
            "schedules": [each.pk for each in unknown],
        },
    )
    values = form_values(form)
    assert values["first_day"] == ["08/12/2026"]
    assert values["reason"] == ["La Inmaculada Concepción"]
    assert sorted(values["schedules"]) == sorted(str(each.pk) for each in unknown)


def test_who_may_not_add_exceptions_is_offered_none():
    weekday_schedule()
    page = staff("view_schedule").get(INDEX).content.decode()
    assert "holiday-choices" not in page


def test_the_workbook_is_a_link_away_also_when_the_first_steps_are_done(admin_client):
    page = admin_client.get(INDEX).content.decode()
    link = f'<a href="{reverse("backoffice:workbook")}">Todo el directorio en un libro de Excel</a>'
    assert link in page
