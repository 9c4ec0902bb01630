"""Requests that no form of the back admin_client sends: refused in words, and nothing is saved."""

import pytest
from django.contrib.auth.models import User

from directory.models import Channel, ContactPoint, ScheduleException, TimeSpan
from escalations.models import EscalationContact, EscalationPolicy
from tests.addresses import INDEX, add_url, change_url, list_url, page_url
from tests.editing import overtaken, told
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    UserFactory,
    weekday_schedule,
)
from tests.html import form_values, submit

pytestmark = pytest.mark.django_db

BEYOND_64_BITS = "99999999999999999999"
BEYOND_READING = "9" * 5000
INVALID_CHOICE = ["invalid_choice"]


def codes(form):
    return {name: [each.code for each in found.as_data()] for name, found in form.errors.items()}


def inline_of(response, model):
    (formset,) = [
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.model is model
    ]
    return formset


# ---- Keys that no row can have -------------------------------------------------------------


@pytest.mark.parametrize("key", [BEYOND_64_BITS, str(2**63), BEYOND_READING])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Channel, "service"),
        (Channel, "schedule"),
        (Channel, "request_types"),
        (ScheduleException, "schedule"),
        (EscalationContact, "schedule"),
        (EscalationPolicy, "service"),
        (ContactPoint, "replaced_by"),
    ],
)
def test_impossible_key_in_the_address_prefills_nothing(admin_client, model, field, key):
    response = admin_client.get(add_url(model), {field: key})
    assert form_values(response).get(field, [""]) == [""]


@pytest.mark.parametrize("key", [BEYOND_64_BITS, BEYOND_READING])
def test_impossible_key_is_no_choice(admin_client, key):
    point = PhoneFactory()
    response = submit(admin_client, change_url(point), replaced_by=key)
    assert codes(response.context["adminform"].form) == {"replaced_by": INVALID_CHOICE}
    point.refresh_from_db()
    assert point.replaced_by is None


@pytest.mark.parametrize("key", [BEYOND_64_BITS, f"-{BEYOND_64_BITS}"])
def test_impossible_keys_in_a_row_are_no_choice(admin_client, key):
    channel = ChannelFactory(schedule=ScheduleFactory(), request_types=[RequestTypeFactory()])
    changes = {"channels-0-schedule": key, "channels-0-request_types": [key]}
    response = submit(admin_client, change_url(channel.service), **changes)
    (form,) = inline_of(response, Channel).forms
    assert codes(form) == {"schedule": INVALID_CHOICE, "request_types": INVALID_CHOICE}


@pytest.mark.parametrize("key", ["x", BEYOND_64_BITS, BEYOND_READING])
def test_row_with_an_impossible_key_is_no_row_that_somebody_deleted(admin_client, key):
    schedule = weekday_schedule(days=[1])
    (stored,) = schedule.spans.values()
    response = submit(admin_client, change_url(schedule), **{"spans-0-id": key})
    (form,) = inline_of(response, TimeSpan).forms
    assert codes(form) == {"id": INVALID_CHOICE}
    assert schedule.spans.values().get() == stored


def test_rows_of_a_form_that_does_not_count_them_are_not_told_as_others(admin_client):
    response = submit(admin_client, change_url(weekday_schedule()), **{"spans-TOTAL_FORMS": ""})
    assert inline_of(response, TimeSpan).non_form_errors().as_data()[0].code == (
        "missing_management_form"
    )
    assert (response.status_code, told(response)) == (200, [])


def test_impossible_key_is_told_of_in_words_when_somebody_changed_it_meanwhile(people):
    point, other = PhoneFactory(), PhoneFactory()
    editing = overtaken(people, point, replaced_by=str(other.pk), replaced_on="2030-01-01")
    typed = {"replaced_by": BEYOND_64_BITS, "initial-replaced_by": BEYOND_64_BITS + "9"}
    response = editing.post(**typed)
    assert response.status_code == 409
    found = codes(response.context["adminform"].form)
    assert found["replaced_by"] == ["invalid_choice", "conflict"]


@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("model", [Channel, ContactPoint, EscalationPolicy])
def test_page_of_an_impossible_key_says_that_it_does_not_exist(admin_client, model, page):
    response = admin_client.get(page_url(model, page, BEYOND_64_BITS))
    assert (response.status_code, response["Location"]) == (302, INDEX)


def test_impossible_key_among_the_selected_is_passed_over(admin_client):
    point = PhoneFactory()
    selected = {"action": "delete_selected", "_selected_action": [BEYOND_64_BITS, str(point.pk)]}
    response = admin_client.post(list_url(ContactPoint), selected)
    assert list(response.context["queryset"]) == [point]


@pytest.mark.parametrize("key", [BEYOND_64_BITS, str(2**63)])
@pytest.mark.parametrize(
    ("model", "lookup"), [(ContactPoint, "id__in"), (Channel, "id__in"), (User, "id__in")]
)
def test_filter_by_an_impossible_key_leads_to_the_whole_list(admin_client, model, lookup, key):
    listed = list_url(model)
    response = admin_client.get(listed, {lookup: key}, follow=True)
    # PostgreSQL compares with such a number, and finds none.
    assert response.redirect_chain or response.context["cl"].result_count == 0
    assert response.context["cl"].model is model


@pytest.mark.parametrize("field", ["groups", "user_permissions"])
def test_impossible_key_among_several_is_no_choice_of_a_user(admin_client, field):
    user = UserFactory()
    response = submit(admin_client, change_url(user), **{field: [BEYOND_64_BITS]})
    assert codes(response.context["adminform"].form) == {field: INVALID_CHOICE}


# ---- Rows that claim to be new -------------------------------------------------------------


@pytest.mark.parametrize("count", ["0", "-1"])
def test_stored_rows_sent_as_new_ones_are_refused(admin_client, count):
    service = ServiceFactory(name="Antes")
    ChannelFactory.create_batch(2, service=service)
    stored = list(Channel.objects.order_by("pk").values())
    changes = {"name": "Después", "channels-INITIAL_FORMS": count}
    response = submit(admin_client, change_url(service), **changes)

    assert (response.status_code, response["Location"]) == (302, change_url(service))
    assert len(told(response)) == 1
    service.refresh_from_db()
    assert service.name == "Antes"
    assert list(Channel.objects.order_by("pk").values()) == stored


# ---- A field to find it by -----------------------------------------------------------------


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("factory", [PhoneFactory, ScheduleFactory, UserFactory])
def test_empty_to_field_is_none(admin_client, factory, page):
    instance = factory()
    response = admin_client.get(page_url(type(instance), page, instance.pk), {"_to_field": ""})
    shown = "original" if page == "change" else "object"
    assert (response.status_code, response.context[shown]) == (200, instance)


def test_form_with_an_empty_to_field_is_saved(admin_client):
    point = PhoneFactory(label="Antes")
    submit(admin_client, change_url(point), label="Después", _to_field="")
    point.refresh_from_db()
    assert point.label == "Después"
