"""The public pages, measured: how large they are, their sizes of type, what moves; of the page of a
service also how long it is, what its first screen has, and what is left of it without scripts,
colours or a style sheet."""

import gzip
import re

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.pages import FORMS, HOLIDAY, LANGUAGES, NIGHT, PATHS, SLUGS, WORK
from tests.browser.tools import follow

PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
SMALL_PHONE = {"width": 320, "height": 568}
# What the bars of a browser take of a phone.
BARS = 64
LONGEST = {360: 4400, 1280: 2600}
LENGTH = "document.documentElement.scrollHeight"
# What is not as it should be on the open page: more than five sizes of text, in pixels; headings
# that leave out a level; what is pressed or filled in and is lower than 44 pixels; what has the
# focus and does not show it.
FAULTS = """() => {
    const read = (selector) =>
        [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const all = (selector) =>
        read(selector).filter((each) => !each.closest(".visually-hidden, .skip"));
    const px = (value) => Math.round(parseFloat(value) * 10) / 10;
    const faults = [];

    const sizes = new Set(all("body *").filter((each) => !each.matches("script, textarea")
        && [...each.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim())
    ).map((each) => px(getComputedStyle(each).fontSize)));
    if (sizes.size > 5) faults.push(`sizes: ${[...sizes]}`);

    const levels = read("h1, h2, h3, h4").map(({ localName }) => Number(localName[1]));
    const skipped = levels.some((level, at) => level > (levels[at - 1] ?? 0) + 1);
    if (skipped) faults.push(`headings: ${levels}`);

    const fields = "select, textarea, input:not([type=hidden])";
    for (const each of all(`:is(${fields}, .button, .action):not([type=radio])`)) {
        const { height } = each.getBoundingClientRect();
        if (height < 44) faults.push(`${px(height)} high: ${each.outerHTML}`);
    }
    for (const each of all(`a[href], button, summary, ${fields}`)) {
        each.focus();
        const shown = [null, "::after"].some((part) =>
            getComputedStyle(each, part).outlineStyle === "solid");
        if (document.activeElement === each && !shown) faults.push(`no focus: ${each.outerHTML}`);
    }
    return faults;
}"""
# What has moved since the page was asked for.
MOVED = """() => new Promise(resolve => {
    const moved = [];
    new PerformanceObserver(list => list.getEntries().forEach(({ sources }) => moved.push(
        ...sources.map(({ node }) => `moved: ${node?.outerHTML ?? node?.data ?? ""}`)
    ))).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(moved), 100);
})"""
HTML_BUDGET, CSS_BUDGET = 14 * 1024, 10 * 1024  # bytes, compressed
NO_STYLE = "document.querySelectorAll('link[rel=stylesheet]').forEach(each => each.remove())"


@pytest.fixture
def visit(site, time_machine):
    """A function that opens a path at an instant. The clock stands still until the end of the test
    or the next visit: by that of the device the page is old, and soon fetches itself again."""

    def visited(page, path, instant, size=PHONE):
        time_machine.move_to(instant, tick=False)
        page.set_viewport_size(size)
        page.goto(f"{site}/{path}")

    return visited


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("instant", [NIGHT, WORK, HOLIDAY], ids=["night", "work", "holiday"])
def test_help_desk_is_no_longer_than_it_may_be(visit, open_page, instant, size):
    page = open_page("about:blank")
    visit(page, "servicios/mesa-de-ayuda/", instant, size)
    assert page.evaluate(LENGTH) <= LONGEST[size["width"]]


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE], ids=["small", "phone"])
@pytest.mark.parametrize("instant", [NIGHT, WORK], ids=["night", "work"])
def test_answer_is_on_the_first_screen(visit, open_page, instant, size):
    page, below = open_page("about:blank"), {}
    for slug in SLUGS:
        visit(page, f"servicios/{slug}/", instant, size)
        best = page.locator(".leads .button").first
        box = best.bounding_box()
        if box["y"] + box["height"] > size["height"] - BARS:
            below[slug] = box
        assert page.locator(".now").first.bounding_box()["y"] < box["y"]
    assert below == {}


def test_number_is_the_largest_text_of_its_button_and_has_its_label(visit, open_page):
    page = open_page("about:blank")
    visit(page, "servicios/clave-segura/", WORK)
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


def test_line_for_critical_incidents_never_leads_while_others_answer(visit, open_page):
    page, leading = open_page("about:blank"), {}
    for slug in SLUGS:
        visit(page, f"servicios/{slug}/", WORK)
        first = page.locator(".leads > *").first
        leading[slug] = first.evaluate("each => each.className.includes('critical')")
    assert leading == dict.fromkeys(SLUGS, False)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_has_one_scale_of_type_and_room_shows_the_focus_and_does_not_move(
    site, open_page, size
):
    page, found = open_page("about:blank", viewport=size), {}

    def look(name):
        moved = page.evaluate(MOVED)
        # Who presses a key sees where the focus is.
        page.keyboard.press("Tab")
        found[name] = moved + page.evaluate(FAULTS)

    with time_machine.travel(WORK, tick=False):
        for path in PATHS:
            page.goto(f"{site}/{path}")
            look(path)
        for path in FORMS:
            page.goto(f"{site}/{path}")
            follow(page, page.click, "main form .action")
            look(f"{path} with errors")
    assert {name: faults for name, faults in found.items() if faults} == {}


STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


def test_every_page_and_its_style_are_small(site, client):
    def compressed(address):
        return len(gzip.compress(client.get(address).getvalue()))

    large, styles = {}, set()
    for instant in (NIGHT, WORK, HOLIDAY):
        with time_machine.travel(instant):
            for path in (f"/{language}{path}" for language in LANGUAGES for path in PATHS):
                html = client.get(path).content
                styles.add(tuple(STYLE.findall(html.decode())))
                if len(gzip.compress(html)) > HTML_BUDGET:
                    large[instant, path] = len(gzip.compress(html))
    assert large == {}
    # Those of a service, of results, of editions, of forms, and of the card.
    assert len(styles) == 5
    assert {each for each in styles if sum(map(compressed, each)) > CSS_BUDGET} == set()


def test_folded_levels_are_open_without_scripts_and_on_paper(visit, open_page):
    seen = {}
    for name, options in {
        "scripts": {},
        "none": {"java_script_enabled": False},
        "paper": {},
    }.items():
        page = open_page("about:blank", **options)
        if name == "paper":
            page.emulate_media(media="print")
        visit(page, "servicios/clave-segura/", WORK)
        contacts = page.locator(".level .contact")
        seen[name] = [contacts.first.is_visible(), contacts.last.is_visible()]
    assert seen == {"scripts": [True, False], "none": [True, True], "paper": [True, True]}


def test_folded_level_opens_by_keyboard(visit, open_page):
    page = open_page("about:blank")
    visit(page, "servicios/clave-segura/", WORK)
    last = page.locator(".level details").last
    last.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(last.locator(".contact").first).to_be_visible()


def test_without_a_style_sheet_nothing_false_or_giant_is_seen(visit, open_page):
    page = open_page("about:blank")
    visit(page, "servicios/mesa-de-ayuda/", WORK)
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
def test_forced_colours_tell_open_from_closed_by_shape(visit, open_page, path):
    page = open_page("about:blank", forced_colors="active")
    mark = """each => {
        const {backgroundColor, borderTopColor} = getComputedStyle(each, "::before");
        return backgroundColor === borderTopColor;
    }"""
    filled = {}
    for name, instant in (("open", WORK), ("closed", NIGHT)):
        visit(page, path, instant)
        word = page.locator(f".state-{name} .state-word").first
        filled[name] = word.evaluate(mark)
    assert filled == {"open": True, "closed": False}


def test_pointer_has_a_button_that_copies_what_is_used_elsewhere(visit, open_page):
    page = open_page("about:blank", permissions=["clipboard-write"])
    visit(page, "servicios/clave-segura/", WORK, DESK)
    # No page of ours may read what is copied; so what is written is noted on its way.
    page.evaluate(
        """() => {
          const clipboard = navigator.clipboard, write = clipboard.writeText.bind(clipboard);
          clipboard.writeText = text => { window.written = text; return write(text); };
        }"""
    )
    copied = [
        ("Copiar 601 744 2727", "+57 601 744 2727"),
        (
            "Copiar idealab.certicamara.com/CertiChat/chat.php",
            "http://idealab.certicamara.com/CertiChat/chat.php",
        ),
    ]
    for label, written in copied:
        page.get_by_role("button", name=label).first.click()
        page.locator("#copied", has_text=f"Copiado: {written}").wait_for(state="attached")
        assert page.evaluate("window.written") == written
