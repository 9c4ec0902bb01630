"""Mails where no mail server is set: links that set passwords are in no log."""

import logging

import pytest
from django.core.mail import send_mail
from django.test import Client

from config.mail import NOWHERE
from directory.models import AuditEntry, Event
from tests.environment import manage
from tests.people import client_of
from tests.second_factors import person

PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "k" * 25 + "0123456789" * 4,
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "sqlite:////tmp/none.sqlite3",
    "ORGANIZATION_NAME": "Ejemplo",
}


@pytest.mark.parametrize(
    ("variables", "backend"),
    [
        ({}, NOWHERE),
        ({"EMAIL_URL": "consolemail://"}, NOWHERE),
        ({"EMAIL_URL": "smtp://localhost"}, "django.core.mail.backends.smtp.EmailBackend"),
    ],
)
def test_in_production_mode_no_mail_is_printed(variables, backend):
    ran = manage("diffsettings", "--all", **PRODUCTION, **variables)
    assert f"EMAIL_BACKEND = {backend!r}" in ran.stdout.replace("### ", "").replace("+ ", "")


def test_whoever_wants_something_sent_is_told(settings):
    settings.EMAIL_BACKEND = NOWHERE
    with pytest.raises(OSError, match="EMAIL_URL"):
        send_mail("a", "b", None, ["a@example.com"])


@pytest.mark.django_db
def test_who_forgets_a_password_puts_no_link_into_the_log(settings, capfd, caplog):
    settings.EMAIL_BACKEND = NOWHERE
    person()
    with caplog.at_level(logging.INFO):
        Client().post("/admin/password/forgotten/", {"email": "eva@example.com"})
    printed = "".join(capfd.readouterr()) + caplog.text
    assert "/admin/password/" not in printed.replace("/admin/password/forgotten/", "")
    assert not AuditEntry.objects.filter(event=Event.PASSWORD_LINK_SENT).exists()


@pytest.mark.django_db
def test_nobody_is_invited_by_a_mail_that_is_not_sent(settings):
    settings.EMAIL_BACKEND = NOWHERE
    settings.FOUR_EYES = "off"
    sent = {"first_name": "Beto", "email": "beto@example.com", "role": "administrator"}
    page = client_of(person()).post("/admin/auth/user/invite/", sent)
    assert "EMAIL_URL" in page.content.decode()
    assert not AuditEntry.objects.filter(event=Event.PERSON_INVITED).exists()
