"""Peru."""

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

PERU = Country(
    region="PE",
    name=_("Peru"),
    landline="(01) 311 0000",
    mobile="912 345 678",
    toll_free="0800 12345",
    short_codes=("104", "*611"),
    emergency=frozenset(("105", "106", "110", "113", "115", "116", "117")),
)
