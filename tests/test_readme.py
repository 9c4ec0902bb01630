"""The commands of the README do what it says. Those that install are run by `.ci/run`."""

import re
import subprocess
import sys

import pytest

from tests.environment import ROOT, environment_with

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(title):
    """The lines of the shell blocks under a heading, without comments."""
    section = re.split(r"(?m)^## ", README.partition(f"\n## {title}\n")[2])[0]
    blocks = re.findall(r"(?s)```sh\n(.*?)```", section)
    lines = (line.partition("#")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "only-of-this-test-" * 4,
    "ALLOWED_HOSTS": "soporte.example.com",
    "ORGANIZATION_NAME": "Papelería",
}


@pytest.fixture
def run(tmp_path):
    """Runs a command in a checkout that it may write to, with a database of its own."""
    for each in ROOT.iterdir():
        if each.name not in (".venv", ".git", ".env", "db.sqlite3", "staticfiles"):
            (tmp_path / each.name).symlink_to(each)
    (tmp_path / ".venv").symlink_to(sys.prefix)

    def done(command, **variables):
        url = f"sqlite:///{tmp_path / 'db.sqlite3'}"
        return subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment_with(DATABASE_URL=url, **variables),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return done


def test_commands_about_fixtures_run_in_their_order(run, tmp_path):
    ended = [run(".venv/bin/python manage.py migrate -v0")]
    ended += [run(command) for command in commands("Fixtures")]
    assert [(each.returncode, each.stderr) for each in ended] == [(0, "")] * len(ended)
    assert len(ended) > 1
    assert (tmp_path / "directory.json").stat().st_size > 1_000


def test_commands_of_production_make_what_is_served(run, tmp_path):
    """Up to the last, which does not end: whether it would start."""
    variables = PRODUCTION | {"STATIC_ROOT": str(tmp_path / "static")}
    *preparing, serving = commands("Production")
    ended = [run(command, **variables) for command in [*preparing, f"{serving} --check-config"]]
    assert [each.returncode for each in ended] == [0] * len(ended)
    assert [line for each in ended for line in each.stdout.splitlines() if "/admin/" in line] != []
