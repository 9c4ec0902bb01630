"""Somebody is away: every page of every service says who answers, and in whose place."""

from datetime import date

import pytest

from directory.editions.publish import publish
from directory.models import Service
from escalations.models import AbsenceContact
from tests.directory.pages import get
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db

DURING = "2026-12-10T08:00:00-05:00"
BEFORE, AFTER = "2026-11-30T08:00:00-05:00", "2026-12-16T08:00:00-05:00"
LONG_BEFORE = "2026-10-01T08:00:00-05:00"


def person(name, phone, schedule=None):
    point = PhoneFactory(phone=phone)
    named = {"code": name.lower(), "name": f"Turno de {name}", "person": name}
    return EscalationContactFactory(contacts=[point], schedule=schedule, **named)


@pytest.fixture
def nelson():
    """On a level of two services, by day."""
    found = person("Nelson", "+576017440001", weekday_schedule())
    for slug in ("uno", "dos"):
        service = ServiceFactory(slug=slug)
        ChannelFactory(service=service)
        EscalationPolicyFactory(service=service, levels=[found])
    return found


@pytest.fixture
def orlando(nelson):
    """Around the clock, and in Nelson's place in the first half of December."""
    found = person("Orlando", "+576017440002", ScheduleFactory(always_open=True))
    AbsenceFactory(contact=nelson, stand_in=found)
    return found


def level(client, at, slug="uno"):
    publish(Service.objects.all())
    answer = client.get(f"/api/v1/services/{slug}/", {"at": at}).json()
    (found,) = answer["escalation"]["levels"]
    return found


def answering(client, at, slug="uno"):
    """The person, the numbers, the hours, the state, and what is said of who is away."""
    found = level(client, at, slug)
    hours = found["hours"] and found["hours"]["always_open"]
    numbers = [contact["value"] for contact in found["contacts"]]
    return found["person"], numbers, hours, found["state"], found["standing_in"]


IN_PLACE = {
    "away": "Turno de Nelson",
    "person": "Nelson",
    "since": "2026-12-01",
    "until": "2026-12-15",
    "answers_until": "2026-12-15",
    "kind": "somebody_else",
}


@pytest.mark.parametrize("slug", ["uno", "dos"])
def test_stand_in_answers_on_every_service_and_only_on_these_days(client, orlando, slug):
    nelson = ("Nelson", ["+576017440001"], False, "open", None)
    assert answering(client, BEFORE, slug) == nelson
    found = answering(client, DURING, slug)
    assert found == ("Orlando", ["+576017440002"], True, "open", IN_PLACE)
    assert answering(client, AFTER, slug) == nelson


@pytest.mark.parametrize("path", ["/servicios/uno/", "/en/servicios/uno/"])
def test_page_says_in_whose_place(client, orlando, path):
    publish(Service.objects.all())
    said = {
        "/servicios/uno/": "En reemplazo de Nelson, hasta el 15 de diciembre de 2026",
        "/en/servicios/uno/": "In place of Nelson, until Dec. 15, 2026",
    }[path]
    page = get(client, path, at=DURING)
    assert page.text.replace(" ,", ",").count(said) == 1
    assert "601 744 0001" not in page.text
    assert said not in get(client, path, at=AFTER).text.replace(" ,", ",")


def test_stand_in_who_is_away_is_stood_in_for(client, orlando):
    carmen = person("Carmen", "+576017440003")
    AbsenceFactory(
        contact=orlando,
        stand_in=carmen,
        first_day=date(2026, 12, 10),
        last_day=date(2026, 12, 12),
    )
    until = {"answers_until": "2026-12-12"}
    found = ("Carmen", ["+576017440003"], None, None, IN_PLACE | until)
    assert answering(client, DURING) == found
    page = get(client, "/servicios/uno/", at=DURING).text
    assert "En reemplazo de Nelson, hasta el 12 de diciembre de 2026" in page.replace(" ,", ",")
    assert answering(client, "2026-12-14T08:00:00-05:00")[0] == "Orlando"


def test_nobody_stands_in(client, nelson):
    AbsenceFactory(contact=nelson)
    away = IN_PLACE | {"kind": "nobody"}
    assert answering(client, DURING) == ("Nelson", [], None, "closed", away)
    page = get(client, "/servicios/uno/", at=DURING)
    said = "Nelson no está hasta el 15 de diciembre de 2026, y nadie lo reemplaza"
    assert page.text.count(said) == 1
    assert "601 744 0001" not in page.text


def test_stand_in_who_is_away_with_nobody_leads_to_nobody(client, orlando):
    AbsenceFactory(contact=orlando)
    assert answering(client, DURING)[4] == IN_PLACE | {"kind": "nobody"}


def test_contact_points_of_the_absence_are_given(client, nelson):
    absence = AbsenceFactory(contact=nelson)
    given = PhoneFactory(phone="+576017440009")
    AbsenceContact.objects.create(absence=absence, contact_point=given)
    away = IN_PLACE | {"kind": "contact_points"}
    assert answering(client, DURING) == ("Nelson", ["+576017440009"], False, "open", away)
    absence.stand_in = person("Orlando", "+576017440002")
    absence.save()
    assert answering(client, DURING) == ("Orlando", ["+576017440009"], None, None, IN_PLACE)


def test_replaced_number_of_a_stand_in_is_the_new_one(client, orlando):
    new = PhoneFactory(phone="+576017440005")
    use = orlando.contact_uses.get()
    use.contact_point.replaced_by, use.contact_point.replaced_on = new, date(2026, 12, 5)
    use.contact_point.save()
    assert answering(client, DURING)[1] == ["+576017440005"]
    assert answering(client, "2026-12-03T08:00:00-05:00")[1] == ["+576017440002"]


def announced(client, at, slug="uno"):
    publish(Service.objects.all())
    found = client.get(f"/api/v1/services/{slug}/", {"at": at}).json()["announcements"]
    return [(each["text"], each["places"]) for each in found if "Nelson" in each["text"]]


def test_absence_is_announced_a_month_before(client, orlando):
    words = "Del 1 de diciembre de 2026 al 15 de diciembre de 2026: Orlando responde en reemplazo"
    assert announced(client, BEFORE) == [(f"{words} de Nelson", ["Nivel 1"])]
    assert announced(client, LONG_BEFORE) == []
    assert announced(client, DURING) == []


def test_search_finds_who_stands_in(client, orlando):
    publish(Service.objects.all())
    for typed in ("Orlando", "6017440002"):
        found = client.get("/api/v1/services/", {"q": typed}).json()["results"]
        assert {each["slug"] for each in found} == {"dos", "uno"}, typed


def test_card_to_save_is_of_who_answers(client, orlando):
    publish(Service.objects.all())
    card = get(client, "/servicios/uno/contactos.vcf", at=DURING).text
    assert ("+576017440002" in card, "+576017440001" in card) == (True, False)
    assert "En reemplazo de Nelson" in card


def test_closures_of_the_stand_in_are_announced_in_place_of_those_of_who_is_away(client, nelson):
    stand_in = person("Orlando", "+576017440002", weekday_schedule())
    AbsenceFactory(contact=nelson, stand_in=stand_in)
    closed = date(2026, 12, 24)
    ExceptionFactory(reason="De ella", schedules=[stand_in.schedule], first_day=closed)
    ExceptionFactory(reason="De Nelson", schedules=[nelson.schedule], first_day=closed)
    publish(Service.objects.all())
    reasons = {
        at: {
            each["reason"]
            for each in client.get("/api/v1/services/uno/", {"at": at}).json()["announcements"]
        }
        & {"De ella", "De Nelson"}
        for at in (BEFORE, DURING)
    }
    assert reasons == {BEFORE: {"De Nelson"}, DURING: {"De ella"}}
