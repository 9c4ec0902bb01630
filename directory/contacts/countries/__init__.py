"""The numbers of each country, one declaration a country.

What no declaration says libphonenumber says. `.github/CONTRIBUTING.md` says how to add a country.
"""

from functools import cache

import phonenumbers
from django.conf import settings

from directory.contacts.countries.argentina import ARGENTINA
from directory.contacts.countries.brazil import BRAZIL
from directory.contacts.countries.chile import CHILE
from directory.contacts.countries.colombia import COLOMBIA
from directory.contacts.countries.country import Country, from_library
from directory.contacts.countries.ecuador import ECUADOR
from directory.contacts.countries.mexico import MEXICO
from directory.contacts.countries.peru import PERU
from directory.contacts.countries.spain import SPAIN
from directory.contacts.countries.united_states import UNITED_STATES

COUNTRIES = {
    country.region: country
    for country in (
        ARGENTINA,
        BRAZIL,
        CHILE,
        COLOMBIA,
        ECUADOR,
        MEXICO,
        PERU,
        SPAIN,
        UNITED_STATES,
    )
}


@cache
def country_of(region: str) -> Country:
    """The country of an ISO code, declared or as the library knows it."""
    return COUNTRIES.get(region) or from_library(region)


def home() -> Country:
    """The organisation's country."""
    return country_of(settings.PHONENUMBER_DEFAULT_REGION)


def countries_called(digits: str) -> list[Country]:
    """The declared countries whose calling code these digits of an international number begin
    with."""
    return [each for each in COUNTRIES.values() if digits.startswith(each.calling_code)]


def country_of_number(number: phonenumbers.PhoneNumber) -> Country | None:
    """The country of a number; None for what belongs to none, as +800 and satellites."""
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        # Gone out of use, but still written as in its country.
        region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    known = region in phonenumbers.SUPPORTED_REGIONS
    return country_of(region) if known else None
