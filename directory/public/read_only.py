"""What all public addresses have in common."""

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only(view):
    """The view, for GET and HEAD; whatever else is asked of it is answered with 405 and `Allow`.

    It changes nothing, so a missing CSRF token is never what is wrong.
    """
    return csrf_exempt(require_safe(view))
