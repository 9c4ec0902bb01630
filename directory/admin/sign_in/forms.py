"""The form with user name and password, of which only so many may be wrong."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm

from directory.admin.sign_in import limits


class SignInForm(AdminAuthenticationForm):
    """Django's, with a count of what was wrong."""

    def clean(self) -> dict[str, Any]:
        """As Django's. Raises `limits.TooManyTries`."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if self.request is None or not (name and password):
            return super().clean()
        with limits.trying(self.request, limits.PASSWORD, name):
            return super().clean()
