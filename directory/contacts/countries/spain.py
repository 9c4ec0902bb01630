"""Spain."""

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

SPAIN = Country(
    region="ES",
    name=_("Spain"),
    landline="912 34 56 78",
    mobile="612 34 56 78",
    toll_free="900 123 456",
    short_codes=("010", "1004"),
    emergency=frozenset(("016", "024", "061", "062", "080", "085", "088", "091", "092", "112")),
)
