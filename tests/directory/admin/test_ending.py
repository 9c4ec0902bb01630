"""Ending a service and offering it again, in the back office."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from directory.models import Revision, Service
from tests.addresses import change_url, delete_url, page_url
from tests.directory.pages import published, text_of
from tests.editing import stored, told
from tests.factories import ServiceFactory, UserFactory
from tests.html import form_values
from tests.people import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FIELDS = ("ended_on", "ended_note", "successor_id", "is_published")
TODAY = date(2026, 11, 23)


def end_url(service):
    return page_url(service, "end", service.pk)


def send(client, service, button="_save", **typed):
    values = form_values(client.get(end_url(service)))
    return client.post(end_url(service), {**values, **typed, button: "1"})


@pytest.fixture
def service():
    return published(slug="certifactura", name="Certifactura")


@pytest.fixture
def other():
    return published(slug="clave", name="Clave Segura")


def test_the_form_leads_to_the_act(admin_client, service):
    assert f'href="{end_url(service)}"' in text_of(admin_client.get(change_url(service)))


def test_what_customers_will_read_is_shown_before_anything_is_saved(admin_client, service, other):
    page = send(admin_client, service, "_preview", ended_note="Llame.", successor=other.pk)
    preview = text_of(page).partition("ended-preview")[2]
    said = ["desde el 23 de noviembre de 2026", "Llame.", 'href="/servicios/clave/"']
    assert [each in preview for each in said] == [True] * 3
    assert stored(service, *FIELDS) == (None, "", None, True)
    assert form_values(page)["ended_note"] == ["Llame."]


def test_ending_takes_the_page_away_and_is_told(admin_client, service, other):
    response = send(admin_client, service, ended_note=" Llame\u200b. ", successor=other.pk)
    assert response["Location"] == change_url(service)
    assert stored(service, *FIELDS) == (TODAY, "Llame.", other.pk, False)
    assert "/servicios/certifactura/" in told(response)[0]
    assert admin_client.get("/servicios/certifactura/").status_code == 410
    assert "Clave Segura" in LogEntry.objects.get().get_change_message()
    revision = Revision.objects.get()
    assert (revision.action, revision.object_name) == ("changed", "Certifactura")


def test_the_form_of_one_that_ended_says_so_and_leads_to_nothing_dead(admin_client, service):
    send(admin_client, service, ended_note="Llame.")
    page = text_of(admin_client.get(change_url(service)))
    assert "Este servicio terminó" in page
    assert "Llame." in page
    assert f'href="{end_url(service)}"' in page
    assert 'href="/servicios/certifactura/ediciones/"' not in page


def test_offered_again_it_is_no_longer_gone_and_not_yet_public(admin_client, service, other):
    send(admin_client, service, ended_note="Llame.", successor=other.pk)
    url = page_url(service, "offer_again", service.pk)
    response = admin_client.post(url)
    assert response["Location"] == change_url(service)
    assert stored(service, *FIELDS) == (None, "", None, False)
    assert admin_client.get("/servicios/certifactura/").status_code == 404
    last = LogEntry.objects.order_by("pk").last().get_change_message()
    assert "23 de noviembre de 2026 → vacío" in last
    assert admin_client.get(url).status_code == 405


def test_the_words_can_be_changed_later(admin_client, service):
    send(admin_client, service, ended_note="Llame.")
    send(admin_client, service, ended_note="Escriba.", ended_on="20/11/2026")
    assert stored(service, *FIELDS) == (date(2026, 11, 20), "Escriba.", None, False)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ended_on": ""}, "ended_on"),
        ({"ended_on": "24/11/2026"}, "ended_on"),
        ({"ended_on": "31/02/2026"}, "ended_on"),
        ({"ended_on": "01/01/0001"}, "ended_on"),
        ({"ended_note": "x" * 301}, "ended_note"),
        ({"successor": "999999"}, "successor"),
        ({"successor": "9" * 40}, "successor"),
        ({"successor": "clave"}, "successor"),
        ({"successor": "\0"}, "successor"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(admin_client, service, typed, field):
    page = send(admin_client, service, **typed)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert stored(service, *FIELDS) == (None, "", None, True)


@pytest.mark.parametrize("which", ["itself", "a draft"])
def test_only_another_published_service_takes_its_place(admin_client, service, which):
    successor = service if which == "itself" else ServiceFactory(is_published=False)
    page = send(admin_client, service, successor=successor.pk)
    assert list(page.context["form"].errors) == ["successor"]


def test_who_comes_second_is_told(people, service):
    first, second = people
    values = form_values(second.get(end_url(service)))
    send(first, service, ended_note="De Ana")
    response = second.post(end_url(service), {**values, "ended_note": "De Beto", "_save": "1"})
    assert told(response) == ["Otra persona cambió esto mientras tanto"]
    assert stored(service, "ended_note") == "De Ana"


@pytest.mark.parametrize("role", ["Lectores", "Editores"])
def test_who_may_not_change_services_ends_none(roles, service, role):
    client = client_of(UserFactory(is_staff=True, role=role))
    assert end_url(service) not in text_of(client.get(change_url(service)))
    again = page_url(service, "offer_again", service.pk)
    answers = [client.get(end_url(service)), client.post(end_url(service)), client.post(again)]
    assert [each.status_code for each in answers] == [403] * 3


def test_one_that_ended_is_not_published_by_its_form(admin_client, service):
    send(admin_client, service)
    values = form_values(admin_client.get(change_url(service)))
    admin_client.post(change_url(service), {**values, "is_published": "on", "_save": "1"})
    assert stored(service, "is_published") is False


def test_deleting_one_that_is_offline_does_not_advise_what_is_done(admin_client, service):
    assert "retire allí su página" in text_of(admin_client.get(delete_url(service)))
    Service.objects.update(is_published=False)
    page = text_of(admin_client.get(delete_url(service)))
    assert "ya está retirada" in page
    assert "retire allí su página" not in page


def test_what_is_not_there_is_not_found(admin_client):
    assert admin_client.get("/admin/directory/service/999/end/").status_code == 404
