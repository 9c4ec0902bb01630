"""What contact points and their uses refuse, each rule twice: `full_clean` and the database."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.contacts.replacements import LONGEST_CHAIN
from directory.models import Channel, ChannelContact, ContactPoint
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
)
from tests.refusals import refused_by_the_database, refused_in_full_clean, refused_twice

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
        ("fax", RIGHT_VALUES["phone"], {"kind": ["invalid_choice"]}),
        ("", RIGHT_VALUES["phone"], {"kind": ["blank"]}),
    ],
)
def test_kind_and_value_that_disagree_are_refused(kind, values, refused):
    wrong = contact_point(kind=kind, **values)
    found = refused_twice(wrong)
    assert {field: codes for field, codes in found.items() if field != "__all__"} == refused


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


@pytest.mark.parametrize(
    ("factory", "stored", "written"),
    [
        (PhoneFactory, BOGOTA, "(571) 7442727"),
        (PhoneFactory, BOGOTA, "601 744 2727"),
        (PhoneFactory, BOGOTA, "+57 601 7442727"),
        (EmailFactory, "soporte@example.com", "Soporte@Example.com"),
        (WebFactory, "https://example.com/a", "https://example.com/a"),
    ],
)
def test_same_value_written_differently_is_refused(factory, stored, written):
    field = factory.build().value_field
    factory(**{field: stored})
    again = contact_point(kind=ContactPoint.objects.get().kind, **{field: written})
    assert list(refused_twice(again)) == [field]


def test_same_number_may_be_a_phone_and_a_whatsapp():
    PhoneFactory(phone="+573187174937")
    whatsapp = contact_point(kind="whatsapp", phone="318 717 4937")
    assert refused_in_full_clean(whatsapp) == {}
    whatsapp.save()


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
    assert list(refused_twice(again)) == ["__all__"]


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


@pytest.mark.parametrize(
    ("extensions", "refused"), [("1107", {"replaced_by": ["replacement_kind"]}), ("", {})]
)
def test_only_a_number_without_extensions_is_replaced_by_an_address(extensions, refused):
    phone, email = PhoneFactory(), EmailFactory()
    ChannelFactory(contacts=[phone]).contact_uses.update(extensions=extensions)
    phone.replaced_by, phone.replaced_on = email, FIRST_OF_DECEMBER
    assert refused_in_full_clean(phone) == refused


@pytest.mark.parametrize("field", ["label", "menu_options", "extensions"])
@pytest.mark.parametrize("is_the_target", [True, False])
def test_replacement_by_what_is_given_beside_it_with_other_details_is_refused(field, is_the_target):
    """Also where the other one is to be replaced by the same target."""
    target = PhoneFactory()
    plan = {"replaced_by": target, "replaced_on": FIRST_OF_DECEMBER}
    old, other = PhoneFactory(**plan), target if is_the_target else PhoneFactory(**plan)
    uses = ChannelFactory(contacts=[old, other]).contact_uses
    uses.filter(contact_point=old).update(**{field: "1"})
    uses.filter(contact_point=other).update(**{field: "2"})
    assert refused_in_full_clean(old) == {"replaced_by": ["both_given"]}
    uses.update(**{field: "1"})
    assert refused_in_full_clean(ContactPoint.objects.get(pk=old.pk)) == {}


def test_chain_of_replacements_is_not_longer_than_pages_follow_it():
    points = [PhoneFactory() for _ in range(LONGEST_CHAIN + 1)]
    for day, (point, following) in enumerate(pairwise(points)):
        point.replaced_by, point.replaced_on = following, FIRST_OF_DECEMBER + timedelta(days=day)
        point.save()
    first, last = points[0], points[-1]
    assert refused_in_full_clean(first) == {}
    before = PhoneFactory(replaced_by=first, replaced_on=FIRST_OF_DECEMBER - timedelta(days=1))
    assert refused_in_full_clean(before) == {"replaced_by": ["too_many"]}
    before.delete()
    last.replaced_by = PhoneFactory()
    last.replaced_on = FIRST_OF_DECEMBER + timedelta(days=LONGEST_CHAIN)
    assert refused_in_full_clean(last) == {"replaced_by": ["too_many"]}


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
