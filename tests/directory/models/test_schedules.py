"""What schedules refuse, each rule twice: in `full_clean`, and in the database."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from directory.models import Channel, Schedule, TimeSpan
from tests.directory.hours.test_validity import SHARING
from tests.directory.plans import DECEMBER
from tests.factories import ChannelFactory, ScheduleFactory, weekday_schedule
from tests.refusals import (
    assert_overlap,
    refused_among_neighbours,
    refused_by_the_database,
    refused_in_full_clean,
    refused_twice,
)

pytestmark = pytest.mark.django_db


def span(schedule, day, opens, closes, validity=None):
    times = {"opens": time.fromisoformat(opens), "closes": time.fromisoformat(closes)}
    return TimeSpan(schedule=schedule, day=day, **times, **(validity or {}))


@pytest.fixture
def schedule():
    return ScheduleFactory(always_open=False)


@pytest.mark.parametrize("missing", ["opens", "closes"])
def test_span_needs_both_ends(schedule, missing):
    begun = span(schedule, 1, "07:00", "19:00")
    setattr(begun, missing, None)
    assert refused_twice(begun) == {missing: ["null"]}


def test_span_that_closes_when_it_opens_is_refused(schedule):
    empty = span(schedule, 1, "07:00", "07:00")
    assert refused_twice(empty)["closes"] == ["empty_span"]


def test_midnight_to_midnight_is_the_whole_day(schedule):
    whole = span(schedule, 1, "00:00", "00:00")
    assert refused_in_full_clean(whole) == {}
    whole.save()


@pytest.mark.parametrize("day", [0, 9, -1])
def test_day_is_a_weekday_or_holiday(schedule, day):
    wrong = span(schedule, day, "07:00", "19:00")
    assert refused_twice(wrong)["day"][0] == "invalid_choice"


UNTIL_NOVEMBER, FROM_DECEMBER = {"valid_until": date(2026, 11, 30)}, {"valid_from": DECEMBER}
# Day, begin and end of two spans, each with its dates; and whether they share an instant.
SPANS = [
    ((1, "07:00", "19:00"), (1, "07:00", "19:00"), True),
    ((1, "07:00", "12:00"), (1, "11:59", "13:00"), True),
    ((1, "07:00", "19:00"), (1, "09:00", "10:00"), True),
    ((1, "09:00", "10:00"), (1, "07:00", "19:00"), True),
    ((5, "22:00", "06:00"), (6, "05:00", "07:00"), True),
    ((7, "22:00", "06:00"), (1, "05:00", "07:00"), True),
    ((1, "05:00", "07:00"), (7, "22:00", "06:00"), True),
    ((5, "22:00", "06:00"), (5, "23:00", "01:00"), True),
    ((3, "00:00", "00:00"), (3, "10:00", "11:00"), True),
    ((1, "07:00", "12:00"), (1, "12:00", "19:00"), False),
    ((5, "22:00", "06:00"), (6, "06:00", "07:00"), False),
    ((7, "22:00", "06:00"), (1, "06:00", "07:00"), False),
    ((7, "22:00", "00:00"), (1, "00:00", "07:00"), False),
    ((1, "00:00", "00:00"), (2, "00:00", "00:00"), False),
    ((7, "22:00", "06:00"), (8, "00:00", "07:00"), False),
    ((8, "22:00", "06:00"), (1, "00:00", "07:00"), False),
    ((1, "07:00", "19:00", UNTIL_NOVEMBER), (1, "08:00", "20:00", FROM_DECEMBER), False),
    ((1, "07:00", "19:00", {"valid_until": DECEMBER}), (1, "08:00", "20:00", FROM_DECEMBER), True),
    ((1, "07:00", "19:00"), (1, "08:00", "20:00", FROM_DECEMBER), True),
    ((1, "07:00", "19:00", FROM_DECEMBER), (1, "08:00", "20:00", UNTIL_NOVEMBER), False),
]


@pytest.mark.parametrize(("first", "second", "overlaps"), SPANS)
def test_spans_of_a_schedule_share_no_instant(first, second, overlaps):
    schedule = ScheduleFactory(always_open=False, holidays="own_hours")
    span(schedule, *first).save()
    added = span(schedule, *second)
    assert refused_in_full_clean(added) == {}
    assert_overlap(added, overlaps)


def test_overlap_is_refused_when_a_span_is_moved(schedule):
    span(schedule, 1, "07:00", "12:00").save()
    afternoon = span(schedule, 1, "13:00", "18:00")
    afternoon.save()
    with refused_by_the_database():
        TimeSpan.objects.filter(pk=afternoon.pk).update(opens=time(11))
    afternoon.opens = time(11)
    assert refused_among_neighbours(afternoon) == {"opens": ["overlap"]}


def test_same_hours_in_two_schedules_do_not_overlap():
    for schedule in (ScheduleFactory(always_open=False), ScheduleFactory(always_open=False)):
        assert_overlap(span(schedule, 1, "07:00", "19:00"), False)


@pytest.mark.parametrize("factory", [weekday_schedule, ChannelFactory])
def test_validity_that_ends_before_it_begins_is_refused(factory):
    made = factory()
    row = made if isinstance(made, Channel) else made.spans.first()
    row.valid_from, row.valid_until = date(2026, 12, 2), date(2026, 12, 1)
    assert refused_in_full_clean(row)["valid_until"] == ["dates_out_of_order"]
    with refused_by_the_database():
        type(row).objects.update(valid_from=row.valid_from, valid_until=row.valid_until)


@pytest.mark.parametrize("day", [date(206, 12, 1), date(2206, 12, 1)])
def test_year_typed_wrong_is_refused_in_plain_words(schedule, day):
    wrong = span(schedule, 1, "07:00", "19:00", {"valid_from": day})
    with pytest.raises(ValidationError) as refused:
        wrong.full_clean()
    assert refused.value.message_dict == {
        "valid_from": ["Revise el año: debe estar entre 2000 y 2199."]
    }


@pytest.mark.parametrize("day", [date(2000, 1, 1), date(2199, 12, 31)])
def test_days_of_two_centuries_may_be_planned(schedule, day):
    assert refused_in_full_clean(span(schedule, 1, "07:00", "19:00", {"valid_from": day})) == {}


def test_round_the_clock_schedule_has_no_spans():
    wrong = span(ScheduleFactory(always_open=True), 1, "07:00", "19:00")
    assert refused_in_full_clean(wrong) == {"__all__": ["span_of_always_open"]}


def test_holiday_span_needs_the_policy_that_uses_it(schedule):
    holiday = span(schedule, 8, "09:00", "12:00")
    assert refused_in_full_clean(holiday) == {"day": ["holiday_span_without_policy"]}
    schedule.holidays = "own_hours"
    assert refused_in_full_clean(holiday) == {}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("timezone", "America/Bogotá", "unknown_timezone"),
        ("country", "co", "unknown_country"),
        ("holidays", "perhaps", "invalid_choice"),
    ],
)
def test_schedule_fields_are_checked(schedule, field, value, code):
    setattr(schedule, field, value)
    assert refused_in_full_clean(schedule) == {field: [code]}


@pytest.mark.parametrize(("one", "other", "shared"), SHARING)
def test_spans_of_times_of_the_year_overlap_where_they_share_a_day(schedule, one, other, shared):
    for first, second in ((one, other), (other, one)):
        TimeSpan.objects.all().delete()
        span(schedule, 1, "07:00", "15:00", vars(first)).save()
        assert_overlap(span(schedule, 1, "07:00", "19:00", vars(second)), shared)


def test_span_of_every_year_has_its_first_and_last_day(schedule):
    for days in ({"valid_from": DECEMBER}, {"valid_until": DECEMBER}, {}):
        wrong = span(schedule, 1, "07:00", "15:00", {"every_year": True, **days})
        assert refused_twice(wrong)["valid_until"] == ["days_missing"]


@pytest.mark.parametrize(
    ("first", "last", "is_refused"),
    [
        (date(2026, 6, 15), date(2027, 6, 14), False),
        (date(2026, 6, 15), date(2027, 6, 15), True),
        (date(2027, 3, 1), date(2028, 2, 29), False),
        (date(2026, 6, 15), date(2030, 1, 1), True),
    ],
)
def test_span_of_every_year_ends_before_it_begins_again(schedule, first, last, is_refused):
    days = {"valid_from": first, "valid_until": last, "every_year": True}
    made = span(schedule, 1, "07:00", "15:00", days)
    if is_refused:
        assert refused_twice(made) == {"valid_until": ["longer_than_a_year"]}
    else:
        assert refused_in_full_clean(made) == {}
        made.save()


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [("ES", "MD", "MD"), ("ES", "es-md", "MD"), ("ES", "Cataluña", "CT"), ("CO", "", "")],
)
def test_subdivision_is_kept_by_its_code(schedule, country, typed, kept):
    schedule.country, schedule.subdivision = country, typed
    schedule.full_clean()
    assert schedule.subdivision == kept


@pytest.mark.parametrize(
    ("country", "subdivision", "told"),
    [
        ("GB", "MD", "England (ENG), Northern Ireland (NIR), Scotland (SCT), Wales (WLS)"),
        ("CO", "DC", "Ninguna región de CO tiene festivos propios"),
    ],
)
def test_subdivision_of_another_country_is_refused_with_those_that_are_right(
    schedule, country, subdivision, told
):
    schedule.country, schedule.subdivision = country, subdivision
    with pytest.raises(ValidationError) as refusal:
        schedule.full_clean()
    [message] = refusal.value.message_dict["subdivision"]
    assert told in message
    assert f"«{subdivision}»" in message


@pytest.mark.parametrize(
    ("stated", "subdivision"),
    [
        ({}, "MD"),
        ({"country": "ES"}, "MD"),
        ({"subdivision": ""}, ""),
        # MD is Maryland there.
        ({"country": "US"}, ""),
        ({"country": "ES", "subdivision": "CT"}, "CT"),
    ],
)
def test_new_schedules_of_the_country_have_the_subdivision_of_the_organisation(
    settings, stated, subdivision
):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, country="ES", subdivision="MD")
    assert Schedule(**stated).subdivision == subdivision
