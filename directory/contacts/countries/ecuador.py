"""Ecuador. 1700 numbers share the cost (the library takes them for free ones)."""

import re

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

ECUADOR = Country(
    region="EC",
    name=_("Ecuador"),
    landline="(02) 234-5678",
    mobile="099 123 4567",
    toll_free="1800 123 456",
    short_codes=("*611", "100"),
    emergency=frozenset(("101", "102", "911")),
    shared_cost=re.compile(r"1700\d{6}"),
)
