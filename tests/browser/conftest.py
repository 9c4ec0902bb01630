"""A real Chromium, and the five directories on a server of our own."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from directory.management.commands.quickstart import FIXTURES

TOOLS = Path(__file__).parent / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def needed(found, what: str):
    """`found`, if it is there. Without it tests are skipped, but fail in continuous integration."""
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


def tool(path: str) -> Path:
    """A file of the tools in package.json."""
    file = TOOLS / path
    return needed(file if file.exists() else None, f"{path} (npm install --prefix tests/browser)")


@pytest.fixture(scope="session")
def chromium():
    executable = needed(next(filter(None, map(shutil.which, BROWSERS)), None), "Chromium")
    # Playwright's loop runs in this thread; queries of the tests themselves are harmless there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            # The server is local: a page that stands for another site may still frame it.
            args=["--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks"],
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server, transactional_db):
    """The address of a server that has the five directories."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    return live_server.url


@pytest.fixture
def open_page(chromium):
    """A function that opens an address in a fresh context; options are Playwright's."""
    contexts = []

    def opened(address, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
