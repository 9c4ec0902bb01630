"""Loading fixtures again keeps who looks after things and when they were last found true."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from directory.management.commands.quickstart import FIXTURES
from directory.models import ContactPoint, Edition, Service
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def load(*names):
    call_command("loaddata", *names, verbosity=0)


def test_loading_again_keeps_owners_reviews_and_verifications():
    load(*FIXTURES)
    owner, day = UserFactory(), date(2026, 11, 1)
    upkeep = {
        "owner": owner.pk,
        "review_interval_days": 90,
        "reviewed_on": day,
        "reminded_on": {"ana": "2026-11-01"},
    }
    Service.objects.filter(slug="clave-segura").update(**upkeep)
    ContactPoint.objects.filter(code="linea-bogota").update(
        verified_on=day, reminded_on=upkeep["reminded_on"]
    )

    load(*FIXTURES)

    assert Service.objects.filter(slug="clave-segura").values(*upkeep).get() == upkeep
    point = ContactPoint.objects.get(code="linea-bogota")
    assert (point.verified_on, point.reminded_on) == (day, upkeep["reminded_on"])


def test_what_a_fixture_does_say_is_loaded(tmp_path):
    load(*FIXTURES)
    ContactPoint.objects.filter(code="chat").update(verified_on=date(2026, 11, 1))
    fixture = tmp_path / "chat.json"
    fixture.write_text(
        '[{"model": "directory.contactpoint", "fields": {"code": "chat", "kind": "web",'
        ' "label": "Chat", "url": "https://example.com/chat", "verified_on": "2026-11-20"}}]'
    )

    load(str(fixture))

    assert ContactPoint.objects.get(code="chat").verified_on == date(2026, 11, 20)


def test_upkeep_is_no_part_of_the_public_document():
    load(*FIXTURES)
    before = Edition.objects.count()
    Service.objects.update(owner=UserFactory(username="ana"), reviewed_on=date(2026, 11, 1))
    ContactPoint.objects.update(verified_on=date(2026, 11, 1))

    call_command("publish", verbosity=0)

    assert Edition.objects.count() == before


def test_roles_can_be_loaded_again():
    def roles():
        return sorted(Group.objects.values_list("name", "permissions"))

    load("roles")
    once = roles()
    load("roles")

    assert {name for name, _permission in once} == {"Editores", "Lectores", "Publicadores"}
    assert roles() == once
