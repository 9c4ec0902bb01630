"""By what contact points are found that have an address, or almost have it: expressions that the
database keeps indexes of, so that no look-up reads the others."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from directory.contacts.kinds import VALUE_FIELDS

# Only one of the fields is filled.
_WHOLE = (
    "replace(replace(replace(rtrim(lower(%(expressions)s), '/'),"
    " 'https://', ''), 'http://', ''), 'www.', '')"
)
# Half as long as what stands before the @, or as all of it.
_HALF = f"((instr({_WHOLE} || '@', '@') - 1) / 2)"


class AddressKey(models.Func):
    """A number or address in small letters, without what two writings of it differ in."""

    arg_joiner = " || "
    template = _WHOLE

    def __init__(self, *fields: Any, **extra: Any) -> None:
        super().__init__(*fields, output_field=models.TextField(), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = self.template.replace("instr(", "strpos(")
        return self.as_sql(compiler, connection, template=template, **context)


class AddressHead(AddressKey):
    """Its first half."""

    template = f"substr({_WHOLE}, 1, {_HALF})"


class AddressTail(AddressKey):
    """What follows the first half and one letter more. A slip leaves one of the two as it was."""

    template = f"substr({_WHOLE}, {_HALF} + 2)"


KEYS = {
    "whole": AddressKey(*VALUE_FIELDS),
    "head": AddressHead(*VALUE_FIELDS),
    "tail": AddressTail(*VALUE_FIELDS),
}


def address_key(address: str) -> str:
    """The key of an address that has neither capitals nor a last slash."""
    for taken in ("https://", "http://", "www."):
        address = address.replace(taken, "")
    return address


def near_keys(addresses: Iterable[str], shortest: int) -> tuple[set[str], set[str]]:
    """The heads and tails of which one belongs to each address that differs from one of these by a
    letter more, less or different, or by two in the other order; where at least `shortest` letters
    are compared."""
    heads, tails = set(), set()
    for key in map(address_key, addresses):
        letters = len(key.partition("@")[0])
        for others in range(max(letters - 1, shortest), letters + 2):
            half = others // 2
            heads.add(key[:half])
            tails.add(key[half + 1 + letters - others :])
    return heads, tails
