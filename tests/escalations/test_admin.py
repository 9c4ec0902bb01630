"""Escalation levels in the back office: they are numbered without a gap, whatever is moved."""

import pytest
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import Service
from escalations.models import EscalationLevel, EscalationPolicy
from tests.addresses import add_url, change_url
from tests.editing import pages_told, refused
from tests.factories import (
    EscalationContactFactory,
    EscalationPolicyFactory,
    RequestTypeFactory,
    ServiceFactory,
)
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    """Three levels of a published service."""
    policy = EscalationPolicyFactory(levels=[EscalationContactFactory() for _ in range(3)])
    publish(Service.objects.all())
    return policy


def levels_of(policy):
    return list(policy.levels.values_list("level", "contact"))


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({"levels-0-level": "2", "levels-1-level": "1"}, [1, 0, 2]),
        ({"levels-0-level": "3", "levels-1-level": "1", "levels-2-level": "2"}, [1, 2, 0]),
        ({"levels-1-DELETE": "on", "levels-2-level": "2"}, [0, 2]),
    ],
)
def test_levels_are_moved_and_taken_away_in_one_save(admin_client, policy, typed, order):
    before = levels_of(policy)
    saved = submit(admin_client, change_url(policy), **typed)
    assert pages_told(saved) == [policy.service.get_absolute_url()]
    assert levels_of(policy) == [(level, before[old][1]) for level, old in enumerate(order, 1)]


def test_level_is_put_in_front(admin_client, policy):
    before, first = levels_of(policy), EscalationContactFactory()
    moved = {f"levels-{number}-level": number + 2 for number in range(3)}
    added = {"levels-3-policy": policy.pk, "levels-3-level": "1", "levels-3-contact": first.pk}
    submit(admin_client, change_url(policy), **{"levels-TOTAL_FORMS": "4", **moved, **added})
    assert levels_of(policy) == [(1, first.pk), *((level + 1, pk) for level, pk in before)]


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ({"levels-2-level": "5"}, [[], [], ["level"]]),
        # Rows that are to be removed have no errors to show.
        ({"levels-1-DELETE": "on"}, [[], ["level"]]),
        # Two contacts on level 1, and none on level 2.
        ({"levels-1-level": "1"}, [[], [], ["level"]]),
        (
            {
                "levels-0-title": "A",
                "levels-1-title": "B",
                "levels-1-level": "1",
                "levels-2-level": "2",
            },
            [["title"], ["title"], []],
        ),
        # A level is there on all days on which the next one is.
        ({"levels-1-valid_until": "2026-11-30"}, [[], [], ["valid_from"]]),
        ({"levels-0-valid_from": "2026-12-01"}, [[], ["valid_from"], []]),
        # Rows are looked at together once each of them can be read.
        ({"levels-0-escalate_after_minutes": "2"}, [["escalate_after_minutes"], [], []]),
        *(({"levels-0-level": level}, [["level"], [], []]) for level in ("0", "-1", "uno")),
        ({"levels-2-level": "99999999999"}, [[], [], ["level"]]),
    ],
)
def test_gaps_and_wrong_levels_are_refused_at_the_field_and_kept(admin_client, policy, typed, rows):
    before = list(policy.levels.values())
    response = submit(admin_client, change_url(policy), **typed)
    main, found = refused(response)
    assert (main, found) == ([], {EscalationLevel: rows})
    kept = form_values(response)
    assert {name: kept[name] for name in typed if "DELETE" not in name} == {
        name: [value] for name, value in typed.items() if "DELETE" not in name
    }
    assert list(policy.levels.values()) == before


def test_contacts_are_added_to_a_level_each_with_what_it_is_for(admin_client, policy):
    kind, europe = RequestTypeFactory(code="queja"), EscalationContactFactory()
    added = {
        "levels-3-policy": policy.pk,
        "levels-3-level": "2",
        "levels-3-contact": europe.pk,
        "levels-3-purpose": "Europa",
        "levels-3-request_types": kind.pk,
    }
    typed = {"levels-TOTAL_FORMS": "4", "levels-1-title": "Tier 2", "levels-1-purpose": "Redes"}
    saved = submit(admin_client, change_url(policy), **typed, **added)
    assert pages_told(saved) == [policy.service.get_absolute_url()]
    networks, row = policy.levels.filter(level=2)
    assert (networks.title, networks.purpose, row.contact, row.purpose) == (
        "Tier 2",
        "Redes",
        europe,
        "Europa",
    )
    assert list(row.request_types.all()) == [kind]
    # What is moved keeps its types.
    submit(admin_client, change_url(policy), **{"levels-2-level": "3", "levels-3-level": "2"})
    assert list(policy.levels.get(contact=europe).request_types.all()) == [kind]


def test_a_new_row_begins_with_the_next_number(admin_client, policy):
    def added():
        (inline,) = admin_client.get(change_url(policy)).context["inline_admin_formsets"]
        return inline.formset.empty_form["level"].value()

    assert added() == 4
    EscalationLevel.objects.all().delete()
    assert added() == 1


def test_policy_that_is_added_without_a_word_is_stored(admin_client):
    service = ServiceFactory()
    submit(admin_client, add_url(EscalationPolicy), service=service.pk)
    assert EscalationPolicy.objects.get().service == service


def test_service_that_is_saved_without_a_word_of_escalation_gets_no_policy(admin_client):
    submit(admin_client, change_url(ServiceFactory()), introduction="Otra")
    assert not EscalationPolicy.objects.exists()


def test_level_without_a_number_takes_the_next_one(admin_client, policy):
    contact = EscalationContactFactory()
    added = {"levels-TOTAL_FORMS": "4", "levels-3-contact": contact.pk, "levels-3-level": ""}
    submit(admin_client, change_url(policy), **added)
    assert levels_of(policy)[3] == (4, contact.pk)


def test_list_tells_how_many_levels_a_policy_has(admin_client, policy):
    EscalationLevel.objects.create(policy=policy, level=3, contact=EscalationContactFactory())
    EscalationPolicyFactory(levels=[])
    answer = admin_client.get(reverse("admin:escalations_escalationpolicy_changelist"))
    assert [each.level_count for each in answer.context["cl"].result_list] == [3, 0]
