"""Fields that a model had in earlier releases: what a fixture with one of them says now.

They are refused, because what they said is now said more precisely: an exception for all closed the
24-hour schedules too, and other hours opened on Sundays.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _


def retired_fields(model: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields of an object of a fixture, of the model "app.name", that are no more: each with
    what to write instead, in the active language."""
    for name, value in fields.items():
        if model.lower() == "directory.scheduleexception" and name in _INSTEAD_OF:
            yield name, _INSTEAD_OF[name](value)


def _instead_of_schedule(value: Any) -> str:
    if value is not None:
        return _("write %(new)s instead.") % {"new": _json("schedules", [value])}
    return _(
        "write %(new)s instead. That leaves 24-hour schedules alone; with %(more)s it applies to "
        "them too."
    ) % {"new": _json("schedules", []), "more": _json("also_always_open", True)}


def _instead_of_is_closed(value: Any) -> str:
    if value:
        return _("write %(new)s instead.") % {"new": _json("effect", "closed")}
    return _(
        "write %(new)s instead. That leaves days alone on which it is usually closed; with "
        "%(more)s it applies to them too."
    ) % {"new": _json("effect", "other_hours"), "more": _json("also_on_days_off", True)}


def _json(name: str, value: Any) -> str:
    return f'"{name}": {json.dumps(value, ensure_ascii=False)}'[:120]


_INSTEAD_OF = {"schedule": _instead_of_schedule, "is_closed": _instead_of_is_closed}
