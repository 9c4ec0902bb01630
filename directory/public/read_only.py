"""What all public addresses have in common."""

from collections.abc import Callable
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """The view, for GET and HEAD; whatever else is asked of it is answered with 405 and `Allow`.

    It changes nothing, so a missing CSRF token is never what is wrong.
    """
    return csrf_exempt(require_safe(view))
