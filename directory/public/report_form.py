"""The form with which a customer reports a contact that did not work."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.answers.reportable import Reportable
from directory.contacts.text import tidy, visible
from directory.models.contact_reports import LONGEST_TEXT, Problem
from directory.public.report_tokens import Age, FormToken, read

PRESS_ONCE_MORE = _("Look at what you wrote, and press “Send” once more.")
OPEN_FOR_LONG = _(
    "This page was open for a long time. Look at what you wrote, and press “Send” once more."
)


class OneLineField(forms.CharField):
    """A sentence: what is typed in several lines is one, and what nobody sees is left out."""

    def to_python(self, value: Any) -> str:
        """The text with single spaces."""
        return " ".join(visible(tidy(super().to_python(value) or "")).split())


class ReportForm(forms.Form):
    """Which contact, what happened, a sentence and a mail address if somebody wants.

    `contacts` are those of the page now, by key; `key` is the one that is chosen beforehand.
    """

    key = forms.ChoiceField(
        label=_("Which contact?"),
        error_messages={
            "required": _("Choose the contact that did not work."),
            "invalid_choice": _("This contact is not on the page any more. Choose another."),
        },
    )
    problem = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(each.value, capfirst(each.label)) for each in Problem],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what happened."),
            "invalid_choice": _("Choose what happened."),
        },
    )
    text = OneLineField(
        label=_("In your words (optional)"),
        help_text=_("When you tried it, what you heard or read. No personal data, please."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address (optional)"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Write an address such as ana@example.com, or leave it empty.")
        },
    )
    # Hidden from people: programs that fill in all there is write into it.
    reference = forms.CharField(label=_("Leave this field empty"), required=False)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        contacts: Mapping[str, Reportable],
        at: datetime,
        *,
        key: str = "",
        data: Mapping[str, str] | None = None,
        is_from_here: bool = True,
    ) -> None:
        if data is not None:
            # What no page can show is left out of what it shows again.
            data = {name: visible(value) for name, value in data.items()}
        super().__init__(data, initial={"key": key})
        self.contacts, self.at, self.is_from_here = contacts, at, is_from_here
        self.key_field.choices = [("", ""), *((key, key) for key in contacts)]
        days = settings.REPORT_MAIL_KEPT_FOR_DAYS
        self.fields["email"].help_text = _(
            "Only to ask you something about this, or to tell you what came of it. It is deleted "
            "when that is settled, at the latest after %(days)d days."
        ) % {"days": days}

    @property
    def key_field(self) -> forms.ChoiceField:
        field: Any = self.fields["key"]
        return field

    @cached_property
    def groups(self) -> list[tuple[str, list[Reportable]]]:
        """The contacts by where they stand on the page, in its order."""
        places = groupby(self.contacts.values(), key=lambda each: each.place)
        return [(place, list(some)) for place, some in places]

    @property
    def chosen(self) -> Reportable:
        """The contact that was chosen, of a valid form."""
        return self.contacts[self.cleaned_data["key"]]

    @cached_property
    def sent_token(self) -> FormToken | None:
        """The token that came with it; None if it is none of ours."""
        return read(self.data.get("token", "")) if self.is_bound else None

    @property
    def next_token(self) -> str:
        """The token of the page that shows it: the same as long as that is good."""
        token = self.sent_token
        if token is None or not self.is_from_here or token.age(self.at) is Age.TOO_OLD:
            token = FormToken.new(self.at)
        return token.signed()

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("problem") == Problem.OTHER and cleaned.get("text") == "":
            self.add_error("text", ValidationError(_("Write what happened."), "required"))
        token = self.sent_token
        if token is None or not self.is_from_here or token.age(self.at) is Age.TOO_OLD:
            raise ValidationError(OPEN_FOR_LONG, "out_of_date")
        if token.age(self.at) is Age.TOO_NEW or cleaned.get("reference"):
            raise ValidationError(PRESS_ONCE_MORE, "not_by_a_person")
        return cleaned
