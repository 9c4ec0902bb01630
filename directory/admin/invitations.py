"""Invitations: somebody gets an account and a mail with a link to set its password.

Who was invited and has not come in yet is a person without a password who never signed in; the day
is the day on which the account was made, or the invitation last sent. The user name is the e-mail
address.
"""

from typing import Any

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import person_forms, roles

ADMINISTRATOR = "administrator"
PENDING = Q(is_active=True, last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def is_pending(person: User) -> bool:
    """Whether somebody was invited and has not come in yet."""
    return person.is_active and person.last_login is None and not person.has_usable_password()


def pending(people: QuerySet[User]) -> QuerySet[User]:
    """Those who were invited and have not come in yet."""
    return people.filter(PENDING)


class InvitationForm(person_forms.PersonForm):
    """Whom to invite, with which role. `manager` invites."""

    role = forms.ChoiceField(
        label=gettext_lazy("What may the person do?"), widget=forms.RadioSelect, choices=()
    )

    class Meta(person_forms.PersonForm.Meta):
        pass

    def __init__(self, *args: Any, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manager = manager
        self._roles = {str(role.pk): role for role in roles.roles_to_give(manager)}
        given = roles.permissions_of_roles(self._roles.values())
        choices: list[tuple[str, Any]] = [
            (key, person_forms.role_in_words(role, given[role.pk]))
            for key, role in self._roles.items()
        ]
        if manager.is_superuser:
            choices.append((ADMINISTRATOR, person_forms.administrator_in_words()))
        field: Any = self.fields["role"]
        field.choices = choices
        field.error_messages["required"] = gettext_lazy("Choose what the person may do.")

    def taken_by(self, other: User) -> str | SafeString:
        """What has become of who has the address already, and what to do."""
        if is_pending(other):
            message = _("{} is invited already. Send the invitation again from the list of people.")
        elif not other.is_active:
            message = _("{} has this address and is deactivated: activate the account again there.")
        else:
            message = _("{} has this address and an account already.")
        return format_html(message, person_forms.link_to(other))

    def save(self, commit: bool = True) -> User:
        """The account, which nobody can sign in to yet."""
        role = self.cleaned_data["role"]
        person: User = super().save(commit=False)
        person.username = user_name(person.email)
        person.is_staff, person.is_superuser = True, role == ADMINISTRATOR
        person.set_unusable_password()
        person.save()
        person.groups.set([self._roles[role]] if role in self._roles else [])
        return person


def user_name(email: str) -> str:
    """The user name for an address: the address in small letters, or what can be made of it; one
    that nobody has."""
    name = email.lower()
    try:
        User._meta.get_field("username").run_validators(name)
    except ValidationError:
        name = slugify(name.partition("@")[0])[:100] or "user"
    taken = set(User.objects.filter(username__startswith=name).values_list("username", flat=True))
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def renew(person: User) -> None:
    """Make a pending invitation one of today: links that were sent before are good no more."""
    person.date_joined = timezone.now()
    person.set_unusable_password()
    person.save(update_fields=["date_joined", "password"])


@transaction.atomic
def withdraw(person: User) -> bool:
    """Delete the account of who has not come in yet; False if it is too late."""
    found = pending(User.objects.select_for_update()).filter(pk=person.pk).first()
    if found is None:
        return False
    found.delete()
    return True
