"""From 1.0.0 on migrations are only added: those of a release stay as they were."""

import hashlib

import pytest

from tests.environment import ROOT

FROZEN = {
    "directory/migrations/0001_initial.py": "24f290747a0f1885f621fd93fd30cc23",
    "escalations/migrations/0001_initial.py": "1a15c59708f4b2696509cd25e8768e65",
}


@pytest.mark.parametrize(("path", "digest"), FROZEN.items())
def test_a_migration_of_a_release_is_what_it_was(path, digest):
    """A database of that release has run it: what is changed in it reaches no such database."""
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:32] == digest
