"""What a WSGI server starts: `config.wsgi`."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LONGEST_TYPE = 1_000
handler = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, which is told of what is sent its type and what parts it, no more: it would read
    addresses in whatever encoding a header names, before any page of ours could say that it is
    none. All that we take is UTF-8."""
    kind, *parameters = environ.get("CONTENT_TYPE", "")[:LONGEST_TYPE].split(";")
    kept = [each for each in parameters if each.strip().lower().startswith("boundary=")]
    environ["CONTENT_TYPE"] = ";".join([kind, *kept])
    return handler(environ, start_response)
