"""Who lost all second factors, recovery codes too, sets up another by a link from a mail.

Whoever reads the mailbox of a person must not get in with that alone. So the link opens nothing
without the password; it waits for a day, in which the person, who is told at once, can sign in or
ask a colleague, either of which ends it; all administrators are told; and who has just set the
password by a mail is sent to a colleague.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from directory.admin.second_factor import factors, sessions, told
from directory.admin.sign_in import account_links
from directory.audit.log import note
from directory.models import DailyCount, Event, FactorRecovery
from directory.models.second_factors import remove_second_factors

SALT = "directory.admin.second_factor.recovery"
# How long who has set the password by a mail cannot remove the second factor by another.
AFTER_PASSWORD = timedelta(days=7)
A_DAY_AT_MOST = 3
ADMINISTRATORS_AT_MOST = 20


def password_was_mailed(person: User) -> None:
    """Note that a password was set by a link from a mail: a link for the second factor that waits
    is good no more."""
    if factors.has_any(person):
        values = {"asked_at": None, "digest": "", "password_mailed_at": timezone.now()}
        FactorRecovery.objects.update_or_create(user=person, defaults=values)


def address_changed(request: HttpRequest, person: User, before: str) -> None:
    """Have the former address `before` told, once it is stored, that somebody has another: whoever
    reads that is the first who can object. A link for the second factor that was sent there is good
    no more."""
    FactorRecovery.objects.filter(user=person).update(asked_at=None, digest="")
    transaction.on_commit(
        lambda: told.tell(request, person, told.NEW_ADDRESS, to=before), robust=True
    )


def opens_at(asked_at: datetime) -> datetime:
    """When the link opens that was asked for at an aware instant."""
    return asked_at + timedelta(hours=settings.FACTOR_RECOVERY_HOURS)


def why_not(person: User) -> str:
    """Why this person gets no link; empty if one can be asked for."""
    if not person.email:
        return _("Your account has no e-mail address.")
    recovery = FactorRecovery.objects.filter(user=person).first()
    mailed = recovery and recovery.password_mailed_at
    if mailed and timezone.now() < mailed + AFTER_PASSWORD:
        return _(
            "Your password was set by a mail in the last seven days: a second mail would let in "
            "whoever reads your mailbox."
        )
    return ""


@never_cache
def lost(request: HttpRequest) -> HttpResponse:
    """The ways back of who has given the password and lost the rest; on POST send the link."""
    person = sessions.half_signed_in(request)
    if person is None:
        return redirect("admin:index")
    reason, sent = why_not(person), False
    if request.method == "POST" and not reason:
        reason = _send_link(request, person)
        sent = not reason
    context = {
        **admin.site.each_context(request),
        "title": _("Lost your phone or your key?"),
        "person": person,
        "reason": reason,
        "is_sent": sent,
        "opens_at": opens_at(timezone.now()),
        "hours": settings.FACTOR_RECOVERY_HOURS,
    }
    return TemplateResponse(request, "admin/second_factor/lost.html", context)


@never_cache
def recover(request: HttpRequest, token: str) -> HttpResponse:
    """On POST take away the second factors of who has the link and gave the password."""
    person = sessions.half_signed_in(request)
    if person is None:
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('admin:login')}?{query}")
    recovery = _asked(person, token)
    now = timezone.now()
    opens = opens_at(recovery.asked_at) if recovery and recovery.asked_at else None
    is_over = opens is None or now > opens + timedelta(hours=settings.FACTOR_RECOVERY_HOURS)
    is_open = not is_over and opens is not None and now >= opens
    if request.method == "POST" and is_open:
        return _recovered(request, person)
    context = {
        **admin.site.each_context(request),
        "title": _("This link is good no more") if is_over else _("Set up another second factor"),
        "is_over": is_over,
        "is_open": is_open,
        "opens_at": opens,
    }
    return TemplateResponse(request, "admin/second_factor/recover.html", context)


def _asked(person: User, token: str) -> FactorRecovery | None:
    found = FactorRecovery.objects.filter(user=person).exclude(asked_at=None).first()
    is_it = found is not None and constant_time_compare(found.digest, _digest(person, token))
    return found if is_it else None


def _recovered(request: HttpRequest, person: User) -> HttpResponse:
    remove_second_factors(person)
    # This session goes on, under another key.
    request.session.create()
    told.tell(request, person, told.RECOVERED)
    note(Event.RECOVERED, by=person, request=request, about=person)
    if not settings.SECOND_FACTOR_IS_REQUIRED:
        sessions.let_in_without(request, person)
    messages.success(request, _("The lost ones are removed. Set up another now."))
    return redirect("backoffice:second-factors")


def _send_link(request: HttpRequest, person: User) -> str:
    """Send the link; why not, where it was not."""
    now = timezone.now()
    count = salted_hmac(SALT, str(person.pk)).hexdigest()
    if not DailyCount.objects.take(timezone.localdate(now), count, A_DAY_AT_MOST):
        return _("Several links were sent today: look into your mail, also the junk.")
    token = signing.TimestampSigner(salt=SALT).sign(get_random_string(24))
    values = {"asked_at": now, "digest": _digest(person, token)}
    FactorRecovery.objects.update_or_create(user=person, defaults=values)
    path = reverse("backoffice:second-factor-recover", args=[token])
    opens = opens_at(now)
    with override(settings.LANGUAGE_CODE):
        context = {
            "name": person.get_short_name() or person.get_username(),
            "user_name": person.get_username(),
            "organization": settings.ORGANIZATION.name,
            "link": told.site(request) + path,
            "account": told.site(request) + reverse("backoffice:second-factors"),
            "opens_at": opens,
            "ends_at": opens_at(opens),
        }
        subject = (str(told.SUBJECT) % context).lstrip(": ")
        text = render_to_string("admin/mail/factor_recovery.txt", context)
        others = render_to_string("admin/mail/factor_recovery_told.txt", context)
    try:
        send_mail(subject, text, None, [person.email])
        for other in _administrators(person):
            send_mail(subject, others, None, [other])
    except (OSError, ValueError) as error:
        return str(account_links.NotSent(_("The mail could not be sent: %s") % error))
    note(Event.RECOVERY_ASKED, by=person, request=request, about=person)
    return ""


def _administrators(person: User) -> list[str]:
    found = User.objects.filter(is_superuser=True, is_active=True, is_staff=True)
    addresses = found.exclude(pk=person.pk).exclude(email="").order_by("pk")
    return list(addresses.values_list("email", flat=True)[:ADMINISTRATORS_AT_MOST])


def _digest(person: User, token: str) -> str:
    return salted_hmac(SALT, f"{person.pk} {token}").hexdigest()
