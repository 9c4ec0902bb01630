"""Phone numbers: how people write them, and how they are found.

Kept is E.164, the international form. How a number is shown and linked stands in
`directory.contacts.showing`, what is particular to a country in `directory.contacts.countries`.
"""

import contextlib
import re
import unicodedata
from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from phonenumber_field.phonenumber import PhoneNumber

from directory.contacts.countries import (
    Country,
    countries_called,
    country_of,
    country_of_number,
)
from directory.contacts.refusals import MESSAGES as MESSAGES
from directory.contacts.refusals import refusal
from directory.contacts.showing import digits_of, display, known, shown
from directory.contacts.showing import is_toll_free as is_toll_free
from directory.contacts.showing import tel_uri as tel_uri

LONGEST = 80
WRITTEN = re.compile(r"[ ().+-]*\d[\d ().-]*")
WHATSAPP_LINK = re.compile(
    r"(?:https?://)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?phone=)\+?(\d+)(?:[/?&#].*)?"
)
LINK = re.compile(r"(?i)https?://|(?:www\.|wa\.me/|t\.me/|(?:api|web|chat)\.whatsapp\.com/)")
# Two numbers of one length, of four digits at most: extensions or years, and in some countries the
# two halves of a number.
PAIR = re.compile(r"(\d{2,4})(?: ?- ?|[ ./])(\d{2,4})")
SHORT = re.compile(r"[ ().-]*(?:\d[ ().-]*){1,6}")
# Words count where no other letter touches them: "ext1101", "1104 y 1108".
EXTENSION_WORD = r"ext(?:ensi[oó]n(?:e?s)?|s)?|anexos?|int(?:ernos?)?|rama(?:l|is)"
BETWEEN_EXTENSIONS = re.compile(
    rf"(?i)[,;:/|.()-]|(?<![^\W\d_])(?:{EXTENSION_WORD}|y|o|and|or)(?![^\W\d_])"
)
EXTENSION_FOLLOWS = re.compile(rf"(?i)[ ,;:(.-]*(?:#|x|(?:{EXTENSION_WORD})(?![^\W\d_]))")
# Letters, of three alphabets, that look like a digit.
LOOKALIKES = str.maketrans("OoОоΟοIl|", "000000111")


# ---- Reading ---------------------------------------------------------------------------------


def parse(text: str, region: str | None = None) -> PhoneNumber:
    """The valid number that `text` says, without an extension.

    A number without “+” is one of `region`, by default PHONENUMBER_DEFAULT_REGION. WhatsApp links
    and tel: addresses are read too, and the digits of every script. Old forms become today's where
    the country's declaration says so. Raises ValidationError for any other text, its code a key of
    `directory.contacts.refusals.MESSAGES`.
    """
    if len(text) > LONGEST:
        raise refusal("text_too_long")
    return _parse(text, region or settings.PHONENUMBER_DEFAULT_REGION)


@lru_cache(maxsize=4096)
def _parse(text: str, region: str) -> PhoneNumber:
    written = WHATSAPP_LINK.sub(r"+\1", plain(text)).removeprefix("tel:")
    try:
        return _number(written, region)
    except ValidationError as error:
        unclear = error.code in ("letters", "characters", "too_long")
        raise (unclear and _surplus(written, region)) or error from None


def _number(written: str, region: str) -> PhoneNumber:
    _refuse_what_is_none(written, region)
    country = country_of(region)
    digits = ("+" if "+" in written else "") + digits_of(written)
    for each in {country: None, **dict.fromkeys(countries_called(digits))}:
        digits = each.today(digits, each is country)
    flaw = ""
    try:
        number = PhoneNumber.from_string(digits, region)
        if number.is_valid():
            _refuse_pair(written, number, country)
            return number
        flaw = _flaw(number)
    except phonenumbers.NumberParseException as error:
        flaws = {error.INVALID_COUNTRY_CODE: "country_code", error.TOO_LONG: "too_long"}
        flaw = flaws.get(error.error_type, "too_short")
        number = None
    raise _flawed(flaw, written, digits, number, country)


def _refuse_what_is_none(written: str, region: str) -> None:
    """Raise ValidationError for a text that is not written as a number."""
    example = country_of(region).landline
    if LINK.match(written):
        raise refusal("web_address")
    if re.fullmatch(r"[#*][\d*# ]*", written):
        raise refusal("short_code", example=example)
    if WRITTEN.fullmatch(written):
        return
    if not any(character.isalpha() or character == "|" for character in written):
        raise refusal("characters" if digits_of(written) else "empty", example=example)
    if lookalike := _lookalike(written, region):
        raise lookalike
    raise refusal("letters", example=example)


def _lookalike(written: str, region: str) -> ValidationError | None:
    """The error that a letter stands in the place of a digit, or None."""
    digits = written.translate(LOOKALIKES)
    if not WRITTEN.fullmatch(digits):
        return None
    try:
        number = display(_number(digits, region))
    except ValidationError:
        return None
    letter = next(c for c, other in zip(written, digits, strict=True) if c != other)
    return refusal(
        "lookalike",
        written=written,
        letter=letter,
        digit=letter.translate(LOOKALIKES),
        number=number,
    )


def _refuse_pair(written: str, number: PhoneNumber, country: Country) -> None:
    """Raise ValidationError for two numbers that only together have as many digits as one, except
    where people write a number so: 2222-3333 in Costa Rica."""
    pair = PAIR.fullmatch(written)
    if pair and len(pair[1]) == len(pair[2]):
        usual = re.split(r"\D+", country.national(number).strip())
        if usual != [pair[1], pair[2]]:
            raise refusal("range", text=written, example=country.landline)


def _flaw(number: PhoneNumber) -> str:
    """The code of the refusal that says why a number is not valid."""
    country = country_of_number(number)
    if country and country.digit_count:
        national = str(number.national_number)
        surplus = len(national) - country.digit_count(national)
        return "too_long" if surplus > 0 else "too_short" if surplus else "not_assigned"
    results = phonenumbers.ValidationResult
    flaws = {results.IS_POSSIBLE: "not_assigned", results.TOO_LONG: "too_long"}
    return flaws.get(phonenumbers.is_possible_number_with_reason(number), "too_short")


def _flawed(
    flaw: str, written: str, digits: str, number: PhoneNumber | None, country: Country
) -> ValidationError:
    """The error that says why these digits are no number, and what to write."""
    if flaw == "country_code":
        # After 00 or the like nobody wrote a “+”.
        flaw = "country_code" if "+" in written else "not_assigned"
    if flaw == "country_code":
        return refusal(flaw, calling_code=country.calling_code)
    if "+" in written:
        with contextlib.suppress(ValidationError):
            without = _number(written.replace("+", ""), country.region)
            return refusal("surplus_plus", number=display(without))
        code = str(number.country_code) if number else digits[1:3]
        abroad = digits.removeprefix(country.calling_code) == digits
        if abroad:
            return refusal(f"{flaw}_abroad", calling_code=code)
    elif SHORT.fullmatch(written):
        flaw = "short_code"
    return refusal(flaw, example=country.landline)


def _surplus(written: str, region: str) -> ValidationError | None:
    """The error that more follows a number that is complete by itself, or None."""
    for match in reversed([*re.finditer(r"\d(?=\D+\d)", written)]):
        if number := _as_number(written[: match.end()], region):
            rest = written[match.end() :].strip(" ,;.-")
            parts = re.split(r"[^\d ().-]+| - ", rest)
            several = any(_as_number(part, region) for part in parts)
            if several and not EXTENSION_FOLLOWS.match(written, match.end()):
                return refusal("several_numbers")
            return refusal("extension", rest=rest, number=number)
    return None


def _as_number(written: str, region: str) -> str:
    """The number that the text is, or could be with an area code, as people write it; else ""."""
    try:
        return display(_number(written, region))
    except ValidationError as error:
        return written.strip() if error.code == "area_code" else ""


# ---- Extensions ------------------------------------------------------------------------------


def clean_extensions(text: str) -> tuple[str, ...]:
    """The extensions in what people write ("ext: 1107 - 1109, 0012."), in order, each once.

    They stay text, because a leading zero is dialled. One to ten digits: RFC 3966 has no * or #.
    Raises ValidationError (`invalid_extension`), which names the part that is none.
    """
    parts = (part.strip() for part in BETWEEN_EXTENSIONS.split(plain(text)))
    extensions = tuple(dict.fromkeys(filter(None, parts)))
    for extension in extensions:
        if not re.fullmatch(r"\d{1,10}", extension):
            raise refusal("invalid_extension", part=extension[:LONGEST])
    return extensions


# ---- Searching -------------------------------------------------------------------------------


def searchable_digits(number: PhoneNumber | str) -> tuple[str, ...]:
    """The digits to find a number by: of E.164, as dialled in its country, and as dialled once."""
    digits, what = digits_of(str(number)), known(number)
    old = what.country.old_digits(digits) if what and what.country else ()
    forms = [digits, digits_of(display(number)), digits_of(shown(number)), *old]
    return tuple(dict.fromkeys(forms))


def digit_forms(text: str) -> tuple[str, ...]:
    """The digits, three or more, to look for in `searchable_digits` when somebody typed `text`."""
    if len(text) > LONGEST:
        return ()
    written = plain(text)
    forms = [digits_of(written)] if WRITTEN.fullmatch(written) else []
    with contextlib.suppress(ValidationError):
        forms.append(digits_of(str(parse(text))))
    return tuple(dict.fromkeys(form for form in forms if len(form) >= 3))


def plain(text: str) -> str:
    """`text` with ASCII digits, hyphens and single spaces, without invisible formatting."""
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), re.sub("[‐-―−]", "-", text))
    # Direction marks and the like, which phones copy along with a number.
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())
