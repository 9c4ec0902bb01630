"""Puts an earlier edition back into the rows: choose the facts, see what changes, confirm."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin.pages import PagesMixin
from directory.admin.publishing_act import may_publish
from directory.admin.requests import staff
from directory.admin.undo_links import offer_undo
from directory.admin.where_used import change_url
from directory.imports.restoring.facts import Fact
from directory.imports.restoring.restoration import Outcome, Restoration
from directory.models import Edition, Service
from directory.models.recording import log

NAMED_AT_MOST = 3


class RestoreMixin(PagesMixin):
    """Adds the page that puts an edition back, and the links that lead to it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.restore_view)
        name = self.url_name("restore")
        return [path("<path:object_id>/restore/", view, name=name), *super().get_urls()]

    def may_restore(self, request: HttpRequest) -> bool:
        """Whether the user may put any edition back."""
        # It adds and takes away channels, too.
        return self.has_view_permission(request) and may_publish(request)

    @admin.display(description=gettext_lazy("bring back"))
    def restore_link(self, obj: Edition) -> str:
        """A link to the page that puts it back; a dash for one that was withdrawn."""
        if obj.is_withdrawn:
            return "–"
        return format_html('<a href="{}">{}</a>', self.url("restore", obj.pk), _("Put back…"))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj and self.may_restore(request) and not obj.is_withdrawn:
            context["restore_url"] = self.url("restore", obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What differs from the edition, as facts to choose; what the chosen ones change; and, when
        that is confirmed, the change itself."""
        if not self.may_restore(request):
            raise PermissionDenied
        edition = self.get_object(request, unquote(object_id))
        if edition is None:
            raise Http404
        try:
            restoration = Restoration(edition)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
            return HttpResponseRedirect(self.url("change", edition.pk))
        if request.method != "POST":
            return self._facts_page(request, restoration, {fact.key for fact in restoration.facts})
        ticked = {*request.POST.getlist("fact")}
        wanted = [fact for fact in restoration.facts if fact.key in ticked]
        if "_edit" in request.POST:
            return self._facts_page(request, restoration, ticked)
        if not wanted:
            problem = _("Choose at least one thing to put back.")
            if ticked:
                problem = _("What you chose is put back already: somebody else was first.")
            return self._facts_page(request, restoration, ticked, [problem])
        if lacking := self._lacking(request, restoration, wanted):
            return self._facts_page(request, restoration, ticked, [lacking])
        return self._put_back(request, restoration, wanted)

    def _put_back(
        self, request: HttpRequest, restoration: Restoration, wanted: list[Fact]
    ) -> HttpResponse:
        """The change if it was confirmed as it was shown, else what it would change."""
        is_confirmed = "_confirm" in request.POST

        def accept(outcome: Outcome) -> bool:
            return is_confirmed and request.POST.get("seen") == outcome.shown

        def write_history(outcome: Outcome) -> None:
            self._log(request, restoration, wanted, outcome)

        outcome = restoration.restore(wanted, staff(request), accept, write_history)
        if outcome.problems:
            chosen = {fact.key for fact in wanted}
            return self._facts_page(request, restoration, chosen, outcome.problems)
        if accept(outcome):
            return self._finish(request, restoration, outcome)
        if is_confirmed:
            changed = _("Something changed meanwhile. This is what happens now.")
            self.message_user(request, changed, messages.WARNING)
        elif new := len(
            {fact.key for fact in restoration.facts} - {*request.POST.getlist("offered")}
        ):
            text = ngettext(
                "%d more thing differs since you opened this page; it stays as it is.",
                "%d more things differ since you opened this page; they stay as they are.",
                new,
            )
            self.message_user(request, text % new, messages.WARNING)
        return self._preview(request, restoration, wanted, outcome)

    # ---- Pages -------------------------------------------------------------------------------

    def _facts_page(
        self,
        request: HttpRequest,
        restoration: Restoration,
        ticked: set[str],
        problems: list[str] | None = None,
    ) -> HttpResponse:
        others = restoration.others()
        rows = [
            {
                "fact": fact,
                "ticked": fact.key in ticked,
                "others": _named(others.get(fact.key, [])),
                "id": f"fact-{number}",
            }
            for number, fact in enumerate(restoration.facts)
        ]
        groups = [
            (_("The service and its channels"), [row for row in rows if _group(row) == "own"]),
            (_("Escalation"), [row for row in rows if _group(row) == "escalation"]),
            (_("What others may share"), [row for row in rows if _group(row) == "shared"]),
        ]
        context = self._context(request, restoration, _("Put an edition back"))
        context |= {"groups": [group for group in groups if group[1]], "problems": problems or []}
        return TemplateResponse(request, "admin/directory/edition/restore.html", context)

    def _preview(
        self, request: HttpRequest, restoration: Restoration, wanted: list[Fact], outcome: Outcome
    ) -> HttpResponse:
        own = restoration.service.pk
        context = self._context(request, restoration, _("What changes by putting it back"))
        context |= {
            "effect": outcome.pages,
            "other_pages": sum(
                service.pk != own for group in outcome.pages.groups for service in group.services
            ),
            "wanted": wanted,
            "left": len(restoration.facts) - len(wanted),
            "typed": [
                ("seen", outcome.shown),
                *(("fact", fact.key) for fact in wanted),
                *(("offered", fact.key) for fact in restoration.facts),
            ],
        }
        return TemplateResponse(request, "admin/directory/edition/restore_preview.html", context)

    def _context(
        self, request: HttpRequest, restoration: Restoration, title: str
    ) -> dict[str, Any]:
        edition, service = restoration.edition, restoration.service
        newest = Edition.objects.filter(service=service).select_related("published_by")
        has_another_address = restoration.document.slug != service.slug
        return self.page_context(
            request,
            title,
            edition=edition,
            original=edition,
            service=service,
            service_url=change_url(service),
            newest=newest.order_by("-number").first(),
            former_slug=restoration.document.slug if has_another_address else "",
        )

    # ---- What is done --------------------------------------------------------------------------

    def _lacking(self, request: HttpRequest, restoration: Restoration, wanted: list[Fact]) -> str:
        """What the user may not change of it, in words."""
        names = [
            str(model._meta.verbose_name_plural)
            for model in restoration.models(wanted)
            if not request.user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
        ]
        if not names:
            return ""
        message = _("You may not change: %s. Untick what concerns them, or ask somebody who may.")
        return message % get_text_list(names, _("and"))

    def _log(
        self, request: HttpRequest, restoration: Restoration, wanted: list[Fact], outcome: Outcome
    ) -> None:
        number = restoration.edition.number
        said = " · ".join(sentence for fact in wanted for sentence in fact.sentences)
        message = _("Put back from edition %(number)d: %(facts)s")
        by = staff(request)
        log(by, [restoration.service], CHANGE, message % {"number": number, "facts": said})
        if outcome.rows:
            message = _("As in edition %(number)d of “%(service)s”.")
            params = {"number": number, "service": restoration.service}
            log(by, outcome.rows, CHANGE, message % params)

    def _finish(
        self, request: HttpRequest, restoration: Restoration, outcome: Outcome
    ) -> HttpResponse:
        message = _("What you chose is again as in edition %d.") % restoration.edition.number
        self.message_user(request, message, messages.SUCCESS)
        services: Any = self.admin_site.get_model_admin(Service)
        services.report_published(request, outcome.editions)
        offer_undo(request, outcome.recording.revision if outcome.recording else None)
        return HttpResponseRedirect(change_url(restoration.service))


def _group(row: dict[str, Any]) -> str:
    fact = row["fact"]
    if fact.is_shared:
        return "shared"
    return "escalation" if fact.is_about_levels else "own"


def _named(services: list[Service]) -> str:
    """The services by name, the first few of them."""
    if not services:
        return ""
    names = [str(service) for service in services[:NAMED_AT_MOST]]
    if more := len(services) - len(names):
        names.append(ngettext("%d more", "%d more", more) % more)
    return str(capfirst(get_text_list(names, _("and"))))
