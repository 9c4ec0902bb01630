"""The page of a service, measured: how long it is, what its first screen has, its sizes of type,
and what is left of it without scripts, colours or a style sheet."""

import gzip

import pytest
import time_machine

from tests.browser.pages import HOLIDAY, NIGHT, SLUGS, WORK

PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
# What the bars of a browser on a phone leave of it.
FIRST_SCREEN = 640 - 64
LONGEST = {360: 4400, 1280: 2600}
LENGTH = "document.documentElement.scrollHeight"
# The sizes of all text that is seen, in pixels.
SIZES = """() => {
    const sizes = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const unread = "script, template, textarea, .visually-hidden, .skip";
        if (!texts.currentNode.data.trim() || element.closest(unread)) continue;
        if (!element.checkVisibility()) continue;
        sizes.add(Math.round(parseFloat(getComputedStyle(element).fontSize) * 10) / 10);
    }
    return [...sizes].sort((one, other) => one - other);
}"""
HTML_BUDGET, CSS_BUDGET = 14 * 1024, 10 * 1024  # bytes, compressed
NO_STYLE = "document.querySelectorAll('link[rel=stylesheet]').forEach(each => each.remove())"


def visit(page, site, path, instant, size=PHONE):
    page.set_viewport_size(size)
    with time_machine.travel(instant):
        page.goto(f"{site}/{path}")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("instant", [NIGHT, WORK, HOLIDAY], ids=["night", "work", "holiday"])
def test_help_desk_is_no_longer_than_it_may_be(site, open_page, instant, size):
    page = open_page("about:blank")
    visit(page, site, "servicios/mesa-de-ayuda/", instant, size)
    assert page.evaluate(LENGTH) <= LONGEST[size["width"]]


@pytest.mark.parametrize("instant", [NIGHT, WORK], ids=["night", "work"])
def test_answer_is_on_the_first_screen(site, open_page, instant):
    page, below = open_page("about:blank"), {}
    for slug in SLUGS:
        visit(page, site, f"servicios/{slug}/", instant)
        best = page.locator(".leads .button").first
        box = best.bounding_box()
        if box["y"] + box["height"] > FIRST_SCREEN:
            below[slug] = box
        assert page.locator(".now").first.bounding_box()["y"] < box["y"]
    assert below == {}


def test_number_is_the_largest_text_of_its_button_and_has_its_label(site, open_page):
    page = open_page("about:blank")
    visit(page, site, "servicios/clave-segura/", WORK)
    button = page.locator(".leads .button").first
    assert button.inner_text().split("\n") == [
        "Llamar: Línea de servicio al cliente en Bogotá",
        "601 744 2727",
    ]
    style = button.locator(".value").evaluate(
        "each => (({fontSize, fontWeight, fontVariantNumeric}) => [fontSize, fontWeight, "
        "fontVariantNumeric])(getComputedStyle(each))"
    )
    assert style == ["22px", "700", "tabular-nums"]
    assert page.locator(".leads .menu").first.inner_text() == "luego marque 2, después 4"


def test_line_for_critical_incidents_never_leads_while_others_answer(site, open_page):
    page, leading = open_page("about:blank"), {}
    for slug in SLUGS:
        visit(page, site, f"servicios/{slug}/", WORK)
        first = page.locator(".leads > *").first
        leading[slug] = first.evaluate("each => each.className.includes('critical')")
    assert leading == dict.fromkeys(SLUGS, False)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_has_five_sizes_of_type_at_most(site, open_page, size):
    page, many = open_page("about:blank"), {}
    for slug in SLUGS:
        visit(page, site, f"servicios/{slug}/", HOLIDAY, size)
        sizes = page.evaluate(SIZES)
        if len(sizes) > 5:
            many[slug] = sizes
    assert many == {}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_a_page_of_a_service_loads(site, open_page, size):
    page = open_page("about:blank")
    visit(page, site, "servicios/clave-segura/", WORK, size)
    page.wait_for_load_state("networkidle")
    moved = page.evaluate("""() => new Promise(resolve => {
        const moved = [];
        new PerformanceObserver(list => list.getEntries().forEach(({ sources }) => moved.push(
            ...sources.map(({ node }) => node?.outerHTML ?? node?.data ?? "")
        ))).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(moved), 100);
    })""")
    assert moved == []


def test_pages_and_their_style_are_small(site, client):
    for instant in (NIGHT, WORK, HOLIDAY):
        with time_machine.travel(instant):
            sizes = {
                slug: len(gzip.compress(client.get(f"/servicios/{slug}/").content))
                for slug in SLUGS
            }
        assert {slug: size for slug, size in sizes.items() if size > HTML_BUDGET} == {}
    style = b"".join(client.get("/static/directory/site.css").streaming_content)
    assert len(gzip.compress(style)) <= CSS_BUDGET


def test_folded_levels_are_open_without_scripts_and_on_paper(site, open_page):
    seen = {}
    for name, options in {
        "scripts": {},
        "none": {"java_script_enabled": False},
        "paper": {},
    }.items():
        page = open_page("about:blank", **options)
        if name == "paper":
            page.emulate_media(media="print")
        visit(page, site, "servicios/clave-segura/", WORK)
        contacts = page.locator(".level .contact")
        seen[name] = [contacts.first.is_visible(), contacts.last.is_visible()]
    assert seen == {"scripts": [True, False], "none": [True, True], "paper": [True, True]}


def test_folded_level_opens_by_keyboard(site, open_page):
    page = open_page("about:blank")
    visit(page, site, "servicios/clave-segura/", WORK)
    last = page.locator(".level details").last
    last.locator("summary").focus()
    page.keyboard.press("Enter")
    assert last.locator(".contact").first.is_visible()


def test_without_a_style_sheet_nothing_false_or_giant_is_seen(site, open_page):
    page = open_page("about:blank")
    visit(page, site, "servicios/mesa-de-ayuda/", WORK)
    page.evaluate(NO_STYLE)
    text = page.locator("body").inner_text()
    assert "Copia guardada" not in text
    assert "Nivel\nResponsable" not in text
    largest = page.eval_on_selector_all(
        "svg", "all => Math.max(...all.map(each => each.getBoundingClientRect().width))"
    )
    assert largest <= 24


@pytest.mark.parametrize(
    "path", ["servicios/clave-segura/", "servicios/clave-segura/tarjeta/?request_type=queja"]
)
def test_forced_colours_tell_open_from_closed_by_shape(site, open_page, path):
    page = open_page("about:blank", forced_colors="active")
    mark = """each => {
        const {backgroundColor, borderTopColor} = getComputedStyle(each, "::before");
        return backgroundColor === borderTopColor;
    }"""
    filled = {}
    for name, instant in (("open", WORK), ("closed", NIGHT)):
        visit(page, site, path, instant)
        word = page.locator(f".state-{name} .state-word").first
        filled[name] = word.evaluate(mark)
    assert filled == {"open": True, "closed": False}


def test_pointer_has_a_button_that_copies_what_is_used_elsewhere(site, open_page):
    page = open_page("about:blank", permissions=["clipboard-read", "clipboard-write"])
    visit(page, site, "servicios/clave-segura/", WORK, DESK)
    copied = {}
    for label in ("Copiar 601 744 2727", "Copiar idealab.certicamara.com/CertiChat/chat.php"):
        page.get_by_role("button", name=label).first.click()
        page.locator("#copied", has_text="Copiado:").wait_for(state="attached")
        copied[label] = page.evaluate("navigator.clipboard.readText()")
    assert list(copied.values()) == [
        "+57 601 744 2727",
        "http://idealab.certicamara.com/CertiChat/chat.php",
    ]
    assert page.locator("#copied").inner_text().startswith("Copiado: http://idealab")
