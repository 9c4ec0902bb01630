"""The site of the back office, in place of Django's own."""

import logging
from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from config import bounded_lists
from config.version import VERSION

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

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """As Django's; no list can be made expensive, whoever's admin it is."""
        bounded = bounded_lists.bounded(admin_class or ModelAdmin)
        super().register(model_or_iterable, bounded, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "version": VERSION}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from directory.admin.search import views

        site_page = "r/<path:content_type_id>/<path:object_id>/"
        return [
            path("search/", self.admin_view(views.search), name="search"),
            path(site_page, self.admin_view(self.view_on_site), name="view_on_site"),
            *super().get_urls(),
        ]

    def view_on_site(
        self, request: HttpRequest, content_type_id: str, object_id: str
    ) -> HttpResponseBase:
        """As Django's, which asks for no permission and so tells the address of a draft."""
        from django.contrib.contenttypes.models import ContentType
        from django.contrib.contenttypes.views import shortcut

        from directory.admin.row_keys import may_be_key

        if not (may_be_key(content_type_id) and may_be_key(object_id)):
            raise Http404
        kind = get_object_or_404(ContentType, pk=content_type_id)
        model = kind.model_class()
        if model is None or not self.is_registered(model):
            raise Http404
        if not self.get_model_admin(model).has_view_permission(request):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner = super().admin_view(view, cacheable)

        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not self.has_permission(request):
                return self._keep_what_was_sent(request, inner, *args, **kwargs)
            from directory.admin.four_eyes import gate

            response = gate.guarded(request, lambda: inner(request, *args, **kwargs))
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
            # Also who has given the password alone, whom the view takes for nobody.
            logout(request)
            return view(request, *args, **kwargs)
        return kept_pages.ask_to_sign_in(request, kept_from(request))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As Django's; then the second factor is asked for, and what was typed before is offered to
        who has signed in."""
        from directory.admin import kept_pages
        from directory.admin.second_factor import page, sessions
        from directory.admin.sign_in import forms

        self.login_form = forms.SignInForm
        if request.method == "GET" and sessions.half_signed_in(request):
            return page.lead_to(page.asked_for(request))
        kept = kept_pages.kept_in(request)
        context = {**kept_pages.keeping(kept), **(extra_context or {})}
        response = super().login(request, context)
        if response.status_code != 302:
            return response
        if person := sessions.half_signed_in(request):
            if kept:
                return page.show(request, person, kept_pages.keeping(kept), kept.path)
            return page.lead_to(response.headers["Location"])
        return kept_pages.give_back(request, kept) if kept else response

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """As Django's; wrong passwords count, and the other sessions end."""
        from directory.admin.sign_in import passwords

        change = partial(super().password_change, extra_context=extra_context)
        return cast(TemplateResponse, passwords.changed(request, change))

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
