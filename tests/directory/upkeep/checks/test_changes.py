"""A change is checked with what shows it: the findings are those that a whole check finds."""

from datetime import date, time

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, DELETION, LogEntry

from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Finding, Service
from directory.upkeep.checks import changes, runs
from escalations.models import EscalationPolicy
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    ExceptionFactory,
    PhoneFactory,
    ScheduleFactory,
    UserFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def too_large_to_be_checked_whole(monkeypatch):
    monkeypatch.setattr(runs, "SMALL", {Service: -1})


@pytest.fixture
def user():
    return UserFactory()


def found():
    """Code and subject of every finding, and the rows that each is shown for."""
    return sorted(
        (
            finding.code,
            finding.subject,
            finding.fingerprint,
            sorted(finding.rows.filter(is_shown=True).values_list("model", "row_pk")),
        )
        for finding in Finding.objects.all()
    )


def codes():
    return sorted({finding.code for finding in Finding.objects.all()} - {"not_verified"})


def logged(user, *rows, flag=CHANGE):
    LogEntry.objects.log_actions(user.pk, rows, flag, "")
    publish(Service.objects.all())


def test_checking_changes_finds_what_checking_everything_finds(user):
    """One long story of a directory, each of its changes checked alone."""
    line, mail = PhoneFactory(phone="+576017442727"), EmailFactory(email="soporte@example.com")
    hours = weekday_schedule(name="Oficina")
    service = complete_service(introduction="Llame al 601 744 2799")
    channel = ChannelFactory(service=service, contacts=[line, mail], schedule=hours)
    other = complete_service(is_published=False)
    publish(Service.objects.all())
    runs.run_checks()
    assert codes() == ["unknown_mention"]

    def found_after_changing(row):
        logged(user, row)
        run = runs.catch_up()
        of_changes, of_codes = found(), codes()
        runs.run_checks()
        assert of_changes == found()
        assert run.is_complete
        return of_codes

    assert found_after_changing(PhoneFactory(phone="+576017442799")) == []
    slip = EmailFactory(email="sosporte@example.com")
    assert found_after_changing(slip) == ["near_identical"]
    mail.email = "ayuda@example.com"
    mail.save()
    assert found_after_changing(mail) == []
    of_other = ChannelFactory(service=other, contacts=[line], schedule=ScheduleFactory())
    assert found_after_changing(of_other) == ["contradicting_hours"]
    Channel.objects.filter(pk=of_other.pk).update(schedule=hours)
    assert found_after_changing(of_other) == []
    hours.spans.all().delete()
    assert found_after_changing(hours) == []
    channel.contact_uses.filter(contact_point=mail).delete()
    assert found_after_changing(service) == []
    channel.contact_uses.all().delete()
    unusable = ["channel_without_contact"]
    assert found_after_changing(channel) == unusable
    replaced = {"replaced_by": line, "replaced_on": date(2026, 11, 1)}
    ContactPoint.objects.filter(pk=mail.pk).update(**replaced)
    ChannelFactory(service=service, contacts=[mail])
    assert found_after_changing(mail) == [*unusable, "replacement_past_due"]
    line.phone = "+576017442728"
    line.save()
    found_after_changing(line)
    found_after_changing(WebFactory(url="http://example.com/chat"))
    policy = service.escalation_policy
    EscalationPolicy.objects.filter(pk=policy.pk).update(instructions="Llame al 7442727")
    found_after_changing(policy)
    found_after_changing(ExceptionFactory(reason="Al (571) 7442727"))
    policy.levels.update(valid_until=date(2026, 11, 1))
    found_after_changing(service)
    last = found_after_changing(ScheduleFactory(always_open=False))
    assert {"plain_http", "outdated_number", "level_past_due"} <= set(last)


def test_exception_is_checked_with_the_services_of_each_of_its_schedules():
    channels = [ChannelFactory() for _ in range(3)]
    exception = ExceptionFactory(schedules=[channel.schedule for channel in channels[:2]])
    scope = changes.CheckScope(changes.ChangedRows(rows=[exception]))
    assert [service for service, _document in scope.facts.services] == [
        channel.service for channel in channels[:2]
    ]
    assert scope.facts.exceptions == [exception]


def test_what_is_deleted_is_found_no_longer(user):
    point = WebFactory(url="http://example.com/chat")
    runs.run_checks()
    assert codes() == ["plain_http"]
    logged(user, point, flag=DELETION)
    point.delete()
    runs.catch_up()
    assert codes() == []


def test_an_accepted_finding_stays_accepted_when_its_service_is_saved(user):
    line, service = PhoneFactory(), complete_service()
    for schedule in (weekday_schedule(), ScheduleFactory()):
        ChannelFactory(service=service, contacts=[line], schedule=schedule)
    publish(Service.objects.all())
    runs.run_checks()
    before = Finding.objects.get(code="contradicting_hours").fingerprint
    Service.objects.filter(pk=service.pk).update(introduction="Hola")
    logged(user, service)
    runs.catch_up()
    assert Finding.objects.get(code="contradicting_hours").fingerprint == before


def test_the_hours_of_a_number_that_very_many_give_are_left_to_the_command(user):
    line = PhoneFactory()
    for number in range(changes.COMPARED_AT_MOST + 1):
        schedule = ScheduleFactory() if number else weekday_schedule()
        ChannelFactory(service=complete_service(), contacts=[line], schedule=schedule)
    publish(Service.objects.all())
    runs.run_checks()
    before = found()
    logged(user, Service.objects.first())
    run = runs.catch_up()
    assert (run.is_complete, found()) == (False, before)
    assert not runs.last_run().is_complete
    assert runs.run_checks().is_complete


def test_a_change_that_very_many_services_show_is_checked_in_the_first_and_said_so(
    user, monkeypatch
):
    monkeypatch.setattr(changes, "SERVICES_AT_MOST", 2)
    schedule = weekday_schedule(opens=time(8))
    services = [complete_service(is_published=False) for _ in range(3)]
    for service in services:
        ChannelFactory(service=service, schedule=schedule)
    runs.run_checks()
    Service.objects.update(introduction="Vea http://example.com")
    logged(user, schedule)
    run = runs.catch_up()
    assert not run.is_complete
    assert Finding.objects.filter(code="plain_http_in_text").count() == 2


def test_nothing_is_checked_where_nothing_was_changed(user, django_assert_num_queries):
    runs.run_checks()
    with django_assert_num_queries(1):
        runs.catch_up()


def test_changes_of_accounts_are_passed_over(user):
    """An account has services: those that it owns."""
    run = runs.run_checks()
    logged(user, user)
    assert runs.catch_up().last_change > run.last_change


def test_a_large_directory_is_never_checked_whole_by_a_request(user):
    WebFactory(url="http://example.com/a")
    assert runs.catch_up() is None
    assert not Finding.objects.exists()


def test_a_small_directory_is_checked_whole_once_a_day(monkeypatch):
    monkeypatch.setattr(runs, "SMALL", {Service: 50})
    first = runs.catch_up()
    assert runs.catch_up() == first
    WebFactory(url="http://example.com/a")
    with time_machine.travel("2026-11-24T15:00:00Z", tick=False):
        runs.catch_up()
        assert codes() == ["plain_http"]


def test_editions_made_elsewhere_are_checked(user):
    service = complete_service()
    publish(Service.objects.all())
    runs.run_checks()
    Service.objects.filter(pk=service.pk).update(introduction="Vea http://example.com")
    publish(Service.objects.all())
    runs.catch_up()
    assert codes() == ["plain_http_in_text", "unknown_mention"]


@pytest.mark.parametrize("services", [1, 3])
def test_checking_everything_takes_the_same_queries_at_any_size(
    services, django_assert_num_queries
):
    for _ in range(services):
        complete_service()
    publish(Service.objects.all())
    with django_assert_num_queries(37):
        runs.run_checks()
