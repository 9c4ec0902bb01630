"""Write the dumps of a release, once, when it is made; on each database:

    python -m tests.upgrades.make 1.0.0 postgres://postgres@127.0.0.1:5432/postgres

The directory of `fixtures/example_shop.json`, in which a person has changed a number and withdrawn
the first edition: a row in most tables. What pages tell is written beside it, to compare with.
"""

# ruff: noqa: T201
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.environment import manage
from tests.upgrades import FOLDER, INSTANTS, SECRET_KEY
from tests.upgrades.databases import postgresql_database, told

FILL = """
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import setup_test_environment
from directory.editions.withdrawals.withdraw import withdraw
from directory.models import ContactPoint, Edition
from tests.editing import Editing
setup_test_environment()
person = User.objects.create_superuser("ana", "ana@example.com", "cuatro palabras sin nexo")
client = Client()
client.force_login(person)
line = ContactPoint.objects.filter(kind="phone").order_by("pk").first()
page = Editing(client, line).post(label="Ventas")
assert page.status_code == 302, page.content.decode()
withdraw(Edition.objects.filter(number=1), person, "Prueba")
"""


def fill(url: str) -> None:
    """Fill an empty database."""
    for arguments in (
        ("migrate", "-v0"),
        ("loaddata", "-v0", "roles", "example_shop"),
        ("shell", "-v0", "-c", FILL),
        ("verify_editions",),
    ):
        done = manage(*arguments, DATABASE_URL=url, SECRET_KEY=SECRET_KEY)
        if done.returncode:
            sys.exit(done.stderr)


def sqlite_dump(path: Path) -> str:
    """The SQL that makes a database of SQLite anew."""
    with sqlite3.connect(path) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def postgresql_dump(url: str) -> str:
    """The same of PostgreSQL, without whose it is, and what only psql understands."""
    command = ["pg_dump", "--no-owner", "--no-acl", "--inserts", url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return re.sub(r"(?m)^(--.*|\\.*|)\n", "", text)


def main(release: str, postgresql: str) -> None:
    """Write both dumps of a release, and what its pages tell."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db.sqlite3"
        fill(f"sqlite:///{path}")
        write(f"{release}.sqlite", sqlite_dump(path), f"sqlite:///{path}")
    with postgresql_database(postgresql) as url:
        fill(url)
        write(f"{release}.postgresql", postgresql_dump(url), url)


def write(name: str, dump: str, url: str) -> None:
    """Write a dump, and beside it what the pages of its database tell."""
    answers = [told(url, at) for at in INSTANTS]
    text = json.dumps(answers, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / f"{name}.sql").write_text(dump, encoding="utf-8")
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    print(f"Written: {name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
