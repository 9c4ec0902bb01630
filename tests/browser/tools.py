"""What the browser tests need of the machine, and how they wait."""

import os
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent / "node_modules"


def needed(found, what: str):
    """`found`, if it is there. Without it tests are skipped, but fail in continuous integration."""
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


def wait_until(page, condition: str, given=None):
    """Wait, thirty seconds at most, until a JavaScript expression about `given` holds.

    Playwright's own `wait_for_function` evaluates the text again each time, which the pages' policy
    forbids: it only works where the first try succeeds.
    """
    held = page.evaluate(
        f"""async given => {{
            for (let tries = 0; tries < 1500; tries++) {{
                if ({condition}) return true;
                await new Promise(resolve => setTimeout(resolve, 20));
            }}
            return false;
        }}""",
        given,
    )
    assert held, condition


def follow(page, act, *args):
    """Press something and wait for the page that it leads to: pressing alone does not wait."""
    with page.expect_navigation(wait_until="load"):
        act(*args)


def tool(path: str) -> Path:
    """A file of the tools in package.json."""
    file = TOOLS / path
    return needed(file if file.exists() else None, f"{path} (npm install --prefix tests/browser)")
