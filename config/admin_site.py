from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _


class BackOffice(AdminSite):
    """The back office, named after the organisation. Its start page is the desk of the staff."""

    site_header = _("Support directory · back office")
    site_title = lazystr(settings.ORGANIZATION.logo_text)
    index_title = _("What do you want to change?")
    # The desk is the place to go from; forms need the width.
    enable_nav_sidebar = False

    # Imported where it is used: this site stands before the models do.

    def get_urls(self):
        from directory.admin import desk

        find = path(
            "find/<slug:app_label>/<slug:model_name>/", self.admin_view(desk.find), name="find"
        )
        return [find, *super().get_urls()]

    def index(self, request, extra_context=None):
        from directory.admin import desk

        return super().index(request, {**desk.context(request), **(extra_context or {})})
