"""Signing in with a second factor, and what an attacker with the password tries instead."""

import re

import pytest
import time_machine
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from directory.admin.second_factor import asking
from directory.admin.sign_in.limits import CODE, LIMITS
from directory.models import Session
from directory.public.kept import KEPT
from tests.addresses import INDEX, add_url, list_url
from tests.directory.admin.test_roles import addresses
from tests.directory.pages import text_of
from tests.editing import told
from tests.html import read
from tests.people import client_of
from tests.second_factors import (
    ASK,
    LOGIN,
    OVERVIEW,
    PASSWORD,
    code_of,
    give_code,
    give_passkey,
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
# What somebody who has given the password alone may reach: to give the rest, or to leave.
BEFORE = re.compile(r"^(login|logout|jsi18n|password/|second-factor/|account/second-factor/)")


def test_the_password_alone_leads_to_the_second_factor(client, eva):
    with_app(eva)
    response = give_password(client, eva)
    assert response["Location"] == f"{ASK}?next=%2Fadmin%2F"
    assert not is_inside(client)
    assert "Código de la aplicación" in text_of(client.get(response["Location"]))


def test_password_and_code_lead_to_what_was_wanted(client, eva):
    wanted = list_url(User)
    device = with_app(eva)
    client.post(LOGIN, {"username": "eva", "password": PASSWORD, "next": wanted})
    assert give_code(client, code_of(device), next=wanted)["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_a_code_may_be_typed_with_blanks(client, eva):
    device = with_app(eva)
    give_password(client, eva)
    code = code_of(device)
    give_code(client, f" {code[:3]} {code[3:]} ")
    assert is_inside(client)


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_the_clock_of_the_phone_may_be_off_by_one_step(client, eva, steps, is_good):
    device = with_app(eva)
    give_password(client, eva)
    give_code(client, code_of(device, steps))
    assert is_inside(client) is is_good


def test_password_and_passkey_open(client, eva):
    key = with_passkey(eva)
    give_password(client, eva)
    assert give_passkey(client, key)["Location"] == INDEX
    assert is_inside(client)


def test_a_passkey_alone_opens_where_it_checked_the_hand(client, eva):
    key = with_passkey(eva)
    asked = options(client, "alone").json()
    response = client.post(
        reverse("backoffice:passkey-sign-in"),
        {asking.PASSKEY: key.get(asked), "next": list_url(User)},
    )
    assert response["Location"] == list_url(User)
    assert is_inside(client)


def test_a_passkey_alone_that_did_not_check_the_hand_is_refused(client, eva):
    key = with_passkey(eva, verifies=False)
    asked = options(client, "alone").json()
    answer = {asking.PASSKEY: key.get(asked)}
    page = client.post(reverse("backoffice:passkey-sign-in"), answer)
    assert page.status_code == 403
    assert "no se aceptó" in text_of(page)
    assert not is_inside(client)
    give_password(client, eva)
    give_passkey(client, key)
    assert is_inside(client)


def test_who_needs_none_comes_in_with_the_password(client, eva):
    assert give_password(client, eva)["Location"] == INDEX
    assert is_inside(client)


def test_who_has_one_gives_it_also_where_none_is_required(client, eva):
    with_passkey(eva)
    give_password(client, eva)
    assert not is_inside(client)


# ---- Attacks -----------------------------------------------------------------------------------


def test_a_code_that_was_used_is_not_good_again(client, eva):
    device = with_app(eva)
    code = code_of(device)
    give_password(client, eva)
    give_code(client, code)
    thief = Client()
    give_password(thief, eva)
    assert "vale una vez" in text_of(give_code(thief, code))
    assert not is_inside(thief)


def test_a_code_of_somebody_else_is_not_good(client, eva):
    with_app(eva)
    other = with_app(person("otra"))
    give_password(client, eva)
    give_code(client, code_of(other))
    assert not is_inside(client)


def test_a_recovery_code_opens_once(client, eva):
    with_app(eva)
    code, *_others = recovery_codes(eva)
    give_password(client, eva)
    page = give_code(client, code.upper())
    assert "quedan 9" in told(page)[0]
    assert is_inside(client)
    thief = Client()
    give_password(thief, eva)
    give_code(thief, code)
    assert not is_inside(thief)


def test_a_recovery_code_of_somebody_else_is_not_good(client, eva):
    with_app(eva)
    other = person("otra")
    with_app(other)
    give_password(client, eva)
    give_code(client, recovery_codes(other)[0])
    assert not is_inside(client)


def test_recovery_codes_are_not_in_the_database(eva, django_assert_num_queries):
    from django_otp.plugins.otp_static.models import StaticToken

    made = {code.replace("-", "") for code in recovery_codes(eva)}
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(made) == len(stored) == 10
    assert not made & stored


def test_codes_without_the_password_open_nothing(client, eva):
    device = with_app(eva)
    assert give_code(client, code_of(device))["Location"] == INDEX
    assert not is_inside(client)


def test_wrong_codes_are_counted_and_the_person_is_told_once(client, eva):
    device = with_app(eva)
    give_password(client, eva)
    pages = [give_code(client, "000000") for _ in range(LIMITS[CODE].of_one + 2)]
    assert [page.status_code for page in pages[-4:]] == [200, 429, 429, 429]
    assert give_code(client, code_of(device)).status_code == 429
    assert not is_inside(client)
    assert len(mail.outbox) == 1
    assert "códigos equivocados" in mail.outbox[0].body


def test_a_new_session_does_not_begin_the_count_anew(eva):
    with_app(eva)
    for _ in range(LIMITS[CODE].of_one):
        client = Client()
        give_password(client, eva)
        page = give_code(client, "000000")
    assert page.status_code == 429


def test_the_key_of_the_session_changes_with_each_step(client, eva):
    device = with_app(eva)
    keys = []
    for step in (lambda: client.get(LOGIN), lambda: give_password(client, eva)):
        step()
        keys.append(client.session.session_key)
    give_code(client, code_of(device))
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    thief = Client()
    thief.cookies[site_settings.SESSION_COOKIE_NAME] = keys[1]
    assert not is_inside(thief)


def test_a_session_with_the_password_alone_is_soon_worth_nothing(client, eva):
    device = with_app(eva)
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False):
        give_password(client, eva)
    with time_machine.travel("2026-11-23T08:16:00Z", tick=False):
        give_code(client, code_of(device))
        assert not is_inside(client)


def test_a_form_without_a_session_is_kept_over_both_steps(client, eva):
    device = with_app(eva)
    url = add_url(User)
    page = client.post(url, {"first_name": "Ana"})
    kept = read(page).fields[KEPT][0]
    asked = client.post(LOGIN, {"username": "eva", "password": PASSWORD, "next": url, KEPT: kept})
    assert "Ahora demuestre" in text_of(asked)
    kept = read(asked).fields[KEPT][0]
    assert not is_inside(client)
    assert read(give_code(client, code_of(device), **{KEPT: kept})).fields["first_name"] == ["Ana"]


def test_a_kept_form_does_not_skip_the_second_factor(client, eva):
    with_app(eva)
    give_password(client, eva)
    page = client.post(list_url(User), {"action": "x"})
    assert page.status_code == 403
    assert page.templates[0].name == "admin/second_factor/ask.html"
    assert not is_inside(client)


def test_signing_out_ends_also_half_a_session(client, eva):
    with_app(eva)
    give_password(client, eva)
    client.post("/admin/logout/")
    assert client.get(ASK)["Location"] == INDEX
    assert not Session.objects.of(eva).exists()


@pytest.mark.parametrize("has_one", [True, False])
def test_the_password_alone_reaches_no_page(client, eva, required, has_one):
    """Every address of the back office, found from the resolver."""
    if has_one:
        with_app(eva)
    client.force_login(eva)
    reached = []
    for route in addresses():
        url = INDEX + re.sub(r"\(\?P<[^>]+>[^)]*\)|<[^>]+>", "1", route).replace("\\", "").rstrip(
            "$"
        )
        for send in (client.get, client.post):
            response = send(url)
            is_refused = response.status_code in (302, 403, 404, 405)
            if not is_refused and not BEFORE.match(route):
                reached.append((send.__name__, route, response.status_code))
            if response.status_code == 302 and not BEFORE.match(route):
                assert response["Location"].startswith((LOGIN, ASK, OVERVIEW, "/admin/1/")), route
    assert reached == []
    assert not is_inside(client)


def test_who_has_none_where_one_is_required_is_led_to_set_it_up(client, eva, required):
    give_password(client, eva)
    page = client.get(INDEX, follow=True)
    assert page.redirect_chain[-1][0] == OVERVIEW
    assert "Configure su segundo factor" in text_of(page)


def test_sessions_of_before_it_was_required_have_to_set_it_up(client, eva, settings):
    give_password(client, eva)
    assert is_inside(client)
    settings.SECOND_FACTOR_IS_REQUIRED = True
    assert not is_inside(client)


def test_a_removed_factor_ends_what_it_has_opened(client, eva, required):
    device = with_app(eva)
    sign_in(client, eva, device)
    device.delete()
    assert not is_inside(client)


def test_pages_of_customers_take_who_gave_the_password_for_nobody(client, eva, required):
    response = client_of(eva).get("/")
    assert response.status_code == 200
    assert not response.wsgi_request.user.is_authenticated
