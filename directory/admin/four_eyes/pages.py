"""The pages of proposals: those that wait, and one of them with what it does and two buttons."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import preview
from directory.admin.four_eyes import gate, people, proposal_mails, publishing
from directory.admin.pages import PagesMixin
from directory.admin.publication import tell_published
from directory.admin.putting_back import Refused
from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import staff
from directory.admin.revision_links import object_url
from directory.admin.undo_links import offer_undo
from directory.admin.visible_models import may_view
from directory.audit.log import note
from directory.contacts.text import tidy
from directory.models import Event, Proposal
from directory.models.address_fields import TidyFormField
from directory.models.proposals import PERMISSION
from directory.revisions import words
from directory.revisions.obstacles import Obstacle

# Of what waits, for telling which came before another on the same rows.
COMPARED_AT_MOST = 200
PUBLISH, REFUSE, TAKE_BACK = "_publish", "_refuse", "_take_back"


class RefusalForm(forms.Form):
    """Why a proposal is refused."""

    reason = TidyFormField(
        tidy=tidy,
        label=gettext_lazy("Reason for refusing"),
        error_messages={"required": gettext_lazy("Write why: who proposed it reads that.")},
        max_length=Proposal._meta.get_field("reason").max_length,
        help_text=gettext_lazy("Who proposed it reads it."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )


class StateFilter(admin.SimpleListFilter):
    """Those that wait, until somebody asks for others."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        decided = [each for each in Proposal.State.choices if each[0] != Proposal.State.WAITING]
        return [*decided, ("all", _("All of them"))]

    def choices(self, changelist: Any) -> Any:
        # What Django calls “All” are those that wait.
        first, *others = super().choices(changelist)
        yield {**first, "display": capfirst(Proposal.State.WAITING.label)}
        for each in others:
            yield {**each, "display": capfirst(each["display"])}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        known = self.value() in Proposal.State.values
        return queryset.filter(state=self.value() if known else Proposal.State.WAITING)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyMixin, PagesMixin):
    """Acts that wait for a second person. Who made one sees it, and those who may publish; what it
    says of models that somebody may not see is left out."""

    also_called = gettext_lazy("four eyes, second person, approve, approval, waiting, pending")
    list_display = ["what", "made_by", "when", "state", "decided_by"]
    list_display_links = ["what"]
    list_filter = [StateFilter]
    search_fields = ["object_name__folded"]
    ordering = ["-made_at", "-pk"]
    actions = None

    # ---- Who may what ------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.made_by_id == request.user.pk:
            return True
        may = super().has_view_permission(request, obj) or request.user.has_perm(PERMISSION)
        return may and (obj is None or self._may_see(request, obj))

    def _may_see(self, request: HttpRequest, obj: Proposal) -> bool:
        """Whether the user may see what it is about."""
        model: Any = obj.content_type and obj.content_type.model_class()
        return model is None or may_view(request, model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ("made_by", "decided_by", "undoes", "content_type")
        found = super().get_queryset(request).select_related(*related)
        may_see_people = request.user.has_perm("auth.view_user")
        if not may_see_people:
            found = found.filter(Q(made_by=staff(request)) | ~Q(content_type__app_label="auth"))
        return found

    # ---- The list ----------------------------------------------------------------------------

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": _("Proposals"), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=gettext_lazy("proposed at"), ordering="made_at")
    def when(self, obj: Proposal) -> str:
        """The instant, in short."""
        return formats.date_format(timezone.localtime(obj.made_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("what"), ordering="object_name")
    def what(self, obj: Proposal) -> SafeString:
        """The act, and what it is about."""
        return format_html("{}", named(obj))

    # ---- One of them -------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.decide_view)
        return [
            path("<int:pk>/decide/", view, name=self.url_name("decide")),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What one proposes, row by row, and what becomes of the public pages."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        proposal = self._proposal(request, object_id)
        if proposal.made_by_id == staff(request).pk and not proposal.is_waiting:
            Proposal.objects.filter(pk=proposal.pk, read_at=None).update(read_at=timezone.now())
        return self._page(request, proposal)

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish, refuse or take back a proposal."""
        proposal = self._proposal(request, str(pk))
        if request.method != "POST":
            return HttpResponseRedirect(self.url("change", pk))
        act = publishing.of(request, proposal)
        is_own = proposal.is_of(staff(request))
        if TAKE_BACK in request.POST and proposal.made_by_id == staff(request).pk:
            return self._ended(request, act, act.take_back, _("The proposal is taken back."))
        if is_own or not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if REFUSE in request.POST:
            form = RefusalForm(request.POST)
            if not form.is_valid():
                return self._page(request, proposal, form)
            reason = form.cleaned_data["reason"]
            done = _("The proposal is refused. %s is told why.") % proposal.made_by
            return self._ended(request, act, lambda: act.refuse(reason), done)
        if PUBLISH not in request.POST:
            return HttpResponseRedirect(self.url("change", pk))
        return self._publish(request, act)

    def _publish(self, request: HttpRequest, act: publishing.Publishing) -> HttpResponse:
        if act.proposal.is_sealed:
            gate.confirm(request, act.proposal.warnings)
        try:
            revision = act.do()
        except Refused as refused:
            if not act.proposal.is_sealed:
                note(Event.PROPOSAL_ALTERED, request=request, about=act.proposal)
            return self._page(request, act.proposal, refusals=refused.obstacles, status=409)
        message = _("Published: what %s proposed.") % act.proposal.made_by
        messages.success(request, message)
        proposal_mails.tell_author(request, act.proposal)
        if act.services or act.editions:
            tell_published(request, act.services, act.editions)
        offer_undo(request, revision)
        return HttpResponseRedirect(self.url("change", act.proposal.pk))

    def _ended(
        self, request: HttpRequest, act: publishing.Publishing, end: Any, done: str
    ) -> HttpResponse:
        try:
            end()
        except Refused as refused:
            return self._page(request, act.proposal, refusals=refused.obstacles, status=409)
        messages.success(request, done)
        if act.proposal.state == Proposal.State.REFUSED:
            proposal_mails.tell_author(request, act.proposal)
        return HttpResponseRedirect(self.url("changelist"))

    def _proposal(self, request: HttpRequest, key: str) -> Proposal:
        found: Any = self.get_object(request, key)
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def _page(
        self,
        request: HttpRequest,
        proposal: Proposal,
        form: RefusalForm | None = None,
        refusals: list[Obstacle] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        act, person = publishing.of(request, proposal), staff(request)
        is_own = proposal.is_of(person)
        may_decide = proposal.is_waiting and person.has_perm(PERMISSION) and not is_own
        effect = None
        if proposal.is_waiting and refusals is None:
            refusals, effect = act.trial()
        if is_own:
            # Its author may not publish it anyway, and is told that in other words.
            lacking = set(act.lacking_rights())
            refusals = [each for each in refusals or [] if each.message not in lacking]
        changes = [each for each in act.kept_changes if may_view(request, each.model)]
        rows = words.in_words(changes)
        decided = "" if proposal.is_waiting else publishing.decided(proposal)
        context = self.page_context(
            request,
            named(proposal),
            subtitle=None,
            proposal=proposal,
            obstacles=refusals,
            effect=effect,
            rows=rows,
            more_rows=len(act.kept_changes) - len(rows),
            form=form or RefusalForm(),
            may_decide=may_decide,
            may_publish=may_decide and not refusals,
            is_own=is_own,
            may_take_back=proposal.is_waiting and proposal.made_by_id == person.pk,
            decided=decided,
            earlier=self._earlier(proposal) if proposal.is_waiting else [],
            nobody_else=people.NOBODY_ELSE
            if is_own and proposal.is_waiting and not people.publishers(proposal)
            else "",
            thing_url=thing_url(proposal),
            knowingly=preview.KNOWINGLY,
        )
        context["media"] += context["form"].media
        template = "admin/directory/proposal/proposal.html"
        return TemplateResponse(request, template, context, status=status)

    def _earlier(self, proposal: Proposal) -> list[Proposal]:
        """The others that wait on some of the same rows. One query."""
        own = set(proposal.touched.strip("|").split("|")) - {""}
        others = Proposal.objects.waiting().exclude(pk=proposal.pk).select_related("made_by")
        return [
            other
            for other in others.defer("rows", "entries", "effect")[:COMPARED_AT_MOST]
            if not own.isdisjoint(other.touched.strip("|").split("|"))
        ]


def named(proposal: Proposal) -> str:
    """What a proposal does to what, as a title: “Change: Contact point “Phone””."""
    model: Any = proposal.content_type and proposal.content_type.model_class()
    thing = words.called(model, proposal.object_name) if model else ""
    name = f"{proposal.what}: {thing or proposal.object_name}"
    return f"{name} +{proposal.others}" if proposal.others else name


def thing_url(proposal: Proposal) -> str:
    """The form of what a proposal is about; empty where that is not there."""
    model: Any = proposal.content_type and proposal.content_type.model_class()
    if model is None or not model._base_manager.filter(pk=proposal.object_id or 0).exists():
        return ""
    return object_url(model, proposal.object_id)
