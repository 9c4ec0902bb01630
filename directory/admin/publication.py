"""Every change in the back office is published with it, and can be seen before."""

import logging

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.admin import conflicts, deletions, error_summary, preview, protected
from directory.admin.autocompletes import AutocompletesMixin
from directory.admin.change_messages import ChangesInWordsMixin
from directory.admin.codes import CodeFromName
from directory.admin.snapshots import StoredForm, name_of
from directory.editions.publish import publish, take_publishing_turn
from directory.models import Service

NAMED_AT_MOST = 8

logger = logging.getLogger(__name__)


class Reopened:
    """A form that shows what was typed once more instead of saving it."""

    def is_valid(self):
        super().is_valid()
        return False


class PublishingAdmin(ChangesInWordsMixin, AutocompletesMixin, admin.ModelAdmin):
    """A model whose changes reach the public pages.

    The model's `services()` says which; they are asked before the change and after it, because a
    change can take an object away from a service as well as bring it to one.

    Whoever saves may first see the effect (`directory.admin.preview`), and is told when somebody
    else changed the same rows meanwhile (`directory.admin.conflicts`); so is whoever deletes
    (`directory.admin.deletions`). There is no `list_editable` in these lists: it would save past
    all of them.
    """

    # ---- Forms ------------------------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        bases = [form]
        if "code" in form.base_fields and not issubclass(form, CodeFromName):
            bases.insert(0, CodeFromName)
        if "_edit_again" in request.POST:
            bases.insert(0, Reopened)
        if len(bases) == 1:
            return form
        sources = self.get_prepopulated_fields(request, None).get("code", CodeFromName.code_from)
        within = "service" if "service" in form.base_fields else ""
        return type(form)(
            form.__name__, tuple(bases), {"code_from": tuple(sources), "code_within": within}
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if context.pop("errors", None):
            # In the place of Django's “correct the errors below”, which leads nowhere.
            context["problems"] = error_summary.error_summary(form, formsets)
        may_save = self.has_change_permission(request, obj) if change else add
        if may_save and change:
            # What was shown first counts until it is saved.
            posted = request.POST.get(conflicts.SHOWN)
            context["shown"] = posted or self._shown_now(request, obj)
        if may_save and not context["is_popup"]:
            context["offers_preview"] = True
            # One more button would be in the way of the two that matter.
            context["show_save_and_add_another"] = add
        return super().render_change_form(request, context, add, change, form_url, obj)

    # ---- Saving -----------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                take_publishing_turn()
                if answer := conflicts.held_up(self, request, object_id):
                    return answer
                return super().changeform_view(request, object_id, form_url, extra_context)
        except preview.Rollback as trial:
            return self._show_effect(request, object_id, trial.effect)
        except IntegrityError:
            # No form of ours sends what its own checks let through and the database does not.
            logger.warning("Refused by the database: %s", request.path, exc_info=True)
            told = _("Nothing was saved: what was sent does not fit the stored data. Try again.")
            self.message_user(request, told, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_object(self, request, object_id, from_field=None):
        # An empty `_to_field` names no field.
        return super().get_object(request, object_id, from_field or None)

    def save_model(self, request, obj, form, change):
        form.services_before = self.services_showing(self.model.objects.filter(pk=obj.pk))
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before, after = form.services_before, self.services_showing([form.instance])
        if "_preview" in request.POST and IS_POPUP_VAR not in request.POST:
            raise preview.Rollback(_effect({**after, **before}))
        self._publish(request, after | before)

    def _shown_now(self, request, obj):
        stored = obj if request.method == "GET" else self.get_object(request, str(obj.pk))
        return StoredForm(self, request, stored).snapshot().dumps(name_of(self.model, obj.pk))

    def _show_effect(self, request, object_id, effect):
        context = {
            **self.admin_site.each_context(request),
            "title": _("What changes on the public pages"),
            "opts": self.opts,
            "original": self.get_object(request, unquote(object_id)) if object_id else None,
            "effect": effect,
            "typed": preview.typed(request.POST),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/effect.html", context)

    # ---- Deleting ---------------------------------------------------------------------------

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return self._delete_or_ask(request, object_id, extra_context)
        except IntegrityError:
            deletions.tell_in_use(self, request)
            listed = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            return HttpResponseRedirect(listed)

    @transaction.atomic
    def _delete_or_ask(self, request, object_id, extra_context):
        take_publishing_turn()
        obj, asked = self.get_object(request, unquote(object_id)), {}
        if obj and self.has_delete_permission(request, obj):
            one = self.model.objects.filter(pk=obj.pk)
            asked = deletions.confirmation(self, request, one, request.method == "POST")
        if asked.get("is_stale"):
            # Django would take it for the confirmation.
            request.POST = QueryDict()
        return deletions.asking(super().delete_view(request, object_id, extra_context), asked)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            _func, name, description = actions["delete_selected"]
            actions["delete_selected"] = (deletions.delete_selected, name, description)
        return actions

    def get_deleted_objects(self, objs, request):
        if uses := protected.uses(objs):
            # Refused for that reason, whatever else would go and whatever permissions it takes.
            return [], {}, set(), uses
        return super().get_deleted_objects(objs, request)

    def effect_of_deleting(self, queryset) -> preview.Effect:
        """What becomes of the public pages; nothing is deleted."""
        try:
            with transaction.atomic():
                before = self.services_showing(queryset)
                queryset.delete()
                raise preview.Rollback(_effect(before))
        except preview.Rollback as trial:
            return trial.effect

    def delete_model(self, request, obj):
        concerned = self.services_showing([obj])
        super().delete_model(request, obj)
        self._publish(request, concerned)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        concerned = self.services_showing(queryset)
        super().delete_queryset(request, queryset)
        self._publish(request, concerned)

    # ---- Publishing -------------------------------------------------------------------------

    def services_showing(self, objects) -> dict[int, bool]:
        """The services that show these objects: key -> whether it has a public page."""
        return {
            key: is_published
            for obj in objects
            for key, is_published in obj.services().order_by().values_list("pk", "is_published")
        }

    def _publish(self, request, before):
        """Publish the services of `services_showing`, as they were before the change, and tell."""
        services = Service.objects.filter(pk__in=before)
        editions = publish(services, by=request.user)
        public = {service.pk: service for service in services.published()}
        published = {edition.service_id for edition in editions}
        taken_off = sum(was_public and key not in public for key, was_public in before.items())
        back = [
            public[key]
            for key, was_public in before.items()
            if not was_public and key in public and key not in published
        ]
        if taken_off:
            told = ngettext(
                "%d page is no longer public.", "%d pages are no longer public.", taken_off
            )
            self.message_user(request, told % taken_off, messages.SUCCESS)
        if back:
            self.message_user(request, _with_links(_("Public again"), back), messages.SUCCESS)
        if editions or not (taken_off or back):
            self.tell_published(request, editions)

    def tell_published(self, request, editions):
        """Name the new editions to the user, each with its link."""
        if not editions:
            self.message_user(request, _("No public page changes by this."), messages.INFO)
            return
        self.message_user(request, _with_links(_("Published"), editions), messages.SUCCESS)


def _effect(services):
    public_before = frozenset(key for key, is_published in services.items() if is_published)
    return preview.effect(services, public_before)


def _with_links(what, shown):
    """What became of editions or services: each with a link to its page."""
    named = format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        (
            (getattr(each, "service", each).get_absolute_url(), each)
            for each in shown[:NAMED_AT_MOST]
        ),
    )
    more = len(shown) - NAMED_AT_MOST
    if more > 0:
        named = format_html("{} {}", named, ngettext("and %d more", "and %d more", more) % more)
    return format_html("{}: {}", what, named)
