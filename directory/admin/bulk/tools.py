"""Links to further pages, above a list or a form; and who may work in bulk."""

from django.contrib.admin.utils import unquote


class ToolsMixin:
    """Shows `list_tools` above the list and `object_tools` above the form: (address, text) each."""

    change_list_template = "admin/bulk/change_list.html"
    change_form_template = "admin/bulk/change_form.html"

    def list_tools(self, request):
        return []

    def object_tools(self, request, obj):
        return []

    def has_bulk_permission(self, request):
        """Whether the user may change many at once: as one, and with the permission for many."""
        meta = self.opts
        may_bulk = request.user.has_perm(f"{meta.app_label}.bulk_change_{meta.model_name}")
        return may_bulk and self.has_change_permission(request)

    def url_name(self, suffix):
        return f"{self.opts.app_label}_{self.opts.model_name}_{suffix}"

    def changelist_view(self, request, extra_context=None):
        tools = {"list_tools": self.list_tools(request)}
        return super().changelist_view(request, tools | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        tools = {"object_tools": self.object_tools(request, obj) if obj else []}
        return super().change_view(request, object_id, form_url, tools | (extra_context or {}))

    def page_context(self, request, title, **context):
        """What every page of the back office needs, and `context`."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
            **context,
        }
