"""A forgotten password and a locked account: the way back in."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from directory.admin.sign_in.limits import LIMITS
from tests.addresses import INDEX, list_url, page_url
from tests.directory.pages import text_of
from tests.editing import told
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FORGOTTEN = "/admin/password/forgotten/"
PASSWORD = "caballo-verde-7"


@pytest.fixture
def eva():
    return UserFactory(
        username="eva", email="eva@example.com", is_staff=True, is_superuser=True, password="x"
    )


def sign_in(client, typed="falsa", times=1):
    sent = {"username": "eva", "password": typed}
    return [client.post(f"{INDEX}login/", sent) for _ in range(times)][-1]


def ask(client, email="eva@example.com"):
    return client.post(FORGOTTEN, {"email": email})


def link():
    return re.search(r"http://\S+?(/admin/password/\S+)", mail.outbox[-1].body)[1]


def set_password(client):
    where = client.get(link(), follow=True).redirect_chain[-1][0]
    return client.post(where, {"new_password1": PASSWORD, "new_password2": PASSWORD})


def test_the_page_to_sign_in_leads_to_a_new_password(client):
    assert f'href="{FORGOTTEN}"' in text_of(client.get(f"{INDEX}login/"))


def test_who_forgot_the_password_sets_another_one(client, eva):
    ask(client, "EVA@example.com")
    assert set_password(client)["Location"] == INDEX
    eva.refresh_from_db()
    assert eva.check_password(PASSWORD)


def test_the_answer_does_not_tell_who_has_an_account(client, eva):
    pages = []
    for email in ("eva@example.com", "nadie@example.com"):
        page = text_of(ask(client, email))
        pages.append(re.sub(r'value="\w{64}"', "", page))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_staff": False}])
def test_who_may_not_sign_in_gets_no_link(client, eva, state):
    User.objects.update(**state)
    assert ask(client).status_code == 200
    assert mail.outbox == []


def test_a_link_of_somebody_who_is_deactivated_meanwhile_opens_nothing(client, eva):
    ask(client)
    User.objects.update(is_active=False)
    assert "Este enlace ya no sirve" in text_of(client.get(link(), follow=True))


def test_who_was_invited_and_lost_the_mail_gets_another(client, eva):
    eva.set_unusable_password()
    eva.save()
    ask(client)
    assert set_password(client)["Location"] == INDEX


def test_mails_are_not_sent_again_and_again(client, eva):
    for _ in range(3):
        ask(client)
    assert len(mail.outbox) == 1


def test_one_place_asks_for_few_accounts(client):
    for number in range(30):
        UserFactory(email=f"p{number}@example.com", is_staff=True)
        ask(client, f"p{number}@example.com")
    assert len(mail.outbox) == 20


def test_a_mail_server_that_is_down_tells_nothing(client, eva, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("directory.admin.sign_in.account_links.send_mail", refuse)
    assert "va en camino" in text_of(ask(client))


@pytest.mark.parametrize("email", ["", "x", "a@b\nBcc: c@d.e", "a" * 300 + "@b.co", "\0"])
def test_what_is_no_address_is_refused(client, email):
    assert [*ask(client, email).context["form"].errors] == ["email"]


def test_passwords_that_are_weak_are_refused_with_the_reason(client, eva):
    ask(client)
    where = client.get(link(), follow=True).redirect_chain[-1][0]
    page = client.post(where, {"new_password1": "123", "new_password2": "123"})
    assert "demasiado corta" in text_of(page)


# ---- Locked ------------------------------------------------------------------------------------


@pytest.fixture
def locked(client, eva):
    sign_in(client, times=LIMITS["password"].of_one)
    return eva


def test_a_locked_account_says_until_when_and_shows_the_ways_out(client, locked):
    page = sign_in(client)
    seen = text_of(page)
    assert page.status_code == 429
    assert re.search(r"Se abre por sí sola: \d\d/\d\d/\d{4} \d", seen)
    assert f'href="{FORGOTTEN}"' in seen
    assert "Desbloquear" in seen


def test_trying_meanwhile_does_not_make_it_longer(client, locked):
    first, last = (re.search(r"sola: ([^.<]+)", text_of(sign_in(client)))[1] for _ in range(2))
    assert first == last


def test_a_new_password_unlocks(client, locked):
    ask(client)
    set_password(client)
    other = Client()
    assert sign_in(other, PASSWORD)["Location"] == "/admin/"


def test_a_colleague_unlocks_from_the_list(client, locked, admin_client):
    unlock = page_url(User, "unlock", locked.pk)
    page = text_of(admin_client.get(list_url(User)))
    assert "Bloqueada hasta el" in page
    assert f'formaction="{unlock}"' in page
    assert "puede entrar de nuevo" in told(admin_client.post(unlock))[0]
    assert LogEntry.objects.get().get_change_message() == "Se desbloqueó."
    assert "Bloqueada hasta el" not in text_of(admin_client.get(list_url(User)))
    assert sign_in(client).status_code == 200


def test_a_name_that_nobody_has_is_locked_alike(client):
    assert sign_in(client, times=LIMITS["password"].of_one).status_code == 429
