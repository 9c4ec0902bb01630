"""What contact points and their uses refuse, each rule twice: `full_clean` and the database."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.contacts.kinds import kind_of
from directory.contacts.replacements import LONGEST_CHAIN
from directory.models import Channel, ChannelContact, ContactPoint
from tests.directory.plans import DECEMBER
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    PhoneFactory,
    PlaceFactory,
    ScheduleFactory,
    ServiceFactory,
    SmsFactory,
    TelegramFactory,
    WebFactory,
)
from tests.refusals import refused_by_the_database, refused_in_full_clean, refused_twice

pytestmark = pytest.mark.django_db

BOGOTA = "+576017442727"


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
        ("pager", RIGHT_VALUES["phone"], {"kind": ["invalid_choice"]}),
        ("", RIGHT_VALUES["phone"], {"kind": ["blank"]}),
    ],
)
def test_kind_and_value_that_disagree_are_refused(kind, values, refused):
    wrong = contact_point(kind=kind, **values)
    found = refused_twice(wrong)
    assert {field: codes for field, codes in found.items() if field != "__all__"} == refused


def test_number_that_is_none_is_refused_by_the_database():
    with refused_by_the_database():
        ContactPoint.objects.bulk_create([contact_point(kind="phone", phone="no es un número")])


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)"),
        *("data:text/html,<script>alert(1)</script>", "ftp://example.com/", "tel:+576017442727"),
        *("//example.com/", "example.com"),
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
        (PlaceFactory, "Carrera 19 # 34-93\nPiso 3", "Carrera 19 # 34-93, \r\n\r\n Piso 3"),
        (TelegramFactory, "acme_soporte", "https://t.me/Acme_Soporte"),
        (SmsFactory, "+573187174937", "318 717 4937"),
        (SmsFactory, "85432", "sms:85 432"),
    ],
)
def test_same_value_written_differently_is_refused(factory, stored, written):
    field = factory.build().value_field
    factory(**{field: stored})
    again = contact_point(kind=ContactPoint.objects.get().kind, **{field: written})
    assert list(refused_twice(again)) == [field]


@pytest.mark.parametrize("kind", ["whatsapp", "fax", "sms"])
def test_same_number_may_be_a_phone_and_something_else(kind):
    PhoneFactory(phone="+573187174937")
    field = kind_of(kind).field
    other = contact_point(kind=kind, **{field: "318 717 4937"})
    assert refused_in_full_clean(other) == {}
    other.save()


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("address", "address", "x" * 301),
        ("telegram", "telegram", "@Acme"),
        ("telegram", "telegram", "abc"),
        ("sms", "sms", "sms:85432"),
        ("address", "map_url", "osm.org/1"),
        ("address", "map_url", "javascript:alert(1)"),
        ("address", "map_url", "https://Osm.org/1"),
    ],
)
def test_the_database_refuses_what_the_fields_would_not_keep(kind, field, value):
    """What other programs write comes through no field."""
    make = {"address": PlaceFactory, "telegram": TelegramFactory, "sms": SmsFactory}[kind]
    point = make()
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE directory_contactpoint SET {field} = %s WHERE id = %s",  # noqa: S608
            [value, point.pk],
        )


@pytest.mark.parametrize("kind", ["phone", "web"])
def test_only_a_place_has_a_map(kind):
    point = contact_point(kind=kind, **RIGHT_VALUES[kind], map_url="https://osm.org/1")
    assert refused_twice(point)["map_url"] == ["wrong_kind"]


@pytest.mark.parametrize(
    "factory", [PhoneFactory, ScheduleFactory, ServiceFactory, EscalationContactFactory]
)
def test_codes_are_unique(factory):
    first, other = factory(), factory()
    field = "slug" if factory is ServiceFactory else "code"
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


def chain(steps):
    """Saved contact points, each replaced by the next one, a day later each time."""
    points = [PhoneFactory() for _ in range(steps + 1)]
    for days, (point, following) in enumerate(pairwise(points)):
        point.replaced_by, point.replaced_on = following, DECEMBER + timedelta(days=days)
        point.save()
    return points


@pytest.mark.parametrize("missing", ["replaced_on", "replaced_by"])
def test_replacement_needs_what_and_when(missing):
    old, _new = chain(1)
    setattr(old, missing, None)
    found = refused_in_full_clean(old)
    assert {field: codes for field, codes in found.items() if field != "__all__"} == {
        missing: ["incomplete_replacement"]
    }
    with refused_by_the_database():
        ContactPoint.objects.filter(pk=old.pk).update(**{missing: None})


def test_contact_point_cannot_replace_itself():
    point = PhoneFactory()
    point.replaced_by, point.replaced_on = point, DECEMBER
    assert refused_in_full_clean(point)["replaced_by"] == ["replacement_loop"]
    with refused_by_the_database():
        ContactPoint.objects.update(replaced_by=point, replaced_on=DECEMBER)


@pytest.mark.parametrize("steps", [1, 2])
def test_replacements_that_lead_back_are_refused(steps):
    first, *_, last = chain(steps)
    last.replaced_by = ContactPoint.objects.get(pk=first.pk)
    last.replaced_on = DECEMBER
    assert refused_in_full_clean(last) == {"replaced_by": ["replacement_loop"]}


def test_replacements_that_lead_back_are_refused_by_the_database():
    """Dates get later and later along a chain, so none leads back, whatever the dates are."""
    one, other = chain(1)
    for days in (-1, 0, 1):
        with refused_by_the_database():
            ContactPoint.objects.filter(pk=other.pk).update(
                replaced_by=one, replaced_on=DECEMBER + timedelta(days=days)
            )


@pytest.mark.parametrize("days", [-1, 0])
def test_replacement_that_is_replaced_before_it_comes_is_refused(days):
    day = DECEMBER + timedelta(days=days)
    newer = PhoneFactory(replaced_by=PhoneFactory(), replaced_on=day)
    old = PhoneFactory()
    old.replaced_by, old.replaced_on = newer, DECEMBER
    assert refused_in_full_clean(old) == {"replaced_by": ["replaced_already"]}
    with refused_by_the_database():
        old.save()


def test_replacement_cannot_be_replaced_before_its_time():
    newer = PhoneFactory()
    PhoneFactory(replaced_by=newer, replaced_on=DECEMBER)
    newer.replaced_by, newer.replaced_on = PhoneFactory(), DECEMBER
    assert refused_in_full_clean(newer) == {"replaced_on": ["replaces_later"]}
    with refused_by_the_database():
        newer.save()


def queries_to_validate_before_a_chain(steps, uses):
    points = chain(steps)
    for _ in range(uses):
        ChannelFactory(contacts=points)
    first = PhoneFactory()
    first.replaced_by, first.replaced_on = points[0], DECEMBER - timedelta(days=1)
    with CaptureQueriesContext(connection) as queries:
        first.full_clean()
    return len(queries)


def test_validating_a_replacement_costs_the_same_for_any_chain():
    costs = {queries_to_validate_before_a_chain(*size) for size in [(1, 1), (9, 1), (9, 3)]}
    assert len(costs) == 1


def test_extensions_are_refused_where_no_phone_will_follow():
    old = PhoneFactory(replaced_by=EmailFactory(), replaced_on=DECEMBER)
    use = use_of(old, extensions="1107")
    assert refused_in_full_clean(use) == {"extensions": ["replacement_kind"]}


def test_kind_is_compared_along_the_whole_chain():
    used, middle = chain(1)
    use_of(used, menu_options="Opción 2").save()
    middle.replaced_by = WebFactory()
    middle.replaced_on = DECEMBER + timedelta(days=1)
    assert refused_in_full_clean(middle) == {"replaced_by": ["replacement_kind"]}


@pytest.mark.parametrize(
    ("extensions", "refused"), [("1107", {"replaced_by": ["replacement_kind"]}), ("", {})]
)
def test_only_a_number_without_extensions_is_replaced_by_an_address(extensions, refused):
    phone, email = PhoneFactory(), EmailFactory()
    ChannelFactory(contacts=[phone]).contact_uses.update(extensions=extensions)
    phone.replaced_by, phone.replaced_on = email, DECEMBER
    assert refused_in_full_clean(phone) == refused


@pytest.mark.parametrize("field", ["label", "menu_options", "extensions"])
@pytest.mark.parametrize("is_the_target", [True, False])
def test_replacement_by_what_is_given_beside_it_with_other_details_is_refused(field, is_the_target):
    """Also where the other one is to be replaced by the same target."""
    target = PhoneFactory()
    plan = {"replaced_by": target, "replaced_on": DECEMBER}
    old, other = PhoneFactory(**plan), target if is_the_target else PhoneFactory(**plan)
    uses = ChannelFactory(contacts=[old, other]).contact_uses
    uses.filter(contact_point=old).update(**{field: "1"})
    uses.filter(contact_point=other).update(**{field: "2"})
    assert refused_in_full_clean(old) == {"replaced_by": ["both_given"]}
    uses.update(**{field: "1"})
    assert refused_in_full_clean(ContactPoint.objects.get(pk=old.pk)) == {}


def test_chain_of_replacements_is_not_longer_than_pages_follow_it():
    first, *_, last = chain(LONGEST_CHAIN)
    assert refused_in_full_clean(first) == {}
    before = PhoneFactory(replaced_by=first, replaced_on=DECEMBER - timedelta(days=1))
    assert refused_in_full_clean(before) == {"replaced_by": ["too_many"]}
    before.delete()
    last.replaced_by = PhoneFactory()
    last.replaced_on = DECEMBER + timedelta(days=LONGEST_CHAIN)
    assert refused_in_full_clean(last) == {"replaced_by": ["too_many"]}


def test_new_contact_point_may_be_replaced_by_one_of_another_kind():
    """Nothing uses a new one yet, so it has no extensions to lose."""
    new = contact_point(
        kind="phone", phone=BOGOTA, replaced_by=EmailFactory(), replaced_on=DECEMBER
    )
    assert refused_in_full_clean(new) == {}


# ---- Uses of contact points ----------------------------------------------------------------


def use_of(point, **values):
    return ChannelContact(channel=ChannelFactory(), contact_point=point, **values)


@pytest.mark.parametrize("field", ["extensions", "menu_options"])
@pytest.mark.parametrize("factory", [EmailFactory, WebFactory])
def test_only_a_phone_has_extensions_and_menu_options(factory, field):
    assert refused_in_full_clean(use_of(factory(), **{field: "1107"})) == {field: ["not_a_phone"]}


def test_extensions_are_kept_in_one_form():
    use = use_of(PhoneFactory(), extensions="ext: 1107 y 0012.")
    use.full_clean()
    assert use.extensions == "1107, 0012"


def test_what_is_no_extension_is_refused_at_the_field():
    use = use_of(PhoneFactory(), extensions="mesa de ayuda")
    assert refused_in_full_clean(use) == {"extensions": ["invalid_extension"]}
