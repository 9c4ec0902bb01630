"""Whenever a number or address changes, its owners and those who publish are told by mail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.admin.four_eyes import mails, people, risks
from directory.admin.requests import staff
from directory.admin.undo_links import undo_url
from directory.models import ContactPoint, ContactPointUse, Revision, Service
from directory.models.recording import Recording
from directory.revisions import words
from directory.revisions.row_changes import RowChange

CHANGES_AT_MOST = 20
SERVICES_AT_MOST = 5


@dataclass(frozen=True)
class Line:
    """A number or address that changes: where, and from what to what; a dash for nothing."""

    where: str
    old: str
    new: str


def send_after_commit(
    request: HttpRequest, recording: Recording, changes: Iterable[RowChange]
) -> None:
    """Write, once it is committed, to the owners of the services that show numbers or addresses
    which these changes alter, and to the others who publish; nothing where none changes."""
    revision = recording.revision
    told = [each for each in risks.leading(changes) if _is_of_number(each)]
    if told and revision is not None:
        transaction.on_commit(lambda: _send(request, revision, told), robust=True)


def _is_of_number(change: RowChange) -> bool:
    if change.model is ContactPoint or issubclass(change.model, ContactPointUse):
        return True
    return risks.names_others(change)


def _send(request: HttpRequest, revision: Revision, changes: list[RowChange]) -> None:
    keys = list(risks.services_of(changes))
    services = Service.objects.filter(pk__in=keys).order_by("name", "pk")
    owners = User.objects.filter(services__in=keys).distinct().order_by("pk")
    by = staff(request)
    # Who does something in the owner's name is not the owner.
    others = [person for person in people.all_publishers() if person.pk != by.pk]
    with override(settings.LANGUAGE_CODE):
        lines = list(_lines(changes[:CHANGES_AT_MOST]))
        named = [str(service) for service in services[:SERVICES_AT_MOST]]
        context = {
            "who": revision.who,
            "at": date_format(localtime(revision.made_at), "DATETIME_FORMAT"),
            "lines": lines,
            "more": len(changes) - len(lines),
            "services": named,
            "more_services": len(keys) - len(named),
            "undo": mails.site(request) + undo_url(revision),
            "organization": settings.ORGANIZATION.name,
        }
        first = lines[0] if lines else Line("", "", "")
        subject = _("A number or address changed: %(old)s → %(new)s")
        subject %= {"old": first.old, "new": first.new}
    mails.send([*owners, *others], subject, "number_changed", context)


def _lines(changes: list[RowChange]) -> Iterator[Line]:
    for row in words.in_words(changes, len(changes)):
        fields = getattr(row.change.model, "leading_fields", ())
        for each in row.fields:
            name = each.fact.rpartition(":")[2]
            if name in fields or name in (row.change.then or row.change.now or {}):
                yield Line(f"{row.called} › {each.label}", each.now or "–", each.then or "–")
