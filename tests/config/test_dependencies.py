"""What is installed is what `pyproject.toml` declares, locked."""

import json
import re
import runpy
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


# ---- The audit ---------------------------------------------------------------------------------

AUDIT = runpy.run_path(str(settings.BASE_DIR / ".ci" / "audit.py"))
NOT_AUDITED = "The audit of dependencies could not reach its data: not audited"
SOUND = {"name": "django", "version": "5.2.1", "vulns": []}
UNKNOWN = {"name": "segno", "skip_reason": "Dependency not found on PyPI"}
HARMED = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}, {"id": "PYSEC-2", "fix_versions": []}],
}


@pytest.mark.parametrize(
    ("found", "lines", "fails"),
    [
        ([SOUND], ["Audited: 1 of 1."], False),
        ([UNKNOWN], [f"{NOT_AUDITED}."], False),
        ([], [f"{NOT_AUDITED}."], False),
        ([SOUND, UNKNOWN], [f"{NOT_AUDITED}: segno.", "Audited: 1 of 2."], False),
        (
            [HARMED, SOUND],
            [
                "pillow 1.0: PYSEC-1; mended in 1.1",
                "pillow 1.0: PYSEC-2; mended in no version yet",
                "Audited: 2 of 2.",
            ],
            True,
        ),
    ],
)
def test_the_audit_fails_for_what_is_found_and_says_what_it_could_not_look_up(found, lines, fails):
    assert AUDIT["told"](json.dumps({"dependencies": found})) == (lines, fails)


@pytest.mark.parametrize("output", ["", "Traceback", "[]", "null", "{}"])
def test_an_audit_without_data_says_so_and_goes_on(output):
    assert AUDIT["told"](output) == ([f"{NOT_AUDITED}."], False)


def test_ci_audits_both_locks_and_the_commands_of_the_readme_check_hashes():
    step = ".ci/audit.py requirements.txt tests/requirements.txt"
    assert step in (settings.BASE_DIR / ".ci" / "run").read_text("utf-8")
    readme = (settings.BASE_DIR / "README.md").read_text("utf-8")
    installed = re.findall(r"pip install (.*?) &&", readme)
    # A lock in which anything has a hash needs one of everything: pip then checks all of them.
    assert installed == ["-q -r requirements.txt", "-q -r tests/requirements.txt"]
    for lock in ("requirements.txt", "tests/requirements.txt"):
        text = (settings.BASE_DIR / lock).read_text("utf-8")
        entry = r"^\S+==\S+ \\\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
        assert re.sub(rf"{entry}|^#.*$", "", text, flags=re.MULTILINE).split() == []
