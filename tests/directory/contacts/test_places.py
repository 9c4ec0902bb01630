"""Postal addresses: in lines as people write them, and what is none."""

import pytest
from django.core.exceptions import ValidationError

from directory.contacts import places
from directory.contacts.kinds import ADDRESS
from directory.contacts.pasted import refuse_other_kind
from directory.upkeep.checks import mentions


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Carrera 19 # 34-93", "Carrera 19 # 34-93"),
        (" Carrera 19 # 34-93, \r\n\r\n\tPiso 3;\n", "Carrera 19 # 34-93\nPiso 3"),
        ("Calle 26\u202857\u00a0-\u00a083", "Calle 26\n57 - 83"),
        ("\u200b\n , \n", ""),
    ],
)
def test_address_is_kept_in_lines_that_say_something(written, kept):
    assert places.tidy(written) == kept
    assert places.tidy(kept) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "no_address") for text in ("-", "#\n_ .", "…")),
        ("\n".join("123456789"), "too_many_lines"),
        ("x" * 301, "address_too_long"),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        places.check(text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["\n".join("12345678"), "x" * 300])
def test_eight_lines_and_three_hundred_characters_are_not_too_much(text):
    places.check(text)


@pytest.mark.parametrize(
    ("pasted", "kind"),
    [
        ("https://maps.app.goo.gl/sede", "Dirección web"),
        ("sede@ejemplo.com", "Correo electrónico"),
        ("607 633 8008", "Teléfono"),
        ("t.me/acme_soporte", "Telegram"),
    ],
)
def test_a_contact_of_another_kind_alone_is_no_address(pasted, kind):
    with pytest.raises(ValidationError, match=f"es de la clase «{kind}»"):
        refuse_other_kind(pasted, "address")


@pytest.mark.parametrize(
    "text",
    [
        *("Carrera 19 # 34-93", "Carrera 17A # 60-26", "Piso 3", "Calle 100 # 19-54 Of. 601"),
        *("Av. El Dorado # 68D-35", "Km 7 vía Chía", "Cra. 7 No. 12-34, apto 1203", "110111"),
        *("Diagonal 25G # 95A-85, Bogotá 110911", "Calle 26 # 57-83 Torre 7 Piso 12"),
    ],
)
def test_numbers_of_an_address_are_no_phone_numbers(text):
    refuse_other_kind(text, "address")
    assert mentions.numbers(text) == ()


def test_address_is_shown_in_one_line_and_typed_in_its_own():
    written = "Carrera 19 # 34-93\nPiso 3"
    assert ADDRESS.shown(written, True) == ADDRESS.display(written) == "Carrera 19 # 34-93, Piso 3"
    assert ADDRESS.typed(written) == written
    assert ADDRESS.pieces("Cra. 19, Piso 3") == ["Cra. 19, Piso 3"]


@pytest.mark.parametrize(
    ("stated", "link"),
    [
        ("https://ñandú.co/m", "https://xn--and-6ma2c.co/m"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_link_of_a_place_is_that_of_its_map(stated, link):
    assert ADDRESS.href("Carrera 19", map_url=stated) == link
