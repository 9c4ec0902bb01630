"""Who forgot the password, or was invited, sets one by a link that comes by mail."""

import logging
from collections.abc import Callable
from functools import partial
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

from directory.admin.requests import staff
from directory.admin.second_factor import recovery, sessions
from directory.admin.sign_in import account_links, limits, lockouts

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


class AnsweredFirst(TemplateResponse):
    """Has its mails sent when it was: how long that takes would tell who has an account."""

    then: Callable[[], None] | None = None

    def close(self) -> None:
        """Called by the server at the end."""
        try:
            if self.then:
                self.then()
        except Exception:
            # Nobody is there any more to be told.
            logger.exception("Links for new passwords could not be sent")
        finally:
            super().close()


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to the address that is typed, if somebody has it. What is answered is the same
    whether or not there is such an account."""
    form = EmailForm(request.POST or None)
    is_sent = form.is_valid()
    title = _("Look into your mail") if is_sent else _("Forgotten your password?")
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "is_sent": is_sent,
        "seconds": account_links.ONCE_IN,
    }
    response = AnsweredFirst(request, "admin/people/forgotten.html", context)
    if is_sent:
        response.then = partial(_send_links, request, form.cleaned_data["email"])
    return response


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


def changed(request: HttpRequest, change: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The answer of Django's view that changes the own password. A wrong old one is counted; after
    the change the other sessions end. Raises `limits.TooManyTries`."""
    if request.method != "POST":
        return change(request)
    person = staff(request)
    try:
        with limits.trying(request, limits.PASSWORD, person.get_username()):
            response = change(request)
            form = getattr(response, "context_data", {}).get("form")
            if form is not None and "old_password" in form.errors:
                raise _WrongPassword
    except _WrongPassword:
        return response
    if response.status_code == 302:
        sessions.close_others(request, person)
    return response


class _WrongPassword(Exception):
    """Lets the wrong password count."""


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
        # The codes that a stranger tried stay counted: the mailbox is no second factor.
        lockouts.unlock(user, limits.PASSWORD)
        recovery.password_was_mailed(user)
        sessions.close_others(self.request, user)
        message = _("Set a password by a link")
        LogEntry.objects.log_actions(user.pk, [user], CHANGE, message, single_object=True)
        if sessions.half_signed_in(self.request):
            welcome = _("Your password is set. Your user name: %(name)s")
        else:
            welcome = _("Your password is set, and you are signed in. Next time: %(name)s")
        messages.success(self.request, welcome % {"name": user.get_username()})
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page needs."""
        context = {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}
        if context["validlink"]:
            return context | {"person": self.user}
        return context | {"title": _("This link is good no more")}
