"""What comes out of the printer: the document, sheet by sheet."""

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.pages import SLUGS
from tests.browser.tools import needed

CONSULTED = "Consultado el domingo 22 de noviembre de 2026"


def test_print_is_the_document(at_night, site, open_page):
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
    at_night, site, open_page, language, edition, head
):
    page = open_page(site)
    for slug in SLUGS:
        page.goto(f"{site}/{language}servicios/{slug}/")
        name = page.locator("h1").inner_text()
        sheets = printed(page)
        ends = [f"Certicámara · {name} · {edition} {n}/2" for n in (1, 2)]
        assert [sheet[-len(end) :] for sheet, end in zip(sheets, ends, strict=True)] == ends
        # Levels that go on overleaf have their headings there once more.
        assert {sheet.count(head) for sheet in sheets} in ({0, 1}, {1})


def test_levels_that_do_not_fit_on_a_sheet_go_on_overleaf(at_night, site, open_page):
    page = open_page(f"{site}/servicios/mesa-de-ayuda/", bypass_csp=True)
    page.add_style_tag(
        content="""@media print {
            [aria-labelledby=escalation] { break-before: page }
            .levels { margin-top: 150mm }
            .level-when { height: 30mm }
        }"""
    )
    *_before, first, overleaf = printed(page)
    head = "Nivel Responsable Cuándo Contacto"
    assert (first.count(head), overleaf.count(head)) == (1, 1)
    titles = ("Primer", "Segundo", "Tercer", "Cuarto")
    assert [title in first for title in titles] == [True, True, False, False]


@pytest.mark.parametrize("path", ["ediciones/1/", "ediciones/1/cambios/", "tarjeta/"])
def test_other_sheets_say_whose_they_are_too(at_night, site, open_page, path):
    page = open_page(f"{site}/servicios/clave-segura/{path}")
    sheets = printed(page)
    edition = "Certicámara · Clave Segura · Edición 1 del 22 de noviembre de 2026"
    ends = [f"{edition} {number}/{len(sheets)}" for number in range(1, len(sheets) + 1)]
    assert [sheet[-len(end) :] for sheet, end in zip(sheets, ends, strict=True)] == ends


@pytest.mark.parametrize(
    ("paper_size", "points"), [("", (612, 792)), ("A4", (595, 842))], ids=["letter", "A4"]
)
def test_pages_print_on_the_paper_of_the_organisation(
    at_night, site, open_page, settings, paper_size, points
):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, paper_size=paper_size)
    page = open_page(f"{site}/servicios/clave-segura/")
    for address in ("clave-segura/", "clave-segura/tarjeta/", "clave-segura/ediciones/1/"):
        page.goto(f"{site}/servicios/{address}")
        pdf = page.pdf(prefer_css_page_size=True)
        sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
        assert {tuple(round(float(each)) for each in size) for size in sizes} == {points}


def test_card_prints_whom_to_contact(at_night, site, open_page):
    [sheet] = printed(open_page(f"{site}/servicios/clave-segura/tarjeta/"))
    assert "Clave Segura" in sheet[:20]
    assert "318 717 4937" in sheet
    assert CONSULTED in sheet


def test_list_says_of_when_its_states_are(at_night, site, open_page):
    assert f"{CONSULTED} · Vale hasta" in "".join(printed(open_page(site)))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_code_of_the_card_is_there_to_copy(at_night, site, open_page, scripts):
    page = open_page(f"{site}/servicios/clave-segura/", java_script_enabled=scripts)
    page.get_by_text("Tarjeta para otros sitios").click()
    code = page.get_by_label("Pegue este código")
    address = f"{site}/servicios/clave-segura/tarjeta/"
    expect(code).to_be_visible()
    assert code.input_value().count(f'src="{address}"') == 1
