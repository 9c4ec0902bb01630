"""How long it takes, and how much memory, to check the chain of many editions.

    DATABASE_URL=… python -m tests.benchmarks.verifying [1000 10000 100000]

Memory is what Python holds at its peak (tracemalloc).
"""

# ruff: noqa: T201
import sys
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

from directory.editions.document import ServiceDocument
from directory.editions.publish import Act, sealed_edition, store
from directory.editions.verifying import breaks
from directory.models import Service
from tests.benchmarks.directories import own_database

SIZES = (1_000, 10_000, 100_000)
PER_SERVICE = 1_000
TEXT = "x" * 4_000


def fill(count: int):
    """`count` sealed editions, PER_SERVICE of each service."""
    composed = ServiceDocument(slug="servicio", name="Servicio", introduction=TEXT)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for index in range(0, count, PER_SERVICE):
        service = Service.objects.create(slug=f"servicio-{index}", name=f"Servicio {index}")
        last, editions = None, []
        for number in range(1, min(PER_SERVICE, count - index) + 1):
            act = Act(first + timedelta(minutes=index + number))
            last = sealed_edition(service.pk, composed, last, act)
            editions.append(last)
        store(editions)


def main(sizes):
    for count in sizes:
        with own_database():
            fill(count)
            tracemalloc.start()
            begin = time.perf_counter()
            assert list(breaks()) == []
            seconds = time.perf_counter() - begin
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        print(f"{count:>7} editions: {seconds:6.2f} s, {peak / 2**20:.1f} MiB at the peak")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
