"""What the start page tells of proposals."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.admin.dashboard import Attention, Dashboard, Link, register_attention
from directory.admin.requests import staff
from directory.models import Proposal
from directory.models.proposals import PERMISSION

TOLD_AT_MOST = 5


def proposals(page: Dashboard) -> Iterator[Attention]:
    """How many wait for the user, and what has become of the own ones. Two queries."""
    person = staff(page.request)
    listed = reverse("admin:directory_proposal_changelist")
    if person.has_perm(PERMISSION):
        count = Proposal.objects.for_publisher(person).count()
        if count:
            text = ngettext("%d proposal waits.", "%d proposals wait.", count) % count
            yield Attention("warning", text, Link(_("Look at them"), listed))
    untold = Proposal.objects.untold(person).select_related("decided_by")
    for each in untold.defer("rows", "entries", "effect")[:TOLD_AT_MOST]:
        if each.state == Proposal.State.PUBLISHED:
            text = _("%(who)s published your proposal: %(what)s")
        else:
            text = _("%(who)s refused your proposal: %(what)s")
        url = reverse("admin:directory_proposal_change", args=[each.pk])
        words = text % {"who": each.decided_by, "what": each}
        yield Attention("info", words, Link(_("Read it"), url))


def register() -> None:
    """Put it on the start page."""
    register_attention(proposals, order=5)
