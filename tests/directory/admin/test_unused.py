"""Shared rows that nothing uses: found from the start page, listed, and deleted."""

from datetime import date

import pytest
from django.urls import reverse

from directory.models import ContactPoint, Schedule
from directory.upkeep.unused import unused, unused_counts
from escalations.models import EscalationContact
from tests.addresses import list_url
from tests.editing import act
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ScheduleFactory,
)
from tests.people import staff

pytestmark = pytest.mark.django_db
MODELS = (ContactPoint, Schedule, EscalationContact)


@pytest.fixture
def rows():
    """Of each model one that is used in every way that there is, and one that is not."""
    used, planned, alone = PhoneFactory(), PhoneFactory(), PhoneFactory(label="Sin uso")
    used.replaced_by, used.replaced_on = planned, date(2030, 1, 1)
    used.save()
    ChannelFactory(contacts=[used])
    answering, standing_in = (EscalationContactFactory(contacts=[used]) for _number in range(2))
    EscalationPolicyFactory(levels=[answering])
    AbsenceFactory(contact=answering, stand_in=standing_in)
    nobody = EscalationContactFactory(name="Nadie", contacts=[used], schedule=ScheduleFactory())
    return [alone, ScheduleFactory(name="Horario sin uso"), nobody]


def test_what_is_planned_or_stands_in_counts_as_used(rows):
    assert [unused(model.objects.all()).get() for model in MODELS] == rows
    assert unused_counts(MODELS) == dict.fromkeys(MODELS, 1)


def test_the_counts_take_one_query(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        unused_counts(MODELS)
    assert unused_counts([]) == {}


@pytest.mark.parametrize("number", range(3))
def test_the_list_has_exactly_what_the_start_page_counts(admin_client, rows, number):
    row = rows[number]
    url = f"{list_url(type(row))}?unused=yes"
    start = admin_client.get(reverse("admin:index"))
    found = {each.link.url: each.text for each in start.context["attention"]}
    assert found[url].startswith("Sin uso: 1 ")
    assert list(admin_client.get(url).context["cl"].result_list) == [row]
    used = admin_client.get(list_url(type(row)), {"unused": "no"}).context["cl"].result_list
    assert set(used) == {*type(row).objects.exclude(pk=row.pk)}
    everything = admin_client.get(list_url(type(row)), {"unused": "quizá"})
    assert len(everything.context["cl"].result_list) == type(row).objects.count()


@pytest.mark.parametrize("number", range(3))
def test_they_are_deleted_together_after_a_preview(admin_client, rows, number):
    row = rows[number]
    page = act(admin_client, "delete_selected", row)
    assert page.status_code == 200
    assert page.context["effect"].count == 0
    act(admin_client, "delete_selected", row, post="yes")
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_who_may_delete_nothing_is_told_nothing(rows):
    start = staff("view_contactpoint", "view_service").get(reverse("admin:index"))
    assert not [each for each in start.context["attention"] if "unused" in each.link.url]
