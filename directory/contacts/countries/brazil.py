"""Brazil. 4004, 3003 and 0300 are dialled inside the country alone."""

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

BRAZIL = Country(
    region="BR",
    name=_("Brazil"),
    landline="(11) 2345-6789",
    mobile="(11) 91234-5678",
    toll_free="0800 123 4567",
    short_codes=("10315", "*144"),
    emergency=frozenset(("190", "191", "192", "193", "194", "197", "198", "199")),
)
