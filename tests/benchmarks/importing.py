"""What it costs to load a fixture of many services, and how long an editor waits meanwhile.

    DATABASE_URL=… python -m tests.benchmarks.importing [100 1000 10000]

Prints for each size the rows, the seconds of the clock and of the processor, and the megabytes that
the process held at most: for a dry run, for the first load, and for loading the same again. Another
process saves one number again and again meanwhile; the longest that it waited is printed.
"""

# ruff: noqa: T201
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test.utils import setup_test_environment

from directory.editions.publish import publish, take_publishing_turn
from directory.editions.verifying import breaks
from directory.models import ContactPoint, Edition, Service

SIZES = (100, 1_000, 10_000)
SCHEDULES, CONTACTS, SHARED = 20, 100, 10
EDIT = "--edit"
MEDIA = {"telephone": "phone", "email": "email"}


def objects(size: int) -> Iterator[dict[str, Any]]:
    """The objects of a fixture of `size` services, seven rows each and a few that they share."""
    yield _object("requesttype", code="todas", name="Todas", covers_all=True)
    for n in range(SCHEDULES):
        yield _object("schedule", code=f"oficina-{n}", name=f"Oficina {n}", holidays="closed")
        for day in range(1, 6):
            hours = {"opens": f"{7 + n % 3:02}:00", "closes": "19:00"}
            yield _object("timespan", schedule=[f"oficina-{n}"], day=day, **hours)
    for n in range(SHARED):
        number = f"+57601{6_000_000 + n}"
        yield _object("contactpoint", code=f"comun-{n}", kind="phone", label="PBX", phone=number)
    for n in range(CONTACTS):
        yield _object("escalationcontact", code=f"responsable-{n}", name=f"Responsable {n}")
        use = {"contact": [f"responsable-{n}"], "contact_point": [f"comun-{n % SHARED}"]}
        yield _object("escalationcontactuse", **use, extensions=str(1000 + n))
    for n in range(size):
        yield from _service(n)


def _service(n: int) -> Iterator[dict[str, Any]]:
    slug = f"servicio-{n}"
    texts = {"name": f"Servicio {n:05}", "introduction": "Queremos prestarle un buen servicio."}
    yield _object("service", slug=slug, **texts, is_published=True)
    yield _object(
        "contactpoint",
        code=f"linea-{n}",
        kind="phone",
        label=f"Línea {n}",
        phone=f"+57601{7_000_000 + n}",
    )
    yield _object(
        "channel",
        service=[slug],
        code="telefonico",
        medium="telephone",
        title="Telefónico",
        request_types=[["todas"]],
        schedule=[f"oficina-{n % SCHEDULES}"],
    )
    for position, code in enumerate([f"linea-{n}", f"comun-{n % SHARED}"]):
        use = {"channel": [slug, "telefonico"], "contact_point": [code], "position": position}
        yield _object("channelcontact", **use, menu_options="Opción 2")
    yield _object("escalationpolicy", service=[slug], instructions="Espere la respuesta.")
    contact = [f"responsable-{n % CONTACTS}"]
    yield _object("escalationlevel", policy=[slug], level=1, contact=contact)


def _object(model: str, **fields: Any) -> dict[str, Any]:
    app = "escalations" if model.startswith("escalation") else "directory"
    return {"model": f"{app}.{model}", "fields": fields}


def write(path: Path, size: int) -> int:
    """Write the fixture; returns how many objects it has."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, each in enumerate(objects(size), 1):
            file.write(("[\n" if count == 1 else ",\n") + json.dumps(each, ensure_ascii=False))
        file.write("\n]\n")
    return count


def edit() -> None:
    """Save and publish one number, as an editor does, until the input ends; print the seconds of
    each save."""
    done = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
    found = []
    print("ready", flush=True)
    while not done.is_set():
        begin = time.perf_counter()
        # On SQLite one that waits longer than its timeout is told to try again.
        with suppress(OperationalError), transaction.atomic():
            take_publishing_turn()
            point = ContactPoint.objects.get(code="ajeno")
            point.label = f"Ajeno {len(found)}"
            point.save()
            publish(point.services())
        found.append(time.perf_counter() - begin)
        time.sleep(0.02)
    print(json.dumps(found), flush=True)


def editor() -> subprocess.Popen:
    """`edit` as a process of its own, on the same database."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.importing", EDIT],
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def measure(path: Path, **options: Any) -> str:
    """Load it; what that cost, in words."""
    begin, working = time.perf_counter(), time.process_time()
    call_command("loaddata", str(path), stdout=StringIO(), **options)
    seconds, working = time.perf_counter() - begin, time.process_time() - working
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{seconds:7.2f} s, {working:7.2f} s of CPU, at most {most:.0f} MB so far"


def main(sizes: tuple[int, ...]) -> None:
    setup_test_environment()
    for size in sizes:
        with own_database(), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "many.json"
            count = write(path, size)
            print(f"{connection.vendor}, {size} services, {count} rows", flush=True)
            ChannelFactory(service__slug="ajeno", contacts=[PhoneFactory(code="ajeno")])
            publish(Service.objects.all())
            print(f"  dry run:    {measure(path, dry_run=True)}", flush=True)
            saves = editor()
            assert saves.stdout.readline() == "ready\n"
            print(f"  first load: {measure(path)}", flush=True)
            answer, _errors = saves.communicate()
            waits = json.loads(answer)
            print(f"    an editor saved {len(waits)} times, waited {max(waits):.2f} s at most")
            print(f"  again:      {measure(path)}", flush=True)
            assert Edition.objects.filter(service__slug__startswith="servicio").count() == size
            assert list(breaks()) == []


if __name__ == "__main__" and EDIT in sys.argv:
    edit()
elif __name__ == "__main__":
    from tests.benchmarks.directories import own_database
    from tests.factories import ChannelFactory, PhoneFactory

    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
