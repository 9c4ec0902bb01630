"""Words that are made once for all who read them in the same language."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import get_language

P = ParamSpec("P")
Result = TypeVar("Result")


def remembered(most: int) -> Callable[[Callable[P, Result]], Callable[P, Result]]:
    """Keeps the last `most` results of a function of hashable arguments, which asks of nothing else
    but the active language and whose directory this is."""

    def decorate(function: Callable[P, Result]) -> Callable[P, Result]:
        @lru_cache(maxsize=most)
        def known(_readers: Any, *args: Any, **kwargs: Any) -> Result:
            return function(*args, **kwargs)

        @wraps(function)
        def remember(*args: P.args, **kwargs: P.kwargs) -> Result:
            readers = (
                get_language(),
                settings.LANGUAGE_CODE,
                settings.ORGANIZATION,
                settings.PHONENUMBER_DEFAULT_REGION,
            )
            return known(readers, *args, **kwargs)  # type: ignore[arg-type] # they are hashable

        return remember

    return decorate
