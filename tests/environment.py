"""What the tests take from the machine that they run on: DATABASE_URL, and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# No file: `fixtures/example.env` is read, as for a first look.
NO_FILE = {"ENV_FILE": ""}


def forget():
    """Take the application's variables out of this process, and point it to no `.env`."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE):
        if name != "DATABASE_URL":
            os.environ.pop(name, None)
    os.environ |= NO_FILE | {"DJANGO_SETTINGS_MODULE": "config.settings"}


def environment_with(**variables):
    """What a process of ours gets to see: these variables, and where programs are."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return {**kept, **NO_FILE, **variables}


def manage(*arguments, timeout=60, **variables):
    """Run manage.py in a process that has no variables but these. Returns how it ended."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment_with(**variables),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
