"""Whatever editors type is text, in every form in which the public gets it."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import ChannelContact, ScheduleException, Service
from directory.public.vcard import escaped
from escalations.models import EscalationPolicy
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db

MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
NASTY = """</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&lt;]]>{{ x }}{% x %}"""
FIELDS = (
    "service name", "introduction", "title", "description", "request type", "label", "menu",
    "level name", "person", "instructions", "reason",
)  # fmt: skip


def nasty(field):
    """Markup that names the field, so that each one can be found again."""
    return f"{field}{NASTY}"


@pytest.fixture
def nasty_service():
    service = ServiceFactory(
        slug="mesa", name=nasty("service name"), introduction=nasty("introduction")
    )
    line = PhoneFactory(label=nasty("label"))
    channel = ChannelFactory(
        service=service,
        title=nasty("title"),
        description=nasty("description"),
        request_types=[RequestTypeFactory(code="x", name=nasty("request type"), covers_all=False)],
        schedule=weekday_schedule(),
        contacts=[line],
    )
    ChannelContact.objects.filter(channel=channel).update(menu_options=nasty("menu"))
    EscalationPolicyFactory(
        service=service,
        levels=[EscalationContactFactory(name=nasty("level name"), person=nasty("person"))],
    )
    EscalationPolicy.objects.update(instructions=nasty("instructions"))
    for first in (date(2026, 11, 23), date(2026, 12, 1)):
        ScheduleException.objects.create(
            code=f"cierre-{first}",
            schedule=None,
            first_day=first,
            last_day=first,
            reason=nasty("reason"),
        )
    publish(Service.objects.all())
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield service


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.texts = [], []
        self.feed(html)
        self.close()
        self.text = "".join(self.texts)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


SHOWN = {
    "/": {"service name", "reason"},
    "/servicios/mesa/": set(FIELDS),
    "/en/servicios/mesa/": set(FIELDS),
    "/servicios/mesa/?request_type=x": set(FIELDS),
    "/servicios/mesa/tarjeta/": {"service name"},
}


@pytest.mark.parametrize(("path", "fields"), SHOWN.items())
def test_pages_show_markup_as_text(client, nasty_service, path, fields):
    page = Reader(client.get(path).content.decode())
    assert {field for field in FIELDS if nasty(field) in page.text} >= fields
    assert [
        attrs for tag, attrs in page.elements if tag == "img" and attrs.get("class") != "qr"
    ] == []
    scripts = [attrs for tag, attrs in page.elements if tag == "script"]
    assert [each for each in scripts if "src" not in each and "ld+json" not in each["type"]] == []
    assert [name for _, attrs in page.elements for name in attrs if name.startswith("on")] == []
    assert [name for _, attrs in page.elements for name in attrs if name == "style"] == []


def test_structured_data_holds_markup_as_text(client, nasty_service):
    html = client.get("/servicios/mesa/").content.decode()
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert re.findall("[<>&]", text) == []
    data = json.loads(text)
    assert (data["name"], data["description"]) == (nasty("service name"), nasty("introduction"))


def test_vcards_hold_markup_as_text(client, nasty_service):
    text = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    assert f"FN:{escaped(nasty('service name'))}\r\n" in text
    assert {line.partition(":")[0].partition(";")[0] for line in text.split("\r\n") if line} <= {
        "BEGIN", "VERSION", "UID", "FN", "N", "ORG", "X-ABShowAs", "URL", "NOTE", "REV", "END",
        "item1.TEL", "item1.X-ABLabel",
    }  # fmt: skip


def test_sitemap_is_well_formed(client, nasty_service):
    sitemap = client.get("/sitemap-services.xml").content
    assert len(ElementTree.fromstring(sitemap)) == 2  # noqa: S314 (it is our own)


@pytest.mark.parametrize("query", [NASTY, "\x00", "a" * 10_000, "%", "☎️ " * 50])
def test_searches_are_shown_as_text(client, nasty_service, query):
    response = client.get("/", {"q": query})
    page = Reader(response.content.decode())
    assert response.status_code == 200
    assert [tag for tag, attrs in page.elements if tag == "img"] == []


@pytest.mark.parametrize("path", ["servicios/mesa/", "servicios/mesa/tarjeta/", ""])
@pytest.mark.parametrize(
    "query",
    ["request_type=" + "x" * 8000, "request_type=%ff%fe", "page=1&page=2", "%00=%00", "q[]=1"],
)
def test_odd_query_strings_are_answered(client, nasty_service, path, query):
    assert client.get(f"/{path}?{query}").status_code == 200


@pytest.mark.parametrize("slug", ["x" * 300, "no-hay", "..%2f", "%00"])
def test_odd_addresses_are_not_found(client, slug):
    assert client.get(f"/servicios/{slug}/").status_code == 404


def test_links_lead_nowhere_but_to_contacts(client, nasty_service):
    service = ServiceFactory(slug="otra")
    contacts = [PhoneFactory(), EmailFactory(), WebFactory(), PhoneFactory(kind="whatsapp")]
    ChannelFactory(service=service, contacts=contacts, schedule=ScheduleFactory())
    publish(Service.objects.all())
    page = Reader(client.get("/servicios/otra/").content.decode())
    schemes = {
        attrs["href"].split(":")[0]
        for tag, attrs in page.elements
        if tag == "a" and not attrs["href"].startswith(("/", "#", "?"))
    }
    assert schemes == {"tel", "mailto", "https"}
