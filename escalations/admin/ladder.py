"""The ladder: the levels of a policy, and who answers on them, in its own form and in that of its
service.

A row may name somebody who is there, or type who it is, their contacts and hours, as text. The
policy comes into being with its first level.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from directory.admin.row_keys import AutocompletesMixin
from directory.contacts.text import tidy
from directory.editions.names import in_a_line, level_title
from directory.hours.durations import describe_duration
from directory.models import ContactPoint, Schedule, Service
from directory.upkeep.naming import and_more
from escalations import away
from escalations.admin.level_rows import LevelRow, NumberedLevelFormSet
from escalations.admin.typed_people import (
    Said,
    TypedPeople,
    TypedPerson,
    contacts_text,
    hours_text,
)
from escalations.models import (
    Absence,
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)

EMPTY_ROWS_OF_A_NEW_LADDER = 3
# Who may not change people types nothing of them.
# Of the form of the policy on the same page.
POLICY_PREFIX = "escalation_policy"
NAME = ("name", "person")
OF_PEOPLE = ("new_name", "new_person", "contacts", "hours")


class LadderRow(LevelRow):
    """A level and who answers on it: chosen, or typed."""

    aids = ("new_name", "new_person")

    new_name = forms.CharField(
        label=gettext_lazy("or a new group or role"),
        required=False,
        max_length=120,
        widget=AdminTextInputWidget,
    )
    new_person = forms.CharField(
        label=gettext_lazy("new person"),
        required=False,
        max_length=120,
        widget=AdminTextInputWidget,
    )
    contacts = forms.CharField(
        label=gettext_lazy("contacts"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": "levels-help-contacts"}),
    )
    hours = forms.CharField(
        label=pgettext_lazy("of a person", "hours"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 1, "aria-describedby": "levels-help-hours"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = TypedPeople(Said())
        self.typed: TypedPerson | None = None
        # Of somebody who is stored, in words; given by the formset.
        self.away_today: Callable[[EscalationContact], str] = lambda contact: ""
        if "contact" in self.fields:
            self.fields["contact"].required = False
        if self.instance.contact_id:
            contact = self.instance.contact
            self.initial["contacts"] = contacts_text(contact)
            self.initial["hours"] = hours_text(contact)

    # ---- Shown above the fields of a stored row -------------------------------------------------

    @property
    def heading(self) -> str:
        """“2 · Segundo escalamiento”."""
        level: EscalationLevel = self.instance
        return in_a_line(str(level.level), level.title or level_title(level.level))

    @property
    def who(self) -> str:
        """Who answers, without a code."""
        return in_a_line(self.instance.contact.name, self.instance.contact.person)

    @property
    def away(self) -> str:
        """Until when they are away today, and who answers."""
        return self.away_today(self.instance.contact)

    @property
    def contact_lines(self) -> list[str]:
        """The contacts of who answers, for who cannot type them."""
        return contacts_text(self.instance.contact).splitlines()

    @property
    def after(self) -> str:
        """After which time the level is asked, in words; empty where that is not stated."""
        minutes = self.instance.escalate_after_minutes
        return _("after %(time)s") % {"time": describe_duration(minutes)} if minutes else ""

    @property
    def has_somebody_new(self) -> bool:
        """Whether somebody new is typed in the place of who stands there."""
        return any(self[name].value() for name in ("new_name", "new_person"))

    @property
    def has_more(self) -> bool:
        """Whether something stands, or is wrong, in the fields that are folded in."""
        fields = ("purpose", "request_types", "valid_from", "valid_until")
        return any(self[name].value() or self[name].errors for name in fields)

    # ---- Reading ------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not (self.cleaned_data.get("DELETE") or self.errors):
            self.typed = self._who()
            if self.typed:
                self._say(self.typed)
        return cleaned

    def _post_clean(self) -> None:
        # Django's stubs leave it out.
        super()._post_clean()  # type: ignore[misc]
        if self.typed and self.typed.is_new:
            # What is not stored yet is no choice of the field.
            self.instance.contact = self.typed.contact

    def _who(self) -> TypedPerson | None:
        """Who is chosen or typed; else an error stands at the field."""
        chosen: EscalationContact | None = self.cleaned_data.get("contact")
        name, person = (
            tidy(self.cleaned_data.get(each, "")) for each in ("new_name", "new_person")
        )
        if not (name or person):
            if chosen is None:
                message = _("Choose who answers here, or type who it is.")
                self.add_error("contact", ValidationError(message, "required"))
            return self.people.stored(chosen) if chosen else None
        if chosen and "contact" in self.changed_data:
            message = _("You chose somebody, too. Empty this, or the choice.")
            self.add_error("new_name", ValidationError(message, "chosen_too"))
            return None
        try:
            typed = self.people.named(name, person)
        except ValidationError as error:
            for field, errors in error.error_dict.items():
                self.add_error("new_person" if field == "person" and name else "new_name", errors)
            return None
        # Somebody takes the place of who stood there.
        self.cleaned_data["contact"] = None
        return typed

    def _say(self, typed: TypedPerson) -> None:
        """Take what was typed of somebody; what cannot be read is an error at its field."""
        is_of_another = self.instance.pk and "contact" in self.changed_data and not typed.is_new
        for field in ("contacts", "hours"):
            text = self.cleaned_data.get(field) or ""
            if field not in self.changed_data and not (typed.is_new and text):
                continue
            try:
                if is_of_another:
                    message = _(
                        "You chose somebody else, who has their own. Put back what stood here, "
                        "save, and change it then."
                    )
                    raise ValidationError(message, "of_another")
                if field == "hours":
                    self.people.says_hours(typed, text)
                else:
                    # Who was chosen for a new row has contacts that nobody has seen.
                    adds = self.instance.pk is None and not typed.is_new
                    self.people.says_contacts(typed, text, adds=adds)
            except ValidationError as error:
                self.add_error(field, error)


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
