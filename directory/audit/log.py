"""Writes what happened into the audit log."""

import getpass
import json
import logging
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from config import request_ids
from config.client_address import client_address
from config.logs import without_tokens
from directory.models.audit_entries import AuditEntry, Event

logger = logging.getLogger("directory.audit")
TEXT_AT_MOST = 500


def note(
    event: str,
    *,
    by: AbstractBaseUser | None = None,
    request: HttpRequest | None = None,
    about: Model | None = None,
    **details: Any,
) -> None:
    """Write down that `event` happened, one of `Event`, in the transaction of the act.

    Takes who did it, by default who sent the request, None for a command or a stranger; the
    request, of which the address and the id are kept, by default the one that is answered now; the
    object that it was done to; and details, plain values without secrets and without customers'
    data. Nothing happens unrecorded: what the database raises goes on to the caller. Programs get
    a line of JSON when the transaction is committed, or at once where the database failed.
    """
    request = request or request_ids.current.get()
    by = by or _signed_in(request)
    entry = AuditEntry(
        at=timezone.now(),
        event=Event(event),
        user_key=by.pk if by else None,
        user_name=_plain(by.get_username())[:150] if by else "",
        address=client_address(request) if request else "",
        request_id=request_ids.request_id(request)[:64],
        about_kind=about._meta.label_lower if about else "",
        about_key=str(about.pk or "")[:64] if about else "",
        about_name=_plain(_name(about))[:200] if about else "",
        details=_plain(details if request else {**_command(), **details}),
    )
    try:
        entry.save()
    except (DatabaseError, InterfaceError):
        logger.error(as_json(entry))
        raise
    transaction.on_commit(lambda: logger.info(as_json(entry)), robust=True)


def as_json(entry: AuditEntry) -> str:
    """An entry as an object of JSON in one line; `id` is null of one that is not stored."""
    values = {field.attname: field.value_from_object(entry) for field in entry._meta.fields}
    return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)


def _name(about: Model) -> str:
    """What the object is called; of one whose name may have to be erased some day, what it says of
    itself as `name_on_record`, as nothing is erased here."""
    return str(getattr(about, "name_on_record", about))


def _signed_in(request: HttpRequest | None) -> Any:
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _command() -> dict[str, str]:
    """Which command of `manage.py` runs, and for which user of the machine."""
    if Path(sys.argv[0]).name not in ("manage.py", "django-admin"):
        return {}
    return {"command": " ".join(sys.argv[1:2]), "machine_user": _machine_user()}


def _machine_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A user without a name, as in containers.
        return ""


def _plain(value: Any) -> Any:
    """A value as every database and JSON can hold it, without tokens of links."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int | float | date | UUID):
        return value
    text = str(value)[: 2 * TEXT_AT_MOST].replace("\0", "").encode(errors="replace").decode()
    return without_tokens(text)[:TEXT_AT_MOST]
