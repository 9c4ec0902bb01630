from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CharField, URLField
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from directory.admin.autocompletes import AutocompletesMixin
from directory.admin.bulk.contact_points import BulkContactPointMixin
from directory.admin.findings import FindingsMixin
from directory.admin.number_search import NumberSearchMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.replacements import settle_replacements
from directory.admin.reviews import DueFilter, StillTrueMixin
from directory.admin.where_used import WhereUsedMixin
from directory.models import ContactPoint


class ContactPointUseInline(AutocompletesMixin, admin.TabularInline):
    """The contact points of whatever holds them; subclasses name the model."""

    autocomplete_fields = ["contact_point"]
    fields = ["contact_point", "label", "menu_options", "extensions", "position"]
    extra = 0
    show_change_link = False


class ContactPointForm(forms.ModelForm):
    def validate_unique(self) -> None:
        """Also the number within its kind, which cannot be edited and so is not checked else."""
        super().validate_unique()
        others = {field.name for field in self.instance._meta.fields} - {"kind", "phone"}
        try:
            self.instance.validate_constraints(exclude=others | self.errors.keys())
        except ValidationError as error:
            self.add_error(None, error)

    def clean(self):
        # What was typed but refused is still there: the model must not call it missing as well.
        for name in {"phone", "email", "url"} & set(self.errors):
            setattr(self.instance, name, self[name].data)
        return super().clean()


@admin.register(ContactPoint)
class ContactPointAdmin(
    FindingsMixin,
    StillTrueMixin,
    BulkContactPointMixin,
    NumberSearchMixin,
    WhereUsedMixin,
    PublishingAdmin,
):
    form = ContactPointForm
    # An address typed without its scheme is one of today's.
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    list_display = ["display", "label", "kind", "verified_on", "replaced_by"]
    list_display_links = ["display", "label"]
    list_filter = [DueFilter, "kind"]
    list_select_related = ["replaced_by"]
    search_fields = ["label__folded", "code", "phone", "email", "url"]
    search_help_text = _("Name, number (however it is written) or address")
    autocomplete_fields = ["replaced_by"]
    readonly_fields = ["where_used"]
    actions = [
        *PublishingAdmin.actions,
        *BulkContactPointMixin.bulk_actions,
        settle_replacements,
    ]
    fieldsets = [
        (None, {"fields": ["kind", "label", "phone", "email", "url", "where_used"]}),
        (_("Checked and planned"), {"fields": ["verified_on", "replaced_by", "replaced_on"]}),
        (_("For imports"), {"fields": ["code"], "classes": ["collapse"]}),
    ]

    @admin.display(
        description=_("number or address"),
        ordering=Concat("phone", "email", "url", output_field=CharField()),
    )
    def display(self, obj):
        return obj.display

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not obj:
            return fieldsets
        # The kind is decided, so only its own value is asked for.
        others = {"phone", "email", "url"} - {obj.value_field}
        return [
            (
                name,
                {
                    **options,
                    "fields": [field for field in options["fields"] if field not in others],
                },
            )
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        # A number that becomes an address is another contact point.
        return [*super().get_readonly_fields(request, obj), *(["kind", "code"] if obj else [])]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["label"]}
