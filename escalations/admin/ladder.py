"""The ladder: the levels of a policy, and who answers on them, in its own form and in that of its
service.

A row may name somebody who is there, or type who it is, their contacts and hours, as text. The
policy comes into being with its first level.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin.row_keys import AutocompletesMixin
from directory.contacts.text import tidy
from directory.models import ContactPoint, Schedule, Service
from directory.upkeep.naming import and_more
from escalations import away
from escalations.admin.ladder_row import LadderRow
from escalations.admin.level_rows import NumberedLevelFormSet
from escalations.admin.typed_people import Said, TypedPeople
from escalations.models import (
    Absence,
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)

EMPTY_ROWS_OF_A_NEW_LADDER = 3
# Of the form of the policy on the same page.
POLICY_PREFIX = "escalation_policy"
# Who may not change people types nothing of them.
OF_PEOPLE = ("new_name", "new_person", "contacts", "hours")


class LadderFormSet(NumberedLevelFormSet):
    """The levels of a policy, and who answers on them."""

    # Fields that the user may not type into.
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.made: list[Model] = []
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.people, form.away_today = self.people, self.away_today
        for name in self.left_out:
            del form.fields[name]
        if index is not None and "level" in form.fields and not form.instance.pk:
            form.fields["level"].widget.attrs["placeholder"] = self._number_of(index)

    def _number_of(self, index: int) -> int:
        return self.next_number + index - self.initial_form_count()

    # ---- People ------------------------------------------------------------------------------

    @cached_property
    def people(self) -> TypedPeople:
        """What all rows say of people."""
        if not self.is_bound:
            return TypedPeople(Said())

        def sent(name: str) -> Iterator[str]:
            for number in range(self.total_form_count()):
                yield self.data.get(f"{self.prefix}-{number}-{name}", "")

        hours = {tidy(text) for text in sent("hours")}
        return TypedPeople(Said(contacts=[*filter(None, sent("contacts"))], hours=hours - {""}))

    def away_today(self, contact: EscalationContact) -> str:
        """Until when somebody is away and who answers, in words; empty for who is there."""
        return away.in_words(contact, self._absences, timezone.localdate())

    @cached_property
    def _absences(self) -> list[Absence]:
        contacts = [level.contact_id for level in self.get_queryset()]
        return away.absences_on(contacts, timezone.localdate())

    def clean(self) -> None:
        if not any(self.errors):
            self.people.settle()
            for form in self.forms:
                if form.typed and not form.typed.is_new and form.typed.contact.pk:
                    form.instance.contact = form.typed.contact
        super().clean()

    # ---- Saving ------------------------------------------------------------------------------

    def reached(self) -> list[Model]:
        """Whose other services change too."""
        return [*self.people.changed()]

    def warnings(self) -> Iterator[str]:
        """Who of those that change answers in other services, and who is called as somebody
        new, in words."""
        for contact in self.people.changed():
            others = contact.services().exclude(escalation_policy=self.instance.pk)
            services = others.order_by("name", "pk")
            count = services.count()
            if count:
                message = ngettext(
                    "“%(who)s” answers in %(count)d other service too (%(names)s): what you "
                    "change of them here changes there.",
                    "“%(who)s” answers in %(count)d other services too (%(names)s): what you "
                    "change of them here changes there.",
                    count,
                )
                names = ", ".join([*map(str, services[:3]), *map(str, and_more(count - 3))])
                yield message % {"who": contact, "count": count, "names": names}
        for contact in self.people.namesakes():
            message = _("There is “%(who)s” already, with other contacts. You make another one.")
            yield message % {"who": contact}

    def save(self, commit: bool = True) -> list[Model]:
        """Save the levels, and before them the people who were typed. `made` is then what was made
        besides."""
        if self.has_changed() and commit:
            kept = [form for form in self.forms if form.has_changed() and self._is_kept(form)]
            self.made = self.people.store([form.typed for form in kept if form.typed])
            for form in kept:
                if form.typed:
                    form.instance.contact = form.typed.contact
        return super().save(commit)


class ServiceLadderFormSet(LadderFormSet):
    """The levels of the policy of a service, which is made if there is none."""

    def __init__(self, *args: Any, instance: Service | None = None, **kwargs: Any) -> None:
        self.service = instance or Service()
        super().__init__(*args, instance=_policy_of(self.service), **kwargs)

    @property
    def is_of_stored(self) -> bool:
        return self.service.pk is not None

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # The policy of the service, whichever that is by now.
        form.fields[self.fk.name] = InlineForeignKeyField(self.instance, disabled=True)

    def clean(self) -> None:
        if self.has_changed() and f"{POLICY_PREFIX}-0-DELETE" in self.data:
            message = _(
                "You marked the escalation policy for deletion, and its levels go with it. Remove "
                "that mark, or what you typed here."
            )
            raise ValidationError(message, "policy_goes")
        super().clean()

    def save(self, commit: bool = True) -> list[Model]:
        """Save the levels; before them the policy, if it is new. Times of levels that are gone go
        too."""
        if not (self.has_changed() and commit):
            return super().save(commit)
        self._store_policy()
        saved = super().save()
        levels = self.instance.levels.values_list("level", flat=True)
        for time in self.instance.times.exclude(level__in=levels):
            time.delete()
        return saved

    def _store_policy(self) -> None:
        if self.instance.pk is None:
            # The form beside may have made it.
            stored = EscalationPolicy.objects.filter(service=self.service).first()
            self.instance = stored or self.instance
        if self.instance.pk is None:
            self.instance.service = self.service
            self.instance.save()


def _policy_of(service: Service) -> EscalationPolicy:
    stored = EscalationPolicy.objects.filter(service=service).first() if service.pk else None
    policy = stored or EscalationPolicy()
    policy.service = service
    return policy


class LadderInline(AutocompletesMixin, admin.StackedInline):
    """Levels, each with who answers."""

    model = EscalationLevel
    form = LadderRow
    formset: type[LadderFormSet] = LadderFormSet
    extra = 0
    template = "admin/escalations/ladder.html"
    autocomplete_fields = ["contact", "request_types"]
    verbose_name_plural = gettext_lazy("escalation levels")
    fields = [
        "level",
        "title",
        "contact",
        *OF_PEOPLE,
        "escalate_after_minutes",
        "purpose",
        "request_types",
        "valid_from",
        "valid_until",
    ]
    max_num = 100

    class Media:
        css = {"all": ["directory/rows.css"]}
        js = [forms.Script("directory/folded_rows.js", defer=True)]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        related = rows.select_related(*self.model.validity_related, "contact__schedule")
        return related.prefetch_related("request_types", "contact__contact_uses__contact_point")

    def get_formset(
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> type[BaseInlineFormSet]:
        formset: Any = super().get_formset(request, obj, **kwargs)
        left_out = () if may_type_people(request) else OF_PEOPLE
        return type(formset.__name__, (formset,), {"left_out": left_out})


class ServiceLadderInline(LadderInline):
    """The same on the form of their service."""

    formset = ServiceLadderFormSet

    def __init__(self, parent_model: type[Model], admin_site: admin.AdminSite) -> None:
        # Levels belong to the policy; the formset finds that of the service.
        super().__init__(EscalationPolicy, admin_site)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The first level makes the policy, too.
        may_add = super().has_add_permission(request, obj)
        if not may_add or request.user.has_perm("escalations.add_escalationpolicy"):
            return may_add
        return bool(obj) and EscalationPolicy.objects.filter(service=obj).exists()

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        is_new = obj is None or not EscalationLevel.objects.filter(policy__service=obj).exists()
        return EMPTY_ROWS_OF_A_NEW_LADDER if is_new else 1


def may_type_people(request: HttpRequest) -> bool:
    """Whether the user may make and change who answers, with their contacts."""
    needed = [
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model, actions in (
            (EscalationContact, ("add", "change")),
            (EscalationContactUse, ("add", "change", "delete")),
            (ContactPoint, ("add",)),
            (Schedule, ("add",)),
        )
        for action in actions
    ]
    return request.user.has_perms(needed)
