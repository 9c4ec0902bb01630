"""“Still true”: one click that confirms a service or a contact point."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import way_back
from directory.admin.change_messages import change_in_words
from directory.admin.compared_forms import ComparedField
from directory.admin.pages import PagesMixin
from directory.admin.requests import redirect_back, staff
from directory.admin.undo_links import act
from directory.models import Revision, Service
from directory.upkeep import reviews

STILL_TRUE = "_still_true"


class DueFilter(admin.SimpleListFilter):
    """Only what is due for review, as `directory.upkeep.reviews` says."""

    title = gettext_lazy("review")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list:
        return [("yes", _("To review"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "yes":
            return queryset
        today = timezone.localdate()
        is_of_services = queryset.model is Service
        due = reviews.due_services(today) if is_of_services else reviews.due_contact_points(today)
        return queryset.filter(pk__in=due.order_by().values("pk"))


class ReviewDay(ComparedField):
    """The day of a review. It is of what the page showed: a conflict if others changed it since."""

    @property
    def is_contested(self) -> bool:
        """Whether it was typed without having seen what others changed."""
        return super().is_contested or (self.is_typed and bool(self._unseen))

    def in_words(self) -> tuple[str, str]:
        if not self._unseen:
            return super().in_words()
        field = self._unseen[0]
        before, now = field.in_words()
        return f"{capfirst(field.label)}: {before}", now

    @property
    def _unseen(self) -> list[ComparedField]:
        fields = self.form.compared_fields()
        return [each for each in fields if each.is_changed_by_others and each is not self]


class Today(ReviewDay):
    """The day of a review, into which today is typed."""

    is_typed = True

    @property
    def typed(self) -> str:
        return formats.localize_input(timezone.localdate())


class StillTrueMixin(PagesMixin):
    """A button that confirms: in lists, and in the form.

    In the form it saves, with today as the day of the review, so that what was typed is not lost.
    Users who may confirm but not save have a button that only confirms.
    """

    def may_confirm(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the user may confirm `obj`; without it, any at all."""
        return self.has_change_permission(request, obj)

    def get_urls(self) -> list:
        confirm = path(
            "<int:pk>/confirm/",
            self.admin_site.admin_view(self.confirm_view),
            name=self.url_name("confirm"),
        )
        return [confirm, *super().get_urls()]

    def get_list_display(self, request: HttpRequest) -> Any:
        listed = super().get_list_display(request)
        if not self.may_confirm(request):
            return listed

        @admin.display(description=gettext_lazy("confirmed"))
        def still_true(obj: Model) -> str:
            return self._day_and_button(obj, self.may_confirm(request, obj))

        day = reviews.reviewed_field(self.model)
        return [still_true if name == day else name for name in listed]

    def _confirm_url(self, obj: Model) -> str:
        """The address that confirms it, with what the page shows of it."""
        return f"{self.url('confirm', obj.pk)}?{urlencode({'shown': obj})}"

    def _day_and_button(self, obj: Model, may_confirm: bool) -> SafeString | str:
        last = getattr(obj, reviews.reviewed_field(obj))
        day = formats.date_format(last, "SHORT_DATE_FORMAT") if last else _("never")
        if not may_confirm:
            return day
        return format_html(
            # Stands in the form of the list, which has the CSRF token.
            '{} <button class="still-true" formaction="{}" aria-label="{}">{}</button>',
            day,
            self._confirm_url(obj),
            _("Confirm: %(name)s") % {"name": obj},
            _("Confirm"),
        )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if change and self.has_change_permission(request, obj):
            context["offers_still_true"] = True
        elif obj and self.may_confirm(request, obj):
            context["confirm_url"] = self._confirm_url(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        field = form.base_fields.get(reviews.reviewed_field(self.model))
        if field and obj:
            field.bound_field_class = Today if STILL_TRUE in request.POST else ReviewDay
        return form

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        if STILL_TRUE not in request.POST:
            return super().response_change(request, obj)
        self._report_confirmed(request, obj)
        return HttpResponseRedirect(way_back.of_request(request) or request.get_full_path())

    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm one object as of today, on POST."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        with act(request, Revision.Action.CONFIRMED):
            obj = self.get_object(request, str(pk))
            if not self.may_confirm(request, obj):
                raise PermissionDenied
            if obj is None:
                message = _("What you selected was deleted meanwhile.")
                self.message_user(request, message, messages.WARNING)
                return HttpResponseRedirect(reverse("admin:index"))
            if request.GET.get("shown", str(obj)) != str(obj):
                message = _(
                    "Nothing was confirmed, because it changed meanwhile. Now it is: %(name)s"
                )
                self.message_user(request, message % {"name": obj}, messages.WARNING)
                return redirect_back(request, self.url("changelist"))
            self._confirm(request, obj)
            self._report_confirmed(request, obj)
        return redirect_back(request, self.url("changelist"))

    def _confirm(self, request: HttpRequest, obj: Any) -> None:
        today = timezone.localdate()
        before = reviews.confirm(obj, today, by=staff(request))
        field = obj._meta.get_field(reviews.reviewed_field(obj))
        change = change_in_words(
            field.verbose_name,
            formats.date_format(before) if before else _("empty"),
            formats.date_format(today),
        )
        self.log_change(request, obj, [{"changed": {"fields": [change]}}])

    def _report_confirmed(self, request: HttpRequest, obj: Model) -> None:
        message = _("Noted: “%(name)s” is still true today.") % {"name": obj}
        self.message_user(request, message, messages.SUCCESS)
