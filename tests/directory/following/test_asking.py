"""Asking for mails about a service: the form, its one answer, its limits."""

import logging
import smtplib
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from directory.editions.publish import publish
from directory.following import limits, subscriptions
from directory.models import DailyCount, FormerSlug, Service, Subscription
from tests.directory.following.mails import link
from tests.factories import SubscriptionFactory, complete_service

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/servicios/mesa/seguir/", "/servicios/mesa/seguir/pedido/"


@pytest.fixture(autouse=True)
def service(settings):
    settings.PUBLIC_URL = "https://soporte.example.com"
    made = complete_service(slug="mesa", name="Mesa de Ayuda")
    publish(Service.objects.all())
    return made


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False) as traveller:
        yield traveller


def ask(client, address, page=PAGE, clock=None, **kwargs):
    if clock:
        clock.shift(subscriptions.ONCE_IN)
    return client.post(page, {"address": address}, **kwargs)


def test_who_asks_is_sent_a_link_and_nothing_else_until_it_is_confirmed(client):
    response = ask(client, " Ana@Example.COM ")
    assert (response.status_code, response["Location"]) == (302, ANSWER)
    assert client.get(ANSWER).status_code == 200
    (sent,) = mail.outbox
    assert sent.to == ["ana@example.com"]
    assert sent.subject == "Confirme: cambios de Mesa de Ayuda por correo"
    assert "https://soporte.example.com/seguir/confirmar/" in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    subscription = Subscription.objects.get()
    assert (subscription.address, subscription.language) == ("ana@example.com", "es")
    assert (subscription.confirmed_at, subscription.told_number) == (None, None)


def test_the_language_of_the_page_is_that_of_the_mails(client):
    response = ask(client, "ana@example.com", f"/en{PAGE}")
    assert response["Location"] == f"/en{ANSWER}"
    assert Subscription.objects.get().language == "en"
    assert mail.outbox[0].subject == "Confirm: changes of Mesa de Ayuda by mail"
    assert link(mail.outbox[0], "confirmar").startswith("/en/seguir/")


def test_the_answer_does_not_tell_who_is_subscribed(client, service):
    SubscriptionFactory(service=service, address="ana@example.com")
    answers = [ask(client, address) for address in ("ana@example.com", "otra@example.com")]
    assert len({(each.status_code, each["Location"], each.content) for each in answers}) == 1
    # And something is mailed in both cases.
    assert [each.to for each in mail.outbox] == [["ana@example.com"], ["otra@example.com"]]
    assert mail.outbox[0].subject == "Ya sigue los cambios de Mesa de Ayuda"


def test_asking_again_leaves_one_subscription_whose_first_link_is_good_too(client, clock):
    ask(client, "ana@example.com")
    ask(client, "ANA@example.com", f"/en{PAGE}", clock)
    assert Subscription.objects.get().language == "en"
    client.post(link(mail.outbox[0], "confirmar"))
    assert Subscription.objects.get().confirmed_at is not None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nadie",
        "a@b",
        "ana@example.com\nBcc: otra@example.com",
        "ana@example.com, otra@example.com",
        "Ana <ana@example.com> <otra@example.com>",
        "ána@example.com",
        "a\x00b@example.com",
        "a" * 250 + "@example.com",
        "a" * 20_000,
        "<script>alert(1)</script>@example.com",
        "ana@[127.0.0.1]",
    ],
)
def test_what_is_no_address_is_refused_with_words(client, address):
    response = ask(client, address)
    assert (response.status_code, mail.outbox) == (422, [])
    assert response.context["form"].errors.keys() == {"address"}
    assert b"<script>alert" not in response.content
    assert not Subscription.objects.exists()


def test_a_host_in_letters_of_its_language_is_written_to_as_the_network_has_it(client):
    ask(client, "ana@ñandú.co")
    assert Subscription.objects.get().address == "ana@ñandú.co"
    assert mail.outbox[0].to == ["ana@xn--and-6ma2c.co"]
    assert mail.outbox[0].message()["To"] == "ana@xn--and-6ma2c.co"


@pytest.mark.parametrize("filled", ["spam", "\x00"])
def test_a_program_that_fills_in_everything_asks_for_nothing(client, filled):
    response = client.post(PAGE, {"address": "ana@example.com", "reference": filled})
    assert "pulse el botón una vez más" in response.content.decode()
    assert (mail.outbox, Subscription.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://malo.example.com"}]
)
def test_a_page_of_another_site_cannot_ask_through_its_visitors(client, headers):
    response = ask(client, "ana@example.com", headers=headers)
    assert "pulse el botón una vez más" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("is_subscribed", [False, True])
def test_who_presses_twice_is_written_to_once_and_told_the_same(
    client, clock, service, is_subscribed
):
    if is_subscribed:
        asked_at = timezone.now() - subscriptions.ONCE_IN
        SubscriptionFactory(service=service, address="ana@example.com", asked_at=asked_at)
    answers = [ask(client, "ana@example.com") for _number in range(5)]
    clock.shift(subscriptions.ONCE_IN / 2)
    answers.append(ask(client, "Ana@example.com"))
    assert {each["Location"] for each in answers} == {ANSWER}
    assert len(mail.outbox) == 1
    ask(client, "ana@example.com", clock=clock)
    assert len(mail.outbox) == 2


def test_one_mailbox_gets_few_mails_a_day_and_who_asks_is_told_the_same(client, clock):
    for number in range(limits.TO_ADDRESS_OF_SERVICE + 3):
        answer = ask(client, "ana@example.com", clock=clock, REMOTE_ADDR=f"10.0.0.{number}")
        assert answer.status_code == 302
    assert len(mail.outbox) == limits.TO_ADDRESS_OF_SERVICE


def test_other_spellings_of_one_mailbox_count_as_one(client):
    spellings = [f"ana.ruiz+{number}@example.com" for number in range(5)]
    for number, address in enumerate([*spellings, "an.aruiz@example.com", "ANARUIZ@example.com"]):
        assert ask(client, address, REMOTE_ADDR=f"10.0.0.{number}").status_code == 302
    assert [each.to[0] for each in mail.outbox] == spellings[: limits.TO_ADDRESS_OF_SERVICE]
    ask(client, "anaruiz@example.org")
    assert len(mail.outbox) == limits.TO_ADDRESS_OF_SERVICE + 1


def test_one_mailbox_gets_few_mails_a_day_about_all_services(client):
    for number in range(limits.TO_ADDRESS + 2):
        complete_service(slug=f"otro-{number}")
    publish(Service.objects.all())
    for number in range(limits.TO_ADDRESS + 2):
        ask(client, "ana@example.com", f"/servicios/otro-{number}/seguir/")
    assert len(mail.outbox) == limits.TO_ADDRESS


def test_one_network_asks_for_some_mails_a_day_whatever_its_address(client):
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        for number in range(limits.FROM_CLIENT):
            ask(client, f"a{number}@example.com", REMOTE_ADDR=f"2001:db8::{number:x}")
        refused = ask(client, "b@example.com", REMOTE_ADDR="2001:db8::ffff")
        assert "intente de nuevo mañana" in refused.content.decode()
        assert (refused.status_code, len(mail.outbox)) == (429, limits.FROM_CLIENT)
        assert ask(client, "b@example.com", REMOTE_ADDR="2001:db8:0:1::1").status_code == 302
    with time_machine.travel("2026-11-25T15:00:00Z", tick=False):
        assert ask(client, "c@example.com", REMOTE_ADDR="2001:db8::1").status_code == 302
        # What was counted before yesterday is forgotten.
        assert {each.day.day for each in DailyCount.objects.all()} == {25}


def test_many_networks_ask_for_so_many_mails_a_day(client, monkeypatch):
    monkeypatch.setattr(limits, "FROM_ALL", 2)
    answers = [
        ask(client, f"a{number}@example.com", REMOTE_ADDR=f"10.0.0.{number}").status_code
        for number in range(3)
    ]
    assert (answers, len(mail.outbox)) == ([302, 302, 429], 2)


def test_limits_store_no_address(client):
    ask(client, "ana@example.com", REMOTE_ADDR="192.0.2.7")
    stored = str(list(DailyCount.objects.values()))
    assert ("ana" in stored, "192.0.2" in stored) == (False, False)


def test_a_count_is_taken_as_often_as_allowed_and_by_day():
    day, take = date(2026, 11, 23), DailyCount.objects.take
    assert [take(day, "a", 2) for _number in range(3)] == [True, True, False]
    assert (take(day, "b", 2), take(date(2026, 11, 24), "a", 2)) == (True, True)
    assert take(day, "c", 0) is False


def test_a_count_that_is_given_back_can_be_taken_again():
    day, counts = date(2026, 11, 23), DailyCount.objects
    for given_back, left in [(1, [1]), (2, [])]:
        counts.all().delete()
        for _number in range(2):
            counts.take(day, "a", 2)
        for _number in range(given_back):
            counts.give_back(day, "a")
        assert list(counts.values_list("count", flat=True)) == left
    counts.give_back(day, "a")
    assert counts.take(day, "a", 1) is True


def test_what_nobody_confirms_is_forgotten_after_days(client):
    with time_machine.travel("2026-11-20T15:00:00Z", tick=False):
        ask(client, "ana@example.com")
    with time_machine.travel("2026-11-24T15:00:00Z", tick=False):
        ask(client, "otra@example.com")
    assert [each.address for each in Subscription.objects.all()] == ["otra@example.com"]


def test_a_server_that_refuses_the_address_is_nobodys_business(client, monkeypatch, caplog):
    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({"ana@example.com": (550, b"no")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert ask(client, "ana@example.com")["Location"] == ANSWER
    assert "ana@example.com" not in caplog.text


def test_without_a_mail_server_the_page_says_so_and_asking_again_is_good(client, caplog):
    def fail(self, fail_silently=False):
        raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patched, caplog.at_level(logging.CRITICAL):
        patched.setattr("django.core.mail.EmailMessage.send", fail)
        for _number in range(limits.TO_ADDRESS_OF_SERVICE + 1):
            response = ask(client, "ana@example.com")
            assert response.status_code == 422
            assert "no se puede enviar el correo" in response.content.decode()
    assert ask(client, "ana@example.com")["Location"] == ANSWER
    assert [each.to for each in mail.outbox] == [["ana@example.com"]]


def test_the_form_needs_no_cookie_and_sets_none():
    client = Client(enforce_csrf_checks=True)
    assert client.get(PAGE).cookies == {}
    assert ask(client, "ana@example.com").status_code == 302


def test_where_mails_reach_nobody_none_is_offered(client, settings):
    settings.EMAIL_BACKEND = "config.mail.NoMailServer"
    assert b"<form" not in client.get(PAGE).content
    assert ask(client, "ana@example.com").status_code == 200
    assert not Subscription.objects.exists()


def test_a_body_of_ten_megabytes_is_too_much(client):
    assert client.post(PAGE, {"address": "a" * 10_000_000}).status_code == 413
    assert mail.outbox == []


def test_a_service_that_ended_or_never_was_takes_no_subscription(client, service):
    Service.objects.filter(pk=service.pk).update(is_published=False, ended_on="2026-11-01")
    assert ask(client, "ana@example.com").status_code == 410
    assert ask(client, "ana@example.com", "/servicios/nada/seguir/").status_code == 404
    assert not Subscription.objects.exists()


def test_what_was_sent_to_a_former_address_goes_along(client, service):
    FormerSlug.objects.create(slug="vieja", service=service)
    response = ask(client, "ana@example.com", "/en/servicios/vieja/seguir/")
    assert (response.status_code, response["Location"]) == (307, f"/en{PAGE}")
    assert client.get("/servicios/vieja/seguir/").status_code == 301


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(PAGE).status_code == 405
