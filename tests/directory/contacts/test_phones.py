"""How phone numbers are read, shown, linked and found."""

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings, strategies

from directory.contacts import phones

BOGOTA, MOBILE, TOLL_FREE = "+576017442727", "+573187174937", "+5718000181531"
EXAMPLES = [
    phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    if (example := phonenumbers.example_number(region))
]
any_text = strategies.text() | strategies.text("+0123456789٣ ()-–./,;#*=:extwa.myoñ\x00\u202a")
colombian_numbers = strategies.from_regex(
    r"(\+57 ?|57)?(60[124-8][2-9]\d{6}|[124-8][2-9]\d{6}|31\d{8})|(\+57)?0?18000\d{6}",
    fullmatch=True,
)


def refusal(function, text):
    """The code of the ValidationError that a call raises, "" if it raises none."""
    try:
        function(text)
    except ValidationError as error:
        return error.code
    return ""


# As the five documents write them, and as people do elsewhere. A spreadsheet takes a leading zero.
WRITTEN = {
    BOGOTA: [
        "(571) 7442727", "(571) 744 27 27", "(601) 7442727", "601 7442727", "6017442727",
        "+57 601 744 2727", "(+57) 601 744-2727", "57 601 7442727", "0057 601 7442727",
        "601.744.2727", "601–744–2727", "tel:+576017442727",
    ],
    "+576013790300": ["(571) 3790300", "(571) 379 0300"],
    "+576017457495": ["(601) 7457495"],
    "+576017452141": ["(601) 745 2141"],
    TOLL_FREE: [
        "01 8000 181531", "018000181531", "01 800 0181531", "+57 01 8000 181531", "18000181531",
    ],
    MOBILE: ["(57) 318 717 49 37", "(57) 318-7174937", "3187174937"],
    "+573168714692": ["(57) 316-8714692"],
    "+573168731648": ["3168731648", "https://wa.me/573168731648"],
    "+573222197967": ["3222197967"],
    "+573184872656": [
        "https://wa.me/573184872656", "wa.me/573184872656?text=Hola",
        "https://api.whatsapp.com/send?phone=573184872656&text=Hola",
    ],
    "+34912345678": ["+34 912 345 678"],
    "+18005551234": ["+1 (800) 555-1234"],
    "+80012345678": ["+800 1234 5678"],
}  # fmt: skip


def each_of(table):
    return [(text, key) for key, texts in table.items() for text in texts]


@pytest.mark.parametrize(("text", "e164"), each_of(WRITTEN))
def test_number_is_read_however_it_is_written(text, e164):
    assert phones.parse(text).as_e164 == e164


OF_BEFORE_2021 = {
    BOGOTA: [
        "(1) 744 2727", "57 1 7442727", "+57 1 744 2727", "0057 1 7442727", "091 7442727",
        "(031) 744 2727", "0456 1 7442727",
    ],
    "+576024851234": ["(2) 485 1234"],
    "+576046041234": ["(574) 604 1234"],
    "+576053850500": ["(5) 385 0500"],
    "+576068851234": ["(576) 885 1234"],
    "+576076331234": ["(7) 633 1234"],
    "+576082631234": ["(578) 263 1234"],
    MOBILE: ["03 318 717 4937"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "e164"), each_of(OF_BEFORE_2021))
def test_number_of_before_2021_becomes_todays(text, e164):
    assert phones.parse(text).as_e164 == e164


def test_old_colombian_number_is_renumbered_in_every_region():
    assert phones.parse("+57 1 744 2727", "US").as_e164 == BOGOTA


def test_number_of_another_region_is_not_renumbered():
    assert phones.parse("(1) 744 2727", "HU").as_e164 == "+3617442727"


def test_region_comes_from_the_settings(settings):
    settings.PHONENUMBER_DEFAULT_REGION = "US"
    assert phones.parse("(212) 555-2368").as_e164 == "+12125552368"


REFUSED = {
    "empty": ["", " \t\n", "()-"],
    "area_code": ["7442727", "744 27 27", "(57) 744 2727", "+57 744 2727"],
    "letters": ["01 8000 PRINTER", "601 744 2727 Bogotá"],
    "characters": ["601\x007442727", "601744272²", "57+601 7442727"],
    "extension": [
        "601 744 2727 ext 1107", "(571) 3790300 ext: 1107 - 1109 - 1113 - 1427.",
        "(571) 379 0300 - Ext: 1101", "(571) 7442727 Opción 2 - opción 4", "601 744 2727 #1107",
        "601 744 2727 1107", "tel:+576017442727;ext=1107", "7442727 ext 1107",
    ],
    "several_numbers": [
        "(571) 7442727 / (57) 316-8714692", "601 7442727 - 318 7174937",
        "601 7442727 y 318 7174937", "6017442727\n3187174937", "7442727, 7457495",
    ],
    "too_short": ["318 717 49", "60174427", "01 8000 181", "+34 912"],
    "too_long": ["60174427271", "34 912 345 678", "+34 912 345 67890", "6" * 40],
    "text_too_long": ["6" * 81],
    "country_code": ["+999 601 744 2727"],
    # The last one is of the United States, not Colombia's 01 800 5551234.
    "not_assigned": ["699 744 2727", "+34 012 345 678", "1-800-555-1234"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), each_of(REFUSED))
def test_refusal_has_the_particular_reason(text, code):
    assert refusal(phones.parse, text) == code


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("7442727", "The area code is missing. Write it in front: 601 744 2727 in Bogotá."),
        (
            "(571) 3790300 ext: 1107 - 1109.",
            "Write only 601 379 0300 here, and “ext: 1107 - 1109” in the field for extensions or "
            "for menu options.",
        ),
    ],
)
def test_refusal_says_what_to_do(text, message):
    with pytest.raises(ValidationError) as caught:
        phones.parse(text)
    with translation.override("en"):
        assert caught.value.messages == [message]


@settings(max_examples=300)
@given(any_text)
def test_any_text_is_a_number_or_a_validation_error(text):
    assert refusal(phones.parse, text) in {"", *phones.MESSAGES}


@settings(max_examples=300)
@given(colombian_numbers)
def test_any_colombian_number_reads_back_as_itself(text):
    number = phones.parse(text)
    assert phones.parse(phones.display(number)) == number == phones.parse(number.as_e164)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6017442727", "601 744 2727"),
        ("3187174937", "318 717 4937"),
        ("018000181531", "01 8000 181531"),
        ("01 800 5551234", "01 800 5551234"),
        ("019001234567", "01 900 1234567"),
        ("+34912345678", "+34 912 34 56 78"),
        ("+12125552368", "+1 212-555-2368"),
    ],
)
def test_number_is_shown_as_people_write_it(text, shown):
    assert phones.display(phones.parse(text)) == shown


def test_number_reads_back_as_itself_in_every_country_as_it_is_shown_and_stored():
    assert [phones.parse(phones.display(e164)).as_e164 for e164 in EXAMPLES] == EXAMPLES
    assert [phones.parse(e164).as_e164 for e164 in EXAMPLES] == EXAMPLES


def test_colombian_number_is_foreign_elsewhere(settings):
    settings.PHONENUMBER_DEFAULT_REGION = "US"
    assert phones.display(BOGOTA) == "+57 601 744 2727"
    assert phones.display("+12125552368") == "(212) 555-2368"


@pytest.mark.parametrize("text", ["", "+57", "por confirmar", "\ud800"])
def test_what_is_no_number_is_shown_as_it_is(text):
    assert phones.display(text) == text


@pytest.mark.parametrize(
    ("number", "extension", "uri"),
    [
        (BOGOTA, "", "tel:+576017442727"),
        (BOGOTA, "1107", "tel:+576017442727,1107"),
        (BOGOTA, "0012", "tel:+576017442727,0012"),
        (TOLL_FREE, "", "tel:018000181531"),
        (phones.parse(MOBILE), "", "tel:+573187174937"),
        ("+576002727", "", "tel:+576002727"),  # Gone out of use.
    ],
)
def test_tel_link_dials_the_number_and_after_a_pause_the_extension(number, extension, uri):
    assert phones.tel_uri(number, extension) == uri


EXTENSIONS = {
    (): ["", " "],
    ("1101",): ["ext: 1101", "Ext: 1101", "ext1101"],
    ("1107",): ["١١٠٧"],
    ("0012",): ["0012"],
    ("1104", "1108"): ["1104–1108", "1104, 1108, 1104"],
    ("1", "1234567890"): ["1, 1234567890"],
    ("1104", "1108", "1102"): [
        "Extensiones: 1104, 1108, 1102", "Extensión 1104, 1108 y 1102", "1104/1108; 1102",
    ],
    ("1113", "1107", "1109", "1427"): ["1113 - 1107 - 1109 - 1427."],
    ("1107", "1109", "1113", "1427"): ["ext: 1107 - 1109 - 1113 - 1427."],
}  # fmt: skip


@pytest.mark.parametrize(("text", "extensions"), each_of(EXTENSIONS))
def test_extensions_are_kept_as_text_in_order_and_once(text, extensions):
    assert phones.clean_extensions(text) == extensions


@pytest.mark.parametrize(
    "text", ["abc", "1107 a 1109", "*123", "1101#", "12345678901", "1107 1109", "+1", "1\x007"]
)
def test_what_is_no_extension_is_refused(text):
    assert refusal(phones.clean_extensions, text) == "invalid_extension"


def test_refused_extension_is_named():
    with pytest.raises(ValidationError) as caught:
        phones.clean_extensions("1107, recepción, 1109")
    with translation.override("en"):
        assert caught.value.messages == [
            "“recepción” is not an extension. Write up to ten digits: 1107, 1109."
        ]


@settings(max_examples=300)
@given(any_text)
def test_any_text_is_extensions_or_a_validation_error(text):
    assert refusal(phones.clean_extensions, text) in {"", "invalid_extension"}


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (BOGOTA, ("576017442727", "6017442727", "5717442727")),
        (MOBILE, ("573187174937", "3187174937")),
        (TOLL_FREE, ("5718000181531", "018000181531")),
        ("+34912345678", ("34912345678",)),
    ],
)
def test_number_is_indexed_in_its_usual_forms(number, digits):
    assert phones.searchable_digits(number) == digits


TYPED = {
    BOGOTA: [
        "7442727", "744 27 27", "(601) 744 27 27", "(571) 7442727", "(571) 744", "+57 1 744 2727",
        "+57 601 744", "091 7442727", "tel:+576017442727",
    ],
    TOLL_FREE: ["01 8000 18", "018000181531", "+57 1 8000 181531", "181531"],
    MOBILE: ["318-717", "03 318 717 4937", "https://wa.me/573187174937"],
}  # fmt: skip


@pytest.mark.parametrize(("typed", "number"), each_of(TYPED))
def test_typing_a_usual_form_finds_the_number(typed, number):
    indexed = phones.searchable_digits(number)
    assert any(form in digits for form in phones.digit_forms(typed) for digits in indexed)


@pytest.mark.parametrize("typed", ["", "57", "Mesa 2400", "24/7", "mesadeayuda@certicamara.com"])
def test_what_cannot_be_a_number_is_not_searched_as_one(typed):
    assert phones.digit_forms(typed) == ()


@settings(max_examples=300)
@given(any_text)
def test_any_text_may_be_typed_in_the_search_box(text):
    assert all(form.isdecimal() and len(form) >= 3 for form in phones.digit_forms(text))
