"""“Still true”: one click that confirms a service or a contact point."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.change_messages import change_in_words
from directory.admin.redirects import redirect_back
from directory.models import Service
from directory.upkeep import reviews

STILL_TRUE = "_still_true"


class DueFilter(admin.SimpleListFilter):
    """Only what is due for review, as `directory.upkeep.reviews` says."""

    title = gettext_lazy("review")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("yes", _("To review"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        today = timezone.localdate()
        is_of_services = queryset.model is Service
        due = reviews.due_services(today) if is_of_services else reviews.due_contact_points(today)
        return queryset.filter(pk__in=due.order_by().values("pk"))


class StillTrueMixin:
    """A button that confirms: in lists, and in the form, where it is one more way to save, with
    today as the day of the review. So it never loses what was typed. Who may confirm but not save
    has a button that only confirms."""

    def may_confirm(self, request, obj=None):
        """Whether who asks may confirm `obj`, or any at all."""
        return self.has_change_permission(request, obj)

    def get_urls(self):
        confirm = path(
            "<int:pk>/confirm/",
            self.admin_site.admin_view(self.confirm_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_confirm",
        )
        return [confirm, *super().get_urls()]

    def get_list_display(self, request):
        listed = super().get_list_display(request)
        if not self.may_confirm(request):
            return listed

        @admin.display(description=gettext_lazy("confirmed"))
        def still_true(obj):
            return self._day_and_button(obj, self.may_confirm(request, obj))

        day = reviews.reviewed_field(self.model)
        return [still_true if name == day else name for name in listed]

    def _day_and_button(self, obj, may_confirm):
        last = getattr(obj, reviews.reviewed_field(obj))
        day = formats.date_format(last, "SHORT_DATE_FORMAT") if last else _("never")
        if not may_confirm:
            return day
        return format_html(
            # Inside the form of the list, whose token it sends along.
            '{} <button class="still-true" formaction="{}" aria-label="{}">{}</button>',
            day,
            self._confirm_url(obj),
            _("Confirm: %(name)s") % {"name": obj},
            _("Confirm"),
        )

    def _confirm_url(self, obj):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_confirm", args=[obj.pk])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and self.has_change_permission(request, obj):
            context["offers_still_true"] = True
        elif change and self.may_confirm(request, obj):
            context["confirm_url"] = self._confirm_url(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if STILL_TRUE in request.POST:
            request.POST = request.POST.copy()
            today = formats.localize_input(timezone.localdate())
            request.POST[reviews.reviewed_field(self.model)] = today
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_change(self, request, obj):
        if STILL_TRUE not in request.POST:
            return super().response_change(request, obj)
        self._say_confirmed(request, obj)
        return HttpResponseRedirect(request.get_full_path())

    @transaction.atomic
    def confirm_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, str(pk))
        if not self.may_confirm(request, obj):
            raise PermissionDenied
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        today = timezone.localdate()
        before = reviews.confirm(obj, today)
        field = obj._meta.get_field(reviews.reviewed_field(obj))
        change = change_in_words(
            field.verbose_name,
            formats.date_format(before) if before else _("empty"),
            formats.date_format(today),
        )
        self.log_change(request, obj, [{"changed": {"fields": [change]}}])
        self._say_confirmed(request, obj)
        changelist = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return redirect_back(request, reverse(changelist))

    def _say_confirmed(self, request, obj):
        said = _("Noted: “%(name)s” is still true today.") % {"name": obj}
        self.message_user(request, said, messages.SUCCESS)
