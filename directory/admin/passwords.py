"""Who forgot the password, or was invited, sets one by a link that comes by mail."""

import logging
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from directory.admin import account_links, lockouts

logger = logging.getLogger(__name__)


class EmailForm(forms.Form):
    """The e-mail address of who forgot the password."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


def people_with(email: str) -> list[User]:
    """Who may sign in and has this address."""
    found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
    return list(found.order_by("pk")[:5])


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to the address that is typed, if somebody has it. What is answered is the same
    whether or not there is such an account."""
    form = EmailForm(request.POST or None)
    is_sent = form.is_valid()
    if is_sent:
        _send_links(request, form.cleaned_data["email"])
    title = _("Look into your mail") if is_sent else _("Forgotten your password?")
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "is_sent": is_sent,
        "seconds": account_links.ONCE_IN,
    }
    return TemplateResponse(request, "admin/people/forgotten.html", context)


def _send_links(request: HttpRequest, email: str) -> None:
    people: list[User | None] = [*people_with(email)]
    # Asking in vain counts, too.
    allowed = [each for each in people or [None] if account_links.may_ask(request, each)]
    for person in filter(None, allowed):
        try:
            account_links.send_password_link(request, person)
        except account_links.NotSent:
            # Saying so would say that there is such an account.
            logger.exception("No mail for a new password could be sent to user %s", person.pk)


class SetPassword(PasswordResetConfirmView):
    """Sets the password by a link, unlocks the account and signs in. A link that is used, too old,
    tampered with, or of somebody who may not sign in is told to be good no more."""

    template_name = "admin/people/set_password.html"
    success_url = reverse_lazy("admin:index")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"
    title = gettext_lazy("Choose your password")

    def get_user(self, uidb64: str) -> User | None:
        user: Any = super().get_user(uidb64)
        return user if user and user.is_active and user.is_staff else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the password."""
        response = super().form_valid(form)
        user: Any = form.user
        lockouts.unlock(user)
        message = _("Set a password by a link")
        LogEntry.objects.log_actions(user.pk, [user], CHANGE, message, single_object=True)
        welcome = _("Your password is set, and you are signed in. Next time: %(name)s")
        messages.success(self.request, welcome % {"name": user.get_username()})
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page needs."""
        context = {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}
        if context["validlink"]:
            return context | {"person": self.user}
        return context | {"title": _("This link is good no more")}
