"""Short codes: how they are read, linked, and refused."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from directory.contacts import short_codes


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#627", "#627"), ("*611", "*611"), ("195", "195"), ("010", "010"), ("*#", "*#"),
        ("85432", "85432"), ("890123", "890123"), ("*123*1#", "*123*1#"), ("* 6 1 1", "*611"),
        ("1-9-5", "195"), ("tel:*611", "*611"), ("tel:%23627", "#627"), ("١٩٥", "195"),
        ("\u202a#627\u202c", "#627"), ("＃６２７", "#627"), ("＊611", "*611"),
    ],
)  # fmt: skip
def test_code_is_kept_as_it_is_dialled(text, code):
    assert short_codes.read(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("601 744 2727", "whole_number"), ("+57 601 744 2727", "whole_number"),
        ("7442727", "whole_number"), ("018000181531", "whole_number"),
        ("1234567890123", "code_too_long"), ("*" * 21, "code_too_long"),
        ("9" * 10_000, "code_too_long"), ("5", "code_too_short"), ("#", "code_too_short"),
        ("#CLARO", "code_characters"), ("195 ext 2", "code_characters"), ("+57", "code_characters"),
        ("https://wa.me/message/ABC123", "web_address"), ("- -", "code_too_short"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused_with_the_reason(text, code):
    with pytest.raises(ValidationError) as caught:
        short_codes.read(text)
    assert caught.value.code == code
    if code == "whole_number":
        assert "“Phone”" in caught.value.messages[0]


@pytest.mark.parametrize(
    ("code", "link", "at_home", "abroad"),
    [
        ("195", "tel:195", "", "Only from Colombia"),
        ("*611", "tel:*611", "", "Only from Colombia"),
        (
            "#627",
            "",
            "Type it on your phone as it stands, and press the call key.",
            "Only from Colombia · Type it on your phone as it stands, and press the call key.",
        ),
    ],
)
def test_code_has_a_link_where_phones_dial_it_and_else_words(code, link, at_home, abroad):
    assert short_codes.link(code) == link
    assert (short_codes.advice(code), short_codes.advice(code, True)) == (at_home, abroad)
