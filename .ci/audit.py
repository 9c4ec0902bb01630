"""Looks up known vulnerabilities of what the locks name.

    python .ci/audit.py requirements.txt …

Fails for each that is found. Where the data cannot be reached, it says that nothing was audited,
and does not fail: a network that is away is no vulnerability, and silence would be taken for a
result.
"""

import json
import subprocess
import sys

NOT_AUDITED = "The audit of dependencies could not reach its data: not audited"
COMMAND = [sys.executable, "-m", "pip_audit", "--disable-pip", "--format", "json"]
# Of one answer, and of the whole audit, in seconds.
PATIENCE, LONGEST = 15, 300


def told(output: str) -> tuple[list[str], bool]:
    """What to say of the JSON that pip-audit wrote, a line each, and whether that fails."""
    try:
        dependencies = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [f"{NOT_AUDITED}."], False
    skipped = sorted({each["name"] for each in dependencies if "skip_reason" in each})
    audited = [each for each in dependencies if "skip_reason" not in each]
    lines = [
        f"{each['name']} {each['version']}: {found['id']}; "
        f"mended in {', '.join(found['fix_versions']) or 'no version yet'}"
        for each in audited
        for found in each["vulns"]
    ]
    fails = bool(lines)
    if not audited:
        lines.append(f"{NOT_AUDITED}.")
    elif skipped:
        lines.append(f"{NOT_AUDITED}: {', '.join(skipped)}.")
    if audited:
        lines.append(f"Audited: {len(audited)} of {len(dependencies)}.")
    return lines, fails


def main(locks: list[str]) -> int:
    """Audit these locks; the exit status."""
    wanted = [part for lock in locks for part in ("--requirement", lock)]
    options = ["--progress-spinner", "off", "--timeout", str(PATIENCE)]
    try:
        done = subprocess.run(  # noqa: S603 - the locks are named by who calls
            [*COMMAND, *options, *wanted], capture_output=True, text=True, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        sys.stdout.write(f"{NOT_AUDITED} in {LONGEST} s.\n")
        return 0
    lines, fails = told(done.stdout)
    if not done.stdout.strip():
        # It failed itself; why, in its own last words.
        lines += done.stderr.strip().splitlines()[-1:]
    sys.stdout.write("\n".join([*lines, ""]))
    return int(fails)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
