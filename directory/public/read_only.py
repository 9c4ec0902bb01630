"""What may be done with public addresses: most are only read, and some are shown by other sites."""

from collections.abc import Callable
from typing import Any, TypeVar

from csp.decorators import csp_replace
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from config.headers import embedded
from directory.editions.replica import from_replica

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """The view, for GET and HEAD; whatever else is asked of it is answered with 405 and `Allow`.

    It changes nothing, so a replica may answer, and a missing CSRF token is never what is wrong.
    """
    return csrf_exempt(require_safe(from_replica(view)))


def framed(view: View) -> View:
    """The view, whose page any other site may show in a frame."""
    # Its types know no view with arguments.
    replaced: Any = csp_replace({"frame-ancestors": ["*"]})
    return embedded(xframe_options_exempt(replaced(view)))
