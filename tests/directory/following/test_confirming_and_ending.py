"""The links of mails: what opens them does nothing, what is pressed confirms or ends."""

import pytest
import time_machine
from django.core import mail
from django.test import Client

from directory.editions.publish import publish
from directory.following import links
from directory.models import Service, Subscription
from tests.directory.following.mails import link
from tests.factories import SubscriptionFactory, complete_service
from tests.html import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    made = complete_service(slug="mesa", name="Mesa de Ayuda")
    publish(Service.objects.all())
    return made


@pytest.fixture
def subscription(service):
    return SubscriptionFactory(service=service)


def test_a_program_that_opens_links_confirms_nothing_and_the_button_does(client, service):
    client.post("/servicios/mesa/seguir/", {"address": "ana@example.com"})
    confirm = link(mail.outbox[0], "confirmar")
    for opened in (client.get(confirm), client.head(confirm), client.get(confirm)):
        assert opened.status_code == 200
    assert Subscription.objects.get().confirmed_at is None

    pressed = Client(enforce_csrf_checks=True).post(confirm)
    assert (pressed.status_code, pressed["Location"]) == (302, confirm)
    assert Subscription.objects.get().told_number == 1
    assert "Ya sigue los cambios" in client.get(confirm).content.decode()
    # Pressed once more, it stays as it is.
    before = Subscription.objects.get().confirmed_at
    client.post(confirm)
    assert Subscription.objects.get().confirmed_at == before
    assert len(mail.outbox) == 1


def test_a_link_that_confirms_is_good_for_days(client, service):
    with time_machine.travel("2026-11-20T15:00:00Z", tick=False):
        client.post("/servicios/mesa/seguir/", {"address": "ana@example.com"})
    confirm = link(mail.outbox[0], "confirmar")
    with time_machine.travel("2026-11-23T14:59:00Z", tick=False):
        assert client.get(confirm).status_code == 200
    with time_machine.travel("2026-11-23T15:00:02Z", tick=False):
        assert client.get(confirm).status_code == 404
        assert client.post(confirm).status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_opening_the_link_that_ends_does_nothing(client, subscription):
    end = links.ending(subscription)
    page = Page(client.get(end).content.decode())
    assert page.by_class["form"] == (
        "¿Ya no quiere recibir correos sobre Mesa de Ayuda? También se borra su dirección. "
        "Sí, dejar de recibirlos"
    )
    client.head(end)
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    "body", [{}, {"List-Unsubscribe": "One-Click"}, {"List-Unsubscribe": "x" * 30_000}]
)
def test_one_click_ends_without_cookies_and_forgets_the_address(subscription, body):
    """RFC 8058, 3.1: a POST without context, which is not redirected."""
    end, client = links.ending(subscription), Client(enforce_csrf_checks=True)
    response = client.post(end, body)
    assert (response.status_code, response.cookies) == (200, {})
    assert not Subscription.objects.exists()
    # And again, as mail programs do.
    assert client.post(end, body).status_code == 200
    assert "No recibirá más correos" in client.get(end).content.decode()


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_link_that_ends_is_good_in_a_language_that_the_site_has_no_more(
    client, subscription, language
):
    """A language went from LANGUAGES, or became the one without a prefix."""
    end = f"/{language}{links.ending(subscription)}"
    page = client.get(end)
    assert (page.status_code, page["Content-Language"]) == (200, "es")
    assert "Dejar de recibir" in page.content.decode()
    assert client.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert client.get(end.replace("terminar", "confirmar")).status_code == 404


def test_a_link_is_good_for_its_own_subscription_and_purpose_alone(client, subscription):
    other = SubscriptionFactory(service=subscription.service, confirmed_at=None, told_number=None)
    confirming, ending = links.confirming(other), links.ending(other)
    swapped = [
        ending.replace("terminar", "confirmar"),
        confirming.replace("confirmar", "terminar"),
        ending.replace(other.key.hex, subscription.key.hex),
        confirming.replace(other.key.hex, subscription.key.hex),
    ]
    for path in swapped:
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    client.post(ending)
    assert [*Subscription.objects.all()] == [subscription]


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "%F0%9F%98%80:x", "a" * 5000, "..", "%ff"])
@pytest.mark.parametrize("what", ["confirmar", "terminar"])
def test_a_nonsense_link_is_a_calm_404(client, what, token):
    response = client.post(f"/seguir/{what}/{token}/")
    assert response.status_code == 404


def test_pages_of_one_person_are_kept_nowhere(client, subscription):
    response = client.get(links.ending(subscription))
    assert "no-store" in response["Cache-Control"]
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert subscription.address not in response.content.decode()


def test_links_are_good_after_the_secret_key_changed(client, subscription, settings):
    end = links.ending(subscription)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert client.post(end).status_code == 200
    assert not Subscription.objects.exists()
