"""Fixtures: loaded, validated and published. What is refused: test_refused_fixtures.py."""

import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from directory.editions import document
from directory.editions.publish import publish
from directory.editions.verifying import breaks
from directory.management.commands.quickstart import FIXTURES
from directory.models import ContactPoint, Edition, RequestType, Schedule, Service, TimeSpan
from escalations.models import EscalationLevel
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    changed,
    channel,
    channel_contact,
    contact,
    level,
    phone,
    policy,
    request_type,
    rows,
    schedule,
    service,
    span,
    web,
)
from tests.factories import UserFactory, complete_service

pytestmark = pytest.mark.django_db


def test_small_directory_loads_and_is_published(load):
    noon = datetime(2026, 11, 23, 17, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        assert load(DIRECTORY).splitlines()[-1] == "Se publicó 1 edición."
    edition = Edition.objects.get()
    published = document.decode(edition.document)
    assert (published.slug, edition.number, edition.published_by) == ("uno", 1, None)
    assert edition.published_at == noon
    assert published.channels[0].contacts[0].value == "+576017442727"
    assert [each.name for each in published.escalation.levels] == ["Soporte"]


def test_draft_is_loaded_and_not_published(load):
    load(changed("service", is_published=False))
    assert (Service.objects.count(), Edition.objects.count()) == (1, 0)


def test_quiet_loading_says_nothing(load):
    assert load(DIRECTORY, verbosity=0) == ""


def test_file_without_objects_is_said_to_have_none(tmp_path):
    path, err = tmp_path / "vacio.json", io.StringIO()
    path.write_text("[]", encoding="utf-8")
    call_command("loaddata", str(path), stderr=err)
    assert err.getvalue() == f"{path} no tiene objetos.\n"


# ---- The five ------------------------------------------------------------------------------


def load_the_five():
    out = io.StringIO()
    call_command("loaddata", *FIXTURES, stdout=out)
    return out.getvalue()


def test_the_five_load_and_loading_again_changes_and_publishes_nothing():
    assert "Se publicaron 5 ediciones." in load_the_five()
    before = rows()
    assert ContactPoint.objects.get(phone="+576017442727").services().count() == 5
    assert sorted(Service.objects.values_list("slug", flat=True)) == [
        "camara-comercio-bogota",
        "certifactura",
        "clave-segura",
        "mesa-de-ayuda",
        "subasta-electronica",
    ]
    assert set(Edition.objects.values_list("number", flat=True)) == {1}
    assert "Se publicaron 0 ediciones." in load_the_five()
    assert rows() == before
    assert list(breaks()) == []


def test_the_five_do_not_need_one_another():
    _roles, shared, *services = FIXTURES
    call_command("loaddata", shared, verbosity=0)
    for fixture in reversed(services):
        call_command("loaddata", fixture, verbosity=0)
    assert Edition.objects.count() == 5


def test_fixtures_carry_no_primary_keys_and_no_editions():
    for fixture in FIXTURES:
        path = settings.BASE_DIR / "fixtures" / f"{fixture}.json"
        objects = json.loads(path.read_text(encoding="utf-8"))
        assert [each for each in objects if "pk" in each] == []
        assert [each for each in objects if each["model"] == "directory.edition"] == []


# ---- Beside what is there ------------------------------------------------------------------


def test_loading_beside_other_rows_overwrites_none_of_them(load):
    complete_service(owner=UserFactory())
    publish(Service.objects.all())
    before = rows()
    load(DIRECTORY)
    after = rows()
    assert {
        model.__name__: [row for row in kept if row not in after[model]]
        for model, kept in before.items()
    } == {model.__name__: [] for model in before}


def with_another_service(objects, contact_point):
    """The same with a second service, whose channel gives this contact point."""
    channels = {"channel": ["dos", "telefonico"], "contact_point": [contact_point]}
    other = service(slug="dos", name="Dos"), channel(service=["dos"]), channel_contact(**channels)
    return [*objects, *other]


def test_changed_fixture_publishes_just_what_changed(load):
    load(with_another_service(DIRECTORY, "portal"))
    objects = with_another_service(changed("contactpoint", phone="601 744 2828"), "portal")
    assert "Se publicó 1 edición." in load(objects)
    editions = sorted(Edition.objects.values_list("service__slug", "number"))
    assert editions == [("dos", 1), ("uno", 1), ("uno", 2)]
    assert ContactPoint.objects.get(code="linea").phone.as_e164 == "+576017442828"


def test_shared_number_in_a_fixture_reaches_every_page(load):
    load(with_another_service(DIRECTORY, "linea"))
    assert "Se publicaron 2 ediciones." in load([phone(phone="601 744 2828")])


def test_fixture_with_one_row_updates_that_row(load):
    load(DIRECTORY)
    before = rows()
    load([service(introduction="Nueva entrada")])
    after = rows()
    assert {model for model in before if before[model] != after[model]} == {Service, Edition}
    assert Service.objects.get().introduction == "Nueva entrada"


def test_fixture_may_state_the_hours_anew_and_add_a_level(load):
    load(DIRECTORY)
    load([span(closes="18:00"), level(), level(level=2)])
    assert [str(span.closes) for span in TimeSpan.objects.all()] == ["18:00:00"]
    assert list(EscalationLevel.objects.values_list("level", flat=True)) == [1, 2]


def test_rows_may_come_in_any_order_that_names_nothing_before_it_is_there(load):
    load([phone(), web(), request_type(), schedule(), contact(), service(), policy()])
    load([level(), span(), channel(), channel_contact()])
    assert (Schedule.objects.count(), RequestType.objects.count()) == (1, 1)


# ---- Again -----------------------------------------------------------------------------------


def test_loading_again_keeps_owners_reviews_and_verifications(load):
    load_the_five()
    day, reminded = date(2026, 11, 1), {"reminded_on": {"ana": "2026-11-01"}}
    upkeep = {"owner": UserFactory().pk, "review_interval_days": 90, "reviewed_on": day, **reminded}
    verified = {"verified_on": day, **reminded}
    stored = Service.objects.filter(slug="clave-segura"), ContactPoint.objects.filter(code="chat")
    stored[0].update(**upkeep)
    stored[1].update(**verified)
    # Nor is it part of the public documents.
    assert "Se publicaron 0 ediciones." in load_the_five()
    assert stored[0].values(*upkeep).get() == upkeep
    assert stored[1].values(*verified).get() == verified
    load([web(code="chat", url="https://example.com/chat", verified_on="2026-11-20")])
    assert stored[1].get().verified_on == date(2026, 11, 20)


def test_roles_can_be_loaded_again():
    def roles():
        return sorted(Group.objects.values_list("name", "permissions"))

    call_command("loaddata", "roles", verbosity=0)
    once = roles()
    call_command("loaddata", "roles", verbosity=0)
    assert {name for name, _permission in once} == {
        "Auditores",
        "Editores",
        "Lectores",
        "Publicadores",
    }
    assert roles() == once
