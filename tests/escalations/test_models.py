"""What the rows of the escalations refuse, each rule twice, and where they are shown."""

from datetime import date
from itertools import chain

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from escalations.models import EscalationContactUse, EscalationLevel, EscalationPolicy
from tests.factories import (
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ServiceFactory,
)
from tests.refusals import (
    codes_of,
    refused_among_neighbours,
    refused_by_the_database,
    refused_in_full_clean,
    refused_twice,
)

pytestmark = pytest.mark.django_db


def level(policy, number, **values):
    return EscalationLevel(
        **{"policy": policy, "level": number, "contact": EscalationContactFactory(), **values}
    )


@pytest.fixture
def policy():
    """With a first level only."""
    return EscalationPolicyFactory()


def test_levels_follow_one_another(policy):
    for number in (2, 3):
        following = level(policy, number)
        assert refused_in_full_clean(following) == {}
        assert refused_among_neighbours(following) == {}
        EscalationLevel.objects.bulk_create([following])
    assert [each.level for each in policy.levels.all()] == [1, 2, 3]


@pytest.mark.parametrize("levels", [0, 1])
def test_level_without_the_one_before_in_its_policy_is_refused(levels):
    contacts = [EscalationContactFactory() for _ in range(levels + 1)]
    policy = EscalationPolicyFactory(levels=contacts[:levels])
    EscalationPolicyFactory(levels=contacts)
    further = level(policy, levels + 2)
    assert refused_among_neighbours(further) == {"level": ["level_gap"]}
    with refused_by_the_database():
        further.save()


def test_level_cannot_be_moved_beyond_a_gap(policy):
    second = level(policy, 2)
    second.save()
    with refused_by_the_database():
        EscalationLevel.objects.filter(pk=second.pk).update(level=3)


NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 1)


def test_level_may_be_followed_by_another_of_its_number(policy):
    first = policy.levels.get()
    first.valid_until = NOVEMBER
    first.save()
    following = level(policy, 1, valid_from=DECEMBER)
    assert refused_in_full_clean(following) == {}
    assert refused_among_neighbours(following) == {}
    following.save()
    assert [each.valid_from for each in policy.levels.all()] == [None, DECEMBER]
    second = level(policy, 2)
    assert refused_among_neighbours(second) == {}


@pytest.mark.parametrize(("valid_from", "field"), [(NOVEMBER, "valid_from"), (None, "contact")])
def test_contact_is_on_a_level_once_a_day(policy, valid_from, field):
    policy.levels.update(valid_until=NOVEMBER)
    again = level(policy, 1, contact=policy.levels.get().contact, valid_from=valid_from)
    assert refused_among_neighbours(again) == {field: ["level_overlap"]}
    with refused_by_the_database():
        again.save()


@pytest.mark.parametrize("purpose", ["", "Redes"])
def test_several_contacts_may_answer_on_a_level(policy, purpose):
    other = level(policy, 1, purpose=purpose)
    assert refused_in_full_clean(other) == {}
    assert refused_among_neighbours(other) == {}
    other.save()


@pytest.mark.parametrize(
    ("field", "own", "another"),
    [("title", "Tier 1", "Nivel A"), ("escalate_after_minutes", 30, 60)],
)
def test_level_has_one_title_and_one_time_a_day(policy, field, own, another):
    policy.levels.update(**{field: own})
    for same in (own, EscalationLevel._meta.get_field(field).get_default()):
        assert refused_among_neighbours(level(policy, 1, **{field: same})) == {}
    different = level(policy, 1, **{field: another})
    assert refused_among_neighbours(different) == {field: ["level_differs"]}
    with refused_by_the_database():
        different.save()
    policy.levels.update(valid_until=NOVEMBER)
    different.valid_from = DECEMBER
    assert refused_among_neighbours(different) == {}
    different.save()


def test_title_of_a_level_is_that_of_any_of_its_contacts_rather_on_the_same_days(policy):
    first = policy.levels.get()
    former = level(policy, 1, title="Tier A", valid_until=NOVEMBER)
    beside = level(policy, 1, title="Tier B", valid_from=DECEMBER)
    first.valid_from = DECEMBER
    others = [level(policy, 2, title="Tier 2"), former, first]
    assert first.of_level("title", [*others, beside]) == "Tier B"
    assert first.of_level("title", others) == "Tier A"
    assert first.of_level("escalate_after_minutes", others) is None


def test_level_needs_the_one_before_on_all_of_its_days(policy):
    policy.levels.update(valid_until=NOVEMBER)
    assert refused_among_neighbours(level(policy, 2)) == {"valid_from": ["level_gap_on_some_days"]}
    until = level(policy, 2, valid_until=DECEMBER)
    assert refused_among_neighbours(until) == {"valid_until": ["level_gap_on_some_days"]}
    assert refused_among_neighbours(level(policy, 2, valid_until=NOVEMBER)) == {}


def gap_told(validate):
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            validate()
        ((field, (message,)),) = refused.value.message_dict.items()
    return field, message


def test_day_without_the_level_before_is_named(policy):
    first = policy.levels.get()
    second = level(policy, 2)
    first.valid_until = NOVEMBER
    assert gap_told(lambda: second.validate_among([first])) == (
        "valid_from",
        "From Dec. 1, 2026 there would be a level 2 and no level 1. Change the dates of one of the "
        "two, or add a level 1 for these days.",
    )
    first.valid_from, first.valid_until = DECEMBER, None
    assert gap_told(lambda: second.validate_among([first])) == (
        "valid_from",
        "Until Nov. 30, 2026 there would be a level 2 and no level 1. Change the dates of one of "
        "the two, or add a level 1 for these days.",
    )


@pytest.mark.parametrize(
    ("dates", "gap"),
    [
        ([(None, None)], None),
        ([(None, date(2026, 12, 5)), (date(2026, 12, 6), None)], None),
        ([(date(2026, 12, 6), None), (None, date(2026, 12, 5))], None),
        ([(date(2026, 12, 1), date(2026, 12, 9))], None),
        ([(None, date(2026, 12, 3)), (date(2026, 12, 6), None)], (4, 5)),
        ([(None, date(2026, 12, 8))], (9, 9)),
        ([(date(2026, 12, 2), None)], (1, 1)),
        ([(None, date(2026, 11, 1)), (date(2027, 1, 1), None)], (1, 9)),
        ([], (1, 9)),
    ],
)
def test_gap_is_the_first_run_of_days_that_successive_levels_leave(policy, dates, gap):
    days = {"valid_from": date(2026, 12, 1), "valid_until": date(2026, 12, 9)}
    second = level(policy, 2, **days)
    before = [level(policy, 1, valid_from=first, valid_until=last) for first, last in dates]
    found = second._gap_in(before)
    assert found == (gap and tuple(date(2026, 12, day) for day in gap))


@pytest.mark.parametrize("days", [{"valid_until": NOVEMBER}, {"valid_from": DECEMBER}])
def test_level_that_another_follows_on_all_days_needs_all_of_them(policy, days):
    policy.levels.bulk_create([level(policy, 2), level(policy, 3)])
    second = policy.levels.get(level=2)
    assert codes_of(second.validate_whole) == {}
    policy.levels.filter(level=2).update(**days)
    assert codes_of(policy.levels.get(level=2).validate_whole) == {
        next(iter(days)): ["level_gap_on_some_days"]
    }
    (other,) = {NOVEMBER, DECEMBER} - {*days.values()}
    rest = {"valid_from": other} if other == DECEMBER else {"valid_until": other}
    level(policy, 2, **rest).save()
    assert codes_of(policy.levels.filter(level=2).first().validate_whole) == {}


def test_policy_with_its_levels_can_be_deleted():
    policy = EscalationPolicyFactory(levels=[EscalationContactFactory() for _ in range(3)])
    policy.delete()
    assert not EscalationLevel.objects.exists()


ONE_OF_EACH = {"__all__": [None]}  # The constraint has no code.


def level_again(policy):
    return level(policy, 1, contact=policy.levels.get().contact)


def use_again(policy):
    use = policy.levels.get().contact.contact_uses.get()
    return EscalationContactUse(contact=use.contact, contact_point=use.contact_point)


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        (lambda policy: level(policy, 0), {"level": ["min_value"]}),
        (level_again, ONE_OF_EACH),
        (
            lambda policy: level(policy, 2, valid_from=DECEMBER, valid_until=NOVEMBER),
            {"valid_until": ["dates_out_of_order"]},
        ),
        (
            lambda policy: level(policy, 2, escalate_after_minutes=0),
            {"escalate_after_minutes": ["min_value"]},
        ),
        (lambda policy: EscalationPolicy(service=policy.service), {"service": ["unique"]}),
        (use_again, ONE_OF_EACH),
    ],
    ids=["level 0", "same contact", "dates", "minutes", "second policy", "same contact point"],
)
def test_wrong_row_is_refused_twice(policy, wrong, refused):
    assert refused_twice(wrong(policy)) == refused


def test_only_a_phone_has_extensions():
    use = EscalationContactUse(
        contact=EscalationContactFactory(), contact_point=EmailFactory(), extensions="1107"
    )
    assert refused_in_full_clean(use) == {"extensions": ["not_a_phone"]}


def test_services_and_holders_of_an_escalation_contact_are_named_once():
    shared = EscalationContactFactory()
    one, other = ServiceFactory(slug="uno"), ServiceFactory(slug="otro")
    ServiceFactory(slug="ajeno")
    first = EscalationPolicyFactory(service=one, levels=[EscalationContactFactory(), shared])
    second = EscalationPolicyFactory(service=other, levels=[shared, shared])
    assert sorted(shared.services().values_list("slug", flat=True)) == ["otro", "uno"]
    assert [*chain(*shared.holders())] == [first, second]


def test_services_of_a_policy_and_of_a_level(policy):
    ServiceFactory()
    assert list(policy.services()) == [policy.service]
    assert list(policy.levels.get().services()) == [policy.service]
