"""A change is checked with what shows it: the findings are those that a whole check finds."""

from datetime import date, time

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, DELETION, LogEntry

from directory.editions.publish import publish
from directory.models import (
    Channel,
    ContactPoint,
    Finding,
    ScheduleException,
    Service,
)
from directory.upkeep.checks import changes, runs
from escalations.models import EscalationPolicy
from tests.factories import (
    ChannelFactory,
    EmailFactory,
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

    def missing_number():
        return PhoneFactory(phone="+576017442799")

    def slip():
        return EmailFactory(email="sosporte@example.com")

    def slip_corrected():
        mail.email = "ayuda@example.com"
        mail.save()
        return mail

    def other_hours():
        return ChannelFactory(service=other, contacts=[line], schedule=ScheduleFactory())

    def hours_agree_again():
        made = Channel.objects.get(service=other, contact_uses__contact_point=line)
        Channel.objects.filter(pk=made.pk).update(schedule=hours)
        return made

    def hours_emptied():
        hours.spans.all().delete()
        return hours

    def contact_taken_out():
        channel.contact_uses.filter(contact_point=mail).delete()
        return service

    def channel_without_contacts():
        channel.contact_uses.all().delete()
        return channel

    def replaced():
        ContactPoint.objects.filter(pk=mail.pk).update(
            replaced_by=line, replaced_on=date(2026, 11, 1)
        )
        ChannelFactory(service=service, contacts=[mail])
        return mail

    def replacement_named_anew():
        line.phone = "+576017442728"
        line.save()
        return line

    def insecure():
        return WebFactory(url="http://example.com/chat")

    def old_number_in_policy():
        policy = service.escalation_policy
        EscalationPolicy.objects.filter(pk=policy.pk).update(instructions="Llame al 7442727")
        return policy

    def old_number_in_exception():
        return ScheduleException.objects.create(
            code="x",
            first_day=date(2026, 12, 24),
            last_day=date(2026, 12, 24),
            reason="Al (571) 7442727",
        )

    def levels_over():
        service.escalation_policy.levels.update(valid_until=date(2026, 11, 1))
        return service

    def unused_schedule():
        return ScheduleFactory(always_open=False)

    steps = [
        (missing_number, []),
        (slip, ["near_identical"]),
        (slip_corrected, []),
        (other_hours, ["contradicting_hours"]),
        (hours_agree_again, []),
        (hours_emptied, ["empty_schedule"]),
        (contact_taken_out, ["empty_schedule"]),
        (channel_without_contacts, ["channel_without_contact", "empty_schedule"]),
        (replaced, [*["channel_without_contact", "empty_schedule", "replacement_past_due"]]),
    ]
    later = [
        replacement_named_anew,
        insecure,
        old_number_in_policy,
        old_number_in_exception,
        levels_over,
        unused_schedule,
    ]
    assert codes() == ["unknown_mention"]
    for change, expected in [*steps, *((each, None) for each in later)]:
        logged(user, change())
        run = runs.catch_up()
        of_changes, of_codes = found(), codes()
        runs.run_checks()
        assert of_changes == found(), change.__name__
        assert expected is None or of_codes == expected, change.__name__
        assert run.is_complete
    assert {"plain_http", "outdated_number", "level_past_due"} <= set(codes())


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
    with django_assert_num_queries(29):
        runs.run_checks()
