"""A database of each earlier release is taken over by this one, with all that it told."""

import json
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from tests.upgrades import FOLDER, INSTANTS
from tests.upgrades.databases import postgresql_database, restore, run, told

DUMPS = sorted(FOLDER.glob(f"*.{connection.vendor}.sql"))


@contextmanager
def empty_database(folder):
    """The address of one, where the tests have theirs."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    known = settings.DATABASES["default"]
    password = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    place = f"{known['USER']}{password}@{known['HOST']}:{known['PORT'] or 5432}"
    with postgresql_database(f"postgres://{place}/postgres") as url:
        yield url


def without_additions(answer, then):
    """An answer of today, as far as that release had it: fields may be added, never renamed."""
    if isinstance(then, dict):
        return {name: without_additions(answer.get(name), then[name]) for name in then}
    if isinstance(then, list) and isinstance(answer, list) and len(answer) == len(then):
        return [without_additions(*each) for each in zip(answer, then, strict=True)]
    return answer


def test_each_database_has_a_dump_of_the_first_release():
    assert "1.0.0" in [path.name.removesuffix(f".{connection.vendor}.sql") for path in DUMPS]


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_a_database_of_the_release_is_upgraded_with_all_that_it_told(tmp_path, dump):
    expected = json.loads(dump.with_suffix(".json").read_text(encoding="utf-8"))
    with empty_database(tmp_path) as url:
        restore(dump, url)
        run(url, "migrate", "-v0")
        run(url, "verify_editions")
        answers = [told(url, at) for at in INSTANTS]
        # What follows continues the chain.
        run(url, "publish")
        run(url, "verify_editions")
    assert without_additions(answers, expected) == expected
