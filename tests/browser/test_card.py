"""The card in a frame of another site."""

import re

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import expect

from tests.browser.pages import HOLIDAY, NIGHT, SLUGS, WORK
from tests.browser.tools import wait_until

HOST = "http://sitio.example/"
HEIGHT = "document.querySelector('iframe').getBoundingClientRect().height"
WIDTHS = (320, 400)


def embed_code(site, slug="clave-segura"):
    page = Client(HTTP_HOST=site.partition("//")[2]).get(f"/servicios/{slug}/").content.decode()
    [code] = re.findall(r'<textarea id="embed"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return code.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')


def hosted(open_page, code, width=360):
    """A page of another site with this code."""
    page = open_page("about:blank", viewport={"width": width, "height": 800})
    html = f"<!doctype html><title>x</title><style>body {{ margin: 0 }}</style>{code}"
    page.route(HOST, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(HOST)
    return page


def wait_until_it_fits(page):
    """Wait until the frame is as high as the card in it."""
    script = "document.documentElement.getBoundingClientRect().height"
    wait_until(page, f"Math.abs({HEIGHT} - given) <= 1", page.frames[1].evaluate(script))


@pytest.mark.parametrize("when", [NIGHT, WORK, HOLIDAY])
def test_proposed_height_fits(site, open_page, when):
    """In narrow frames, whatever is open; and not much more than what is needed at most."""
    with time_machine.travel(when, tick=False):
        for slug in SLUGS:
            proposed = int(re.search(r'height="(\d+)"', embed_code(site, slug))[1])
            address = f"{site}/servicios/{slug}/tarjeta/"
            for width in WIDTHS:
                page = open_page(address, viewport={"width": width, "height": 300})
                needed = page.evaluate("document.documentElement.getBoundingClientRect().height")
                assert needed <= proposed, (slug, width)
                if when == HOLIDAY and width == 320:
                    assert proposed < needed * 1.6, slug


def test_frame_takes_the_height_of_the_card(site, open_page):
    with time_machine.travel(WORK, tick=False):
        page = hosted(open_page, embed_code(site))
        wait_until(page, "document.querySelector('iframe').style.height")
        wait_until_it_fits(page)
        narrow = page.evaluate(HEIGHT)
        page.set_viewport_size({"width": 700, "height": 800})
        wait_until(page, f"{HEIGHT} < given", narrow)
        wait_until_it_fits(page)


@pytest.mark.parametrize("slug", SLUGS)
def test_frame_shows_the_whole_card_without_a_scrollbar(site, open_page, slug):
    """Nothing is lower than the card: a scrollbar would take a part of its width."""
    with time_machine.travel(WORK, tick=False):
        for width in WIDTHS:
            page = hosted(open_page, embed_code(site, slug), width)
            wait_until(page, "document.querySelector('iframe').style.height")
            wait_until(page.frames[1], "document.documentElement.scrollHeight <= innerHeight")


def test_frame_stays_as_it_is_without_the_script(site, open_page):
    with time_machine.travel(WORK, tick=False):
        code = embed_code(site).partition("\n")[0]
        page = hosted(open_page, code)
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
        assert page.evaluate(HEIGHT) == int(re.search(r'height="(\d+)"', code)[1])


def test_nobody_else_changes_the_frame(site, open_page):
    """Neither the page itself nor what is no height of a card."""
    with time_machine.travel(WORK, tick=False):
        page = hosted(open_page, embed_code(site))
        wait_until(page, "document.querySelector('iframe').style.height")
        wait_until_it_fits(page)
        before = page.evaluate(HEIGHT)
        page.evaluate(
            "() => addEventListener('message', ({ data }) => { window.last = data === 'last'; })"
        )
        page.evaluate("postMessage({ type: 'support-directory-card', height: 7 }, '*')")
        for wrong in ("-5", "'9px'", "1e9", "1.5", "null"):
            page.frames[1].evaluate(
                f"parent.postMessage({{ type: 'support-directory-card', height: {wrong} }}, '*')"
            )
        # Messages arrive in order.
        page.frames[1].evaluate("parent.postMessage('last', '*')")
        wait_until(page, "window.last")
        assert page.evaluate(HEIGHT) == before


@pytest.mark.parametrize(("theme", "reader", "ground"), [
    ("light", "dark", "rgb(255, 255, 255)"),
    ("dark", "light", "rgb(23, 32, 42)"),
    ("auto", "dark", "rgb(23, 32, 42)"),
    ("auto", "light", "rgb(255, 255, 255)"),
    ("rosa", "light", "rgb(255, 255, 255)"),
])  # fmt: skip
def test_colours_are_those_that_were_asked_for(site, open_page, violations, theme, reader, ground):
    address = f"{site}/servicios/clave-segura/tarjeta/?theme={theme}"
    page = open_page(address, color_scheme=reader, bypass_csp=True)
    colour = "getComputedStyle(document.querySelector('main')).backgroundColor"
    assert page.evaluate(colour) == ground
    assert violations(page) == []
