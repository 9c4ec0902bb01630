"""Room for the frames of deep calls: of pages, whose templates include templates.

CPython keeps the frames of Python functions in pieces of memory, of 16 KB at first, and unmaps a
piece as soon as the first frame in it is left (`push_chunk` and `_PyThreadState_PopFrame` in
Python/pystate.c of 3.11 to 3.13). Where a piece happens to end at the depth at which templates call
small functions, each of these calls maps and unmaps memory: a page took up to 1.7 times as long
(tests/benchmarks/deep_calls.py). A frame that fits nowhere gets a piece of twice its size or less,
and leaves the rest to what it calls. Who needs no room loses some ten microseconds.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Slots of a frame: of the 128 KB that hold so many, almost a half is left.
SLOTS = 8_400


def with_room(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which calls others as deep as our pages do out of one piece of memory."""

    def call(*args: Any) -> Any:
        return function(*args)

    return FunctionType(
        call.__code__.replace(co_stacksize=SLOTS),
        call.__globals__,
        call.__name__,
        closure=call.__closure__,
    )


def middleware(get_response: GetResponse) -> GetResponse:
    """The first of all: Django answers with room."""
    return with_room(get_response)
