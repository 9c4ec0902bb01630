"""Numbers and addresses in free texts."""

import pytest

from directory.upkeep.checks import mentions
from directory.upkeep.checks.mentions import Number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Llame al 601 744 2727.", [("601 744 2727", "+576017442727", False)]),
        ("Llame al (571) 744 27 27 opción 2", [("(571) 744 27 27", "+576017442727", True)]),
        ("PBX 7442727", [("7442727", "", True)]),
        ("+57 1 7442727 ext 1107", [("+57 1 7442727 ext 1107", "+576017442727", True)]),
        ("Línea 01 8000 181531", [("01 8000 181531", "+5718000181531", False)]),
        ("cel (57) 318 717 49 37", [("(57) 318 717 49 37", "+573187174937", False)]),
        ("Marque 03 318 717 4937", [("03 318 717 4937", "+573187174937", True)]),
        ("+1 202 456 1111", [("+1 202 456 1111", "+12024561111", False)]),
        ("PBX (+601) 744 2727", [("(+601) 744 2727", "+576017442727", True)]),
        (
            "601 7442727 ext 1107-1109",
            [("601 7442727 ext 1107", "+576017442727", False)],
        ),
    ],
)
def test_numbers_are_found_and_old_forms_told(text, numbers):
    assert list(mentions.numbers(text)) == [Number(*each) for each in numbers]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Opción 2 - opción 4",
        "Desde el 12-12-2026 o el 2026-12-01 a las 8:00",
        "NIT 830.084.433-7, Ley 1581 de 2012",
        "https://example.com/casos/6017442727",
        "caso.6017442727@example.com",
        "9" * 5000,
        "Extensiones 1107-1109. Vigencia 1994-1998.",
        "Entre 1000 - 1999, de 2019 a 2021",
    ],
)
def test_what_is_no_number_is_left_alone(text):
    assert list(mentions.numbers(text)) == []


@pytest.mark.parametrize(
    ("region", "text", "number"),
    [
        ("FR", "05 61 12 34 56", "+33561123456"),
        ("GB", "07911 123456", "+447911123456"),
        ("IT", "055 123 4567", "+390551234567"),
        ("DE", "030 901820", "+4930901820"),
        ("BR", "4004-1234", "+5540041234"),
        ("CR", "2222-3333", "+50622223333"),
        ("US", "(212) 555-2368", "+12125552368"),
    ],
)
def test_rules_of_one_country_do_not_hold_in_another(region, text, number, settings):
    settings.PHONENUMBER_DEFAULT_REGION = region
    mentions.numbers.cache_clear()
    assert list(mentions.numbers(text)) == [Number(text, number, is_outdated=False)]
    mentions.numbers.cache_clear()


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("MX", "01 55 1234 5678"),
        ("MX", "(01 55) 1234-5678"),
        ("MX", "044 55 1234 5678"),
        ("MX", "+52 1 55 1234 5678"),
        ("CO", "+52 1 55 1234 5678"),
    ],
)
def test_old_prefixes_that_make_a_number_too_long_are_told(region, text, settings):
    settings.PHONENUMBER_DEFAULT_REGION = region
    mentions.numbers.cache_clear()
    told = [(number.today, number.is_outdated) for number in mentions.numbers(f"Llame al {text}.")]
    assert told == [("+525512345678", True)]
    mentions.numbers.cache_clear()


@pytest.mark.parametrize(
    "text", ["a.a" * 20_000 + "1", "a@" * 20_000 + "1", "1-" * 10_000, "01 1" * 9_999]
)
def test_long_text_without_numbers_is_read_to_its_end(text):
    assert (list(mentions.numbers(text)), mentions.emails(text)) == ([], [])


def test_addresses_come_without_the_punctuation_around_them():
    text = "Escriba a Soporte@Example.com, o vea (https://example.com/a?b=1). www.example.com!"
    assert list(mentions.emails(text)) == ["soporte@example.com"]
    assert list(mentions.links(text)) == ["https://example.com/a?b=1", "www.example.com"]
