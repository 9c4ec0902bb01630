"""Colombia.

Since 1 September 2021 landlines have ten digits, “60”, the old area code, the seven digits; nothing
is dialled before them, nor before a mobile (CRC Resolución 5826 de 2019).
"""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country
from directory.contacts.refusals import refusal

LANDLINE = "601 744 2727"
# As written before 2021: perhaps the trunk 0 with a carrier, the area, seven digits.
OLD_LANDLINE = re.compile(r"(?!01[89]00)(?:0(?:[3579]|4\d\d)?)?([124-8])([1-9]\d{6})")
# One dialled 03 before a mobile, and an operator's 05, 07 or 09 before an area.
OLD_PREFIX = re.compile(r"\(?0[3579]")


def _today(digits: str, is_home: bool) -> str:
    if is_home:
        # An area code taken for that of a country: (+604) 445 6002 is in Medellín.
        digits = re.sub(r"^\+(?=60[124-8]\d{7}$)", "+57", digits)
    national = re.sub(r"^(?:\+|00)57|^57(?=\d{7,8}$)", "", digits)
    if old := OLD_LANDLINE.fullmatch(national):
        return f"+5760{old[1]}{old[2]}"
    if re.fullmatch(r"\d{7}", national):
        raise refusal("area_code", example=f"601 {national[:3]} {national[3:]}", place="Bogotá")
    if re.fullmatch(r"1[89]00[2-9]\d{6}", digits):
        # Toll-free in North America; here a 0 goes before the 1.
        raise refusal("not_assigned")
    return re.sub(r"^0057", "+57", digits)


def _national(number: phonenumbers.PhoneNumber) -> str:
    digits = re.sub(r"^1(8000|\d{3})(\d{6,7})$", r"01 \1 \2", str(number.national_number))
    return re.sub(r"^(\d{3})(\d{3})(\d{4})$", r"\1 \2 \3", digits)


def _old_digits(digits: str) -> tuple[str, ...]:
    old = re.sub("^5760", "57", digits)
    return (old,) if old != digits else ()


COLOMBIA = Country(
    region="CO",
    name=_("Colombia"),
    landline=LANDLINE,
    mobile="318 717 4937",
    toll_free="01 8000 181531",
    short_codes=("#627", "195"),
    emergency=frozenset(("112", "119", "123", "125", "132", "144", "155", "165")),
    today=_today,
    # The library still knows of eight digits, which no line has had since 2021.
    digit_count=lambda national: 11 if national.startswith("1") else 10,
    has_old_prefix=lambda written: bool(OLD_PREFIX.match(written)),
    national=_national,
    old_digits=_old_digits,
)
