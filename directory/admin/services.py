"""Services, their channels, and what channels are for, in the back office."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import ForeignKey, Model, TextField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.services import CopyServiceMixin
from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.channel_rows import ChannelInline
from directory.admin.contact_points import ContactPointUseInline
from directory.admin.coverage import CoverageMixin
from directory.admin.ending import EndingMixin
from directory.admin.few_of_each import FewOfEachMixin, first_of_each, give, in_lines, of
from directory.admin.findings import FindingsMixin
from directory.admin.found_places import Sought
from directory.admin.notices_shown import NoticesMixin
from directory.admin.number_search import NumberSearchMixin
from directory.admin.own_hours import OwnHoursMixin
from directory.admin.person_acts import possible_owners
from directory.admin.publication import PublishingAdmin
from directory.admin.publishing_act import PublishingActMixin
from directory.admin.reachable import ReachableFormSet
from directory.admin.renaming import RenamingMixin
from directory.admin.requests import staff
from directory.admin.response_targets import ResponseTargetInline
from directory.admin.reviews import DueFilter, StillTrueMixin
from directory.imports.spreadsheets.directory_sheets import ChannelContactSheet, ChannelSheet
from directory.models import Channel, ChannelContact, ContactPoint, FormerSlug, RequestType, Service
from directory.models.number_concerns import warnings_of


@admin.register(RequestType)
class RequestTypeAdmin(PublishingAdmin):
    """What customers want."""

    search_order = 70
    also_called = _("incidents, requests, complaints, claims, kinds of request")
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["name"]}
    list_display = ["name", "covers_all", "is_critical", "position"]
    search_fields = ["name__folded", "code", "description__folded"]
    search_help_text = _("Name, code or what it is")


def made_by(formsets: Iterable[Any]) -> list[Model]:
    """The rows of other models that the rows of these formsets made."""
    return [row for formset in formsets for row in getattr(formset, "made", ())]


_added: dict[type[admin.options.InlineModelAdmin], int] = {}


def register_inline(inline: type[admin.options.InlineModelAdmin], order: int) -> None:
    """Add an inline of another app to the form of services; lower numbers come first."""
    _added[inline] = order


@admin.register(Service)
class ServiceAdmin(
    FindingsMixin,
    StillTrueMixin,
    CoverageMixin,
    NoticesMixin,
    EndingMixin,
    RenamingMixin,
    CopyServiceMixin,
    PublishingActMixin,
):
    """Services, with their channels and what other apps add."""

    search_order = 10
    also_called = _("products, pages, directories, publish")
    change_form_template = "admin/directory/service/change_form.html"
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}
    readonly_fields = ["other_dates", "owner_name"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "slug", "is_published", "coverage", "owner", "reviewed_on"]
    # Of all accounts only those that own something.
    list_filter = [DueFilter, "is_published", ("owner", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["owner"]
    search_fields = ["name__folded", "slug", "former_slugs__slug"]
    search_help_text = _("Name or address, also a former one")
    inlines = [ChannelInline, ResponseTargetInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "introduction",
                    "is_international",
                    "other_dates",
                ]
            },
        ),
        (
            _("Review"),
            {"fields": ["owner", "review_interval_days", "reviewed_on"], "classes": ["collapse"]},
        ),
    ]

    def get_inlines(
        self, request: HttpRequest, obj: Service | None
    ) -> list[type[admin.options.InlineModelAdmin]]:
        """The channels, then what other apps add."""
        return [*super().get_inlines(request, obj), *sorted(_added, key=_added.__getitem__)]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name == "owner":
            kwargs["queryset"] = possible_owners()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def may_confirm(self, request: HttpRequest, obj: Any = None) -> bool:
        # Owners confirm their services, whatever other permissions they have.
        if super().may_confirm(request, obj):
            return True
        if obj is None:
            return Service.objects.filter(owner=staff(request)).exists()
        return obj.owner_id == request.user.pk

    def describe_found(
        self, _request: HttpRequest, rows: list[Service], sought: Sought
    ) -> dict[int, list[str]]:
        """By primary key, whether each is a draft, and its former addresses that were sought."""
        former = FormerSlug.objects.filter(service__in=rows, slug__icontains=sought.text)
        told: dict[int, list[str]] = {row.pk: [] for row in rows}
        for row in rows:
            if not row.is_published:
                told[row.pk].append(gettext("A draft: customers do not see it."))
        for each in former:
            told[each.service_id].append(gettext("Its former address: %s") % each.slug)
        return told

    @admin.display(description=_("look ahead and back"))
    def other_dates(self, obj: Service) -> str:
        """Links to the page on other dates, and to its editions."""
        if not obj.pk or not obj.editions.exists():
            return "–"
        # Where each can be put back, too.
        listed = reverse("admin:directory_edition_changelist")
        editions = f"{listed}?{urlencode({'service__id__exact': obj.pk})}"
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a> · <a href="{}">{}</a>',
            reverse("backoffice:preview", args=[obj.slug]),
            _("The page as of another date"),
            editions,
            _("Its editions"),
            reverse("backoffice:calendar"),
            _("What is coming"),
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, and write what they made besides into the histories of that."""
        form.formsets = formsets
        super().save_related(request, form, formsets, change)
        for row in made_by(formsets):
            self.log_addition(request, row, [{"added": {}}])

    def warnings(self, form: Any) -> list[str]:
        """What is probably a slip in the numbers that its rows made, and what else a save is warned
        of."""
        made = [row for row in made_by(form.formsets) if isinstance(row, ContactPoint)]
        return [*super().warnings(form), *warnings_of(made, [row.pk for row in made])]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        # Django would link it to a form that who only looks may not open.
        return [
            (title, {**options, "fields": [_as_name(each) for each in options["fields"]]})
            for title, options in fieldsets
        ]

    @admin.display(description=_("owner"))
    def owner_name(self, obj: Service) -> str:
        """Who keeps it true."""
        return str(obj.owner or "–")

    def view_on_site(self, obj: Service) -> str | None:
        """Its page, if it is public."""
        return obj.get_absolute_url() if obj.is_published else None


def _as_name(field: Any) -> Any:
    return "owner_name" if field == "owner" else field


class ChannelContactInline(ContactPointUseInline):
    """The contact points of a channel."""

    model = ChannelContact
    formset = ReachableFormSet


@admin.register(Channel)
class ChannelAdmin(
    FindingsMixin,
    NoticesMixin,
    OwnHoursMixin,
    SpreadsheetsMixin,
    NumberSearchMixin,
    FewOfEachMixin,
    PublishingAdmin,
):
    """Channels, with their contact points."""

    search_order = 40
    also_called = _("telephone, chat, ways of support, menu options, extensions")
    is_shown_when_added = True
    sheets = [ChannelSheet, ChannelContactSheet]
    path_to_uses = "contact_uses__"
    codes = ["code", "service__slug", "request_types__code"]
    # A channel stays in its service.
    fixed_fields = ["code", "service"]
    prepopulated_fields = {"code": ["title"]}
    list_display = ["title", "service", "contacts", "schedule", "medium"]
    # Not by service: the search finds it, and a thousand of them make no list to choose from.
    list_filter = ["medium"]
    list_select_related = ["service", "schedule"]
    search_help_text = _("Title, service, number, extension or menu option")
    search_fields = [
        "title__folded",
        "service__name__folded",
        "description__folded",
        "contact_uses__label__folded",
    ]
    autocomplete_fields = ["service", "request_types", "schedule"]
    inlines = [ChannelContactInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "service",
                    "title",
                    "medium",
                    "request_types",
                    "schedule",
                    "description",
                    "for_abroad",
                    "languages",
                    "position",
                ]
            },
        ),
        (_("Only for a time"), {"fields": ["valid_from", "valid_until"], "classes": ["collapse"]}),
        (_("Code by which imports recognise it"), {"fields": ["code"], "classes": ["collapse"]}),
    ]

    def prepare(self, rows: dict[int, Channel]) -> None:
        uses: Any = ChannelContact.objects.select_related("contact_point")
        give(rows, "few_uses", first_of_each(uses, "channel", rows, ["position", "pk"]))

    @admin.display(description=_("contacts"))
    def contacts(self, obj: Channel) -> str:
        """The first numbers and addresses that it gives."""
        return in_lines([of(obj, "few_uses")], lambda use: use.contact_point.display)

    def view_on_site(self, obj: Channel) -> str | None:
        """The page of its service, if it is public."""
        return obj.service.get_absolute_url() if obj.service.is_published else None
