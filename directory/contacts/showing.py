"""Phone numbers as they are shown and linked, and what is to be known of one before it is dialled.

The functions take a PhoneNumber or its E.164 text and never raise: no page may break over a number
that has gone out of use.
"""

import re
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber, to_python

from directory.contacts.countries import Country, country_of, country_of_number, home

Type = phonenumbers.PhoneNumberType

# Shared by all countries: https://www.itu.int/rec/T-REC-E.164.1
SATELLITES = (870, 881)
GLOBAL_NETWORKS = (*SATELLITES, 800, 808, 878, 882, 883, 888, 979)
DOMESTIC_TYPES = (Type.TOLL_FREE, Type.SHARED_COST, Type.PREMIUM_RATE)


def display(number: PhoneNumber | str) -> str:
    """The number as people write it here, foreign ones with “+”; `parse` reads it back."""
    known = known_number(number)
    if not known:
        return str(number)
    country = country_of_number(known)
    return country.national(known) if country is home() else _international(known, country)


def shown(number: PhoneNumber | str, is_abroad: bool = False) -> str:
    """The number as those read it who are to call it: `display`; for readers abroad with the
    country code; and as in its country wherever it is dialled there alone."""
    known = known_number(number)
    if not known:
        return str(number)
    country = country_of_number(known)
    if country and is_domestic(known):
        return country.national(known)
    return _international(known, country) if is_abroad else display(known)


def international(number: PhoneNumber | str, is_abroad: bool = True) -> str:
    """The number for what works in every country, as a chat does: for readers abroad with the
    country code, toll-free numbers too; else as `display`."""
    known = known_number(number)
    if not (known and is_abroad):
        return display(number)
    return _international(known, country_of_number(known))


def _international(number: PhoneNumber, country: Country | None) -> str:
    """With the country code, grouped as the declaration of its country groups it."""
    library = str(number.as_international)
    if country is None or is_domestic(number):
        return library
    groups = country.national(number)
    is_grouped = digits_of(groups) == str(number.national_number) and "(" not in groups
    return f"+{number.country_code} {groups}" if is_grouped else library


def dialled(number: PhoneNumber | str) -> str:
    """What a phone here dials: E.164, but as written here what is dialled here alone and only so:
    018000181531."""
    known = known_number(number)
    if known and is_domestic(known) and country_of_number(known) is home():
        return digits_of(home().national(known))
    return str(number)


def tel_uri(number: PhoneNumber | str, extension: str = "") -> str:
    """The tel: link (RFC 3966), with one extension of `clean_extensions` as its ;ext= parameter;
    empty for a number that is dialled in another country alone.

    After a number that is not global RFC 3966 (5.1.5) wants a ;phone-context=+57. It is left out,
    because Android takes what follows a semicolon for tones to send (PhoneNumberUtils.WAIT). For
    the same reason an extension must stand beside its link too.
    """
    if only_from(number) not in ("", home().region):
        return ""
    return f"tel:{dialled(number)}" + (f";ext={extension}" if extension else "")


# ---- What a number is ------------------------------------------------------------------------


def is_toll_free(number: PhoneNumber | str) -> bool:
    """Whether a call costs the caller nothing."""
    return _type(known_number(number)) == Type.TOLL_FREE


def is_premium(number: PhoneNumber | str) -> bool:
    """Whether a call costs far more than usual."""
    return _type(known_number(number)) == Type.PREMIUM_RATE


def is_shared_cost(number: PhoneNumber | str) -> bool:
    """Whether a call has a price of its own, which the called pays in part."""
    return _type(known_number(number)) == Type.SHARED_COST


def is_satellite(number: PhoneNumber | str) -> bool:
    """Whether it is the number of a satellite phone."""
    known = known_number(number)
    if not known:
        return False
    # Of +882, which several networks share, 16 is Thuraya's.
    is_thuraya = known.country_code == 882 and str(known.national_number).startswith("16")
    return known.country_code in SATELLITES or is_thuraya


def foreign_code(number: PhoneNumber | str) -> str:
    """“+34”: its calling code, if that is not the one of the organisation's country; else empty."""
    known = known_number(number)
    code = f"+{known.country_code}" if known else ""
    return "" if code == home().calling_code else code


def is_domestic(number: PhoneNumber) -> bool:
    """Whether it is dialled in its country alone: toll-free, shared-cost and premium numbers, and
    what the library knows not to be reached from abroad."""
    if not number.country_code or number.country_code in GLOBAL_NETWORKS:
        return False
    is_special = _type(number) in DOMESTIC_TYPES
    return is_special or not phonenumbers.can_be_internationally_dialled(number)


def only_from(number: PhoneNumber | str) -> str:
    """The ISO code of the one country from which it is dialled, empty for all others."""
    known = known_number(number)
    country = country_of_number(known) if known and is_domestic(known) else None
    return country.region if country else ""


def advice(number: PhoneNumber | str, is_abroad: bool = False) -> str:
    """What callers must know of it, in the active language: that the call is free, and from where
    alone, for readers who may be elsewhere."""
    return reach(only_from(number), is_toll_free(number), is_abroad)


def reach(region: str, is_free: bool, is_abroad: bool) -> str:
    """The words for what is dialled from one country alone, or empty: from all."""
    if not region or (region == home().region and not is_abroad):
        return _("Free call") if is_free else ""
    country = country_of(region)
    where = str(country.name) or _("the country of %(code)s") % {"code": country.calling_code}
    words = _("Free call, only from %(where)s") if is_free else _("Only from %(where)s")
    return words % {"where": where}


def known_number(number: PhoneNumber | str) -> Any:
    """The number, or None for what is no number."""
    number = to_python(number)
    return number if getattr(number, "country_code", None) else None


def _type(number: PhoneNumber | None) -> int:
    """The library's number type, or what the declaration of its country says."""
    if not number:
        return Type.UNKNOWN
    country, national = country_of_number(number), str(number.national_number)
    if country and country.shared_cost and country.shared_cost.fullmatch(national):
        return Type.SHARED_COST
    if country and country.premium and country.premium.fullmatch(national):
        return Type.PREMIUM_RATE
    return phonenumbers.number_type(number)


def digits_of(text: str) -> str:
    """The digits in a text."""
    return re.sub(r"\D", "", text)
