"""Databases of one's own, and what an application on one of them tells."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.environment import manage
from tests.upgrades import SECRET_KEY

TELL = """
import json
from django.test import Client
from directory.models import Service
client = Client(SERVER_NAME="localhost")
for slug in Service.objects.published().values_list("slug", flat=True):
    for path in ("?at=%s", "editions/"):
        page = client.get("/api/v1/services/" + slug + "/" + path.replace("%s", AT))
        assert page.status_code == 200, page.content
        print(json.dumps([slug, path, page.json()]))
"""


@contextmanager
def postgresql_database(url: str) -> Iterator[str]:
    """The address of an empty database beside that of `url`, which is dropped in the end."""
    name = f"upgrade_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def restore(dump: Path, url: str) -> None:
    """Run a dump in an empty database."""
    text = dump.read_text(encoding="utf-8")
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            # As Django has it: constraints ask for it.
            connection.create_function(
                "REGEXP", 2, lambda pattern, text: bool(re.search(pattern, text))
            )
            connection.executescript(text)
    else:
        with psycopg.connect(url) as connection:
            connection.execute(text)


def run(url: str, *arguments: str) -> str:
    """What a command of today's application prints on a database. Fails where it does."""
    done = manage(*arguments, DATABASE_URL=url, SECRET_KEY=SECRET_KEY)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def told(url: str, at: str) -> list[object]:
    """What the API tells of each service at an instant, and of its editions."""
    lines = run(url, "shell", "-v0", "-c", f"AT = {at!r}{TELL}").splitlines()
    return [json.loads(line) for line in lines]
