"""A service that is offered no more: the act that ends it, what its address says from then on, and
how it is offered again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.change_messages import changes_in_words
from directory.admin.publishing_act import may_publish
from directory.admin.row_keys import PossibleKeySelect
from directory.admin.undo_links import act
from directory.contacts.text import tidy
from directory.editions.publish import note_public_change
from directory.models import Revision, Service
from directory.models.address_fields import TidyFormField

# What the page showed: since when the service had ended, if it had.
SHOWN = "_ended"
PREDECESSORS_AT_MOST = 5


class EndingForm(forms.ModelForm):
    """Since when a service is offered no more, and what customers use instead."""

    class Meta:
        model = Service
        fields = ["ended_on", "ended_note", "successor"]
        field_classes = {"ended_note": TidyFormField}
        widgets = {
            "ended_on": AdminDateWidget,
            "ended_note": AdminTextareaWidget(attrs={"rows": 3}),
            "successor": PossibleKeySelect(Service._meta.get_field("successor"), admin.site),
        }
        help_texts = {
            "ended_on": gettext_lazy("Today, or the earlier day on which it ended."),
            "ended_note": gettext_lazy(
                "A sentence for customers, such as: The help desk issues certificates now."
            ),
            "successor": gettext_lazy("Its page is linked, so it has to be a published one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = True
        note: Any = self.fields["ended_note"]
        note.tidy = tidy
        successor: Any = self.fields["successor"]
        successor.queryset = Service.objects.published().exclude(pk=self.instance.pk)

    def save(self, commit: bool = True) -> Service:
        """Store it. A service that has ended has no page."""
        self.instance.is_published = False
        service: Service = super().save(commit)
        return service


class EndingMixin(ToolsMixin):
    """For services: the pages that end one and offer it again."""

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, self.url_name
        again = path("<int:pk>/offer-again/", view(self.offer_again_view), name=name("offer_again"))
        return [
            path("<int:pk>/end/", view(self.end_view), name=name("end")),
            again,
            *super().get_urls(),
        ]

    def object_tools(self, request: HttpRequest, obj: Service) -> Tools:
        tools = super().object_tools(request, obj)
        if not obj.ended_on and may_publish(request):
            tools.append((self.url("end", obj.pk), _("End the service…")))
        return tools

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj and obj.ended_on:
            context["ended"] = obj
            context["may_offer_again"] = may_publish(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask since when and what customers use instead; show what they will read; end it."""
        if request.method != "POST":
            return self._ended_or_asked(request, pk)
        with act(request, Revision.Action.CHANGED):
            return self._ended_or_asked(request, pk)

    def _ended_or_asked(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it if that is what was sent; else the page that asks."""
        service = self._service(request, pk)
        has_ended = service.ended_on is not None
        shown = service.ended_on.isoformat() if service.ended_on else ""
        is_new = request.method == "GET" and not has_ended
        initial = {"ended_on": timezone.localdate()} if is_new else None
        form = EndingForm(request.POST or None, instance=service, initial=initial)
        if request.POST and request.POST.get(SHOWN, shown) != shown:
            message = _("Somebody else changed this meanwhile")
            self.message_user(request, message, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        if form.is_valid() and "_save" in request.POST:
            self._end(request, form, has_ended)
            return HttpResponseRedirect(self.url("change", pk))
        context = self.page_context(
            request,
            _("What customers read at its address") if has_ended else _("End the service"),
            original=self._service(request, pk),
            form=form,
            media=self.media + form.media,
            shown=(SHOWN, shown),
            is_preview=form.is_bound and form.is_valid(),
            service=service,
            instead=form.is_bound and form.is_valid() and service.in_its_place(),
            predecessors=service.predecessors.ended()[:PREDECESSORS_AT_MOST],
            has_ended=has_ended,
        )
        return TemplateResponse(request, "admin/directory/service/end.html", context)

    def offer_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back that a service has ended, on POST. It is not public until it is published."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        with act(request, Revision.Action.CHANGED):
            service = self._service(request, pk)
            if service.ended_on:
                values = {"ended_on": None, "ended_note": "", "successor": None}
                form = EndingForm(values, instance=service)
                form.fields["ended_on"].required = False
                form.full_clean()
                form.save()
                note_public_change()
                self._log(request, form)
        message = _("“%s” can be offered again. It is not public yet: publish it when it is ready.")
        self.message_user(request, message % service, messages.SUCCESS)
        return HttpResponseRedirect(self.url("change", pk))

    def _service(self, request: HttpRequest, pk: int) -> Service:
        """The service, for who may end it. Raises PermissionDenied or Http404."""
        service: Any = self.get_object(request, str(pk))
        if not may_publish(request):
            raise PermissionDenied
        if service is None:
            raise Http404
        return service

    def _end(self, request: HttpRequest, form: EndingForm, had_ended: bool) -> None:
        service = form.save()
        note_public_change()
        self._log(request, form)
        message = (
            _("Saved: <a href='{}'>what customers read at the address of “{}”</a>.")
            if had_ended
            else _("“{1}” has ended. Its address says so: <a href='{0}'>what customers read</a>.")
        )
        told = format_html(message, service.get_absolute_url(), service)
        self.message_user(request, told, messages.SUCCESS)

    def _log(self, request: HttpRequest, form: EndingForm) -> None:
        if form.changed_data:
            fields = changes_in_words(form, form.changed_data)
            self.log_change(request, form.instance, [{"changed": {"fields": fields}}])
