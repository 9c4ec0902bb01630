"""Roles in words: what who has some permissions may do, and who may give them to whom.

Django calls roles groups. What is told is derived from the permissions; other apps add theirs.
"""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Permissions = Collection[str]
"""Permissions as `has_perm` takes them: “directory.change_service”."""

_capabilities: dict[str, tuple[int, str | Promise]] = {}


def register_capability(permission: str, order: int, words: str | Promise) -> None:
    """Say in words what a permission allows; lower numbers come first."""
    _capabilities[permission] = order, words


register_capability("directory.view_service", 0, gettext_lazy("Reads everything here."))
register_capability(
    "directory.change_contactpoint", 10, gettext_lazy("Changes numbers and addresses.")
)
register_capability(
    "directory.change_schedule", 20, gettext_lazy("Changes hours, also those of single days.")
)
register_capability(
    "directory.change_service",
    25,
    gettext_lazy("Changes the texts and channels of services, and confirms that they are true."),
)
register_capability(
    "directory.change_contactreport", 27, gettext_lazy("Closes what customers report.")
)
register_capability(
    "directory.delete_subscription", 28, gettext_lazy("Ends subscriptions by mail on request.")
)
register_capability("directory.add_notice", 30, gettext_lazy("Announces failures."))
register_capability(
    "directory.add_service",
    50,
    gettext_lazy("Makes, publishes, takes offline and ends services."),
)
register_capability(
    "directory.bulk_change_contactpoint",
    60,
    gettext_lazy("Imports, and replaces in many places at once."),
)
register_capability(
    "directory.publish_proposal", 65, gettext_lazy("Publishes or refuses what others propose.")
)
register_capability(
    "directory.withdraw_edition",
    70,
    gettext_lazy("Withdraws earlier editions, shows them again, and finds all that says a name."),
)
register_capability(
    "directory.view_withdrawn_edition",
    72,
    gettext_lazy("Reads what withdrawn editions said, which is on record."),
)
register_capability(
    "directory.erase_edition",
    74,
    gettext_lazy("Erases for ever what somebody else withdrew."),
)
register_capability("auth.change_user", 80, gettext_lazy("Invites people, and unlocks them."))
PUBLISHES = gettext_lazy("What is saved is published at once: nobody else approves it.")
WAITS = {
    "off": PUBLISHES,
    "risky": gettext_lazy(
        "What is saved is published at once; but changes of numbers and addresses, of who answers, "
        "and of rights wait until somebody else publishes them."
    ),
    "all": gettext_lazy("What is saved waits until somebody else publishes it."),
}
CHANGES_NOTHING = gettext_lazy("Changes nothing.")
EVERYTHING = gettext_lazy(
    "Does everything: changes and publishes all there is, invites people and gives them their "
    "roles, also this one."
)


def in_words(permissions: Permissions) -> list[str]:
    """What who has these permissions may do, a sentence each."""
    found = sorted(_capabilities[each] for each in permissions if each in _capabilities)
    sentences = [str(words) for _order, words in found]
    changes = any(".change_" in each or ".add_" in each for each in permissions)
    if not permissions:
        return [_("May do nothing yet.")]
    if any(each.startswith("directory.change_") for each in permissions):
        sentences.append(str(WAITS[settings.FOUR_EYES]))
    elif not changes:
        sentences.append(str(CHANGES_NOTHING))
    return sentences


def permissions_of_roles(roles: Iterable[Group]) -> dict[int, set[str]]:
    """The permissions of each role, by its key. One query."""
    found: dict[int, set[str]] = {role.pk: set() for role in roles}
    given = Group.permissions.through.objects.filter(group__in=found)
    rows = given.values_list(
        "group_id", "permission__content_type__app_label", "permission__codename"
    )
    for key, app_label, codename in rows:
        found[key].add(f"{app_label}.{codename}")
    return found


def permissions_of(person: User) -> set[str]:
    """What somebody was given, whether he or she may sign in or not. One query."""
    given = Permission.objects.filter(Q(user=person) | Q(group__user=person))
    rows = given.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in rows}


def rights_in_words(person: User) -> list[str]:
    """What somebody may do, a sentence each. At most one query."""
    return [str(EVERYTHING)] if person.is_superuser else in_words(permissions_of(person))


def may_manage(manager: User, person: User) -> bool:
    """Whether somebody who manages people may manage this one: nobody gets hold of an account that
    may do more than the own one."""
    if manager.is_superuser or manager.pk == person.pk:
        return True
    return not person.is_superuser and permissions_of(person) <= manager.get_all_permissions()


def roles_to_give(manager: User) -> QuerySet[Group]:
    """The roles that somebody may give: those that may do no more than the manager."""
    roles = Group.objects.order_by("name")
    if manager.is_superuser:
        return roles
    own = manager.get_all_permissions()
    allowed = [key for key, given in permissions_of_roles(roles).items() if given <= own]
    return roles.filter(pk__in=allowed)
