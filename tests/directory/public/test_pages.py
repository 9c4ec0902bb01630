"""The public pages, as browsers get them."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings
from django.utils.html import escape

from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, ScheduleException, Service
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db

MONDAY_MORNING = "2026-11-23T08:00:00-05:00"


class Page(HTMLParser):
    """What a page shows, links to, and carries in its markup.

    `scripts` and `images` are their attributes, `data` the text of each script.
    """

    VOID = {"meta", "link", "input", "br", "img", "hr", "use"}

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.links, self.sources, self._text = [], [], [], [], []
        self._open = []
        self.by_class = {}
        self.scripts, self.data, self.images = [], [], []
        self.feed(html)
        self.text = " ".join(" ".join(self._text).split())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.attributes += attributes
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif "href" in values or "src" in values:
            self.sources.append(values.get("href") or values.get("src"))
        if tag == "script":
            self.scripts.append(values)
            self.data.append("")
        elif tag == "img":
            self.images.append(values)
        if tag not in self.VOID:
            self._open.append((tag, (values.get("class") or "").split()))

    def handle_endtag(self, tag):
        while tag not in self.VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1][0] == "script":
            self.data[-1] += data
            return
        self._text.append(data)
        for name in {name for _, names in self._open for name in names}:
            kept = f"{self.by_class.get(name, '')} {data}"
            self.by_class[name] = " ".join(kept.split())


def get(client, path, status=200, at=MONDAY_MORNING, **query):
    with time_machine.travel(datetime.fromisoformat(at), tick=False):
        response = client.get(path, query)
    assert response.status_code == status, path
    return Page(response.content.decode())


def published(**kwargs):
    service = complete_service(**kwargs)
    publish(Service.objects.all())
    return service


# ---- What is shown -------------------------------------------------------------------------


def test_index_links_every_published_service_by_state_then_name(client):
    always, office = ScheduleFactory(), weekday_schedule()
    for slug, name, schedule in (
        ("agil", "Ágil", office),
        ("zona", "Zona", always),
        ("bodega", "Bodega", office),
        ("correo", "Correo", always),
    ):
        ChannelFactory(service__slug=slug, service__name=name, schedule=schedule)
    ServiceFactory(slug="borrador", is_published=False)
    publish(Service.objects.all())
    page = get(client, "/", at="2026-11-23T20:00:00-05:00")
    links = [link for link in page.links if link.startswith("/servicios/")]
    assert links == [f"/servicios/{slug}/" for slug in ("correo", "zona", "agil", "bodega")]
    assert page.by_class["state-open"] == " ".join(["Atiende ahora las 24 horas"] * 2)
    assert page.by_class["state-closed"] == " ".join(["Cerrado ahora abre mañana a las 7 a.m."] * 2)


def test_empty_index_says_so(client):
    page = get(client, "/")
    assert page.by_class["empty"] == "Todavía no hay servicios publicados."


def test_service_page_shows_the_current_edition(client):
    service = published(name="Clave")
    Service.objects.update(name="Clave Nueva")
    assert "<h1>Clave</h1>" in client.get(service.get_absolute_url()).content.decode()
    publish(Service.objects.all())
    response = client.get(service.get_absolute_url())
    assert "<h1>Clave Nueva</h1>" in response.content.decode()
    assert Edition.objects.get(number=2).digest in response.content.decode()


def test_contacts_are_shown_with_links_that_work(client):
    channel = ChannelFactory(contacts=[], service__slug="uno")
    ChannelContactFactory(
        channel=channel,
        contact_point=PhoneFactory(phone="+576017442727"),
        menu_options="Opción 2 - opción 4",
        extensions="0107, 1109",
    )
    others = [
        EmailFactory(email="soporte+uno@example.com"),
        WebFactory(url="https://example.com/chat?a=1&b=2"),
        ContactPoint.objects.create(
            code="wa", kind="whatsapp", label="WhatsApp", phone="+573187174937"
        ),
    ]
    for position, contact_point in enumerate(others, 1):
        ChannelContactFactory(channel=channel, contact_point=contact_point, position=position)
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    contacts = [link for link in page.links if not link.startswith(("/", "#"))]
    wanted = [
        "tel:+576017442727",
        "tel:+576017442727;ext=0107",
        "tel:+576017442727;ext=1109",
        "mailto:soporte%2Buno@example.com",
        "https://example.com/chat?a=1&b=2",
        "https://wa.me/573187174937",
    ]
    # Once among who answers now, and once in the table.
    assert [link for link in contacts if link in wanted] == wanted * 2
    shown = page.by_class["contacts"]
    for text in ("601 744 2727", "Opción 2 - opción 4", "0107", "318 717 4937"):
        assert text in shown


STATES = {
    "open": (
        "2026-11-23T08:00:00-05:00",
        "state-open",
        "Atiende ahora hasta las 7 p.m.",
    ),
    "last-second": (
        "2026-11-23T18:59:59-05:00",
        "state-open",
        "Atiende ahora hasta las 7 p.m.",
    ),
    "closing-second": (
        "2026-11-23T19:00:00-05:00",
        "state-closed",
        "Cerrado ahora abre mañana a las 7 a.m.",
    ),
    "later-today": (
        "2026-11-23T06:00:00-05:00",
        "state-closed",
        "Cerrado ahora abre a las 7 a.m.",
    ),
    "weekend": (
        "2026-11-21T10:00:00-05:00",
        "state-closed",
        "Cerrado ahora abre el lunes a las 7 a.m.",
    ),
    "holiday": (
        "2026-12-08T08:00:00-05:00",
        "state-unknown",
        "Horario no confirmado La Inmaculada Concepción con seguridad, mañana a las 7 a.m.",
    ),
}


@pytest.mark.parametrize(("at", "mark", "words"), STATES.values(), ids=STATES)
def test_state_in_words(client, at, mark, words):
    ChannelFactory(service__slug="uno", schedule=weekday_schedule())
    publish(Service.objects.all())
    for path in ("/", "/servicios/uno/"):
        page = get(client, path, at=at)
        states = {name for name in page.by_class if name.startswith("state-")}
        assert states & {"state-open", "state-closed", "state-unknown"} == {mark}
        assert words in page.by_class[mark]


def test_closure_is_shown_with_its_reason(client):
    ChannelFactory(service__slug="uno")
    day = date(2026, 11, 23)
    ScheduleException.objects.create(
        code="cierre", first_day=day, last_day=day, reason="Cierre por inventario"
    )
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    assert page.by_class["state-closed"].startswith("Cerrado ahora Cierre por inventario")
    assert page.by_class["nobody"] == (
        "En este momento todo está cerrado. "
        "Lo primero en abrir lo hace a la medianoche de hoy a mañana"
    )


def test_hours_that_nobody_stated_are_not_called_open(client):
    ChannelFactory(service__slug="uno", schedule=ScheduleFactory(always_open=False))
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    assert "state-open" not in page.by_class
    assert page.by_class["state-unknown"].startswith("Horario no confirmado")


def test_levels_are_shown_in_order(client):
    policy = EscalationPolicyFactory(
        service__slug="uno",
        levels=[
            EscalationContactFactory(name="Grupo de soporte"),
            EscalationContactFactory(name="Jefatura", person="Ana Ruiz"),
        ],
    )
    policy.instructions = "Tenga a mano su número de caso."
    policy.save()
    policy.levels.filter(level=2).update(escalate_after_minutes=60)
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    assert page.by_class["level-title"] == "Primer escalamiento Segundo escalamiento"
    assert page.by_class["level-name"] == "Grupo de soporte Jefatura"
    assert page.by_class["person"] == "Ana Ruiz"
    assert "Tenga a mano su número de caso." in page.text
    assert "60 minutos" in page.text


def test_service_without_channels_or_levels_has_a_page(client):
    ServiceFactory(slug="uno")
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    assert page.by_class["empty"]
    assert "levels" not in page.by_class


def test_planned_change_is_announced_and_then_made(client):
    old = PhoneFactory(
        phone="+576017442727",
        replaced_by=PhoneFactory(phone="+576017442828"),
        replaced_on=date(2026, 12, 1),
    )
    ChannelFactory(service__slug="uno", contacts=[old])
    publish(Service.objects.all())
    before = get(client, "/servicios/uno/", at="2026-11-30T23:59:59-05:00")
    assert "601 744 2828" in before.by_class["change"]
    assert "tel:+576017442727" in before.links
    after = get(client, "/servicios/uno/", at="2026-12-01T00:00:00-05:00")
    assert "change" not in after.by_class
    assert {link for link in after.links if link.startswith("tel:")} == {"tel:+576017442828"}


def test_english_pages_speak_english(client):
    ChannelFactory(service__slug="uno", schedule=weekday_schedule())
    publish(Service.objects.all())
    page = get(client, "/en/servicios/uno/")
    assert page.by_class["state-open"].startswith("Answers now until 7 p.m.")
    assert ("lang", "en") in page.attributes
    assert "/servicios/uno/" in page.links
    index = get(client, "/en/")
    assert "/en/servicios/uno/" in index.links
    assert "/" in index.links


def test_pages_without_a_prefix_are_spanish_whatever_the_browser_prefers(client):
    service = published()
    response = client.get(service.get_absolute_url(), headers={"accept-language": "en"})
    assert response["Content-Language"] == "es"
    assert '<html lang="es" ' in response.content.decode()


# ---- Search --------------------------------------------------------------------------------


def test_search_shows_what_it_found_and_keeps_the_words(client):
    published(name="Clave Única", slug="clave")
    published(name="Ajeno")
    page = get(client, "/", q="clave unica")
    assert [link for link in page.links if link.startswith("/servicios/")] == ["/servicios/clave/"]
    assert ("value", "clave unica") in page.attributes


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%FF%FE",
        "q=" + "x" * 5000,
        "q=%25%5F",
        "q=%27%20OR%201=1",
        "q=%3Cscript%3E",
        "q[]=a&q=b&q=c",
        "page=0",
        "page=-1",
        "page=" + "9" * 5000,
        "page=x",
        "page=%00",
        "page=",
        "page=1.5",
        "at=mañana",
        "&&&===",
        "%",
        "q=%ED%A0%80",
        "q=%E2%80%AE%E2%80%8B",
        ";".join(["a=1"] * 50),
    ],
)
@pytest.mark.parametrize("path", ["/", "/servicios/uno/", "/en/"])
def test_odd_query_strings_are_no_error(client, path, query):
    ChannelFactory(service__slug="uno")
    publish(Service.objects.all())
    assert client.get(f"{path}?{query}").status_code == 200


def test_thousands_of_parameters_are_refused(client):
    response = client.get("/?" + "&".join(f"a{n}=1" for n in range(3000)))
    assert response.status_code in (200, 400)


def test_pages_of_the_index_keep_the_search(client, monkeypatch):
    monkeypatch.setattr("directory.public.views.PAGE_SIZE", 1)
    for name in ("Uno de dos", "Dos de dos"):
        ServiceFactory(name=name)
    publish(Service.objects.all())
    page = get(client, "/", q="dos")
    assert "?q=dos&page=2" in page.links


# ---- What is not there ---------------------------------------------------------------------


def test_unknown_service_gets_a_page_that_helps(client):
    page = get(client, "/servicios/no-existe/", status=404)
    assert "form" in page.tags
    assert {("action", "/"), ("name", "q"), ("role", "search")} <= set(page.attributes)
    assert "/" in page.links
    assert ("content", "noindex") in page.attributes


@pytest.mark.parametrize(
    "path",
    [
        "/nada/",
        "/servicios/",
        "/servicios/%00/",
        "/servicios/uno/nada/",
        "/servicios/../admin",
        "/servicios/" + "x" * 5000 + "/",
        "/en/nada/",
        "/fr/",
        "/%FF%FE/",
    ],
)
def test_unknown_address_gets_the_same(client, path):
    assert "form" in get(client, path, status=404).tags


def test_draft_does_not_leak(client):
    service = published(slug="uno", name="Secreto")
    assert "Secreto" in get(client, "/").text
    Service.objects.update(is_published=False)
    assert "Secreto" not in get(client, service.get_absolute_url(), status=404).text
    assert "Secreto" not in get(client, "/").text
    assert [link for link in get(client, "/", q="Secreto").links if "uno" in link] == []


ADDRESSES = [
    "/",
    "/servicios/uno/",
    "/en/servicios/uno/",
    "/servicios/uno/ediciones/",
    "/servicios/uno/ediciones/1/",
    "/servicios/uno/ediciones/1/cambios/",
    "/servicios/uno/cambios.atom",
    "/servicios/uno/contactos.vcf",
    "/servicios/uno/qr.svg",
    "/servicios/uno/tarjeta/",
    "/robots.txt",
    "/favicon.ico",
    "/sitemap.xml",
    "/sitemap-services.xml",
    "/sw.js",
    "/brand.css",
    "/brand/logo.svg",
    "/healthz",
    "/readyz",
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_pages_are_only_read_whether_or_not_somebody_forges_a_form(client, method):
    ChannelFactory(service__slug="uno")
    publish(Service.objects.all())
    client.handler.enforce_csrf_checks = True
    answers = {path: client.generic(method, path) for path in ADDRESSES}
    assert {path: each.status_code for path, each in answers.items()} == dict.fromkeys(
        ADDRESSES, 405
    )
    assert {each["Allow"] for each in answers.values()} == {"GET, HEAD"}


def test_head_has_the_etag_of_get_and_knows_it_again(client):
    ChannelFactory(service__slug="uno")
    publish(Service.objects.all())
    path = "/servicios/uno/ediciones/1/cambios/"
    etag = client.get(path)["ETag"]
    assert client.head(path)["ETag"] == etag
    assert client.head(path, headers={"if-none-match": etag}).status_code == 304


# ---- What it costs -------------------------------------------------------------------------


def test_service_page_costs_one_query(client, django_assert_num_queries):
    service = published()
    with django_assert_num_queries(1):
        client.get(service.get_absolute_url())


@pytest.mark.parametrize("services", [1, 3])
@pytest.mark.parametrize("query", ["", "?q=servicio"])
def test_index_costs_the_same_for_one_and_for_three(
    client, services, query, django_assert_num_queries
):
    for _ in range(services):
        published()
    with django_assert_num_queries(2):
        page = Page(client.get(f"/{query}").content.decode())
    assert len([link for link in page.links if link.startswith("/servicios/")]) == services


# ---- Safety --------------------------------------------------------------------------------

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"


@pytest.fixture
def hostile():
    """A service with markup in every field that somebody can type text into."""
    service = ServiceFactory(slug="uno", name=MARKUP, introduction=MARKUP)
    kind = RequestTypeFactory(code="queja", name=MARKUP)
    office = weekday_schedule(name=MARKUP)
    day = date(2026, 11, 24)
    ScheduleException.objects.create(
        code="cierre", schedule=office, first_day=day, last_day=day, reason=MARKUP
    )
    phone = PhoneFactory(
        label=MARKUP,
        phone="+576017442727",
        replaced_by=EmailFactory(label=MARKUP, email="x@example.com"),
        replaced_on=date(2026, 12, 1),
    )
    channel = ChannelFactory(
        service=service,
        title=MARKUP,
        description=MARKUP,
        request_types=[kind],
        schedule=office,
        contacts=[],
    )
    ChannelContactFactory(channel=channel, contact_point=phone, menu_options=MARKUP)
    ChannelContactFactory(
        channel=channel,
        contact_point=WebFactory(url='https://example.com/"><script>alert(1)</script>'),
        label=MARKUP,
        position=1,
    )
    policy = EscalationPolicyFactory(
        service=service,
        levels=[EscalationContactFactory(name=MARKUP, person=MARKUP, contacts=[phone])],
    )
    policy.instructions = MARKUP
    policy.save()
    publish(Service.objects.all())
    return service


OWN_SCRIPT = {"src": "/static/directory/pages.js", "defer": None}
DATA_BLOCK = {"type": "application/ld+json"}
# What is allowed to each page of script elements: a file of ours, and data that is never run.
SCRIPTS = {
    "/": [OWN_SCRIPT],
    "/servicios/uno/": [OWN_SCRIPT, DATA_BLOCK],
    "/en/servicios/uno/": [OWN_SCRIPT, DATA_BLOCK],
    "/servicios/nada/": [OWN_SCRIPT],
    "/?q=" + MARKUP: [OWN_SCRIPT],
    "/servicios/uno/ediciones/": [OWN_SCRIPT],
    "/servicios/uno/ediciones/1/": [OWN_SCRIPT],
    "/servicios/uno/ediciones/1/cambios/": [OWN_SCRIPT],
}
# A Monday morning, the day that the exception closes, and the day of the replacement.
INSTANTS = [MONDAY_MORNING, "2026-11-24T08:00:00-05:00", "2026-12-01T08:00:00-05:00"]


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize(
    ("path", "images"),
    [
        ("/", []),
        ("/servicios/uno/", ["/servicios/uno/qr.svg"]),
        ("/en/servicios/uno/", ["/en/servicios/uno/qr.svg"]),
    ],
)
def test_markup_in_every_field_is_shown_as_text(client, hostile, path, images, at):
    page = get(client, path, at=at)
    assert MARKUP in page.text
    assert "{{ 7|add:7 }}" in page.text
    assert page.scripts == SCRIPTS[path]
    assert [image["src"] for image in page.images] == images


@pytest.mark.parametrize("at", INSTANTS)
def test_markup_in_structured_data_is_data(client, hostile, at):
    page = get(client, "/servicios/uno/", at=at)
    text = page.data[page.scripts.index(DATA_BLOCK)]
    assert re.findall("[<>&]", text) == []
    data = json.loads(text)
    assert (data["name"], data["description"]) == (MARKUP, MARKUP)
    [phone, web] = data["provider"]["contactPoint"]
    assert (phone["description"], web["name"]) == (MARKUP, MARKUP)
    addresses = [data["url"], data["provider"]["url"], web["url"]]
    assert addresses[0] == "http://testserver/servicios/uno/"
    assert {address.partition("://")[0] for address in addresses} <= {"https", "http"}


def test_markup_in_every_field_is_escaped_once(client, hostile):
    html = client.get("/servicios/uno/").content.decode()
    # The code to copy is markup itself, shown as text.
    html = re.sub(r"<textarea.*?</textarea>", "", html)
    assert escape(MARKUP) in html
    assert escape(escape(MARKUP)) not in html


def test_markup_in_a_search_is_shown_as_text(client):
    page = get(client, "/", q=MARKUP)
    assert ("value", MARKUP[:100]) in page.attributes
    assert (page.scripts, page.images) == ([OWN_SCRIPT], [])


@pytest.mark.parametrize(("path", "scripts"), SCRIPTS.items(), ids=SCRIPTS)
def test_pages_carry_no_inline_style_and_no_inline_code(client, hostile, path, scripts):
    page = Page(client.get(path).content.decode())
    inline = [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
    assert inline == []
    assert {"style", "iframe", "object", "embed", "base"} & set(page.tags) == set()
    assert page.scripts == scripts
    assert page.data[page.scripts.index(OWN_SCRIPT)] == ""


@pytest.mark.parametrize("at", INSTANTS)
def test_links_have_safe_schemes_only(client, hostile, at):
    page = get(client, "/servicios/uno/", at=at)
    schemes = {link.partition(":")[0] for link in page.links if re.match(r"[\w+.-]+:", link)}
    assert schemes <= {"tel", "mailto", "https", "http"}
    absolute = {source for source in page.sources if not re.match(r"/(?!/)", source)}
    assert absolute == {
        "http://testserver/servicios/uno/",
        "http://testserver/en/servicios/uno/",
    }


@pytest.mark.parametrize("path", ["/", "/servicios/uno/", "/servicios/nada/", "/admin/login/"])
def test_security_headers(client, hostile, path):
    response = client.get(path)
    assert sorted(response["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert {
        name: response[name]
        for name in (
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


@pytest.mark.parametrize("path", ["/", "/servicios/uno/"])
def test_public_pages_set_no_cookie(client, hostile, path):
    assert client.get(path).cookies == {}


def test_stored_address_with_another_scheme_becomes_no_link(client):
    """Whatever got past the forms and into an edition: `links.href` lets no other scheme out."""
    ChannelFactory(service__slug="uno", contacts=[WebFactory(url="https://example.com/a")])
    publish(Service.objects.all())
    edition = Edition.objects.get()
    Edition(
        service=edition.service,
        number=2,
        document=edition.document.replace("https://example.com/a", "javascript:alert(1)"),
        search_text=edition.search_text,
        digest="0" * 64,
        published_at=edition.published_at,
    ).save()
    page = get(client, "/servicios/uno/")
    assert "javascript:alert(1)" in page.text
    assert [link for link in page.links if "javascript" in link] == []


# ---- The organisation ----------------------------------------------------------------------


def test_brand_colour_is_a_style_sheet(client, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, brand_color="#112233")
    response = client.get("/brand.css")
    assert (response.status_code, response["Content-Type"]) == (200, "text/css")
    assert "#112233" in response.content.decode()


def test_brand_colour_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/brand.css").status_code == 200


def test_pages_name_the_organisation_of_the_settings(client, settings):
    settings.ORGANIZATION = replace(
        settings.ORGANIZATION,
        name="Otra S.A.S. <b>",
        logo_text="Otra",
        motto="Un lema & otro",
        url="https://otra.example.com",
    )
    page = get(client, "/")
    assert "Otra S.A.S. <b>" in page.text
    assert "Un lema & otro" in page.text
    assert page.by_class["logo"].startswith("Otra")
    assert "https://otra.example.com" in page.links


def test_no_template_names_the_organisation_of_the_example():
    found = [
        path.name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if re.search("certic[aá]mara", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert found == []
