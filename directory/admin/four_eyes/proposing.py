"""An act becomes a proposal: what it did is kept, and what would become of the public pages."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.admin import preview, saved_once
from directory.admin.four_eyes import people, proposal_mails, publishing
from directory.admin.requests import staff
from directory.audit.log import note
from directory.editions.turn import publishing_turn
from directory.models import Event, Proposal
from directory.models.recording import Recording
from directory.revisions import obstacles
from directory.revisions.row_changes import RowChange

SERVICES_AT_MOST = 20


@dataclass
class Draft:
    """What an act did, taken out of the transaction that is rolled back."""

    values: dict[str, Any]
    changes: list[RowChange]
    entries: list[list[Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, recording: Recording, changes: list[RowChange], warnings: list[str]) -> "Draft":
        """That of an act that was recorded."""
        revision: Any = recording.revision
        names = ("action", "object_id", "object_name", "others", "message", "content_type")
        values = {name: getattr(revision, name) for name in (*names, "undoes")}
        entries = [
            [
                _label(each.content_type_id),
                *(each.object_id, each.object_repr, each.action_flag, each.change_message),
            ]
            for each in recording.told
        ]
        return cls(values, changes, entries, warnings)


def propose(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Store a proposal of who sends the request, tell those who may publish it, and answer."""
    # Nobody else stores the same form between the look and the end.
    with publishing_turn():
        if answer := saved_once.first_answer(request):
            return answer
        author = staff(request)
        proposal = Proposal(
            **draft.values,
            made_at=timezone.now(),
            made_by=author,
            made_by_email=author.email,
            rows=[[c.model._meta.label_lower, c.key, c.now, c.then] for c in draft.changes],
            entries=draft.entries,
            warnings=draft.warnings,
            touched=_touched(draft),
        )
        refusals, effect = publishing.of(request, proposal).trial()
        if refusals:
            messages.error(request, obstacles.told(refusals))
            return HttpResponseRedirect(request.get_full_path())
        proposal.effect = _in_words(effect)
        proposal.put_seal()
        proposal.save()
        note(Event.PROPOSAL_MADE, request=request, about=proposal, action=proposal.action)
        transaction.on_commit(
            lambda: proposal_mails.tell_publishers(request, proposal), robust=True
        )
        answer = _proposed(request, proposal)
        saved_once.remember(request, answer)
    return answer


def _proposed(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    others = people.publishers(proposal)
    url = reverse("admin:directory_proposal_change", args=[proposal.pk])
    if IS_POPUP_VAR in request.POST:
        context = {"proposal": proposal, "url": url, "is_popup": True}
        context |= {"others": others, "nobody_else": people.NOBODY_ELSE}
        return TemplateResponse(request, "admin/four_eyes/proposed_popup.html", context)
    messages.success(request, _("Proposal saved: somebody else publishes it."))
    if not others:
        messages.warning(request, people.NOBODY_ELSE)
    return HttpResponseRedirect(url)


def _touched(draft: Draft) -> str:
    named = {f"{each.model._meta.label_lower}:{each.key}" for each in draft.changes if each.now}
    named |= {f"{label}:{key}" for label, key, *_rest in draft.entries}
    return f"|{'|'.join(sorted(named))}|"


def _label(content_type_id: int | None) -> str:
    kind = ContentType.objects.get_for_id(content_type_id or 0)
    return f"{kind.app_label}.{kind.model}"


def _in_words(effect: preview.Effect | None) -> list[dict[str, Any]]:
    """What becomes of public pages, as JSON has it."""
    if effect is None:
        return []
    groups = [(each.services, [*each.sentences]) for each in effect.groups]
    groups += [(effect.appearing, [_("New: customers find a page from now on")])]
    groups += [(effect.withdrawn, [_("Withdrawn: customers find no page any more")])]
    return [
        {
            "services": [str(service) for service in services[:SERVICES_AT_MOST]],
            "more": max(0, len(services) - SERVICES_AT_MOST),
            "sentences": sentences,
        }
        for services, sentences in groups
        if services
    ]
