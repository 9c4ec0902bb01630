"""Being asked again before a risky act, and acts that try to do without."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.admin import confirming
from directory.admin.second_factor import asking
from directory.admin.sign_in.limits import CODE, LIMITS, PASSWORD
from directory.models import TryCount
from tests.addresses import page_url
from tests.directory.pages import text_of
from tests.editing import told
from tests.html import form_values, read
from tests.second_factors import (
    OVERVIEW,
    code_of,
    options,
    person,
    sign_in,
    with_app,
    with_passkey,
)
from tests.second_factors import PASSWORD as TYPED

pytestmark = [pytest.mark.django_db, pytest.mark.asks]
CODES = f"{OVERVIEW}codes/"
NOON = "2026-11-23T17:00:00Z"


@pytest.fixture
def device(eva):
    return with_app(eva)


@pytest.fixture
def inside(client, eva, device):
    with time_machine.travel(NOON, tick=False):
        sign_in(client, eva, device)
    return client


@pytest.fixture
def later():
    """A code was used for signing in: the next is good a minute after."""
    with time_machine.travel("2026-11-23T17:05:00Z", tick=False) as clock:
        yield clock


def is_asked(page):
    return page.templates[0].name == "admin/second_factor/confirm.html"


def test_signing_in_confirms_nothing_yet(inside, later):
    assert is_asked(inside.post(CODES))


def test_a_code_confirms_and_does_what_was_asked_for(inside, device, later):
    page = inside.post(CODES, {"x": "1\n2"})
    sent = form_values(page) | {asking.CODE: code_of(device)}
    assert sent["x"] == ["1\n2"]
    assert "Sus códigos de recuperación" in text_of(inside.post(CODES, sent))


def test_it_holds_for_some_minutes_in_this_session(inside, eva, device, later, settings):
    inside.post(CODES, {asking.CODE: code_of(device)})
    later.shift(60 * settings.CONFIRMED_FOR_MINUTES - 1)
    assert not is_asked(inside.post(CODES))
    later.shift(1)
    assert is_asked(inside.post(CODES))


def test_a_clock_that_is_put_back_confirms_nothing(inside, device, later):
    inside.post(CODES, {asking.CODE: code_of(device)})
    later.shift(-60)
    assert is_asked(inside.post(CODES))


def test_another_session_is_asked_for_itself(inside, eva, device, later):
    inside.post(CODES, {asking.CODE: code_of(device)})
    later.shift(60)
    other = type(inside)()
    sign_in(other, eva, device)
    assert is_asked(other.post(CODES))


def test_a_passkey_confirms(inside, eva, later):
    key = with_passkey(eva)
    asked = options(inside, "confirm").json()
    page = inside.post(CODES, {asking.PASSKEY: key.get(asked)})
    assert "Sus códigos de recuperación" in text_of(page)


def test_a_challenge_for_something_else_does_not_confirm(inside, eva, later):
    key = with_passkey(eva)
    options(inside, "confirm")
    page = inside.post(
        CODES, {asking.PASSKEY: key.get(options(inside, "add").json() | {"rpId": "testserver"})}
    )
    assert is_asked(page)


def test_the_password_does_not_confirm_where_there_is_a_second_factor(inside, later):
    assert is_asked(inside.post(CODES, {confirming.PASSWORD: TYPED}))


def test_who_has_none_confirms_with_the_password(client, eva):
    client.force_login(eva)
    url = f"{OVERVIEW}app/"
    page = client.get(url)
    assert is_asked(page)
    confirm = {"next": read(page).fields["next"][0]}
    wrong = client.post("/admin/confirm/", confirm | {confirming.PASSWORD: "falsa"})
    assert "no es su contraseña" in text_of(wrong).replace("Esa ", "")
    right = client.post("/admin/confirm/", confirm | {confirming.PASSWORD: TYPED})
    assert right["Location"] == url
    assert not is_asked(client.get(url))


def test_it_leads_to_no_other_site(client, eva):
    client.force_login(eva)
    sent = {"next": "https://evil.example.com/", confirming.PASSWORD: TYPED}
    assert client.post("/admin/confirm/", sent)["Location"] == "/admin/"


@pytest.mark.parametrize(
    "sent", [{}, {"confirmed_at": "2099-01-01T00:00:00+00:00"}, {"next": CODES}]
)
def test_nothing_that_is_sent_skips_it(inside, later, sent):
    assert is_asked(inside.post(CODES, sent))
    assert is_asked(inside.post("/admin/confirm/", sent))
    assert is_asked(inside.post(CODES))


def test_wrong_codes_are_counted_and_what_was_typed_stays(inside, device, later):
    pages = [
        inside.post(CODES, {"x": "1", asking.CODE: "000000"}) for _ in range(LIMITS[CODE].of_one)
    ]
    assert [page.status_code for page in pages[-2:]] == [403, 429]
    assert form_values(pages[-1])["x"] == ["1"]
    assert is_asked(inside.post(CODES, {asking.CODE: code_of(device)}))


def test_wrong_passwords_are_counted(client, eva):
    client.force_login(eva)
    for _ in range(LIMITS[PASSWORD].of_one):
        page = client.post("/admin/confirm/", {confirming.PASSWORD: "falsa"})
    assert page.status_code == 429
    assert is_asked(client.post("/admin/confirm/", {confirming.PASSWORD: TYPED}))


def test_passwords_do_not_travel_and_files_are_asked_for_again(inside, eva, later):
    page = inside.post(
        CODES,
        {"old_password": "secreta", "name": "x", "file": SimpleUploadedFile("a.xlsx", b"x")},
    )
    html = page.content.decode()
    assert "secreta" not in html
    assert 'type="password" name="old_password"' in html
    assert 'type="file" name="file"' in html
    assert 'enctype="multipart/form-data"' in html
    assert "a.xlsx" in html
    assert read(page).fields["name"] == ["x"]


def test_removing_one_is_confirmed(inside, later):
    assert is_asked(inside.post(f"{OVERVIEW}app/remove/"))
    assert TOTPDevice.objects.exists()


# ---- Of somebody else ----------------------------------------------------------------------------


def reset(client, other, **sent):
    return client.post(page_url(User, "reset_second_factor", other.pk), sent)


def test_an_administrator_removes_those_of_who_lost_them(inside, device, later, mailoutbox):
    other = person("otra")
    with_app(other)
    theirs = type(inside)()
    theirs.force_login(other)
    assert is_asked(reset(inside, other))
    assert TOTPDevice.objects.filter(user=other).exists()
    page = reset(inside, other, **{asking.CODE: code_of(device)})
    assert "configura otro" in told(page)[0]
    assert not TOTPDevice.objects.filter(user=other).exists()
    assert mailoutbox[0].to == ["otra@example.com"]
    assert "eva quitó todos" in mailoutbox[0].body


def test_nobody_removes_those_of_who_may_do_more(client, later):
    manager = person("jefe", is_superuser=False, permissions=["change_user", "view_user"])
    other = person("otra")
    device = with_app(other)
    client.force_login(manager)
    assert reset(client, other, **{confirming.PASSWORD: TYPED}).status_code == 403
    assert TOTPDevice.objects.get() == device


def test_the_own_ones_are_not_removed_that_way(inside, eva, device, later):
    page = reset(inside, eva, **{asking.CODE: code_of(device)})
    assert "Mi cuenta" in told(page)[0]
    assert TOTPDevice.objects.exists()


def test_the_form_of_a_person_offers_it_only_where_there_is_one(inside, eva, device, later):
    other = person("otra")
    url = page_url(User, "change", other.pk)
    assert "Quitar el segundo factor" not in text_of(inside.get(url))
    with_app(other)
    assert "Quitar el segundo factor" in text_of(inside.get(url))


def test_ask_takes_any_request(eva, device):
    request = RequestFactory().post("/admin/x/", {"a": ["1", "2"]})
    request.user, request.session = eva, {}
    page = confirming.ask(request).render()
    assert b'name="a" value="2"' in page.content


def test_the_address_of_ones_own_account_is_confirmed_and_told_to_the_old_one(
    inside, eva, device, later, mailoutbox, django_capture_on_commit_callbacks
):
    """Who has a session and the password does not have the links sent elsewhere."""
    sent = {"first_name": "Eva", "email": "ladron@example.com", "password": TYPED}
    page = inside.post("/admin/account/", sent)
    assert is_asked(page)
    assert TYPED not in page.content.decode()
    eva.refresh_from_db()
    assert eva.email == "eva@example.com"
    with django_capture_on_commit_callbacks(execute=True):
        inside.post("/admin/account/", sent | {asking.CODE: code_of(device)})
    eva.refresh_from_db()
    assert eva.email == "ladron@example.com"
    assert mailoutbox[0].to == ["eva@example.com"]


def test_an_act_that_is_rolled_back_forgets_no_try(inside, device, later, monkeypatch):
    """Otherwise who has a session would guess codes without end, and use one twice."""

    @transaction.atomic
    def rolled_back(request, person, **kwargs):
        page = confirming.ask(request)
        transaction.set_rollback(True)
        return page or HttpResponse("done")

    monkeypatch.setattr("directory.admin.person_acts.PersonActsMixin._person", lambda *args: None)
    monkeypatch.setattr("directory.admin.person_acts.lockouts.unlock", lambda person: False)
    monkeypatch.setattr(
        "directory.admin.person_acts.PersonActsMixin._back",
        lambda self, request: rolled_back(request, None),
    )
    url = page_url(User, "unlock", 1)
    for _ in range(LIMITS[CODE].of_one):
        page = inside.post(url, {asking.CODE: "000000"})
    assert page.status_code == 429
    TryCount.objects.all().delete()
    code = code_of(device)
    assert inside.post(url, {asking.CODE: code}).content == b"done"
    assert TOTPDevice.objects.get().last_t > device.last_t
