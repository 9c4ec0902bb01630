"""For how long servers, caches and browsers keep what is public."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control

Response = TypeVar("Response", bound=HttpResponseBase)
# Seconds for which a cache between us and readers asks nobody, and for which it asks meanwhile.
FRESH, REVALIDATED_MEANWHILE = 60, 60
# While we do not answer, a page that says until when it holds is better than none.
SHOWN_WITHOUT_US = 24 * 60 * 60
# In an ETag, before the second in which the answer was made, where the answer tells it.
MADE_AT = "."

for_an_hour = cache_control(public=True, max_age=60 * 60)
for_a_day = cache_control(public=True, max_age=24 * 60 * 60)


def holding(response: Response, until: datetime | None = None) -> Response:
    """A response that is the same for everybody who asks this, until the aware instant `until`
    (None: as long as nothing is published): servers may keep it (`directory.rendered`)."""
    seconds = (until - timezone.now()).total_seconds() if until else None
    response["Cache-Control"] = while_it_holds(seconds)
    return rendered_once(response, until)


def rendered_once(response: Response, until: datetime | None = None) -> Response:
    """The same, where something else says for how long caches keep it."""
    response.holds_until = until  # type: ignore[attr-defined] # read by directory.rendered
    return response


def while_it_holds(seconds: float | None) -> str:
    """`Cache-Control` (RFC 9111, RFC 5861) of what holds for so many seconds more, None: no end is
    known. Browsers ask each time; shared caches for a minute at most, and never beyond its end."""
    left = FRESH + REVALIDATED_MEANWHILE if seconds is None else max(0, int(seconds))
    fresh = min(FRESH, left)
    meanwhile = min(REVALIDATED_MEANWHILE, left - fresh)
    return (
        f"public, max-age=0, s-maxage={fresh}, stale-while-revalidate={meanwhile}, "
        f"stale-if-error={SHOWN_WITHOUT_US}"
    )


def always_revalidated(view: Callable[..., Any]) -> Any:
    """The view, whose answers browsers may keep, and ask each time whether they still hold."""

    @wraps(view)
    def respond(*args: Any, **kwargs: Any) -> Any:
        response = view(*args, **kwargs)
        if not hasattr(response, "holds_until"):
            patch_cache_control(response, public=True, no_cache=True)
        return response

    return respond
