"""Chile. Since 2016 every number has nine digits, mobiles begin with 9; no 0 is dialled before."""

import re

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country


def _today(digits: str, is_home: bool) -> str:
    return re.sub(r"^(\+56|0056)?0(?=[2-9]\d{8}$)", "+56", digits)


CHILE = Country(
    region="CL",
    name=_("Chile"),
    landline="2 2345 6789",
    mobile="9 6123 4567",
    toll_free="800 123 456",
    short_codes=("103", "*611"),
    emergency=frozenset(("130", "131", "132", "133", "134", "135", "137")),
    today=_today,
)
