"""Links to further pages, above a list or a form; and who may work in bulk."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse

from directory.admin.pages import PagesMixin

Tools = list[tuple[str, str]]
"""The address and the text of each link."""


class ToolsMixin(PagesMixin):
    """Shows `list_tools` above the list and `object_tools` above the form."""

    change_list_template = "admin/bulk/change_list.html"
    change_form_template = "admin/bulk/change_form.html"

    def list_tools(self, request: HttpRequest) -> Tools:
        """The links above the list."""
        return []

    def object_tools(self, request: HttpRequest, obj: Any) -> Tools:
        """The links above the form of `obj`."""
        return []

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        """Whether the user may change many at once: as one, and with the permission for many."""
        meta = self.opts
        may_bulk = request.user.has_perm(f"{meta.app_label}.bulk_change_{meta.model_name}")
        return may_bulk and self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        tools = {"list_tools": self.list_tools(request)}
        return super().changelist_view(request, tools | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        tools = {"object_tools": self.object_tools(request, obj) if obj else []}
        return super().change_view(request, object_id, form_url, tools | (extra_context or {}))
