"""What a page costs by how deep it is rendered: with room for its frames, and without.

    python -m tests.benchmarks.deep_calls [10]

Servers, their threads and whatever measures them call Django at depths of their own. Renders so
many pages of services at each depth, each for the first time, the two by turns, and prints the
processor's milliseconds of the median page and their ratio, for each depth and for the worst.
"""

# ruff: noqa: T201
import os
import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from unittest import mock

DEPTHS = range(0, 64, 4)


def main(count: int) -> None:
    """Measure with so many pages of each."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    import config.wsgi  # noqa: F401
    from tests.benchmarks.directories import fill, own_database

    requests = RequestFactory()
    first, *others = settings.MIDDLEWARE
    assert first == "config.frame_room.middleware"
    with mock.patch.object(settings, "MIDDLEWARE", others):
        without_room = WSGIHandler()
    handlers = {"without": without_room, "with": WSGIHandler()}

    def render(handler: Callable, number: int) -> float:
        environ = requests.get(f"/servicios/servicio-{number}/", headers={"host": "localhost"})
        began = process_time()
        response = handler(environ.environ, lambda status, headers: None)
        b"".join(response)
        took = process_time() - began
        response.close()
        assert response.status_code == 200
        return 1000 * took

    def deeper(depth: int, handler: Callable, number: int) -> float:
        return deeper(depth - 1, handler, number) if depth else render(handler, number)

    with own_database():
        fill(2 * count * len(DEPTHS) + 10)
        for number in range(10):
            render(handlers["with"], number)
        numbers, worst = (
            iter(range(10, 2 * count * len(DEPTHS) + 10)),
            {"with": 0.0, "without": 0.0},
        )
        for depth in DEPTHS:
            took = {
                name: median(deeper(depth, each, next(numbers)) for _ in range(count))
                for name, each in handlers.items()
            }
            worst = {name: max(worst[name], took[name]) for name in worst}
            tell(f"{depth} calls deeper", took)
        tell("the worst of each", worst)


def tell(what: str, took: dict[str, float]) -> None:
    """One line."""
    ratio = took["with"] / took["without"]
    print(
        f"{what:<20} {took['without']:6.2f} ms -> {took['with']:6.2f} ms ({ratio:.2f})", flush=True
    )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(*[int(each) for each in sys.argv[1:]] or [10])
