"""Mails about proposals: to those who may publish a new one, to its author when it is decided."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.admin.four_eyes import mails, people
from directory.models import Proposal


def tell_publishers(request: HttpRequest, proposal: Proposal) -> None:
    """Write to those who may publish it that it waits."""
    with override(settings.LANGUAGE_CODE):
        subject = _("A proposal waits: %s") % proposal
    mails.send(people.publishers(proposal), subject, "proposal_made", _context(request, proposal))


def tell_author(request: HttpRequest, proposal: Proposal) -> None:
    """Write to who made it what has become of it."""
    with override(settings.LANGUAGE_CODE):
        is_published = proposal.state == Proposal.State.PUBLISHED
        subject = _("Your proposal is published: %s") if is_published else None
        subject = (subject or _("Your proposal was refused: %s")) % proposal
    mails.send([proposal.made_by], subject, "proposal_decided", _context(request, proposal))


def _context(request: HttpRequest, proposal: Proposal) -> dict[str, object]:
    url = reverse("admin:directory_proposal_change", args=[proposal.pk])
    return {
        "proposal": proposal,
        "author": mails.named(proposal.made_by),
        "who": proposal.decided_by and mails.named(proposal.decided_by),
        "is_published": proposal.state == Proposal.State.PUBLISHED,
        "link": mails.site(request) + url,
        "organization": settings.ORGANIZATION.name,
    }
