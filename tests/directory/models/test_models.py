"""What the rows of the directory refuse, each rule twice: in `full_clean`, and in the database."""

import io
import json
from datetime import date, time, timedelta
from itertools import chain, pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from directory.editions.publish import publish
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    Edition,
    ExceptionSpan,
    Finding,
    FindingAcceptance,
    RequestType,
    Schedule,
    ScheduleException,
    Service,
    TimeSpan,
)
from directory.upkeep.checks.runs import run_checks
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.refusals import (
    codes_of,
    refused_among_neighbours,
    refused_by_the_database,
    refused_in_full_clean,
)

pytestmark = pytest.mark.django_db

BOGOTA = "+576017442727"
FIRST_OF_DECEMBER = date(2026, 12, 1)


# ---- Contact points: kind and value --------------------------------------------------------


def contact_point(**values):
    return ContactPoint(**{"code": "uno", "label": "Uno", **values})


RIGHT_VALUES = {
    "phone": {"phone": BOGOTA},
    "whatsapp": {"phone": "+573187174937"},
    "email": {"email": "soporte@example.com"},
    "web": {"url": "https://example.com/"},
}


@pytest.mark.parametrize(
    ("kind", "values", "refused"),
    [
        ("phone", {}, {"phone": ["required"]}),
        ("whatsapp", {}, {"phone": ["required"]}),
        ("email", {}, {"email": ["required"]}),
        ("web", {}, {"url": ["required"]}),
        ("phone", RIGHT_VALUES["email"], {"phone": ["required"], "email": ["wrong_kind"]}),
        ("email", RIGHT_VALUES["phone"], {"email": ["required"], "phone": ["wrong_kind"]}),
        ("web", RIGHT_VALUES["email"], {"url": ["required"], "email": ["wrong_kind"]}),
        ("phone", RIGHT_VALUES["phone"] | RIGHT_VALUES["web"], {"url": ["wrong_kind"]}),
        ("whatsapp", RIGHT_VALUES["phone"] | RIGHT_VALUES["email"], {"email": ["wrong_kind"]}),
    ],
)
def test_kind_and_value_that_disagree_are_refused_at_the_field(kind, values, refused):
    found = refused_in_full_clean(contact_point(kind=kind, **values))
    assert {field: codes for field, codes in found.items() if field != "__all__"} == refused


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("email", RIGHT_VALUES["phone"]),
        ("phone", RIGHT_VALUES["email"]),
        ("whatsapp", RIGHT_VALUES["web"]),
        ("phone", RIGHT_VALUES["phone"] | RIGHT_VALUES["web"]),
        ("web", RIGHT_VALUES["phone"] | RIGHT_VALUES["web"]),
        ("fax", RIGHT_VALUES["phone"]),
        ("", RIGHT_VALUES["phone"]),
    ],
)
def test_kind_and_value_that_disagree_are_refused_by_the_database(kind, values):
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([contact_point(kind=kind, **values)])


def test_unknown_kind_is_refused_at_the_field():
    point = contact_point(kind="fax", **RIGHT_VALUES["phone"])
    assert refused_in_full_clean(point)["kind"] == ["invalid_choice"]


def test_kind_cannot_be_changed_under_a_value_in_the_database():
    PhoneFactory()
    with refused_by_the_database():
        ContactPoint.objects.update(kind="email")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("744 2727", "area_code"),
        ("#611", "short_code"),
        ("01 8000 PRINTER", "letters"),
        ("+57 999 999 9999", "not_assigned"),
        ("(571) 379 0300 - Ext: 1101", "extension"),
    ],
)
def test_what_cannot_be_a_number_is_refused_with_the_reason(number, code):
    refused = refused_in_full_clean(contact_point(kind="phone", phone=number))
    assert refused["phone"] == [code]


def test_number_that_is_none_is_refused_by_the_database():
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([contact_point(kind="phone", phone="no es un número")])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://example.com/",
        "tel:+576017442727",
        "//example.com/",
        "example.com",
        " javascript:alert(1)",
    ],
)
def test_web_address_that_is_not_http_is_refused(url):
    assert set(refused_in_full_clean(contact_point(kind="web", url=url))["url"]) == {"invalid"}
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([contact_point(kind="web", url=url)])


# ---- Contact points: once each -------------------------------------------------------------


@pytest.mark.parametrize("written", ["(571) 7442727", "601 744 2727", "+57 601 7442727"])
def test_same_number_written_differently_is_the_same_number(written):
    PhoneFactory(phone=BOGOTA)
    again = contact_point(kind="phone", phone=written)
    assert list(refused_in_full_clean(again)) == ["phone"]
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([again])


def test_same_number_may_be_a_phone_and_a_whatsapp():
    PhoneFactory(phone="+573187174937")
    whatsapp = contact_point(kind="whatsapp", phone="318 717 4937")
    assert refused_in_full_clean(whatsapp) == {}
    whatsapp.save()


def test_same_address_in_capitals_is_the_same_address():
    EmailFactory(email="soporte@example.com")
    again = contact_point(kind="email", email="Soporte@Example.com")
    assert list(refused_in_full_clean(again)) == ["email"]
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([again])


def test_same_web_address_is_refused():
    WebFactory(url="https://example.com/a")
    again = contact_point(kind="web", url="https://example.com/a")
    assert list(refused_in_full_clean(again)) == ["url"]
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([again])


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (PhoneFactory, "code"),
        (ScheduleFactory, "code"),
        (ServiceFactory, "slug"),
        (EscalationContactFactory, "code"),
    ],
)
def test_codes_are_unique(factory, field):
    first, other = factory(), factory()
    setattr(other, field, getattr(first, field))
    assert refused_in_full_clean(other) == {field: ["unique"]}
    with refused_by_the_database():
        type(other).objects.filter(pk=other.pk).update(**{field: getattr(first, field)})


def test_channel_code_is_unique_within_its_service_only():
    channel = ChannelFactory(code="telefonico")
    ChannelFactory(code="telefonico")
    same_service = ChannelFactory(service=channel.service)
    same_service.code = "telefonico"
    assert list(refused_in_full_clean(same_service)) == ["__all__"]
    with refused_by_the_database():
        Channel.objects.filter(pk=same_service.pk).update(code="telefonico")


def test_channel_gives_a_contact_point_once():
    channel = ChannelFactory()
    again = ChannelContact(channel=channel, contact_point=channel.contact_uses.get().contact_point)
    assert list(refused_in_full_clean(again)) == ["__all__"]
    with refused_by_the_database():
        ChannelContact.objects.bulk_create([again])


# ---- Contact points: replacements ----------------------------------------------------------


@pytest.mark.parametrize(
    ("with_target", "with_date", "refused"),
    [
        (True, False, {"replaced_on": ["incomplete_replacement"]}),
        (False, True, {"replaced_by": ["incomplete_replacement"]}),
        (True, True, {}),
        (False, False, {}),
    ],
)
def test_replacement_needs_what_and_when(with_target, with_date, refused):
    old, new = PhoneFactory(), PhoneFactory()
    values = {
        "replaced_by": new if with_target else None,
        "replaced_on": FIRST_OF_DECEMBER if with_date else None,
    }
    old.replaced_by, old.replaced_on = values["replaced_by"], values["replaced_on"]
    found = refused_in_full_clean(old)
    assert {field: codes for field, codes in found.items() if field != "__all__"} == refused
    if refused:
        with refused_by_the_database():
            ContactPoint.objects.filter(pk=old.pk).update(**values)
    else:
        assert ContactPoint.objects.filter(pk=old.pk).update(**values) == 1


def test_contact_point_cannot_replace_itself():
    point = PhoneFactory()
    point.replaced_by, point.replaced_on = point, FIRST_OF_DECEMBER
    assert refused_in_full_clean(point)["replaced_by"] == ["replacement_loop"]
    with refused_by_the_database():
        ContactPoint.objects.update(replaced_by=point, replaced_on=FIRST_OF_DECEMBER)


@pytest.mark.parametrize("length", [2, 3])
def test_replacements_that_lead_back_are_refused(length):
    points = [PhoneFactory() for _ in range(length)]
    for day, (point, following) in enumerate(pairwise(points)):
        point.replaced_by, point.replaced_on = following, FIRST_OF_DECEMBER + timedelta(days=day)
        point.save()
    last = points[-1]
    last.replaced_by = ContactPoint.objects.get(pk=points[0].pk)
    last.replaced_on = FIRST_OF_DECEMBER
    assert refused_in_full_clean(last) == {"replaced_by": ["replacement_loop"]}


def test_replacements_that_lead_back_are_refused_by_the_database():
    """Dates get later and later along a chain, so none leads back, whatever the dates are."""
    one, other = PhoneFactory(), PhoneFactory()
    one.replaced_by, one.replaced_on = other, FIRST_OF_DECEMBER
    one.save()
    for days in (-1, 0, 1):
        with refused_by_the_database():
            ContactPoint.objects.filter(pk=other.pk).update(
                replaced_by=one, replaced_on=FIRST_OF_DECEMBER + timedelta(days=days)
            )


@pytest.mark.parametrize("days", [-1, 0])
def test_replacement_that_is_replaced_before_it_comes_is_refused(days):
    day = FIRST_OF_DECEMBER + timedelta(days=days)
    newer = PhoneFactory(replaced_by=PhoneFactory(), replaced_on=day)
    old = PhoneFactory()
    old.replaced_by, old.replaced_on = newer, FIRST_OF_DECEMBER
    assert refused_in_full_clean(old) == {"replaced_by": ["replaced_already"]}
    with refused_by_the_database():
        old.save()


def test_replacement_cannot_be_replaced_before_its_time():
    newer = PhoneFactory()
    PhoneFactory(replaced_by=newer, replaced_on=FIRST_OF_DECEMBER)
    newer.replaced_by, newer.replaced_on = PhoneFactory(), FIRST_OF_DECEMBER
    assert refused_in_full_clean(newer) == {"replaced_on": ["replaces_later"]}
    with refused_by_the_database():
        newer.save()


def queries_to_validate_before_a_chain(steps, uses):
    points = [PhoneFactory() for _ in range(steps + 1)]
    for day, (point, following) in enumerate(pairwise(points), 1):
        point.replaced_by, point.replaced_on = following, FIRST_OF_DECEMBER + timedelta(days=day)
        point.save()
    for _ in range(uses):
        ChannelFactory(contacts=points)
    first = PhoneFactory()
    first.replaced_by, first.replaced_on = points[0], FIRST_OF_DECEMBER
    with CaptureQueriesContext(connection) as queries:
        first.full_clean()
    return len(queries)


def test_validating_a_replacement_costs_the_same_for_any_chain():
    costs = {queries_to_validate_before_a_chain(*size) for size in [(1, 1), (9, 1), (9, 3)]}
    assert len(costs) == 1


def test_extensions_are_refused_where_no_phone_will_follow():
    old = PhoneFactory(replaced_by=EmailFactory(), replaced_on=FIRST_OF_DECEMBER)
    use = ChannelContactFactory.build(
        channel=ChannelFactory(contacts=[]), contact_point=old, extensions="1107"
    )
    assert refused_in_full_clean(use) == {"extensions": ["replacement_kind"]}


def test_kind_is_compared_along_the_whole_chain():
    middle = PhoneFactory()
    used = PhoneFactory(replaced_by=middle, replaced_on=FIRST_OF_DECEMBER)
    ChannelContactFactory(
        channel=ChannelFactory(contacts=[]), contact_point=used, menu_options="Opción 2"
    )
    middle.replaced_by = WebFactory()
    middle.replaced_on = FIRST_OF_DECEMBER + timedelta(days=1)
    assert refused_in_full_clean(middle) == {"replaced_by": ["replacement_kind"]}


def test_number_with_extensions_is_not_replaced_by_an_address():
    phone, email = PhoneFactory(), EmailFactory()
    ChannelContactFactory(
        channel=ChannelFactory(contacts=[]), contact_point=phone, extensions="1107"
    )
    phone.replaced_by, phone.replaced_on = email, FIRST_OF_DECEMBER
    assert refused_in_full_clean(phone) == {"replaced_by": ["replacement_kind"]}


def test_number_without_extensions_may_be_replaced_by_an_address():
    phone, email = PhoneFactory(), EmailFactory()
    ChannelFactory(contacts=[phone])
    phone.replaced_by, phone.replaced_on = email, FIRST_OF_DECEMBER
    assert refused_in_full_clean(phone) == {}


def test_new_contact_point_may_be_replaced_by_one_of_another_kind():
    """Nothing uses a new one yet, so it has no extensions to lose."""
    new = contact_point(
        kind="phone", phone=BOGOTA, replaced_by=EmailFactory(), replaced_on=FIRST_OF_DECEMBER
    )
    assert refused_in_full_clean(new) == {}


# ---- Uses of contact points ----------------------------------------------------------------


@pytest.mark.parametrize("field", ["extensions", "menu_options"])
@pytest.mark.parametrize("factory", [EmailFactory, WebFactory])
def test_only_a_phone_has_extensions_and_menu_options(factory, field):
    use = ChannelContact(channel=ChannelFactory(), contact_point=factory(), **{field: "1107"})
    assert refused_in_full_clean(use) == {field: ["not_a_phone"]}


def test_extensions_are_kept_in_one_form():
    use = ChannelContact(
        channel=ChannelFactory(), contact_point=PhoneFactory(), extensions="ext: 1107 y 0012."
    )
    use.full_clean()
    assert use.extensions == "1107, 0012"


def test_what_is_no_extension_is_refused_at_the_field():
    use = ChannelContact(
        channel=ChannelFactory(), contact_point=PhoneFactory(), extensions="mesa de ayuda"
    )
    assert refused_in_full_clean(use) == {"extensions": ["invalid_extension"]}


# ---- Time spans ----------------------------------------------------------------------------


def span(schedule, day, opens, closes, **validity):
    return TimeSpan(
        schedule=schedule,
        day=day,
        opens=time.fromisoformat(opens) if opens else None,
        closes=time.fromisoformat(closes) if closes else None,
        **validity,
    )


@pytest.fixture
def schedule():
    return ScheduleFactory(always_open=False)


@pytest.mark.parametrize("missing", ["opens", "closes"])
def test_span_needs_both_ends(schedule, missing):
    begun = span(schedule, 1, "07:00", "19:00")
    setattr(begun, missing, None)
    assert refused_in_full_clean(begun) == {missing: ["null"]}
    with refused_by_the_database():
        TimeSpan.objects.bulk_create([begun])


def test_span_that_closes_when_it_opens_is_refused(schedule):
    empty = span(schedule, 1, "07:00", "07:00")
    assert refused_in_full_clean(empty)["closes"] == ["empty_span"]
    with refused_by_the_database():
        TimeSpan.objects.bulk_create([empty])


def test_midnight_to_midnight_is_the_whole_day(schedule):
    whole = span(schedule, 1, "00:00", "00:00")
    assert refused_in_full_clean(whole) == {}
    whole.save()


@pytest.mark.parametrize("day", [0, 9, -1])
def test_day_is_a_weekday_or_holiday(schedule, day):
    wrong = span(schedule, day, "07:00", "19:00")
    assert refused_in_full_clean(wrong)["day"][0] == "invalid_choice"
    with refused_by_the_database():
        TimeSpan.objects.bulk_create([wrong])


OVERLAPS = {
    "same": [(1, "07:00", "19:00"), (1, "07:00", "19:00")],
    "same-day": [(1, "07:00", "12:00"), (1, "11:59", "13:00")],
    "within": [(1, "07:00", "19:00"), (1, "09:00", "10:00")],
    "around": [(1, "09:00", "10:00"), (1, "07:00", "19:00")],
    "over-midnight": [(5, "22:00", "06:00"), (6, "05:00", "07:00")],
    "sunday-to-monday": [(7, "22:00", "06:00"), (1, "05:00", "07:00")],
    "monday-then-sunday": [(1, "05:00", "07:00"), (7, "22:00", "06:00")],
    "both-over-midnight": [(5, "22:00", "06:00"), (5, "23:00", "01:00")],
    "whole-day": [(3, "00:00", "00:00"), (3, "10:00", "11:00")],
}
TOUCHING = {
    "same-day": [(1, "07:00", "12:00"), (1, "12:00", "19:00")],
    "over-midnight": [(5, "22:00", "06:00"), (6, "06:00", "07:00")],
    "sunday-to-monday": [(7, "22:00", "06:00"), (1, "06:00", "07:00")],
    "until-midnight": [(7, "22:00", "00:00"), (1, "00:00", "07:00")],
    "whole-days": [(1, "00:00", "00:00"), (2, "00:00", "00:00")],
    "holiday-is-no-weekday": [(7, "22:00", "06:00"), (8, "00:00", "07:00")],
    "night-of-holiday": [(8, "22:00", "06:00"), (1, "00:00", "07:00")],
}


@pytest.mark.parametrize(("first", "second"), OVERLAPS.values(), ids=OVERLAPS)
def test_overlapping_spans_are_refused(schedule, first, second):
    span(schedule, *first).save()
    overlapping = span(schedule, *second)
    assert refused_among_neighbours(overlapping) == {"opens": ["overlap"]}
    with refused_by_the_database():
        TimeSpan.objects.bulk_create([overlapping])


@pytest.mark.parametrize(("first", "second"), TOUCHING.values(), ids=TOUCHING)
def test_spans_that_only_touch_are_accepted(first, second):
    schedule = ScheduleFactory(always_open=False, holidays="own_hours")
    span(schedule, *first).save()
    touching = span(schedule, *second)
    assert refused_in_full_clean(touching) == {}
    assert refused_among_neighbours(touching) == {}
    TimeSpan.objects.bulk_create([touching])


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
        monday = span(schedule, 1, "07:00", "19:00")
        assert refused_among_neighbours(monday) == {}
        monday.save()


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ({"valid_until": date(2026, 11, 30)}, {"valid_from": date(2026, 12, 1)}, False),
        ({"valid_until": date(2026, 12, 1)}, {"valid_from": date(2026, 12, 1)}, True),
        ({}, {"valid_from": date(2026, 12, 1)}, True),
        ({"valid_from": date(2027, 1, 1)}, {"valid_until": date(2026, 12, 31)}, False),
    ],
)
def test_spans_overlap_only_where_their_dates_meet(schedule, first, second, meet):
    span(schedule, 1, "07:00", "19:00", **first).save()
    following = span(schedule, 1, "08:00", "20:00", **second)
    assert refused_among_neighbours(following) == ({"opens": ["overlap"]} if meet else {})
    if meet:
        with refused_by_the_database():
            TimeSpan.objects.bulk_create([following])
    else:
        TimeSpan.objects.bulk_create([following])


def test_validity_that_ends_before_it_begins_is_refused(schedule):
    wrong = span(
        schedule, 1, "07:00", "19:00", valid_from=date(2026, 12, 2), valid_until=date(2026, 12, 1)
    )
    assert refused_in_full_clean(wrong)["valid_until"] == ["dates_out_of_order"]
    with refused_by_the_database():
        TimeSpan.objects.bulk_create([wrong])


@pytest.mark.parametrize(
    ("day", "code"), [(date(206, 12, 1), "min_value"), (date(2206, 12, 1), "max_value")]
)
def test_year_typed_wrong_is_refused(schedule, day, code):
    wrong = span(schedule, 1, "07:00", "19:00", valid_from=day)
    assert refused_in_full_clean(wrong) == {"valid_from": [code]}


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


# ---- Exceptions ----------------------------------------------------------------------------


def exception(schedule=None, first=date(2026, 12, 24), last=date(2026, 12, 26), **values):
    return ScheduleException(
        **{
            "code": "cierre",
            "schedule": schedule,
            "first_day": first,
            "last_day": last,
            "reason": "Cierre",
            **values,
        }
    )


def test_exception_that_ends_before_it_begins_is_refused():
    wrong = exception(first=date(2026, 12, 26), last=date(2026, 12, 24))
    assert refused_in_full_clean(wrong)["last_day"] == ["dates_out_of_order"]
    with refused_by_the_database():
        ScheduleException.objects.bulk_create([wrong])


def test_exception_of_one_day_is_accepted():
    day = exception(first=date(2026, 12, 24), last=date(2026, 12, 24))
    assert refused_in_full_clean(day) == {}
    day.save()


@pytest.mark.parametrize("for_all", [True, False])
def test_same_days_have_one_exception(schedule, for_all):
    own = None if for_all else schedule
    exception(own).save()
    again = exception(own, code="otro-cierre")
    assert list(refused_in_full_clean(again)) == ["first_day"]
    with refused_by_the_database():
        ScheduleException.objects.bulk_create([again])


def test_exception_of_a_schedule_may_have_the_days_of_one_for_all(schedule):
    exception().save()
    own = exception(schedule, code="otro-cierre")
    assert refused_in_full_clean(own) == {}
    own.save()


def test_exception_that_is_not_closed_needs_hours(schedule):
    half_day = exception(schedule, is_closed=False)
    half_day.save()
    assert codes_of(half_day.validate_whole) == {"is_closed": ["hours_missing"]}
    ExceptionSpan.objects.create(exception=half_day, opens=time(8), closes=time(12))
    assert codes_of(half_day.validate_whole) == {}


def test_exception_that_is_closed_has_no_hours(schedule):
    closed = exception(schedule)
    closed.save()
    hours = ExceptionSpan(exception=closed, opens=time(8), closes=time(12))
    assert refused_in_full_clean(hours) == {"__all__": ["span_of_closed_day"]}


@pytest.mark.parametrize(
    ("opens", "closes", "overlap"),
    [
        (time(11), time(13), True),
        (time(7), time(19), True),
        (time(22), time(6), False),
        (time(12), time(13), False),
        (time(11), time(2), True),
    ],
)
def test_hours_of_an_exception_do_not_overlap(schedule, opens, closes, overlap):
    half_day = exception(schedule, is_closed=False)
    half_day.save()
    ExceptionSpan.objects.create(exception=half_day, opens=time(8), closes=time(12))
    other = ExceptionSpan(exception=half_day, opens=opens, closes=closes)
    assert refused_among_neighbours(other) == ({"opens": ["overlap"]} if overlap else {})
    if overlap:
        with refused_by_the_database():
            ExceptionSpan.objects.bulk_create([other])
    else:
        ExceptionSpan.objects.bulk_create([other])


def test_hours_of_an_exception_are_not_empty(schedule):
    half_day = exception(schedule, is_closed=False)
    half_day.save()
    empty = ExceptionSpan(exception=half_day, opens=time(8), closes=time(8))
    assert refused_in_full_clean(empty)["closes"] == ["empty_span"]
    with refused_by_the_database():
        ExceptionSpan.objects.bulk_create([empty])


def test_validity_of_a_channel_is_in_order():
    channel = ChannelFactory()
    channel.valid_from, channel.valid_until = date(2026, 12, 2), date(2026, 12, 1)
    assert refused_in_full_clean(channel)["valid_until"] == ["dates_out_of_order"]
    with refused_by_the_database():
        Channel.objects.update(valid_from=channel.valid_from, valid_until=channel.valid_until)


# ---- Editions ------------------------------------------------------------------------------


@pytest.fixture
def edition():
    complete_service()
    publish(Service.objects.all())
    return Edition.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.save(),
        lambda edition: edition.save(update_fields=["document"]),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.update(document="{}"),
        lambda edition: Edition.objects.filter(pk=edition.pk).delete(),
        lambda edition: Edition.objects.bulk_update([edition], ["document"]),
        lambda edition: edition.service.editions.all().delete(),
        lambda edition: edition.service.editions.update(number=7),
        lambda edition: Edition.objects.update_or_create(
            pk=edition.pk, defaults={"document": "{}"}
        ),
    ],
    ids=[
        "save",
        "save-one-field",
        "delete",
        "update",
        "queryset-delete",
        "bulk-update",
        "related-delete",
        "related-update",
        "update-or-create",
    ],
)
def test_editions_refuse_to_be_changed(edition, change):
    before = list(Edition.objects.values())
    edition.document = "{}"
    with pytest.raises(PermissionDenied), transaction.atomic():
        change(edition)
    assert list(Edition.objects.values()) == before


@pytest.mark.parametrize("number", [1, 0])
def test_edition_number_is_unique_and_begins_at_one(edition, number):
    another = Edition(
        service=edition.service,
        number=number,
        document="{}",
        digest="0" * 64,
        published_at=edition.published_at,
    )
    with refused_by_the_database():
        Edition.objects.bulk_create([another])


def test_edition_digest_is_unique(edition):
    another = Edition(
        service=edition.service,
        number=2,
        document="{}",
        digest=edition.digest,
        published_at=edition.published_at,
    )
    with refused_by_the_database():
        Edition.objects.bulk_create([another])


# ---- What is in use stays ------------------------------------------------------------------


def test_what_is_in_use_cannot_be_deleted():
    service = complete_service()
    publish(Service.objects.all())
    channel = service.channels.first()
    level = service.escalation_policy.levels.first()
    in_use = [
        channel.contact_uses.get().contact_point,
        channel.schedule,
        level.contact,
        level.contact.contact_uses.get().contact_point,
        service,
    ]
    for instance in in_use:
        with pytest.raises(ProtectedError):
            instance.delete()


@pytest.mark.parametrize(
    "delete",
    [lambda kind: kind.delete(), lambda kind: RequestType.objects.filter(pk=kind.pk).delete()],
    ids=["delete", "queryset-delete"],
)
def test_type_of_request_that_a_channel_is_for_cannot_be_deleted(delete):
    kind = RequestTypeFactory(code="queja")
    channel = ChannelFactory(request_types=[kind])
    with pytest.raises(ProtectedError):
        delete(kind)
    assert list(channel.request_types.all()) == [kind]
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_requesttype")
        connection.check_constraints()
    channel.delete()
    delete(kind)
    assert not RequestType.objects.exists()


def test_what_replaces_another_cannot_be_deleted():
    new = PhoneFactory()
    PhoneFactory(replaced_by=new, replaced_on=FIRST_OF_DECEMBER)
    with pytest.raises(ProtectedError):
        new.delete()


def test_schedule_of_an_escalation_contact_cannot_be_deleted():
    schedule = ScheduleFactory()
    EscalationContactFactory(schedule=schedule)
    with pytest.raises(ProtectedError):
        schedule.delete()


@pytest.mark.parametrize("factory", [PhoneFactory, EmailFactory, ScheduleFactory, ServiceFactory])
def test_what_is_not_in_use_can_be_deleted(factory):
    instance = factory()
    instance.delete()
    assert not type(instance).objects.exists()


# ---- Where something is shown --------------------------------------------------------------


def slugs(instance):
    return sorted(instance.services().values_list("slug", flat=True))


@pytest.fixture
def three_services():
    """One that uses `shared` in a channel, one in an escalation, and one that does not."""
    in_channel = ServiceFactory(slug="en-canal")
    in_level = ServiceFactory(slug="en-nivel")
    ServiceFactory(slug="ajeno")
    return in_channel, in_level


def test_services_of_a_contact_point(three_services):
    in_channel, in_level = three_services
    newest = PhoneFactory()
    later = FIRST_OF_DECEMBER + timedelta(days=1)
    newer = PhoneFactory(replaced_by=newest, replaced_on=later)
    old = PhoneFactory(replaced_by=newer, replaced_on=FIRST_OF_DECEMBER)
    ChannelFactory(service=in_channel, contacts=[old])
    ChannelFactory(service=in_channel, contacts=[old])
    EscalationPolicyFactory(
        service=in_level, levels=[EscalationContactFactory(contacts=[newer, old])]
    )
    assert slugs(old) == ["en-canal", "en-nivel"]
    assert slugs(newer) == ["en-canal", "en-nivel"]
    assert slugs(newest) == ["en-canal", "en-nivel"]
    assert slugs(PhoneFactory()) == []


def test_holders_of_a_contact_point():
    point = PhoneFactory()
    channel = ChannelFactory(contacts=[point])
    contact = EscalationContactFactory(contacts=[point])
    replaced = PhoneFactory(replaced_by=point, replaced_on=FIRST_OF_DECEMBER)
    assert [*chain(*point.holders())] == [channel, contact, replaced]
    assert [*chain(*replaced.holders())] == []


def test_services_and_holders_of_a_schedule(three_services):
    in_channel, in_level = three_services
    schedule = ScheduleFactory()
    channel = ChannelFactory(service=in_channel, schedule=schedule)
    contact = EscalationContactFactory(schedule=schedule)
    EscalationPolicyFactory(service=in_level, levels=[contact])
    assert slugs(schedule) == ["en-canal", "en-nivel"]
    assert [*chain(*schedule.holders())] == [channel, contact]


def test_services_of_an_exception(three_services):
    in_channel, _ = three_services
    schedule = ScheduleFactory()
    ChannelFactory(service=in_channel, schedule=schedule)
    assert slugs(exception(schedule)) == ["en-canal"]
    assert slugs(exception()) == ["ajeno", "en-canal", "en-nivel"]


def test_services_of_a_request_type(three_services):
    in_channel, _ = three_services
    kind = RequestTypeFactory(code="queja")
    ChannelFactory(service=in_channel, request_types=[kind])
    ChannelFactory(service=in_channel, request_types=[kind])
    assert slugs(kind) == ["en-canal"]


def test_services_of_a_channel_and_of_a_service(three_services):
    in_channel, _ = three_services
    assert slugs(ChannelFactory(service=in_channel)) == ["en-canal"]
    assert slugs(in_channel) == ["en-canal"]


# ---- Natural keys --------------------------------------------------------------------------

MODELS = [
    RequestType,
    Schedule,
    TimeSpan,
    ScheduleException,
    ExceptionSpan,
    ContactPoint,
    Service,
    Channel,
    ChannelContact,
    EscalationContact,
    EscalationContactUse,
    EscalationPolicy,
    EscalationLevel,
]


def one_of_everything():
    service = complete_service()
    half_day = exception(weekday_schedule(holidays="own_hours", days=[1, 8]), is_closed=False)
    half_day.save()
    ExceptionSpan.objects.create(exception=half_day, opens=time(8), closes=time(12))
    exception(code="para-todos").save()
    EmailFactory()
    WebFactory()
    return service


@pytest.mark.parametrize("model", MODELS)
def test_natural_key_finds_its_row(model):
    one_of_everything()
    rows = list(model.objects.all())
    assert rows
    assert [model.objects.get_by_natural_key(*row.natural_key()) for row in rows] == rows


def dumped():
    out = io.StringIO()
    call_command(
        "dumpdata",
        "directory",
        "escalations",
        exclude=["directory.edition"],
        use_natural_primary_keys=True,
        use_natural_foreign_keys=True,
        stdout=out,
    )
    return json.loads(out.getvalue())


def in_any_order(objects):
    return sorted(json.dumps(each, sort_keys=True) for each in objects)


def empty_the_database():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM directory_edition")
    ContactPoint.objects.update(replaced_by=None, replaced_on=None)
    Service.objects.all().delete()
    EscalationContact.objects.all().delete()
    for model in (ScheduleException, Schedule, ContactPoint, RequestType):
        model.objects.all().delete()
    assert not any(model.objects.exists() for model in MODELS)


def load_back(objects, tmp_path):
    path = tmp_path / "all.json"
    path.write_text(json.dumps(objects), encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)


def test_dump_without_primary_keys_loads_into_an_empty_database(tmp_path):
    one_of_everything()
    publish(Service.objects.all())
    run_checks()
    FindingAcceptance.objects.create(
        fingerprint=Finding.objects.first().fingerprint,
        reason="Acordado",
        accepted_by=UserFactory(),
    )
    before, document = dumped(), Edition.objects.get().document
    assert [each for each in before if "pk" in each] == []
    empty_the_database()
    load_back(before, tmp_path)
    assert in_any_order(dumped()) == in_any_order(before)
    assert Edition.objects.get().document == document


def test_dump_with_replacements_loads_into_an_empty_database(tmp_path):
    """A contact point stands in the dump before the newer one that takes its place."""
    old = PhoneFactory()
    ChannelFactory(contacts=[old])
    old.replaced_by, old.replaced_on = PhoneFactory(), FIRST_OF_DECEMBER
    old.save()
    before = dumped()
    empty_the_database()
    load_back(before, tmp_path)
    assert in_any_order(dumped()) == in_any_order(before)
