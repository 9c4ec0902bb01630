"""Absences in the back office: on the form of who is away, and on forms of their own."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.contact_points import ContactPointUseInline
from directory.admin.formsets import WholeSetFormSet
from directory.admin.last_days import LastDayForm
from directory.admin.publication import PublishingAdmin
from directory.admin.row_keys import AutocompletesMixin
from directory.hours.words import describe_days
from escalations.models import Absence, AbsenceContact

FIELDS = ("contact", "first_day", "last_day", "stand_in")


class AbsenceForm(LastDayForm):
    """An absence, looked at beside those that are stored: others of its contact, and those of who
    stands in."""

    def _post_clean(self) -> None:
        # Django's stubs leave it out.
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.validate_among(self.instance.neighbours())
            self.instance.validate_stand_ins()
        except ValidationError as error:
            self.add_error(None, error)


class AbsenceFormSet(WholeSetFormSet):
    """The absences of a contact, looked at beside each other and beside those of others."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if self._is_kept(form)]
        others = Absence.of_others([form.instance for form in kept])
        for form in kept:
            try:
                form.instance.validate_stand_ins(others)
            except ValidationError as error:
                form.add_error(None, error)

    def save(self, commit: bool = True) -> list[Model]:
        """Save the rows. Those that change are taken away first, so their contacts are given to
        them again."""
        kept = list(AbsenceContact.objects.filter(absence__in=self.get_queryset()))
        saved = super().save(commit)
        if commit:
            stored = set(self.instance.absences.values_list("pk", flat=True))
            AbsenceContact.objects.bulk_create(
                (use for use in kept if use.absence_id in stored), ignore_conflicts=True
            )
        return saved


class AbsenceInline(AutocompletesMixin, admin.TabularInline):
    """When a contact is away; contact points of these days are on the absence's own form."""

    model = Absence
    fk_name = "contact"
    form = LastDayForm
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

    form = AbsenceForm
    is_shown_when_added = True
    # An absence stays with who is away.
    fixed_fields = ["contact"]
    fields = FIELDS
    search_order = 65
    also_called = gettext_lazy("holidays of people, vacations, away, on leave, who stands in")
    list_display = FIELDS
    list_filter = [WhenFilter]
    search_help_text = gettext_lazy("Who is away, or who stands in")
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
        return [*super().warnings(form), *away_too([form.instance] if form.has_changed() else [])]


def away_too(changed: Collection[Absence]) -> Iterator[str]:
    """Of absences of a contact that were changed: on which days who stands in is away too, and who
    answers then."""
    others = Absence.of_others(changed)
    for absence in changed:
        for stretch in absence.further_stretches(others):
            names = {
                "days": describe_days(stretch.first_day, stretch.last_day),
                "who": stretch.absences[1].contact.short_name,
            }
            if stretch.stand_in:
                names["other"] = stretch.stand_in.short_name
                yield _("%(who)s is away too on %(days)s: then %(other)s answers.") % names
            else:
                words = _("%(who)s is away too on %(days)s, and nobody stands in then.")
                yield words % names
