"""The own account: everybody keeps name and e-mail address, and changes the password."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import confirming, roles
from directory.admin.change_messages import changes_in_words
from directory.admin.person_forms import PersonForm
from directory.admin.requests import staff
from directory.admin.second_factor import recovery
from directory.admin.second_factor.factors import has_any
from directory.admin.sign_in import limits


class OwnAccountForm(PersonForm):
    """Name and address. Links to set a password go to the address, so it is changed only by who
    knows the password."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Only to change the e-mail address."),
    )

    class Meta(PersonForm.Meta):
        pass

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Ask for the password where the address changes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "email" in self.changed_data and "email" not in self.errors:
            stored = User.objects.get(pk=self.instance.pk)
            try:
                with limits.trying(self.request, limits.PASSWORD, stored.get_username()):
                    self._check(stored, cleaned.get("password", ""))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def _check(self, stored: User, password: str) -> None:
        if not stored.check_password(password):
            raise forms.ValidationError(_("Type your password to change the e-mail address."))


def show(request: HttpRequest) -> HttpResponse:
    """The account of who is signed in."""
    person = User.objects.get(pk=staff(request).pk)
    form = OwnAccountForm(request.POST or None, instance=person, request=request)
    is_valid = form.is_valid()
    # Whoever has the address gets the links with which a lost second factor is set anew.
    is_moved = is_valid and "email" in form.changed_data
    if is_moved and has_any(person) and (page := confirming.ask(request)) is not None:
        return page
    if is_valid:
        changed = [name for name in form.changed_data if name != "password"]
        if changed:
            words = changes_in_words(form, changed)
            form.save()
            if is_moved:
                recovery.address_changed(request, person, form.initial["email"])
            message: Any = [{"changed": {"fields": words}}]
            LogEntry.objects.log_actions(person.pk, [person], CHANGE, message, single_object=True)
        messages.success(request, _("Your account is saved."))
        return redirect("backoffice:account")
    context = {
        **admin.site.each_context(request),
        "title": _("My account"),
        "form": form,
        "person": person,
        "fields": [form[name] for name in ("first_name", "last_name", "email", "password")],
        "may": roles.rights_in_words(person),
        "roles": list(person.groups.order_by("name")),
    }
    return TemplateResponse(request, "admin/people/own_account.html", context)
