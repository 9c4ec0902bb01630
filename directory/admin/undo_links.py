"""The link that takes back what was just done."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.admin.requests import staff
from directory.editions.turn import publishing_turn
from directory.models import Revision
from directory.models.recording import Recording, record


def undo_url(revision: Revision) -> str:
    """The address of the page that shows what undoing a revision does, and does it."""
    return reverse("admin:directory_revision_undo", args=[revision.pk])


def offer_undo(request: HttpRequest, revision: Revision | None) -> None:
    """Add a link to undo it to the messages of the user, if he may see changes; nothing for None:
    nothing was changed."""
    if revision is None or not request.user.has_perm("directory.view_revision"):
        return
    is_undone = revision.action == Revision.Action.UNDONE
    text = _("Undo this after all") if is_undone else _("Undo this change")
    link = format_html('<a class="undo" href="{}">{}</a>', undo_url(revision), text)
    messages.success(request, link, extra_tags="undo")


@contextmanager
def act(request: HttpRequest, action: str) -> Iterator[Recording]:
    """A transaction, in the publishing turn, in which the user does something that is recorded as
    one revision; then it is offered to undo it. Nothing is offered after an exception."""
    with publishing_turn(), record(staff(request), action) as recording:
        yield recording
    offer_undo(request, recording.revision)
