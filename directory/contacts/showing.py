"""Phone numbers as they are shown and linked, and what is to be known of one before it is dialled.

The functions take a PhoneNumber or its E.164 text and never raise: no page may break over a number
that has gone out of use.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber, to_python

from directory.contacts.countries import Country, country_of, country_of_number, home

Type = phonenumbers.PhoneNumberType

# Shared by all countries: https://www.itu.int/rec/T-REC-E.164.1
NORTH_AMERICA = 1
GLOBAL_NETWORKS = (800, 808, 870, 878, 881, 882, 883, 888, 979)
# What the library calls the region of a number that is of none.
NO_REGION = phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY
NO_DIGIT = re.compile(r"\D")
DOMESTIC_TYPES = (Type.TOLL_FREE, Type.SHARED_COST, Type.PREMIUM_RATE)


@dataclass(frozen=True)
class Known:
    """A number with what the library and the declaration of its country, if it has one, say."""

    number: PhoneNumber
    country: Country | None
    type: int
    # Dialled in its country alone: toll-free, shared-cost and premium numbers, and what the library
    # knows not to be reached from abroad.
    is_domestic: bool

    @cached_property
    def national(self) -> str:
        """The number as in its country."""
        return self.country.national(self.number) if self.country else str(self.number)

    @property
    def is_national_only(self) -> bool:
        """Whether the country code is not dialled before it even there. In North America it
        is, as before all numbers; who is at home there leaves it out."""
        is_north_american = self.number.country_code == NORTH_AMERICA
        return self.is_domestic and (self.country is home() or not is_north_american)

    @cached_property
    def international(self) -> str:
        """With the country code, grouped as the declaration of its country groups it."""
        library = str(self.number.as_international)
        if self.country is None or self.is_domestic:
            return library
        groups = self.national
        is_grouped = digits_of(groups) == str(self.number.national_number) and "(" not in groups
        return f"+{self.number.country_code} {groups}" if is_grouped else library


def known(number: PhoneNumber | str) -> Known | None:
    """What is known of a number, None for what is no number."""
    return _known(str(number), settings.PHONENUMBER_DEFAULT_REGION)


@lru_cache(maxsize=4096)
def _known(text: str, region: str) -> Known | None:
    number = to_python(text, region)
    if not getattr(number, "country_code", None):
        return None
    country, here = country_of_number(number), country_of(region)
    if country and country.calling_code == here.calling_code:
        # One numbering plan: Canada dials what the library calls numbers of the United States.
        country = here
    kind = _type(number, country)
    is_domestic = number.country_code not in GLOBAL_NETWORKS and (
        kind in DOMESTIC_TYPES or not phonenumbers.can_be_internationally_dialled(number)
    )
    return Known(number, country, kind, is_domestic)


def _type(number: PhoneNumber, country: Country | None) -> int:
    national = str(number.national_number)
    if country and country.shared_cost and country.shared_cost.fullmatch(national):
        return Type.SHARED_COST
    if country and country.premium and country.premium.fullmatch(national):
        return Type.PREMIUM_RATE
    return phonenumbers.number_type(number)


def display(number: PhoneNumber | str) -> str:
    """The number as people write it here, foreign ones with “+”; `parse` reads it back."""
    what = known(number)
    if not what:
        return str(number)
    return what.national if what.country is home() else what.international


def shown(number: PhoneNumber | str, is_abroad: bool = False) -> str:
    """The number as those read it who are to call it: `display`; for readers abroad with the
    country code; and as in its country wherever it is dialled there alone and without that code."""
    what = known(number)
    if what and what.country and what.is_national_only:
        return what.national
    return international(number, is_abroad)


def international(number: PhoneNumber | str, is_abroad: bool = True) -> str:
    """The number for what works in every country, as a chat does: for readers abroad with the
    country code, toll-free numbers too; else as `display`."""
    what = known(number)
    return what.international if what and is_abroad else display(number)


def dialled(number: PhoneNumber | str) -> str:
    """What a phone here dials: E.164, but as written here what is dialled here alone and only so:
    018000181531."""
    what = known(number)
    if what and what.is_domestic and what.country is home():
        return digits_of(what.national)
    return str(number)


def tel_uri(number: PhoneNumber | str, extension: str = "") -> str:
    """The tel: link, with one extension of `clean_extensions` after a comma; empty for a number
    that is dialled in another country alone, without the country code.

    A comma is the pause that phones dial (as in vCards). RFC 3966 does not know it: there it is
    ;ext=1107, and after a number that is not global ;phone-context=+57 (5.1.5). But Android takes
    what follows a semicolon for tones to send (PhoneNumberUtils.WAIT), and the letters of “ext” for
    the digits of their keys.
    """
    what = known(number)
    if what and what.country not in (None, home()) and what.is_national_only:
        return ""
    return f"tel:{dialled(number)}" + (f",{extension}" if extension else "")


# ---- What a number is ------------------------------------------------------------------------


def is_toll_free(number: PhoneNumber | str) -> bool:
    """Whether a call costs the caller nothing."""
    return _is_of(number, Type.TOLL_FREE)


def is_premium(number: PhoneNumber | str) -> bool:
    """Whether a call costs far more than usual."""
    return _is_of(number, Type.PREMIUM_RATE)


def is_shared_cost(number: PhoneNumber | str) -> bool:
    """Whether a call has a price of its own, which the called pays in part."""
    return _is_of(number, Type.SHARED_COST)


def _is_of(number: PhoneNumber | str, kind: int) -> bool:
    what = known(number)
    return what is not None and what.type == kind


def is_satellite(number: PhoneNumber | str) -> bool:
    """Whether it is the number of a satellite phone."""
    # Of +882, which several networks share, 16 is Thuraya's.
    return re.match(r"\+(?:870|881|88216)", str(number)) is not None


def foreign_region(number: PhoneNumber | str) -> str:
    """“ES”: the region of a number that is not of the organisation's country, as ISO and the
    library call it, or “+881” of a network that is of none; else empty. Countries with one calling
    code are told apart: Jamaica is not the United States."""
    what = known(number)
    if what is None:
        return ""
    code = f"+{what.number.country_code}"
    if code == home().calling_code and what.is_domestic:
        return ""
    region = phonenumbers.region_code_for_number(what.number)
    if region is None and code == home().calling_code:
        return ""
    region = region or phonenumbers.region_code_for_country_code(what.number.country_code)
    return "" if region == home().region else code if region == NO_REGION else region


def calling_code(number: PhoneNumber | str) -> str:
    """“+34”; empty for what is no number."""
    what = known(number)
    return f"+{what.number.country_code}" if what else ""


def only_from(number: PhoneNumber | str) -> str:
    """The ISO code of the one country from which it is dialled, empty for all others."""
    what = known(number)
    return what.country.region if what and what.country and what.is_domestic else ""


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


def digits_of(text: str) -> str:
    """The digits in a text."""
    return NO_DIGIT.sub("", text)
