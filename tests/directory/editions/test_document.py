"""The document as text: deterministic, sparse, and read back as it was."""

from datetime import date, time

import msgspec
import pytest

from directory.editions import document
from directory.editions.document import (
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedRequestType,
    Replacement,
    ServiceDocument,
)
from directory.hours.schedule import DatedException, HolidayPolicy, OpeningHours, Span, WeeklySpan

OFFICE = OpeningHours(
    code="oficina",
    name="Oficina",
    timezone="America/Bogota",
    country="CO",
    holidays=HolidayPolicy.OWN_HOURS,
    spans=(
        WeeklySpan(day=1, opens=time(7), closes=time(19), valid_from=date(2026, 12, 1)),
        WeeklySpan(day=8, opens=time(22), closes=time(6)),
    ),
    exceptions=(
        DatedException(
            first_day=date(2026, 12, 24),
            last_day=date(2026, 12, 24),
            reason="Medio día",
            spans=(Span(opens=time(8), closes=time(12)),),
        ),
        DatedException(
            first_day=date(2026, 12, 31), last_day=date(2027, 1, 1), reason="Cierre", for_all=True
        ),
    ),
)
ALWAYS = OpeningHours(
    code="siempre", name="Siempre", timezone="America/Bogota", country="CO", always_open=True
)
LINE = PublishedContact(
    code="linea",
    kind="phone",
    label="Línea ñ “á”",
    value="+576017442727",
    menu_options="Opción 2",
    extensions=("0107", "1109"),
    replacements=(
        Replacement(
            on=date(2026, 12, 1),
            code="nueva",
            kind="phone",
            label="Nueva",
            value="+576017442828",
        ),
    ),
)
COMPLETE = ServiceDocument(
    slug="uno",
    name="Uno",
    introduction="Bienvenidos.",
    channels=(
        PublishedChannel(
            code="telefonico",
            medium="telephone",
            title="Telefónico",
            description="Descripción",
            request_types=(
                PublishedRequestType(code="todas", name="Todas", covers_all=True),
                PublishedRequestType(code="critico", name="Crítico", is_critical=True),
            ),
            schedule="oficina",
            contacts=(LINE,),
            valid_from=date(2026, 1, 1),
            valid_until=date(2026, 12, 31),
        ),
    ),
    escalation=PublishedEscalation(
        instructions="Espere.",
        levels=(
            PublishedLevel(
                level=1,
                contact="soporte",
                name="Soporte",
                person="Ana",
                escalate_after_minutes=60,
                schedule="siempre",
                contacts=(LINE,),
            ),
        ),
    ),
    schedules={"oficina": OFFICE, "siempre": ALWAYS},
)
EMPTY = ServiceDocument(slug="uno", name="Uno")


@pytest.mark.parametrize("original", [COMPLETE, EMPTY], ids=["complete", "empty"])
def test_text_is_read_back_as_it_was(original):
    assert document.decode(document.encode(original)) == original


def test_equal_documents_have_equal_texts():
    turned = msgspec.structs.replace(COMPLETE, schedules={"siempre": ALWAYS, "oficina": OFFICE})
    assert list(turned.schedules) != list(COMPLETE.schedules)
    assert document.encode(turned) == document.encode(COMPLETE)


def test_order_of_channels_and_contacts_is_kept():
    first = COMPLETE.channels[0]
    second = msgspec.structs.replace(first, code="a")
    both = msgspec.structs.replace(COMPLETE, channels=(first, second))
    swapped = msgspec.structs.replace(COMPLETE, channels=(second, first))
    assert document.encode(both) != document.encode(swapped)


def test_fields_that_hold_their_defaults_are_left_out():
    assert document.encode(EMPTY) == '{"slug":"uno","name":"Uno"}'
    contact = PublishedContact(code="c", kind="email", label="", value="a@example.com")
    assert msgspec.to_builtins(contact) == {
        "code": "c",
        "kind": "email",
        "label": "",
        "value": "a@example.com",
    }


def test_accents_are_written_as_they_are():
    assert "Línea ñ “á”" in document.encode(COMPLETE)


def test_text_with_fields_of_a_later_version_can_still_be_read():
    text = document.encode(EMPTY).replace("{", '{"later":true,', 1)
    assert document.decode(text) == EMPTY


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"slug": "uno"}', '{"slug": 7, "name": "Uno"}', "{", "uno"],
)
def test_any_other_text_is_refused(text):
    with pytest.raises(msgspec.DecodeError):
        document.decode(text)
