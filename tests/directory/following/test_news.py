"""What the daily command mails to those who follow a service."""

import re
import smtplib
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.editions.publish import publish
from directory.editions.withdrawals.withdraw import withdraw
from directory.following import limits, links, mails, news
from directory.models import ContactPoint, DailyCount, Edition, FormerSlug, Service, Subscription
from tests.factories import SubscriptionFactory, UserFactory, complete_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def service(settings):
    settings.PUBLIC_URL = "https://soporte.example.com"
    made = complete_service(slug="mesa", name="Mesa de Ayuda")
    publish(Service.objects.all(), at=datetime(2026, 11, 20, 15, tzinfo=UTC))
    return made


def change(service, introduction="Para clientes."):
    """One more edition."""
    Service.objects.filter(pk=service.pk).update(introduction=introduction)
    return publish(Service.objects.filter(pk=service.pk))[0]


def run():
    return news.send(timezone.now())


def told():
    return [(each.to[0], each.subject) for each in mail.outbox]


def test_a_follower_is_mailed_what_an_edition_changed_once(service):
    subscription = SubscriptionFactory(service=service, address="ana@example.com")
    assert run() == news.Outcome()
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        change(service)
    assert (run(), run()) == (news.Outcome(sent=1), news.Outcome())
    (sent,) = mail.outbox
    end = f"https://soporte.example.com{links.ending(subscription)}"
    assert (sent.to, sent.subject) == (
        ["ana@example.com"],
        "Mesa de Ayuda: Introducción: se agrega Para clientes.",
    )
    assert sent.body == (
        "Esto cambió en Mesa de Ayuda de Certicámara:\n"
        "\n"
        "Edición 2 del 23 de noviembre de 2026\n"
        "- Introducción: se agrega Para clientes.\n"
        "https://soporte.example.com/servicios/mesa/ediciones/2/cambios/\n"
        "\n"
        "La página como está ahora:\n"
        "https://soporte.example.com/servicios/mesa/\n"
        "\n"
        "Recibe este correo porque lo pidió.\n"
        "Para no recibir más estos correos:\n"
        f"{end}\n"
    )
    message = sent.message()
    assert message["List-Unsubscribe"] == f"<{end}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_several_editions_are_one_mail_in_the_language_of_the_subscription(service):
    SubscriptionFactory(service=service, language="en")
    for text in ("Uno", "Dos", "Tres"):
        change(service, text)
    run()
    (sent,) = mail.outbox
    assert sent.subject == "Mesa de Ayuda: 3 changes"
    assert re.findall(r"^Edition (\d)", sent.body, re.MULTILINE) == ["4", "3", "2"]
    assert "https://soporte.example.com/en/servicios/mesa/" in sent.body


def test_a_language_that_the_site_has_no_more_becomes_its_own(service):
    SubscriptionFactory(service=service, language="eo")
    change(service)
    run()
    assert mail.outbox[0].subject.startswith("Mesa de Ayuda: Introducción")


def test_many_editions_are_told_as_far_as_a_mail_goes(service):
    SubscriptionFactory(service=service)
    for number in range(mails.EDITIONS_AT_MOST + 2):
        change(service, f"Texto {number}")
    run()
    assert mail.outbox[0].body.count("\nEdición ") == mails.EDITIONS_AT_MOST
    assert "https://soporte.example.com/servicios/mesa/ediciones/\n" in mail.outbox[0].body


def test_what_nobody_confirmed_is_told_nothing(service):
    SubscriptionFactory(service=service, confirmed_at=None, told_number=None)
    change(service)
    assert run().sent == 0


def test_a_withdrawn_edition_is_not_told(service):
    SubscriptionFactory(service=service)
    secret = change(service, "Llame a Ana: 300 123 4567")
    change(service, "Para todos.")
    staff = UserFactory(is_superuser=True)
    withdraw(Edition.objects.filter(pk=secret.pk), by=staff, reason="Un dato personal")
    run()
    (sent,) = mail.outbox
    assert "300 123 4567" not in sent.body + sent.subject
    assert ("Edición 2" in sent.body, "Edición 3" in sent.body) == (False, True)


def test_a_renamed_service_is_told_with_its_new_address(service):
    SubscriptionFactory(service=service)
    Service.objects.filter(pk=service.pk).update(slug="ayuda")
    FormerSlug.objects.remember({service.pk: "mesa"})
    publish(Service.objects.all())
    run()
    assert "https://soporte.example.com/servicios/ayuda/" in mail.outbox[0].body


def test_a_service_that_is_offline_is_told_when_it_is_back(service):
    SubscriptionFactory(service=service)
    change(service)
    Service.objects.update(is_published=False)
    assert run().sent == 0
    Service.objects.update(is_published=True)
    assert run().sent == 1


def test_the_end_of_a_service_is_the_last_mail_and_forgets_the_address(service):
    SubscriptionFactory(service=service, address="ana@example.com")
    complete_service(slug="otra", name="Otra mesa")
    Service.objects.filter(pk=service.pk).update(
        is_published=False,
        ended_on="2026-11-20",
        ended_note="Use la otra.",
        successor=Service.objects.get(slug="otra"),
    )
    assert (run(), run()) == (news.Outcome(sent=1), news.Outcome())
    assert told() == [("ana@example.com", "Mesa de Ayuda ya no se ofrece")]
    assert mail.outbox[0].body == (
        "Mesa de Ayuda de Certicámara ya no se ofrece.\n"
        "Use la otra.\n"
        "\n"
        "Use en su lugar: Otra mesa\n"
        "https://soporte.example.com/servicios/otra/\n"
        "\n"
        "Este es el último correo sobre este servicio, y su dirección se borra ahora.\n"
    )
    assert not Subscription.objects.exists()


def fail_for(monkeypatch, address, error):
    send = EmailMessage.send

    def failing(self, fail_silently=False):
        if self.to == [address]:
            raise error
        return send(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", failing)


def test_one_address_that_fails_is_tried_again_and_stops_no_other(service, monkeypatch):
    for name in ("ana", "bob", "eva"):
        SubscriptionFactory(service=service, address=f"{name}@example.com")
    change(service)
    with monkeypatch.context() as patched:
        fail_for(patched, "bob@example.com", smtplib.SMTPServerDisconnected("bob@example.com: bye"))
        outcome = run()
    assert outcome.sent == 2
    # What cron mails to staff has no addresses.
    (why,) = outcome.failed
    assert ("bob@" in why, "Mesa de Ayuda" in why) == (False, True)
    assert run().sent == 1
    assert [each.to[0][:3] for each in mail.outbox] == ["ana", "eva", "bob"]


def test_a_mailbox_that_is_not_there_is_forgotten_after_some_runs(service, monkeypatch):
    SubscriptionFactory(service=service, address="ana@example.com")
    change(service)
    refused = smtplib.SMTPRecipientsRefused({"ana@example.com": (550, b"no such user")})
    fail_for(monkeypatch, "ana@example.com", refused)
    for _number in range(news.REFUSALS_AT_MOST):
        assert Subscription.objects.count() == 1
        assert run().sent == 0
    assert not Subscription.objects.exists()


def test_a_mailbox_that_is_full_is_not_forgotten(service, monkeypatch):
    SubscriptionFactory(service=service, address="ana@example.com")
    change(service)
    busy = smtplib.SMTPRecipientsRefused({"ana@example.com": (452, b"mailbox full")})
    fail_for(monkeypatch, "ana@example.com", busy)
    for _number in range(news.REFUSALS_AT_MOST + 1):
        run()
    assert Subscription.objects.count() == 1


def test_without_a_server_nothing_is_noted_as_told(service, monkeypatch):
    SubscriptionFactory(service=service)
    change(service)

    def away(self):
        raise ConnectionRefusedError("no server")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
        assert run() == news.Outcome(failed=["no server"])
    assert run().sent == 1


def test_of_two_runs_at_once_one_mails(service, monkeypatch):
    SubscriptionFactory(service=service)
    change(service)
    send = EmailMessage.send

    def while_another_runs(self, fail_silently=False):
        monkeypatch.setattr(EmailMessage, "send", send)
        assert run().sent == 0
        return send(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", while_another_runs)
    assert (run().sent, len(mail.outbox)) == (1, 1)


def test_a_run_that_is_killed_mails_nobody_twice(service, monkeypatch):
    for name in ("ana", "bob"):
        SubscriptionFactory(service=service, address=f"{name}@example.com")
    change(service)
    send = EmailMessage.send

    def killed(self, fail_silently=False):
        send(self, fail_silently)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    run()
    assert sorted(each.to[0] for each in mail.outbox) == ["ana@example.com", "bob@example.com"]


def test_a_run_forgets_what_was_counted_on_former_days():
    with time_machine.travel("2026-11-20T15:00:00Z", tick=False):
        limits.may_ask("192.0.2.7", timezone.now())
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        run()
    assert not DailyCount.objects.exists()


def test_that_a_contact_was_tried_is_no_news(service):
    SubscriptionFactory(service=service)
    for day in ("2026-11-03", "2026-11-04"):
        ContactPoint.objects.update(verified_on=day)
        publish(Service.objects.all())
    assert run() == news.Outcome()
    assert Subscription.objects.get().told_number == 3
    ContactPoint.objects.update(verified_on="2026-11-05")
    change(service)
    for number in range(mails.EDITIONS_AT_MOST + 1):
        ContactPoint.objects.update(verified_on=date(2026, 11, 6 + number))
        publish(Service.objects.all())
    run()
    (sent,) = mail.outbox
    assert sent.body.count("\nEdición ") == 1
    assert "- Introducción: se agrega Para clientes.\n" in sent.body
    assert "/ediciones/\n" not in sent.body


def test_a_mail_that_perhaps_arrived_is_known_again_by_its_message_id(service, monkeypatch):
    first, other = (SubscriptionFactory(service=service) for _number in range(2))
    change(service)
    sent = []

    def broken_off(self, fail_silently=False):
        sent.append(self.message()["Message-ID"])
        raise smtplib.SMTPServerDisconnected("after the mail")

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", broken_off)
        assert run().sent == 0
    run()
    assert [each.message()["Message-ID"] for each in mail.outbox] == sent
    assert sent == [f"<2.{each.key.hex}@soporte.example.com>" for each in (first, other)]
    change(service, "Otra vez.")
    run()
    assert len({each.message()["Message-ID"] for each in mail.outbox}) == 4


def test_who_ended_it_meanwhile_is_not_written_to(service, monkeypatch):
    subscription = SubscriptionFactory(service=service)
    change(service)
    compose = mails.changes

    def ended_meanwhile(*args):
        Subscription.objects.filter(pk=subscription.pk).delete()
        return compose(*args)

    monkeypatch.setattr(mails, "changes", ended_meanwhile)
    assert (run().sent, mail.outbox) == (0, [])


def test_more_followers_cost_only_their_own_notes(service):
    def queries(followers):
        Subscription.objects.all().delete()
        for _number in range(followers):
            SubscriptionFactory(service=service)
        change(service, f"{followers}")
        Subscription.objects.update(told_number=Edition.objects.count() - 1)
        with CaptureQueriesContext(connection) as captured:
            assert run().sent == followers
        return len(captured) - followers

    assert queries(1) == queries(9)


def test_the_command_tells_followers_and_says_how_many(service, capsys):
    SubscriptionFactory(service=service)
    change(service)
    call_command("send_review_reminders", dry_run=True)
    assert "Se enviaría 1 correo a seguidores." in capsys.readouterr().out
    assert mail.outbox == []
    call_command("send_review_reminders")
    assert "Se envió 1 correo a seguidores." in capsys.readouterr().out


def test_the_command_tells_followers_even_where_reminders_cannot_be_sent(service, settings):
    SubscriptionFactory(service=service)
    change(service)
    settings.PRODUCTION, settings.BACK_OFFICE_URL = True, ""
    with pytest.raises(CommandError, match="BACK_OFFICE_URL"):
        call_command("send_review_reminders")
    assert len(mail.outbox) == 1
