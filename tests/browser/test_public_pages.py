"""The public pages in Chromium: accessible, light, whole at every width, usable without scripts."""

from datetime import date, datetime
from itertools import product

import pytest
import time_machine
from playwright.sync_api import expect

from directory.editions.publish import publish
from directory.models import Service
from tests.browser.pages import (
    ANSWERS,
    FORMS,
    HOLIDAY,
    LANGUAGES,
    MISSING,
    NIGHT,
    PATHS,
    WORK,
)
from tests.browser.tools import follow, wait_until
from tests.factories import ExceptionFactory

# ---- Accessibility and correctness ---------------------------------------------------------


# Each page in each language, and the answers at other hours.
SEEN = [("", WORK, ANSWERS), ("", HOLIDAY, ANSWERS), *((each, NIGHT, PATHS) for each in LANGUAGES)]


@pytest.mark.parametrize(("language", "instant", "paths"), SEEN)
def test_axe_finds_no_violation(site, open_page, violations, language, instant, paths):
    found = {}
    with time_machine.travel(instant, tick=False):
        page = open_page(site, bypass_csp=True)
        for path in paths:
            page.goto(f"{site}/{language}{path}")
            found[path] = violations(page)
    assert found == {path: [] for path in paths}


def test_axe_finds_no_violation_where_a_service_has_ended(site_to_change, open_page, violations):
    used = Service.objects.get(slug="clave-segura")
    values = {"is_published": False, "ended_on": "2026-03-01", "successor": used}
    Service.objects.filter(slug="certifactura").update(**values, ended_note="Ya no se ofrece.")
    page, found = open_page(site_to_change, bypass_csp=True), {}
    for language in LANGUAGES:
        response = page.goto(f"{site_to_change}/{language}servicios/certifactura/")
        assert response.status == 410
        found[language] = violations(page)
    assert found == {language: [] for language in LANGUAGES}


def test_html_checker_finds_no_error(site, html_errors, client):
    pages = {}
    for language, instant, paths in SEEN:
        with time_machine.travel(instant, tick=False):
            for path in paths:
                pages[language, instant, path] = client.get(f"/{language}{path}").content
            for form in FORMS:
                pages[language, instant, form, "errors"] = client.post(f"/{language}{form}").content
    assert html_errors(pages) == {}


# ---- Layout --------------------------------------------------------------------------------


def test_nothing_scrolls_sideways(site, open_page):
    page = open_page(site)
    too_wide = {}
    for path in (*PATHS, "en/servicios/mesa-de-ayuda/"):
        page.goto(f"{site}/{path}")
        for width, text_size in product([320, 360, 768, 1280], ["100%", "200%"]):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => document.documentElement.style.fontSize = size", text_size)
            found = page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                too_wide[path, width, text_size] = found
    assert too_wide == {}


def test_words_longer_than_a_line_are_broken(site_to_change, open_page):
    Service.objects.filter(slug="clave-segura").update(name="x" * 120)
    ExceptionFactory(reason="ü" * 100, first_day=date(2026, 12, 1))
    publish(Service.objects.all(), at=datetime.fromisoformat("2026-11-22T04:00:00-05:00"))
    page = open_page("about:blank")
    page.set_viewport_size({"width": 320, "height": 800})
    too_wide = []
    with time_machine.travel("2026-11-23T10:00:00-05:00", tick=False):
        for part in ("", "ediciones/", "ediciones/2/", "ediciones/2/cambios/", "tarjeta/"):
            page.goto(f"{site_to_change}/servicios/clave-segura/{part}")
            assert "x" * 120 in page.locator("body").inner_text()
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                too_wide.append(part)
    assert too_wide == []


def test_contacts_are_large_targets(site, open_page, at_night):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/", viewport={"width": 360, "height": 740})
    boxes = [button.bounding_box() for button in page.locator(".button").all()]
    assert boxes
    assert [box for box in boxes if box["height"] < 48 or box["width"] < 200] == []


@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_words_and_numbers_stay_whole_on_a_small_phone(site, open_page, at_night, text_size):
    page = open_page(f"{site}/servicios/clave-segura/", viewport={"width": 320, "height": 568})
    page.evaluate("size => document.documentElement.style.fontSize = size", text_size)
    # A word, or a number, is whole when all of it lies in one line: it has one box.
    torn = page.evaluate("""() => {
        const torn = [];
        const selector = ".logo, .choices a, .answer h3, .now .critical, .now [href^=tel] .value";
        for (const element of document.querySelectorAll(selector)) {
            const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const text = texts.currentNode.data;
                const whole = element.matches(".value") ? /\\S.*\\S/g : /\\S+/g;
                for (const word of text.matchAll(whole)) {
                    const range = document.createRange();
                    range.setStart(texts.currentNode, word.index);
                    range.setEnd(texts.currentNode, word.index + word[0].length);
                    if (range.getClientRects().length > 1) torn.push(word[0]);
                }
            }
        }
        return torn;
    }""")
    assert torn == []


# ---- Main flows ----------------------------------------------------------------------------


def press_until(page, selector):
    """Tab until the first element of `selector` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_finding_and_calling_by_keyboard(site, open_page, at_night, scripts):
    page = open_page(site, java_script_enabled=scripts)
    if scripts:
        press_until(page, ".skip")
        press_until(page, "#q")
    else:
        page.locator("#q").focus()
    page.keyboard.type("subasta electronica")
    if scripts:
        # The results follow the typing, and nothing moves any more when Enter is pressed.
        page.wait_for_url("**/?q=subasta+electronica")
    follow(page, page.keyboard.press, "Enter")
    assert page.url == f"{site}/?q=subasta+electronica"
    if scripts:
        press_until(page, ".service h3 a")
    else:
        page.locator(".service h3 a").focus()
    follow(page, page.keyboard.press, "Enter")
    assert page.url == f"{site}/servicios/subasta-electronica/"
    page.locator(".choices a.critical").focus()
    follow(page, page.keyboard.press, "Enter")
    assert page.url.endswith("/?request_type=incidente-critico")
    button = page.locator(".answer .button")
    assert button.count() == 1
    assert button.get_attribute("href") == "tel:+573187174937"
    button.focus()
    # Without scripts the browser refuses to tell the style; it is that of the other run.
    if scripts:
        outline = button.evaluate("element => getComputedStyle(element).outlineStyle")
        assert outline == "solid"


def test_skip_link_leads_to_the_content(site, open_page):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    wait_until(page, "document.activeElement.id === 'content'")


def test_results_follow_the_typing(site, open_page):
    page = open_page(site)
    page.locator("#q").press_sequentially("clave")
    page.wait_for_url("**/?q=clave")
    assert page.locator(".service h3").all_inner_texts() == ["Clave Segura"]
    assert page.locator("#found").inner_text().startswith("1 servicio encontrado")
    assert page.evaluate("document.activeElement.id") == "q"


def test_language_switch_keeps_the_question(site, open_page):
    page = open_page(f"{site}/servicios/clave-segura/?request_type=queja")
    follow(page, page.get_by_role("link", name="English").click)
    assert page.url == f"{site}/en/servicios/clave-segura/?request_type=queja"
    assert page.locator("html").get_attribute("lang") == "en"


def test_pages_break_no_rule_of_their_own_policy(site, open_page):
    page = open_page(site)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in (*(path for path in PATHS if path not in MISSING), "en/"):
        page.goto(f"{site}/{path}")
    assert complaints == []


@pytest.mark.parametrize(("path", "shown"), [("tarjeta/", 1), ("", 0)])
def test_only_the_card_is_shown_in_a_frame_of_another_site(site, open_page, path, shown):
    page = open_page("about:blank")
    frame = f'<iframe src="{site}/servicios/clave-segura/{path}"></iframe>'
    page.route(
        "http://other.example/", lambda route: route.fulfill(body=frame, content_type="text/html")
    )
    page.goto("http://other.example/")
    title = page.frame_locator("iframe").locator("h1").get_by_text("Clave Segura")
    expect(title).to_have_count(shown)


def test_number_that_is_copied_has_its_country_code(site, open_page):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/")
    number = page.locator(".channels [data-international] .value").first
    copied = """element => {
        getSelection().selectAllChildren(element);
        const clipboardData = new DataTransfer();
        const event = new ClipboardEvent("copy", {clipboardData, cancelable: true, bubbles: true});
        element.dispatchEvent(event);
        return clipboardData.getData("text/plain");
    }"""
    assert (number.inner_text(), number.evaluate(copied)) == ("601 744 2727", "+57 601 744 2727")
