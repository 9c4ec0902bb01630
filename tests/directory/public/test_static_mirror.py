"""`manage.py export_site`: the public pages as files that any web server can hand out."""

import errno
import os
import re
from io import StringIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.core.management import CommandError, call_command

from directory.editions.publish import publish
from directory.models import Channel, Service
from directory.public import static_mirror
from directory.public.mirror_pages import file_of
from tests.directory.pages import MONDAY_MORNING, SUNDAY_NIGHT, published
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
)
from tests.html import Page
from tests.tampering import set_values

pytestmark = pytest.mark.django_db


def export(directory, **options):
    output = StringIO()
    call_command("export_site", directory, stdout=output, **options)
    return output.getvalue()


def addresses(page):
    """Everything that a page leads to, whatever the element."""
    led_to = {value for name, value in page.attributes if name in ("href", "src", "action")}
    return led_to | {
        value for name, value in page.attributes if name == "content" and value.startswith("http")
    }


def dead_links(copy, base_url="http://127.0.0.1:8000"):
    """(file, link) of what leads from the copy to a file of the site, or an anchor, that it lacks.

    Addresses of the live site count too: the copy takes its place.
    """
    files = [file for file in copy.rglob("*") if file.suffix in (".html", ".svg")]
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in files}
    for file in files:
        here = f"{base_url}/{file.relative_to(copy)}".removesuffix("index.html")
        for link in addresses(pages[file]):
            parts = urlsplit(urljoin(here, link))
            target = copy / file_of(parts.path)
            if f"{parts.scheme}://{parts.netloc}" != base_url:
                continue
            if not target.is_file() or (
                parts.fragment and ("id", parts.fragment) not in pages[target].attributes
            ):
                yield str(file.relative_to(copy)), link


@pytest.fixture
def mesa():
    return published(slug="mesa", name="Mesa")


def test_every_page_is_a_file_in_each_language(tmp_path, mesa, settings):
    export(tmp_path / "copia")
    pages = {str(path.relative_to(tmp_path / "copia")) for path in tmp_path.rglob("*.html")}
    service = "servicios/mesa/index.html", "servicios/mesa/tarjeta/index.html"
    spanish = {"index.html", "offline.html", *service}
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert pages == spanish | {f"{code}/{page}" for page in spanish for code in others}


def test_no_visitor_gets_a_page_that_is_meant_for_the_mirror(client, mesa):
    forged = {"directory.is_copy": "1", "directory-is-copy": "1", "directory_is_copy": "1"}
    page = client.get("/servicios/mesa/", headers=forged).content.decode()
    assert ("data-offline" in page, "/api/v1/services/mesa/" in page) == (False, True)


@pytest.mark.parametrize("instant", [SUNDAY_NIGHT, MONDAY_MORNING])
def test_links_within_the_copy_lead_to_its_files(tmp_path, monkeypatch, instant):
    monkeypatch.setattr("directory.public.views.PAGE_SIZE", 2)
    for name in "ABC":
        contacts = [WebFactory(), EmailFactory(), PhoneFactory()]
        kind = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
        service = complete_service(name=name)
        ChannelFactory(service=service, contacts=contacts, request_types=[kind])
    publish(Service.objects.all())
    # A second edition: with one, a page does not say what changed.
    Channel.objects.update(title="Otro")
    publish(Service.objects.all())
    with time_machine.travel(instant, tick=False):
        export(tmp_path / "copia")
    assert list(dead_links(tmp_path / "copia")) == []


def test_every_address_of_the_sitemaps_is_a_file(tmp_path, mesa):
    export(tmp_path / "copia")
    sitemaps = [path.read_text(encoding="utf-8") for path in (tmp_path / "copia").glob("*.xml")]
    addresses = re.findall(r"<loc>http://127.0.0.1:8000(.*?)</loc>", "".join(sitemaps))
    assert addresses
    files = [tmp_path / "copia" / file_of(address) for address in addresses]
    assert [file for file in files if not file.is_file()] == []


def test_what_needs_the_live_site_is_left_out(client, tmp_path, mesa):
    Service.objects.update(name="Mesa nueva")
    publish(Service.objects.all())
    live = [
        "/api/v1/services/mesa/",
        "/servicios/mesa/ediciones/",
        "/servicios/mesa/ediciones/2/cambios/",
        "/servicios/mesa/cambios.atom",
    ]
    export(tmp_path / "copia")
    page = client.get("/servicios/mesa/").content.decode()
    copy = (tmp_path / "copia/servicios/mesa/index.html").read_text(encoding="utf-8")
    assert [link for link in live if f'href="{link}"' in page] == live
    assert [link for link in live if f'href="{link}"' in copy] == []
    assert (tmp_path / "copia/servicios/mesa/contactos.vcf").is_file()


def test_choosing_a_request_is_left_out(client, tmp_path):
    kind = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    channel = ChannelFactory(service__slug="mesa", request_types=[kind])
    ChannelFactory(service=channel.service)
    publish(Service.objects.all())
    export(tmp_path / "copia")
    page = client.get("/servicios/mesa/").content.decode()
    copy = (tmp_path / "copia/servicios/mesa/index.html").read_text(encoding="utf-8")
    assert ("?request_type=queja" in page, "?request_type" in copy) == (True, False)
    assert copy.count("<nav") == copy.count("</nav>") == page.count("<nav") - 1
    assert ('class="answer"' in copy, copy.count("</section>")) == (True, page.count("</section>"))


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_pages_say_of_when_they_are(tmp_path, mesa):
    export(tmp_path / "copia", base_url="http://localhost")
    html = (tmp_path / "copia/servicios/mesa/index.html").read_text(encoding="utf-8")
    assert '<body data-offline="copy">' in html
    assert "Copia guardada del 23 de noviembre de 2026, 8 a.m." in Page(html).text
    assert 'rel="canonical" href="http://localhost/servicios/mesa/"' in html
    card = (tmp_path / "copia/servicios/mesa/tarjeta/index.html").read_text(encoding="utf-8")
    assert "Copia guardada del 23 de noviembre de 2026, 8 a.m." in Page(card).text


def test_further_pages_of_the_list_have_addresses_without_a_query(tmp_path, monkeypatch):
    monkeypatch.setattr("directory.public.views.PAGE_SIZE", 2)
    for name in "ABC":
        ServiceFactory(name=name)
    publish(Service.objects.all())
    export(tmp_path / "copia")
    first = (tmp_path / "copia/index.html").read_text(encoding="utf-8")
    second = (tmp_path / "copia/pagina/2/index.html").read_text(encoding="utf-8")
    assert 'href="/pagina/2/"' in first
    assert 'rel="prev" href="/"' in second
    assert '<a href="/en/pagina/2/" hreflang="en"' in second


def test_a_copy_is_replaced_by_the_next_one(tmp_path, mesa):
    export(tmp_path / "copia")
    Service.objects.update(is_published=False)
    export(tmp_path / "copia")
    assert not (tmp_path / "copia/servicios").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["copia"]


def test_other_files_are_never_replaced(tmp_path, mesa):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CommandError, match=r"tiene otros archivos"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_failing_page_leaves_the_earlier_copy(tmp_path, mesa, monkeypatch):
    export(tmp_path / "copia")
    monkeypatch.setattr(static_mirror, "addresses", lambda: ["/", "/nada/"])
    with pytest.raises(CommandError, match=r"/nada/: 404"):
        export(tmp_path / "copia")
    assert (tmp_path / "copia/servicios/mesa/index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["copia"]


def test_what_a_copy_left_that_was_killed_is_removed_and_one_that_is_built_is_not(tmp_path, mesa):
    for name in (".copia-aaaaaaaa", ".copia-bbbbbbbb", ".copia-cccccccc-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / static_mirror.MARKER).touch()
    for name in (".copia-de-ana", ".copia-dddddddd"):
        (tmp_path / name).mkdir()
    held = static_mirror._hold(tmp_path / ".copia-bbbbbbbb")
    export(tmp_path / "copia")
    os.close(held)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".copia-bbbbbbbb", ".copia-dddddddd", ".copia-de-ana", "copia"]


def test_a_copy_that_was_killed_as_it_made_room_is_put_back(tmp_path, mesa, monkeypatch):
    export(tmp_path / "copia")
    (tmp_path / "copia").rename(tmp_path / ".copia-aaaaaaaa-old")
    monkeypatch.setattr(static_mirror, "addresses", lambda: ["/nada/"])
    with pytest.raises(CommandError, match=r"/nada/: 404"):
        export(tmp_path / "copia")
    assert (tmp_path / "copia/servicios/mesa/index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["copia"]


def test_where_nothing_can_be_written_is_told_in_words(tmp_path, mesa, monkeypatch):
    (tmp_path / "archivo").touch()
    for path in (tmp_path / "archivo", tmp_path / "archivo/copia"):
        with pytest.raises(CommandError, match=r"No se escribió nada.*archivo"):
            export(path)
    export(tmp_path / "copia")

    def no_room(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_room)
    with pytest.raises(CommandError, match=r"No se escribió nada.*No space left"):
        export(tmp_path / "copia")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archivo", "copia"]
    assert (tmp_path / "copia/servicios/mesa/index.html").is_file()


@pytest.mark.parametrize(
    "address", ["soporte.example.com", "ftp://x", "https://", "https://x.example.com/es"]
)
def test_incomplete_address_is_refused(tmp_path, mesa, address):
    with pytest.raises(CommandError, match="no es una dirección"):
        export(tmp_path / "copia", base_url=address)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({}, "https://soporte.example.com"),
        ({"base_url": "https://espejo.example.com:8443/"}, "https://espejo.example.com:8443"),
    ],
)
def test_addresses_are_those_of_the_site_whichever_host_serves_it(
    tmp_path, mesa, settings, given, known
):
    settings.PUBLIC_URL = "https://soporte.example.com"
    settings.ALLOWED_HOSTS = ["interno.example.com"]
    export(tmp_path / "copia", **given)
    files = [path for path in (tmp_path / "copia").rglob("*.*") if path.suffix != ".png"]
    files = [path for path in files if path.is_file()]
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)
    # Long lines of vCards and calendars are folded.
    written = written.replace("\n ", "")
    assert f'rel="canonical" href="{known}/servicios/mesa/"' in written
    assert set(re.findall(r"https?://[^/\s\"<&]*example\.com[:\d]*", written)) == {known}


def test_copy_says_of_an_altered_service_that_it_cannot_be_shown_and_has_all_others(tmp_path):
    for slug in ("uno", "dos"):
        ChannelFactory(service__slug=slug, contacts=[PhoneFactory()])
    publish(Service.objects.all())
    edition = Service.objects.get(slug="uno").editions.get()
    set_values(edition, document=edition.document.replace('"+57', '"+58'))
    copy = tmp_path / "copy"
    export(copy)
    told = (copy / "servicios/uno/index.html").read_text(encoding="utf-8")
    assert "<h1>Este directorio no se puede mostrar ahora</h1>" in told
    assert not any((copy / "servicios/uno").glob("*.vcf"))
    assert any((copy / "servicios/dos").glob("*.vcf"))
    assert "+58" not in "".join(file.read_text(encoding="utf-8") for file in copy.rglob("*.html"))
