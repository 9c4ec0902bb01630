"""What a save, a form and a page cost does not depend on how large the directory is."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, FindingAcceptance, Schedule, Service
from directory.upkeep.checks.runs import run_checks
from directory.upkeep.reviews import confirm
from tests.addresses import INDEX, change_url, list_url, page_url
from tests.editing import told
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db
FEW_AND_MANY = pytest.mark.parametrize("size", [2, 15])


@pytest.fixture(autouse=True)
def a_week_before_a_holiday():
    with time_machine.travel("2026-12-01T15:00:00Z", tick=False):
        yield


@pytest.fixture
def directory(size, admin_client):
    """`size` services that share a number and a schedule; returns these and a number that one
    service gives."""
    shared, schedule, own = PhoneFactory(), weekday_schedule(name="Común"), PhoneFactory()
    for number in range(size):
        contacts = [shared, PhoneFactory() if number else own]
        ChannelFactory(service=complete_service(), schedule=schedule, contacts=contacts)
    publish(Service.objects.all())
    run_checks()
    # Content types are read once.
    for url in (change_url(shared), change_url(schedule), INDEX):
        admin_client.get(url)
    return shared, schedule, own


@FEW_AND_MANY
def test_a_save_of_a_number(admin_client, directory, django_assert_num_queries):
    *_shared, own = directory
    typed = {**form_values(admin_client.get(change_url(own))), "phone": "318 717 4937"}

    # PostgreSQL takes its turn with a query: for the act, for saving and for publishing.
    locks = 3 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(123 + locks):
        response = admin_client.post(change_url(own), {**typed, "_save": "1"})

    own.refresh_from_db()
    assert (response.status_code, str(own.phone)) == (302, "+573187174937")


@FEW_AND_MANY
def test_forms_and_pages_of_what_all_share(admin_client, size, directory):
    shared, schedule, _own = directory
    pages, counts = [], []
    for url in (change_url(shared), change_url(schedule), INDEX, list_url(FindingAcceptance)):
        with CaptureQueriesContext(connection) as queries:
            pages.append(admin_client.get(url))
        counts.append(len(queries))
    number_form, schedule_form, start, findings = pages

    assert counts == [16, 16, 29, 9]
    assert ("y 5 más" in number_form.content.decode()) == (size == 15)
    # Who shares it, each with its form and with hours of its own.
    named = schedule_form.content.decode().count("› Telefónico (Común)")
    assert named == 2 * size
    assert (len(start.context["services"].shown), start.context["services"].count) == (
        min(size, 12),
        size,
    )
    # Nobody has tried any of the numbers.
    assert findings.context["open_count"] == ContactPoint.objects.count()


def test_the_start_page_looks_at_the_first_schedules_and_counts_the_rest(admin_client, monkeypatch):
    monkeypatch.setattr("directory.upkeep.calendar.SCHEDULES_AT_MOST", 2)
    for _ in range(5):
        weekday_schedule()
    page = admin_client.get(INDEX)

    assert page.context["more_schedules"] == Schedule.objects.count() - 2
    assert "Hay 3 horarios más que aquí no se tienen en cuenta." in page.content.decode()


@pytest.mark.parametrize("rows", [1, 4])
def test_forms_with_rows(admin_client, rows):
    service, contacts = ServiceFactory(), PhoneFactory.create_batch(rows)
    ChannelFactory.create_batch(2, service=service)
    *_others, channel = ChannelFactory.create_batch(rows, service=service, contacts=contacts)
    contact = EscalationContactFactory(contacts=contacts)
    levels = EscalationContactFactory.create_batch(rows)
    policy = EscalationPolicyFactory(service=service, levels=levels)
    admin_client.get(change_url(service))
    counts = {}
    for row in (service, channel, contact, policy):
        admin_client.get(change_url(row))
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(change_url(row))
        counts[row._meta.model_name] = len(queries)
    assert counts == {"service": 39, "channel": 18, "escalationcontact": 13, "escalationpolicy": 19}


def test_to_save_what_nobody_changed_is_how_a_page_is_published_anew(admin_client):
    number = PhoneFactory()
    ChannelFactory(contacts=[number])
    assert submit(admin_client, change_url(number)).status_code == 302
    assert Edition.objects.count() == 1


def test_to_confirm_a_number_publishes_at_the_same_cost_for_any_number_of_services(admin_user):
    costs = set()
    for services in (1, 4):
        number = PhoneFactory()
        ChannelFactory.create_batch(services, contacts=[number])
        publish(Service.objects.all())
        with CaptureQueriesContext(connection) as queries:
            confirm(number, date(2026, 11, 23), by=admin_user)
        costs.add(len(queries))
        confirmed = Edition.objects.filter(published_by=admin_user, number=2)
        assert confirmed.filter(service__in=number.services()).count() == services
    assert len(costs) == 1


@pytest.mark.parametrize("size", [3])
def test_of_many_pages_the_first_are_compared_and_the_rest_counted(
    admin_client, directory, monkeypatch
):
    monkeypatch.setattr("directory.editions.dry_run.COMPARED_AT_MOST", 2)
    shared, *_others = directory
    response = submit(admin_client, change_url(shared), button="_preview", phone="601 222 3344")
    effect = response.context["effect"]
    assert (effect.count, effect.not_compared) == (2, 1)
    assert "1 página más lo muestra." in response.content.decode()


@pytest.mark.parametrize("size", [3])
def test_the_first_places_are_offered_and_the_rest_counted(admin_client, directory, monkeypatch):
    monkeypatch.setattr("directory.admin.bulk.contact_points.PLACES_AT_MOST", 2)
    shared, *_others = directory
    page = admin_client.get(page_url(ContactPoint, "replace") + f"?ids={shared.pk}")
    assert len(page.context["places"]) == 2
    assert "Se usa en 1 lugar más" in page.content.decode()


def test_more_uses_than_are_counted_are_told_as_more(admin_client, monkeypatch):
    monkeypatch.setattr("directory.admin.where_used.COUNTED_AT_MOST", 2)
    number = PhoneFactory()
    for _ in range(13):
        ChannelFactory(contacts=[number])
    assert "y más de 2 más" in admin_client.get(change_url(number)).content.decode()


def test_in_a_large_directory_the_button_checks_what_was_changed_and_says_so(
    admin_client, monkeypatch
):
    monkeypatch.setattr("directory.upkeep.checks.runs.SMALL", {Service: -1})
    page = admin_client.get(list_url(FindingAcceptance)).content.decode()
    assert "Comprobar lo que se cambió" in page
    [message] = told(admin_client.post(list_url(FindingAcceptance) + "check/"))
    assert "manage.py check_directory" in message
