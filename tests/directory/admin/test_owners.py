"""Owners of services: who may be one, and that they may confirm what is theirs."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest

from directory.models import ContactPoint, Service
from tests.addresses import change_url, list_url, page_url
from tests.editing import stored
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory, UserFactory
from tests.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "roles")]
SERVICES = list_url(Service)


def confirm_url(service):
    return page_url(service, "confirm", service.pk) + f"?{urlencode({'shown': service})}"


def token_beside(page, service):
    """The token in the form in which the button to confirm it stands; "" if there is no button."""
    button = f'formaction="{confirm_url(service)}"'
    before, offered, _after = page.content.decode().partition(button)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', before.rpartition("<form")[2])
    return offered and token[1]


@pytest.mark.parametrize("page", ["list", "form"])
def test_an_owner_confirms_a_service_that_he_or_she_may_only_read(page):
    owner = UserFactory(is_staff=True, role="Lectores")
    service = ServiceFactory(owner=owner)
    client = client_of(owner, enforce_csrf_checks=True)
    opened = client.get(SERVICES if page == "list" else change_url(service))

    token = token_beside(opened, service)
    response = client.post(confirm_url(service), {"csrfmiddlewaretoken": token})

    assert (response.status_code, stored(service, "reviewed_on")) == (302, date(2026, 11, 23))


def test_the_services_of_others_are_neither_offered_nor_confirmed():
    owner = UserFactory(is_staff=True, role="Lectores")
    ServiceFactory(owner=owner)
    other = ServiceFactory(owner=UserFactory(is_staff=True, role="Lectores"))
    client = client_of(owner)
    pages = [client.get(SERVICES), client.get(change_url(other))]
    assert [token_beside(page, other) for page in pages] == ["", ""]

    response = client.post(confirm_url(other))

    assert (response.status_code, stored(other, "reviewed_on")) == (403, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_an_owner_takes_the_same_queries_for_one_and_for_three(
    count, django_assert_num_queries
):
    owner = UserFactory(is_staff=True, role="Lectores")
    ServiceFactory.create_batch(count, owner=owner)
    client = client_of(owner)
    client.get(SERVICES)

    with django_assert_num_queries(10):
        client.get(SERVICES)


def test_owners_are_chosen_among_active_staff_who_may_look_at_services(admin_client, admin_user):
    roles = ("Lectores", "Editores", "Publicadores")
    may = {admin_user, *(UserFactory(is_staff=True, role=role) for role in roles)}
    UserFactory(is_staff=True)
    UserFactory(role="Lectores")
    UserFactory(is_staff=True, is_active=False, role="Lectores")

    page = admin_client.get(change_url(ServiceFactory()))

    assert {*page.context["adminform"].form.fields["owner"].queryset} == may


@pytest.mark.parametrize("page", ["list", "form"])
def test_an_owner_confirms_the_contact_points_of_the_service_and_no_others(page):
    owner = UserFactory(is_staff=True, role="Lectores")
    own, other = PhoneFactory(), PhoneFactory()
    ChannelFactory(service=ServiceFactory(owner=owner), contacts=[own])
    client = client_of(owner)
    answers = []
    for point in (own, other):
        opened = client.get(list_url(ContactPoint) if page == "list" else change_url(point))
        is_offered = token_beside(opened, point) != ""
        answers.append((is_offered, client.post(confirm_url(point)).status_code))
    assert answers == [(True, 302), (False, 403)]
    assert [stored(each, "verified_on") for each in (own, other)] == [date(2026, 11, 23), None]


@pytest.mark.parametrize("count", [1, 3])
def test_the_contact_points_of_an_owner_take_the_same_queries_for_one_and_for_three(
    count, django_assert_max_num_queries
):
    owner = UserFactory(is_staff=True, role="Lectores")
    ChannelFactory(service=ServiceFactory(owner=owner), contacts=PhoneFactory.create_batch(count))
    client = client_of(owner)
    client.get(list_url(ContactPoint))
    with django_assert_max_num_queries(13):
        client.get(list_url(ContactPoint))
