"""Many contact points at once: replaced by another, verified today, as spreadsheets."""

import hashlib
from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin import preview
from directory.admin.bulk.replace_form import ReplaceForm
from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.bulk.tools import Tools
from directory.admin.requests import staff
from directory.admin.row_keys import may_be_key
from directory.admin.undo_links import act
from directory.editions import dry_run
from directory.editions.new_editions import NewEditions
from directory.editions.publish import publish
from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import ContactPoint, Revision, Service
from directory.models.number_concerns import warnings_of
from directory.models.recording import log
from directory.models.services import ServiceQuerySet
from directory.upkeep import replacement
from directory.upkeep.checks import misleading
from directory.upkeep.checks.messages import CheckMessage
from directory.upkeep.replacement import Replaced
from directory.upkeep.verification import mark_verified

AT_ONCE = 100
# Of services, and of escalation contacts; in more a number is replaced everywhere.
PLACES_AT_MOST = 100
Points = list[ContactPoint]


class BulkContactPointMixin(SpreadsheetsMixin):
    """Adds the spreadsheets, the page of replacing, and the action that verifies."""

    sheets = [ContactPointSheet]
    bulk_actions = ["replace_selected", "verify_selected"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.replace_view)
        return [path("replace/", view, name=self.url_name("replace")), *super().get_urls()]

    def object_tools(self, request: HttpRequest, obj: ContactPoint) -> Tools:
        tools = super().object_tools(request, obj)
        if self.has_bulk_permission(request):
            tools.append((self._replace_url([obj.pk]), _("Replace by another one")))
        return tools

    # ---- Actions -----------------------------------------------------------------------------

    @admin.action(permissions=["bulk"], description=gettext_lazy("Verified today: it works"))
    def verify_selected(self, request: HttpRequest, queryset: QuerySet[ContactPoint]) -> None:
        """Mark these as verified today, and publish it."""
        today = timezone.localdate()
        user = staff(request)
        with act(request, Revision.Action.CONFIRMED):
            keys = mark_verified(queryset, today, by=user)
            verified = ContactPoint.objects.filter(pk__in=keys)
            log(user, verified, CHANGE, _("Verified on %s.") % today.isoformat())
        message = ngettext(
            "%d contact point is marked as verified today.",
            "%d contact points are marked as verified today.",
            len(keys),
        ) % len(keys)
        self.message_user(request, message, messages.SUCCESS if keys else messages.INFO)

    @admin.action(permissions=["bulk"], description=gettext_lazy("Replace by another one…"))
    def replace_selected(
        self, request: HttpRequest, queryset: QuerySet[ContactPoint]
    ) -> HttpResponse | None:
        """Go to the page of replacing."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(keys) > AT_ONCE:
            message = _("Select at most %d to replace at once.") % AT_ONCE
            self.message_user(request, message, messages.ERROR)
            return None
        return HttpResponseRedirect(self._replace_url(keys))

    # ---- The page of replacing ---------------------------------------------------------------

    def replace_view(self, request: HttpRequest) -> HttpResponse:
        """Replace the contact points `ids`: a form, a preview, and on confirming the change."""
        if not self.has_bulk_permission(request):
            raise PermissionDenied
        olds = self._selected(request)
        if not olds:
            self.message_user(request, _("Select what is to be replaced first."), messages.WARNING)
            return HttpResponseRedirect(self.url("changelist"))
        data = request.POST if request.method == "POST" else None
        form = self._form(request, olds, data)
        if data is not None and "_edit" not in data and form.is_valid():
            try:
                if "_confirm" in request.POST:
                    return self._replaced(request, olds, form)
                return self._preview(request, olds, form)
            except ValidationError as error:
                form.add_error("target", error)
        return self._form_page(request, olds, form)

    def _form(self, request: HttpRequest, olds: Points, data: QueryDict | None) -> ReplaceForm:
        return ReplaceForm(
            data,
            olds=olds,
            places=replacement.places(olds, PLACES_AT_MOST),
            admin_site=self.admin_site,
            may_add=self.has_add_permission(request),
        )

    def _form_page(self, request: HttpRequest, olds: Points, form: ReplaceForm) -> HttpResponse:
        context = self.page_context(
            request,
            _("Replace by another one"),
            olds=olds,
            places=list(form.by_key.values()),
            more_places=replacement.place_count(olds) - len(form.by_key),
            form=form,
        )
        context["media"] += form.media
        context["planned"] = ContactPoint.objects.filter(replaced_by__in=olds)
        return TemplateResponse(request, "admin/bulk/replace.html", context)

    def _replaced(self, request: HttpRequest, olds: Points, form: ReplaceForm) -> HttpResponse:
        """Replace and publish if the outcome is what was shown; else show it again."""
        user = staff(request)
        with act(request, Revision.Action.REPLACED):
            services = _keys(olds)
            target = form.stored_target()
            done = replacement.replace(olds, target, form.chosen, form.planned_on)
            as_shown = request.POST.get("seen") == _fingerprint(done, target)
            if as_shown:
                self._log_replaced(request, olds, target, done)
                editions = publish(_services(services | _keys([target])), by=user)
            else:
                transaction.set_rollback(True)
        if as_shown:
            self._report(request, olds, target, done, editions)
            return HttpResponseRedirect(self.url("change", target.pk))
        changed = _("Something changed meanwhile. This is what happens now.")
        self.message_user(request, changed, messages.WARNING)
        # These instances still have the values that were rolled back.
        olds = self._selected(request)
        form = self._form(request, olds, request.POST)
        if not form.is_valid():
            return self._form_page(request, olds, form)
        return self._preview(request, olds, form)

    def _preview(self, request: HttpRequest, olds: Points, form: ReplaceForm) -> HttpResponse:
        chosen = form.chosen
        with dry_run.undone():
            services = _keys(olds)
            target = form.stored_target()
            done = replacement.replace(olds, target, chosen, form.planned_on)
            effect = dry_run.page_changes(_services(services | _keys([target])))
            left = [] if form.planned_on else replacement.places(olds, PLACES_AT_MOST)
            warnings = [*warnings_of([target]), *map(_message, misleading.before_saving([target]))]
        touched = {service.pk for place in chosen or [] for service in place.services}
        context = self.page_context(
            request,
            _("What changes by replacing"),
            olds=olds,
            target=target,
            is_new=form.new is not None,
            on=form.planned_on,
            warnings=warnings,
            knowingly=preview.KNOWINGLY,
            done=done,
            effect=effect,
            still_shown=[p for p in left if touched & {service.pk for service in p.services}],
            seen=_fingerprint(done, target),
            typed=[(name, value) for name in form.fields for value in request.POST.getlist(name)],
        )
        return TemplateResponse(request, "admin/bulk/replace_preview.html", context)

    def _report(
        self,
        request: HttpRequest,
        olds: Points,
        target: ContactPoint,
        done: Replaced,
        editions: NewEditions,
    ) -> None:
        """Tell what was done, and which of the old ones are used nowhere any more."""
        if done.planned_on:
            day = date_format(done.planned_on, "DATE_FORMAT")
            message = _("From %(day)s on, “%(target)s” stands in its place everywhere.")
            self.message_user(request, message % {"day": day, "target": target}, messages.SUCCESS)
            self.report_published(request, editions)
            return
        message = _("“%s” stands in its place now.") % target
        self.message_user(request, message, messages.SUCCESS)
        self.report_published(request, editions)
        for old in olds:
            if not replacement.place_count([old]) and not old.replaces.exists():
                message = _("“%s” is used nowhere any more. You can delete it.") % old
                self.message_user(request, message, messages.INFO)

    def _log_replaced(
        self, request: HttpRequest, olds: Points, target: ContactPoint, done: Replaced
    ) -> None:
        named = get_text_list([str(old) for old in olds], _("and"))
        params = {"old": named, "new": target}
        if done.planned_on:
            changed = _("From %(day)s on: “%(old)s” → “%(new)s”.")
            params["day"] = date_format(done.planned_on, "DATE_FORMAT")
            log(staff(request), [*olds, target], CHANGE, changed % params)
            return
        where = get_text_list([str(holder) for holder in done.holders[:20]], _("and")) or "–"
        changed = _("Replaced: “%(old)s” → “%(new)s”.") % params
        message = _("%(changed)s Where: %(where)s") % {"changed": changed, "where": where}
        log(staff(request), [*olds, target], CHANGE, message)
        log(staff(request), [*done.holders, *done.redirected], CHANGE, changed)

    def _selected(self, request: HttpRequest) -> Points:
        keys = [key for key in request.GET.get("ids", "").split(",") if may_be_key(key)]
        return list(self.get_queryset(request).filter(pk__in=keys[:AT_ONCE]))

    def _replace_url(self, keys: Iterable[int]) -> str:
        return f"{self.url('replace')}?ids={','.join(map(str, keys))}"


def _message(finding: CheckMessage) -> str:
    return finding.message


def _keys(contact_points: Iterable[ContactPoint]) -> set[int]:
    shown = Service.objects.showing_contact_points([each.pk for each in contact_points])
    return set(shown.order_by().values_list("pk", flat=True))


def _services(keys: set[int]) -> ServiceQuerySet:
    return Service.objects.filter(pk__in=keys)


def _fingerprint(done: Replaced, target: ContactPoint) -> str:
    """A digest of what happens: another one than was shown, if the rows changed meanwhile."""
    seen: list[object] = [
        (part, type(use).__name__, use.pk, use.extensions, use.menu_options)
        for part in ("changed", "merged")
        for use in getattr(done, part)
    ]
    seen += [each.pk for each in done.redirected]
    # One that is made has another key each time.
    seen += [target.code, target.kind, target.value, done.planned_on]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
