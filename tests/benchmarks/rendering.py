"""What an answer costs that is rendered for the first time, here and in another checkout.

    git worktree add /tmp/before 0520a90f
    (cd /tmp/before && python3 -m venv .venv && .venv/bin/pip install -r tests/requirements.txt)
    python -m tests.benchmarks.rendering /tmp/before [20]

Each checkout works in a process, an environment (its .venv, if it has one) and a database of its
own, with the fixtures and the services of `directories.fill`; they take turns, question by
question, and get so many addresses for each. A process is warm: its templates are compiled, its
catalogues read. Nothing that it is asked for has been rendered: a service, or a page of the list,
is asked for once, or was published a moment ago.
Prints the processor's milliseconds for an answer of both, the median, and their ratio; all of one
run.
"""

# ruff: noqa: T201
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time

WORK = "--work"
FIXTURES = "shared", "clave_segura", "camara_comercio_bogota", "certifactura", "mesa_de_ayuda"
HELP_DESK = "mesa-de-ayuda"
OF_A_PAGE = 50
LANGUAGES = ("es", "en")
# The addresses in Spanish and in English.
LIST = "/?page={}", "/en/?page={}"
PARTS = {
    "page": ("/servicios/{}/", "/en/servicios/{}/"),
    "API": ("/api/v1/services/{}/", "/api/v1/services/{}/?lang=en"),
    "API, now": ("/api/v1/services/{}/now/", "/api/v1/services/{}/now/?lang=en"),
    "card": ("/servicios/{}/tarjeta/", "/en/servicios/{}/tarjeta/"),
    "vCards": ("/servicios/{}/contactos.vcf", "/en/servicios/{}/contactos.vcf"),
    "calendar": ("/servicios/{}/calendario.ics", "/en/servicios/{}/calendario.ics"),
    "feed": ("/servicios/{}/cambios.atom", "/en/servicios/{}/cambios.atom"),
}


@dataclass(frozen=True)
class Question:
    """Addresses to be asked for, and which service is published before each; empty: none."""

    name: str
    addresses: list[str]
    published: str = ""


def questions(count: int) -> Iterator[Question]:
    """What is asked, `count` addresses each. No service is asked for twice; those that are listed
    are asked for nowhere else."""
    few = listed_pages(count)
    for i, language in enumerate(LANGUAGES):
        pages = range(2 + i * few, 2 + (i + 1) * few)
        yield Question(f"list, {language}", [LIST[i].format(page) for page in pages])
    services = iter(range((1 + len(LANGUAGES) * few) * OF_A_PAGE, size(count)))
    for name, addresses in PARTS.items():
        for language, address in zip(LANGUAGES, addresses, strict=True):
            asked = [address.format(f"servicio-{next(services)}") for _ in range(count)]
            yield Question(f"{name}, {language}", asked)
    for name, addresses in {"list": LIST, **PARTS}.items():
        for language, address in zip(LANGUAGES, addresses, strict=True):
            asked = address.format(1 if name == "list" else HELP_DESK)
            yield Question(f"{name}, published, {language}", [asked] * count, HELP_DESK)


def listed_pages(count: int) -> int:
    """How many pages of the list are asked for in a language."""
    return max(1, count // 4)


def size(count: int) -> int:
    """How many services there have to be."""
    listed = (1 + len(LANGUAGES) * listed_pages(count)) * OF_A_PAGE
    return listed + len(LANGUAGES) * len(PARTS) * count


class Checkout:
    """A process with the code of a folder, which answers questions."""

    def __init__(self, folder: Path, environment: Path, count: int) -> None:
        own = folder / ".venv/bin/python"
        self.process = subprocess.Popen(
            [own if own.exists() else sys.executable, "-P", __file__, WORK, str(count)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "ENV_FILE": str(environment)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, question: Question) -> list[float]:
        """The milliseconds that each answer cost."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(asdict(question)), file=self.process.stdin, flush=True)
        found: list[float] = json.loads(self.process.stdout.readline())
        return found

    def end(self) -> None:
        """Let it remove its database."""
        self.process.communicate()


def work(count: int) -> None:
    """Answer questions, one a line, until the input ends."""
    # The code of the folder that this process was started in, as a server loads it.
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command
    from django.db import transaction
    from django.test import RequestFactory

    import config.wsgi  # noqa: F401
    from directory.editions.publish import publish
    from directory.models import Service
    from tests.benchmarks.directories import fill, own_database

    handler, requests = WSGIHandler(), RequestFactory()
    editions = iter(range(1_000_000))

    def publish_anew(slug: str) -> None:
        services = Service.objects.filter(slug=slug)
        services.update(introduction=f"Hola {next(editions)}")
        with transaction.atomic():
            publish(services)

    def answer(address: str) -> float:
        environ = requests.get(address, headers={"host": "localhost"}).environ
        began = process_time()
        response = handler(environ, lambda status, headers: None)
        body = b"".join(response)
        took = process_time() - began
        response.close()
        assert response.status_code == 200, (address, response.status_code)
        assert body
        return 1000 * took

    with own_database():
        call_command("loaddata", *FIXTURES, verbosity=0)
        fill(size(count))
        for question in questions(1):
            if question.published:
                answer(*question.addresses)
        for line in sys.stdin:
            question = Question(**json.loads(line))
            found = []
            for address in question.addresses:
                if question.published:
                    publish_anew(question.published)
                found.append(answer(address))
            print(json.dumps(found), flush=True)


def main(before: str, count: int) -> None:
    folders = Path(before).resolve(), Path(__file__).resolve().parents[2]
    # Both are of the same organisation.
    checkouts = [Checkout(each, folders[0] / ".env.example", count) for each in folders]
    for question in questions(count):
        old, new = (median(each.ask(question)) for each in checkouts)
        print(f"{question.name:<24} {old:8.2f} ms -> {new:8.2f} ms ({new / old:5.2f})", flush=True)
    for each in checkouts:
        each.end()


if __name__ == "__main__":
    given = sys.argv[1:]
    count = next((int(each) for each in given if each.isdecimal()), 20)
    if WORK in given:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        work(count)
    else:
        main(given[0], count)
