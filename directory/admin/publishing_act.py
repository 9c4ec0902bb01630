"""Publishing a service, and taking it offline: acts of their own, not boxes of its form.

A service begins as a draft, which customers do not see. The page before publishing is the page that
they will read, composed from the rows as they are stored, with what is missing on it; what it
showed is what is published.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
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
from django.utils.translation import gettext as _

from directory.admin.change_messages import change_in_words
from directory.admin.publication import PublishingAdmin
from directory.admin.undo_links import act
from directory.answers import instants
from directory.editions import document
from directory.editions.compose import compose
from directory.editions.document import ServiceDocument
from directory.editions.publish import Act, is_told, sealed_edition
from directory.models import Edition, Revision, Service
from directory.public.views import page_context

# The button of the form that saves and shows the page before publishing.
REVIEW = "_review"
# The digest of the document that the page before publishing showed.
SHOWN = "shown"


def may_publish(request: HttpRequest) -> bool:
    """Whether the user may decide that a service has a page, which one, and that it has none any
    more: who may make services, not everybody who keeps them true."""
    return request.user.has_perms(["directory.change_service", "directory.add_service"])


# The fields of a service about which only they decide.
DECIDED = frozenset(["is_published", "slug", "ended_on", "ended_note", "successor_id"])


@dataclass(frozen=True)
class Lack:
    """What a page lacks, in words; whether it cannot be published so; where it is mended."""

    message: str
    url: str
    is_blocking: bool = False


class PublishingActMixin(PublishingAdmin):
    """For services: the page before publishing, and the acts."""

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, self.url_name
        return [
            path("<int:pk>/publish/", view(self.publish_view), name=name("publish")),
            path("<int:pk>/offline/", view(self.offline_view), name=name("offline")),
            *super().get_urls(),
        ]

    # ---- The form ----------------------------------------------------------------------------

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        may_save = self.has_change_permission(request, obj) if change else add
        is_draft = obj is None or not (obj.is_published or obj.ended_on)
        if not context["is_popup"]:
            context["is_draft"] = is_draft
            context["offers_review"] = is_draft and may_save
            context["may_publish"] = change and may_publish(request)
            if obj and change:
                context["current"] = Edition.objects.filter(service=obj).order_by("-number").first()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._reviewed(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._reviewed(request, obj, super().response_change(request, obj))

    def _reviewed(self, request: HttpRequest, obj: Any, response: HttpResponse) -> HttpResponse:
        """Where Django's answer leads, or the page before publishing if that was asked for."""
        if REVIEW not in request.POST or IS_POPUP_VAR in request.POST:
            return response
        return HttpResponseRedirect(self.url("publish", obj.pk))

    # ---- Publishing --------------------------------------------------------------------------

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as customers will read it, with what is missing; on POST it is published, if it
        is still what was shown."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if request.method != "POST":
            return self._page(request, *self._composed(request, pk))
        with act(request, Revision.Action.CHANGED):
            service, source = self._composed(request, pk)
            if not may_publish(request):
                raise PermissionDenied
            if not self._may_be_published(request, service, source):
                return self._page(request, service, source)
            self._set_public(request, service, True)
        return HttpResponseRedirect(self.url("change", pk))

    def _composed(self, request: HttpRequest, pk: int) -> tuple[Service, ServiceDocument]:
        found = list(compose(Service.objects.filter(pk=pk)))
        if not found:
            raise Http404
        ((service, source),) = found
        if not self.has_view_or_change_permission(request, service):
            raise PermissionDenied
        return service, source

    def _may_be_published(
        self, request: HttpRequest, service: Service, source: ServiceDocument
    ) -> bool:
        """Whether it may; else the user is told why not."""
        reason = ""
        if service.is_published:
            reason = _("This service is public already.")
        elif service.ended_on:
            reason = _("This service has ended. Offer it again first.")
        elif any(lack.is_blocking for lack in self._lacks(service, source)):
            reason = _("It is not published: a channel says nothing yet of how it is reached.")
        elif request.POST.get(SHOWN, _digest(source)) != _digest(source):
            reason = _(
                "It is not published: somebody else changed it since you opened this page. This is "
                "how it reads now."
            )
        if reason:
            self.message_user(request, reason, messages.ERROR)
        return not reason

    def _set_public(self, request: HttpRequest, service: Service, is_public: bool) -> None:
        """Store whether it is public, write it into the history, and publish."""
        row = Service.objects.get(pk=service.pk)
        before = {row.pk: row.is_published}
        row.is_published = is_public
        row.save(update_fields=["is_published"])
        words = {False: _("no"), True: _("yes")}
        label = Service._meta.get_field("is_published").verbose_name
        change = change_in_words(label, words[not is_public], words[is_public])
        self.log_change(request, row, [{"changed": {"fields": [change]}}])
        self._publish(request, before)

    def _page(
        self, request: HttpRequest, service: Service, source: ServiceDocument
    ) -> HttpResponse:
        at, text = instants.now(), document.encode(source)
        current = Edition.objects.filter(service=service).order_by("-number").first()
        if current is not None and is_told(current, text):
            shown, is_current = current, True
        else:
            shown, is_current = sealed_edition(service.pk, source, current, Act(at), text), False
        lacks = list(self._lacks(service, source))
        context = {
            **page_context(request, shown, at),
            "service": service,
            "lacks": lacks,
            "is_blocked": any(lack.is_blocking for lack in lacks),
            "is_draft": not (service.is_published or service.ended_on),
            "is_current": is_current and service.is_published,
            "may_publish": may_publish(request),
            "shown": _digest(source),
        }
        response = TemplateResponse(request, "directory/previews/draft.html", context)
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "no-store, private"
        # Its forms are of the back office, whose messages it shows.
        return response.render()

    def _lacks(self, service: Service, source: ServiceDocument) -> Iterator[Lack]:
        """What the page lacks."""
        form = self.url("change", service.pk)
        rows = list(service.channels.all())
        if not rows:
            yield Lack(_("It has no channel: customers find nobody."), f"{form}#channels-group")
        for number, (row, channel) in enumerate(zip(rows, source.channels, strict=True)):
            url = f"{form}#channels-{number}"
            if not channel.contacts and not channel.description:
                message = _("“%s” has no contact, and no description that says what to do.")
                yield Lack(message % row.title, url, is_blocking=True)
            elif not channel.schedule:
                yield Lack(
                    _("“%s” has no hours: customers read “Hours not stated”.") % row.title, url
                )
        if not source.escalation.levels:
            yield Lack(_("Nobody is named to whom customers can escalate."), f"{form}#levels-group")

    # ---- Taking offline ----------------------------------------------------------------------

    def offline_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether to take the page offline, and say what that means; on POST do it."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if request.method != "POST":
            service = self._one_to_publish(request, pk)
            if not service.is_published:
                return self._not_public(request, pk)
            title = _("Take “%s” offline") % service
            context = self.page_context(request, title, original=service, subtitle=None)
            return TemplateResponse(request, "admin/directory/service/offline.html", context)
        with act(request, Revision.Action.CHANGED):
            service = self._one_to_publish(request, pk)
            if not service.is_published:
                return self._not_public(request, pk)
            self._set_public(request, service, False)
        return HttpResponseRedirect(self.url("change", pk))

    def _one_to_publish(self, request: HttpRequest, pk: int) -> Service:
        """The service, for who may publish it. Raises Http404 and PermissionDenied."""
        service = Service.objects.filter(pk=pk).first()
        if service is None:
            raise Http404
        if not may_publish(request):
            raise PermissionDenied
        return service

    def _not_public(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.message_user(request, _("This service is not public."), messages.WARNING)
        return HttpResponseRedirect(self.url("change", pk))


def _digest(source: ServiceDocument) -> str:
    return hashlib.sha256(document.encode(source).encode()).hexdigest()
