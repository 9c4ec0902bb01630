"""A real Chromium, and the five directories on a server of our own."""

import json
import os
import shutil
import sqlite3
import subprocess
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from directory.management.commands.quickstart import FIXTURES
from tests.browser.pages import NIGHT, WORK
from tests.browser.tools import follow, needed, settle, tool, wait_until

# A busy machine is slow, and nobody waits for what is there.
expect.set_options(timeout=30_000)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


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


@pytest.fixture(scope="session")
def database(django_db_blocker, tmp_path_factory):
    """A database in a file of this process: each of the server's threads has its own connection.

    One in memory would be shared by them, and what one request rolls back would be another's.
    """
    if connection.vendor != "sqlite":
        pytest.fail("the tests in Chromium run on SQLite: unset DATABASE_URL")
    connection.settings_dict["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "test.sqlite3"
    # Until the end: a request may still be answered after the test that made it.
    with django_db_blocker.unblock():
        before = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(before, verbosity=0)


@pytest.fixture(scope="session")
def site(database):
    """The address of a server that has the five directories, for tests that only read.

    They are published at the earliest instant that a test asks about.
    """
    with time_machine.travel(NIGHT):
        call_command("loaddata", *FIXTURES, verbosity=0)
    running = LiveServer("localhost")
    yield running.url
    running.stop()


@pytest.fixture
def site_to_change(site):
    """The same for tests that change something: the database is put back after each."""
    with closing(sqlite3.connect(":memory:")) as kept:
        connection.ensure_connection()
        connection.connection.backup(kept)
        yield site
        connection.ensure_connection()
        kept.backup(connection.connection)


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


class Desk:
    """A signed-in person's browser: counts what is pressed, keeps what the console reports."""

    def __init__(self, open_page, site, name, **options):
        self.site, self.page = site, open_page(f"{site}/admin/", locale="es-CO", **options)
        self.has_scripts = options.get("java_script_enabled", True)
        self.complaints, self.pressed = [], 0
        self.page.on("console", self._listen)
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", "una clave larga")
        self.go(self.page.press, "#id_password", "Enter")
        self.pressed = 0

    def open(self, name, *args):
        """Open a page of the back office by the name of its address; nothing is pressed for it."""
        self.page.goto(self.site + reverse(f"admin:{name}", args=args))
        self._settle()

    def go(self, act, *args):
        """Press something that leads to another page."""
        self.pressed += 1
        follow(self.page, act, *args)
        self._settle()

    def type(self, text):
        """Type into the box that has the focus without a click."""
        wait_until(self.page, "document.activeElement.matches('input')")
        self.page.keyboard.type(text)

    def confirm(self):
        """Press Enter on the page that shows the effect."""
        wait_until(self.page, "document.activeElement.name === '_save'")
        self.go(self.page.keyboard.press, "Enter")

    def choose(self, box, typed):
        """Choose in a box that searches, with the keyboard: the first that is found."""
        self.page.focus(box)
        self.page.keyboard.press("Enter")
        self.page.keyboard.type(typed)
        found = self.page.locator(".select2-results__option--highlighted", has_text=typed)
        found.wait_for()
        self.page.keyboard.press("Enter")

    def _settle(self):
        if self.has_scripts:
            settle(self.page)

    def _listen(self, message):
        if message.type == "error" and "409" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def sign_in(site_to_change, open_page, at_work):
    """A function that signs somebody in: an administrator, or somebody of one of the roles."""

    def signed_in(name="ana", role=None, **options):
        user = get_user_model().objects.create_user(
            name, password="una clave larga", is_staff=True, is_superuser=role is None
        )
        user.groups.set(Group.objects.filter(name=role))
        return Desk(open_page, site_to_change, name, **options)

    return signed_in


@pytest.fixture
def violations():
    """A function that returns what axe finds on the open page, light and dark: (rule, elements)."""
    axe = tool("axe-core/axe.min.js").read_text(encoding="utf-8")

    def run(page, options):
        result = page.evaluate("options => axe.run(options)", options)
        return [
            (each["id"], [node["html"] for node in each["nodes"]][:3])
            for each in result["violations"]
        ]

    def found(page, *allowed):
        # Colours are judged when they have arrived.
        page.add_style_tag(content="* { transition: none !important }")
        page.evaluate(axe)
        rules = {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in allowed}}
        wrong = run(page, {"rules": rules})
        # In the dark only the colours are others.
        page.emulate_media(color_scheme="dark")
        wrong += run(page, {"runOnly": ["color-contrast"]})
        page.emulate_media(color_scheme="light")
        return wrong

    return found


@pytest.fixture
def html_errors(tmp_path):
    """A function that returns what the HTML checker finds in pages, by their names."""
    checker = tool("vnu-jar/build/dist/vnu.jar")

    def found(pages):
        names = dict(zip((f"{number}.html" for number in range(len(pages))), pages, strict=True))
        for name, page in zip(names, pages.values(), strict=True):
            (tmp_path / name).write_bytes(page)
        options = ["--format", "json", "--exit-zero-always", "--errors-only"]
        command = ["java", "-jar", checker, *options, *(tmp_path / name for name in names)]
        report = subprocess.run(command, capture_output=True, check=True)
        wrong = defaultdict(set)
        for each in json.loads(report.stderr)["messages"]:
            wrong[names[Path(each["url"]).name]].add((each["message"], each.get("extract")))
        return dict(wrong)

    return found


@pytest.fixture
def at_night():
    """The clock stands still: a slow machine reads the same time of day."""
    with time_machine.travel(NIGHT, tick=False):
        yield


@pytest.fixture
def at_work():
    """The clock goes on, so that what is done one after the other has that order."""
    with time_machine.travel(WORK):
        yield
