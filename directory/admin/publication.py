"""The admin of what the public pages show: publishes each change, and shows its effect before."""

import logging
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.admin import deletions, preview
from directory.admin import protected as protection
from directory.admin.change_messages import ChangesInWordsMixin
from directory.admin.codes import CodeFromName
from directory.admin.conflicts import ConflictsMixin
from directory.admin.four_eyes import risks
from directory.admin.histories import HistoriesMixin
from directory.admin.reopened import ask_to_reopen
from directory.admin.requests import staff
from directory.admin.row_keys import AutocompletesMixin, PossibleKeysMixin
from directory.admin.undo_links import act, offer_undo
from directory.editions import dry_run
from directory.editions.new_editions import NewEditions
from directory.editions.publish import publish
from directory.editions.turn import publishing_turn
from directory.models import Revision, Service
from directory.models.recording import log, record, watch
from directory.upkeep.checks import misleading
from directory.upkeep.naming import and_more

NAMED_AT_MOST = 8

logger = logging.getLogger(__name__)


class PublishingAdmin(
    HistoriesMixin, ConflictsMixin, ChangesInWordsMixin, AutocompletesMixin, PossibleKeysMixin
):
    """A model whose changes reach the public pages.

    The model's `services()` gives the services that show a row. It is called before the change and
    after it: a change can take a row away from a service as well as add it to one.

    Shows the effect before saving (`directory.admin.preview`), and who changed the same row
    meanwhile, on saving (`directory.admin.conflicts`) and on deleting
    (`directory.admin.deletions`).
    """

    # The fields that are read-only once the row is stored.
    fixed_fields: Sequence[str] = ()
    # Whether a new row is on public pages at once, and not only where something uses it.
    is_shown_when_added = False

    # ---- Forms ------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, *self.fixed_fields] if obj else fields

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Sequence[str]]:
        # Names change; codes and addresses stay. Codes are made when the form is saved.
        fields = {} if obj else super().get_prepopulated_fields(request, obj)
        return {name: sources for name, sources in fields.items() if name != "code"}

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        mixins: list[type] = []
        attributes: dict[str, Any] = {}
        if "code" in form.base_fields and not issubclass(form, CodeFromName):
            mixins.append(CodeFromName)
            sources = super().get_prepopulated_fields(request, None)
            attributes["code_from"] = tuple(sources.get("code", CodeFromName.code_from))
            attributes["code_within"] = "service" if "service" in form.base_fields else ""
        metaclass: Any = type(form)
        return metaclass(form.__name__, (*mixins, form), attributes)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        may_save = self.has_change_permission(request, obj) if change else add
        if may_save:
            context["publishes"] = self.publishes(obj if change else None)
            context["waits"] = settings.FOUR_EYES == "all"
        if may_save and not context["is_popup"]:
            context["offers_preview"] = True
            context["show_save_and_add_another"] = add
        return super().render_change_form(request, context, add, change, form_url, obj)

    def publishes(self, obj: Model | None) -> bool:
        """Whether public pages show the row, or a new one, so that to save it is to publish it."""
        if obj is None:
            return self.is_shown_when_added
        return Service.objects.showing([obj]).published().exists()

    # ---- Saving -----------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        action = Revision.Action.CHANGED if object_id else Revision.Action.ADDED
        try:
            with publishing_turn(), record(staff(request), action) as recording:
                response = super().changeform_view(request, object_id, form_url, extra_context)
        except preview.Rollback as trial:
            return self._show_effect(request, object_id, trial.effect)
        except IntegrityError:
            # Only other programs send what the checks of the form pass and the database refuses.
            logger.warning("Refused by the database: %s", request.path, exc_info=True)
            message = _(
                "Nothing was saved: it does not fit to what is stored now. What you typed is still "
                "here: look at it and save again."
            )
            self.message_user(request, message, messages.ERROR)
            ask_to_reopen(request)
            return super().changeform_view(request, object_id, form_url, extra_context)
        if IS_POPUP_VAR not in request.POST:
            offer_undo(request, recording.revision)
        return response

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        # An empty `_to_field` names no field.
        return super().get_object(request, object_id, from_field or None)

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        """Left to `save_related`, which needs the services before the change and after it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the object and its rows, and publish."""
        reached = [row for formset in formsets for row in formset.reached()]
        stored = self.model.objects.filter(pk=form.instance.pk)
        before = self.services_showing([*stored, *reached])
        rows = (each.instance for each in chain(*formsets) if each.has_changed())
        watch([form.instance, *rows])
        of_rows = [text for formset in formsets for text in formset.warnings()]
        super().save_model(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)
        self.before_publishing(form)
        after = self.services_showing([form.instance, *reached])
        warnings = [*_address_warnings(form, formsets), *self.warnings(form), *of_rows]
        is_known = preview.KNOWINGLY in request.POST
        # A pop-up has one button.
        may_ask = not is_known and (warnings or IS_POPUP_VAR in request.POST)
        if may_ask or "_preview" in request.POST:
            effect = preview.effect({**after, **before})
            effect.warnings = warnings
            if warnings or effect.is_any or "_preview" in request.POST:
                effect.waits = risks.would_wait(effect.is_any)
                effect.context = self.effect_context(form)
                raise preview.Rollback(effect)
        for row in (row for formset in formsets for row in formset.made):
            self.log_addition(request, row, [{"added": {}}])
        for row in reached:
            words = _("Changed in the form of “%(name)s”.") % {"name": form.instance}
            self.log_change(request, row, words)
        self._publish(request, after | before)

    def before_publishing(self, form: Any) -> None:
        """Called when the rows of the form are stored: what else goes with them."""

    def effect_context(self, form: Any) -> dict[str, Any]:
        """What the page that shows the effect tells besides of a form whose rows stand in this
        transaction."""
        return {}

    def warnings(self, form: Any) -> list[str]:
        """What to know before saving the form, whose rows stand in this transaction, in words. It
        is saved only by who has read that."""
        return []

    def _show_effect(
        self, request: HttpRequest, object_id: str | None, effect: preview.Effect
    ) -> TemplateResponse:
        context = self.page_context(
            request,
            _("What changes on the public pages"),
            original=self.get_object(request, unquote(object_id)) if object_id else None,
            effect=effect,
            typed=preview.typed(request.POST),
            knowingly=preview.KNOWINGLY,
            is_popup=IS_POPUP_VAR in request.POST,
            **effect.context,
        )
        return TemplateResponse(request, "admin/effect.html", context)

    # ---- Deleting ---------------------------------------------------------------------------

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        try:
            with act(request, Revision.Action.DELETED):
                return super().delete_view(request, object_id, extra_context)
        except IntegrityError:
            deletions.report_in_use(self, request)
            return HttpResponseRedirect(self.url("changelist"))

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        one = self.model.objects.filter(pk=context["object"].pk)
        status = deletions.add_state(self, request, one, context)
        response = super().render_delete_form(request, context)
        response.status_code = status
        return response

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in actions:
            _func, name, description = actions["delete_selected"]
            actions["delete_selected"] = (deletions.delete_selected, name, description)
        return actions

    def get_deleted_objects(self, objs: Sequence[Any] | QuerySet, request: HttpRequest) -> tuple:
        """As Django's; what is in use, or not as it was shown, is protected from being deleted."""
        if uses := protection.uses(objs):
            # This reason comes before missing permissions.
            return [], {}, set(), uses
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        objects = self.model.objects.filter(pk__in=[obj.pk for obj in objs])
        if not lacking and deletions.is_stale(self, request, objects):
            protected = [_("This was changed meanwhile")]
        return rows, counts, lacking, protected

    def effect_of_deleting(self, queryset: QuerySet) -> preview.Effect:
        """What becomes of the public pages; nothing is deleted."""
        with dry_run.undone():
            before = self.services_showing(queryset)
            queryset.delete()
            return preview.effect(before)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        services = self.services_showing([obj])
        deletions.watch(self.model.objects.filter(pk=obj.pk))
        super().delete_model(request, obj)
        self._publish(request, services)

    @publishing_turn()
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        services = self.services_showing(queryset)
        deletions.watch(queryset)
        super().delete_queryset(request, queryset)
        self._publish(request, services)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        """As Django's, as entries of what is recorded."""
        return log(staff(request), queryset, DELETION, "")

    # ---- Publishing -------------------------------------------------------------------------

    def services_showing(self, objects: Iterable[Any]) -> dict[int, bool]:
        """The services that show these objects: key -> whether it has a public page."""
        shown = Service.objects.showing(objects).order_by()
        return dict(shown.values_list("pk", "is_published"))

    def _publish(self, request: HttpRequest, before: dict[int, bool]) -> None:
        """Publish the services of `services_showing`, as they were before the change."""
        editions = publish(Service.objects.filter(pk__among=before), by=staff(request))
        tell_published(request, before, editions)

    def report_published(self, request: HttpRequest, editions: NewEditions) -> None:
        """Name the new editions to the user, each with its link."""
        tell_editions(request, editions)


def tell_published(request: HttpRequest, before: dict[int, bool], editions: NewEditions) -> None:
    """Tell the user what became of services, each with whether it had a public page before, and
    which new editions there are."""
    services = Service.objects.filter(pk__among=before)
    public = {*services.published().values_list("pk", flat=True)}
    published = editions.services
    taken_off = sum(was_public and key not in public for key, was_public in before.items())
    returned = [key for key in public - published if not before[key]]
    back = list(Service.objects.filter(pk__in=returned)) if returned else []
    if taken_off:
        message = ngettext(
            "%d page is no longer public.", "%d pages are no longer public.", taken_off
        )
        messages.success(request, message % taken_off)
    if back:
        messages.success(request, _with_links(_("Public again"), back))
    if before and not public and not taken_off and services.exists():
        messages.success(request, _("Saved as a draft: customers do not see it."))
    elif editions or not (taken_off or back):
        tell_editions(request, editions)


def tell_editions(request: HttpRequest, editions: NewEditions) -> None:
    """Name new editions to the user, each with its link; or that there are none."""
    if editions:
        messages.success(request, _with_links(_("Published"), editions))
    else:
        messages.info(request, _("No public page changes by this."))


def _address_warnings(form: forms.ModelForm, formsets: Iterable[Any]) -> list[str]:
    """What can mislead in the fields that were changed, in words."""
    changed = [each for each in (form, *chain(*formsets)) if each.has_changed()]
    found = [
        (each, finding) for each in changed for finding in misleading.before_saving([each.instance])
    ]
    return [finding.message for each, finding in found if finding.field in each.changed_data]


def _with_links(what: str, shown: NewEditions | list[Service]) -> SafeString:
    """What became of editions or services: each with a link to its page."""
    named = format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        (
            (getattr(each, "service", each).get_absolute_url(), each)
            for each in shown[:NAMED_AT_MOST]
        ),
    )
    for more in and_more(len(shown) - NAMED_AT_MOST):
        named = format_html("{} {}", named, more)
    return format_html("{}: {}", what, named)
