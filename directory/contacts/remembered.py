"""Words that are made once for all who read them in the same language."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.signals import setting_changed
from django.utils.translation import get_language

P = ParamSpec("P")
Result = TypeVar("Result")


def remembered(most: int) -> Callable[[Callable[P, Result]], Callable[P, Result]]:
    """Keeps the last `most` results of a function of hashable arguments, which asks of nothing else
    but the active language and the settings."""

    def decorate(function: Callable[P, Result]) -> Callable[P, Result]:
        @lru_cache(maxsize=most)
        def known(_language: str | None, *args: Any, **kwargs: Any) -> Result:
            return function(*args, **kwargs)

        def forget(**_changed: Any) -> None:
            known.cache_clear()

        # Settings change in tests alone. What receives it must be kept by somebody.
        setting_changed.connect(forget, weak=False)

        @wraps(function)
        def remember(*args: P.args, **kwargs: P.kwargs) -> Result:
            return known(get_language(), *args, **kwargs)  # type: ignore[arg-type] # hashable

        return remember

    return decorate
