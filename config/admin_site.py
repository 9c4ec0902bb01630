import logging
from functools import update_wrapper

from django.conf import settings
from django.contrib.admin import AdminSite
from django.urls import path
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class BackOffice(AdminSite):
    """The back office, named after the organisation. Its start page is the desk of the staff."""

    site_header = _("Support directory · back office")
    site_title = lazystr(settings.ORGANIZATION.logo_text)
    index_title = _("What do you want to change?")
    # The desk is the place to go from; forms need the width.
    enable_nav_sidebar = False

    # Imported where it is used: this site stands before the models do.

    def get_urls(self):
        from directory.admin import dashboard

        find = path(
            "find/<slug:app_label>/<slug:model_name>/", self.admin_view(dashboard.find), name="find"
        )
        return [find, *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def changing(request, *args, **kwargs):
            response = inner(request, *args, **kwargs)
            if request.method == "POST":
                check_when_sent(response)
            return response

        return update_wrapper(changing, inner)

    def index(self, request, extra_context=None):
        from directory.admin import dashboard

        return super().index(request, {**dashboard.context(request), **(extra_context or {})})


def check_when_sent(response):
    """Have the data checked, if they were changed, when the answer is with whoever waits for it.

    The server calls `close` once all is sent (PEP 3333).
    """
    from directory.upkeep import checks

    close = response.close

    def close_and_check():
        try:
            checks.look_if_changed()
        except Exception:
            # The change is made and answered. The desk says of when its findings are.
            logger.exception("The data could not be checked after a change")
        close()

    response.close = close_and_check
