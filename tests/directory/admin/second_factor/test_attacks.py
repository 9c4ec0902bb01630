"""What somebody tries who has a part of what is needed: the password, a mailbox, a session."""

import threading

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.admin.second_factor import asking, codes, setting_up
from directory.models import AuditEntry, Event, FactorRecovery, Passkey
from tests.people import client_of
from tests.second_factors import (
    OVERVIEW,
    code_of,
    give_code,
    give_password,
    is_inside,
    options,
    person,
    recovery_codes,
    sign_in,
    with_app,
    with_passkey,
)

pytestmark = pytest.mark.django_db
ALONE = "/admin/second-factor/passkey/"
LOST = "/admin/second-factor/lost/"
APP = f"{OVERVIEW}app/"
NOON, LATER = "2026-11-23T17:00:00Z", "2026-11-23T17:05:00Z"
ELSEWHERE = "ladron@example.com"


# ---- The log that nothing is removed from ----------------------------------------------------


def test_a_stranger_does_not_fill_the_audit_log_by_showing_passkeys_that_nobody_asked_for(db):
    for answer in ("", "x", "{}", "[" * 5_000):
        assert Client().post(ALONE, {asking.PASSKEY: answer}).status_code == 403
    assert not AuditEntry.objects.filter(event=Event.SIGN_IN_FAILED).exists()


def test_an_answer_to_what_was_asked_is_on_record_once(client, eva):
    with_passkey(eva)
    options(client, "alone")
    for _each in range(3):
        client.post(ALONE, {asking.PASSKEY: "{}"})
    assert AuditEntry.objects.filter(event=Event.SIGN_IN_FAILED).count() == 1


# ---- Recovery codes --------------------------------------------------------------------------


def test_a_recovery_code_that_lets_somebody_in_is_on_record_and_told(client, eva, mailoutbox):
    with_app(eva)
    code = recovery_codes(eva)[0]
    give_password(client, eva)
    give_code(client, code)
    assert is_inside(client)
    entry = AuditEntry.objects.get(event=Event.RECOVERY_CODE_USED)
    assert (entry.user_name, entry.about_key) == ("eva", str(eva.pk))
    assert [each.to for each in mailoutbox] == [["eva@example.com"]]
    assert code not in mailoutbox[0].body


def test_who_came_in_with_a_recovery_code_stays_in_when_new_ones_are_made(client, eva):
    with_app(eva)
    code = recovery_codes(eva)[0]
    give_password(client, eva)
    give_code(client, code)
    new = client.post(f"{OVERVIEW}codes/").context["codes"][0]
    assert is_inside(client)
    other = Client()
    give_password(other, eva)
    give_code(other, code)
    assert not is_inside(other)
    give_code(other, new)
    assert is_inside(other)


# ---- The first second factor -----------------------------------------------------------------


def test_of_two_who_know_the_password_one_sets_the_first_factor(required, eva):
    first, second = Client(), Client()
    for each in (first, second):
        give_password(each, eva)
        each.get(APP)
    keys = [each.session[setting_up.NEW_KEY] for each in (first, second)]
    answers = [
        each.post(APP, {setting_up.NEW_CODE: code_of(codes.app_with(eva, key))})
        for each, key in zip((first, second), keys, strict=True)
    ]
    assert [each.status_code for each in answers] == [200, 302]
    assert TOTPDevice.objects.get().key == keys[0]
    assert (is_inside(first), is_inside(second)) == (True, False)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_sets_the_first_factor(required):
    eva = person()
    both = [Client(), Client()]
    for each in both:
        give_password(each, eva)
        each.get(APP)
    sent = [
        {setting_up.NEW_CODE: code_of(codes.app_with(eva, each.session[setting_up.NEW_KEY]))}
        for each in both
    ]
    together, answers = threading.Barrier(2), []

    def run(client, data):
        together.wait()
        answers.append(client.post(APP, data).status_code)
        connection.close()

    threads = [threading.Thread(target=run, args=each) for each in zip(both, sent, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [200, 302]
    assert TOTPDevice.objects.count() == 1
    assert sorted(map(is_inside, both)) == [False, True]


# ---- Another address -------------------------------------------------------------------------


def moved(client, whom, run):
    page = client.get(f"/admin/auth/user/{whom.pk}/change/")
    sent = {
        name: page.context["adminform"].form[name].value() or ""
        for name in ("first_name", "last_name", "email")
    }
    with run(execute=True):
        return client.post(
            f"/admin/auth/user/{whom.pk}/change/",
            sent | {"first_name": "Eva", "email": ELSEWHERE},
        )


def test_who_manages_people_does_not_move_an_account_to_another_mailbox_unseen(
    settings, eva, mailoutbox, django_capture_on_commit_callbacks
):
    settings.FOUR_EYES = "off"
    moved(client_of(person("jefe")), eva, django_capture_on_commit_callbacks)
    eva.refresh_from_db()
    assert eva.email == ELSEWHERE
    assert [each.to for each in mailoutbox] == [["eva@example.com"]]
    assert ELSEWHERE not in mailoutbox[0].body


def test_with_four_eyes_it_waits_and_the_former_address_is_told_when_it_is_published(
    settings, eva, mailoutbox, django_capture_on_commit_callbacks
):
    settings.FOUR_EYES = "risky"
    response = moved(client_of(person("jefe")), eva, django_capture_on_commit_callbacks)
    eva.refresh_from_db()
    assert eva.email == "eva@example.com"
    mailoutbox.clear()
    decide = response["Location"].replace("change", "decide")
    with django_capture_on_commit_callbacks(execute=True):
        client_of(person("otro")).post(decide, {"_publish": "1"})
    eva.refresh_from_db()
    assert eva.email == ELSEWHERE
    assert ["eva@example.com"] in [each.to for each in mailoutbox]


def test_without_a_second_factor_the_former_address_is_told_too(
    eva, mailoutbox, django_capture_on_commit_callbacks
):
    sent = {"first_name": "Eva", "email": ELSEWHERE, "password": "cuatro palabras sin nexo"}
    with django_capture_on_commit_callbacks(execute=True):
        client_of(eva).post("/admin/account/", sent)
    assert [each.to for each in mailoutbox] == [["eva@example.com"]]


# ---- A link that waits -----------------------------------------------------------------------


@pytest.fixture
def waiting(eva):
    """Who has password and mailbox has asked for the link, while Eva is in."""
    device = with_app(eva)
    inside, thief = Client(), Client()
    with time_machine.travel(NOON, tick=False):
        sign_in(inside, eva, device)
        give_password(thief, eva)
        thief.post(LOST)
    assert FactorRecovery.objects.exclude(asked_at=None).exists()
    return inside, device


@pytest.mark.asks
def test_a_link_is_good_no_more_when_its_owner_confirms_with_the_second_factor(waiting):
    inside, device = waiting
    with time_machine.travel(LATER, tick=False):
        inside.post(f"{OVERVIEW}codes/", {asking.CODE: code_of(device)})
    assert not FactorRecovery.objects.exclude(asked_at=None).exists()


def test_a_link_is_good_no_more_when_the_account_gets_another_address(waiting, eva):
    sent = {"first_name": "Eva", "email": "nueva@example.com"}
    inside, _device = waiting
    sent["password"] = "cuatro palabras sin nexo"
    with time_machine.travel(LATER, tick=False):
        inside.post("/admin/account/", sent)
    eva.refresh_from_db()
    assert eva.email == "nueva@example.com"
    assert not FactorRecovery.objects.exclude(asked_at=None).exists()


# ---- A session that ended ---------------------------------------------------------------------


def test_a_recovery_code_does_not_stay_in_the_page_that_asks_to_sign_in(client, eva):
    code = recovery_codes(eva)[0]
    page = client.post("/admin/auth/user/invite/", {"first_name": "Ana", asking.CODE: code})
    assert page.context["kept"].fields == (("first_name", "Ana"),)
    assert page.context["kept"].has_secrets


# ---- Putting others out ----------------------------------------------------------------------


@pytest.mark.asks
def test_a_session_alone_deactivates_nobody(eva):
    """Else whoever finds a browser open puts out all who could see what follows."""
    boss = person("jefe")
    device = with_app(boss)
    inside = Client()
    with time_machine.travel(NOON, tick=False):
        sign_in(inside, boss, device)
    with time_machine.travel(LATER, tick=False):
        page = inside.post(f"/admin/auth/user/{eva.pk}/deactivate/", {})
        assert page.templates[0].name == "admin/second_factor/confirm.html"
        eva.refresh_from_db()
        assert eva.is_active
        answer = {asking.CODE: code_of(device)}
        inside.post(f"/admin/auth/user/{eva.pk}/deactivate/", answer)
    eva.refresh_from_db()
    assert not eva.is_active


# ---- Who has an account ----------------------------------------------------------------------


def test_the_time_of_the_answer_does_not_tell_who_has_an_account(eva, monkeypatch):
    """A mail takes a while: it is sent when the answer is out."""
    order = []
    from directory.admin.sign_in import account_links, passwords

    monkeypatch.setattr(
        account_links, "send_password_link", lambda request, whom: order.append("sent")
    )
    rendered = passwords.AnsweredFirst.render
    monkeypatch.setattr(
        passwords.AnsweredFirst,
        "render",
        lambda self: (order.append("answered"), rendered(self))[1],
    )
    Client().post("/admin/password/forgotten/", {"email": "eva@example.com"})
    assert order == ["answered", "sent"]


def test_a_database_that_fails_after_the_answer_is_nobodys_failure(eva, monkeypatch):
    from directory.admin.sign_in import account_links

    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(account_links, "send_password_link", fail)
    response = Client().post("/admin/password/forgotten/", {"email": "eva@example.com"})
    assert response.status_code == 200
    assert mail.outbox == []


def test_passkeys_asked_for_by_strangers_name_nobody(client, eva):
    with_passkey(eva)
    asked = options(client, "alone").json()
    assert asked["allowCredentials"] == []
    assert Passkey.objects.get().credential_id not in str(asked)
    assert options(client, "second").status_code == 403
