"""What is particular to the numbers of one country, beyond what libphonenumber knows."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from django.utils.functional import Promise
from phonenumbers import PhoneNumberFormat, PhoneNumberType


def _as_written(digits: str, is_home: bool) -> str:
    return digits


def _library_format(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


@dataclass(frozen=True, kw_only=True, eq=False)
class Country:
    """A country's numbers: how they are written, what they were before, which are special.

    Numbers in the patterns are national ones, without the trunk prefix; they add to what
    libphonenumber says (`phonenumbers.number_type`).
    """

    # ISO 3166-1 alpha-2.
    region: str
    # As in “only from Colombia”; empty where nobody declared the country.
    name: str | Promise = ""
    # Examples in help texts and messages, as people write them.
    landline: str
    mobile: str = ""
    toll_free: str = ""
    short_codes: tuple[str, ...] = ()
    # Of the police, of ambulances: never a company's.
    emergency: frozenset[str] = frozenset()
    shared_cost: re.Pattern[str] | None = None
    premium: re.Pattern[str] | None = None
    # From the digits that somebody wrote, perhaps after a “+”, to those that the library reads: old
    # forms become today's. `is_home` says whether the organisation is of this country. Called for
    # what is written without “+” at home, and for what begins with the country's calling code.
    # Raises ValidationError for what only looks like a number.
    today: Callable[[str, bool], str] = _as_written
    # How many digits a national number that begins so has, where the library knows more.
    digit_count: Callable[[str], int] | None = None
    # What the country no longer dials although the digits are today's: an old trunk prefix.
    has_old_prefix: Callable[[str], bool] = lambda written: False
    # The number in the country, as people write and dial it.
    national: Callable[[phonenumbers.PhoneNumber], str] = _library_format
    # The digits of E.164 as they were once: a search finds the number by these too.
    old_digits: Callable[[str], tuple[str, ...]] = lambda digits: ()

    @property
    def calling_code(self) -> str:
        """“+57”."""
        return f"+{phonenumbers.country_code_for_region(self.region)}"

    @property
    def examples(self) -> tuple[str, ...]:
        """A landline, a mobile, a toll-free number, as far as they are known."""
        return tuple(filter(None, (self.landline, self.mobile, self.toll_free)))


def from_library(region: str) -> Country:
    """A country that nobody declared: libphonenumber's rules and examples alone."""

    def example(kind: int) -> str:
        number = phonenumbers.example_number_for_type(region, kind)
        return _library_format(number) if number else ""

    kinds = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE)
    landline, mobile, toll_free = map(example, kinds)
    return Country(
        region=region, landline=landline or mobile or "+", mobile=mobile, toll_free=toll_free
    )
