"""The mails of a subscription, in its language."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from config.origin import absolute
from directory.contacts.addresses import for_programs
from directory.contacts.text import visible
from directory.editions import history
from directory.editions.diff.contacts import verified_on
from directory.editions.reading import is_proven
from directory.following import links
from directory.models import Edition, Service, Subscription

# Editions of one mail, and those among which they are looked for; the page has all.
EDITIONS_AT_MOST = 10
EDITIONS_READ = 100
LONGEST_SUBJECT = 110
# No answer of a machine, and none expected (RFC 3834).
BY_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def asking(subscription: Subscription, request: HttpRequest | None = None) -> EmailMessage:
    """The mail that asks to confirm; of one that is confirmed already, that says so. Its links
    begin with the origin of `request` where PUBLIC_URL does not say it."""
    with override(language_of(subscription)):
        if subscription.confirmed_at:
            subject, template = _("You follow %(service)s already"), "already"
        else:
            subject, template = _("Confirm: changes of %(service)s by mail"), "confirmation"
        context = {
            "confirm": absolute(links.confirming(subscription), request),
            "end": absolute(links.ending(subscription), request),
            "days": links.CONFIRM_WITHIN.days,
            **_service(subscription.service, request),
        }
        subject %= {"service": context["name"]}
        return _mail(subscription, subject, template, context)


def told(service: Service, after: int, until: int, language: str) -> dict[str, Any]:
    """What a mail in this language says of the editions of a service after that number, up to the
    other: the same for all subscriptions. Empty where nothing has become otherwise: withdrawn
    editions are not told, nor those that only say that a contact was tried. One query."""
    editions = Edition.objects.filter(service=service, number__gte=after, number__lte=until)
    with override(language):
        found = history.entries(editions, stop=min(until - after, EDITIONS_READ))
        worth_telling = [entry for entry in found if _is_news(entry)]
        more = len(worth_telling) > EDITIONS_AT_MOST or until - after > EDITIONS_READ
        if not worth_telling and not more:
            return {}
        entries = worth_telling[:EDITIONS_AT_MOST]
        return {
            "until": until,
            "entries": [
                (entry, _address("edition-changes", service, entry.edition.number))
                for entry in entries
            ],
            "sentences": [sentence for entry in entries for sentence in entry.summary],
            "more": more,
            "editions": _address("edition-list", service),
            **_service(service),
        }


def changes(subscription: Subscription, news: Mapping[str, Any]) -> EmailMessage:
    """The mail with the news of `told`, for one subscription."""
    with override(language_of(subscription)):
        name, sentences = news["name"], news["sentences"]
        if len(sentences) == 1:
            subject = f"{name}: {sentences[0]}"
        else:
            count = len(sentences)
            words = {"service": name, "count": count}
            subject = ngettext(
                "%(service)s: %(count)d change", "%(service)s: %(count)d changes", count
            )
            subject %= words
        return _following(subscription, subject, "changes", news, str(news["until"]))


def ended(subscription: Subscription) -> EmailMessage:
    """The last mail of a service that is offered no more."""
    service = subscription.service
    with override(language_of(subscription)):
        instead = service.in_its_place()
        context = {
            "service": service,
            "instead": instead and visible(instead.name),
            "instead_page": instead and _address("service-detail", instead),
            **_service(service),
        }
        subject = _("%(service)s is not offered any more") % {"service": context["name"]}
        return _following(subscription, subject, "ended", context, "ended")


def _is_news(entry: history.Entry) -> bool:
    if entry.edition.is_withdrawn or not is_proven(entry.edition):
        return False
    return bool(entry.note) or any(change.what != verified_on() for change in entry.changes)


def language_of(subscription: Subscription) -> str:
    """The language in which it is written to: its own, unless the site has it no more."""
    known = subscription.language in dict(settings.LANGUAGES)
    return subscription.language if known else settings.LANGUAGE_CODE


def _following(
    subscription: Subscription,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    number: str,
) -> EmailMessage:
    """A mail that mail programs offer to unsubscribe from (RFC 2369, RFC 8058). `number` tells it
    from the others of the subscription: sent again, as nobody knows whether it had arrived, it has
    the same Message-ID (RFC 5322, 3.6.4), by which many mailboxes show it once."""
    end = absolute(links.ending(subscription))
    host = urlsplit(end).hostname
    headers = {
        "Message-ID": f"<{number}.{subscription.key.hex}@{host}>",
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return _mail(subscription, subject, template, {"end": end, **context}, headers)


def _mail(
    subscription: Subscription,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    body = render_to_string(f"directory/mail/follow_{template}.txt", dict(context))
    return EmailMessage(
        subject=Truncator(" ".join(subject.split())).chars(LONGEST_SUBJECT),
        body=body.strip() + "\n",
        # Not Python's reading of hosts in other scripts, which leads elsewhere.
        to=[for_programs(subscription.address)],
        headers={**BY_MACHINE, **(headers or {})},
    )


def _service(service: Service, request: HttpRequest | None = None) -> dict[str, Any]:
    return {
        "name": visible(service.name),
        "organization": settings.ORGANIZATION,
        "page": _address("service-detail", service, request=request),
    }


def _address(
    name: str, service: Service, *arguments: int, request: HttpRequest | None = None
) -> str:
    return absolute(reverse(f"directory:{name}", args=[service.slug, *arguments]), request)
