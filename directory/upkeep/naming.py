"""How many rows are named: the first of them, and how many more there are."""

from django.utils.translation import ngettext


def and_more(count: int) -> list[str]:
    """“and 3 more”, to stand behind the names of some; nothing if there are no more."""
    return [ngettext("and %d more", "and %d more", count) % count] if count > 0 else []
