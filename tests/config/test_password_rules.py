"""Which passwords are taken."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

EVA = User(username="eva.martinez", first_name="Eva", last_name="Martínez Gaitán", email="e@x.co")


def refused(password):
    with pytest.raises(ValidationError) as caught:
        validate_password(password, EVA)
    return {each.code for each in caught.value.error_list}


@pytest.mark.parametrize("password", ["", "corta", "once.letras", "x" * 11])
def test_eleven_characters_are_too_few(password):
    assert "password_too_short" in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        *("qwertyuiop123", "password123456", "PASSWORD123456", " password123456 "),
        *("123456789qwerty", "password 123456", "pass\u200bword123456", "pässwörd123456"),
        "".join(chr(ord(each) + 0xFEE0) for each in "password123456"),
    ],
)
def test_what_has_leaked_is_refused(password):
    assert "password_leaked" in refused(password)


@pytest.mark.parametrize("password", ["eva.martinez1", "eva.martinez", "martinez gaitan"])
def test_what_is_like_the_person_is_refused(password):
    assert "password_too_similar" in refused(password)


@pytest.mark.parametrize("password", [" " * 12, "ñ" * 40, "Certicámara1", "certicamara 2026"])
def test_one_key_and_the_name_of_the_organisation_are_refused(password):
    assert "password_too_common" in refused(password)


def test_numbers_alone_are_refused():
    assert "password_entirely_numeric" in refused("840275930184")


@pytest.mark.parametrize(
    "password",
    ["caballo-verde-7", "cuatro palabras sin nexo", "ñandú y güiro á", "長い長い長い長い長い長い"],
)
def test_long_ones_of_ones_own_are_taken(password):
    validate_password(password, EVA)
