"""The public pages in Chromium: accessible, light, whole at every width, usable without scripts."""

import gzip
import json
import shutil
import subprocess
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.signals import request_started

from directory.models import Service
from tests.browser.conftest import needed, tool

SLUGS = (
    "mesa-de-ayuda",
    "clave-segura",
    "camara-comercio-bogota",
    "subasta-electronica",
    "certifactura",
)
PATHS = (
    "",
    "?q=744+2727",
    "?q=xyzzy",
    "nada/",
    *(f"servicios/{slug}/" for slug in SLUGS),
    "servicios/clave-segura/?solicitud=queja",
    "servicios/clave-segura/tarjeta/",
    "servicios/clave-segura/ediciones/",
    "servicios/clave-segura/ediciones/1/",
    "servicios/clave-segura/ediciones/1/cambios/",
)
LANGUAGES = ("", "en/")
# Sunday night, a Monday at work, an unconfirmed holiday.
NIGHT, WORK, HOLIDAY = (
    "2026-11-22T03:00:00-05:00",
    "2026-11-23T10:00:00-05:00",
    "2026-12-08T10:00:00-05:00",
)
HTML_BUDGET, CSS_BUDGET = 14 * 1024, 10 * 1024  # bytes, compressed


@pytest.fixture
def at_night():
    with time_machine.travel(NIGHT):
        yield


# ---- Accessibility and correctness ---------------------------------------------------------


@pytest.mark.parametrize("instant", [NIGHT, WORK, HOLIDAY])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_no_violation(site, open_page, violations, language, scheme, instant):
    found = {}
    with time_machine.travel(instant):
        page = open_page(site, color_scheme=scheme, bypass_csp=True)
        for path in PATHS:
            page.goto(f"{site}/{language}{path}")
            found[path] = violations(page)
    assert found == {path: [] for path in PATHS}


def test_html_checker_finds_no_error(site, tmp_path, client):
    checker = tool("vnu-jar/build/dist/vnu.jar")
    files = []
    for instant in (NIGHT, WORK, HOLIDAY):
        with time_machine.travel(instant):
            for number, path in enumerate(f"/{lang}{path}" for lang in LANGUAGES for path in PATHS):
                file = tmp_path / f"{instant[:10]}-{number}.html"
                file.write_bytes(client.get(path).content)
                files.append(file)
    command = ["java", "-jar", checker, "--format", "json", "--exit-zero-always", *files]
    report = subprocess.run(command, capture_output=True, check=True)
    messages = json.loads(report.stderr)["messages"]
    assert [m for m in messages if m["type"] == "error"] == []


# ---- Layout --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_nothing_scrolls_sideways(site, open_page, width, text_size):
    page = open_page(site, viewport={"width": width, "height": 800})
    too_wide = {}
    for path in (*PATHS, "en/servicios/mesa-de-ayuda/"):
        page.goto(f"{site}/{path}")
        page.evaluate("size => document.documentElement.style.fontSize = size", text_size)
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            too_wide[path] = found
    assert too_wide == {}


def test_contacts_are_large_targets(site, open_page, at_night):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/", viewport={"width": 360, "height": 740})
    boxes = [button.bounding_box() for button in page.locator(".button").all()]
    assert boxes
    assert [box for box in boxes if box["height"] < 48 or box["width"] < 200] == []


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 640)])
def test_first_contact_is_on_the_first_screen_of_a_small_phone(
    site, open_page, at_night, width, height
):
    browser_bars = 64
    page = open_page(site, viewport={"width": width, "height": height})
    below = {}
    for slug in SLUGS:
        page.goto(f"{site}/servicios/{slug}/")
        box = page.locator(".answer .button").first.bounding_box()
        if box["y"] + box["height"] > height - browser_bars:
            below[slug] = box
    assert below == {}


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


def test_layout_does_not_shift(site, open_page):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/", viewport={"width": 360, "height": 740})
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("""() => new Promise(resolve => {
        let total = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => total += entry.value))
            .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(total), 100);
    })""")
    assert shift == 0


def test_pages_keep_their_budgets(site, client):
    sizes = {path: len(gzip.compress(client.get(f"/{path}").content)) for path in PATHS}
    assert {path: size for path, size in sizes.items() if size > HTML_BUDGET} == {}
    style = b"".join(client.get("/static/directory/site.css").streaming_content)
    assert len(gzip.compress(style)) <= CSS_BUDGET


def test_print_is_the_document(site, open_page, at_night):
    page = open_page(
        f"{site}/servicios/subasta-electronica/", viewport={"width": 680, "height": 900}
    )
    page.emulate_media(media="print")
    shown = {
        name: page.locator(name).first.is_visible()
        for name in ("h1", ".channels thead", ".levels", ".edition", ".digest", ".qr", ".logo")
    }
    medium = page.locator(".channels .medium").first
    shown["medium"] = medium.bounding_box()["width"] > 20
    assert medium.inner_text().strip() in ("Teléfono", "WhatsApp")
    hidden = {name: page.locator(name).first.is_visible() for name in (".now", ".trail", ".icon")}
    assert (set(shown.values()), set(hidden.values())) == ({True}, {False})
    assert page.evaluate("document.querySelector('.qr').naturalWidth") > 0


def printed(page):
    """The texts of the sheets that a page prints on."""
    reader = needed(shutil.which("pdftotext"), "pdftotext (poppler-utils)")
    command = [reader, "-layout", "-", "-"]
    pdf = page.pdf(prefer_css_page_size=True)
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(sheet.split()) for sheet in text.removesuffix("\f").split("\f")]


@pytest.mark.parametrize(
    ("language", "edition", "head"),
    [
        ("", "Edición 1 del 22 de noviembre de 2026", "Nivel Responsable Cuándo Contacto"),
        ("en/", "Edition 1 of Nov. 22, 2026", "Level Responsible When Contact"),
    ],
)
def test_each_of_at_most_two_sheets_says_whose_it_is(
    site, open_page, at_night, language, edition, head
):
    page = open_page(site)
    for slug in SLUGS:
        page.goto(f"{site}/{language}servicios/{slug}/")
        name = page.locator("h1").inner_text()
        sheets = printed(page)
        ends = [f"Certicámara · {name} · {edition} {n}/2" for n in (1, 2)]
        assert [sheet[-len(end) :] for sheet, end in zip(sheets, ends, strict=True)] == ends
        assert sum(sheet.count(head) for sheet in sheets) == 1


@pytest.mark.parametrize("path", ["ediciones/1/", "ediciones/1/cambios/", "tarjeta/"])
def test_other_sheets_say_whose_they_are_too(site, open_page, at_night, path):
    page = open_page(f"{site}/servicios/clave-segura/{path}")
    sheets = printed(page)
    edition = "Certicámara · Clave Segura · Edición 1 del 22 de noviembre de 2026"
    ends = [f"{edition} {number}/{len(sheets)}" for number in range(1, len(sheets) + 1)]
    assert [sheet[-len(end) :] for sheet, end in zip(sheets, ends, strict=True)] == ends


def test_card_prints_whom_to_contact(site, open_page, at_night):
    [sheet] = printed(open_page(f"{site}/servicios/clave-segura/tarjeta/"))
    assert "Clave Segura" in sheet[:20]
    assert "318 717 4937" in sheet


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_code_of_the_card_is_there_to_copy(site, open_page, at_night, scripts):
    page = open_page(f"{site}/servicios/clave-segura/", java_script_enabled=scripts)
    page.get_by_text("Tarjeta para otros sitios").click()
    code = page.get_by_label("Pegue este código")
    address = f"{site}/servicios/clave-segura/tarjeta/"
    assert (code.is_visible(), code.input_value().count(f'src="{address}"')) == (True, 1)


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
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=subasta+electronica")
    if scripts:
        press_until(page, ".service h3 a")
    else:
        page.locator(".service h3 a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/servicios/subasta-electronica/")
    page.locator(".choices a.critical").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?solicitud=incidente-critico")
    button = page.locator(".answer .button")
    assert button.count() == 1
    assert button.get_attribute("href") == "tel:+573187174937"
    button.focus()
    outline = (
        button.evaluate("element => getComputedStyle(element).outlineStyle") if scripts else ""
    )
    assert outline in ("solid", "")


def test_skip_link_leads_to_the_content(site, open_page):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_results_follow_the_typing(site, open_page):
    page = open_page(site)
    page.locator("#q").press_sequentially("clave")
    page.wait_for_url("**/?q=clave")
    assert page.locator(".service h3").all_inner_texts() == ["Clave Segura"]
    assert page.get_by_role("status").inner_text().startswith("1 servicio encontrado")
    assert page.evaluate("document.activeElement.id") == "q"


def test_language_switch_keeps_the_question(site, open_page):
    page = open_page(f"{site}/servicios/clave-segura/?solicitud=queja")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/servicios/clave-segura/?solicitud=queja")
    assert page.locator("html").get_attribute("lang") == "en"


def test_pages_break_no_rule_of_their_own_policy(site, open_page):
    page = open_page(site)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in (*(path for path in PATHS if path != "nada/"), "en/"):
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
    assert page.frame_locator("iframe").locator("h1").get_by_text("Clave Segura").count() == shown


CRITICAL = "tel:+573187174937"
NEAR = ("/", *(f"/servicios/{slug}/" for slug in SLUGS))


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def gone_offline(open_page, address, kept=NEAR):
    """A page seen once, by a device that then kept these too and has no connection any more."""
    page = open_page(address)
    wait_until_kept(page, kept)
    page.context.set_offline(True)
    return page


def wait_until_kept(page, paths):
    page.evaluate(
        """async paths => {
            while (!(await Promise.all(paths.map(path => caches.match(path)))).every(Boolean))
                await new Promise(resolve => setTimeout(resolve, 20));
        }""",
        list(paths),
    )


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
    assert (
        page.locator(".offline")
        .inner_text()
        .startswith("Copia guardada del 22 de noviembre de 2026")
    )
    assert page.locator(".answer .button").first.get_attribute("href") == CRITICAL


def test_page_of_the_first_visit_is_kept_with_its_style(site, open_page, at_night):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.reload()
    assert page.locator(".offline").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('ul')).listStyleType") == "none"


@pytest.mark.parametrize("opened", ["", "?solicitud=queja"])
def test_question_that_is_not_kept_is_answered_in_general(site, open_page, at_night, opened):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/{opened}")
    page.locator(".choices a.critical").click()
    page.wait_for_url("**/?solicitud=incidente-critico")
    assert page.locator(".offline").is_visible()
    assert page.locator(".choices [aria-current]").inner_text().endswith("Cualquier asunto")
    assert page.locator(".answer .button").first.get_attribute("href") == CRITICAL


def test_question_is_never_answered_with_the_page_of_another(site, open_page, at_night):
    asked = "/servicios/clave-segura/?solicitud=queja"
    page = gone_offline(open_page, f"{site}{asked}")
    forget_all_but(page, [asked])
    page.goto(f"{site}/servicios/clave-segura/?solicitud=incidente-critico")
    assert page.locator("h1").inner_text() == "Sin conexión"
    other = page.locator(".kept h3 a")
    assert other.get_attribute("href") == asked
    assert other.inner_text().startswith("Clave Segura · Peticiones, Quejas")


@pytest.mark.parametrize("language", LANGUAGES)
def test_services_of_the_list_are_kept_without_being_opened(site, open_page, at_night, language):
    kept = [f"/{language}", f"/{language}servicios/clave-segura/"]
    page = gone_offline(open_page, f"{site}/{language}", kept)
    page.locator(".service a", has_text="Clave Segura").click()
    assert page.locator(".offline").is_visible()
    assert page.locator(".answer .button").first.get_attribute("href") == CRITICAL


def test_fresh_copies_are_not_fetched_again(site, open_page):
    page = open_page(site)
    wait_until_kept(page, NEAR)
    asked = []

    def note(environ, **kwargs):
        asked.append(environ["PATH_INFO"])

    request_started.connect(note)
    try:
        page.goto(f"{site}/?q=clave")
        page.goto(f"{site}/servicios/clave-segura/?solicitud=queja")
        page.goto(f"{site}/en/")
        wait_until_kept(page, ["/en/", *(f"/en{path}" for path in NEAR)])
    finally:
        request_started.disconnect(note)
    pages = [path for path in asked if path.endswith("/")]
    assert pages[:2] == ["/", "/servicios/clave-segura/"]
    assert sorted(pages[2:]) == sorted(f"/en{path}" for path in NEAR)


def test_device_that_saves_data_keeps_what_was_opened_and_its_general_page(site, open_page):
    page = open_page(site)
    wait_until_kept(page, NEAR)
    page.context.service_workers[0].evaluate(
        "Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => true })"
    )
    for slug in ("clave-segura", "certifactura"):
        page.goto(f"{site}/en/servicios/{slug}/?solicitud=queja")
        wait_until_kept(page, [f"/en/servicios/{slug}/"])
    kept = page.evaluate(
        """async () => (await (await caches.open((await caches.keys())[0])).keys())
            .map(({ url }) => url.slice(location.origin.length))"""
    )
    assert sorted(path for path in kept if path.startswith("/en/")) == [
        "/en/servicios/certifactura/",
        "/en/servicios/certifactura/?solicitud=queja",
        "/en/servicios/clave-segura/",
        "/en/servicios/clave-segura/?solicitud=queja",
    ]


def test_page_that_is_no_longer_published_is_not_kept(site, open_page):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.context.set_offline(False)
    Service.objects.filter(slug="clave-segura").update(is_published=False)
    page.reload()
    page.context.set_offline(True)
    page.reload()
    assert page.locator("h1").inner_text() == "Sin conexión"
    assert page.locator(".kept h3 a", has_text="Clave Segura").count() == 0


@pytest.mark.parametrize(
    ("path", "title"),
    [("nada/", "Sin conexión"), ("?q=clave", "Sin conexión"), ("en/nada/", "No connection")],
)
def test_page_that_is_not_kept_leads_to_those_that_are(site, open_page, at_night, path, title):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.goto(f"{site}/{path}")
    assert page.locator("h1").inner_text() == title
    assert len(page.locator(".kept .service").all()) == len(NEAR)
    page.locator(".kept h3 a", has_text="Clave Segura").click()
    assert page.locator("h1").inner_text() == "Clave Segura"


def test_page_kept_in_the_other_language_comes_first_with_its_critical_contacts(
    site, open_page, at_night
):
    page = gone_offline(open_page, f"{site}/servicios/clave-segura/")
    page.goto(f"{site}/en/servicios/clave-segura/?solicitud=queja")
    first = page.locator(".kept .service").first
    assert first.get_attribute("lang") == "es"
    assert first.locator("h3").inner_text() == "Clave Segura"
    assert first.locator(".quiet").inner_text() == "Copia del 22 de noviembre de 2026, 3 a.m."
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
    page.get_by_role("link", name="Intente de nuevo").click()
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
    assert page.locator(".offline").is_visible()
    assert page.locator(".answer .button").first.get_attribute("href") == CRITICAL
