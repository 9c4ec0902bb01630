"""All changes: who did what when, each with the way back."""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.pages import PagesMixin
from directory.admin.publication import tell_published
from directory.admin.putting_back import Act, Refused, Restoring, Undoing
from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import staff
from directory.admin.revision_links import named, object_url, others, page_now, summary, thing_url
from directory.admin.undo_links import offer_undo, undo_url
from directory.admin.visible_models import may_view, visible_models
from directory.models import Revision
from directory.models.recording import is_recorded
from directory.revisions import obstacles, row_changes, words
from directory.revisions.obstacles import Obstacle
from directory.revisions.row_changes import RowChange


class KindFilter(admin.SimpleListFilter):
    """What they are about."""

    title = gettext_lazy("kind of thing")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        models = [model for model in visible_models(request) if is_recorded(model)]
        names = [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in models]
        return sorted(names, key=lambda named: str(named[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        app_label, _dot, model = (self.value() or "").partition(".")
        if not model:
            return queryset
        kind = {"content_type__app_label": app_label, "content_type__model": model}
        return queryset.filter(**kind)


class WhoFilter(admin.SimpleListFilter):
    """Who made them."""

    title = gettext_lazy("who")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        staff_users = User.objects.filter(is_staff=True).order_by("username")[:100]
        own = ("me", _("me"))
        return [own, *((user.username, user) for user in staff_users if user != request.user)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "me":
            return queryset.filter(made_by=staff(request))
        return queryset.filter(made_by__username=self.value()) if self.value() else queryset


@admin.register(Revision)
class RevisionAdmin(ReadOnlyMixin, PagesMixin):
    """All changes, one line each: to read, and to undo."""

    list_display = ["when", "who", "what", "told", "way_back"]
    list_display_links = ["when"]
    list_filter = [WhoFilter, KindFilter, "action", ("made_at", admin.DateFieldListFilter)]
    list_select_related = [
        "made_by",
        "proposed_by",
        "content_type",
        "undone_by__made_by",
        "undone_by__proposed_by",
    ]
    search_fields = ["object_name__folded", "entries__object_repr__folded"]
    ordering = ["-made_at", "-pk"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        kinds = ContentType.objects.get_for_models(*visible_models(request)).values()
        return super().get_queryset(request).filter(content_type__in=[kind.pk for kind in kinds])

    # ---- The list --------------------------------------------------------------------------

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # Django looks for the object first, and nobody without the permission sees any.
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"title": _("All changes"), **(extra_context or {})}
        )

    @admin.display(description=gettext_lazy("when"), ordering="made_at")
    def when(self, obj: Revision) -> str:
        """The instant, in short."""
        return formats.date_format(timezone.localtime(obj.made_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("made by"), ordering="made_by__username")
    def who(self, obj: Revision) -> str:
        """Who made it, and who proposed it if anybody did."""
        return obj.who or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("what"), ordering="object_name")
    def what(self, obj: Revision) -> SafeString:
        """The action and the thing, with a link to it, and how many others."""
        return format_html(
            '{}: <a href="{}">{}</a>{}',
            obj.get_action_display(),
            thing_url(obj),
            named(obj),
            others(obj),
        )

    @admin.display(description=gettext_lazy("in words"))
    def told(self, obj: Revision) -> str:
        """What its entry in the history says."""
        return obj.in_words if obj.message else ""

    @admin.display(description=gettext_lazy("way back"))
    def way_back(self, obj: Revision) -> SafeString | str:
        """The link that undoes it, or who did."""
        if undone_by := getattr(obj, "undone_by", None):
            return _("undone: %s") % obstacles.who_and_when(undone_by)
        return format_html('<a href="{}">{}</a>', undo_url(obj), _("Undo…"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What one revision changed, row by row."""
        revision = self.get_object(request, object_id)
        is_read = request.method in ("GET", "HEAD")
        if not (is_read and self.has_view_permission(request, revision)):
            raise PermissionDenied
        if revision is None:
            raise Http404
        changes = row_changes.opposite(revision)
        return self._page(
            request, "change", _("What was changed"), revision, changes, reads_forward=True
        )

    # ---- Undoing ---------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, self.url_name
        restore = "<int:pk>/restore/<slug:app_label>/<slug:model_name>/<int:key>/"
        return [
            path("<int:pk>/undo/", view(self.undo_view), name=name("undo")),
            path(restore, view(self.restore_view), name=name("restore")),
            *super().get_urls(),
        ]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what undoing a revision does; on POST do it."""
        revision = self._revision(request, pk)
        act = Undoing(request, revision)
        if request.method == "POST":
            act.refuse_without_rights()
            try:
                recorded = act.do()
            except Refused as refused:
                return self._act_page(request, act, refused.obstacles, status=409)
            messages.success(request, _("Undone: %s.") % summary(revision))
            tell_published(request, act.services, act.editions)
            offer_undo(request, recorded)
            return HttpResponseRedirect(page_now(revision))
        return self._act_page(request, act)

    def restore_view(
        self, request: HttpRequest, pk: int, app_label: str, model_name: str, key: int
    ) -> HttpResponse:
        """Show what makes an object what it was after a revision; on POST do what is ticked."""
        revision = self._revision(request, pk)
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError as error:
            raise Http404 from error
        if not is_recorded(model):
            raise Http404
        if not may_view(request, model):
            raise PermissionDenied
        act = Restoring(request, revision, model, key)
        if request.method != "POST":
            return self._act_page(request, act)
        act.refuse_without_rights()
        if request.POST.get("seen") != act.fingerprint:
            changed = _("Something changed meanwhile. This is what happens now.")
            messages.warning(request, changed)
            return self._act_page(request, act, status=409)
        if "_preview" in request.POST:
            return self._act_page(request, act)
        try:
            recorded = act.do()
        except Refused as refused:
            return self._act_page(request, act, refused.obstacles, status=409)
        messages.success(request, _("“%s” is put back as it was.") % act.name)
        tell_published(request, act.services, act.editions)
        offer_undo(request, recorded)
        return HttpResponseRedirect(object_url(model, key))

    def _revision(self, request: HttpRequest, pk: int) -> Revision:
        if not self.has_view_permission(request):
            raise PermissionDenied
        related = self.get_queryset(request).select_related(*self.list_select_related)
        revision: Revision | None = related.filter(pk=pk).first()
        if revision is None:
            raise Http404
        return revision

    def _act_page(
        self,
        request: HttpRequest,
        act: Act,
        refusals: list[Obstacle] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        effect = None
        if refusals is None:
            refusals, effect = act.trial()
        response = self._page(
            request,
            act.page,
            act.title,
            act.revision,
            act.all_changes,
            act=act,
            obstacles=refusals,
            effect=effect,
            hidden_facts=act.facts_besides(words.ROWS_AT_MOST),
        )
        response.status_code = status
        return response

    def _page(
        self,
        request: HttpRequest,
        page: str,
        title: str,
        revision: Revision,
        changes: list[RowChange],
        **context: Any,
    ) -> HttpResponse:
        shown = [change for change in changes if may_view(request, change.model)]
        rows = words.in_words(shown)
        context = self.page_context(
            request,
            title,
            revision=revision,
            what=summary(revision),
            thing_url=thing_url(revision),
            undo_url=undo_url(revision),
            rows=rows,
            more_rows=len(changes) - len(rows),
            **context,
        )
        return TemplateResponse(request, f"admin/directory/revision/{page}.html", context)
