"""A level on the form of its policy or service, and who answers on it: chosen, or typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.contacts.text import tidy
from directory.editions.names import in_a_line, level_title
from directory.hours.durations import describe_duration
from escalations.admin.level_rows import LevelRow
from escalations.admin.typed_people import (
    Said,
    TypedPeople,
    TypedPerson,
    contacts_text,
    hours_text,
)
from escalations.models import EscalationContact, EscalationLevel


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
        contact = self.instance.contact
        return self.away_today(contact) if contact.pk else ""

    @property
    def contact_lines(self) -> list[str]:
        """The contacts of who answers, for who cannot type them; none of somebody new, who is typed
        on a page that comes back with errors."""
        contact = self.instance.contact
        return contacts_text(contact).splitlines() if contact.pk else []

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

    def full_clean(self) -> None:
        super().full_clean()
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
