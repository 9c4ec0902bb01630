"""The details of an entry of the audit log in words."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.models import Revision

# What parts of the product write besides is told by the name that it has there.
NAMES = {
    "act": gettext_lazy("action"),
    "action": gettext_lazy("action"),
    "author": gettext_lazy("proposed by"),
    "base_url": gettext_lazy("address of the site"),
    "command": gettext_lazy("command"),
    "breaks": gettext_lazy("how many"),
    "count": gettext_lazy("count"),
    "editions": gettext_lazy("editions"),
    "email": gettext_lazy("e-mail address"),
    "entries": gettext_lazy("entries"),
    "files": gettext_lazy("files"),
    "first": gettext_lazy("first ones"),
    "first_name": gettext_lazy("first name"),
    "found": gettext_lazy("found"),
    "format": gettext_lazy("format"),
    "is_known": gettext_lazy("there is such an account"),
    "is_staff": gettext_lazy("access to the back office"),
    "is_superuser": gettext_lazy("administrator"),
    "is_usable": gettext_lazy("with a password"),
    "kind": gettext_lazy("kind"),
    "last_name": gettext_lazy("last name"),
    "machine_user": gettext_lazy("user of the machine"),
    "mails": gettext_lazy("mails"),
    "models": gettext_lazy("kinds"),
    "number": gettext_lazy("number"),
    "objects": gettext_lazy("objects"),
    "others": gettext_lazy("others"),
    "path": gettext_lazy("page"),
    "permissions": gettext_lazy("permissions"),
    "reason": gettext_lazy("reason"),
    "roles": gettext_lazy("roles"),
    "rows": gettext_lazy("rows"),
    "undoes": gettext_lazy("undoes change"),
    "username": gettext_lazy("user name"),
    "what": gettext_lazy("what"),
    "where": gettext_lazy("filters"),
}
# Values that are names of the product's own, by the name of their detail.
VALUES: dict[str, Mapping[str, Any]] = {
    "action": dict(Revision.Action.choices),
    "kind": {
        "code": gettext_lazy("code"),
        "passkey": gettext_lazy("passkey"),
        "password": gettext_lazy("password"),
        "staticdevice": gettext_lazy("recovery code"),
        "totpdevice": gettext_lazy("authenticator app"),
    },
}
# Of an account that was changed: what it was and what it is.
BEFORE_AND_AFTER = ("username", "email", "first_name", "last_name")


def details_in_words(
    details: Mapping[str, Any], at_most: int | None = None
) -> list[tuple[str, str]]:
    """The name and the value of each detail, in the order of their keys, as databases keep none; of
    a list the first ones, if there are more than `at_most`."""
    return [
        (str(NAMES.get(name, name)), _value(name, value, at_most))
        for name, value in sorted(details.items())
    ]


def _value(name: str, value: Any, at_most: int | None = None) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        is_change = name in BEFORE_AND_AFTER and len(value) == 2
        told = [str(each) or "–" for each in value[:at_most]]
        if more := len(value) - len(told):
            told.append(ngettext("and %d more", "and %d more", more) % more)
        return (" → " if is_change else ", ").join(told) or "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(key, each)}" for key, each in value.items())
    return "–" if value in (None, "") else str(VALUES.get(name, {}).get(value, value))


def kind_in_words(label: str) -> str:
    """What a model is called; its label, if it is gone."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label
