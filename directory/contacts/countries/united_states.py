"""United States of America."""

from django.utils.translation import gettext_lazy as _

from directory.contacts.countries.country import Country

UNITED_STATES = Country(
    region="US",
    name=_("the United States"),
    landline="(212) 555-2368",
    mobile="(917) 555-0123",
    toll_free="(800) 555-1234",
    short_codes=("611", "*611"),
    emergency=frozenset(("911", "988")),
)
