"""What a device shows of the public pages when there is no connection."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.signals import request_started
from playwright.sync_api import expect

from directory.models import Service
from tests.browser.pages import LANGUAGES, NIGHT, SLUGS
from tests.browser.tools import follow, stop_clock, wait_until

CRITICAL = "tel:+573187174937"
# The page that stands for one that is not kept, and what it needs.
STAND_IN = ("/offline.json", "/offline.html", "/static/directory/offline.js")
NEAR = ("/", *(f"/servicios/{slug}/" for slug in SLUGS))


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def gone_offline(open_page, address, kept=NEAR):
    """A page seen once, by a device that then kept these too and has no connection any more."""
    page = open_page(address)
    wait_until_kept(page, kept)
    page.context.set_offline(True)
    wait_until_idle(page)
    return page


def wait_until_kept(page, paths):
    kept = "(await Promise.all(given.map(path => caches.match(path)))).every(Boolean)"
    wait_until(page, kept, list(paths))


def wait_until_idle(page):
    """Wait until the worker keeps nothing more: it may have begun again."""
    page.context.service_workers[0].evaluate("underway")


def expect_a_kept_page(page):
    """A kept page says so, a moment after it is there, and still leads to the critical line."""
    expect(page.locator(".offline")).to_be_visible()
    assert page.locator(".answer .button").first.get_attribute("href") == CRITICAL


def forget_all_but(page, kept):
    page.evaluate(
        """async kept => {
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const { url } of await cache.keys()) {
                    const { pathname, search } = new URL(url);
                    if (!kept.includes(pathname + search)) await cache.delete(url);
                }
            }
        }""",
        list(kept),
    )


def test_seen_page_is_kept_for_reading_offline(site, open_page, at_night):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    assert not page.locator(".offline").is_visible()
    page.reload()
    expect_a_kept_page(page)
    said = " ".join(page.locator(".offline").inner_text().split())
    assert said == (
        "Copia guardada del 22 de noviembre de 2026, 3:00: "
        "lo que dice de «ahora» era cierto entonces."
    )


def test_kept_page_is_read_again_once_there_is_a_connection(site, open_page, at_night):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    # Else it asks in vain after a moment, and is not asked again within a minute.
    stop_clock(page, datetime.fromisoformat(NIGHT))
    page.reload()
    expect_a_kept_page(page)
    # It was saved then, and is not read from the site now.
    assert not page.locator(".read-on").is_visible()
    page.context.set_offline(False)
    expect(page.locator(".offline")).to_be_hidden()
    expect(page.locator(".read-on")).to_be_visible()


def test_page_of_the_first_visit_is_kept_with_its_style(site, open_page, at_night):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.reload()
    expect_a_kept_page(page)
    assert page.evaluate("getComputedStyle(document.querySelector('ul')).listStyleType") == "none"


@pytest.mark.parametrize("opened", ["", "?request_type=queja"])
def test_question_that_is_not_kept_is_answered_in_general(site, open_page, at_night, opened):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/{opened}")
    follow(page, page.locator(".choices a.critical").click)
    assert page.url.endswith("/?request_type=incidente-critico")
    expect_a_kept_page(page)
    assert page.locator(".choices [aria-current]").inner_text().endswith("Cualquier asunto")


def test_question_is_never_answered_with_the_page_of_another(site, open_page, at_night):
    asked = "/servicios/clave-segura/?request_type=queja"
    page = gone_offline(open_page, f"{site}{asked}")
    forget_all_but(page, [asked, *STAND_IN])
    page.goto(f"{site}/servicios/clave-segura/?request_type=incidente-critico")
    assert page.locator("h1").inner_text() == "Sin conexión"
    other = page.locator(".kept h3 a")
    other.wait_for()
    assert other.get_attribute("href") == asked
    assert other.inner_text().startswith("Clave Segura · Peticiones, Quejas")


def test_page_that_is_not_kept_leads_to_the_same_address_in_the_other_language(
    site, open_page, at_night
):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.goto(f"{site}/servicios/mesa-de-ayuda/ediciones/?page=1")
    switch = page.locator(".languages a[hreflang=en]")
    expect(switch).to_have_attribute("href", "/en/servicios/mesa-de-ayuda/ediciones/?page=1")
    follow(page, switch.click)
    assert page.locator("h1").inner_text() == "No connection"


@pytest.mark.parametrize("language", LANGUAGES)
def test_services_of_the_list_are_kept_without_being_opened(site, open_page, at_night, language):
    kept = [f"/{language}", f"/{language}servicios/clave-segura/"]
    page = gone_offline(open_page, f"{site}/{language}", kept)
    follow(page, page.locator(".service a", has_text="Clave Segura").click)
    expect_a_kept_page(page)


def test_fresh_copies_are_not_fetched_again(site, open_page):
    page = open_page(site)
    wait_until_kept(page, NEAR)
    asked = []

    def note(environ, **kwargs):
        # An open page, too, asks again where what it says holds no longer.
        if "HTTP_CACHE_CONTROL" not in environ:
            asked.append(environ["PATH_INFO"])

    request_started.connect(note)
    try:
        page.goto(f"{site}/?q=clave")
        page.goto(f"{site}/servicios/clave-segura/?request_type=queja")
        page.goto(f"{site}/en/")
        wait_until_kept(page, ["/en/", *(f"/en{path}" for path in NEAR)])
    finally:
        request_started.disconnect(note)
    pages = [path for path in asked if path.endswith("/")]
    assert pages[:2] == ["/", "/servicios/clave-segura/"]
    assert sorted(pages[2:]) == sorted(f"/en{path}" for path in NEAR)


def test_copy_is_never_missing_while_a_newer_one_takes_its_place(site, open_page):
    page = open_page(site)
    wait_until_kept(page, NEAR)
    missed = page.context.service_workers[0].evaluate(
        """async address => {
            let missed = 0, done = false;
            const ask = async () => { while (!done) missed += !(await caches.match(address)); };
            const asking = ask();
            for (let time = 0; time < 100; time++) await keep(address, await fetch(address));
            done = true;
            return asking.then(() => missed);
        }""",
        f"{site}/offline.json",
    )
    assert missed == 0


def test_device_that_saves_data_keeps_what_was_opened_and_its_general_page(site, open_page):
    page = open_page(site)
    wait_until_kept(page, NEAR)
    page.context.service_workers[0].evaluate(
        "Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true })"
    )
    for slug in ("clave-segura", "certifactura"):
        page.goto(f"{site}/en/servicios/{slug}/?request_type=queja")
        wait_until_kept(page, [f"/en/servicios/{slug}/"])
    kept = page.evaluate(
        """async () => (await (await caches.open((await caches.keys())[0])).keys())
            .map(({ url }) => url.slice(location.origin.length))"""
    )
    assert sorted(path for path in kept if path.startswith("/en/")) == [
        "/en/offline.html",
        "/en/servicios/certifactura/",
        "/en/servicios/certifactura/?request_type=queja",
        "/en/servicios/clave-segura/",
        "/en/servicios/clave-segura/?request_type=queja",
    ]


def test_page_that_is_no_longer_published_is_not_kept(site_to_change, open_page):
    page = gone_offline(open_page, f"{site_to_change}/servicios/clave-segura/")
    page.context.set_offline(False)
    Service.objects.filter(slug="clave-segura").update(is_published=False)
    page.reload()
    wait_until(page, "!await caches.match(location.href)")
    page.context.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == "Sin conexión"
    page.locator(".kept .service").first.wait_for()
    assert page.locator(".kept h3 a", has_text="Clave Segura").count() == 0


@pytest.mark.parametrize(
    ("path", "title"),
    [("nada/", "Sin conexión"), ("?q=clave", "Sin conexión"), ("en/nada/", "No connection")],
)
def test_page_that_is_not_kept_leads_to_those_that_are(site, open_page, at_night, path, title):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.goto(f"{site}/{path}")
    assert page.locator("h1").inner_text() == title
    expect(page.locator(".kept .service")).to_have_count(len(NEAR))
    follow(page, page.locator(".kept h3 a", has_text="Clave Segura").click)
    assert page.locator("h1").inner_text() == "Clave Segura"


def test_page_kept_in_the_other_language_comes_first_with_its_critical_contacts(
    site, open_page, at_night
):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.goto(f"{site}/en/servicios/clave-segura/?request_type=queja")
    first = page.locator(".kept .service").first
    first.wait_for()
    assert first.get_attribute("lang") == "es"
    assert first.locator("h3").inner_text() == "Clave Segura"
    saved = " ".join(first.locator(".quiet").inner_text().split())
    assert saved == "Copia del 22 de noviembre de 2026, 3:00"
    assert [link.get_attribute("href") for link in first.locator(".contacts a").all()] == [CRITICAL]
    assert first.locator(".week").inner_text() == "7 días 24 horas"
    assert first.locator(".contacts a").bounding_box()["height"] >= 48


def test_page_without_connection_looks_like_the_site(site, open_page, at_night, settings):
    logo = finders.find("directory/icon.svg")
    settings.ORGANIZATION = replace(settings.ORGANIZATION, logo=logo)
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/", [*NEAR, "/brand/logo.svg"])
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site}/nada/")
    assert page.locator(".site-header .logo img").evaluate("image => image.naturalWidth") > 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert [each for each in complaints if "Content Security Policy" in each] == []
    page.context.set_offline(False)
    follow(page, page.get_by_role("link", name="Intente de nuevo").click)
    assert page.locator("h1").inner_text() == "Esta página no existe"


def test_copy_of_the_site_is_readable_offline_too(site, open_page, at_night, tmp_path):
    call_command("export_site", tmp_path / "copia", base_url=site, verbosity=0)
    handler = partial(QuietHandler, directory=tmp_path / "copia")
    with ThreadingHTTPServer(("localhost", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        copy = f"http://localhost:{server.server_port}"
        page = gone_offline(open_page, copy)
        server.shutdown()
    page.goto(f"{copy}/servicios/clave-segura/")
    expect_a_kept_page(page)
