"""Acceptance: every fact of every source document reaches its public page and the JSON API.

The facts are in `source_facts`, taken from the documents and not from the fixtures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html.parser import HTMLParser
from unittest.mock import ANY

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from directory.management.commands.quickstart import FIXTURES
from tests.acceptance.source_facts import (
    DOCUMENTS,
    MOTTO,
    REQUEST_TYPE_NAMES,
    Channel,
    Contact,
    Document,
    Hours,
    Level,
)

# The fixture below reads everything once; pytest-django makes a database only where tests say so.
pytestmark = pytest.mark.django_db
MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
HOLIDAY_MORNING = "2026-12-08T10:00:00-05:00"  # A Tuesday: Immaculate Conception.

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.slug)


# ---- What is published ---------------------------------------------------------------------


class VisibleText(HTMLParser):
    """Collects what a reader of a page sees, `text`, and where its links lead, `hrefs`.

    Scripts, structured data, the window's title and hidden elements do not count.
    `text_and_links` is the text with each target where its link begins: "⟨tel:+57…⟩601 744 2727".
    """

    INLINE = re.compile(r"(a|abbr|b|bdi|cite|code|data|em|i|mark|q|small|span|strong|time|u|wbr)$")
    UNSEEN = frozenset({"script", "style", "template", "title"})
    VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str):
        super().__init__()
        self.hrefs: list[str] = []
        self._pieces: list[str] = []
        self._unseen_tag = ""
        self._unseen_depth = 0
        self.feed(html)
        self.close()
        self.text_and_links = " ".join("".join(self._pieces).split())
        self.text = " ".join(re.sub(" ⟨.*?⟩", "", "".join(self._pieces)).split())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if self._unseen_depth:
            self._unseen_depth += tag == self._unseen_tag
        elif tag in self.UNSEEN or ("hidden" in attributes and tag not in self.VOID):
            self._unseen_tag, self._unseen_depth = tag, 1
        elif tag == "a" and attributes.get("href"):
            self.hrefs.append(attributes["href"])
            self._pieces.append(f" ⟨{attributes['href']}⟩")
        self._separate(tag)

    def handle_endtag(self, tag):
        if self._unseen_depth:
            self._unseen_depth -= tag == self._unseen_tag
        self._separate(tag)

    def handle_data(self, data):
        if not self._unseen_depth:
            self._pieces.append(data)

    def _separate(self, tag):
        if not self.INLINE.match(tag):
            self._pieces.append(" ")


@dataclass(frozen=True)
class Published:
    """One service as the public gets it."""

    api: dict
    api_on_holiday: dict
    text: str
    text_and_links: str
    hrefs: tuple[str, ...]

    def api_contacts(self) -> Iterator[dict]:
        for part in (*self.api["channels"], *self.api["escalation"]["levels"]):
            yield from part["contacts"]

    def api_hours(self) -> Iterator[dict]:
        for part in (*self.api["channels"], *self.api["escalation"]["levels"]):
            if part["hours"] is not None:
                yield part["hours"]


def read_published(client: Client, slug: str) -> Published:
    def get(path: str, **query: str):
        response = client.get(path, query)
        assert response.status_code == 200, path
        return response

    page = VisibleText(get(f"/servicios/{slug}/").content.decode())
    return Published(
        api=get(f"/api/v1/services/{slug}/", at=MONDAY_MORNING).json(),
        api_on_holiday=get(f"/api/v1/services/{slug}/", at=HOLIDAY_MORNING).json(),
        text=page.text,
        text_and_links=page.text_and_links,
        hrefs=tuple(page.hrefs),
    )


@pytest.fixture(scope="module")
def all_published(django_db_setup, django_db_blocker) -> dict[str, Published]:
    """Every service, read once from freshly loaded fixtures; the database is left as it was."""
    organization = replace(settings.ORGANIZATION, motto=MOTTO)
    with (
        django_db_blocker.unblock(),
        time_machine.travel(datetime.fromisoformat(MONDAY_MORNING), tick=False),
        override_settings(ORGANIZATION=organization),
        transaction.atomic(),
    ):
        call_command("loaddata", *FIXTURES, verbosity=0)
        client = Client()
        published = {document.slug: read_published(client, document.slug) for document in DOCUMENTS}
        transaction.set_rollback(True)
    return published


@pytest.fixture
def published(document, all_published) -> Published:
    return all_published[document.slug]


# ---- The API -------------------------------------------------------------------------------


def prose(text: str) -> str:
    """A text without its line breaks and the punctuation that ends it.

    In the documents a colon leads over to the contact that follows, or nothing ends the sentence.
    """
    return " ".join(text.split()).rstrip(" .:")


def contact_facts(contact: Contact) -> tuple:
    return (
        contact.kind,
        contact.value,
        # Where the document gives none, the directory's own name for it may stand.
        contact.label or ANY,
        contact.menu_options,
        sorted(contact.extensions),
    )


def contact_facts_in_api(contact: dict) -> tuple:
    return (
        contact["kind"],
        contact["value"],
        contact["label"],
        contact["menu_options"],
        sorted(contact["extensions"]),
    )


def kind_and_value(facts: tuple) -> tuple:
    return facts[:2]


def hours_facts(hours: Hours | None) -> dict | None:
    return hours and {
        "text": hours.text,
        "opening_hours": hours.opening_hours,
        "always_open": hours.always_open,
        "timezone": "America/Bogota",
    }


def hours_facts_in_api(hours: dict | None) -> dict | None:
    return hours and {
        "text": hours["text"],
        "opening_hours": hours["opening_hours"],
        "always_open": hours["always_open"],
        "timezone": hours["timezone"],
    }


def channel_facts(channel: Channel) -> dict:
    return {
        "medium": channel.medium,
        "title": channel.title.casefold(),
        "request_types": {
            (code, REQUEST_TYPE_NAMES[code], code == "todas", code == "incidente-critico")
            for code in channel.request_types
        },
        "hours": hours_facts(channel.hours),
        "description": prose(channel.description),
        "contacts": [contact_facts(contact) for contact in channel.contacts],
    }


def channel_facts_in_api(channel: dict) -> dict:
    return {
        "medium": channel["medium"],
        "title": channel["title"].casefold(),
        "request_types": {
            (kind["code"], kind["name"], kind["covers_all"], kind["is_critical"])
            for kind in channel["request_types"]
        },
        "hours": hours_facts_in_api(channel["hours"]),
        "description": prose(channel["description"]),
        "contacts": [contact_facts_in_api(contact) for contact in channel["contacts"]],
    }


def level_facts(level: Level) -> dict:
    return {
        "level": level.level,
        "title": level.title.casefold(),
        "name": level.name,
        "person": level.person,
        "hours": hours_facts(level.hours),
        # In any order: services share these contacts, and their documents order them differently.
        "contacts": sorted(map(contact_facts, level.contacts), key=kind_and_value),
    }


def level_facts_in_api(level: dict) -> dict:
    return {
        "level": level["level"],
        "title": level["title"].casefold(),
        "name": level["name"],
        "person": level["person"],
        "hours": hours_facts_in_api(level["hours"]),
        "contacts": sorted(map(contact_facts_in_api, level["contacts"]), key=kind_and_value),
    }


@every_document
def test_api_has_name_and_introduction(document, published):
    assert published.api["slug"] == document.slug
    assert published.api["name"] == document.name
    assert prose(published.api["introduction"]) == prose(document.introduction)


@every_document
def test_api_has_the_channels_in_order(document, published):
    expected = [channel_facts(channel) for channel in document.channels]
    assert [channel_facts_in_api(channel) for channel in published.api["channels"]] == expected


@every_document
def test_api_has_the_escalation_levels_in_order(document, published):
    escalation = published.api["escalation"]
    assert prose(escalation["instructions"]) == prose(document.instructions)
    expected = [level_facts(level) for level in document.levels]
    assert [level_facts_in_api(level) for level in escalation["levels"]] == expected


@every_document
def test_api_shows_numbers_as_people_here_write_them(document, published):
    numbers = {c["value"]: c["display"] for c in published.api_contacts() if is_number(c["kind"])}
    assert numbers == {value: national(value) for value in numbers}


@every_document
def test_every_channel_answers_on_a_monday_morning(document, published):
    answers = [(channel["state"], channel["until"]) for channel in published.api["channels"]]
    assert [(state, until and datetime.fromisoformat(until)) for state, until in answers] == [
        ("open", end_of_monday(channel.hours)) for channel in document.channels
    ]
    assert [level["state"] for level in published.api["escalation"]["levels"]] == [
        "open" if level.hours else None for level in document.levels
    ]


def end_of_monday(hours: Hours) -> datetime | None:
    """When the hours end on the Monday that was asked for; None for 24/7, which does not end."""
    if hours.always_open:
        return None
    closes = re.match(r"Mo-Fr \d\d:\d\d-(\d\d:\d\d)", hours.opening_hours)[1]
    return datetime.fromisoformat(f"2026-11-23T{closes}:00-05:00")


# ---- The page ------------------------------------------------------------------------------


def is_number(kind: str) -> bool:
    return kind in {"phone", "whatsapp"}


def national(value: str) -> str:
    """An E.164 number of Colombia as it is written there: "601 744 2727", "01 8000 181531"."""
    if toll_free := re.fullmatch(r"\+571(8000)(\d{6})", value):
        return "01 {} {}".format(*toll_free.groups())
    return " ".join(re.fullmatch(r"\+57(\d{3})(\d{3})(\d{4})", value).groups())


def end_of(fact: str, text: str, start: int = 0) -> int:
    """Where `fact`, as whole words, first ends in `text` after `start`; -1 if it is not there."""
    # An address that only a link holds is not shown.
    found = re.compile(rf"(?<![\w.])(?<!mailto:){re.escape(fact)}(?!\w)").search(text, start)
    return found.end() if found else -1


def shown_contact(contact: Contact) -> Iterator[str]:
    yield from filter(None, (contact.label, contact.menu_options))
    yield from sorted(contact.extensions)
    if is_number(contact.kind):
        yield national(contact.value)
    elif contact.kind == "email":
        yield contact.value


def shown_channel(channel: Channel) -> Iterator[str]:
    yield from (REQUEST_TYPE_NAMES[code] for code in channel.request_types)
    yield channel.hours.text
    if channel.description:
        yield prose(channel.description)
    for contact in channel.contacts:
        yield from shown_contact(contact)


def shown_level(level: Level) -> Iterator[str]:
    yield from filter(None, (level.name, level.person))
    if level.hours:
        yield level.hours.text
    for contact in level.contacts:
        yield from shown_contact(contact)


def shown_facts(document: Document) -> dict[str, set[str]]:
    """The texts that the page of `document` shows word for word, by kind of fact."""
    parts = (*document.channels, *document.levels)
    contacts = [contact for part in parts for contact in part.contacts]
    facts = {
        "name": {document.name},
        "introduction": {prose(document.introduction)},
        "request types": {
            REQUEST_TYPE_NAMES[code]
            for channel in document.channels
            for code in channel.request_types
        },
        "hours": {part.hours.text for part in parts if part.hours},
        "descriptions": {prose(channel.description) for channel in document.channels},
        "labels": {contact.label for contact in contacts},
        "numbers": {national(contact.value) for contact in contacts if is_number(contact.kind)},
        "addresses": {contact.value for contact in contacts if contact.kind == "email"},
        "menu options": {contact.menu_options for contact in contacts},
        "extensions": {extension for contact in contacts for extension in contact.extensions},
        "instructions": {prose(document.instructions)},
        "names": {level.name for level in document.levels},
        "persons": {level.person for level in document.levels},
        "motto": {MOTTO},
    }
    without_blanks = {kind: texts - {""} for kind, texts in facts.items()}
    return {kind: texts for kind, texts in without_blanks.items() if texts}


@pytest.mark.parametrize(
    ("document", "texts"),
    [
        pytest.param(document, texts, id=f"{document.slug}-{kind.replace(' ', '-')}")
        for document in DOCUMENTS
        for kind, texts in shown_facts(document).items()
    ],
)
def test_page_shows(document, texts, published):
    missing = sorted(text for text in texts if end_of(text, published.text) < 0)
    assert missing == []


@every_document
def test_page_shows_titles_of_channels_and_levels(document, published):
    titles = {part.title.casefold() for part in (*document.channels, *document.levels)}
    text = published.text.casefold()
    assert sorted(title for title in titles if end_of(title, text) < 0) == []


@every_document
def test_page_shows_each_fact_under_its_own_title(document, published):
    """The facts of each channel and level follow its title, before those of the next one."""
    text, position, title = published.text_and_links.casefold(), 0, ""
    for part in (*document.channels, *document.levels):
        if part.title != title:  # Rows of the same title may share one heading.
            title = part.title
            position = end_of(title.casefold(), text, position)
            assert position >= 0, f"{title} is not on the page, or not in the document's order"
        facts = shown_channel(part) if isinstance(part, Channel) else shown_level(part)
        links = (f"⟨{link_to(contact)}" for contact in part.contacts if not is_toll_free(contact))
        ends = {fact: end_of(fact.casefold(), text, position) for fact in (*facts, *links)}
        assert [fact for fact, end in ends.items() if end < 0] == [], f"not under {title}"
        position = max(ends.values())


def is_toll_free(contact: Contact) -> bool:
    """Whether the number may be dialled in another form than its value: its link is the API's."""
    return contact.value.startswith("+5718000")


def link_to(contact: Contact) -> str:
    """How every link to `contact` begins."""
    scheme = {"phone": "tel:", "whatsapp": "https://wa.me/", "email": "mailto:", "web": ""}
    value = contact.value.removeprefix("+") if contact.kind == "whatsapp" else contact.value
    return scheme[contact.kind] + value


def without_parameters(href: str) -> str:
    """A link without what may follow the address: an extension, a subject, a text to send."""
    return re.split("[;?]", href)[0]


@every_document
def test_page_links_to_each_contact_of_the_api(document, published):
    hrefs = {contact["href"] for contact in published.api_contacts()}
    assert hrefs - set(published.hrefs) == set()


@every_document
def test_page_links_to_each_contact_of_the_document(document, published):
    linked = {without_parameters(href) for href in published.hrefs}
    links = {
        link_to(contact)
        for part in (*document.channels, *document.levels)
        for contact in part.contacts
        if not is_toll_free(contact)
    }
    assert links - linked == set()


@every_document
def test_page_has_all_that_is_written_with_digits_or_as_an_address(document, published):
    missing = [
        printed
        for printed, shown in document.shown_for_written().items()
        if end_of(shown, published.text) < 0
        and shown not in {without_parameters(href) for href in published.hrefs}
    ]
    assert missing == []


# ---- Nothing else --------------------------------------------------------------------------


@every_document
def test_page_has_no_contact_that_the_document_lacks(document, published):
    known = {without_parameters(contact["href"]) for contact in published.api_contacts()}
    linked = {without_parameters(href) for href in published.hrefs}
    contacts = {href for href in linked if re.match(r"tel:|sms:|mailto:|https?://wa\.me/", href)}
    assert contacts - known == set()


@every_document
def test_page_has_no_dead_number_and_no_misspelt_address(document, published):
    everything = " ".join((published.text, *published.hrefs))
    assert re.findall(r"\(57\d?\)|\+?571\d{7}\b|sosporte", everything) == []


@every_document
def test_hours_on_public_holidays_are_not_invented(document, published):
    assert [
        hours["opening_hours"]
        for hours in published.api_hours()
        if not hours["always_open"] and not hours["opening_hours"].endswith("PH unknown")
    ] == []
    assert [channel["state"] for channel in published.api_on_holiday["channels"]] == [
        "open" if channel.hours.always_open else "unknown" for channel in document.channels
    ]


@every_document
def test_times_to_escalate_are_not_invented(document, published):
    levels = published.api["escalation"]["levels"]
    assert [level["escalate_after_minutes"] for level in levels] == [None] * len(document.levels)


@every_document
def test_changes_of_contacts_are_not_invented(document, published):
    assert [contact for contact in published.api_contacts() if contact.get("changes")] == []


def test_motto_of_the_documents_is_the_default():
    """The page shows the organisation's motto; the settings of a first look carry this one."""
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    assert f'ORGANIZATION_MOTTO="{MOTTO}"' in example.splitlines()
