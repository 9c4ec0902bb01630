"""Notices in the back office: a sentence to set one, a click to end it."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, F, Model, QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.change_log import changes_since, row_key
from directory.admin.change_messages import change_in_words
from directory.admin.codes import CodeFromName
from directory.admin.findings import FindingsMixin
from directory.admin.moments import MomentField, MomentWidget
from directory.admin.notices_shown import announce_url, shown
from directory.admin.publication import PublishingAdmin
from directory.admin.requests import redirect_back
from directory.admin.row_keys import may_be_key
from directory.admin.undo_links import act
from directory.admin.where_used import change_link
from directory.answers import instants
from directory.answers.search import LONGEST
from directory.contacts.kinds import VALUE_FIELDS
from directory.editions.turn import publishing_turn
from directory.models import Channel, ContactPoint, Notice, Revision, Service
from directory.models.notices import SUBJECTS, NoticeState

FOUND_AT_MOST = 20
# What a notice is on, by field; nothing for all services.
Subject = dict[str, Model]


def given_subject(query: QueryDict) -> Subject | None:
    """What the address of a new notice says that it is on; None where that is to be chosen."""
    if "all" in query:
        return {}
    for name in SUBJECTS:
        key = query.get(name, "")
        rows: QuerySet = Notice._meta.get_field(name).related_model._default_manager.all()  # type: ignore[union-attr]
        if may_be_key(key) and (row := rows.filter(pk=key).first()):
            return {name: row}
    return None


def _short(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


class NoticeForm(CodeFromName):
    """A notice; a new one may be on what the address says."""

    code_from = ("text",)
    given: Subject = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            for name, row in self.given.items():
                setattr(self.instance, name, row)
            if "text" in self.fields:
                self.fields["text"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and not self.data.get(f"{self.add_prefix('until')}_0"):
            # A time without a day is of the day on which it begins.
            there = timezone.localtime(until)
            first = timezone.localdate(since)
            cleaned["until"] = there.replace(year=first.year, month=first.month, day=first.day)
        return cleaned


class StateFilter(admin.SimpleListFilter):
    """What has become of them."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return NoticeState.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        value = self.value()
        if value not in NoticeState.values:
            return queryset
        return queryset.in_state(NoticeState(value), instants.now())


@admin.register(Notice)
class NoticeAdmin(FindingsMixin, PublishingAdmin):
    """Notices, and those that were: what has ended is history, and stays as it is."""

    is_shown_when_added = True
    form = NoticeForm
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["text"]}
    search_order = 60
    also_called = gettext_lazy("failures, outages, out of order, maintenance, alerts")
    list_display = ["text", "state", "subject", "severity", "begins", "ends"]
    list_filter = [StateFilter, "severity"]
    ordering = [F("ended_at").desc(nulls_first=True), "-since", "-pk"]
    search_fields = [
        "text__folded",
        "code",
        "service__name__folded",
        "channel__title__folded",
        "channel__service__name__folded",
        "contact_point__label__folded",
        *(f"contact_point__{field}" for field in VALUE_FIELDS),
    ]
    search_help_text = gettext_lazy("Text, service, channel, number or address")
    autocomplete_fields = [*SUBJECTS]
    radio_fields = {"severity": admin.VERTICAL}
    formfield_overrides = {
        DateTimeField: {
            "form_class": MomentField,
            "widget": MomentWidget,
            # Forms here compare with what was shown by themselves.
            "show_hidden_initial": False,
        }
    }
    readonly_fields = ["subject", "state"]

    # ---- Lists ------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        rows: Any = super().get_queryset(request)
        return rows.with_subjects()

    @admin.display(description=gettext_lazy("state"))
    def state(self, obj: Notice) -> str:
        """What has become of it, and since when it has ended."""
        state = obj.state_at(instants.now())
        if obj.ended_at is None:
            return str(capfirst(state.label))
        words = {"state": capfirst(state.label), "at": _short(obj.ended_at)}
        return _("%(state)s on %(at)s") % words

    @admin.display(description=gettext_lazy("since"), ordering="since")
    def begins(self, obj: Notice) -> str:
        """Since when."""
        return _short(obj.since)

    @admin.display(description=gettext_lazy("until"), ordering="until")
    def ends(self, obj: Notice) -> str:
        """Until when, as far as that is known."""
        return _short(obj.until) if obj.until else _("until further notice")

    @admin.display(description=gettext_lazy("what it is on"))
    def subject(self, obj: Notice) -> str:
        """What it is on, with a link."""
        return change_link(obj.subject) if obj.subject else capfirst(_("all services"))

    # ---- Forms ------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        what = ["text", "severity", "since", "until"]
        for_imports = (
            _("Code by which imports recognise it"),
            {"fields": ["code"], "classes": ["collapse"]},
        )
        if obj:
            return [(None, {"fields": ["subject", "state", *what]}), for_imports]
        if given_subject(request.GET) is not None:
            return [(None, {"fields": ["subject", *what]}), for_imports]
        choice = {"fields": [*SUBJECTS], "description": _("One of these; none: all services.")}
        return [(None, {"fields": what}), (_("What it is on"), choice), for_imports]

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            form.given = given_subject(request.GET) or {}
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and obj and obj.ended_at is None:
            context["notices"] = shown([obj], instants.now())
        return super().render_change_form(request, context, add, change, form_url, obj)

    # ---- What has ended ---------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_history = obj is not None and obj.ended_at is not None
        return not is_history and super().has_change_permission(request, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Nobody else ends it between this look and the end.
        with publishing_turn():
            notice: Any = self.get_object(request, unquote(object_id))
            if notice and notice.ended_at and self.has_change_permission(request):
                self._tell_ended(request, notice)
                return HttpResponseRedirect(request.get_full_path())
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/end/", view(self.end_view), name=self.url_name("end")),
            path("subjects/", view(self.subjects_view), name=self.url_name("subjects")),
            *super().get_urls(),
        ]

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End a notice, or call off one that has not begun, on POST, and publish."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        with act(request, Revision.Action.CHANGED):
            notice: Any = self.get_object(request, str(pk))
            if notice is None:
                message = _("What you selected was deleted meanwhile.")
                self.message_user(request, message, messages.WARNING)
            elif notice.ended_at:
                self._tell_ended(request, notice)
            else:
                self._end(request, notice)
        return redirect_back(request, self.url("changelist"))

    def _end(self, request: HttpRequest, notice: Notice) -> None:
        services = self.services_showing([notice])
        now = instants.now()
        notice.end(now)
        at = formats.date_format(timezone.localtime(now), "DATETIME_FORMAT")
        field = Notice._meta.get_field("ended_at")
        change = change_in_words(field.verbose_name, _("empty"), at)
        self.log_change(request, notice, [{"changed": {"fields": [change]}}])
        message = _("Ended: “%(notice)s”") % {"notice": notice}
        self.message_user(request, message, messages.SUCCESS)
        self._publish(request, services)

    def _tell_ended(self, request: HttpRequest, notice: Any) -> None:
        """Tell the user who ended it before, and when."""
        log = changes_since(notice.ended_at.isoformat(), [row_key(notice)])
        who = log[0].user if log else _("an import or a command")
        message = _("It has already ended (%(who)s, %(at)s): “%(notice)s”")
        values = {"who": who, "at": _short(notice.ended_at), "notice": notice}
        self.message_user(request, message % values, messages.WARNING)

    # ---- What a new one is on ---------------------------------------------------------------

    def subjects_view(self, request: HttpRequest) -> HttpResponse:
        """What `q` finds that a notice can be on, each with a link to the form of a new one; to the
        form itself if that is one thing alone."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        groups = [
            (model._meta.verbose_name_plural, self._found(request, model, text))
            for model in (Service, Channel, ContactPoint)
        ]
        found = [row for _name, rows in groups for row in rows]
        if text and len(found) == 1:
            return HttpResponseRedirect(announce_url(found[0]))
        context = self.page_context(
            request,
            _("Announce a failure"),
            query=text,
            all_url=announce_url(),
            groups=[
                (name, [(row, announce_url(row)) for row in rows[:FOUND_AT_MOST]])
                for name, rows in groups
                if rows
            ],
            is_cut=any(len(rows) > FOUND_AT_MOST for _name, rows in groups),
        )
        return TemplateResponse(request, "admin/directory/notice/subjects.html", context)

    def _found(self, request: HttpRequest, model: type[Model], text: str) -> list[Any]:
        model_admin: Any = self.admin_site.get_model_admin(model)
        rows = model_admin.get_queryset(request)
        found, _may_repeat = model_admin.get_search_results(request, rows, text)
        related = model_admin.list_select_related or ()
        keys = found.order_by().values("pk")
        rows = model._default_manager.filter(pk__in=keys).select_related(*related)
        return list(rows[: FOUND_AT_MOST + 1])
