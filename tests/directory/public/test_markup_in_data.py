"""Whatever editors type is text, in every form in which the public gets it."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.utils.html import escape

from directory.editions.document import decode
from directory.editions.publish import Act, publish, sealed_edition, store
from directory.models import ChannelContact, Edition, Service
from directory.public.vcard import escaped
from escalations.models import EscalationPolicy
from tests.directory.pages import MONDAY_MORNING, get
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    weekday_schedule,
)
from tests.html import Page

pytestmark = pytest.mark.django_db

MARKUP = """</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&lt;]]>{{ x }}{% x %}"""
FIELDS = (
    "service name", "introduction", "title", "description", "request type", "label", "menu",
    "level name", "level title", "purpose", "person", "instructions", "reason", "notice",
)  # fmt: skip


def hostile(field):
    """Markup that names the field, so that each one can be found again."""
    return f"{field}{MARKUP}"


@pytest.fixture(autouse=True)
def service():
    """A service with markup in every field that somebody can type text into."""
    service = ServiceFactory(
        slug="mesa", name=hostile("service name"), introduction=hostile("introduction")
    )
    line = PhoneFactory(
        label=hostile("label"),
        replaced_by=EmailFactory(label=hostile("label"), email="x@example.com"),
        replaced_on=date(2026, 12, 1),
    )
    kind = RequestTypeFactory(code="x", name=hostile("request type"), covers_all=False)
    channel = ChannelFactory(
        service=service,
        title=hostile("title"),
        description=hostile("description"),
        request_types=[kind],
        schedule=weekday_schedule(name=hostile("schedule")),
        contacts=[line],
    )
    ChannelContact.objects.filter(channel=channel).update(menu_options=hostile("menu"))
    ChannelContactFactory(
        channel=channel,
        contact_point=WebFactory(url='https://example.com/"><script>alert(1)</script>'),
        label=hostile("label"),
        position=1,
    )
    level = EscalationContactFactory(
        name=hostile("level name"), person=hostile("person"), contacts=[line]
    )
    policy = EscalationPolicyFactory(service=service, levels=[level])
    policy.levels.update(title=hostile("level title"), purpose=hostile("purpose"))
    EscalationPolicy.objects.update(instructions=hostile("instructions"))
    for day in (date(2026, 11, 23), date(2026, 12, 2)):
        ExceptionFactory(first_day=day, reason=hostile("reason"))
    NoticeFactory(service=service, severity="information", text=hostile("notice"))
    publish(Service.objects.all())
    return service


OWN_SCRIPT, REFRESH, FRAMED = (
    {"src": f"/static/directory/{name}.js", "defer": None}
    for name in ("pages", "refresh", "framed_card")
)
DATA_BLOCK = {"type": "application/ld+json"}
EDITIONS = "/servicios/mesa/ediciones/"
# What each page shows, and what is allowed to it of script elements: a file of ours, and data that
# is never run.
PAGES = {
    "/": ({"service name", "reason"}, [OWN_SCRIPT, REFRESH]),
    "/servicios/mesa/": ({*FIELDS}, [OWN_SCRIPT, REFRESH, DATA_BLOCK]),
    "/en/servicios/mesa/": ({*FIELDS}, [OWN_SCRIPT, REFRESH, DATA_BLOCK]),
    "/servicios/mesa/?request_type=x": ({*FIELDS}, [OWN_SCRIPT, REFRESH, DATA_BLOCK]),
    "/servicios/mesa/tarjeta/": ({"service name"}, [FRAMED, REFRESH]),
    EDITIONS: ({"service name"}, [OWN_SCRIPT]),
    f"{EDITIONS}1/": ({*FIELDS} - {"reason"}, [OWN_SCRIPT]),
    f"{EDITIONS}1/cambios/": ({"service name"}, [OWN_SCRIPT]),
    "/servicios/nada/": (set(), [OWN_SCRIPT]),
}
# The day that an exception closes, one before another exception, and the day of the replacement.
INSTANTS = [MONDAY_MORNING, "2026-11-24T08:00:00-05:00", "2026-12-01T08:00:00-05:00"]


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize(("path", "shown"), PAGES.items(), ids=PAGES)
def test_pages_show_markup_as_text_and_carry_no_code_of_others(client, path, shown, at):
    fields, scripts = shown
    with time_machine.travel(at, tick=False):
        page = Page(client.get(path).content.decode())
    if at == MONDAY_MORNING:
        assert {field for field in FIELDS if hostile(field) in page.text} >= fields
    assert page.scripts == scripts
    code = [data for attrs, data in zip(page.scripts, page.data, strict=True) if "src" in attrs]
    assert "".join(code) == ""
    assert [image["src"] for image in page.images if "qr.svg" not in image["src"]] == []
    names = {name for name, _value in page.attributes}
    assert {name for name in names if name == "style" or name.startswith("on")} == set()
    framed = {"base"} if path.endswith("tarjeta/") else set()
    assert {"style", "iframe", "object", "embed", "base"} & set(page.tags) == framed


@pytest.mark.parametrize("at", INSTANTS)
def test_structured_data_holds_markup_as_text(client, at):
    page = get(client, "/servicios/mesa/", at=at)
    text = page.data[page.scripts.index(DATA_BLOCK)]
    assert re.findall("[<>&]", text) == []
    data = json.loads(text)
    assert (data["name"], data["description"]) == (hostile("service name"), hostile("introduction"))
    line, web = data["provider"]["contactPoint"]
    assert (line["description"], web["name"]) == (hostile("menu"), hostile("label"))
    addresses = [data["url"], data["provider"]["url"], web["url"]]
    assert addresses[0] == "http://testserver/servicios/mesa/"
    assert {address.partition("://")[0] for address in addresses} <= {"https", "http"}


def test_markup_is_escaped_once(client):
    html = client.get("/servicios/mesa/").content.decode()
    # The code to copy is markup itself, shown as text.
    html = re.sub(r"<textarea.*?</textarea>", "", html)
    assert escape(hostile("title")) in html
    assert escape(escape(hostile("title"))) not in html


def test_vcards_hold_markup_as_text(client):
    text = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    assert f"FN:{escaped(hostile('service name'))}\r\n" in text
    lines = text.split("\r\n")
    names = {re.sub(r"^item\d", "item", re.split("[:;]", line)[0]) for line in lines if line}
    assert names <= {
        "BEGIN", "VERSION", "UID", "FN", "N", "ORG", "X-ABShowAs", "URL", "NOTE", "REV", "END",
        "item.TEL", "item.URL", "item.EMAIL", "item.X-ABLabel",
    }  # fmt: skip


def test_sitemap_is_well_formed(client):
    sitemap = client.get("/sitemap-services.xml").content
    assert len(ElementTree.fromstring(sitemap)) == len(settings.LANGUAGES)  # noqa: S314 (it is our own)


@pytest.mark.parametrize("query", [MARKUP, "\x00", "a" * 10_000, "%", "☎️ " * 50])
def test_searches_are_shown_as_text(client, query):
    page = get(client, "/", q=query)
    shown = query.replace("\x00", " ").strip()[:100].strip()
    assert shown in {(value or "").strip() for name, value in page.attributes if name == "value"}
    assert (page.scripts, page.images) == ([OWN_SCRIPT, REFRESH], [])


@pytest.mark.parametrize("at", INSTANTS)
def test_links_lead_nowhere_but_to_contacts(client, at):
    contacts = [PhoneFactory(), EmailFactory(), WebFactory(), PhoneFactory(kind="whatsapp")]
    ChannelFactory(
        service=ServiceFactory(slug="otra"), contacts=contacts, schedule=ScheduleFactory()
    )
    publish(Service.objects.all())
    for slug, required in (("mesa", set()), ("otra", {"tel", "mailto", "https"})):
        page = get(client, f"/servicios/{slug}/", at=at)
        schemes = {link.partition(":")[0] for link in page.links if re.match(r"[\w+.-]+:", link)}
        assert required <= schemes <= {"tel", "mailto", "https", "http"}
        assert {source for source in page.sources if not re.match(r"/(?!/)", source)} == {
            f"http://testserver{prefix}/servicios/{slug}/"
            for prefix in ("", *(f"/{code}" for code, _name in settings.LANGUAGES[1:]))
        }


def test_stored_address_with_another_scheme_becomes_no_link(client):
    """Whatever got past the forms and into an edition: `links.href` lets no other scheme out."""
    ChannelFactory(service__slug="uno", contacts=[WebFactory(url="https://example.com/a")])
    publish(Service.objects.all())
    edition = Edition.objects.get(service__slug="uno")
    forged = decode(edition.document.replace("https://example.com/a", "javascript:alert(1)"))
    store([sealed_edition(edition.service_id, forged, edition, Act(edition.published_at))])
    page = get(client, "/servicios/uno/")
    assert "javascript:alert(1)" in page.text
    assert [link for link in page.links if "javascript" in link] == []
