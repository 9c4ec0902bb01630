"""How long it takes, and how much memory, to check the chain of many editions.

    DATABASE_URL=… python -m tests.benchmarks.verifying [1000 10000 100000]

Memory is what Python holds at its peak (tracemalloc).
"""

# ruff: noqa: T201
import sys
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

from directory.editions import chain
from directory.models import Edition, Service
from tests.benchmarks.directories import own_database

SIZES = (1_000, 10_000, 100_000)
PER_SERVICE = 1_000
TEXT = "x" * 4_000


def fill(count: int):
    """`count` sealed editions, PER_SERVICE of each service."""
    sealed = chain.document_digest(TEXT)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for index in range(0, count, PER_SERVICE):
        service = Service.objects.create(slug=f"servicio-{index}", name=f"Servicio {index}")
        before, editions = "", []
        for number in range(1, min(PER_SERVICE, count - index) + 1):
            at = first + timedelta(minutes=index + number)
            before = chain.digest(service.pk, number, at, sealed, before)
            editions.append(
                Edition(
                    service=service,
                    number=number,
                    document=TEXT,
                    document_digest=sealed,
                    search_text="",
                    digest=before,
                    published_at=at,
                )
            )
        Edition.objects.bulk_create(editions)


def main(sizes):
    for count in sizes:
        with own_database():
            fill(count)
            tracemalloc.start()
            begin = time.perf_counter()
            assert list(chain.first_broken(Edition.objects.all())) == []
            seconds = time.perf_counter() - begin
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        print(f"{count:>7} editions: {seconds:6.2f} s, {peak / 2**20:.1f} MiB at the peak")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
