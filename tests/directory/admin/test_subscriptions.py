"""Subscriptions in the back office: counted, found by a whole address, deleted on request."""

import pytest
from django.contrib.admin.models import LogEntry

from directory.models import Revision, Subscription
from tests.addresses import change_url, list_url
from tests.factories import ServiceFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    service = ServiceFactory(name="Mesa de Ayuda")
    SubscriptionFactory.create_batch(2, service=service)
    SubscriptionFactory(service=service, confirmed_at=None, told_number=None)
    return SubscriptionFactory(service=service, address="ana@example.com")


def shown(client, query=""):
    return client.get(list_url(Subscription), {"q": query} if query else {})


def test_the_list_counts_the_followers_of_each_service_and_shows_no_address(admin_client, ana):
    response = shown(admin_client)
    assert [(each["service__name"], each["count"]) for each in response.context["followers"]] == [
        ("Mesa de Ayuda", 3)
    ]
    for page in (response, admin_client.get(change_url(ana))):
        text = page.content.decode()
        assert ("ana@example.com" in text, "a…@example.com" in text) == (False, True)


@pytest.mark.parametrize(
    ("query", "found"),
    [("ana@example.com", 1), (" ANA@example.com", 1), ("ana@", 0), ("example.com", 0), ("a", 0)],
)
def test_only_a_whole_address_finds_a_subscription(admin_client, ana, query, found):
    assert shown(admin_client, query).context["cl"].result_count == found


@pytest.mark.parametrize(
    "query", ["address__startswith=a", "address=ana@example.com", "key__gt=0", "asked_at__gt=2000"]
)
def test_no_lookup_tells_addresses_a_letter_at_a_time(admin_client, ana, query):
    assert admin_client.get(f"{list_url(Subscription)}?{query}").status_code == 400


@pytest.mark.parametrize(
    ("state", "found"), [("confirmed", 1), ("asked", 2), ("", 3), ("nonsense", 3)]
)
def test_the_list_is_filtered_by_what_was_confirmed(admin_client, state, found):
    SubscriptionFactory()
    SubscriptionFactory.create_batch(2, confirmed_at=None, told_number=None)
    response = admin_client.get(f"{list_url(Subscription)}?state={state}")
    assert response.context["cl"].result_count == found


def test_who_asks_is_forgotten_in_the_histories_too(admin_client, ana):
    response = admin_client.post(f"/admin/directory/subscription/{ana.pk}/delete/", {"post": "yes"})
    assert response.status_code == 302
    assert not Subscription.objects.filter(pk=ana.pk).exists()
    assert LogEntry.objects.get().object_repr == "Suscripción a Mesa de Ayuda"
    assert not Revision.objects.exists()


def test_the_search_of_everything_tells_nothing_of_subscriptions(admin_client, ana):
    assert "ubscri" not in str(
        admin_client.get("/admin/search/?q=ana@example.com").context["groups"]
    )
