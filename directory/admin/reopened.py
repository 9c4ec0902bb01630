"""A form that opens with what was typed into it before, and saves nothing."""

from typing import Any

from django import forms
from django.http import HttpRequest

# The button that asks for it.
EDIT_AGAIN = "_edit_again"


class Reopened(forms.ModelForm):
    """Shows what was typed again instead of saving it."""

    def is_valid(self) -> bool:
        super().is_valid()
        return False


def reopened(form: type[forms.ModelForm], request: HttpRequest) -> type[forms.ModelForm]:
    """The form class of a request, as `Reopened` if that was asked for."""
    if EDIT_AGAIN not in request.POST:
        return form
    metaclass: Any = type(form)
    return metaclass(form.__name__, (Reopened, form), {})


def ask_to_reopen(request: HttpRequest) -> None:
    """Have the form of this request shown again instead of being saved."""
    typed = request.POST.copy()
    typed[EDIT_AGAIN] = "yes"
    # Django's property of a request has a setter.
    request.POST = typed  # type: ignore[assignment]
