"""Short codes: what only a phone in the country dials, and only as it is written: 195, *611, #627.

A code has no E.164 form. The functions take one as it is stored and never raise, except `read`.
"""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import shortnumberinfo

from directory.contacts import phones, showing
from directory.contacts.countries import home
from directory.contacts.refusals import refusal

# USSD codes are longer than the numbers of short calls and messages, which have six digits at most.
CODE = re.compile(r"\d{2,6}|(?=[\d*#]*[*#])[\d*#]{2,20}")
WRITTEN = re.compile(r"[\d*# .-]+")


def read(text: str) -> str:
    """The code that `text` says, without spaces between its characters. A tel: link of one is read
    too. Raises ValidationError, its code a key of `directory.contacts.refusals.MESSAGES`."""
    example = " / ".join(home().short_codes or ("*611", "195"))
    if len(text) > phones.LONGEST:
        raise refusal("code_too_long", example=example)
    # Signs of full width, too: “＃”.
    plain = phones.plain(unicodedata.normalize("NFKC", text))
    plain = plain.removeprefix("tel:").replace("%23", "#")
    code = re.sub(r"[ .-]", "", plain)
    if WRITTEN.fullmatch(plain) and CODE.fullmatch(code):
        return code
    if _is_number(plain):
        raise refusal("whole_number")
    if phones.LINK.match(plain):
        raise refusal("web_address")
    if WRITTEN.fullmatch(plain):
        raise refusal("code_too_short" if len(code) < 2 else "code_too_long", example=example)
    raise refusal("code_characters", example=example)


def link(code: str) -> str:
    """The link that dials it. Empty for a code with “#”, which phones refuse to dial from a page,
    because it may change their settings (Apple URL Scheme Reference, Phone Links)."""
    return f"tel:{code}" if re.fullmatch(r"[\d*]+", code) else ""


def advice(code: str, is_abroad: bool = False) -> str:
    """What callers must know of it, in the active language."""
    words = [showing.reach(home().region, is_free=False, is_abroad=is_abroad)]
    if not link(code):
        words.append(_("Type it on your phone as it stands, and press the call key."))
    return " · ".join(filter(None, words))


def is_emergency(code: str) -> bool:
    """Whether it is a number of the police or of ambulances in the organisation's country."""
    country = home()
    known = shortnumberinfo.is_emergency_number(code, country.region)
    return known or code in country.emergency


def is_premium(code: str) -> bool:
    """Whether the library knows that a call or a message costs more than usual."""
    region = home().region
    if not code.isdigit():
        return False
    try:
        number = phonenumbers.parse(code, region)
    except phonenumbers.NumberParseException:
        return False
    cost = shortnumberinfo.expected_cost_for_region(number, region)
    return cost == phonenumbers.ShortNumberCost.PREMIUM_RATE


def _is_number(text: str) -> bool:
    try:
        phones.parse(text)
    except ValidationError as error:
        return error.code == "area_code"
    return True
