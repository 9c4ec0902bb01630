"""A new service as a copy of another one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.requests import staff
from directory.admin.undo_links import act
from directory.models import Revision, Service
from directory.models.recording import log
from directory.upkeep.copies import copy_service


class CopyForm(forms.Form):
    """The name and the address of the copy."""

    name = forms.CharField(
        label=gettext_lazy("Name of the new service"), max_length=120, widget=AdminTextInputWidget
    )
    slug = forms.SlugField(
        label=gettext_lazy("Address of the page"),
        widget=AdminTextInputWidget,
        required=False,
        help_text=gettext_lazy("The last part of the page's address. Empty: made from the name."),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "slug" not in self.errors and not cleaned.get("slug"):
            cleaned["slug"] = slugify(cleaned.get("name", ""))[:50].strip("-")
            if cleaned.get("name") and not cleaned["slug"]:
                self.add_error("slug", _("Write an address: letters, digits and hyphens."))
        slug = cleaned.get("slug")
        if slug and Service.objects.filter(slug=slug).exists():
            self.add_error("slug", _("Another service has the address “%s”.") % slug)
        return cleaned


class CopyServiceMixin(ToolsMixin):
    """Adds the page that copies a service; the copy opens in its form, not yet published."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.copy_view)
        own = path("<path:object_id>/copy/", view, name=self.url_name("copy"))
        return [own, *super().get_urls()]

    def may_copy(self, request: HttpRequest) -> bool:
        """Whether the user may copy services."""
        return self.has_bulk_permission(request) and self.has_add_permission(request)

    def object_tools(self, request: HttpRequest, obj: Service) -> Tools:
        tools = super().object_tools(request, obj)
        if self.may_copy(request):
            tools.append((self.url("copy", obj.pk), _("Copy")))
        return tools

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the name and the address of the copy; on POST, make it and open its form."""
        if not self.may_copy(request):
            raise PermissionDenied
        service = self.get_object(request, unquote(object_id))
        if service is None:
            raise Http404
        form = CopyForm(request.POST or None)
        if form.is_valid():
            try:
                return self._copied(request, service, form.cleaned_data)
            except ValidationError as error:
                for field, errors in error.update_error_dict({}).items():
                    form.add_error(field if field in form.fields else None, errors)
        context = self.page_context(request, _("Copy “%s”") % service, original=service, form=form)
        return TemplateResponse(request, "admin/bulk/copy_service.html", context)

    def _copied(
        self, request: HttpRequest, service: Service, cleaned: dict[str, Any]
    ) -> HttpResponse:
        user = staff(request)
        with act(request, Revision.Action.ADDED):
            copy = copy_service(service, cleaned["name"], cleaned["slug"])
            log(user, [copy], ADDITION, _("Copied from “%s”.") % service)
        message = _("“%s” is made as a draft: adjust it, look at its preview, and publish it.")
        self.message_user(request, message % copy, messages.SUCCESS)
        return HttpResponseRedirect(self.url("change", copy.pk))
