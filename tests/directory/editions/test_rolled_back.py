"""Attacks of who writes to the database, and needs no secret key: an earlier edition, which was
signed, is to be shown again; or the page of another service."""

import pytest
from django.urls import reverse

from directory.editions.publish import publish
from directory.editions.verifying import Break, Fault, breaks
from directory.models import ContactPoint, CurrentEdition, Edition, Service
from tests.factories import complete_service
from tests.tampering import execute, triggers_dropped

pytestmark = pytest.mark.django_db
OLD, NEW = "+573009998877", "+576017442728"


@pytest.fixture
def service(db):
    """One whose number of the first edition is given up."""
    service = complete_service(slug="uno", name="Uno")
    number = ContactPoint.objects.filter(channelcontacts__channel__service=service).first()
    for value in (OLD, NEW):
        ContactPoint.objects.filter(pk=number.pk).update(phone=value)
        publish(Service.objects.all())
    return service


def cut_off(service):
    """Take away the newest edition; what is on record of it cannot be signed anew."""
    first, last = service.editions.order_by("number")
    with triggers_dropped():
        record = "UPDATE directory_currentedition SET edition_id = %s WHERE service_id = %s"
        execute(record, first.pk, service.pk)
        execute("DELETE FROM directory_edition WHERE id = %s", last.pk)


def pages():
    return [
        reverse("directory:service-detail", args=["uno"]),
        reverse("directory:service-list"),
        reverse("directory:card", args=["uno"]),
        reverse("api:service-detail", args=["uno"]),
        reverse("api:service-list"),
        reverse("offline-data"),
    ]


def digits(response):
    return "".join(each for each in response.content.decode() if each.isdigit())


def test_a_number_that_was_given_up_does_not_come_back(service, client):
    cut_off(service)
    for page in pages():
        response = client.get(page)
        assert OLD[3:] not in digits(response), page
        assert response.status_code == (503 if "uno" in page else 200), page
    assert list(breaks()) == [Break("Uno", "2", Fault.CUT_OFF)]


@pytest.mark.parametrize("how", ["brought to what is left", "deleted"])
def test_nor_without_a_signed_record(service, client, how):
    cut_off(service)
    left = service.editions.get()
    with triggers_dropped():
        if how == "deleted":
            execute("DELETE FROM directory_currentedition WHERE service_id = %s", service.pk)
        else:
            table = "UPDATE directory_currentedition SET number = 1, digest = %s"
            execute(table, left.digest)
    assert client.get(pages()[0]).status_code == 503
    assert OLD[3:] not in digits(client.get(pages()[1]))
    # It heals with the next publication.
    publish(Service.objects.all())
    assert NEW[3:] in digits(client.get(pages()[0]))


def test_what_is_published_next_takes_its_place_and_the_gap_stays_known(service, client):
    cut_off(service)
    publish(Service.objects.all())
    assert [each.number for each in service.editions.order_by("number")] == [1, 3]
    response = client.get(reverse("directory:service-detail", args=["uno"]))
    assert (response.status_code, NEW[3:] in digits(response)) == (200, True)
    assert CurrentEdition.objects.get().number == 3
    assert list(breaks()) == [Break("Uno", "3", Fault.MISSING)]


def test_services_that_change_addresses_are_not_shown_at_them(service, client):
    other = complete_service(slug="dos", name="Dos")
    publish(Service.objects.all())
    for key, slug in ((service.pk, "tres"), (other.pk, "uno"), (service.pk, "dos")):
        execute("UPDATE directory_service SET slug = %s WHERE id = %s", slug, key)
    for slug in ("uno", "dos"):
        for name in ("directory:service-detail", "api:service-detail", "api:service-now"):
            assert client.get(reverse(name, args=[slug])).status_code == 503
    assert {(each.service, each.fault) for each in breaks()} == {
        ("Uno", Fault.ADDRESS),
        ("Dos", Fault.ADDRESS),
    }


def test_a_renamed_service_is_intact(service, client):
    Service.objects.filter(pk=service.pk).update(slug="otro")
    publish(Service.objects.all())
    assert client.get(reverse("directory:service-detail", args=["otro"])).status_code == 200
    assert list(breaks()) == []
    assert Edition.objects.count() == 3
