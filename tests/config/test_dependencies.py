"""What is installed is what `pyproject.toml` declares, locked."""

import re
import tomllib

import pytest
from django.conf import settings
from packaging.requirements import Requirement

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]
TOOLS = [each for group in PROJECT["optional-dependencies"].values() for each in group]


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("tests/requirements.txt", [*PROJECT["dependencies"], *TOOLS]),
    ],
)
def test_everything_declared_is_locked_with_hashes(lock, declared):
    text = (settings.BASE_DIR / lock).read_text("utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+) \\\n +--hash=sha256:", text, re.MULTILINE))
    wanted = [Requirement(each) for each in declared]
    assert [each.name for each in wanted if locked.get(each.name, "") not in each.specifier] == []
    assert re.findall(r"https?://|file://|--find-links|--index", text) == []


def test_production_installs_no_tool_of_the_tests():
    text = (settings.BASE_DIR / "requirements.txt").read_text("utf-8")
    assert [each for each in TOOLS if re.search(rf"^{each}==", text, re.MULTILINE)] == []
