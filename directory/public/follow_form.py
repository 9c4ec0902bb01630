"""The form that asks for a subscription by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.following.subscriptions import LONGEST_ADDRESS, address_of


class FollowForm(forms.Form):
    """An address. `website` is hidden from people: who fills it in is a program."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=2 * LONGEST_ADDRESS,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "spellcheck": "false", "maxlength": LONGEST_ADDRESS}
        ),
        error_messages={
            "required": _("Write your e-mail address."),
            "max_length": _("This is no e-mail address. Write it as in name@example.com."),
        },
    )
    website = forms.CharField(required=False)

    def clean_address(self) -> str:
        """The address in the form in which it is kept."""
        return address_of(self.cleaned_data["address"])

    @property
    def is_of_a_program(self) -> bool:
        """Whether what people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))
