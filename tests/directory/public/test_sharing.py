"""How pages are called where people find and share them, and what they look like there."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from directory.editions.publish import publish
from directory.models import Service
from directory.public.brand import images, letters, png
from directory.public.mirror_pages import KEY
from directory.public.sharing import LONGEST, open_graph_locale
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db


def shared(client, *contacts, path="/servicios/mesa/", name="Mesa"):
    """The title of the page, and its properties for sharing by name."""
    service = ServiceFactory(slug="mesa", name=name)
    ChannelFactory(service=service, contacts=list(contacts))
    publish(Service.objects.all())
    return read(client, path)


def read(client, path):
    html = client.get(path).content.decode()
    title = unescape(re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1].strip())
    meta = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html)
    return title, {name: unescape(value) for name, value in meta}


def test_title_and_description_say_what_people_search_for(client):
    phone, mail = PhoneFactory(phone="+576017442727"), EmailFactory(email="mesa@example.com")
    title, meta = shared(client, mail, phone)
    assert title == "Mesa: teléfono y soporte · Certicámara"
    assert meta["description"] == meta["og:description"] == (
        "Mesa · Teléfono 601 744 2727 · mesa@example.com"
        " · Horarios, quién atiende ahora y a quién escalar."
    )  # fmt: skip
    assert meta["og:title"] == "Mesa: teléfono y soporte"


def test_title_promises_no_phone_where_there_is_none(client):
    assert shared(client, EmailFactory())[0] == "Mesa: contacto y soporte · Certicámara"


def test_number_that_does_not_work_is_not_promised(client):
    phone = PhoneFactory(phone="+576017442727")
    NoticeFactory(contact_point=phone)
    title, meta = shared(client, phone)
    assert (title, "744" in meta["description"]) == (
        "Mesa: contacto y soporte · Certicámara",
        False,
    )


def test_description_is_no_longer_than_is_shown(client):
    mail = EmailFactory(email=f"{'largo' * 12}@example.com")
    _title, meta = shared(client, PhoneFactory(), mail, name="Un servicio " * 6)
    assert "Teléfono" in meta["description"]
    assert len(meta["description"]) <= LONGEST


@pytest.mark.parametrize(("path", "locale", "image"), [
    ("/servicios/mesa/", "es_CO", "es"), ("/", "es_CO", "es"),
    ("/en/servicios/mesa/", "en_US", "en"),
])  # fmt: skip
def test_page_is_complete_for_sites_that_it_is_shared_on(client, settings, path, locale, image):
    _title, meta = shared(client, PhoneFactory(), path=path)
    told = {name.removeprefix("og:"): value for name, value in meta.items() if "og:" in name}
    # One for each other language, of which the last was read.
    others = {open_graph_locale(code) for code, _name in settings.LANGUAGES} - {locale}
    assert told.pop("locale:alternate") in others
    assert {**told, "title": "", "description": "", "image:alt": ""} == {
        "type": "website",
        "site_name": "Certicámara",
        "title": "",
        "description": "",
        "url": f"http://testserver{path}",
        "image": f"http://testserver/brand/share-{image}.png",
        "image:type": "image/png",
        "image:width": "1200",
        "image:height": "630",
        "image:alt": "",
        "locale": locale,
    }
    size = client.get(told["image"]).content
    assert (png.decode(size).width, png.decode(size).height) == (1200, 630)


def test_locales_have_a_country():
    assert [open_graph_locale(code) for code in ("es", "en", "pt-br", "pt")] == [
        "es_CO", "en_US", "pt_BR", "pt_BR",
    ]  # fmt: skip


@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_manifest_is_of_the_language_and_of_the_brand(client, prefix):
    response = client.get(f"{prefix}manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["start_url"], manifest["scope"]) == (prefix, "/")
    assert manifest["theme_color"] == "#0b4f8a"
    icons = {(each["sizes"], each["purpose"]) for each in manifest["icons"]}
    assert icons == {(f"{n}x{n}", use) for n in (192, 512) for use in ("any", "maskable")}
    for each in manifest["icons"]:
        icon = png.decode(client.get(each["src"]).content)
        assert f"{icon.width}x{icon.height}" == each["sizes"]
    html = client.get(prefix).content.decode()
    assert f'<link rel="manifest" href="{prefix}manifest.webmanifest">' in html
    assert '<link rel="apple-touch-icon" href="/brand/icon-180.png">' in html


@pytest.mark.parametrize(
    "path", ["icon-181.png", "icon-999999999.png", "share-xx.png", "share-.png"]
)
def test_other_images_are_not_there(client, path):
    assert client.get(f"/brand/{path}").status_code == 404


def test_icon_of_a_tab_is_in_the_colour_of_the_brand(client, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, brand_color="#7a1f3d")
    html = client.get("/").content.decode()
    assert '<link rel="icon" href="/brand/icon.svg" type="image/svg+xml">' in html
    icon = client.get("/brand/icon.svg")
    assert icon["Content-Type"] == "image/svg+xml"
    assert re.findall(r'fill="(#[^"]*)"', icon.content.decode()) == ["#7a1f3d"]


def test_images_are_in_the_colour_of_the_brand(settings):
    organization = replace(settings.ORGANIZATION, brand_color="#7a1f3d")
    icon = png.decode(images.icon(organization, 180))
    colours = {pixel for row in icon.rows for pixel in row}
    assert icon.rows[0][0] == (0x7A, 0x1F, 0x3D, 255)
    # Something is drawn, within the circle that every home screen shows.
    assert (255, 255, 255, 255) in colours
    drawn = [
        (x, y) for y, row in enumerate(icon.rows) for x, pixel in enumerate(row)
        if pixel != icon.rows[0][0]
    ]  # fmt: skip
    assert max((x - 89.5) ** 2 + (y - 89.5) ** 2 for x, y in drawn) < 72**2


def test_icon_of_tabs_is_in_the_colour_of_the_brand(client, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, brand_color="#7a1f3d")
    [address] = re.findall('rel="icon" href="(.*?)"', client.get("/").content.decode())
    icon = client.get(address)
    assert icon["Content-Type"] == "image/svg+xml"
    assert re.findall('(fill|stroke)="(#.*?)"', icon.content.decode()) == [
        ("fill", "#7a1f3d"), ("stroke", "#fff"),
    ]  # fmt: skip


def test_name_in_other_letters_is_left_out(settings):
    assert letters.in_letters("Certicámara S.A.") == "CERTICA\u0301MARA S.A."
    assert letters.in_letters("サポート") == ""
    organization = replace(settings.ORGANIZATION, logo_text="サポート")
    assert images.share_image(organization, "サポート").startswith(png.SIGNATURE)


def test_logo_stands_in_the_place_of_the_name(settings, tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(png.encode(40, 10, [b"\xff\x00\x00" * 40] * 10))
    organization = replace(settings.ORGANIZATION, logo=str(logo))
    picture = png.decode(images.share_image(organization, ""))
    assert picture.rows[395][600] == (255, 0, 0, 255)


@pytest.mark.parametrize("content", [b"", b"no image", png.SIGNATURE, png.SIGNATURE + b"\0" * 40])
def test_broken_logo_leaves_the_name(settings, tmp_path, content):
    logo = tmp_path / "logo.png"
    logo.write_bytes(content)
    organization = replace(settings.ORGANIZATION, logo=str(logo))
    named = images.share_image(replace(organization, logo=""), "")
    assert images.share_image(organization, "") == named


def test_mirror_page_is_shared_with_the_same_image(client):
    ServiceFactory(slug="mesa")
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/", **{KEY: True}).content.decode()
    assert "/brand/share-es.png" in html
