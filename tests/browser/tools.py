"""What the browser tests need of the machine, and how they wait."""

import os
from datetime import datetime, timedelta
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
    """Wait, for half a minute and more, until a JavaScript expression about `given` holds.

    Playwright's own `wait_for_function` evaluates the text again each time, which the pages' policy
    forbids: it only works where the first try succeeds. And the timers of a page stand still where
    a test has stopped its clock.
    """
    for _try in range(1500):
        if page.evaluate(f"async given => Boolean({condition})", given):
            return
        page.wait_for_timeout(20)
    pytest.fail(condition)


def settle(page):
    """Wait for what the scripts of a page leave for later, when it is loaded or something was done:
    timers without a delay go off in order."""
    page.evaluate("() => new Promise(resolve => setTimeout(() => setTimeout(resolve)))")


def stop_clock(page, instant: datetime):
    """Let the clock of a page stand still at an instant, however slow the machine: it goes on when
    the test says so, and fetches that are under way then may run out of time."""
    page.clock.install(time=instant - timedelta(hours=1))
    page.clock.pause_at(instant)


def follow(page, act, *args):
    """Press something and wait for the page that it leads to: pressing alone does not wait."""
    with page.expect_navigation(wait_until="load"):
        act(*args)


def tool(path: str) -> Path:
    """A file of the tools in package.json."""
    file = TOOLS / path
    return needed(file if file.exists() else None, f"{path} (npm install --prefix tests/browser)")
