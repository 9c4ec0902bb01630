"""The form's choice of a country and of its subdivision, whose public holidays apply.

Without JavaScript the subdivisions can only be those of one country: of the one that was sent, or
else of the stored one. The select says, hidden, whose they are; where another country was chosen
meanwhile and has some, the form comes back once and offers them.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.hours.holidays import subdivisions


class SubdivisionSelect(forms.Select):
    """The subdivisions of `country`. What was sent and is none of them stays among the choices."""

    def offer(self, country: str, sent: str = "") -> None:
        """Offer the subdivisions of a country, and `sent`."""
        self.country = country
        named = {code: f"{name} ({code})" for code, name in subdivisions(country).items()}
        others = {sent: sent} if sent and sent not in named else {}
        none = _("Only those of the whole country (%s)") % country
        self.choices = [("", none), *named.items(), *others.items()]

    def render(self, name: str, *args: Any, **kwargs: Any) -> SafeString:
        offered = format_html('<input type="hidden" name="{}_of" value="{}">', name, self.country)
        return super().render(name, *args, **kwargs) + offered


class HolidayPlaceForm(forms.ModelForm):
    """For a form with the fields `country` and `subdivision`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "subdivision" not in self.fields:
            return
        # Set here and not as a class attribute, for the admin replaces the widgets of models.
        select = self.fields["subdivision"].widget = SubdivisionSelect()
        initial = self.get_initial_for_field(self.fields["country"], "country")
        sent = self.data.get(self.add_prefix("subdivision"), "") if self.is_bound else ""
        country = self.data.get(self.add_prefix("country"), initial) if self.is_bound else initial
        select.offer(country.strip(), sent)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        values = self.cleaned_data
        country = values.get("country", "")
        offered = self.data.get(self.add_prefix("subdivision_of"), country)
        is_new_place = country != offered and not values.get("subdivision")
        if is_new_place and subdivisions(country) and "subdivision" in self.fields:
            message = _(
                "Here are now the regions of %(country)s. Choose one, or leave it at the whole "
                "country, and save again."
            )
            error = ValidationError(message, code="other_country", params={"country": country})
            self.add_error("subdivision", error)
        return cleaned
