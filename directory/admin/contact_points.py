"""Contact points in the back office."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.contact_points import BulkContactPointMixin
from directory.admin.contact_reports import ReportsMixin
from directory.admin.few_of_each import FewOfEachMixin, first_of_each, in_lines
from directory.admin.findings import FindingsMixin
from directory.admin.notices_shown import NoticesMixin
from directory.admin.number_search import NumberSearchMixin
from directory.admin.pages import without_fields
from directory.admin.publication import PublishingAdmin
from directory.admin.requests import staff
from directory.admin.reviews import DueFilter, StillTrueMixin
from directory.admin.row_keys import AutocompletesMixin
from directory.admin.settlement import settle_replacements
from directory.admin.unused import UnusedFilter
from directory.admin.where_used import WhereUsedMixin
from directory.contacts.addresses import check_web
from directory.contacts.kinds import VALUE_FIELDS, kind_of
from directory.models import ContactPoint, Service
from directory.models.address_fields import PlaceField, WebField
from directory.models.number_concerns import warnings_of
from directory.upkeep import reviews


class ContactPointUseInline(AutocompletesMixin, admin.TabularInline):
    """The contact points of whatever holds them; subclasses name the model."""

    autocomplete_fields = ["contact_point"]
    fields = ["contact_point", "label", "menu_options", "extensions", "position"]
    extra = 0
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        uses: Any = super().get_queryset(request)
        return uses.with_holders()


class ContactPointForm(forms.ModelForm):
    """Reports an error of a number or an address once."""

    def add_error(self, field: str | None, error: Any) -> None:
        # The model calls a value missing that the form refused.
        if hasattr(error, "error_dict"):
            refused = {*VALUE_FIELDS} & {*self.errors}
            error = {
                name: [each for each in errors if name not in refused or each.code != "required"]
                for name, errors in error.error_dict.items()
            }
            error = ValidationError({name: errors for name, errors in error.items() if errors})
        super().add_error(field, error)


@admin.register(ContactPoint)
class ContactPointAdmin(
    FindingsMixin,
    ReportsMixin,
    StillTrueMixin,
    NoticesMixin,
    BulkContactPointMixin,
    NumberSearchMixin,
    WhereUsedMixin,
    FewOfEachMixin,
    PublishingAdmin,
):
    """Contact points, with where they are used."""

    search_order = 20
    also_called = _("numbers, telephones, lines, e-mail addresses, web addresses, short codes")
    form = ContactPointForm
    formfield_overrides = {
        # What was typed is linked only where it can be kept.
        WebField: {"widget": AdminURLFieldWidget(validator_class=lambda: check_web)},
        PlaceField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    }
    fixed_fields = ["kind", "code"]
    prepopulated_fields = {"code": ["label"]}
    list_display = ["display", "label", "kind", "used_for", "verified_on", "replaced_by"]
    list_display_links = ["display", "label"]
    list_filter = [DueFilter, UnusedFilter, "kind"]
    list_select_related = ["replaced_by"]
    search_fields = ["label__folded", "code", *VALUE_FIELDS]
    codes = ["code"]
    search_help_text = _("Name, number (however it is written), extension or address")
    autocomplete_fields = ["replaced_by"]
    readonly_fields = ["where_used"]
    actions = [
        *BulkContactPointMixin.bulk_actions,
        settle_replacements,
    ]
    fieldsets = [
        (None, {"fields": ["kind", "label", *VALUE_FIELDS, "map_url", "where_used"]}),
        (_("Checked and planned"), {"fields": ["verified_on", "replaced_by", "replaced_on"]}),
        (_("Code by which imports recognise it"), {"fields": ["code"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if self.has_change_permission(request):
            return rows
        own = Q(pk__in=reviews.contact_points_of(staff(request)).order_by().values("pk"))
        return rows.annotate(is_own=ExpressionWrapper(own, output_field=BooleanField()))

    def may_confirm(self, request: HttpRequest, obj: Any = None) -> bool:
        # Owners confirm what their services give, whatever other permissions they have.
        if super().may_confirm(request, obj):
            return True
        if obj is None:
            return Service.objects.filter(owner=staff(request)).exists()
        return bool(getattr(obj, "is_own", False))

    def warnings(self, form: Any) -> list[str]:
        """What costs customers more than they expect, or is probably a slip, in a new value."""
        if not {*form.changed_data} & {"kind", *VALUE_FIELDS}:
            return []
        return warnings_of([form.instance])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        is_unverified = form.cleaned_data.get("verified_on") and not form.instance.verified_on
        if is_unverified:
            # The model emptied it: so does the history say.
            form.cleaned_data["verified_on"] = None
            form.changed_data.append("verified_on")
        super().save_related(request, form, formsets, change)
        if is_unverified:
            message = gettext("“Verified on” is empty now: nobody has tried the new one yet.")
            self.message_user(request, message)

    @admin.display(
        description=_("number or address"),
        ordering=Concat(*VALUE_FIELDS, output_field=CharField()),
    )
    def display(self, obj: ContactPoint) -> str:
        """The value as people read it."""
        return obj.display

    def prepare(self, rows: dict[int, Any]) -> None:
        for row in rows.values():
            row.given_by = []
        for model in ContactPoint.use_models():
            uses: Any = model.objects.select_related(*model.holder_related)
            for key, few in first_of_each(uses, "contact_point", rows).items():
                rows[key].given_by.append(few)

    @admin.display(description=_("what it is for"))
    def used_for(self, obj: Any) -> str:
        """The first channels and people that give it."""
        return in_lines(getattr(obj, "given_by", ()), lambda use: str(use.holder))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        # Only the value of its kind is asked for. (Of a new one `admin.css` hides the others.)
        others = {*VALUE_FIELDS} - {obj.value_field} if obj else set()
        if obj and not kind_of(obj.kind).is_place:
            others.add("map_url")
        return without_fields(super().get_fieldsets(request, obj), others)
