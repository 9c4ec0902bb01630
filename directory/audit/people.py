"""Notes who gets in, and who gets which rights: by Django's signals, so forms, commands and shells
are on record alike. What writes rows without them says so itself (`noted_roles`)."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest

from directory.audit.log import note
from directory.models.audit_entries import Event

# What is told of an account with its former value; of a password, that it was set.
TOLD = ("username", "email", "first_name", "last_name")
RIGHTS = ("is_superuser", "is_staff")
WATCHED = {*TOLD, *RIGHTS, "is_active", "password"}


# ---- Getting in ----------------------------------------------------------------------------------


def _signed_in(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    note(Event.SIGNED_IN, by=user, request=request, about=user)


def _signed_out(request: HttpRequest | None, user: Any, **_kwargs: Any) -> None:
    if user is not None:
        note(Event.SIGNED_OUT, by=user, request=request, about=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    account = account_named(credentials.get("username"))
    note(Event.SIGN_IN_FAILED, request=request, about=account, is_known=account is not None)


def account_named(name: Any) -> User | None:
    """The account of that user name. What else was typed is kept nowhere: it may be a password."""
    if not isinstance(name, str) or "\x00" in name or len(name) > 150:
        return None
    return User.objects.filter(username=name).first()


# ---- Accounts and their rights -------------------------------------------------------------------


def _before_saving(instance: User, update_fields: Collection[str] | None, **_: Any) -> None:
    is_concerned = update_fields is None or not WATCHED.isdisjoint(update_fields)
    before = User._base_manager.filter(pk=instance.pk) if instance.pk and is_concerned else None
    vars(instance)["_stored"] = before.values(*WATCHED).first() if before is not None else None


def _after_saving(
    instance: User, created: bool, update_fields: Collection[str] | None, **_kwargs: Any
) -> None:
    before = vars(instance).pop("_stored", None)
    if created:
        note(Event.PERSON_ADDED, about=instance, email=instance.email)
        before = {"is_active": True, "is_superuser": False, "is_staff": False}
    if before is None:
        return
    changed = {name for name in before if before[name] != getattr(instance, name)}
    if update_fields is not None:
        changed &= {*update_fields}
    told: dict[str, Any] = {
        name: [before[name], getattr(instance, name)] for name in TOLD if name in changed
    }
    if told:
        note(Event.PERSON_CHANGED, about=instance, **told)
    for name in changed.intersection(RIGHTS):
        has_now = getattr(instance, name)
        event = Event.RIGHTS_GRANTED if has_now else Event.RIGHTS_TAKEN
        right: dict[str, Any] = {name: has_now}
        note(event, about=instance, **right)
    if "is_active" in changed:
        event = Event.PERSON_ACTIVATED if instance.is_active else Event.PERSON_DEACTIVATED
        note(event, about=instance)
    # Django saves it alone when it hashes the same password anew, as whoever knew it signs in.
    if "password" in changed and {*(update_fields or ())} != {"password"}:
        note(Event.PASSWORD_SET, about=instance, is_usable=instance.has_usable_password())


def _person_deleted(instance: User, **_kwargs: Any) -> None:
    note(Event.PERSON_DELETED, about=instance)


def _role_saved(instance: Group, created: bool, **_kwargs: Any) -> None:
    note(Event.ROLE_ADDED if created else Event.ROLE_CHANGED, about=instance)


def _role_deleted(instance: Group, **_kwargs: Any) -> None:
    note(Event.ROLE_DELETED, about=instance)


def _linked(
    sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **_kwargs: Any
) -> None:
    """Roles of people, permissions of people and of roles."""
    if action == "pre_clear":
        pk_set = _linked_keys(sender, instance, model)
    events = {
        "post_add": Event.RIGHTS_GRANTED,
        "post_remove": Event.RIGHTS_TAKEN,
        "pre_clear": Event.RIGHTS_TAKEN,
    }
    if action not in events or not pk_set:
        return
    linked = list(model._base_manager.filter(pk__in=pk_set))
    holders = [(each, [instance]) for each in linked] if reverse else [(instance, linked)]
    for holder, given in holders:
        note(events[action], about=holder, **_given(given))


def _linked_keys(through: Any, instance: Model, model: type[Model]) -> set[int]:
    fields = [field for field in through._meta.fields if field.is_relation]
    names = {field.related_model: field.name for field in fields}
    links = through._base_manager.filter(**{names[type(instance)]: instance.pk})
    return {*links.values_list(names[model], flat=True)}


def _given(rights: Iterable[Group | Permission]) -> dict[str, Any]:
    rights = list(rights)
    roles = sorted(each.name for each in rights if isinstance(each, Group))
    keys = [each.pk for each in rights if isinstance(each, Permission)]
    return {
        name: found
        for name, found in (("roles", roles), ("permissions", _permission_names(keys)))
        if found
    }


def _permission_names(keys: Collection[int]) -> list[str]:
    found = Permission.objects.filter(pk__in=keys).order_by("content_type__app_label", "codename")
    rows = found.values_list("content_type__app_label", "codename") if keys else ()
    return [f"{app_label}.{codename}" for app_label, codename in rows]


@contextmanager
def noted_roles() -> Iterator[None]:
    """Notes what the block does to roles and their permissions in statements for many rows, of
    which no signal tells; nothing where it is rolled back. Four queries, and a few for each role
    that it changes."""
    before = _roles()
    yield
    if transaction.get_rollback():
        return
    after = _roles()
    for role in Group.objects.filter(pk__in=after).order_by("pk"):
        name, given = before.get(role.pk, (role.name, set()))
        if role.pk not in before or name != role.name:
            note(Event.ROLE_ADDED if role.pk not in before else Event.ROLE_CHANGED, about=role)
        for event, keys in (
            (Event.RIGHTS_GRANTED, after[role.pk][1] - given),
            (Event.RIGHTS_TAKEN, given - after[role.pk][1]),
        ):
            if keys:
                note(event, about=role, permissions=_permission_names(keys))


def _roles() -> dict[int, tuple[str, set[int]]]:
    """The name of each role and the keys of its permissions, by its key."""
    found: dict[int, tuple[str, set[int]]] = {
        key: (name, set()) for key, name in Group.objects.values_list("pk", "name")
    }
    for role, permission in Group.permissions.through.objects.values_list("group", "permission"):
        found[role][1].add(permission)
    return found


def register() -> None:
    """Listen."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    user_login_failed.connect(_failed, dispatch_uid="audit")
    pre_save.connect(_before_saving, User, dispatch_uid="audit")
    post_save.connect(_after_saving, User, dispatch_uid="audit")
    post_delete.connect(_person_deleted, User, dispatch_uid="audit")
    post_save.connect(_role_saved, Group, dispatch_uid="audit")
    post_delete.connect(_role_deleted, Group, dispatch_uid="audit")
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_linked, through, dispatch_uid="audit")
