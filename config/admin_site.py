"""The site of the back office, in place of Django's own."""

import logging
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

logger = logging.getLogger(__name__)


class BackOffice(AdminSite):
    """The back office, named after the organisation. Its start page is a dashboard."""

    site_header = _("Support directory · back office")
    site_title = lazystr(settings.ORGANIZATION.logo_text)
    index_title = _("What do you want to change?")
    # The start page has the links; forms need the width.
    enable_nav_sidebar = False

    # The dashboard is imported where it is used: this class is loaded before the models.

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from directory.admin.search import views

        search = path("search/", self.admin_view(views.search), name="search")
        return [search, *super().get_urls()]

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not self.has_permission(request):
                return self._keep_what_was_sent(request, inner, *args, **kwargs)
            response = inner(request, *args, **kwargs)
            if request.method == "POST":
                _check_changes()
            return response

        return cast(View, update_wrapper(checked, inner))

    def _keep_what_was_sent(
        self, request: HttpRequest, view: View, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The page to sign in with what was typed, where Django leads to an empty one."""
        from directory.admin import kept_pages
        from directory.public.kept import kept_from

        if request.path == reverse("admin:logout"):
            return view(request, *args, **kwargs)
        return kept_pages.ask_to_sign_in(request, kept_from(request))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As Django's; what was typed before is offered to who has signed in."""
        from directory.admin import kept_pages

        kept = kept_pages.kept_in(request)
        context = {**kept_pages.keeping(kept), **(extra_context or {})}
        response = super().login(request, context)
        if kept and response.status_code == 302:
            return kept_pages.give_back(request, kept)
        return response

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from directory.admin import dashboard

        return super().index(request, {**dashboard.context(request), **(extra_context or {})})


def _check_changes() -> None:
    """Have what was changed checked, after the transaction of the change."""
    from directory.upkeep.checks import runs

    try:
        runs.catch_up()
    except Exception:
        # The change is made. It is checked with the next one.
        logger.exception("The data could not be checked after a change")
