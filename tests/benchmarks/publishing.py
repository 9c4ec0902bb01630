"""How long it takes to publish one change of a number that many services share.

    DATABASE_URL=… python -m tests.benchmarks.publishing [100 1000 10000]

Works in a test database of its own, SQLite's as a file. Prints the time, the processor's time per
service with its ratio to that of the smallest number, the queries, and how long a page takes that
another process reads meanwhile.
"""

# ruff: noqa: E402, T201
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from directory.editions import publish
from directory.models import Channel, ChannelContact, ContactPoint, RequestType, Schedule, Service
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)

SIZES = (100, 1_000, 10_000)
CHANNELS = 4
PAGE = "/servicios/servicio-0/"
READ = "--read"


def fill(count: int) -> ContactPoint:
    """`count` published services with CHANNELS channels and a level each; all give one number."""
    line = ContactPoint.objects.create(
        code="linea", kind="phone", label="Línea", phone="+576017442727"
    )
    schedule = Schedule.objects.create(code="siempre", name="Siempre", always_open=True)
    everything = RequestType.objects.create(code="todas", name="Todas", covers_all=True)
    contact = EscalationContact.objects.create(code="grupo", name="Grupo")
    EscalationContactUse.objects.create(contact=contact, contact_point=line, extensions="1107")
    services = Service.objects.bulk_create(
        Service(slug=f"servicio-{n}", name=f"Servicio {n}", is_published=True) for n in range(count)
    )
    channels = Channel.objects.bulk_create(
        Channel(
            service=service,
            code=f"canal-{n}",
            medium="telephone",
            title="Telefónico",
            schedule=schedule,
            position=n,
        )
        for service in services
        for n in range(CHANNELS)
    )
    ChannelContact.objects.bulk_create(
        ChannelContact(channel=channel, contact_point=line) for channel in channels
    )
    types = Channel.request_types.through
    types.objects.bulk_create(types(channel=each, requesttype=everything) for each in channels)
    policies = EscalationPolicy.objects.bulk_create(
        EscalationPolicy(service=service) for service in services
    )
    EscalationLevel.objects.bulk_create(
        EscalationLevel(policy=policy, level=1, contact=contact) for policy in policies
    )
    return line


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


def measure(count: int) -> tuple[float, float, int, list[float]]:
    """One change of the shared number: seconds, those of them the processor worked for it, queries,
    and how long each page took that was read meanwhile."""
    line = fill(count)
    publish.publish(Service.objects.all())
    pages = reader()
    assert pages.stdout.readline() == "ready\n"
    with CaptureQueriesContext(connection) as queries:
        begin, working = time.perf_counter(), time.process_time()
        with transaction.atomic():
            ContactPoint.objects.filter(pk=line.pk).update(phone="+576017450000")
            editions = publish.publish(line.services())
        seconds, working = time.perf_counter() - begin, time.process_time() - working
    answer, _errors = pages.communicate()
    assert len(editions) == count, len(editions)
    return seconds, working, len(queries), json.loads(answer)


def main(sizes):
    setup_test_environment()
    smallest = None
    print(f"{connection.vendor}, {publish.BATCH} services in a batch")
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            settings.DATABASES["default"]["TEST"]["NAME"] = (
                str(Path(folder) / "benchmark.sqlite3") if connection.vendor == "sqlite" else None
            )
            name = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            try:
                seconds, working, queries, pages = measure(count)
            finally:
                connection.creation.destroy_test_db(name, verbosity=0)
        each = working / count
        smallest = smallest or each
        print(
            f"{count:>6} services: {seconds:6.2f} s; {each * 1000:5.2f} ms of CPU each "
            f"({each / smallest:.2f} times the smallest), {queries} queries; "
            f"{len(pages)} pages read meanwhile, "
            f"the slowest in {max(pages, default=0) * 1000:.0f} ms"
        )


if __name__ == "__main__" and READ in sys.argv:
    setup_test_environment()
    read_pages()
elif __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
