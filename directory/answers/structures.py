"""What is said to the public: the answers of the JSON API, from which the pages are
rendered too, so that both always say the same.

Words are in the language that was active when an answer was made; instants carry their zone's
offset.
"""

from datetime import date
from typing import Literal

import msgspec

from directory.answers.announcements import Announcement
from directory.answers.notices import NoticeSeverity
from directory.answers.standing_in import StandingIn
from directory.editions.formats import Instant, Uri, UriOrEmpty
from directory.editions.names import in_a_line, level_title
from directory.hours.schedule import HolidayPolicy, ReasonKind, Status

TimesCount = Literal["no_answer", "no_solution", "since_report"]


# So many characters of a description do not hide what stands below.
SHORT_DESCRIPTION = 160


class AnswerPart(msgspec.Struct, frozen=True):
    """The base of the parts of an answer."""


class NoticeAnswer(AnswerPart, frozen=True, kw_only=True):
    """A notice in force: its text as it was entered, from when on and until when (null: until
    further notice).

    It is on the contact point or the channel with this code, which `about` names, else on the
    service; with `for_all` on every service.
    """

    code: str
    text: str
    severity: NoticeSeverity
    since: Instant
    until: Instant | None
    contact_point: str | None
    channel: str | None
    about: str = ""
    for_all: bool = False


class PlannedChange(AnswerPart, frozen=True, kw_only=True):
    """A planned replacement: from the day `on`, the contact is this one; else as a contact."""

    on: date
    kind: str
    value: str
    display: str
    href: UriOrEmpty
    is_toll_free: bool | msgspec.UnsetType = msgspec.UNSET
    only_from: str | msgspec.UnsetType = msgspec.UNSET
    advice: str | msgspec.UnsetType = msgspec.UNSET
    map: Uri | msgspec.UnsetType | None = msgspec.UNSET
    verified_on: date | None = None


class ExtensionLink(AnswerPart, frozen=True, kw_only=True):
    """An extension, and the address that dials it."""

    extension: str
    href: UriOrEmpty


class ContactAnswer(AnswerPart, frozen=True, kw_only=True):
    """A number or address, with what is to be known to use it.

    `display` is as those read it whom the answer is for: numbers with their country code in another
    language than the directory's, in a channel for callers from abroad, and of a service for
    customers in several countries; as in their country where they are dialled there alone and only
    so, in the ISO country `only_from` (absent: everywhere). `href` is empty where no tap dials it.
    `advice` says in words what callers must know of it, if there is something.

    `former` are the values that it has replaced: what readers may still have written down.

    `map` is the link to the map of a place, null where none is stated; it is absent of what is no
    place. `verified_on` is the day on which somebody last tried the value, null where nobody did.

    `note` is the text of the notice in force on it, `notice` its code among those of the
    directory (absent: none); where it is `out_of_order` no link dials it.
    """

    code: str
    kind: str
    label: str
    value: str
    display: str
    href: UriOrEmpty
    extensions: tuple[str, ...]
    extension_links: tuple[ExtensionLink, ...]
    menu_options: str
    changes: PlannedChange | None
    former: tuple[str, ...] = ()
    note: str | None = None
    out_of_order: bool = False
    notice: str | msgspec.UnsetType = msgspec.UNSET
    is_toll_free: bool | msgspec.UnsetType = msgspec.UNSET
    only_from: str | msgspec.UnsetType = msgspec.UNSET
    advice: str | msgspec.UnsetType = msgspec.UNSET
    map: Uri | msgspec.UnsetType | None = msgspec.UNSET
    verified_on: date | None = None


class RequestTypeAnswer(AnswerPart, frozen=True, kw_only=True):
    """A type of request; `description` says what it is, if that was written."""

    code: str
    name: str
    description: str = ""
    covers_all: bool
    is_critical: bool


class HolidaysAnswer(AnswerPart, frozen=True, kw_only=True):
    """What applies on public holidays, and on those of which place.

    `rule` is that of the schedule; `text` says it in words, `opening_hours` as OpenStreetMap does:
    "PH off", empty where the usual hours hold. `country` and `subdivision` are those of ISO 3166,
    the latter empty for the holidays of the whole country; `place` names both.
    """

    rule: HolidayPolicy
    text: str
    opening_hours: str
    country: str
    subdivision: str
    place: str


class HoursAnswer(AnswerPart, frozen=True, kw_only=True):
    """Hours in words, as an OpenStreetMap `opening_hours` value with the exceptions of a year, and
    today's hours in words.

    `opening_hours` says nothing of public holidays where opening_hours.js does not know those of
    the place; `holidays` always says what applies.

    "Today" is the day `today_on` in the schedule's `timezone`. `zone` says whose time the hours are
    told in, where it is not the organisation's: "hora de Tokyo".

    `today_status` is closed when nothing begins today, unknown when today's hours are not
    confirmed; `today_reason` names the exception or the holiday that makes it so, which
    `today_reason_kind` says, and `today_is_holiday` as well.
    """

    text: str
    opening_hours: str
    holidays: HolidaysAnswer
    always_open: bool
    timezone: str
    zone: str = ""
    today_on: date
    today: str
    today_status: Status | None = None
    today_reason: str = ""
    today_is_holiday: bool = False
    today_reason_kind: ReasonKind = ReasonKind.NONE


class AnsweringState(AnswerPart, frozen=True, kw_only=True):
    """What answers, or not, at the instant. All null or empty where hours are not stated.

    `reason` is the name of a holiday in the active language, or an exception's or the text of a
    notice as it was entered: `reason_kind` says which, and `is_holiday` as well.

    `out_of_order`: a notice closes it, or one on each of its contacts. `note` is the text of that
    notice, else of the one in force on it, and `notice` its code among those of the directory
    (absent: none).

    `unconfirmed` names the holiday that makes it unknown whether somebody answers from `until` on:
    what is closed then opens for certain at `next_open`, but perhaps earlier.
    """

    state: Status | None
    reason: str
    until: Instant | None
    next_open: Instant | None
    is_holiday: bool = False
    reason_kind: ReasonKind = ReasonKind.NONE
    unconfirmed: str = ""
    note: str | None = None
    out_of_order: bool = False
    notice: str | msgspec.UnsetType = msgspec.UNSET


class ChannelAnswer(AnsweringState, frozen=True, kw_only=True):
    """One way to reach support, and whether it answers; contacts that are out of order come last.
    `for_abroad`: it is for callers in other countries; else absent. `languages` are the codes of
    those in which customers are served, empty where not stated; `distinction` says in words what
    tells it from other channels of its title. Without contacts its description says how to use it.
    """

    code: str
    medium: str
    title: str
    description: str
    request_types: tuple[RequestTypeAnswer, ...]
    hours: HoursAnswer
    contacts: tuple[ContactAnswer, ...]
    for_abroad: bool | msgspec.UnsetType = msgspec.UNSET
    languages: tuple[str, ...] = ()
    distinction: str = ""

    @property
    def shows_description(self) -> bool:
        """Whether its description helps to use it: without contacts, in an office, or where it is
        short."""
        decides = not self.contacts or self.medium == "office"
        return decides or len(self.description) <= SHORT_DESCRIPTION

    @property
    def is_general(self) -> bool:
        """Whether no type of request is named besides one that covers all."""
        return all(kind.covers_all for kind in self.request_types)

    @property
    def takes_critical(self) -> bool:
        """Whether critical requests are for it: also where it takes every type."""
        return any(kind.is_critical or kind.covers_all for kind in self.request_types)

    @property
    def is_critical_only(self) -> bool:
        """Whether it takes critical requests and no others."""
        kinds = self.request_types
        return bool(kinds) and all(kind.is_critical and not kind.covers_all for kind in kinds)


class TargetAnswer(AnswerPart, frozen=True, kw_only=True):
    """Within which time somebody responds to requests of a type (its code and name), and solves
    them: in minutes, of which a day has 1,440, and in words. `in_open_hours`: only hours and days
    count on which the service is open."""

    request_type: str
    name: str
    covers_all: bool
    respond_minutes: int | None
    solve_minutes: int | None
    in_open_hours: bool
    respond: str
    solve: str


class LevelAnswer(AnsweringState, frozen=True, kw_only=True):
    """Who answers on a level of escalation, and whether they do: a level with several contacts has
    several of these, each with what it is for. No `request_types` are all; `hours` is null where
    they are not stated.

    `escalate_after` has the minutes after which it is asked, by the code of the request type;
    `escalate_after_minutes` are those of all other types.

    `standing_in` says in whose place it is that they answer; null where nobody is away. Where
    nobody stands in, the name is that of who is away, and there are no contacts.
    """

    level: int
    title: str
    purpose: str
    request_types: tuple[RequestTypeAnswer, ...]
    name: str
    person: str
    escalate_after: dict[str, int] = {}
    escalate_after_minutes: int | None
    hours: HoursAnswer | None
    contacts: tuple[ContactAnswer, ...]
    standing_in: StandingIn | None = None

    @property
    def where(self) -> str:
        """“Tier 2 · Redes · Supervisor”: where a contact of it is found."""
        return in_a_line(self.own_title, self.purpose, self.name)

    @property
    def own_title(self) -> str:
        """The title that editors wrote; empty where its number makes it."""
        return "" if self.title == level_title(self.level) else self.title


class EscalationAnswer(AnswerPart, frozen=True, kw_only=True):
    """How to escalate, and to whom. The times of the levels are those without an answer or without
    a solution of the level before, or since the report: `times_count`."""

    instructions: str
    levels: tuple[LevelAnswer, ...]
    times_count: TimesCount = "no_answer"


class EditionStamp(AnswerPart, frozen=True, kw_only=True):
    """Which edition says so."""

    number: int
    published_at: Instant
    digest: str


class Directory(AnswerPart, frozen=True, kw_only=True):
    """One service's directory at the instant `at`; until `holds_until` none of it is told
    otherwise, but by a newer edition. `known_at` is there while the database is away: since when it
    is known. `request_types` are all that its channels, its promised times
    and its levels name."""

    slug: str
    name: str
    introduction: str
    at: Instant
    holds_until: Instant
    edition: EditionStamp
    channels: tuple[ChannelAnswer, ...]
    escalation: EscalationAnswer
    request_types: tuple[RequestTypeAnswer, ...] = ()
    targets: tuple[TargetAnswer, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    # In force; the worst first.
    notices: tuple[NoticeAnswer, ...] = ()
    # Its customers may be in several countries: numbers have their country code.
    is_international: bool = False
    # The address (slug) that it had before, which leads here.
    renamed_from: str | None = None
    known_at: Instant | msgspec.UnsetType = msgspec.UNSET

    @property
    def general_notices(self) -> tuple[NoticeAnswer, ...]:
        """Those in force on the service or on all services."""
        return tuple(each for each in self.notices if not (each.contact_point or each.channel))

    @property
    def notices_for_all(self) -> tuple[NoticeAnswer, ...]:
        """Those in force on all services."""
        return tuple(each for each in self.notices if each.for_all)

    @property
    def own_notices(self) -> tuple[NoticeAnswer, ...]:
        """Those in force on the service alone, or on a part of it."""
        return tuple(each for each in self.notices if not each.for_all)

    @property
    def holders(self) -> tuple[ChannelAnswer | LevelAnswer, ...]:
        """What gives contacts, in the order of the page."""
        return *self.channels, *self.escalation.levels


class NextOpening(AnswerPart, frozen=True, kw_only=True):
    """The channel that opens next, and when."""

    channel: ChannelAnswer
    at: Instant


class WhomToContact(AnswerPart, frozen=True, kw_only=True):
    """Whom to contact for one type of request at the instant `at`; until `holds_until` none of it
    is told otherwise, but by a newer edition. `next` is what opens next of what is not open,
    `target` what is promised for the type."""

    request_type: str
    at: Instant
    holds_until: Instant
    open: tuple[ChannelAnswer, ...]
    unknown: tuple[ChannelAnswer, ...]
    next: NextOpening | None
    target: TargetAnswer | None = None
    escalation: tuple[LevelAnswer, ...]
    # As of a directory.
    known_at: Instant | msgspec.UnsetType = msgspec.UNSET


class SearchHit(AnsweringState, frozen=True, kw_only=True):
    """Why a search shows a service: a contact, and where it is: the title of the channel, or the
    name of the level, that has it, and whether that answers. Else, without a contact, a `text` of
    the service, which `text_of` names: what was typed is in it. With `other_days` it is not told
    at this instant: who stands in for somebody, a notice to come, what is not valid yet.

    `is_planned`: what was typed is the contact that replaces it. `former`: what was typed is this
    number or address, as displayed; `contact` has taken its place, and is null where nothing has.
    `request_types` are the names of those of the channel that were typed, `extension` the one of
    the contact that was.
    """

    contact: ContactAnswer | None
    where: str
    is_planned: bool = False
    former: str = ""
    request_types: tuple[str, ...] = ()
    extension: ExtensionLink | None = None
    text: str = ""
    text_of: Literal["", "address", "former_address", "introduction", "notice", "other_days"] = ""
    # As those of what has the contact; of a text there are none.
    state: Status | None = None
    reason: str = ""
    until: Instant | None = None
    next_open: Instant | None = None
