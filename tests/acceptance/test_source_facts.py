"""Acceptance: every fact of every source document reaches its public page and the JSON API.

The facts are in `source_facts`, taken from the documents and not from the fixtures.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from unittest.mock import ANY

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from directory.management.commands.quickstart import FIXTURES
from tests.acceptance.source_documents import Channel, Contact, Hours, Level
from tests.acceptance.source_facts import DOCUMENTS, MOTTO
from tests.html import Page, read

# The fixture below reads everything once; pytest-django makes a database only where tests say so.
pytestmark = pytest.mark.django_db
MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
HOLIDAY_MORNING = "2026-12-08T10:00:00-05:00"  # A Tuesday: Immaculate Conception.

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.slug)


# ---- What is published ---------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """One service as the public gets it."""

    page: Page
    api: dict
    api_on_holiday: dict

    def parts(self) -> list[dict]:
        return [*self.api["channels"], *self.api["escalation"]["levels"]]

    def contacts(self) -> list[dict]:
        return [contact for part in self.parts() for contact in part["contacts"]]

    def linked(self) -> set[str]:
        """The targets of links, without what may follow: an extension, a subject, a text."""
        return {without_parameters(href) for href in self.page.seen_links}


def read_published(client: Client, slug: str) -> Published:
    api = f"/api/v1/services/{slug}/"
    return Published(
        read(client.get(f"/servicios/{slug}/")),
        *(client.get(api, {"at": at}).json() for at in (MONDAY_MORNING, HOLIDAY_MORNING)),
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


def only(facts: dict | None, *names: str) -> dict | None:
    return facts and {name: facts[name] for name in names}


def part_facts(part: dict, unnamed: object) -> dict:
    """The facts of a channel or a level, of a document or of the API."""
    contacts = [
        {
            **only(contact, "kind", "value", "menu_options"),
            "label": contact["label"] or unnamed,
            "extensions": sorted(contact["extensions"]),
        }
        for contact in part["contacts"]
    ]
    facts = {
        "title": part["title"].casefold(),
        "hours": only(part["hours"], "text", "opening_hours", "always_open", "timezone"),
        "contacts": contacts,
    }
    if "level" in part:
        # In any order: services share these contacts, and their documents order them differently.
        contacts.sort(key=lambda contact: (contact["kind"], contact["value"]))
        return {**facts, **only(part, "level", "name", "person")}
    names = ("code", "name", "covers_all", "is_critical")
    return {
        **facts,
        "medium": part["medium"],
        "description": prose(part["description"]),
        "request_types": sorted((only(kind, *names) for kind in part["request_types"]), key=str),
    }


def facts_of(service: dict, escalation: dict, unnamed: object = "") -> dict:
    """All facts; `unnamed` stands for the name of a contact point where none is given."""
    return {
        **only(service, "slug", "name"),
        "introduction": prose(service["introduction"]),
        "instructions": prose(escalation["instructions"]),
        "channels": [part_facts(channel, unnamed) for channel in service["channels"]],
        "levels": [part_facts(level, unnamed) for level in escalation["levels"]],
    }


@every_document
def test_api_has_every_fact_in_the_order_of_the_document(document, published):
    stated = asdict(document)
    # Where the document names no contact point, the directory's own name for it may stand.
    expected = facts_of(stated, stated, unnamed=ANY)
    assert facts_of(published.api, published.api["escalation"]) == expected


@every_document
def test_api_shows_numbers_as_people_here_write_them(document, published):
    numbers = {c["value"]: c["display"] for c in published.contacts() if is_number(c["kind"])}
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


def link_to(contact: Contact) -> str:
    """How every link to `contact` begins."""
    scheme = {"phone": "tel:", "whatsapp": "https://wa.me/", "email": "mailto:", "web": ""}
    value = contact.value.removeprefix("+") if contact.kind == "whatsapp" else contact.value
    return scheme[contact.kind] + value


def without_parameters(href: str) -> str:
    """The link without what a mail is about, and without the extension after a pause."""
    return re.split("[,?]", href)[0]


def pressed(menu_options: str) -> str:
    """What the page says of "opción 2 (Soporte), opción 2": the keys, one after the other."""
    found = re.findall(r"(?i)opción (\d)(?: \(?([^\W\d]+)\)?)?", menu_options)
    keys = [f"{key} ({name})" if name else key for key, name in found]
    return f"luego marque {', después '.join(keys)}" if keys else menu_options


def is_told_by_labels(fact: str, part: Channel | Level, text: str) -> bool:
    """Whether `fact` is a description of which what follows its title has every longer word: what
    the label of a contact says is not told twice."""
    if not isinstance(part, Channel) or fact != prose(part.description):
        return False
    told = set(re.findall(r"\w{4,}", text[:300])) | {"certicámara"}
    return set(re.findall(r"\w{4,}", fact.casefold())) <= told


def shown(part: Channel | Level) -> Iterator[str]:
    """What a page shows of a channel or a level, and how its links begin, marked with "⟨"."""
    if isinstance(part, Channel):
        yield from (kind.name for kind in part.request_types)
        yield prose(part.description)
    else:
        yield from (part.name, part.person)
    if part.hours:
        yield part.hours.text
    for contact in part.contacts:
        yield from (contact.label, pressed(contact.menu_options), *contact.extensions)
        if is_number(contact.kind):
            yield national(contact.value)
        elif contact.kind == "email":
            yield contact.value
        # A toll-free number may be dialled in another form: its link is the API's.
        if not contact.value.startswith("+5718000"):
            yield f"⟨{link_to(contact)}"


@every_document
def test_page_shows_what_the_document_says_of_the_whole_service(document, published):
    texts = (document.name, prose(document.introduction), prose(document.instructions), MOTTO)
    assert [text for text in texts if text and end_of(text, published.page.seen) < 0] == []


@every_document
def test_page_shows_each_fact_under_its_own_title(document, published):
    """The facts of each channel and level follow its title, before those of the next one."""
    text, position, title = published.page.seen_with_links.casefold(), 0, ""
    told: set[str] = set()
    for part in (*document.channels, *document.levels):
        if part.title != title:  # Rows of the same title may share one heading.
            title, told = part.title, set()
            position = end_of(title.casefold(), text, position)
            assert position >= 0, f"{title} is not on the page, or not in the document's order"
        ends = {fact: end_of(fact.casefold(), text, position) for fact in shown(part) if fact}
        missing = {fact for fact, end in ends.items() if end < 0} - told
        assert [
            fact for fact in missing if not is_told_by_labels(fact, part, text[position:])
        ] == [], f"not under {title}"
        # What rows of one heading share stands there once.
        position = max(position, *(end for fact, end in ends.items() if fact not in told))
        told |= {*ends} - missing


@every_document
def test_page_links_to_each_contact_of_the_api(document, published):
    hrefs = {contact["href"] for contact in published.contacts()}
    assert hrefs - set(published.page.seen_links) == set()


@every_document
def test_page_has_all_that_is_written_with_digits_or_as_an_address(document, published):
    text, linked = published.page.seen, published.linked()
    assert [
        printed
        for printed, shown in document.shown_for_written().items()
        if end_of(pressed(shown), text) < 0 and shown not in linked
    ] == []


# ---- Nothing else --------------------------------------------------------------------------


@every_document
def test_page_has_no_contact_that_the_document_lacks(document, published):
    known = {without_parameters(contact["href"]) for contact in published.contacts()}
    contacts = re.compile(r"tel:|sms:|mailto:|https?://wa\.me/")
    assert {href for href in published.linked() if contacts.match(href)} - known == set()


@every_document
def test_page_has_no_dead_number_and_no_misspelt_address(document, published):
    everything = " ".join((published.page.seen, *published.page.seen_links))
    assert re.findall(r"\(57\d?\)|\+?571\d{7}\b|sosporte", everything) == []


@every_document
def test_states_on_a_holiday_times_to_escalate_and_changes_are_not_invented(document, published):
    assert [channel["state"] for channel in published.api_on_holiday["channels"]] == [
        "open" if channel.hours.always_open else "unknown" for channel in document.channels
    ]
    levels = published.api["escalation"]["levels"]
    assert [level["escalate_after_minutes"] for level in levels] == [None] * len(document.levels)
    assert [contact for contact in published.contacts() if contact.get("changes")] == []


def test_motto_of_the_documents_is_the_default():
    """The page shows the organisation's motto; the settings of a first look carry this one."""
    example = (settings.BASE_DIR / "fixtures/example.env").read_text(encoding="utf-8")
    assert f'ORGANIZATION_MOTTO="{MOTTO}"' in example.splitlines()
