"""Argentina. 0810 numbers cost the caller a local call wherever he is."""

import re

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

ARGENTINA = Country(
    region="AR",
    name=_("Argentina"),
    landline="011 4321-5678",
    mobile="011 15-2345-6789",
    toll_free="0800-222-3425",
    short_codes=("114", "*611"),
    emergency=frozenset(("100", "101", "103", "106", "107", "911")),
    shared_cost=re.compile(r"810\d{7}"),
)
