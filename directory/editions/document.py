"""The document of one service: all that its page needs, as plain typed data.

Rows become a document when they are published; every renderer works from the document. What depends
on the date is stated here and resolved when it is read (`directory.answers.resolve`). Fields of
parts are left out of the text when they hold their defaults, so one can be added later without
changing the documents that do not use it; the schedules (`directory.hours.schedule`) are always
written in full.

The type of each text says what it is: `Code`, or words that people wrote, `PublicText`. The diff,
the search and the redaction of histories follow from that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.editions.formats import Instant
from directory.hours.schedule import DatedException, OpeningHours
from directory.hours.unstated import unstated_hours
from directory.hours.validity import Validity


@dataclass(frozen=True)
class PublicText:
    """Marks a field that people wrote and customers read, in the language of the directory.

    label: what the diff calls it; empty where the diff has a sentence of its own.
    searched: whether the public search finds services by it.
    redacted: whether it leaves the histories with the last edition that said it.
    """

    label: str | Promise = ""
    searched: bool = False
    redacted: bool = True


class Internal:
    """Marks a text that is no prose: a code, or a word of a fixed vocabulary."""


Code = Annotated[str, Internal]


# Of who answers, the name of the person and all contacts are public.
PUBLIC = "person"


class Part(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A piece of a document. None leads back to itself, so the garbage collector need not look."""


class PublishedRequestType(Part, kw_only=True):
    """What a channel is for."""

    code: Code
    name: Annotated[str, PublicText(searched=True)]
    description: Annotated[str, PublicText(_("Description"))] = ""
    covers_all: bool = False
    is_critical: bool = False


class Replacement(Part, kw_only=True):
    """What takes a contact's place from a day on (in the schedule's zone, at midnight); else as a
    contact."""

    on: date
    code: Code
    kind: Code
    label: Annotated[str, PublicText()]
    value: Annotated[str, PublicText(searched=True)]
    map: Annotated[str, PublicText()] = ""
    verified_on: date | None = None


class PublishedContact(Part, kw_only=True):
    """A contact point in use. `value` is E.164 for numbers, else the address, of a place in lines.
    `map` is the link to the map of a place; on `verified_on` somebody last tried the value."""

    code: Code
    kind: Code
    label: Annotated[str, PublicText(searched=True)]
    value: Annotated[str, PublicText(searched=True)]
    menu_options: Annotated[str, PublicText()] = ""
    # A few digits, which occur in many other places.
    extensions: Annotated[tuple[str, ...], PublicText(searched=True, redacted=False)] = ()
    map: Annotated[str, PublicText()] = ""
    verified_on: date | None = None
    replacements: tuple[Replacement, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What is given, one after the other: itself, then what takes its place."""
        return self.code, *(step.code for step in self.replacements)


class PublishedNotice(Part, kw_only=True):
    """What is out of order, or to be known, of a contact point or a channel of the service (their
    codes), else of the service; with `for_all`, of every service. Without `until` until further
    notice."""

    code: Code
    text: Annotated[str, PublicText(searched=True)]
    severity: Code
    since: Instant
    until: Instant | None = None
    contact_point: Code = ""
    channel: Code = ""
    for_all: bool = False


class PublishedTarget(Part, kw_only=True):
    """What is promised for a request type, in minutes; a day counts 24 hours, a working day too.
    `in_open_hours`: only hours and days count on which the service is open."""

    request_type: PublishedRequestType
    respond_minutes: int | None = None
    solve_minutes: int | None = None
    in_open_hours: bool = False


class PublishedChannel(Part, Validity, kw_only=True):
    """A row of the first table. `schedule` is a key of the document's schedules, empty where the
    hours are not stated; `for_abroad`: its numbers are for callers in other countries; `languages`
    are the codes of those in which customers are served."""

    code: Code
    medium: Code
    title: Annotated[str, PublicText(searched=True)]
    description: Annotated[str, PublicText(_("Description"))] = ""
    request_types: tuple[PublishedRequestType, ...]
    schedule: Code = ""
    contacts: tuple[PublishedContact, ...]
    for_abroad: bool = False
    languages: Annotated[tuple[str, ...], Internal] = ()
    valid_from: date | None = None
    valid_until: date | None = None


class PublishedTime(Part, kw_only=True):
    """After how many minutes a level is asked about requests of a type; 0: at once."""

    request_type: PublishedRequestType
    minutes: int


class PublishedLevel(Part, Validity, kw_only=True):
    """Who answers on an escalation level: a level with several contacts has several of these, each
    with what it is for. An empty `title` is that of the number, no `request_types` are all.
    `schedule` is empty where the hours are not stated. `public` is what is said of who answers:
    without the name of the person (“contacts”), and without contacts (“role”)."""

    level: int
    title: Annotated[str, PublicText(searched=True)] = ""
    purpose: Annotated[str, PublicText(_("For"), searched=True)] = ""
    request_types: tuple[PublishedRequestType, ...] = ()
    escalate_after: tuple[PublishedTime, ...] = ()
    contact: Code
    name: Annotated[str, PublicText(searched=True)]
    person: Annotated[str, PublicText(_("Person"), searched=True)] = ""
    public: Code = PUBLIC
    escalate_after_minutes: int | None = None
    schedule: Code = ""
    contacts: tuple[PublishedContact, ...]
    valid_from: date | None = None
    valid_until: date | None = None


Holder = PublishedChannel | PublishedLevel
"""What gives contacts at some hours."""


class PublishedAbsence(Part, kw_only=True):
    """From one day to another, both included, an escalation contact (its code) is away. `stand_in`
    is a key of the escalation's stand-ins, empty without one; `contacts` are given on these days
    instead of its own or, without it, of those of who is away."""

    contact: Code
    first_day: date
    last_day: date
    stand_in: Code = ""
    contacts: tuple[PublishedContact, ...] = ()


class PublishedStandIn(Part, kw_only=True):
    """Who stands in for others. `schedule` is empty where the hours are not stated; `public` as of
    a level."""

    name: Annotated[str, PublicText(searched=True)]
    person: Annotated[str, PublicText(_("Person"), searched=True)] = ""
    public: Code = PUBLIC
    schedule: Code = ""
    contacts: tuple[PublishedContact, ...] = ()


class PublishedEscalation(Part, kw_only=True):
    """The second table: the instructions, and the levels in order; who is away, and who answers
    instead, under their codes. `times_count` is what the times of the levels say."""

    instructions: Annotated[str, PublicText(_("How to escalate"))] = ""
    levels: tuple[PublishedLevel, ...] = ()
    times_count: Code = "no_answer"
    absences: tuple[PublishedAbsence, ...] = ()
    stand_ins: dict[Code, PublishedStandIn] = {}


class ServiceDocument(Part, kw_only=True):
    """What one service's page says. `schedules` are kept under their codes."""

    slug: Code
    name: Annotated[str, PublicText(searched=True)]
    introduction: Annotated[str, PublicText(_("Introduction"), searched=True)] = ""
    is_international: bool = False
    notices: tuple[PublishedNotice, ...] = ()
    targets: tuple[PublishedTarget, ...] = ()
    channels: tuple[PublishedChannel, ...] = ()
    escalation: PublishedEscalation = PublishedEscalation()
    schedules: dict[Code, OpeningHours] = {}
    # The address that it had before this one.
    renamed_from: Code = ""

    @property
    def named_request_types(self) -> list[PublishedRequestType]:
        """The types of requests of its channels, its promised times and its levels, each as often
        as it is named."""
        named = [kind for channel in self.channels for kind in channel.request_types]
        named += [target.request_type for target in self.targets]
        for level in self.escalation.levels:
            named += [*level.request_types, *(time.request_type for time in level.escalate_after)]
        return named

    @property
    def holders(self) -> tuple[Holder, ...]:
        """What gives contacts, in the order of the page."""
        return *self.channels, *self.escalation.levels

    @property
    def contact_points(self) -> dict[str, PublishedContact | Replacement]:
        """What it gives, on whatever day and in whoever's place, by code."""
        escalation = self.escalation
        # Decoded documents have them in the order of their codes.
        stand_ins = [stand_in for _code, stand_in in sorted(escalation.stand_ins.items())]
        givers = *self.holders, *escalation.absences, *stand_ins
        given: dict[str, PublishedContact | Replacement] = {}
        for contact in (contact for giver in givers for contact in giver.contacts):
            given |= {each.code: each for each in contact.replacements}
            given[contact.code] = contact
        return given

    def hours(self, code: str) -> OpeningHours:
        """The schedule under this code; hours that nobody stated for an empty one."""
        return self.schedules.get(code) or unstated_hours()


# `directory.hours` knows nothing of documents, so its texts are marked here.
TEXTS_OF_HOURS: dict[type, dict[str, PublicText | type[Internal]]] = {
    OpeningHours: {
        "code": Internal,
        "name": PublicText(),
        "timezone": Internal,
        "country": Internal,
        "subdivision": Internal,
        "holidays": Internal,
    },
    DatedException: {"reason": PublicText(), "effect": Internal, "monthly": Internal},
}

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(ServiceDocument)


def encode(document: ServiceDocument) -> str:
    """The document's one text: equal documents have equal texts."""
    return _encoder.encode(document).decode()


def decode(text: str) -> ServiceDocument:
    """The document of a text that `encode` made. Raises msgspec.DecodeError for any other."""
    return _decoder.decode(text)


@cache
def text_fields(kind: type) -> dict[str, PublicText]:
    """The fields of a structure of the document that are public text, by name, in their order."""
    if kind in TEXTS_OF_HOURS:
        marks = TEXTS_OF_HOURS[kind]
    else:
        hints = get_type_hints(kind, include_extras=True).items()
        marks = {name: mark for name, hint in hints for mark in getattr(hint, "__metadata__", ())}
    return {name: mark for name, mark in marks.items() if isinstance(mark, PublicText)}


def texts_of(kind: type[Part], source: Any) -> dict[str, Any]:
    """The public texts of a structure of the document, by name, from what has them under the same
    names: a row or a part."""
    return {name: getattr(source, name) for name in text_fields(kind)}


def public_texts(part: Any) -> Iterator[tuple[PublicText, str]]:
    """Every public text of a document or of a part of it, empty ones too, in order."""
    if isinstance(part, tuple | dict):
        for each in part.values() if isinstance(part, dict) else part:
            yield from public_texts(each)
        return
    kind: type = type(part)
    for name, text in _fields_with_texts(kind):
        value = getattr(part, name)
        if text is None:
            yield from public_texts(value)
        elif isinstance(value, str):
            yield text, value
        else:
            yield from ((text, each) for each in value)


def is_number(text: str) -> bool:
    """Whether a text of the document is the number of a phone, in E.164."""
    return re.fullmatch(r"\+\d+", text) is not None


@cache
def _fields_with_texts(kind: type) -> tuple[tuple[str, PublicText | None], ...]:
    """The fields of a structure that are public text, or (None) have some deeper down."""
    texts = text_fields(kind)
    return tuple(
        (name, texts.get(name))
        for name, hint in get_type_hints(kind).items()
        if name in texts or any(_fields_with_texts(part) for part in structures(hint))
    )


def structures(hint: Any) -> Iterator[type]:
    """The structures that a type is made of."""
    if isinstance(hint, type) and (issubclass(hint, Part) or is_dataclass(hint)):
        yield hint
    for inner in get_args(hint):
        yield from structures(inner)
