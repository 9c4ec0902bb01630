"""Phone numbers: how people write them, and how they are kept, shown, linked and found.

Kept is E.164, the international form. Functions that take a `number` take a PhoneNumber or its
E.164 text and never raise: no page may break over a number that has gone out of use.
"""

import contextlib
import re
import unicodedata
from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber, to_python

LONGEST = 80
WRITTEN = re.compile(r"[ ().+-]*\d[\d ().-]*")
WHATSAPP_LINK = re.compile(
    r"(?:https?://)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?phone=)\+?(\d+)(?:[/?&#].*)?"
)
# As written before 2021: perhaps the trunk 0 with a carrier, the area, seven digits.
OLD_LANDLINE = re.compile(r"(?!01[89]00)(?:0(?:[3579]|4\d\d)?)?([124-8])([1-9]\d{6})")
TOLL_FREE = re.compile(r"\+571[89]00")
# Words count where no other letter touches them: "ext1101", "1104 y 1108".
BETWEEN_EXTENSIONS = re.compile(
    r"(?i)[,;:/|.()-]|(?<![^\W\d_])(?:ext(?:ensi[oó]n(?:e?s)?|s)?|anexos?|y|o|and|or)(?![^\W\d_])"
)

MESSAGES = {
    "empty": _("Write a phone number, for example 601 744 2727."),
    "text_too_long": _("This is too long for a phone number. Write one number and nothing else."),
    "characters": _("Use only digits, spaces, hyphens and parentheses, and “+” at the beginning."),
    "letters": _("A phone number has no letters. Write digits only, for example 601 744 2727."),
    "extension": _("Write “%(rest)s” in the field for extensions or for menu options, not here."),
    "several_numbers": _("Here is more than one number. Write one, and add the others separately."),
    "short_code": _("Short codes such as #611 do not work everywhere. Write a complete number."),
    "area_code": _("The area code is missing. Write it in front: %(example)s in Bogotá."),
    "too_short": _("Digits are missing. Write the complete number, for example 601 744 2727."),
    "too_long": _("There are too many digits. If it is a foreign number, begin with “+”."),
    "country_code": _("No country has this code. Check what follows the “+”: Colombia is +57."),
    "not_assigned": _("No phone has this number. Check it; begin with “+” if it is a foreign one."),
    "invalid_extension": _("“%(part)s” is not an extension. Write up to ten digits: 1107, 1109."),
}


def parse(text: str, region: str | None = None) -> PhoneNumber:
    """The valid number that `text` says, without an extension.

    A number without “+” is one of `region`, by default PHONENUMBER_DEFAULT_REGION. WhatsApp links
    and tel: addresses are read too, and the digits of every script. Old Colombian landlines become
    today's: “60”, the old area code, the seven digits (CRC Resolución 5826 de 2019, in force since
    1 September 2021). Raises ValidationError for any other text, its code a key of MESSAGES.
    """
    return _parse(text, region or settings.PHONENUMBER_DEFAULT_REGION)


def display(number: PhoneNumber | str) -> str:
    """The number as people write it here, foreign ones with “+”; `parse` reads it back."""
    number = to_python(number)
    if not getattr(number, "country_code", None):
        return str(number)
    if phonenumbers.region_code_for_number(number) != settings.PHONENUMBER_DEFAULT_REGION:
        return number.as_international
    if number.country_code != 57:
        return number.as_national
    digits = re.sub(r"^1(8000|\d{3})(\d{6,7})$", r"01 \1 \2", str(number.national_number))
    return re.sub(r"^(\d{3})(\d{3})(\d{4})$", r"\1 \2 \3", digits)


def dialled(number: PhoneNumber | str) -> str:
    """What a phone dials: E.164, but Colombia's toll-free lines as they are written, because they
    answer only in the country and only so: 018000181531."""
    number = str(number)
    return _digits(display(number)) if TOLL_FREE.match(number) else number


def tel_uri(number: PhoneNumber | str, extension: str = "") -> str:
    """The tel: link (RFC 3966), with one extension of `clean_extensions` as its ;ext= parameter.

    After a number that is not global RFC 3966 (5.1.5) wants a ;phone-context=+57. It is left out,
    because Android takes what follows a semicolon for tones to send (PhoneNumberUtils.WAIT). For
    the same reason an extension must stand beside its link too.
    """
    return f"tel:{dialled(number)}" + (f";ext={extension}" if extension else "")


def is_toll_free(number: PhoneNumber | str) -> bool:
    """Whether a call costs the caller nothing."""
    number = to_python(number)
    kind = phonenumbers.number_type(number) if getattr(number, "country_code", None) else None
    return kind == phonenumbers.PhoneNumberType.TOLL_FREE


def clean_extensions(text: str) -> tuple[str, ...]:
    """The extensions in what people write ("ext: 1107 - 1109, 0012."), in order, each once.

    They stay text, because a leading zero is dialled. One to ten digits: RFC 3966 has no * or #.
    Raises ValidationError (`invalid_extension`), which names the part that is none.
    """
    parts = (part.strip() for part in BETWEEN_EXTENSIONS.split(_plain(text)))
    extensions = tuple(dict.fromkeys(filter(None, parts)))
    for extension in extensions:
        if not re.fullmatch(r"\d{1,10}", extension):
            raise _refusal("invalid_extension", part=extension)
    return extensions


def searchable_digits(number: PhoneNumber | str) -> tuple[str, ...]:
    """The digits to find a number by: of E.164, as dialled here, and as dialled before 2021."""
    digits = _digits(str(number))
    return tuple(dict.fromkeys([digits, _digits(display(number)), re.sub("^5760", "57", digits)]))


def digit_forms(text: str) -> tuple[str, ...]:
    """The digits, three or more, to look for in `searchable_digits` when somebody typed `text`."""
    written = _plain(text)
    forms = [_digits(written)] if WRITTEN.fullmatch(written) else []
    with contextlib.suppress(ValidationError):
        forms.append(_digits(str(parse(text))))
    return tuple(dict.fromkeys(form for form in forms if len(form) >= 3))


@lru_cache(maxsize=4096)
def _parse(text: str, region: str) -> PhoneNumber:
    if len(text) > LONGEST:
        raise _refusal("text_too_long")
    written = WHATSAPP_LINK.sub(r"+\1", _plain(text)).removeprefix("tel:")
    try:
        return _number(written, region)
    except ValidationError as error:
        unclear = error.code in ("letters", "characters", "too_long")
        raise (unclear and _surplus(written, region)) or error from None


def _number(written: str, region: str) -> PhoneNumber:
    if re.fullmatch(r"[#*].*|[ ().-]*(?:\d[ ().-]*){1,4}", written):
        raise _refusal("short_code")
    if not WRITTEN.fullmatch(written):
        letters = any(character.isalpha() for character in written)
        raise _refusal("letters" if letters else "characters" if _digits(written) else "empty")
    number = ("+" if "+" in written else "") + _digits(written)
    if region == "CO" or number.startswith("+57"):
        number = _colombian(number)
    try:
        number = PhoneNumber.from_string(number, region)
    except phonenumbers.NumberParseException as error:
        flaws = {error.INVALID_COUNTRY_CODE: "country_code", error.TOO_LONG: "too_long"}
        raise _refusal(flaws.get(error.error_type, "too_short")) from None
    if not number.is_valid():
        raise _refusal(_flaw(number))
    return number


def _colombian(digits: str) -> str:
    national = re.sub(r"^(?:\+|00)57|^57(?=\d{7,8}$)", "", digits)
    if old := OLD_LANDLINE.fullmatch(national):
        return f"+5760{old[1]}{old[2]}"
    if re.fullmatch(r"\d{7}", national):
        raise _refusal("area_code", example=f"601 {national[:3]} {national[3:]}")
    if re.fullmatch(r"1[89]00[2-9]\d{6}", digits):
        raise _refusal("not_assigned")  # Toll-free in North America; here a 0 goes before the 1.
    return re.sub(r"^0057", "+57", digits)


def _flaw(number: PhoneNumber) -> str:
    """The key of MESSAGES that says why a number is not valid."""
    if number.country_code == 57:
        # The library still knows of eight digits, which no line has had since 2021.
        digits = str(number.national_number)
        surplus = len(digits) - (11 if digits.startswith("1") else 10)
        return "too_long" if surplus > 0 else "too_short" if surplus else "not_assigned"
    results = phonenumbers.ValidationResult
    flaws = {results.IS_POSSIBLE: "not_assigned", results.TOO_LONG: "too_long"}
    return flaws.get(phonenumbers.is_possible_number_with_reason(number), "too_short")


def _surplus(written: str, region: str) -> ValidationError | None:
    """The error that more digits follow a number that is complete by itself, or None."""
    for match in reversed([*re.finditer(r"\d(?=\D+\d)", written)]):
        if _is_number(written[: match.end()], region):
            rest = written[match.end() :].strip(" ,;.-")
            parts = re.split(r"[^\d ().-]+| - ", rest)
            several = any(_is_number(part, region) for part in parts)
            return _refusal("several_numbers") if several else _refusal("extension", rest=rest)
    return None


def _is_number(written: str, region: str) -> bool:
    try:
        return bool(_number(written, region))
    except ValidationError as error:
        return error.code == "area_code"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plain(text: str) -> str:
    """`text` with ASCII digits, hyphens and single spaces, without invisible formatting."""
    text = re.sub(r"\d", lambda digit: str(int(digit[0])), re.sub("[‐-―−]", "-", text))
    # Direction marks and the like, which phones copy along with a number.
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _refusal(code: str, **params: str) -> ValidationError:
    shown = {name: text if text.isprintable() else ascii(text) for name, text in params.items()}
    return ValidationError(MESSAGES[code], code=code, params=shown)
