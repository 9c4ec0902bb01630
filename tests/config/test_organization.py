"""Whose directory it is: its name, colour and logo on pages."""

from dataclasses import replace

import pytest

from config.environment.identity import contrast_with_white
from config.organization import Organization

pytestmark = pytest.mark.django_db

EXAMPLE = Organization(
    name="Ejemplo",
    url="https://example.com",
    motto="",
    logo_text="Ejemplo",
    brand_color="#0b4f8a",
    language="es",
    country="CO",
    time_zone="America/Bogota",
)


def test_the_site_of_the_organisation_is_one_of_the_hosts_that_it_lists():
    assert EXAMPLE.listed_hosts == ()
    listed = replace(EXAMPLE, hosts=("example.org",))
    assert listed.listed_hosts == ("example.org", "example.com")
    assert replace(listed, url="").listed_hosts == ("example.org",)


@pytest.mark.parametrize(
    ("written", "page", "same"),
    [
        ("es", "es", True),
        ("es-CO", "es", True),
        ("es-co", "es-CO", True),
        ("pt", "pt-br", True),
        ("es", None, True),
        ("es", "en", False),
        ("zh-Hant", "zh-hans", False),
        ("est", "es", False),
    ],
)
def test_pages_are_in_the_language_of_its_staff_whatever_the_region(written, page, same):
    assert replace(EXAMPLE, language=written).writes(page) is same


@pytest.mark.parametrize(
    ("color", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_is_that_of_wcag(color, ratio):
    assert round(contrast_with_white(color), 2) == ratio


IMAGE = "<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def logo(tmp_path, settings):
    file = tmp_path / "logo.svg"
    file.write_text(IMAGE, encoding="utf-8")
    settings.ORGANIZATION = replace(settings.ORGANIZATION, logo=str(file))


def test_logo_is_shown_with_the_name_for_those_who_do_not_see_it(client, logo):
    html = client.get("/").content.decode()
    assert '<img src="/brand/logo.svg" alt="Certicámara" height="32">' in html
    response = client.get("/brand/logo.svg")
    assert (response["Content-Type"], response.content.decode()) == ("image/svg+xml", IMAGE)


def test_without_a_logo_no_page_points_to_one(client):
    assert "/brand/logo" not in client.get("/").content.decode()
    assert client.get("/brand/logo.svg").status_code == 404


def test_colour_and_paper_are_a_style_sheet(client):
    css = ":root { --brand: #0b4f8a; }\n@page { size: letter; }\n"
    assert client.get("/brand.css").content.decode() == css


@pytest.mark.parametrize(
    ("country", "paper_size", "paper"),
    [
        ("CO", "", "letter"),
        ("US", "", "letter"),
        ("CL", "", "letter"),
        ("ES", "", "A4"),
        ("AR", "", "A4"),
        ("CO", "A4", "A4"),
        ("ES", "letter", "letter"),
    ],
)
def test_paper_is_what_is_usual_in_the_country_unless_it_is_set(country, paper_size, paper):
    assert replace(EXAMPLE, country=country, paper_size=paper_size).paper == paper
