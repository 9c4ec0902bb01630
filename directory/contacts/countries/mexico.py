"""Mexico.

Since 3 August 2019 every call is ten digits: 01, 044 and 045 before them are history, and so is the
1 of mobiles after +52 (IFT, Plan Técnico Fundamental de Numeración).
"""

import re

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

OLD_PREFIX = re.compile(r"(\+52|0052|52)?(?:01|04[45]|1)(\d{10})")


def _today(digits: str, is_home: bool) -> str:
    if old := _old(digits):
        return f"+52{old[2]}"
    return re.sub(r"^0052", "+52", digits)


def _old(digits: str) -> re.Match[str] | None:
    old = OLD_PREFIX.fullmatch(digits)
    # Without +52 a 1 in front may be North America's.
    return old if old and (old[1] or digits.startswith("0")) else None


MEXICO = Country(
    region="MX",
    name=_("Mexico"),
    landline="55 5123 4567",
    mobile="55 1234 5678",
    toll_free="800 123 4567",
    short_codes=("*611", "071"),
    emergency=frozenset(("911", "088", "089")),
    today=_today,
    has_old_prefix=lambda written: bool(_old(re.sub(r"[^\d+]", "", written))),
)
