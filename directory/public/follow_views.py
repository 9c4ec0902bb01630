"""Following the changes of a service: the page that offers the ways, and the subscription by mail
from asking to ending (`directory.following`).

Forms go without cookies: nothing is done in anybody's name, so there is nothing to forge, and what
a mail program sends for “Unsubscribe” (RFC 8058) has none.
"""

import logging
from smtplib import SMTPRecipientsRefused

from django.core.exceptions import NON_FIELD_ERRORS as ALL
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from config.client_address import client_network
from config.origin import absolute
from directory.editions.reading import read
from directory.following import limits, links, mails, subscriptions
from directory.models import Edition
from directory.public.caching import always_revalidated
from directory.public.follow_form import ONCE_MORE, FollowForm
from directory.public.read_only import read_only
from directory.public.sent_forms import may_be_from_here
from directory.public.views import Context, current_edition

TOO_MANY = _("Too many mails were asked for today. Please try again tomorrow.")
logger = logging.getLogger(__name__)
takes_forms = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@takes_forms
@always_revalidated
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """The ways to follow a service. What is sent asks for a subscription by mail, and leads to an
    answer that is the same whether there was one or not."""
    edition = current_edition(slug)
    if request.method != "POST" or not subscriptions.is_offered():
        return _page(request, slug, edition, FollowForm())
    form = FollowForm(request.POST)
    if form.is_valid() and not may_be_from_here(request):
        form.add_error(None, ONCE_MORE)
    if form.is_valid():
        _ask(request, edition, form)
    if form.is_valid():
        return HttpResponseRedirect(reverse("directory:follow-asked", args=[slug]))
    return _page(request, slug, edition, form, 429 if form.has_error(ALL, "too_many") else 422)


def _ask(request: HttpRequest, edition: Edition, form: FollowForm) -> None:
    """Mail the link that confirms; what hinders that is an error of the form. That a mailbox was
    written to often enough, or a moment ago, is none: whoever asks is told the same."""
    address, service, now = form.cleaned_data["address"], edition.service, timezone.now()
    if not limits.may_ask(client_network(request), now):
        form.add_error(None, ValidationError(TOO_MANY, "too_many"))
        return
    if not limits.may_be_written_to(address, service, now):
        return
    subscription = subscriptions.ask(service, address, get_language() or "", now)
    if subscription is None:
        limits.was_not_written_to(address, service, now)
        return
    try:
        mails.asking(subscription, request).send()
    except SMTPRecipientsRefused as error:
        # Who has a mailbox is nobody's business.
        logger.warning("A mail server refused an address: %s", [*error.recipients.values()])
    except OSError:
        logger.exception("The mail that asks to confirm a subscription was not sent")
        subscriptions.was_not_sent(subscription)
        limits.was_not_written_to(address, service, now)
        form.add_error(None, _("The mail cannot be sent right now. Try again in some minutes."))


@read_only
@always_revalidated
def follow_asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next, for whoever asked for a subscription."""
    context = {"days": links.CONFIRM_WITHIN.days, **_service(slug, current_edition(slug))}
    return render(request, "directory/following/asked.html", context)


@csrf_exempt
@takes_forms
def follow_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of the first mail leads: a button, as programs open links. Sent, it confirms
    and comes back here."""
    subscription = subscriptions.find(links.to_confirm(token))
    if subscription is None:
        return _no_such_link(request)
    if request.method == "POST":
        subscriptions.confirm(subscription, timezone.now())
        return _unkept(HttpResponseRedirect(request.path))
    context = {"subscription": subscription, "end": links.ending(subscription)}
    return _unkept(render(request, "directory/following/confirm.html", context))


@csrf_exempt
@takes_forms
def follow_end(request: HttpRequest, token: str) -> HttpResponse:
    """Where “Unsubscribe” leads: a button. What is sent, by the page or by a mail program, ends the
    subscription, and may be sent again."""
    key = links.to_end(token)
    if key is None:
        return _no_such_link(request)
    if request.method == "POST":
        subscriptions.end(key)
    context = {"subscription": subscriptions.find(key)}
    return _unkept(render(request, "directory/following/end.html", context))


def _page(
    request: HttpRequest, slug: str, edition: Edition, form: FollowForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "is_offered": subscriptions.is_offered(),
        "calendar": absolute(reverse("directory:calendar", args=[slug]), request),
        "feed": absolute(reverse("directory:changes-feed", args=[slug]), request),
        **_service(slug, edition),
    }
    return render(request, "directory/following/follow.html", context, status=status)


def _service(slug: str, edition: Edition) -> Context:
    return {"slug": slug, "service_name": read(edition).name}


def _no_such_link(request: HttpRequest) -> HttpResponse:
    return _unkept(render(request, "directory/following/no_such_link.html", status=404))


def _unkept(response: HttpResponse) -> HttpResponse:
    """The page of one person: kept by no browser, and in no search engine."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    # The address is the permission.
    response["Referrer-Policy"] = "no-referrer"
    return response
