"""Addresses on this site, many of which a page has.

Of those of one kind only the slug and the number differ: each kind is looked up once.
"""

from django.urls import reverse

from directory.contacts.remembered import remembered

# Stand for the arguments while an address is looked up; no address of ours has them.
NUMBER = 7_310_594_000


def address_of(name: str, *args: str | int) -> str:
    """The path of the page of this name in the active language: as Django's `reverse`, in a tenth
    of its time, but it believes that the arguments, slugs and numbers, are such. Raises
    NoReverseMatch."""
    return _form(name, *map(type, args)).format(*args) if args else _form(name)


@remembered(256)
def _form(name: str, *kinds: type[str | int]) -> str:
    """The address with a place for each argument."""
    stand_ins = [kind(NUMBER + i) for i, kind in enumerate(kinds)]
    form = reverse(name, args=stand_ins)
    for i, stand_in in enumerate(stand_ins):
        form = form.replace(str(stand_in), f"{{{i}}}")
    return form
