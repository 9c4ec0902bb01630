"""Many contact points at once: replaced by another, verified today, as spreadsheets."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.bulk.tools import Tools
from directory.admin.requests import staff
from directory.admin.row_keys import PossibleKeySelect, may_be_key
from directory.admin.undo_links import offer_undo
from directory.editions import dry_run
from directory.editions.publish import publish, take_publishing_turn
from directory.imports.spreadsheets.directory_sheets import ContactPointSheet
from directory.models import ContactPoint, Edition, Revision, Service
from directory.models.recording import log, record
from directory.models.services import ServiceQuerySet
from directory.upkeep import replacement
from directory.upkeep.replacement import PlaceOfUse, Replaced
from directory.upkeep.verification import mark_verified

AT_ONCE = 100
# Of services, and of escalation contacts; in more a number is replaced everywhere.
PLACES_AT_MOST = 100
NAMED_AT_MOST = 4
EVERYWHERE, CHOSEN = "everywhere", "chosen"
Points = list[ContactPoint]


class ReplaceForm(forms.Form):
    """Which contact point comes in the place of others, and where."""

    target = forms.ModelChoiceField(
        ContactPoint.objects.all(),
        label=gettext_lazy("Replace by"),
        help_text=gettext_lazy("Begin to type a name, a number or an address."),
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            (EVERYWHERE, gettext_lazy("Everywhere, also in planned replacements")),
            (CHOSEN, gettext_lazy("Only where I say:")),
        ],
        widget=forms.RadioSelect,
        initial=EVERYWHERE,
    )
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Where it is used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        places: Iterable[PlaceOfUse],
        admin_site: admin.AdminSite,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {place.key: place for place in places}
        places_field: Any = self.fields["places"]
        places_field.choices = [(place.key, _described(place)) for place in places]
        relation = ContactPoint._meta.get_field("replaced_by")
        target: Any = self.fields["target"]
        target.widget = PossibleKeySelect(relation, admin_site)
        target.widget.choices = target.choices

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        where, ticked = cleaned.get("where"), cleaned.get("places")
        if where == CHOSEN and not ticked and "places" not in self.errors:
            self.add_error("places", _("Tick at least one, or choose “Everywhere”."))
        if where == EVERYWHERE and ticked:
            self.add_error(
                "where", _("Places are ticked: choose “Only where I say” or untick them.")
            )
        return cleaned

    @property
    def chosen(self) -> list[PlaceOfUse] | None:
        """The ticked places, or None for everywhere."""
        if self.cleaned_data["where"] == EVERYWHERE:
            return None
        return [self.by_key[key] for key in self.cleaned_data["places"]]


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
        with transaction.atomic(), record(user, Revision.Action.CONFIRMED) as recording:
            keys = mark_verified(queryset, today, by=user)
            verified = ContactPoint.objects.filter(pk__in=keys)
            log(user, verified, CHANGE, _("Verified on %s.") % today.isoformat())
        message = ngettext(
            "%d contact point is marked as verified today.",
            "%d contact points are marked as verified today.",
            len(keys),
        ) % len(keys)
        self.message_user(request, message, messages.SUCCESS if keys else messages.INFO)
        offer_undo(request, recording.revision)

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
        places = replacement.places(olds, PLACES_AT_MOST)
        data = request.POST if request.method == "POST" else None
        form = ReplaceForm(data, places=places, admin_site=self.admin_site)
        if data is not None and "_edit" not in data and form.is_valid():
            try:
                if "_confirm" in request.POST:
                    return self._replaced(request, olds, form)
                return self._preview(request, olds, form)
            except ValidationError as error:
                form.add_error("target", error)
        return self._form_page(request, olds, form)

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
        target = form.cleaned_data["target"]
        user = staff(request)
        with transaction.atomic(), record(user, Revision.Action.REPLACED) as recording:
            take_publishing_turn()
            services = _keys(olds)
            done = replacement.replace(olds, target, form.chosen)
            as_shown = request.POST.get("seen") == _fingerprint(done, target)
            if as_shown:
                self._log_replaced(request, olds, target, done)
                editions = publish(_services(services | _keys([target])), by=user)
            else:
                transaction.set_rollback(True)
        if as_shown:
            offer_undo(request, recording.revision)
            return self._finish(request, olds, target, editions)
        changed = _("Something changed meanwhile. This is what happens now.")
        self.message_user(request, changed, messages.WARNING)
        # These instances still have the values that were rolled back.
        olds = self._selected(request)
        places = replacement.places(olds, PLACES_AT_MOST)
        form = ReplaceForm(request.POST, places=places, admin_site=self.admin_site)
        if not form.is_valid():
            return self._form_page(request, olds, form)
        return self._preview(request, olds, form)

    def _preview(self, request: HttpRequest, olds: Points, form: ReplaceForm) -> HttpResponse:
        target, chosen = form.cleaned_data["target"], form.chosen
        with dry_run.undone():
            services = _keys(olds)
            done = replacement.replace(olds, target, chosen)
            effect = dry_run.page_changes(_services(services | _keys([target])))
            left = replacement.places(olds, PLACES_AT_MOST)
        touched = {service.pk for place in chosen or [] for service in place.services}
        context = self.page_context(
            request,
            _("What changes by replacing"),
            olds=olds,
            target=target,
            done=done,
            effect=effect,
            still_shown=[p for p in left if touched & {service.pk for service in p.services}],
            seen=_fingerprint(done, target),
            typed=[
                (name, value)
                for name in ("target", "where", "places")
                for value in request.POST.getlist(name)
            ],
        )
        return TemplateResponse(request, "admin/bulk/replace_preview.html", context)

    def _finish(
        self, request: HttpRequest, olds: Points, target: ContactPoint, editions: list[Edition]
    ) -> HttpResponse:
        """Report what was done, and lead to the form of the new one."""
        message = _("“%s” stands in its place now.") % target
        self.message_user(request, message, messages.SUCCESS)
        self.report_published(request, editions)
        for old in olds:
            if not replacement.place_count([old]) and not old.replaces.exists():
                message = _("“%s” is used nowhere any more. You can delete it.") % old
                self.message_user(request, message, messages.INFO)
        return HttpResponseRedirect(self.url("change", target.pk))

    def _log_replaced(
        self, request: HttpRequest, olds: Points, target: ContactPoint, done: Replaced
    ) -> None:
        where = get_text_list([str(holder) for holder in done.holders[:20]], _("and")) or "–"
        named = get_text_list([str(old) for old in olds], _("and"))
        changed = _("Replaced: “%(old)s” → “%(new)s”.") % {"old": named, "new": target}
        message = _("%(changed)s Where: %(where)s") % {"changed": changed, "where": where}
        log(staff(request), [*olds, target], CHANGE, message)
        log(staff(request), [*done.holders, *done.redirected], CHANGE, changed)

    def _selected(self, request: HttpRequest) -> Points:
        keys = [key for key in request.GET.get("ids", "").split(",") if may_be_key(key)]
        return list(self.get_queryset(request).filter(pk__in=keys[:AT_ONCE]))

    def _replace_url(self, keys: Iterable[int]) -> str:
        return f"{self.url('replace')}?ids={','.join(map(str, keys))}"


def _keys(contact_points: Iterable[ContactPoint]) -> set[int]:
    shown = Service.objects.showing_contact_points([each.pk for each in contact_points])
    return set(shown.order_by().values_list("pk", flat=True))


def _services(keys: set[int]) -> ServiceQuerySet:
    return Service.objects.filter(pk__in=keys)


def _described(place: PlaceOfUse) -> str:
    if place.key.startswith("service-"):
        uses: Iterable[Any] = place.uses
        channels = {use.channel_id: use.channel for use in uses}.values()
        titles = get_text_list(list(dict.fromkeys(c.title for c in channels)), _("and"))
        return _("%(service)s: %(channels)s") % {"service": place.name, "channels": titles}
    names = [str(service) for service in place.services[:NAMED_AT_MOST]]
    if more := len(place.services) - len(names):
        names.append(ngettext("%d more", "%d more", more) % more)
    named = {"name": place.name, "services": get_text_list(names, _("and"))}
    if not names:
        return _("%(name)s, which no service escalates to") % named
    if place.is_shared:
        return _("%(name)s, shared: changes in %(services)s together") % named
    return _("%(name)s, in %(services)s") % named


def _fingerprint(done: Replaced, target: ContactPoint) -> str:
    """A digest of what happens: another one than was shown, if the rows changed meanwhile."""
    seen: list[object] = [
        (part, type(use).__name__, use.pk, use.extensions, use.menu_options)
        for part in ("changed", "merged")
        for use in getattr(done, part)
    ]
    seen += [each.pk for each in done.redirected]
    return hashlib.sha256(repr((target.pk, target.value, seen)).encode()).hexdigest()
