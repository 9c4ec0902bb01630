"""The first look, and commands whose reader goes away."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.environment import manage


def rows_of(path):
    """Every row of every table of ours in the SQLite file."""
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND"
            " (name LIKE 'directory\\_%' ESCAPE '\\' OR name LIKE 'escalations\\_%' ESCAPE '\\'"
            " OR name = 'auth_user') ORDER BY name"
        ).fetchall()
        return {
            table: sorted(database.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608
            for (table,) in tables
        }


@pytest.fixture(scope="module")
def quickstarted(tmp_path_factory):
    """Quickstart in an empty database, then an edit, then quickstart again."""
    path = tmp_path_factory.mktemp("quickstart") / "db.sqlite3"
    variables = {"DATABASE_URL": f"sqlite:///{path}"}
    first = manage("quickstart", "--no-server", **variables)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE directory_contactpoint SET label = 'Editada' WHERE id = 1")
        database.execute("UPDATE auth_user SET first_name = 'Ana'")
        database.commit()
    edited = rows_of(path)
    second = manage("quickstart", "--no-server", **variables)
    return first, second, edited, rows_of(path)


def test_quickstart_loads_the_directories_and_makes_one_login(quickstarted):
    first, _, edited, _ = quickstarted
    assert (first.returncode, first.stderr) == (0, "")
    assert len(edited["directory_service"]) == 5
    assert len(edited["directory_edition"]) == 5
    assert len(edited["auth_user"]) == 1


def test_quickstart_shows_the_password_once(quickstarted):
    first, second, *_ = quickstarted
    assert len(re.findall(r"[\w-]{16}(?![\w-])", first.stdout)) == 1
    assert re.findall(r"[\w-]{16}(?![\w-])", second.stdout) == []


def test_quickstart_again_leaves_everything_as_it_is(quickstarted):
    _, second, edited, after = quickstarted
    assert (second.returncode, second.stderr) == (0, "")
    assert after == edited


@pytest.mark.django_db
def test_quickstart_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("quickstart", no_server=True)


@pytest.mark.parametrize("arguments", [["version"], ["diffsettings", "--all"]])
def test_command_whose_reader_has_gone_ends_without_a_traceback(arguments):
    """`… | head`: the pipe may break while much is written, or when little is at the end."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as out:
        ended = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, "")
