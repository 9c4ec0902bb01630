"""What pages cost where services have a long history, beside a short one.

    DATABASE_URL=… python -m tests.benchmarks.history [3000 1000000]

Fills SERVICES services with so many editions in all, the first ones made by the database itself
(small, so that it takes minutes and not hours), and prints for each page the milliseconds of the
processor and of the clock, and their ratio to those of the shortest history.
"""

# ruff: noqa: T201
import logging
import sys
import time
from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Service
from tests.benchmarks.directories import fill, own_database

SIZES = (3_000, 1_000_000)
SERVICES = 1_000
TIMES = 5
# A row for each earlier number of a service, with what its newest edition has in the other columns.
EARLIER = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {earlier})
    INSERT INTO directory_edition ({columns})
    SELECT {values} FROM directory_edition one CROSS JOIN numbers WHERE one.number = 1
"""


def lengthen(editions: int) -> None:
    """Have so many editions in all. Those that are put between the first and the newest prove
    nothing, and nobody asks them to."""
    made = Edition.objects.count()
    earlier = max((editions - made) // SERVICES, 0)
    ContactPoint.objects.filter(code="linea-0").update(phone="+576017450000")
    if earlier:
        own = {
            "number": "one.number + n",
            "digest": "CAST(one.id AS varchar) || '-' || CAST(n AS varchar)",
            "document": "'{}'",
            "search_text": "'x'",
        }
        columns = [each.column for each in Edition._meta.concrete_fields if not each.primary_key]
        values = ", ".join(own.get(name, f"one.{name}") for name in columns)
        statement = EARLIER.format(earlier=earlier, columns=", ".join(columns), values=values)
        with connection.cursor() as cursor:
            cursor.execute(statement)
    publish(Service.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages() -> dict[str, str]:
    return {
        "list of services": "/",
        "second page of it": "/?page=2",
        "search": "/?q=601+700+0001",
        "sitemap": "/sitemap.xml",
        "a file of it": "/sitemap-services.xml",
        "list of the API": "/api/v1/services/",
        "page of a service": "/servicios/servicio-0/",
        "its editions": "/servicios/servicio-0/ediciones/",
        "start page of the back office": reverse("admin:index"),
        "list of editions there": reverse("admin:directory_edition_changelist"),
    }


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds of the processor and of the clock: the least of TIMES."""
    found = []
    for _time in range(TIMES):
        working, began = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - working, time.perf_counter() - began))
    return min(each[0] for each in found), min(each[1] for each in found)


def measure_all(editions: int) -> dict[str, tuple[float, float]]:
    """Each page where there are so many editions in all."""
    fill(SERVICES)
    lengthen(editions)
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("scale"))
    found = {}
    for name, url in pages().items():
        status = client.get(url).status_code
        if status != 200:
            print(f"  {name}: {status}")
            continue
        found[name] = measured(lambda url=url: client.get(url))
    return found


def main(sizes: Iterable[int]) -> None:
    setup_test_environment()
    # Of editions that prove nothing.
    logging.disable(logging.CRITICAL)
    least: dict[str, tuple[float, float]] = {}
    for editions in sizes:
        with own_database():
            found = measure_all(editions)
            count = Edition.objects.count()
        least = least or found
        print(f"{connection.vendor}, {SERVICES} services, {count} editions", flush=True)
        for name, (working, seconds) in found.items():
            of_least = least[name]
            print(
                f"  {name:<32} {working * 1000:8.1f} ms of CPU ({working / of_least[0]:5.2f})"
                f" {seconds * 1000:8.1f} ms ({seconds / of_least[1]:5.2f})",
                flush=True,
            )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
