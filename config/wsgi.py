"""What a WSGI server starts: `config.wsgi`."""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from config.environment import NotConfigured
from config.places import Places

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LONGEST_TYPE = 1_000
try:
    django = Places(get_wsgi_application())
except NotConfigured as error:
    sys.exit(str(error))

# Models are there once Django is set up.
from config.loading import load  # noqa: E402
from directory.rendered.serving import serving  # noqa: E402

answers = serving(django)
load()
# What is loaded stays, and a page leaves so many objects that it would be looked through for each.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 20)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What is kept, else Django's answer. It is told of what is sent its type and what parts it, no
    more: it would read addresses in whatever encoding a header names, before any page of ours could
    say that it is none. All that we take is UTF-8."""
    kind, *parameters = environ.get("CONTENT_TYPE", "")[:LONGEST_TYPE].split(";")
    kept = [each for each in parameters if each.strip().lower().startswith("boundary=")]
    environ["CONTENT_TYPE"] = ";".join([kind, *kept])
    # The site stands at the root of its host; what calls itself a prefix would stand in links.
    environ["SCRIPT_NAME"] = ""
    return answers(environ, start_response)
