"""Second factors that are added, renamed and removed, and recovery codes."""

import re

import pytest
from django.contrib.sessions.models import Session as DjangoSession
from django.core import mail
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.admin.second_factor.setting_up import NEW_CODE
from directory.models import Passkey
from tests.addresses import INDEX
from tests.directory.pages import text_of
from tests.editing import told
from tests.second_factors import (
    OVERVIEW,
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
APP = f"{OVERVIEW}app/"


def set_up_app(client):
    client.get(APP)
    device = TOTPDevice(key=client.session["new_app_key"])
    return client.post(APP, {NEW_CODE: code_of(device)})


def shown_codes(page):
    return re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", page.content.decode())


def test_an_app_is_set_up_on_the_first_sign_in_and_opens_the_back_office(client, eva, required):
    give_password(client, eva)
    page = client.get(APP)
    assert 'src="data:image/svg+xml' in page.content.decode()
    made = set_up_app(client)
    assert len(shown_codes(made)) == 10
    assert "data:text/plain" in made.content.decode()
    assert is_inside(client)
    assert "aplicación" in mail.outbox[0].body


def test_recovery_codes_are_shown_once(client, eva):
    client.force_login(eva)
    codes = shown_codes(set_up_app(client))
    for page in (client.get(OVERVIEW), client.get(APP)):
        assert not any(code in page.content.decode() for code in codes)


def test_a_wrong_first_code_sets_nothing_up(client, eva, required):
    give_password(client, eva)
    client.get(APP)
    assert "no es el código" in text_of(client.post(APP, {NEW_CODE: "000000"}))
    assert not TOTPDevice.objects.exists()
    assert not is_inside(client)


def test_the_password_alone_adds_none_to_those_that_are_there(client, eva):
    with_app(eva)
    give_password(client, eva)
    assert client.get(APP)["Location"].startswith("/admin/login/")
    assert client.post(f"{OVERVIEW}codes/")["Location"].startswith("/admin/login/")
    assert options(client, "add").status_code == 403


def test_another_app_takes_the_place_of_the_first(client, eva):
    device = with_app(eva)
    sign_in(client, eva, device)
    set_up_app(client)
    assert TOTPDevice.objects.get().key != device.key
    other = Client()
    give_password(other, eva)
    give_code(other, code_of(device))
    assert not is_inside(other)


def test_the_last_one_stays_where_one_is_required(client, eva, required):
    device = with_app(eva)
    sign_in(client, eva, device)
    assert "es el último" in told(client.post(f"{APP}remove/"))[0]
    assert TOTPDevice.objects.exists()
    assert f'action="{APP}remove/"' not in text_of(client.get(OVERVIEW))


def test_one_of_two_is_removed_and_who_did_it_stays_in(client, eva, required):
    sign_in(client, eva, with_app(eva))
    with_passkey(eva)
    client.post(f"{APP}remove/")
    assert not TOTPDevice.objects.exists()
    assert is_inside(client)
    assert "se quitó" in mail.outbox[-1].body.lower()


def test_recovery_codes_go_with_the_last_one(client, eva):
    sign_in(client, eva, with_app(eva))
    codes = recovery_codes(eva)
    client.post(f"{APP}remove/")
    assert is_inside(client)
    with_app(eva)
    other = Client()
    give_password(other, eva)
    give_code(other, codes[0])
    assert not is_inside(other)


def test_a_change_ends_the_other_sessions(client, eva):
    key = with_passkey(eva)
    other = Client()
    for each in (client, other):
        give_password(each, eva)
        give_passkey(each, key)
        assert is_inside(each)
    set_up_app(client)
    assert is_inside(client)
    assert not is_inside(other)


def test_a_passkey_gets_another_name(client, eva):
    client.force_login(eva)
    passkey = Passkey.objects.create(user=eva, name="a", credential_id="a", public_key=b"")
    client.post(f"{OVERVIEW}passkeys/{passkey.pk}/rename/", {"name": " Mi llave "})
    assert Passkey.objects.get().name == "Mi llave"


def test_nobody_touches_the_passkeys_of_somebody_else(client, eva):
    client.force_login(eva)
    other = person("otra")
    passkey = Passkey.objects.create(user=other, name="a", credential_id="a", public_key=b"")
    for act in ("rename", "remove"):
        url = f"{OVERVIEW}passkeys/{passkey.pk}/{act}/"
        assert client.post(url, {"name": "x"}).status_code == 404
    assert Passkey.objects.get().name == "a"


def test_new_recovery_codes_take_the_place_of_the_former(client, eva):
    sign_in(client, eva, with_app(eva))
    former = recovery_codes(eva)
    codes = shown_codes(client.post(f"{OVERVIEW}codes/"))
    assert len(codes) == 10
    assert not {*former} & {*codes}
    other = Client()
    give_password(other, eva)
    give_code(other, former[0])
    assert not is_inside(other)
    give_code(other, codes[0])
    assert is_inside(other)


def test_few_recovery_codes_are_warned_of(client, eva):
    sign_in(client, eva, with_app(eva))
    codes = recovery_codes(eva)
    assert "Quedan 10" in text_of(client.get(OVERVIEW))
    for code in codes[3:]:
        other = Client()
        give_password(other, eva)
        give_code(other, code)
    assert "Son pocos" in text_of(client.get(OVERVIEW))


def test_pages_have_no_inline_code(client, eva):
    client.force_login(eva)
    for url in (OVERVIEW, APP, f"{OVERVIEW}passkeys/", INDEX):
        page = client.get(url)
        assert "<script>" not in page.content.decode()
        assert " style=" not in page.content.decode()


def test_the_pages_of_the_library_are_not_in_the_back_office(client, eva):
    """They would show the keys of all apps."""
    client.force_login(eva)
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404
    assert not DjangoSession.objects.exists()
