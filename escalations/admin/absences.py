"""Absences in the back office: on the form of who is away, and on forms of their own."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.contact_points import ContactPointUseInline
from directory.admin.formsets import WholeSetFormSet
from directory.admin.publication import PublishingAdmin
from directory.admin.row_keys import AutocompletesMixin
from directory.hours.words import describe_days
from escalations.models import Absence, AbsenceContact

FIELDS = ("contact", "first_day", "last_day", "stand_in")


class AbsenceForm(forms.ModelForm):
    """An absence, looked at beside those of others: who stands in may be away too."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in FIELDS:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        row = self.instance
        if not self.errors and row.contact_id and row.first_day and row.last_day:
            try:
                self.validate_beside_others(row)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def validate_beside_others(self, absence: Absence) -> None:
        """Raise ValidationError, at the field that is wrong, if it does not go with those of
        others."""
        absence.validate_stand_ins()


class SingleAbsenceForm(AbsenceForm):
    """The same where the others of its contact are not edited beside it."""

    def validate_beside_others(self, absence: Absence) -> None:
        absence.validate_among(absence.neighbours())
        super().validate_beside_others(absence)


class AbsenceFormSet(WholeSetFormSet):
    """The absences of a contact."""

    def save(self, commit: bool = True) -> list[Model]:
        """Save the rows. Those that change are taken away first, so their contacts are given to
        them again."""
        kept = list(AbsenceContact.objects.filter(absence__in=self.get_queryset()))
        saved = super().save(commit)
        if commit:
            left = AbsenceContact.objects.filter(pk__in=[use.pk for use in kept])
            missing = {use.pk for use in kept} - set(left.values_list("pk", flat=True))
            there = set(Absence.objects.filter(contact=self.instance).values_list("pk", flat=True))
            AbsenceContact.objects.bulk_create(
                use for use in kept if use.pk in missing and use.absence_id in there
            )
        return saved


class AbsenceInline(AutocompletesMixin, admin.TabularInline):
    """When a contact is away; contact points of these days are on the absence's own form."""

    model = Absence
    fk_name = "contact"
    form = AbsenceForm
    formset = AbsenceFormSet
    fields = ["first_day", "last_day", "stand_in"]
    autocomplete_fields = ["stand_in"]
    show_change_link = True
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("contact", "stand_in")


class AbsenceContactInline(ContactPointUseInline):
    """The contact points of the days of an absence."""

    model = AbsenceContact


class WhenFilter(admin.SimpleListFilter):
    """Absences that are running, to come or over."""

    title = gettext_lazy("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("running", _("today")), ("coming", _("to come")), ("over", _("over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        when = {
            "running": Q(first_day__lte=today, last_day__gte=today),
            "coming": Q(first_day__gt=today),
            "over": Q(last_day__lt=today),
        }
        return queryset.filter(when.get(self.value() or "", Q()))


@admin.register(Absence)
class AbsenceAdmin(PublishingAdmin):
    """Absences, with the contact points of their days."""

    form = SingleAbsenceForm
    # An absence stays with who is away.
    fixed_fields = ["contact"]
    fields = ["contact", "first_day", "last_day", "stand_in"]
    list_display = ["contact", "first_day", "last_day", "stand_in"]
    list_filter = [WhenFilter]
    list_select_related = ["contact", "stand_in"]
    search_fields = [
        f"{relation}__{field}"
        for relation in ("contact", "stand_in")
        for field in ("name__folded", "person__folded", "code")
    ]
    date_hierarchy = "first_day"
    ordering = ["-first_day", "pk"]
    autocomplete_fields = ["contact", "stand_in"]
    inlines = [AbsenceContactInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("contact", "stand_in")

    def warnings(self, form: Any) -> list[str]:
        return [*super().warnings(form), *away_too([form] if form.has_changed() else [])]


def away_too(changed: Iterable[Any]) -> Iterator[str]:
    """Of forms of absences that were changed: on which days who stands in is away too, and who
    answers then."""
    for form in changed:
        for stretch in form.instance.further_stretches():
            names = {
                "days": describe_days(stretch.first_day, stretch.last_day),
                "who": stretch.absences[0].stand_in.short_name,
            }
            if stretch.stand_in:
                names["other"] = stretch.stand_in.short_name
                yield _("%(who)s is away too on %(days)s: then %(other)s answers.") % names
            else:
                words = _("%(who)s is away too on %(days)s, and nobody stands in then.")
                yield words % names
