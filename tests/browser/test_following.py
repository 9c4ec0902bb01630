"""Following a service by mail in Chromium, from asking to ending: accessible on each page."""

import pytest
from django.core import mail

from directory.models import Subscription
from tests.browser.tools import follow
from tests.directory.following.mails import link

PRESSED = "main form button"


@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_each_page_is_accessible_and_whole(site_to_change, open_page, violations, text_size):
    page = open_page(
        f"{site_to_change}/servicios/clave-segura/seguir/",
        bypass_csp=True,
        viewport={"width": 320, "height": 640},
    )
    found = {}

    def look(name):
        page.evaluate("size => document.documentElement.style.fontSize = size", text_size)
        width = page.evaluate("document.documentElement.scrollWidth")
        found[name] = (width, violations(page))

    follow(page, page.click, PRESSED)
    look("errors")
    error, text = (
        page.eval_on_selector(each, "element => getComputedStyle(element).color")
        for each in ("#id_address_error", "main section > p")
    )
    assert error != text
    page.fill("#id_address", "ana@example.com")
    follow(page, page.click, PRESSED)
    look("asked")
    page.goto(site_to_change + link(mail.outbox[0], "confirmar"))
    look("to confirm")
    follow(page, page.click, PRESSED)
    look("confirmed")
    follow(page, page.click, "main > p a")
    look("to end")
    follow(page, page.click, PRESSED)
    look("ended")
    assert found == dict.fromkeys(found, (320, []))
    assert not Subscription.objects.exists()


def test_it_is_asked_for_by_keyboard_without_scripts(site_to_change, open_page):
    address = f"{site_to_change}/servicios/clave-segura/seguir/"
    page = open_page(address, java_script_enabled=False)
    page.locator("#id_address").focus()
    page.keyboard.type("ana@example.com")
    # What people do not see is not on the way to the button.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('main form button')")
    follow(page, page.keyboard.press, "Enter")
    assert page.url == f"{address}pedido/"
    [asked] = mail.outbox
    page.goto(site_to_change + link(asked, "confirmar"))
    page.locator(PRESSED).focus()
    follow(page, page.keyboard.press, "Enter")
    assert Subscription.objects.get().confirmed_at is not None
