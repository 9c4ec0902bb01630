"""Two people edit the ladder of one service at the same moment."""

import pytest

from directory.models import Revision, Schedule
from escalations.models import EscalationContact, EscalationLevel, EscalationPolicy
from tests.addresses import change_url, page_url
from tests.editing import Editing, problems
from tests.factories import EscalationContactFactory, EscalationPolicyFactory, ServiceFactory
from tests.html import form_values, submit
from tests.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    everything = [f"{action}_{model}" for model in MODELS for action in ("add", "change", "delete")]
    return [staff(*everything, "view_service", username=name) for name in ("ana", "beto")]


MODELS = [
    "service",
    "escalationpolicy",
    "escalationlevel",
    "escalationcontact",
    "escalationcontactuse",
    "contactpoint",
    "schedule",
]


def levels(service):
    rows = EscalationLevel.objects.filter(policy__service=service)
    return list(rows.values_list("level", "contact__name"))


def both(people, service):
    return [Editing(client, service) for client in people]


def test_first_levels_that_both_type_are_both_kept(people):
    service = ServiceFactory()
    first, second = both(people, service)
    first.post(**{"levels-0-new_name": "Mesa", "levels-0-contacts": "601 744 2727"})
    answer = second.post(**{"levels-0-new_name": "Jefe", "levels-0-contacts": "316 873 1648"})
    assert answer.status_code == 302
    assert levels(service) == [(1, "Mesa"), (2, "Jefe")]


def test_instructions_that_both_type_first_are_a_conflict_and_nothing_is_lost(people):
    service = ServiceFactory()
    first, second = both(people, service)
    first.post(**{"escalation_policy-0-instructions": "Uno"})
    answer = second.post(**{"escalation_policy-0-instructions": "Dos"})
    assert answer.status_code == 409
    assert form_values(answer)["escalation_policy-0-instructions"] == ["Dos"]
    assert EscalationPolicy.objects.get().instructions == "Uno"


def test_numbers_that_both_type_of_somebody_are_a_conflict_at_the_field(people):
    contact = EscalationContactFactory(name="Jefe")
    service = EscalationPolicyFactory(levels=[contact]).service
    first, second = both(people, service)
    first.post(**{"levels-0-contacts": "601 744 2727"})
    answer = second.post(**{"levels-0-contacts": "316 873 1648"})
    [(where, message)] = problems(answer)
    assert where.endswith("Contactos")
    assert "601 744 2727" in message
    second.again()
    assert [use.contact_point.display for use in contact.contact_uses.all()] == ["316 873 1648"]


def test_policy_that_somebody_deleted_meanwhile_is_told_and_what_was_typed_is_kept(people):
    contact = EscalationContactFactory(name="Jefe")
    service = EscalationPolicyFactory(levels=[contact]).service
    _first, second = both(people, service)
    EscalationPolicy.objects.all().delete()
    answer = second.post(**{"levels-0-title": "Tier 1"})
    assert answer.status_code == 409
    assert form_values(answer)["levels-0-title"] == ["Tier 1"]
    again = second.again()
    assert again.status_code == 302, problems(again, again.status_code)
    assert levels(service) == [(1, "Jefe")]
    assert EscalationLevel.objects.get().title == "Tier 1"


def test_who_may_change_levels_alone_chooses_and_types_nobody_new(people):
    contact, other = EscalationContactFactory(name="Jefe"), EscalationContactFactory(name="Otro")
    service = EscalationPolicyFactory(levels=[contact]).service
    few = staff("view_service", "change_service", "view_escalationlevel", "change_escalationlevel")
    opened = Editing(few, service)
    assert not any("new_name" in name or "contacts" in name for name in opened.data)
    typed = {"levels-0-new_name": "Ana", "levels-0-contacts": "601 744 2727"}
    opened.post(**typed, **{"levels-0-contact": other.pk})
    assert levels(service) == [(1, "Otro")]
    assert not EscalationContact.objects.filter(name="Ana").exists()


def test_who_may_only_look_reads_the_ladder():
    contact = EscalationContactFactory(name="Jefe")
    service = EscalationPolicyFactory(levels=[contact]).service
    reader = staff("view_service", "view_escalationlevel", "view_escalationpolicy")
    page = reader.get(change_url(service)).content.decode()
    [use] = contact.contact_uses.all()
    assert use.contact_point.display in page
    assert "levels-0-contacts" not in page


def test_a_level_with_somebody_new_is_undone_as_a_whole(admin_client):
    contact = EscalationContactFactory(name="Jefe")
    service = EscalationPolicyFactory(levels=[contact]).service
    typed = {
        "levels-1-new_name": "Mesa",
        "levels-1-contacts": "601 744 2727",
        "levels-1-hours": "L-V 8-12",
    }
    submit(admin_client, change_url(service), **typed)
    assert levels(service) == [(1, "Jefe"), (2, "Mesa")]
    undo = page_url(Revision, "undo", Revision.objects.latest("pk").pk)
    admin_client.post(undo, form_values(admin_client.get(undo)))
    assert levels(service) == [(1, "Jefe")]
    assert not EscalationContact.objects.filter(name="Mesa").exists()
    assert not Schedule.objects.exists()
