"""What is done with an account beside its form: invite, unlock, deactivate and the like.

Each is an act of its own, sent by POST, told in the history of the person.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin import confirming, invitations
from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.four_eyes import rights
from directory.admin.four_eyes.rights_gate import look
from directory.admin.requests import redirect_back, staff
from directory.admin.second_factor import sessions, told
from directory.admin.sign_in import account_links, lockouts
from directory.admin.undo_links import act
from directory.audit.log import note
from directory.editions.turn import publishing_turn
from directory.models import Event, Revision, Service, recording
from directory.models.second_factors import remove_second_factors

SERVICES_AT_MOST = 20


def possible_owners() -> QuerySet[User]:
    """Who may own a service: active staff who may look at services."""
    viewers = get_user_model().objects.with_perm(
        "directory.view_service", backend="django.contrib.auth.backends.ModelBackend"
    )
    return viewers.filter(is_staff=True)


class HandOverForm(forms.Form):
    """Who owns the services of somebody who is deactivated."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who owns these services from now on?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody for now"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = possible_owners().exclude(pk=person.pk)
        owner.label_from_instance = lambda each: each.get_full_name() or each.get_username()


class PersonActsMixin(ToolsMixin):
    """Adds the acts to the admin of people."""

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, self.url_name
        acts: dict[str, Callable[[HttpRequest, User], HttpResponse]] = {
            "invite-again": self.invite_again,
            "withdraw": self.withdraw,
            "unlock": self.unlock,
            "send-link": self.send_link,
            "reset-second-factor": self.reset_second_factor,
            "close-sessions": self.close_sessions,
            "activate": self.activate,
        }
        return [
            path("invite/", view(self.invite_view), name=name("invite")),
            path("<int:pk>/deactivate/", view(self.deactivate_view), name=name("deactivate")),
            *(
                path(f"<int:pk>/{each}/", view(self._act(do)), name=name(each.replace("-", "_")))
                for each, do in acts.items()
            ),
            *super().get_urls(),
        ]

    def list_tools(self, request: HttpRequest) -> Tools:
        tools = super().list_tools(request)
        if self.has_add_permission(request):
            tools.append((self.url("invite"), _("Invite a colleague")))
        return tools

    # ---- Invitations ------------------------------------------------------------------------

    def invite_view(self, request: HttpRequest) -> HttpResponse:
        """Ask whom to invite and with which role; on POST make the account and send the mail, or
        neither."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = invitations.InvitationForm(request.POST or None, manager=staff(request))
        failure = ""
        if request.method == "POST":
            try:
                # Nobody else invites the same person between the look and the end.
                with publishing_turn():
                    if form.is_valid():
                        person = form.save()
                        # Before the mail, which cannot be called back.
                        look(request, User, {person.pk: None})
                        return self._invited(request, person)
            except account_links.NotSent as error:
                failure = str(error)
        context = self.page_context(
            request,
            _("Invite a colleague"),
            form=form,
            fields=[form[name] for name in ("first_name", "last_name", "email", "role")],
            failure=failure,
        )
        return TemplateResponse(request, "admin/people/invite.html", context)

    def _invited(self, request: HttpRequest, person: User) -> HttpResponse:
        LogEntry.objects.log_actions(
            staff(request).pk, [person], ADDITION, _("Invited."), single_object=True
        )
        account_links.send_invitation(request, person)
        message = _("Invited: a mail with a link is on its way to %(email)s.")
        self.message_user(request, message % {"email": person.email}, messages.SUCCESS)
        return redirect(self.url("changelist"))

    def invite_again(self, request: HttpRequest, person: User) -> HttpResponse:
        """Send the invitation of who has not come in yet once more."""
        if not invitations.is_pending(person):
            return self._too_late(request, person)
        try:
            with transaction.atomic():
                invitations.renew(person)
                account_links.send_invitation(request, person)
                self.log_change(request, person, _("Invited again."))
        except account_links.NotSent as error:
            return self._not_sent(request, error)
        message = _("The invitation was sent again to %(email)s. Only the new link is good.")
        self.message_user(request, message % {"email": person.email}, messages.SUCCESS)
        return self._back(request)

    def withdraw(self, request: HttpRequest, person: User) -> HttpResponse:
        """Take an invitation back: its link is good no more, and the account is gone."""
        entry, email = str(person), person.email
        owned = person.services.count()
        key = person.pk
        if not invitations.withdraw(person):
            return self._too_late(request, person)
        person.pk = key
        LogEntry.objects.log_actions(
            staff(request).pk, [person], DELETION, _("Invitation withdrawn."), single_object=True
        )
        note(Event.INVITATION_WITHDRAWN, request=request, about=person, email=email)
        message = _("The invitation of %(name)s is withdrawn: the link is good no more.")
        self.message_user(request, message % {"name": email or entry}, messages.SUCCESS)
        if owned:
            text = ngettext("%d service has no owner now.", "%d services have no owner now.", owned)
            self.message_user(request, text % owned, messages.WARNING)
        return redirect(self.url("changelist"))

    def _too_late(self, request: HttpRequest, person: User) -> HttpResponse:
        message = _("%(name)s has come in already: there is no invitation any more.")
        self.message_user(request, message % {"name": person}, messages.WARNING)
        return self._back(request)

    def send_link(self, request: HttpRequest, person: User) -> HttpResponse:
        """Send a link to set a new password."""
        if not (person.is_active and person.is_staff and person.email):
            message = _("No link was sent: the account is deactivated or has no e-mail address.")
            self.message_user(request, message, messages.WARNING)
            return self._back(request)
        try:
            account_links.send_password_link(request, person)
        except account_links.NotSent as error:
            return self._not_sent(request, error)
        self.log_change(request, person, _("A link to set a new password was sent."))
        message = _("A mail with a link to set a new password is on its way to %(email)s.")
        self.message_user(request, message % {"email": person.email}, messages.SUCCESS)
        return self._back(request)

    def _not_sent(self, request: HttpRequest, error: Exception) -> HttpResponse:
        message = _("The mail could not be sent, and nothing was changed. Try again later. (%s)")
        self.message_user(request, message % error, messages.ERROR)
        return self._back(request)

    # ---- Locked -----------------------------------------------------------------------------

    def unlock(self, request: HttpRequest, person: User) -> HttpResponse:
        """Let somebody who typed too many wrong passwords try again."""
        if lockouts.unlock(person):
            note(Event.PERSON_UNLOCKED, request=request, about=person)
            self.log_change(request, person, _("Unlocked."))
            message, level = _("%(name)s can sign in again."), messages.SUCCESS
        else:
            message, level = _("%(name)s was not locked any more."), messages.INFO
        self.message_user(request, message % {"name": person}, level)
        return self._back(request)

    # ---- Second factor, sessions ------------------------------------------------------------

    def reset_second_factor(self, request: HttpRequest, person: User) -> HttpResponse:
        """Take away the second factors of somebody who lost them, and say so by mail."""
        if person.pk == request.user.pk:
            message = _("Your own second factor is kept in “My account”.")
            self.message_user(request, message, messages.WARNING)
            return self._back(request)
        if (page := confirming.ask(request)) is not None:
            return page
        remove_second_factors(person)
        lockouts.unlock(person)
        manager = staff(request)
        who = manager.get_full_name() or manager.get_username()
        told.tell(request, person, told.RESET, who=who)
        note(Event.FACTOR_RESET, by=manager, request=request, about=person)
        self.log_change(request, person, _("Second factor removed."))
        message = _("%(name)s signs in with the password, and sets up another second factor then.")
        self.message_user(request, message % {"name": person}, messages.SUCCESS)
        return redirect(self.url("change", person.pk))

    def close_sessions(self, request: HttpRequest, person: User) -> HttpResponse:
        """End all sessions of somebody, but the one in which this is done."""
        ended = sessions.close_others(request, person)
        note(Event.SESSION_ENDED, by=staff(request), request=request, about=person, count=ended)
        self.log_change(request, person, _("Sessions closed."))
        text = ngettext("%(count)d session was closed.", "%(count)d sessions were closed.", ended)
        self.message_user(request, text % {"count": ended}, messages.SUCCESS)
        return self._back(request)

    # ---- Active or not ----------------------------------------------------------------------

    def deactivate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask who owns the services from now on; on POST deactivate the account."""
        if request.method == "POST":
            with act(request, Revision.Action.CHANGED):
                return self._deactivated_or_asked(request, self._person(request, pk))
        return self._deactivated_or_asked(request, self._person(request, pk))

    def _deactivated_or_asked(self, request: HttpRequest, person: User) -> HttpResponse:
        """Deactivate the account if that is what was sent; else the page that asks."""
        reason = self.why_not_deactivated(request, person)
        services = Service.objects.filter(owner=person)
        count = services.count()
        form = HandOverForm(request.POST or None, person=person)
        if request.method == "POST" and not reason and (not count or form.is_valid()):
            # Who is put out sees and stops nothing any more.
            if (page := confirming.ask(request)) is not None:
                return page
            owner = form.cleaned_data.get("owner") if count else None
            return self._deactivate(request, person, owner)
        context = self.page_context(
            request,
            _("Deactivate %(name)s") % {"name": person.get_full_name() or person},
            original=person,
            person=person,
            reason=reason,
            services=services[:SERVICES_AT_MOST],
            count=count,
            more=count - SERVICES_AT_MOST,
            form=form,
        )
        return TemplateResponse(request, "admin/people/deactivate.html", context)

    def why_not_deactivated(self, request: HttpRequest, person: User) -> str:
        """Why this account stays active; empty if it can be deactivated."""
        if person.pk == request.user.pk:
            return _("You cannot deactivate yourself. Ask another administrator.")
        if not person.is_active:
            return _("It is deactivated already.")
        if person.is_superuser and is_last_administrator(person):
            return _("This is the last administrator: make somebody else one before.")
        return ""

    def _deactivate(self, request: HttpRequest, person: User, owner: User | None) -> HttpResponse:
        changed = hand_over(person, owner)
        person.is_active = False
        person.save(update_fields=["is_active"])
        sessions.close_all(person)
        told_history = [_("Deactivated.")]
        if changed:
            text = ngettext(
                "%(count)d service to %(owner)s.", "%(count)d services to %(owner)s.", changed
            )
            told_history.append(text % {"count": changed, "owner": owner or _("nobody")})
        self.log_change(request, person, " ".join(told_history))
        message = _("%(name)s cannot sign in any more. What the account has done stays.")
        self.message_user(request, message % {"name": person}, messages.SUCCESS)
        return redirect(self.url("change", person.pk))

    def activate(self, request: HttpRequest, person: User) -> HttpResponse:
        """Let somebody sign in again."""
        before = rights.stored(User, [person.pk])
        person.is_active = person.is_staff = True
        person.save(update_fields=["is_active", "is_staff"])
        look(request, User, before)
        self.log_change(request, person, _("Activated."))
        message = _("%(name)s can sign in again.")
        self.message_user(request, message % {"name": person}, messages.SUCCESS)
        return self._back(request)

    # ---- Whom and by whom -------------------------------------------------------------------

    def _act(self, do: Callable[[HttpRequest, User], HttpResponse]) -> Callable:
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            with publishing_turn():
                return do(request, self._person(request, pk))

        return view

    def _person(self, request: HttpRequest, pk: int) -> User:
        """Whom an act is about. Raises PermissionDenied and Http404."""
        person: Any = self.get_object(request, str(pk))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        return person

    def _back(self, request: HttpRequest) -> HttpResponse:
        return redirect_back(request, self.url("changelist"))


def is_last_administrator(person: User) -> bool:
    """Whether nobody but this person may do everything and sign in."""
    others = User.objects.filter(is_superuser=True, is_active=True, is_staff=True)
    return not others.exclude(pk=person.pk).exists()


def hand_over(person: User, owner: User | None) -> int:
    """Make somebody else the owner of all services of a person; how many."""
    owned = Service.objects.filter(owner=person)
    services = list(owned.only("pk"))
    recording.watch(services)
    owned.update(owner=owner)
    return len(services)
