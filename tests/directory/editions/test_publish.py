"""Rows become editions: numbered, chained, all of them and no other."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.answers.search import find
from directory.editions import document
from directory.editions.compose import compose
from directory.editions.publish import publish
from directory.editions.verifying import breaks
from directory.models import (
    ChannelContact,
    ContactPoint,
    CurrentEdition,
    Edition,
    Schedule,
    Service,
)
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    complete_service,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
FIRST_OF_DECEMBER = date(2026, 12, 1)


def publish_all(**kwargs):
    return publish(Service.objects.all(), **kwargs)


def numbers(service):
    return list(service.editions.order_by("number").values_list("number", flat=True))


def rename(service, name):
    Service.objects.filter(pk=service.pk).update(name=name)


def composed(service):
    ((_, made),) = compose(Service.objects.filter(pk=service.pk))
    return made


def test_a_document_needs_no_other_app(monkeypatch):
    service = complete_service()
    assert composed(service).escalation.levels
    monkeypatch.setattr("directory.editions.contributions.registered", lambda: ())
    assert composed(service).escalation == document.PublishedEscalation()


# ---- When an edition is made ---------------------------------------------------------------


def test_editions_are_numbered_from_one_without_gaps():
    service = complete_service()
    for name in ("Uno", "Dos", "Tres"):
        rename(service, name)
        publish_all()
    editions = service.editions.order_by("number")
    assert [(each.number, document.decode(each.document).name) for each in editions] == [
        (1, "Uno"),
        (2, "Dos"),
        (3, "Tres"),
    ]


def test_unchanged_rows_make_no_edition():
    service = complete_service()
    publish_all()
    assert publish_all() == []
    service.save()
    assert publish_all() == []
    assert numbers(service) == [1]


def test_going_back_to_former_words_is_a_new_edition():
    service = complete_service(name="Uno")
    for name in ("Uno", "Dos", "Uno"):
        rename(service, name)
        publish_all()
    assert numbers(service) == [1, 2, 3]
    assert len(set(service.editions.values_list("digest", flat=True))) == 3


@pytest.mark.parametrize("back", [timedelta(microseconds=1), timedelta(days=400)])
def test_clock_that_was_set_back_makes_no_edition_older_than_the_one_before(back, caplog):
    """It is of the same instant: what was in force when has one answer, that of the numbers."""
    service = complete_service(name="Uno")
    publish_all(at=NOON)
    assert caplog.records == []
    rename(service, "Dos")
    (second,) = publish_all(at=NOON - back)
    assert (second.number, second.published_at) == (2, NOON)
    assert [(each.levelname, each.args[1]) for each in caplog.records] == [("WARNING", 1)]
    rename(service, "Tres")
    (third,) = publish_all(at=NOON + back)
    assert (third.number, third.published_at) == (3, NOON + back)
    in_force = [Edition.objects.in_force(at).get() for at in (NOON, NOON + back)]
    assert in_force == [second, third]
    assert list(Edition.objects.in_force(NOON - back)) == []
    assert list(breaks()) == []


def test_edition_keeps_who_proposed_it_too():
    complete_service()
    proposer, publisher = UserFactory(), UserFactory()
    (edition,) = publish_all(by=publisher, proposed_by=proposer)
    assert (edition.published_by, edition.proposed_by) == (publisher, proposer)


def test_newest_edition_is_on_record_for_each_service():
    services = [complete_service(name=name) for name in ("Uno", "Dos")]
    publish_all()
    rename(services[0], "Tres")
    publish_all()
    recorded = CurrentEdition.objects.order_by("service_id")
    assert [(each.service, each.number, each.digest) for each in recorded] == [
        (each, each.editions.latest().number, each.editions.latest().digest) for each in services
    ]
    assert [each.edition for each in recorded] == [each.editions.latest() for each in services]


def test_edition_keeps_who_and_when_and_holds_the_document_of_the_rows():
    service, user = complete_service(), UserFactory()
    (returned,) = publish_all(by=user, at=NOON)
    stored = Edition.objects.get()
    assert stored == returned
    assert (stored.published_by, stored.published_at) == (user, NOON)
    assert document.decode(stored.document) == composed(service)


def test_document_of_a_service_without_a_policy_has_an_empty_escalation():
    text = document.encode(composed(ServiceFactory(slug="uno", name="Uno", introduction="")))
    assert text == '{"slug":"uno","name":"Uno","escalation":{}}'


def test_only_published_services_have_new_editions_and_their_numbers_go_on():
    service, other = complete_service(is_published=False), complete_service()
    assert [edition.service for edition in publish_all()] == [other]
    Service.objects.update(is_published=True)
    publish_all()
    Service.objects.update(is_published=False, name="Otro nombre")
    assert publish_all() == []
    Service.objects.update(is_published=True)
    publish_all()
    assert (numbers(service), numbers(other)) == ([1, 2], [1, 2])


def test_only_the_given_services_are_published():
    wanted, other = complete_service(), complete_service()
    publish(Service.objects.filter(pk=wanted.pk))
    assert (numbers(wanted), numbers(other)) == ([1], [])


def test_rollback_of_the_edit_takes_its_editions_back():
    service = complete_service(name="Antes")
    publish_all()
    with transaction.atomic():
        rename(service, "Después")
        assert [edition.number for edition in publish_all()] == [2]
        transaction.set_rollback(True)
    service.refresh_from_db()
    assert (service.name, numbers(service)) == ("Antes", [1])
    assert list(breaks()) == []


# ---- What an edit reaches ------------------------------------------------------------------


@pytest.fixture
def shared():
    return PhoneFactory(phone="+576017442727")


@pytest.fixture
def users_of_shared(shared):
    """Services that show it in a channel, in an escalation level, and through a replacement."""
    replaced = PhoneFactory(replaced_by=shared, replaced_on=FIRST_OF_DECEMBER)
    replaced_before = PhoneFactory(replaced_by=replaced, replaced_on=date(2026, 11, 30))
    in_channel = ChannelFactory(service__slug="canal", contacts=[shared]).service
    in_level = EscalationPolicyFactory(
        service__slug="nivel", levels=[EscalationContactFactory(contacts=[shared])]
    ).service
    through = ChannelFactory(service__slug="reemplazo", contacts=[replaced]).service
    further = ChannelFactory(service__slug="reemplazo-lejano", contacts=[replaced_before]).service
    ChannelFactory(service__slug="ajeno")
    draft = ChannelFactory(service__slug="borrador", contacts=[shared]).service
    Service.objects.filter(pk=draft.pk).update(is_published=False)
    publish_all()
    return [in_channel, in_level, through, further]


def test_shared_number_publishes_every_page_that_shows_it_and_no_other(shared, users_of_shared):
    shared.phone = "601 744 2828"
    shared.save()
    published = publish(shared.services())
    assert [(edition.service, edition.number) for edition in published] == [
        (service, 2) for service in users_of_shared
    ]
    assert all("+576017442828" in edition.document for edition in published)
    # Nothing was left behind that a look at every service would still find.
    assert publish_all() == []


def test_label_of_a_shared_number_reaches_every_page(shared, users_of_shared):
    ContactPoint.objects.filter(pk=shared.pk).update(label="Línea única")
    assert [edition.service for edition in publish_all()] == users_of_shared


def test_planned_replacement_publishes_at_once(shared, users_of_shared):
    shared.replaced_by, shared.replaced_on = PhoneFactory(), date(2026, 12, 2)
    shared.save()
    assert [edition.service for edition in publish(shared.services())] == users_of_shared


def test_day_of_verification_is_published_also_of_what_is_to_replace_it():
    new = PhoneFactory()
    service = ChannelFactory(
        contacts=[PhoneFactory(replaced_by=new, replaced_on=date(2026, 12, 1))]
    ).service
    publish_all()
    for tried in ({"pk": new.pk}, {"replaced_by": new}):
        ContactPoint.objects.filter(**tried).update(verified_on=date(2026, 11, 22))
        assert [edition.service for edition in publish_all()] == [service]


def test_hours_of_a_schedule_reach_its_services_only():
    schedule = ScheduleFactory()
    service = ChannelFactory(schedule=schedule).service
    ChannelFactory()
    publish_all()
    Schedule.objects.filter(pk=schedule.pk).update(always_open=False)
    assert [edition.service for edition in publish_all()] == [service]


def test_exception_for_all_reaches_every_service():
    services = [ChannelFactory().service, ChannelFactory().service]
    publish_all()
    ExceptionFactory(also_always_open=True)
    assert [edition.service for edition in publish_all()] == services


def test_exception_reaches_the_services_of_each_of_its_schedules_and_no_other():
    channels = [ChannelFactory() for _ in range(3)]
    publish_all()
    ExceptionFactory()
    assert publish_all() == []
    exception = ExceptionFactory(schedules=[channel.schedule for channel in channels[:2]])
    assert [edition.service for edition in publish_all()] == [
        channel.service for channel in channels[:2]
    ]
    exception.schedules.set([channels[2].schedule])
    assert {edition.service for edition in publish_all()} == {
        channel.service for channel in channels
    }


# ---- What it costs -------------------------------------------------------------------------


def count_queries(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def compose_all():
    return list(compose(Service.objects.all()))


def service_with_a_replaced_number(steps=2):
    point = PhoneFactory()
    for step in range(steps):
        day = FIRST_OF_DECEMBER - timedelta(days=step)
        point = PhoneFactory(replaced_by=point, replaced_on=day)
    ChannelFactory(contacts=[point])


@pytest.mark.parametrize("work", [compose_all, publish_all])
@pytest.mark.parametrize("make", [complete_service, service_with_a_replaced_number])
def test_composing_and_publishing_cost_the_same_for_one_service_and_for_three(work, make):
    make()
    with_one = count_queries(work)
    for _ in range(3):
        make()
    assert count_queries(work) == with_one


def test_publishing_is_done_in_batches(monkeypatch):
    monkeypatch.setattr("directory.editions.publish.BATCH", 2)
    services = [complete_service() for _ in range(5)]
    seen = []
    published = publish_all(progress=seen.append)
    assert [edition.service for edition in published] == services
    assert seen == [2, 4, 5]
    assert publish_all() == []


def test_composing_takes_more_than_a_thousand_contact_points():
    channel = ChannelFactory(contacts=[])
    points = ContactPoint.objects.bulk_create(
        ContactPoint(code=f"c{i}", kind="phone", label="x", phone=f"+5731871{i:05d}")
        for i in range(1001)
    )
    ChannelContact.objects.bulk_create(
        ChannelContact(channel=channel, contact_point=point) for point in points
    )
    assert len(publish(Service.objects.all())) == 1


# ---- The command ---------------------------------------------------------------------------


def run_publish(*slugs, **options):
    out = io.StringIO()
    call_command("publish", *slugs, stdout=out, **options)
    return out.getvalue()


def test_publish_command_publishes_what_differs_and_is_idempotent():
    for _ in range(2):
        complete_service()
    assert run_publish() == "Se publicaron 2 ediciones.\n"
    assert {edition.published_by for edition in Edition.objects.all()} == {None}
    assert run_publish() == "Se publicaron 0 ediciones.\n"
    rename(Service.objects.first(), "Otro")
    assert run_publish() == "Se publicó 1 edición.\n"


@pytest.mark.parametrize(
    ("slugs", "named"), [(("uno", "zeta", "tres"), "tres, zeta"), (("uno", "borrador"), "borrador")]
)
def test_publish_command_refuses_unknown_slugs_and_drafts_and_publishes_nothing(slugs, named):
    complete_service(slug="uno")
    complete_service(slug="borrador", is_published=False)
    with pytest.raises(CommandError, match=named):
        run_publish(*slugs)
    assert not Edition.objects.exists()


def test_publish_command_lets_the_search_know_the_languages_of_today(settings):
    ChannelFactory(title="Telefónico", service__slug="uno")
    settings.LANGUAGES = [("es", "español")]
    run_publish()
    current = Edition.objects.current()
    before = current.values().get()
    assert not find(current, "by telephone")
    settings.LANGUAGES = [("es", "español"), ("en", "English")]
    assert run_publish() == "Se publicaron 0 ediciones.\n"
    assert [edition.service.slug for edition in find(current, "by telephone")] == ["uno"]
    after = current.values().get()
    assert {name for name in after if after[name] != before[name]} == {"search_text"}
    assert list(breaks()) == []


def test_publish_command_takes_slugs_and_names_the_editions_when_asked():
    complete_service(slug="otro", name="Otro")
    complete_service(slug="uno", name="Uno")
    assert run_publish("uno", verbosity=2) == "Uno, edición 1\nSe publicó 1 edición.\n"
