"""The second factor in a real browser: its own virtual authenticator, and codes of an app."""

import base64
import os
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from directory.models import Passkey
from tests.browser.pages import WORK
from tests.browser.tools import follow

PASSWORD = "una clave larga"


@pytest.fixture
def eva(site_to_change, at_work):
    return get_user_model().objects.create_user(
        "eva", "eva@example.com", PASSWORD, is_staff=True, is_superuser=True, first_name="Eva"
    )


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_IS_REQUIRED = True


class Visitor:
    """A browser with an authenticator of its own, which checks whose hand it is in."""

    def __init__(self, open_page, site, **options):
        self.site, self.page = site, open_page(f"{site}/admin/", locale="es-CO", **options)
        self.complaints = []
        self.page.on("console", self._listen)
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.authenticator = added["authenticatorId"]

    def give_password(self):
        self.page.fill("#id_username", "eva")
        self.page.fill("#id_password", PASSWORD)
        follow(self.page, self.page.press, "#id_password", "Enter")

    def press(self, name, role="button"):
        follow(self.page, self.page.get_by_role(role, name=name, exact=True).click)

    def type_code(self, device):
        totp = TOTP(device.bin_key)
        totp.time = time.time()
        self.page.get_by_label("Código de la aplicación").fill(f"{totp.token():06d}")

    def sign_out(self):
        follow(self.page, self.page.locator("#logout-form button").click)
        self.page.goto(f"{self.site}/admin/")

    def _listen(self, message):
        if message.type == "error":
            self.complaints.append(message.text)


@pytest.fixture
def visitor(site_to_change, open_page, eva):
    return Visitor(open_page, site_to_change)


def add_passkey(visitor):
    visitor.press("Agregar una llave de acceso", "link")
    visitor.page.get_by_label("¿Cómo la llama?").fill("Mi portátil")
    visitor.press("Crear la llave de acceso")


def test_a_passkey_is_set_up_on_the_first_sign_in_and_opens_afterwards(visitor, required):
    page = visitor.page
    visitor.give_password()
    expect(page.get_by_role("heading", name="Configure su segundo factor")).to_be_visible()
    page.goto(f"{visitor.site}/admin/directory/service/")
    expect(page.get_by_role("heading", name="Configure su segundo factor")).to_be_visible()
    add_passkey(visitor)
    expect(page.locator(".codes li")).to_have_count(10)
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar como archivo").click()
    kept = download.value.path().read_text()
    assert len(re.findall(r"^[a-z2-9]{5}-[a-z2-9]{5}\r?$", kept, re.MULTILINE)) == 10
    visitor.press("Ya los guardé: seguir", "link")
    expect(page.locator("#user-tools")).to_contain_text("Eva")
    visitor.sign_out()
    visitor.give_password()
    visitor.press("Usar una llave de acceso")
    expect(page.locator("#user-tools")).to_contain_text("Eva")
    assert visitor.complaints == []


def test_a_passkey_alone_opens_what_was_wanted(visitor, required):
    visitor.give_password()
    add_passkey(visitor)
    visitor.sign_out()
    visitor.page.goto(f"{visitor.site}/admin/settings/")
    visitor.press("Entrar con una llave de acceso")
    assert urlsplit(visitor.page.url).path == "/admin/settings/"
    assert Passkey.objects.get().used_at
    assert visitor.complaints == []


def test_an_app_is_set_up_and_asked_for(visitor, required, time_machine):
    # A code is typed and read at the same time, and each counts once.
    time_machine.move_to(WORK, tick=False)
    page = visitor.page
    visitor.give_password()
    visitor.press("Configurar una aplicación de autenticación", "link")
    expect(page.locator("img.qr")).to_be_visible()
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 100
    address = page.get_by_role("link", name="Abrirla en la aplicación").get_attribute("href")
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    assert secret == page.locator("code.key").inner_text().replace(" ", "")
    device = TOTPDevice(key=base64.b32decode(secret).hex())
    visitor.type_code(device)
    visitor.press("Configurar")
    expect(page.locator(".codes li")).to_have_count(10)
    visitor.sign_out()
    visitor.give_password()
    time_machine.shift(30)
    visitor.type_code(device)
    visitor.press("Entrar")
    expect(page.locator("#user-tools")).to_contain_text("Eva")
    assert visitor.complaints == []


@pytest.mark.asks
def test_a_risky_act_is_confirmed_with_the_passkey(visitor, required):
    page = visitor.page
    visitor.give_password()
    add_passkey(visitor)
    page.goto(f"{visitor.site}/admin/account/second-factor/")
    visitor.press("Hacer nuevos códigos de recuperación")
    expect(page.get_by_role("heading", name="Confirme que es usted")).to_be_visible()
    visitor.press("Usar una llave de acceso")
    expect(page.locator(".codes li")).to_have_count(10)
    assert visitor.complaints == []


def test_a_browser_that_refuses_says_what_to_do(visitor, required):
    page = visitor.page
    visitor.give_password()
    add_passkey(visitor)
    visitor.sign_out()
    visitor.devtools.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": visitor.authenticator, "isUserVerified": False},
    )
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    expect(page.get_by_role("status")).to_contain_text("inténtelo otra vez")


@pytest.mark.asks
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible_at_every_width(
    site_to_change, open_page, eva, violations, width, required
):
    size = {"width": width, "height": 800}
    visitor = Visitor(open_page, site_to_change, viewport=size, bypass_csp=True)
    page, wrong = visitor.page, {}

    def judge(name):
        if os.environ.get("SHOTS"):
            page.screenshot(
                path=f"{os.environ['SHOTS']}/{name.replace(' ', '-')}-{width}.png", full_page=True
            )
        found = violations(page)
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if found or not fits:
            wrong[name] = found, fits

    judge("login")
    visitor.give_password()
    judge("first overview")
    page.goto(f"{visitor.site}/admin/account/second-factor/app/")
    judge("app")
    page.goto(f"{visitor.site}/admin/account/second-factor/")
    visitor.press("Agregar una llave de acceso", "link")
    judge("new passkey")
    page.get_by_label("¿Cómo la llama?").fill("Mi portátil")
    visitor.press("Crear la llave de acceso")
    judge("codes")
    page.goto(f"{visitor.site}/admin/account/second-factor/")
    judge("overview")
    visitor.press("Hacer nuevos códigos de recuperación")
    judge("confirm")
    page.goto(f"{visitor.site}/admin/account/sessions/")
    judge("sessions")
    visitor.sign_out()
    visitor.give_password()
    judge("ask")
    page.goto(f"{visitor.site}/admin/second-factor/lost/")
    judge("lost")
    assert wrong == {}
