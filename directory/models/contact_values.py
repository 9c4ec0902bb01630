"""What the database holds contact points to: one value each, of its kind, and no second of it."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from directory.contacts.kinds import KINDS, VALUE_FIELDS
from directory.contacts.places import LONGEST
from directory.contacts.text import NEVER_NEEDED, PARTS_OF_WRITING

# What no address has, in the regular expressions of both databases: blanks, backslashes, and all
# that nobody sees.
UNSEEN = rf"\s\\{NEVER_NEEDED}{PARTS_OF_WRITING}"
NUMBER_IN_USE = _(
    "This number is already a contact point. Use that one, so that one edit reaches every page."
)
CODE_IN_USE = _(
    "This short code is already a contact point. Use that one, so that one edit reaches every page."
)
ADDRESS_IN_USE = _(
    "This address is already a contact point. Use that one, so that one edit reaches every page."
)
# The fields that hold web addresses.
WEB_FIELDS = ("url", "map_url")
MAP_OF_A_PLACE = _("Leave this empty: only a postal address has a map.")


def _has_the_value_of_its_kind() -> Q:
    """The condition that exactly the field of the kind is filled, numbers as E.164."""
    filled = {name: ~Q(**{name: ""}) for name in VALUE_FIELDS}
    filled["phone"] = Q(phone__startswith="+") & filled["phone"]
    conditions = []
    for name in VALUE_FIELDS:
        codes = [kind.code for kind in KINDS.values() if kind.field == name]
        others = {other: "" for other in VALUE_FIELDS if other != name}
        conditions.append(Q(kind__in=codes, **others) & filled[name])
    return reduce(or_, conditions)


def _web_constraints(field: str) -> list[models.CheckConstraint]:
    """That a field holds a web address as `WebField` keeps it: nothing unseen, the host in lower
    case."""
    is_http = Q((f"{field}__startswith", "http://")) | Q((f"{field}__startswith", "https://"))
    plain = rf"^(https?://[^{UNSEEN}A-Z/?#@]+([/?#][^{UNSEEN}]*)?)?$"
    return [
        models.CheckConstraint(
            name=f"contactpoint_{field}_is_http",
            condition=Q((field, "")) | is_http,
            violation_error_message=_("A web address begins with https:// or http://."),
        ),
        models.CheckConstraint(
            name=f"contactpoint_{field}_is_plain",
            condition=Q((f"{field}__regex", plain)),
            violation_error_message=_("Type the web address anew, without copying it."),
        ),
    ]


def _unique(
    *expressions: str | Lower, field: str, within: str = "", message: Any
) -> models.UniqueConstraint:
    """That a value of a field, where there is one, is there once."""
    return models.UniqueConstraint(
        *expressions,
        name=f"contactpoint_{field}_is_unique{within}",
        violation_error_code=field,
        condition=~Q((field, "")),
        violation_error_message=message,
    )


VALUE_CONSTRAINTS = [
    models.CheckConstraint(
        name="contactpoint_has_only_the_value_of_its_kind",
        condition=_has_the_value_of_its_kind(),
        violation_error_message=_("Fill in the one value that belongs to the kind, and no other."),
    ),
    models.CheckConstraint(
        name="contactpoint_map_is_of_a_place",
        condition=Q(map_url="")
        | Q(kind__in=[kind.code for kind in KINDS.values() if kind.is_place]),
        violation_error_message=MAP_OF_A_PLACE,
    ),
    models.CheckConstraint(
        name="contactpoint_short_code_has_only_digits_and_signs",
        condition=Q(short_code="") | Q(short_code__regex=r"^[0-9*#]{2,20}$"),
        violation_error_message=_("A short code has only digits, “*” and “#”."),
    ),
    models.CheckConstraint(
        name="contactpoint_sms_has_only_digits",
        condition=Q(sms__regex=r"^([+]?[0-9]{2,15})?$"),
        violation_error_message=_("Write a number, or a short code such as 85432."),
    ),
    models.CheckConstraint(
        name="contactpoint_telegram_is_a_name",
        condition=Q(telegram__regex=r"^([a-z][a-z0-9_]{3,31})?$"),
        violation_error_message=_("Write the name on Telegram alone, such as @acme_soporte."),
    ),
    models.CheckConstraint(
        name="contactpoint_address_is_not_too_long",
        condition=LessThanOrEqual(Length("address"), LONGEST),
        violation_error_message=_("This address is too long."),
    ),
    # As the field keeps it, too.
    models.CheckConstraint(
        name="contactpoint_email_is_plain",
        condition=Q(email__regex=rf"^([^{UNSEEN}@]+@[^{UNSEEN}A-Z@]+)?$"),
        violation_error_message=_("Type the e-mail address anew, without copying it."),
    ),
    *(constraint for field in WEB_FIELDS for constraint in _web_constraints(field)),
    _unique("kind", "phone", field="phone", within="_within_kind", message=NUMBER_IN_USE),
    _unique("short_code", field="short_code", message=CODE_IN_USE),
    _unique("sms", field="sms", message=NUMBER_IN_USE),
    _unique(Lower("email"), field="email", message=ADDRESS_IN_USE),
    _unique("url", field="url", message=ADDRESS_IN_USE),
    _unique("telegram", field="telegram", message=ADDRESS_IN_USE),
    _unique("address", field="address", message=ADDRESS_IN_USE),
]
