"""Whether two accounts are one person's: who may agree to what somebody did is somebody else."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser

from directory.contacts.mailboxes import mailbox
from directory.models.audit_entries import AuditEntry, Event

Mailboxes = dict[int | None, set[str]]
"""What `known_mailboxes` knows of people."""


def is_same_person(one: AbstractUser, other: AbstractUser, known: Mailboxes | None = None) -> bool:
    """Whether two accounts are the same, or get their mail in the same mailbox, or did in former
    days. A user name may be an address, too. `known` are the `known_mailboxes` of both, and more;
    else they are asked for."""
    known = known_mailboxes([one, other]) if known is None else known
    return one.pk == other.pk or not known[one.pk].isdisjoint(known[other.pk])


def mailboxes(person: AbstractUser) -> set[str]:
    """The mailboxes that an account names."""
    return {mailbox(each) for each in (person.email, person.get_username())} - {""}


def known_mailboxes(people: Iterable[AbstractUser | None]) -> Mailboxes:
    """The mailboxes of these accounts by primary key: those of today, and those that the audit log
    knows of former days. One query."""
    found: Mailboxes = {person.pk: mailboxes(person) for person in people if person}
    entries = AuditEntry.objects.filter(
        event__in=[Event.PERSON_ADDED, Event.PERSON_CHANGED],
        about_kind="auth.user",
        about_key__in=[str(key) for key in found if key is not None],
    )
    for key, details in entries.order_by().values_list("about_key", "details"):
        for name in ("email", "username"):
            values = details.get(name) or []
            said = [values] if isinstance(values, str) else values
            found[int(key)] |= {mailbox(each) for each in said if each} - {""}
    return found
