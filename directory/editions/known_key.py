"""A check of the configuration: whether the secret key is the one that signed the editions."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError

from directory.editions import chain
from directory.models import CurrentEdition


def check(*, databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """A warning where the newest record of an edition was signed with none of the keys that are
    known. With a database alone, as `migrate` checks it; nothing before its tables stand."""
    newest = None
    for name in databases or ():
        try:
            newest = newest or CurrentEdition.objects.using(name).order_by("-edition").first()
        except DatabaseError:
            continue
    if newest is None:
        return []
    signed = newest.service_id, newest.number, newest.digest
    if chain.is_signed(newest.seal, chain.CURRENT, *signed):
        return []
    return [
        Warning(
            "The editions were signed with another SECRET_KEY, so no page is shown.",
            hint=(
                "Add the former key to SECRET_KEY_FALLBACKS. If it is lost, `manage.py publish` "
                "signs the current editions anew."
            ),
            id="directory.W001",
        )
    ]
