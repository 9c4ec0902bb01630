"""Room for the frames of deep calls."""

import pytest
from django.conf import settings
from django.http import HttpResponse

from config.frame_room import SLOTS, middleware, with_room


def test_what_has_room_is_called_with_what_was_given():
    assert with_room(lambda *args: args)(1, "a") == (1, "a")


def test_its_frame_fits_into_no_piece_of_usual_size():
    assert with_room(print).__code__.co_stacksize == SLOTS
    # So many slots of eight bytes are more than the 16 KB of a piece.
    assert SLOTS * 8 > 16 * 1024


def test_what_it_raises_arrives():
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)()


def test_it_calls_as_deep_as_any_other():
    def deep(number):
        return 0 if number == 0 else 1 + deep(number - 1)

    assert with_room(deep)(500) == 500


def test_each_has_its_own():
    one, other = with_room(lambda: "one"), with_room(lambda: "other")
    assert (one(), other()) == ("one", "other")


def test_django_answers_with_room(rf):
    assert settings.MIDDLEWARE[0] == "config.frame_room.middleware"
    answer = HttpResponse("Hola")
    assert middleware(lambda request: answer)(rf.get("/")) is answer
