"""The form about a contact that did not work, in Chromium: accessible, usable without scripts."""

from datetime import timedelta

import pytest

from directory.models import ContactReport
from directory.public import report_tokens
from tests.browser.pages import LANGUAGES
from tests.browser.tools import follow, wait_until

FORM = "servicios/mesa-de-ayuda/avisar/?key=linea-bogota"
THANKS = "servicios/mesa-de-ayuda/avisar/gracias/?key=linea-bogota"
SENT = "main form .action"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(site, open_page, violations, scheme, width):
    page = open_page(
        site, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    found = {}
    for path in (FORM, THANKS, *(f"{each}{FORM}" for each in LANGUAGES[1:])):
        page.goto(f"{site}/{path}")
        found[path] = violations(page)
    page.goto(f"{site}/{FORM}")
    follow(page, page.click, SENT)
    found["errors"] = violations(page)
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_nothing_scrolls_sideways(site, open_page, text_size):
    page = open_page(site, viewport={"width": 320, "height": 640})
    for path in (FORM, THANKS):
        page.goto(f"{site}/{path}")
        page.evaluate("size => document.documentElement.style.fontSize = size", text_size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_it_is_filled_in_and_sent_by_keyboard_without_scripts(
    site_to_change, open_page, monkeypatch
):
    # A program is faster than any person.
    monkeypatch.setattr(report_tokens, "FASTEST", timedelta(0))
    address = f"{site_to_change}/servicios/mesa-de-ayuda/"
    page = open_page(address, java_script_enabled=False)
    page.locator(".report-link[href$='=linea-bogota']").first.focus()
    follow(page, page.keyboard.press, "Enter")
    assert page.input_value("#id_key") == "linea-bogota"
    page.locator("#id_key").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Nadie contestó en diez minutos")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_email"
    page.keyboard.press("Tab")
    follow(page, page.keyboard.press, "Enter")
    assert page.url == f"{address}avisar/gracias/?key=linea-bogota"
    [report] = ContactReport.objects.all()
    assert (report.problem, report.text) == ("no_answer", "Nadie contestó en diez minutos")


def test_errors_lead_to_their_fields(site, open_page):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/avisar/")
    follow(page, page.click, SENT)
    links = page.locator(".report-errors a")
    assert links.all_inner_texts() == ["Elija el contacto que no funcionó.", "Elija qué pasó."]
    links.first.focus()
    page.keyboard.press("Enter")
    wait_until(page, "document.activeElement.id === 'id_key'")
