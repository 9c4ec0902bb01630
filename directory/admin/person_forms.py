"""What the forms about people have in common: names and addresses, and roles in words."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import roles
from directory.admin.row_keys import PossibleChoices
from directory.contacts.text import tidy, tidy_code
from directory.models.address_fields import TidyFormField


class TidyEmailField(forms.EmailField):
    """An e-mail address without what nobody sees."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_code(text) if text else text


class PersonForm(forms.ModelForm):
    """Names and the address of somebody. No two people have the same address: it says who sets
    the password."""

    first_name = TidyFormField(tidy=tidy, label=gettext_lazy("First name"), max_length=150)
    last_name = TidyFormField(
        tidy=tidy, label=gettext_lazy("Last name"), max_length=150, required=False
    )
    email = TidyEmailField(label=gettext_lazy("E-mail address"), max_length=254)

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]

    def clean_email(self) -> str:
        """Refuse the address of another person."""
        email: str = self.cleaned_data["email"]
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if other := others.order_by("pk").first():
            raise forms.ValidationError(self.taken_by(other), code="taken")
        return email

    def taken_by(self, other: User) -> str | SafeString:
        """What is said where somebody else has the address."""
        name = other.get_full_name() or other.get_username()
        return _("%(name)s has this address already.") % {"name": name}


def link_to(person: User) -> SafeString:
    """A link to the form of somebody."""
    url = reverse("admin:auth_user_change", args=[person.pk])
    return format_html('<a href="{}">{}</a>', url, person.get_full_name() or person.get_username())


def role_in_words(role: Group, permissions: roles.Permissions) -> SafeString:
    """A role, and what it allows."""
    return _choice(role.name, " ".join(roles.in_words(permissions)))


def administrator_in_words() -> SafeString:
    """Who may do everything, and what that is."""
    return _choice(_("Administrator"), str(roles.EVERYTHING))


def _choice(name: str, words: str) -> SafeString:
    return format_html('<b>{}</b><span class="role-words">{}</span>', name, words)


class ByRole(ModelChoiceIterator):
    """The roles with what they allow. Two queries."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        found: list[Any] = list(self.queryset)
        given = roles.permissions_of_roles(found)
        for role in found:
            yield self.field.prepare_value(role), role_in_words(role, given[role.pk])


class RolesField(PossibleChoices):
    """Some roles, each told in words."""

    iterator = ByRole
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Model) -> str:
        # Of the history; the form tells them by its iterator.
        return str(obj)
