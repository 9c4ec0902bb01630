"""The way back by mail, and what it is worth to who reads the mailbox of somebody else."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.models import FactorRecovery
from tests.addresses import INDEX
from tests.directory.pages import text_of
from tests.second_factors import (
    OVERVIEW,
    code_of,
    give_code,
    give_password,
    is_inside,
    person,
    with_app,
)

pytestmark = pytest.mark.django_db
LOST = "/admin/second-factor/lost/"
NOW = "2026-11-23T12:00:00Z"
DAY = 24 * 60 * 60
NEW = "otras cuatro palabras raras"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def device(eva, clock):
    return with_app(eva)


@pytest.fixture
def asked(eva, device, clock):
    """Eva has asked for the link; she has its address."""
    client = Client()
    give_password(client, eva)
    client.post(LOST)
    return re.search(r"http://\S+?(/admin/second-factor/recover/\S+)", mail.outbox[0].body)[1]


def with_password(eva, password=None):
    client = Client()
    give_password(client, eva, *([password] if password else []))
    return client


def has_one():
    return TOTPDevice.objects.exists()


def test_the_link_opens_after_a_day_and_leads_to_another(eva, asked, clock, required):
    clock.shift(DAY)
    client = Client()
    page = client.get(asked)
    assert page["Location"].startswith("/admin/login/")
    response = client.post(
        page["Location"], {"username": "eva", "password": "cuatro palabras sin nexo", "next": asked}
    )
    assert response["Location"] == asked
    assert "Quitar lo que perdí" in text_of(client.get(asked))
    assert client.post(asked)["Location"] == OVERVIEW
    assert not has_one()
    assert not is_inside(client)
    assert "Configure su segundo factor" in text_of(client.get(OVERVIEW))


def test_where_none_is_required_the_link_opens_the_back_office(eva, asked, clock):
    clock.shift(DAY)
    client = with_password(eva)
    client.post(asked)
    assert is_inside(client)


def test_before_that_day_is_over_it_opens_nothing(eva, asked, clock):
    clock.shift(DAY - 1)
    client = with_password(eva)
    assert "se abre el" in text_of(client.post(asked))
    assert has_one()


def test_after_two_days_it_is_good_no_more(eva, asked, clock):
    clock.shift(2 * DAY + 1)
    assert "ya no sirve" in text_of(with_password(eva).post(asked))
    assert has_one()


def test_it_is_good_once(eva, asked, clock):
    clock.shift(DAY)
    with_password(eva).post(asked)
    device = with_app(eva)
    assert "ya no sirve" in text_of(with_password(eva).post(asked))
    assert TOTPDevice.objects.get() == device


def test_without_the_password_it_opens_nothing(asked, clock):
    clock.shift(DAY)
    assert Client().post(asked)["Location"].startswith("/admin/login/")
    assert has_one()


def test_the_password_of_somebody_else_opens_nothing(asked, clock):
    clock.shift(DAY)
    other = person("otra")
    with_app(other)
    with_password(other).post(asked)
    assert TOTPDevice.objects.count() == 2


def test_who_signs_in_meanwhile_makes_it_worthless(eva, device, asked, clock):
    clock.shift(60)
    give_code(with_password(eva), code_of(device))
    clock.shift(DAY)
    assert "ya no sirve" in text_of(with_password(eva).post(asked))
    assert has_one()


def test_the_administrators_are_told(eva, device, clock):
    person("jefa")
    with_password(eva).post(LOST)
    assert [each.to for each in mail.outbox] == [["eva@example.com"], ["jefa@example.com"]]
    assert "recover/" not in mail.outbox[1].body


def test_nobody_floods_a_mailbox(eva, device, clock):
    for _ in range(6):
        page = with_password(eva).post(LOST)
    assert len(mail.outbox) == 3
    assert "Hoy ya se enviaron" in text_of(page)


def test_only_the_newest_link_is_good(eva, asked, clock):
    clock.shift(60)
    with_password(eva).post(LOST)
    clock.shift(DAY)
    assert "ya no sirve" in text_of(with_password(eva).post(asked))


def set_password_by_mail(client):
    client.post("/admin/password/forgotten/", {"email": "eva@example.com"})
    link = re.search(r"http://\S+?(/admin/password/\S+)", mail.outbox[-1].body)[1]
    where = client.get(link, follow=True).redirect_chain[-1][0]
    return client.post(where, {"new_password1": NEW, "new_password2": NEW})


def test_a_password_that_was_set_by_mail_does_not_skip_the_second_factor(eva, device, clock):
    client = Client()
    assert set_password_by_mail(client)["Location"] == INDEX
    assert not is_inside(client)
    assert client.get(INDEX, follow=True).redirect_chain[-1][0].startswith("/admin/second-factor/")


def test_the_mailbox_alone_does_not_get_in(eva, asked, clock):
    """Who reads it sets another password, and asks for the second factor."""
    thief = Client()
    set_password_by_mail(thief)
    page = thief.post(LOST)
    assert "lea su buzón" in text_of(page)
    assert FactorRecovery.objects.get().asked_at is None
    clock.shift(DAY)
    with_password(eva, NEW).post(asked)
    assert has_one()


def test_an_account_without_an_address_is_sent_to_a_colleague(eva, device, clock):
    eva.email = ""
    eva.save()
    assert "no tiene correo" in text_of(with_password(eva).post(LOST))
    assert mail.outbox == []


def test_a_mail_server_that_is_down_is_told(eva, device, clock, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("directory.admin.second_factor.recovery.send_mail", refuse)
    assert "No se pudo enviar" in text_of(with_password(eva).post(LOST))


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "x" * 3000])
def test_a_link_that_nobody_sent_is_good_for_nothing(eva, device, clock, token):
    page = with_password(eva).post(f"/admin/second-factor/recover/{token}/")
    assert "ya no sirve" in text_of(page)
