"""What memory each process that serves takes, at rest and once everything public was read.

    DATABASE_URL=… python -m tests.benchmarks.memory [services]

Starts gunicorn with the project's configuration and two workers. Reads the page, the API's detail
and its “now” of every service once, the page of every tenth in English as well, and all pages of
the index. Prints PSS (a worker's part of what they share) and RSS of each worker in MB.
"""

# ruff: noqa: T201
import http.client
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

from django.db import connection
from django.test.utils import setup_test_environment

from tests.benchmarks.directories import fill, own_database
from tests.benchmarks.serving import database_url, gunicorn, memory

PORT = 20_361
PER_PAGE, ENGLISH_EACH = 50, 10


def paths(count: int) -> Iterator[str]:
    """All that is read."""
    for number in range(count):
        slug = f"servicio-{number}"
        yield f"/servicios/{slug}/"
        yield f"/api/v1/services/{slug}/"
        yield f"/api/v1/services/{slug}/now/"
        if number % ENGLISH_EACH == 0:
            yield f"/en/servicios/{slug}/"
        if number % PER_PAGE == 0:
            yield f"/?page={number // PER_PAGE + 1}"


def crawl(count: int) -> int:
    """Read everything; how many answers there were. Connections end, so both workers have some."""
    answers = 0
    asked = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    for answers, path in enumerate(paths(count), start=1):
        asked.request("GET", path)
        answer = asked.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        if answers % 20 == 0:
            asked.close()
    asked.close()
    return answers


def in_words(sizes: list[tuple[float, float]]) -> str:
    """One line."""
    return "; ".join(f"PSS {pss:.0f} MB, RSS {rss:.0f} MB" for pss, rss in sizes)


def main(count: int) -> None:
    """Measure with so many services."""
    setup_test_environment()
    with ExitStack() as stack:
        stack.enter_context(own_database())
        fill(count)
        connection.close()
        variables = {
            "DATABASE_URL": database_url(),
            "WEB_CONCURRENCY": "2",
            # As in `config/deploy`.
            "MALLOC_ARENA_MAX": "2",
        }
        process = stack.enter_context(gunicorn("config.wsgi", PORT, **variables))
        print(f"{connection.vendor}, {count} services; at rest: {in_words(memory(process))}")
        began = time.monotonic()
        answers = crawl(count)
        seconds = time.monotonic() - began
        print(
            f"after {answers} answers in {seconds:.0f} s: {in_words(memory(process))}", flush=True
        )


if __name__ == "__main__":
    main(*[int(each) for each in sys.argv[1:]] or [1_000])
