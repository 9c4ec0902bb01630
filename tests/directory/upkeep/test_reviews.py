"""What is due for review, and who is reminded of it."""

from datetime import date
from io import StringIO
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.mail import FOR_NOBODY
from directory.models import ContactPoint, Service
from directory.upkeep import reviews
from tests.factories import (
    ChannelFactory,
    ContactReportFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
)
from tests.refusals import refused_by_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = date(2026, 11, 23)
RECENTLY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def intervals(settings):
    settings.REVIEW_INTERVAL_DAYS = 100
    settings.CONTACT_POINT_VERIFIED_FOR_DAYS = 30
    settings.BACK_OFFICE_URL = "https://directorio.example.com"


def due():
    return [(str(each.item), each.last) for each in reviews.due(TODAY)]


def owned(name="A", owner=None, **kwargs):
    """A service with one channel and one phone, both never looked at."""
    owner = owner or UserFactory(username=f"ana-{name}", email=f"{name.lower()}@example.com")
    service = ServiceFactory(name=name, owner=owner, **kwargs)
    ChannelFactory(service=service, contacts=[PhoneFactory(label=f"Línea de {name}")])
    return service


def remind(*arguments):
    out = StringIO()
    call_command("send_review_reminders", *arguments, stdout=out)
    return out.getvalue()


def test_services_are_due_after_their_own_or_the_usual_interval():
    ServiceFactory(name="Usual, due", reviewed_on=date(2026, 8, 15))
    ServiceFactory(name="Usual, not yet", reviewed_on=date(2026, 8, 16))
    ServiceFactory(name="Own, due", reviewed_on=RECENTLY, review_interval_days=22)
    ServiceFactory(name="Own, not yet", reviewed_on=RECENTLY, review_interval_days=23)
    ServiceFactory(name="Never")
    ServiceFactory(name="Draft", is_published=False)
    assert due() == [("Never", None), ("Usual, due", date(2026, 8, 15)), ("Own, due", RECENTLY)]


def test_contact_points_are_due_when_a_published_service_gives_them():
    reviewed = {"reviewed_on": RECENTLY}
    given, escalated, hidden, fresh = (PhoneFactory() for _ in range(4))
    PhoneFactory()
    ContactPoint.objects.filter(pk=given.pk).update(verified_on=date(2026, 10, 24))
    ContactPoint.objects.filter(pk=fresh.pk).update(verified_on=date(2026, 10, 25))
    ChannelFactory(service__reviewed_on=RECENTLY, contacts=[given, fresh])
    EscalationPolicyFactory(
        service=ServiceFactory(**reviewed), levels=[EscalationContactFactory(contacts=[escalated])]
    )
    ChannelFactory(service=ServiceFactory(is_published=False, **reviewed), contacts=[hidden])
    assert due() == [(str(escalated), None), (str(given), date(2026, 10, 24))]


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_due_takes_the_same_queries_at_any_size(count, django_assert_num_queries):
    for number in range(count):
        owned(f"S{number}")
    with django_assert_num_queries(2):
        assert len(due()) == 2 * count


def test_an_interval_is_positive_in_the_database_too():
    with refused_by_the_database():
        ServiceFactory(review_interval_days=0)


def test_each_owner_gets_one_mail_with_what_is_due():
    service = owned("A")
    Service.objects.update(name="A & <b>")
    ChannelFactory(service=owned("B", service.owner), contacts=[PhoneFactory(label="Otra")])
    owned("C")
    ServiceFactory(name="Nobody's")

    assert remind() == (
        "Para ana-A (a@example.com): 2 servicios por revisar, 3 medios de contacto por probar\n"
        "Para ana-C (c@example.com): 1 servicio por revisar, 1 medio de contacto por probar\n"
        "Se enviaron 2 correos.\n"
    )
    two, one = "2 servicios por revisar, 3 medios", "1 servicio por revisar, 1 medio"
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["a@example.com"], f"Directorio de soporte: {two} de contacto por probar"),
        (["c@example.com"], f"Directorio de soporte: {one} de contacto por probar"),
    ]
    address = f"https://directorio.example.com/admin/directory/service/{service.pk}/change/"
    assert f"- A & <b> (nunca se ha revisado)\n  {address}\n" in mail.outbox[0].body


def test_nobody_is_reminded_twice_in_one_period_and_again_in_the_next():
    service = owned("A", review_interval_days=10)
    remind()
    assert remind() == "Se enviaron 0 correos.\n"
    with time_machine.travel("2026-12-02T15:00:00Z", tick=False):
        assert remind() == "Se enviaron 0 correos.\n"
    with time_machine.travel("2026-12-03T15:00:00Z", tick=False):
        assert "1 servicio por revisar\n" in remind()
    with time_machine.travel("2026-12-13T15:00:00Z", tick=False):
        reviews.confirm(service, date(2026, 12, 13))
        assert "1 servicio por revisar" not in remind()


def test_a_contact_point_reaches_the_owners_of_all_services_that_give_it():
    phone = shared_by_ana_and_zoe(email="zoe@example.com")
    remind()
    assert [each.to for each in mail.outbox] == [["ana@example.com"], ["zoe@example.com"]]
    assert all(f"- {phone} (nunca se ha probado)" in each.body for each in mail.outbox)


def test_a_dry_run_sends_and_remembers_nothing():
    owned("A")
    assert remind("--dry-run").endswith("Se enviaría 1 correo.\n")
    assert (mail.outbox, Service.objects.get().reminded_on) == ([], {})


def test_who_cannot_be_written_to_is_named_and_the_others_are_written_to():
    owned("A", UserFactory(username="sin-correo"))
    owned("B")
    owned("Gone", UserFactory(is_active=False, email="x@example.com"))
    with pytest.raises(CommandError, match="Sin recordatorio: sin-correo no tiene correo"):
        remind()
    assert [each.to for each in mail.outbox] == [["b@example.com"]]


def shared_by_ana_and_zoe(**zoe):
    """A contact point that services of both owners give; nothing else is due."""
    phone = PhoneFactory(label="Compartida")
    for owner in (
        UserFactory(username="ana", email="ana@example.com"),
        UserFactory(username="zoe", **zoe),
    ):
        service = ServiceFactory(owner=owner, reviewed_on=RECENTLY)
        ChannelFactory(service=service, contacts=[phone])
    return phone


def test_who_had_no_address_is_reminded_of_shared_contact_points_once_there_is_one():
    phone = shared_by_ana_and_zoe(email="")
    with pytest.raises(CommandError, match="zoe no tiene correo"):
        remind()
    User.objects.filter(username="zoe").update(email="zoe@example.com")
    assert remind() == (
        "Para zoe (zoe@example.com): 1 medio de contacto por probar\nSe envió 1 correo.\n"
    )
    assert [each.to for each in mail.outbox] == [["ana@example.com"], ["zoe@example.com"]]
    assert f"- {phone} (nunca se ha probado)" in mail.outbox[1].body
    assert remind() == "Se enviaron 0 correos.\n"


def test_a_mail_that_failed_is_sent_the_next_time_though_another_owner_got_one(monkeypatch):
    shared_by_ana_and_zoe(email="zoe@example.com")

    def fail_for_zoe(recipient_list, **kwargs):
        if recipient_list == ["zoe@example.com"]:
            raise SMTPServerDisconnected("closed")
        return 1

    command = "directory.management.commands.send_review_reminders.send_mail"
    monkeypatch.setattr(command, fail_for_zoe)
    with pytest.raises(CommandError, match="zoe: closed"):
        remind()

    monkeypatch.undo()
    assert "Se envió 1 correo." in remind()
    assert [each.to for each in mail.outbox] == [["zoe@example.com"]]


def test_a_new_owner_is_reminded_of_what_the_one_before_was_reminded_of():
    service = owned("A")
    remind()
    service.owner = UserFactory(username="zoe", email="zoe@example.com")
    Service.objects.update(owner=service.owner)
    assert remind().startswith("Para zoe (zoe@example.com): 1 servicio por revisar, 1 medio")


def reviewed(name):
    """A service of which nothing is due, and its contact point."""
    service = owned(name, reviewed_on=TODAY)
    ContactPoint.objects.filter(label=f"Línea de {name}").update(verified_on=TODAY)
    return service, ContactPoint.objects.get(label=f"Línea de {name}")


def test_an_owner_is_told_once_what_customers_report_without_their_words():
    service, point = reviewed("A")
    for problem in ("no_answer", "no_answer", "other"):
        ContactReportFactory(
            service=service,
            contact_point=point,
            problem=problem,
            text="Vea https://malo.example.com",
        )
    reviewed("B")
    assert remind() == (
        "Para ana-A (a@example.com): 1 medio de contacto reportado por clientes\n"
        "Se envió 1 correo.\n"
    )
    (sent,) = mail.outbox
    assert sent.subject == "Directorio de soporte: 1 medio de contacto reportado por clientes"
    address = f"https://directorio.example.com/admin/directory/contactpoint/{point.pk}/change/"
    assert f"- {point}: nadie contestó (2), otra cosa (1)\n  {address}#reports-group\n" in sent.body
    assert ("malo" in sent.body, "Sigue" in sent.body) == (False, False)
    with time_machine.travel("2026-11-24T15:00:00Z", tick=False):
        assert remind() == "Se enviaron 0 correos.\n"
        ContactReportFactory(service=service, contact_point=point)
        assert "1 medio de contacto reportado" in remind()
    with time_machine.travel("2026-11-25T15:00:00Z", tick=False):
        assert remind() == "Se enviaron 0 correos.\n"


def test_what_is_closed_or_of_no_contact_point_any_more_is_told_to_nobody():
    service, point = reviewed("A")
    closed = {"closed_at": timezone.now(), "closed_by": service.owner, "closing_word": "Sí"}
    ContactReportFactory(service=service, contact_point=point, **closed)
    ContactReportFactory(service=service, contact_point=None)
    assert remind() == "Se enviaron 0 correos.\n"


def test_a_shared_contact_point_is_told_to_the_owner_of_the_page_that_was_reported():
    _service, point = reviewed("A")
    other, _point = reviewed("B")
    ChannelFactory(service=other, contacts=[point])
    ContactReportFactory(service=other, contact_point=point)
    remind()
    assert [each.to for each in mail.outbox] == [["b@example.com"]]


@pytest.mark.parametrize("names", ["A", "ABC"])
def test_more_reports_cost_an_owner_no_more_queries(names, django_assert_num_queries):
    for name in names:
        service, point = reviewed(name)
        ContactReportFactory(service=service, contact_point=point)
    with django_assert_num_queries(16):
        assert len(reviews.reminders(TODAY)) == len(names)


def test_of_two_runs_at_once_one_writes_to_an_owner(monkeypatch):
    service, point = reviewed("A")
    ContactReportFactory(service=service, contact_point=point)
    owned("C", service.owner)
    send = EmailMessage.send

    def while_another_runs(self, fail_silently=False):
        monkeypatch.setattr(EmailMessage, "send", send)
        assert remind() == "Se enviaron 0 correos.\n"
        return send(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", while_another_runs)
    assert "Se envió 1 correo." in remind()
    assert len(mail.outbox) == 1


def test_only_in_production_links_need_the_address_of_the_back_office(settings):
    settings.PRODUCTION, settings.BACK_OFFICE_URL = True, ""
    service = owned("A")
    with pytest.raises(CommandError, match="Falta BACK_OFFICE_URL"):
        remind()
    assert mail.outbox == []
    settings.PRODUCTION = False
    remind()
    address = f"http://127.0.0.1:8000/admin/directory/service/{service.pk}/change/"
    assert f"  {address}\n" in mail.outbox[0].body


@pytest.mark.parametrize("server", sorted(FOR_NOBODY))
def test_without_a_mail_server_nobody_counts_as_told(settings, server):
    shared_by_ana_and_zoe(email="zoe@example.com")
    used = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = server
    with pytest.raises(CommandError, match="EMAIL_URL"):
        remind()
    settings.EMAIL_BACKEND = used
    assert "Se enviaron 2 correos." in remind()


@pytest.mark.parametrize("said", [ValueError("header"), OSError("away"), 0])
def test_a_mail_that_no_server_took_counts_for_nobody(monkeypatch, said):
    shared_by_ana_and_zoe(email="zoe@example.com")
    with monkeypatch.context() as patch:

        def take(**mail):
            if isinstance(said, Exception):
                raise said
            return said

        patch.setattr("directory.management.commands.send_review_reminders.send_mail", take)
        with pytest.raises(CommandError, match=r"ana: .*zoe: "):
            remind()
    assert "Se enviaron 2 correos." in remind()
