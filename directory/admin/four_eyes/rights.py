"""The rights of people as rows that change: what of an account and of a role is kept of them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.admin import roles
from directory.admin.second_factor import recovery
from directory.admin.sign_in import account_links
from directory.models.recording import State, states
from directory.models.second_person import is_same_person
from directory.revisions.row_changes import RowChange

# What of them waits for a second person; no password is ever among it.
GIVE: dict[type[Model], tuple[str, ...]] = {
    User: (
        *("username", "email", "is_active", "is_staff", "is_superuser", "groups"),
        "user_permissions",
    ),
    Group: ("permissions",),
}
KEPT: dict[type[Model], tuple[str, ...]] = {
    User: ("first_name", "last_name", *GIVE[User]),
    Group: ("name", *GIVE[Group]),
}


def stored(model: type[Model], keys: Iterable[int]) -> dict[int, State | None]:
    """What is kept of these rows, as they are stored now; None of one that is not there."""
    return {
        key: state and {name: state[name] for name in KEPT[model]}
        for key, state in states(model, list(keys)).items()
    }


def change(model: type[Model], key: int, now: State | None, then: State | None) -> RowChange | None:
    """The change of a row from one of these states to the other, if it is one of the rights."""
    if now is None or then is None:
        return None if now == then else RowChange(model=model, key=key, now=now, then=then)
    names = [name for name in now if now[name] != then[name]]
    if set(names).isdisjoint(GIVE[model]):
        return None
    now, then = ({name: each[name] for name in names} for each in (now, then))
    return RowChange(model=model, key=key, now=now, then=then)


def lacking(person: User, changes: Iterable[RowChange]) -> list[str]:
    """Why this person may not give these rights, in words."""
    return list(dict.fromkeys(why for each in changes for why in _lacking(person, each)))


def _lacking(person: User, change: RowChange) -> list[str]:
    then = change.then or {}
    if change.model is Group:
        return [] if person.is_superuser else [_("Only administrators change roles.")]
    about = User.objects.filter(pk=change.key).first()
    whose = about or User(email=then.get("email", ""), username=then.get("username", ""))
    if is_same_person(person, whose):
        return [_("It is about your own account: somebody else publishes it.")]
    if about and not roles.may_manage(person, about):
        return [_("The account may do more than yours.")]
    given = {*then.get("groups", ())}
    may_give = {*roles.roles_to_give(person).values_list("pk", flat=True)}
    own = person.get_all_permissions()
    alone = Permission.objects.filter(pk__in=then.get("user_permissions", ()))
    codes = {f"{each.content_type.app_label}.{each.codename}" for each in alone}
    if person.is_superuser or (
        given <= may_give and codes <= own and not then.get("is_superuser", False)
    ):
        return []
    return [_("It gives more rights than you have.")]


def write(changes: list[RowChange]) -> None:
    """Make the rows what they are to be, one by one: the audit log listens to that. Raises
    ValidationError where somebody else has the address of an account by now."""
    for change in changes:
        rows: Any = change.model._base_manager
        if change.removes:
            rows.get(pk=change.key).delete()
            continue
        then = change.then or {}
        _refuse_taken(change, then.get("email", ""))
        row = change.model(pk=change.key) if change.adds else rows.get(pk=change.key)
        if change.adds and isinstance(row, User):
            row.set_unusable_password()
        many = {field.name for field in change.model._meta.many_to_many}
        for name in then.keys() - many:
            setattr(row, name, then[name])
        row.save(force_insert=change.adds)
        for name in sorted(then.keys() & many):
            getattr(row, name).set(then[name])


def _refuse_taken(change: RowChange, email: str) -> None:
    others = User.objects.filter(email__iexact=email).exclude(pk=change.key)
    if change.model is User and email and (other := others.first()):
        name = other.get_full_name() or other.get_username()
        raise ValidationError(_("%(name)s has this address already.") % {"name": name})


def finish(request: HttpRequest, changes: Iterable[RowChange]) -> None:
    """Send the invitations to accounts that were made, and tell the former address of who got
    another. Raises ValidationError if an invitation cannot be sent; the caller's transaction must
    be undone then."""
    for change in changes:
        if change.model is User and change.now and "email" in (change.then or {}):
            moved = User.objects.get(pk=change.key)
            recovery.address_changed(request, moved, change.now["email"])
        if change.model is User and change.adds:
            person: Any = User.objects.get(pk=change.key)
            try:
                account_links.send_invitation(request, person)
            except account_links.NotSent as error:
                raise ValidationError(
                    _("The mail could not be sent, and nothing was changed. Try again later. (%s)")
                    % error
                ) from error
