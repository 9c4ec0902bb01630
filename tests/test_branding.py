"""Name, colour and logo of the organisation on its pages."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

pytestmark = pytest.mark.django_db

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


def test_without_a_logo_the_name_stands_there(client):
    assert "/brand/" not in client.get("/").content.decode()
    assert client.get("/brand/logo.svg").status_code == 404


def test_colour_is_a_style_sheet(client):
    assert client.get("/brand.css").content.decode() == ":root { --brand: #0b4f8a; }\n"


@pytest.mark.parametrize("name", ["missing.svg", "logo.exe"])
def test_logo_that_cannot_be_shown_is_refused_at_the_start(tmp_path, name):
    (tmp_path / "logo.exe").touch()
    with pytest.raises(ImproperlyConfigured, match="ORGANIZATION_LOGO"):
        replace(settings.ORGANIZATION, logo=str(tmp_path / name))
