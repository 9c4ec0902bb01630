"""How long it takes to publish one change of a number that many services share.

    DATABASE_URL=… python -m tests.benchmarks.publishing [100 1000 10000]

Prints the time, and how many times that of a bare `bulk_create` of as many of the same editions in
the same database it is; the processor's time per service with its ratio to that of the smallest
number, the queries, the megabytes that Python held at most; how long the preview takes, and a page
that another process reads meanwhile.
"""

# ruff: noqa: T201
import json
import os
import secrets
import subprocess
import sys
import threading
import time
import tracemalloc

from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from directory.editions import dry_run, publish
from directory.models import ContactPoint, Edition
from tests.benchmarks.directories import fill, own_database

SIZES = (100, 1_000, 10_000)
PAGE = "/servicios/servicio-0/"
READ = "--read"


def read_pages():
    """Read a page again and again until the input ends; print how long each took, in seconds."""
    done = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
    client, found = Client(), []
    client.get(PAGE)
    print("ready", flush=True)
    while not done.is_set():
        begin = time.perf_counter()
        response = client.get(PAGE)
        found.append(time.perf_counter() - begin)
        assert response.status_code == 200, response.status_code
        time.sleep(0.02)
    print(json.dumps(found), flush=True)


def reader() -> subprocess.Popen:
    """`read_pages` as a process of its own, on the same database."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.publishing", READ],
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Count:
    """Counts queries and keeps none: their texts would be measured too."""

    def __init__(self):
        self.number = 0

    def __call__(self, execute, *arguments):
        self.number += 1
        return execute(*arguments)


def measure(count: int) -> tuple[float, float, int, list[float]]:
    """One change of the shared number: seconds, those of them the processor worked for it, queries,
    and how long each page took that was read meanwhile."""
    fill(count)
    line = ContactPoint.objects.get(code="linea-0")
    pages = reader()
    assert pages.stdout.readline() == "ready\n"
    queries = Count()
    with connection.execute_wrapper(queries):
        begin, working = time.perf_counter(), time.process_time()
        with transaction.atomic():
            ContactPoint.objects.filter(pk=line.pk).update(phone="+576017450000")
            editions = publish.publish(line.services())
        seconds, working = time.perf_counter() - begin, time.process_time() - working
    answer, _errors = pages.communicate()
    assert len(editions) == count, len(editions)
    return seconds, working, queries.number, json.loads(answer)


def bare(editions: int) -> float:
    """The seconds in which Django alone stores so many of the newest editions once more."""
    rows = list(Edition.objects.order_by("-pk")[:editions])
    for row in rows:
        row.pk, row._state.adding = None, True
        row.number, row.digest = row.number + 1, secrets.token_hex(32)
    began = time.perf_counter()
    with transaction.atomic():
        Edition.objects.bulk_create(rows)
    return time.perf_counter() - began


def preview(phone: str) -> float:
    """The seconds until the effect of the change is known in words."""
    line = ContactPoint.objects.get(code="linea-0")
    began = time.perf_counter()
    with dry_run.undone():
        ContactPoint.objects.filter(pk=line.pk).update(phone=phone)
        changed = dry_run.page_changes(line.services())
    assert changed.groups
    return time.perf_counter() - began


def memory(phone: str) -> float:
    """The megabytes that Python holds at most while the change is published."""
    line = ContactPoint.objects.get(code="linea-0")
    tracemalloc.start()
    with transaction.atomic():
        ContactPoint.objects.filter(pk=line.pk).update(phone=phone)
        publish.publish(line.services())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def main(sizes):
    setup_test_environment()
    smallest = None
    print(f"{connection.vendor}, {publish.BATCH} services in a batch")
    for count in sizes:
        with own_database():
            seconds, working, queries, pages = measure(count)
            seen, held = preview("+576017450001"), memory("+576017450002")
            alone = bare(count)
        each = working / count
        smallest = smallest or each
        print(
            f"{count:>6} services: {seconds:6.2f} s; {each * 1000:5.2f} ms of CPU each "
            f"({each / smallest:.2f} times the smallest), {queries} queries, {held:.0f} MB; "
            f"bulk_create alone {alone:.2f} s, so {seconds / alone:.1f} times that; "
            f"previewed in {seen:.2f} s; "
            f"{len(pages)} pages read meanwhile, "
            f"the slowest in {max(pages, default=0) * 1000:.0f} ms"
        )


if __name__ == "__main__" and READ in sys.argv:
    setup_test_environment()
    read_pages()
elif __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
