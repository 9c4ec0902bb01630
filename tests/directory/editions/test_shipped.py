"""Texts that ship with the product are said in the reader's language; those of staff are not."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from django.conf import settings
from django.utils import translation

from directory.editions import shipped
from directory.editions.document import (
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedRequestType,
    ServiceDocument,
)
from directory.upkeep.usual_request_types import make_usual_types


def read_type(code, name, language):
    kind = PublishedRequestType(code=code, name=name)
    source = ServiceDocument(
        slug="mesa",
        name="Mesa",
        channels=(
            PublishedChannel(
                code="c", medium="chat", title="Chat", contacts=(), request_types=(kind,)
            ),
        ),
    )
    with translation.override(language):
        return shipped.told(source).channels[0].request_types[0].name


CRITICAL = "Incidentes prioridad 1 (Críticos)"


@pytest.mark.parametrize(
    ("code", "name", "language", "expected"),
    [
        ("incidente-critico", CRITICAL, "es", CRITICAL),
        ("incidente-critico", CRITICAL, "en", "Priority 1 incidents (critical)"),
        ("todas", "Todas", "en", "All"),
        # Worded otherwise, or called so for something else: their own words.
        ("incidente-critico", "Incidentes críticos (P1)", "en", "Incidentes críticos (P1)"),
        ("reclamo", "Quejas", "en", "Quejas"),
        ("quejas-2", "Quejas", "en", "Quejas"),
    ],
)
def test_request_type_is_read_in_the_readers_language_unless_staff_worded_it(
    code, name, language, expected
):
    assert read_type(code, name, language) == expected


def test_organisation_of_another_language_is_read_the_other_way(settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, language="en-GB")
    assert read_type("complaint", "Complaints", "en") == "Complaints"
    assert read_type("complaint", "Complaints", "es") == "Quejas"
    assert read_type("queja", "Quejas", "en") == "Quejas"


def test_titles_labels_and_levels_are_read_so_each_in_its_place():
    contact = PublishedContact(code="linea", kind="phone", label="Teléfono fijo", value="+571")
    source = ServiceDocument(
        slug="mesa",
        name="Teléfono fijo",
        introduction="Telefónico",
        channels=(
            PublishedChannel(
                code="telefonico",
                medium="telephone",
                title="Telefónico",
                request_types=(),
                contacts=(contact,),
            ),
            PublishedChannel(
                code="correo", medium="email", title="Telefónico", request_types=(), contacts=()
            ),
        ),
        escalation=PublishedEscalation(
            levels=(
                PublishedLevel(
                    level=1,
                    title="Primer escalamiento",
                    purpose="Telefónico",
                    contact="grupo",
                    name="Grupo de soporte técnico",
                    contacts=(contact,),
                ),
                PublishedLevel(
                    level=2, title="Primer escalamiento", contact="b", name="Bea", contacts=()
                ),
            )
        ),
    )
    with translation.override("en"):
        read = shipped.told(source)
    phone, mail = read.channels
    assert (read.name, read.introduction) == ("Teléfono fijo", "Telefónico")
    assert phone.title == "By telephone"
    assert mail.title == "Telefónico"
    assert {each.label for each in phone.contacts} == {"Landline"}
    first, second = read.escalation.levels
    # Who answers, and what a channel is for, is the organisation's to say.
    assert (first.title, first.name) == ("First escalation", "Grupo de soporte técnico")
    assert (first.purpose, first.contacts[0].label) == ("Telefónico", "Landline")
    assert (second.title, second.name) == ("Primer escalamiento", "Bea")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By telephone", True),
        ("By telephone (Complaints, Claims)", True),
        ("By telephone (Complaints, Los demás)", False),
        ("Telefónico", False),
        ("", False),
    ],
)
def test_only_what_is_in_the_readers_language_needs_no_mark(text, expected):
    with translation.override("en"):
        assert shipped.is_shipped(text) is expected
    assert shipped.is_shipped(text) is False


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_two_texts_of_one_place_differ_in_every_language(language):
    """Else a change from one to the other could not be told."""
    with translation.override(language):
        said = Counter(
            (part, field, str(where), str(text))
            for part, field, _key, texts in shipped.SHIPPED
            for where, text in texts
        )
    assert [place for place, count in said.items() if count > 1] == []


@pytest.mark.django_db
def test_the_usual_request_types_are_made_in_the_language_that_staff_write_in(settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, language="en")
    made = make_usual_types()
    assert [each.code for each in made][:2] == ["all", "critical-incident"]
    assert [each.name for each in made][:2] == ["All", "Critical incidents"]


FIXTURES = sorted(path.stem for path in settings.FIXTURE_DIRS[0].glob("*_*.json"))


@pytest.mark.parametrize("name", ["shared", *(each for each in FIXTURES if "example" not in each)])
def test_titles_and_request_types_of_the_five_directories_are_known(name):
    with translation.override("es"):
        known = {str(text) for *_place, texts in shipped.SHIPPED for _where, text in texts}
    rows = json.loads((settings.FIXTURE_DIRS[0] / f"{name}.json").read_text("utf-8"))
    fields = {"directory.channel": "title", "directory.requesttype": "name"}
    said = {row["fields"][fields[row["model"]]] for row in rows if row["model"] in fields}
    # What names the organisation, or a product that it uses, is its own.
    assert {text for text in said - known if "ServiceNow" not in text} == set()
