"""The document of one service: all that its page needs, as plain typed data.

Rows become a document when they are published; every renderer works from the document. What depends
on the date is stated here and resolved when it is read (`directory.answers.resolve`). Fields of
parts are left out of the text when they hold their defaults, so one can be added later without
changing the documents that do not use it; the schedules (`directory.hours.schedule`) are always
written in full.
"""

from datetime import date

import msgspec

from directory.hours.schedule import OpeningHours
from directory.hours.validity import Validity

# Far beyond any sensible plan; it bounds the work where replacements form a loop.
LONGEST_REPLACEMENT_CHAIN = 10


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of a document."""


class PublishedRequestType(Part, kw_only=True):
    code: str
    name: str
    covers_all: bool = False
    is_critical: bool = False


class Replacement(Part, kw_only=True):
    """What takes a contact's place from a day on (in the schedule's zone, at midnight)."""

    on: date
    code: str
    kind: str
    label: str
    value: str


class PublishedContact(Part, kw_only=True):
    """A contact point in use. `value` is E.164 for kinds phone and whatsapp, else the address."""

    code: str
    kind: str
    label: str
    value: str
    menu_options: str = ""
    extensions: tuple[str, ...] = ()
    replacements: tuple[Replacement, ...] = ()


class PublishedChannel(Part, Validity, kw_only=True):
    """A row of the first table. `schedule` is a key of the document's schedules."""

    code: str
    medium: str
    title: str
    description: str = ""
    request_types: tuple[PublishedRequestType, ...]
    schedule: str
    contacts: tuple[PublishedContact, ...]
    valid_from: date | None = None
    valid_until: date | None = None


class PublishedLevel(Part, Validity, kw_only=True):
    """An escalation level. `schedule` is empty where the hours are not stated."""

    level: int
    contact: str
    name: str
    person: str = ""
    escalate_after_minutes: int | None = None
    schedule: str = ""
    contacts: tuple[PublishedContact, ...]
    valid_from: date | None = None
    valid_until: date | None = None


class PublishedEscalation(Part, kw_only=True):
    instructions: str = ""
    levels: tuple[PublishedLevel, ...] = ()


class ServiceDocument(Part, kw_only=True):
    slug: str
    name: str
    introduction: str = ""
    channels: tuple[PublishedChannel, ...] = ()
    escalation: PublishedEscalation = PublishedEscalation()
    schedules: dict[str, OpeningHours] = {}


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(ServiceDocument)


def encode(document: ServiceDocument) -> str:
    """The document's one text: equal documents have equal texts."""
    return _encoder.encode(document).decode()


def decode(text: str) -> ServiceDocument:
    """The document of a text that `encode` made. Raises msgspec.DecodeError for any other."""
    return _decoder.decode(text)
