"""The form that asks for a subscription by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.following.subscriptions import LONGEST_ADDRESS, address_of

ONCE_MORE = _("Nothing was sent yet. Please press the button once more.")


class FollowForm(forms.Form):
    """The address that mails shall go to."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=2 * LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "max_length": _("This is no e-mail address. Write it as in name@example.com."),
        },
    )
    # Hidden from people: programs that fill in all there is write into it.
    reference = forms.CharField(label=_("Leave this field empty"), required=False)

    def clean_address(self) -> str:
        """The address in the form in which it is kept."""
        return address_of(self.cleaned_data["address"])

    def clean(self) -> None:
        """A person whose browser filled in what is hidden needs only to send the form once more."""
        if self.cleaned_data.get("reference") != "":
            raise forms.ValidationError(ONCE_MORE)
