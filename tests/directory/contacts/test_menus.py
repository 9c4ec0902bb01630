"""Which keys the menu options of a number are."""

import pytest

from directory.contacts.menus import Key, keys


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("opción 3", "3"),
        ("3", "3"),
        ("Opción 2 - opción 4", "2 4"),
        ("OPCION 2 – OPCION 4.", "2 4"),
        ("2-4", "2 4"),
        ("2 > 4 > 1", "2 4 1"),
        ("2 → 4", "2 4"),
        ("opción 1, luego 3", "1 3"),
        ("marque 1 y luego la opción 3", "1 3"),
        ("Marque la opción 2, después marque 4", "2 4"),
        ("menú 1, opción 3", "1 3"),
        ("Press 2, then 4", "2 4"),
        ("opção 2, depois 4", "2 4"),
        ("opción *", "*"),
        ("1 - #", "1 #"),
        ("opción 10", "10"),
    ],
)
def test_keys_are_read_in_their_order(text, found):
    assert keys(text) == tuple(map(Key, found.split()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("opción 2 (Soporte), opción 2", (Key("2", "Soporte"), Key("2"))),
        ("Opción 2 Soporte - Opción 2", (Key("2", "Soporte"), Key("2"))),
        ("1: Ventas", (Key("1", "Ventas"),)),
    ],
)
def test_keys_keep_what_the_menu_calls_them(text, found):
    assert keys(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 o 3",
        "2 y 4",
        "opción 2, 3",
        "opciones 2-4",
        "opción 2 u 8",
        "1/2",
        "Soporte",
        "espere al asesor",
        "diga «soporte»",
        "opción 2 - Soporte",
        "1107",
        "<b>2</b>",
        "- -",
        "-" * 200,
        "opción " * 40,
    ],
)
def test_what_may_be_read_in_two_ways_is_no_key(text):
    assert keys(text) == ()
