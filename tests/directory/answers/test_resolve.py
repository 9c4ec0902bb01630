"""A document at an instant: what holds, what is replaced, who answers, what opens next."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.utils import translation

from directory.answers.resolve import resolve
from directory.answers.structures import AnsweringState, EditionStamp, ExtensionLink, PlannedChange
from directory.answers.whom_to_contact import best_state, next_opening, whom_to_contact
from directory.editions.document import (
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedRequestType,
    Replacement,
    ServiceDocument,
)
from directory.editions.publish import Act, sealed_edition
from directory.hours.schedule import HolidayPolicy, Status
from tests.directory.schedules import exception, schedule, weekly

BOGOTA = ZoneInfo("America/Bogota")
PUBLISHED_AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 8, tzinfo=BOGOTA)
IMMACULATE_CONCEPTION = datetime(2026, 12, 8, 8, tzinfo=BOGOTA)


def edition_of(source):
    """A first edition, as it is published."""
    return sealed_edition(7, source, None, Act(PUBLISHED_AT))


def hours(code, week="", **kwargs):
    return schedule(week, code=code, name=code, **kwargs)


ALWAYS = hours("siempre", always_open=True)
OFFICE = hours("oficina", "12345 07:00-19:00")
EVENING = hours("tarde", "12345 12:00-22:00")
SILENT = hours("sin-horario")
NEVER_AGAIN = hours("cerrado", weekly("1 07:00-09:00", valid_until=date(2026, 1, 1)))
SCHEDULES = {each.code: each for each in (ALWAYS, OFFICE, EVENING, SILENT, NEVER_AGAIN)}

TYPES = {
    "todas": PublishedRequestType(code="todas", name="Todas", covers_all=True),
    "queja": PublishedRequestType(code="queja", name="Quejas"),
    "critico": PublishedRequestType(code="critico", name="Críticos", is_critical=True),
}


def contact(value="+576017442727", kind="phone", **kwargs):
    return PublishedContact(
        **{"code": "linea", "kind": kind, "label": "Línea", "value": value, **kwargs}
    )


def replacement(on, value="+576017442828", kind="phone", label="Nueva"):
    return Replacement(on=on, code="nueva", kind=kind, label=label, value=value)


def channel(code, schedule="siempre", types=("todas",), **kwargs):
    return PublishedChannel(
        **{
            "code": code,
            "medium": "telephone",
            "title": code,
            "request_types": tuple(TYPES[each] for each in types),
            "schedule": schedule,
            "contacts": (contact(),),
            **kwargs,
        }
    )


def directory(*channels, at=MONDAY_MORNING, **kwargs):
    source = ServiceDocument(
        slug="uno", name="Uno", channels=channels, schedules=SCHEDULES, **kwargs
    )
    return resolve(edition_of(source), at)


def codes(channels):
    return [each.code for each in channels]


# ---- Instants ------------------------------------------------------------------------------


def test_instant_and_publication_are_told_in_the_organisations_zone():
    edition = edition_of(ServiceDocument(slug="uno", name="Uno"))
    answer = resolve(edition, datetime(2026, 11, 23, 13, tzinfo=UTC))
    assert answer.at.isoformat() == "2026-11-23T08:00:00-05:00"
    stamp = EditionStamp(number=1, published_at=PUBLISHED_AT, digest=edition.digest)
    assert answer.edition == stamp
    assert answer.edition.published_at.isoformat() == "2026-11-22T12:30:00-05:00"


def test_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        directory(at=datetime(2026, 11, 23, 8))  # noqa: DTZ001


# ---- Replacements --------------------------------------------------------------------------

CHAIN = (
    replacement(date(2026, 12, 1), "+576017442828", label="Segunda"),
    replacement(date(2027, 1, 1), "soporte@example.com", kind="email", label="Tercera"),
)


@pytest.mark.parametrize(
    ("at", "kind", "value", "label", "announced"),
    [
        ("2026-11-30T23:59:59-05:00", "phone", "+576017442727", "Línea", "+576017442828"),
        ("2026-12-01T00:00:00-05:00", "phone", "+576017442828", "Segunda", "soporte@example.com"),
        ("2026-12-01T04:59:59+00:00", "phone", "+576017442727", "Línea", "+576017442828"),
        ("2026-12-31T23:59:59-05:00", "phone", "+576017442828", "Segunda", "soporte@example.com"),
        ("2027-01-01T00:00:00-05:00", "email", "soporte@example.com", "Tercera", None),
        ("2030-01-01T00:00:00-05:00", "email", "soporte@example.com", "Tercera", None),
    ],
)
def test_replacements_take_their_place_at_midnight_here(at, kind, value, label, announced):
    answer = directory(
        channel("uno", contacts=(contact(replacements=CHAIN),)), at=datetime.fromisoformat(at)
    )
    shown = answer.channels[0].contacts[0]
    assert (shown.kind, shown.value, shown.label) == (kind, value, label)
    assert (shown.changes and shown.changes.value) == announced


def test_announced_change_has_its_day_and_its_link():
    answer = directory(channel("uno", contacts=(contact(replacements=CHAIN),)))
    assert answer.channels[0].contacts[0].changes == PlannedChange(
        on=date(2026, 12, 1),
        kind="phone",
        value="+576017442828",
        display="601 744 2828",
        href="tel:+576017442828",
    )


def test_extensions_stay_with_the_number_that_takes_its_place():
    answer = directory(
        channel("uno", contacts=(contact(extensions=("0107",), replacements=CHAIN[:1]),)),
        at=datetime(2026, 12, 1, tzinfo=BOGOTA),
    )
    shown = answer.channels[0].contacts[0]
    assert shown.extension_links == (
        ExtensionLink(extension="0107", href="tel:+576017442828,0107"),
    )


def test_contacts_of_levels_are_replaced_too():
    level = PublishedLevel(
        level=1, contact="c", name="Soporte", contacts=(contact(replacements=CHAIN[:1]),)
    )
    answer = directory(
        escalation=PublishedEscalation(levels=(level,)), at=datetime(2026, 12, 1, tzinfo=BOGOTA)
    )
    assert answer.escalation.levels[0].contacts[0].value == "+576017442828"


@pytest.mark.parametrize(
    ("kind", "value", "display", "href"),
    [
        ("phone", "+576017442727", "601 744 2727", "tel:+576017442727"),
        ("web", "javascript:alert(1)", "javascript:alert(1)", ""),
        ("web", "JAVASCRIPT:alert(1)", "JAVASCRIPT:alert(1)", ""),
        ("web", "//example.com", "//example.com", ""),
        ("fax", "https://example.com/", "https://example.com/", ""),
    ],
)
def test_contacts_are_displayed_and_linked_by_kind(kind, value, display, href):
    shown = directory(channel("uno", contacts=(contact(value, kind),))).channels[0].contacts[0]
    assert (shown.display, shown.href) == (display, href)


# ---- Validity ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "valid"),
    [
        ("2026-11-30T23:59:59-05:00", False),
        ("2026-12-01T00:00:00-05:00", True),
        ("2026-12-31T23:59:59-05:00", True),
        ("2027-01-01T04:59:59+00:00", True),
        ("2027-01-01T00:00:00-05:00", False),
    ],
)
def test_channel_holds_from_its_first_day_to_the_end_of_its_last(at, valid):
    temporary = channel("uno", valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 31))
    assert codes(directory(temporary, at=datetime.fromisoformat(at)).channels) == (
        ["uno"] if valid else []
    )


@pytest.mark.parametrize(
    "limits", [{"valid_from": date(2026, 11, 23)}, {"valid_until": date(2026, 11, 23)}]
)
def test_channel_may_have_one_limit(limits):
    assert codes(directory(channel("uno", **limits)).channels) == ["uno"]


# ---- Hours ---------------------------------------------------------------------------------


def test_holiday_leaves_the_usual_hours_in_doubt():
    (answer,) = directory(channel("uno", "oficina"), at=IMMACULATE_CONCEPTION).channels
    assert (answer.state, answer.reason) == ("unknown", "La Inmaculada Concepción")
    assert answer.until.isoformat() == "2026-12-08T19:00:00-05:00"
    assert answer.next_open.isoformat() == "2026-12-09T07:00:00-05:00"


@pytest.mark.parametrize(
    ("exceptions", "kind"),
    [((), "holiday"), ((exception("2026-12-25", reason="Navidad"),), "exception")],
)
def test_an_exception_called_like_the_holiday_is_an_exception(exceptions, kind):
    kept = replace(OFFICE, holidays=HolidayPolicy.CLOSED, exceptions=exceptions)
    source = ServiceDocument(
        slug="uno", name="Uno", channels=(channel("linea", "oficina"),), schedules={"oficina": kept}
    )
    [answer] = resolve(edition_of(source), datetime(2026, 12, 25, 15, tzinfo=UTC)).channels
    assert (answer.state, answer.reason, answer.reason_kind) == ("closed", "Navidad", kind)
    assert answer.is_holiday is (kind == "holiday")
    assert (answer.hours.today_reason, answer.hours.today_reason_kind) == ("Navidad", kind)
    assert answer.hours.today_is_holiday is (kind == "holiday")


def test_round_the_clock_answers_on_a_holiday():
    (answer,) = directory(channel("uno"), at=IMMACULATE_CONCEPTION).channels
    assert (answer.state, answer.until, answer.next_open) == ("open", None, None)


def test_level_without_hours_says_nothing_of_them():
    level = PublishedLevel(level=1, contact="c", name="Soporte", contacts=())
    (answer,) = directory(escalation=PublishedEscalation(levels=(level,))).escalation.levels
    assert (answer.hours, answer.state, answer.until, answer.next_open) == (None,) * 4
    assert answer.reason == ""


@pytest.mark.parametrize(
    ("language", "level", "title", "hours_text"),
    [
        ("es", 1, "Primer escalamiento", "Lunes a viernes: 7 a.m. a 7 p.m."),
        ("en", 1, "First escalation", "Monday to Friday: 7 a.m. to 7 p.m."),
        ("es", 7, "Escalamiento 7", "Lunes a viernes: 7 a.m. a 7 p.m."),
        ("en", 7, "Escalation 7", "Monday to Friday: 7 a.m. to 7 p.m."),
    ],
)
def test_words_are_in_the_active_language(language, level, title, hours_text):
    stated = PublishedLevel(
        level=level, contact="c", name="Soporte", schedule="oficina", contacts=()
    )
    with translation.override(language):
        (answer,) = directory(escalation=PublishedEscalation(levels=(stated,))).escalation.levels
    assert (answer.title, answer.hours.text) == (title, hours_text)


def test_holiday_is_named_in_the_active_language():
    with translation.override("en"):
        (answer,) = directory(channel("uno", "oficina"), at=IMMACULATE_CONCEPTION).channels
    assert answer.reason == "Immaculate Conception"


# ---- Whom to contact -----------------------------------------------------------------------


def test_channels_for_exactly_this_type_come_first():
    answer = whom_to_contact(
        directory(
            channel("todo"),
            channel("quejas", types=["queja"]),
            channel("criticos", types=["critico"]),
            channel("tambien-todo"),
            channel("quejas-y-mas", types=["critico", "queja"]),
        ),
        "queja",
    )
    assert codes(answer.open) == ["quejas", "quejas-y-mas", "todo", "tambien-todo"]
    assert answer.request_type == "queja"


def test_type_that_covers_all_is_not_every_type():
    """Who asks about “all” gets the channels for all, not those for one type only."""
    answer = whom_to_contact(
        directory(channel("quejas", types=["queja"]), channel("todo")), "todas"
    )
    assert codes(answer.open) == ["todo"]


def test_unknown_is_neither_open_nor_closed():
    answer = whom_to_contact(
        directory(
            channel("siempre"),
            channel("oficina", "oficina"),
            channel("callado", "sin-horario"),
            at=IMMACULATE_CONCEPTION,
        ),
        "todas",
    )
    assert codes(answer.open) == ["siempre"]
    assert codes(answer.unknown) == ["oficina", "callado"]
    assert (answer.next.channel.code, answer.next.at.isoformat()) == (
        "oficina",
        "2026-12-09T07:00:00-05:00",
    )


def test_next_is_the_first_to_open_of_those_that_are_not():
    answer = directory(
        channel("tarde", "tarde"),
        channel("oficina", "oficina"),
        channel("siempre"),
        channel("nunca", "cerrado"),
        at=datetime(2026, 11, 23, 6, tzinfo=BOGOTA),
    )
    opening = next_opening(answer.channels)
    assert (opening.channel.code, opening.at.hour) == ("oficina", 7)


@pytest.mark.parametrize("channels", [[], [channel("siempre")], [channel("nunca", "cerrado")]])
def test_nothing_opens_next_where_nothing_will(channels):
    assert next_opening(directory(*channels).channels) is None


def test_channels_that_are_not_valid_yet_are_not_contacted():
    answer = whom_to_contact(directory(channel("luego", valid_from=date(2026, 12, 1))), "todas")
    assert (answer.open, answer.unknown, answer.next) == ((), (), None)


def test_levels_come_with_the_answer():
    level = PublishedLevel(level=1, contact="c", name="Soporte", contacts=())
    found = directory(escalation=PublishedEscalation(levels=(level,)))
    assert whom_to_contact(found, "todas").escalation == found.escalation.levels


# ---- The state of a service ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "schedules", "expected"),
    [
        # Open before unknown before closed.
        (MONDAY_MORNING, ["tarde", "sin-horario", "oficina"], "oficina"),
        (MONDAY_MORNING, ["tarde", "sin-horario"], "sin-horario"),
        # Of those that are open, the one that stays longest.
        (datetime(2026, 11, 23, 13, tzinfo=BOGOTA), ["oficina", "tarde"], "tarde"),
        (datetime(2026, 11, 23, 13, tzinfo=BOGOTA), ["oficina", "siempre", "tarde"], "siempre"),
        # Of those that are closed, the one that opens first.
        (datetime(2026, 11, 22, 13, tzinfo=BOGOTA), ["tarde", "cerrado", "oficina"], "oficina"),
        (datetime(2026, 11, 22, 13, tzinfo=BOGOTA), ["cerrado"], "cerrado"),
    ],
)
def test_state_of_a_service_is_that_of_its_best_channel(at, schedules, expected):
    answer = directory(*(channel(each, each) for each in schedules), at=at)
    assert best_state(answer.channels).code == expected


def test_state_of_a_service_without_channels_is_unknown():
    assert best_state(()) == AnsweringState(
        state=Status.UNKNOWN, reason="", until=None, next_open=None
    )


def test_answers_can_be_written_as_json():
    answer = directory(channel("uno", "oficina", contacts=(contact(replacements=CHAIN),)))
    written = msgspec.json.decode(msgspec.json.encode(answer))
    assert written["channels"][0]["until"] == "2026-11-23T19:00:00-05:00"
    assert written["channels"][0]["contacts"][0]["changes"]["on"] == "2026-12-01"
