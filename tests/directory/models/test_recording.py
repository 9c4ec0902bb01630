"""What a revision holds of an act: each row before and after, and nothing where nothing differs."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.models import (
    Channel,
    ContactPoint,
    RevisedRow,
    Revision,
    Schedule,
    Service,
    recording,
)
from directory.models.recording import record
from tests.factories import (
    ChannelFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    UserFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db
CHANGED = Revision.Action.CHANGED


@pytest.fixture
def ana(db):
    return UserFactory(username="ana")


def rows():
    """What was recorded: the model, before and after."""
    found = RevisedRow.objects.select_related("content_type").order_by("pk")
    return [(row.model, row.before, row.after) for row in found]


def test_a_saved_row_has_the_fields_that_differ(ana):
    number = PhoneFactory(label="Uno", phone="+576017442727")
    with record(ana, CHANGED) as recorded:
        number.label, number.phone = "Dos", "+576017442728"
        number.save()
    assert rows() == [
        (
            ContactPoint,
            {"label": "Uno", "phone": "+576017442727"},
            {"label": "Dos", "phone": "+576017442728"},
        )
    ]
    revision = Revision.objects.get()
    assert recorded.revision == revision
    assert (revision.made_by, revision.action) == (ana, "changed")
    # Without an entry in a history the first row says what it is about.
    assert (revision.content_type.model_class(), revision.object_id) == (
        ContactPoint,
        str(number.pk),
    )


def test_an_added_row_has_all_fields_after_and_a_deleted_one_before(ana):
    with record(ana, Revision.Action.ADDED):
        added = PhoneFactory(label="Uno")
    with record(ana, Revision.Action.DELETED):
        added.delete()
    (_, none, after), (_, before, gone) = rows()
    assert (none, gone) == (None, None)
    assert before == after
    assert before["label"] == "Uno"
    # What commands write, such as who was reminded when, is no part of it.
    assert "reminded_on" not in before


def test_many_to_many_fields_have_the_keys_in_order(ana):
    first, second = RequestTypeFactory(code="uno"), RequestTypeFactory(code="dos")
    channel = ChannelFactory()
    channel.request_types.set([first])
    with record(ana, CHANGED):
        channel.request_types.set([second, first])
    assert rows() == [
        (
            Channel,
            {"request_types": [first.pk]},
            {"request_types": sorted([first.pk, second.pk])},
        )
    ]


def test_the_instant_at_which_somebody_ended_a_notice_is_recorded(ana):
    notice = NoticeFactory()
    with record(ana, CHANGED):
        notice.end(notice.since)
    ((_, before, after),) = rows()
    assert (before, list(after)) == ({"ended_at": None}, ["ended_at"])


def test_what_loses_a_reference_by_a_deletion_is_recorded_too(ana):
    schedule, other = weekday_schedule(), weekday_schedule()
    ExceptionFactory(schedules=[schedule, other])
    successor = ServiceFactory(is_published=False)
    ended = ServiceFactory(is_published=False, successor=successor)
    named, gone = {"schedules": [schedule.pk, other.pk]}, successor.pk
    with record(ana, Revision.Action.DELETED):
        schedule.delete()
        successor.delete()
    assert named in [before for _, before, _ in rows()]
    key = Revision.objects.get().rows.get(row_id=ended.pk, content_type__model="service")
    assert (key.changed, key.model) == ({"successor_id": (gone, None)}, Service)
    assert Service.objects.get() == ended


def test_nothing_is_stored_where_nothing_differs(ana):
    number = PhoneFactory()
    with record(ana, CHANGED) as recorded:
        number.save()
        PhoneFactory().delete()
    assert (recorded.revision, Revision.objects.count()) == (None, 0)


def test_nothing_is_stored_after_an_exception_or_in_what_is_rolled_back(ana):
    number = PhoneFactory(label="Uno")
    with pytest.raises(IntegrityError), transaction.atomic(), record(ana, CHANGED):
        PhoneFactory(phone=number.phone)
    with transaction.atomic(), record(ana, CHANGED) as recorded:
        number.label = "Dos"
        number.save()
        transaction.set_rollback(True)
    assert (recorded.revision, Revision.objects.count()) == (None, 0)


def test_a_trial_within_an_act_leaves_nothing_of_itself(ana):
    number = PhoneFactory(label="Uno")
    with record(ana, CHANGED):
        with transaction.atomic():
            number.label = "Dos"
            number.save()
            recording.log(ana, [number], CHANGE, "Prueba")
            transaction.set_rollback(True)
        number.label = "Tres"
        number.save()
        recording.log(ana, [number], CHANGE, "De verdad")
    assert rows() == [(ContactPoint, {"label": "Uno"}, {"label": "Tres"})]
    assert [entry.change_message for entry in Revision.objects.get().entries.all()] == ["De verdad"]


def test_a_block_within_another_is_a_part_of_it(ana):
    with record(ana, CHANGED) as outer:
        PhoneFactory()
        with record(UserFactory(), Revision.Action.ADDED) as inner:
            PhoneFactory()
    assert inner is outer
    assert [row.revision for row in RevisedRow.objects.all()] == [outer.revision] * 2


def test_what_is_written_in_one_statement_is_recorded_where_it_is_told(ana):
    numbers = [PhoneFactory(label=str(each)) for each in range(3)]
    with record(ana, CHANGED):
        recording.watch(numbers)
        ContactPoint.objects.update(label="Todos")
        recording.made(Schedule.objects.bulk_create([Schedule(code="uno", name="Uno")]))
        recording.log(ana, numbers, CHANGE, "Todos")
    revision = Revision.objects.get()
    assert [model for model, _, _ in rows()] == [*[ContactPoint] * 3, Schedule]
    assert (revision.object_name, revision.others) == (str(numbers[0]), 2)
    assert revision.entries.count() == LogEntry.objects.count() == 3


def test_outside_of_an_act_nothing_is_read_or_recorded(ana, django_assert_num_queries):
    numbers = [PhoneFactory() for _number in range(3)]
    with django_assert_num_queries(0):
        recording.watch(ContactPoint.objects.all())
        recording.watch_deleted(numbers)
        recording.made(numbers)
    numbers[0].save()
    assert not Revision.objects.exists()


def test_what_is_watched_before_costs_nothing_row_by_row(ana):
    counts = []
    for size in (2, 20):
        numbers = [PhoneFactory(label="Uno") for _number in range(size)]
        with CaptureQueriesContext(connection) as queries, record(ana, CHANGED):
            recording.watch(numbers)
            for number in numbers:
                number.label = "Dos"
                number.save()
        counts.append(len(queries) - size)
    assert counts[0] == counts[1]


def test_an_entry_of_a_trial_is_none_of_the_revision(ana):
    tried, done = PhoneFactory(), PhoneFactory()
    with transaction.atomic(), record(ana, CHANGED) as recorded:
        trial = transaction.savepoint()
        recording.log(ana, [tried], CHANGE, "")
        transaction.savepoint_rollback(trial)
        done.save()
        PhoneFactory(label="Otra")
        recording.log(ana, [done], CHANGE, "")
    assert recorded.revision.object_id == str(done.pk)
    assert [entry.object_id for entry in recorded.revision.entries.all()] == [str(done.pk)]
