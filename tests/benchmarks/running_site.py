"""A site that runs as in production: gunicorn, a database of its own, people who are signed in."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

from tests.environment import ROOT, environment_with, manage
from tests.html import Page

SHELL = """
import json
from django.contrib.auth.models import User
from django.test import Client
cookies = []
for number in range({people}):
    client = Client()
    name = f"persona-{{number}}"
    client.force_login(User.objects.create_superuser(name, f"{{name}}@example.com"))
    cookies.append(client.cookies["sessionid"].value)
print("SESSIONS", json.dumps(cookies))
"""
PATIENCE = 120


class Site:
    """`variables` are its environment, `url` its database."""

    def __init__(self, url: str, folder: Path, port: int, workers: int) -> None:
        self.folder, self.port, self.url = folder, port, url
        self.variables = {
            "DATABASE_URL": url,
            "GUNICORN_BIND": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": str(workers),
            "GUNICORN_THREADS": "8",
            "SECOND_FACTOR": "optional",
            "FOUR_EYES": "off",
            "ORGANIZATION_NAME": "Ensayo",
            "LOG_LEVEL": "WARNING",
        }
        self.server: subprocess.Popen | None = None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        """What a command said, and how it ended."""
        return manage(*arguments, timeout=PATIENCE, **self.variables)

    def command(self, *arguments: str) -> subprocess.Popen:
        """A command that runs."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment_with(**self.variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def people(self, count: int) -> list[str]:
        """The session keys of so many people who may do everything."""
        said = self.manage("shell", "-c", SHELL.format(people=count))
        line = next(
            (each for each in said.stdout.splitlines() if each.startswith("SESSIONS")), None
        )
        assert line, said.stderr
        return list(json.loads(line.removeprefix("SESSIONS ")))

    def start(self) -> None:
        """Start gunicorn, and wait until it answers."""
        log = (self.folder / "gunicorn.log").open("ab")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
            cwd=ROOT,
            env=environment_with(**self.variables),
            stdout=log,
            stderr=log,
        )
        for _try in range(PATIENCE * 5):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.browser("").get("/healthz")[0] == 200:
                    return
            time.sleep(0.2)
        raise TimeoutError("gunicorn did not start")

    def stop(self) -> None:
        """End it as its master does."""
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(PATIENCE)

    def workers(self) -> list[int]:
        """The processes that answer."""
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [int(each) for each in children.read_text().split()]

    def browser(self, session: str) -> "Browser":
        """One for the person of a session."""
        return Browser(self.port, session)


class Browser:
    """Sends requests one after the other, each with a connection of its own."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.token = port, secrets.token_hex(16)
        self.cookie = f"sessionid={session}; csrftoken={self.token}"

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, Location and text."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, list[str]]) -> tuple[int, str, str]:
        """The same of a form that is sent."""
        sent = {**fields, "csrfmiddlewaretoken": [self.token]}
        body = "&".join(
            f"{quote_plus(name)}={quote_plus(str(value))}"
            for name, values in sent.items()
            for value in values
        )
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body.encode(), kind)

    def post_file(self, path: str, name: str, content: str) -> tuple[int, str, str]:
        """The same of a file."""
        parts = "".join(
            f'--xyz\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n{value}\r\n'
            for field, more, value in (
                ("csrfmiddlewaretoken", "", self.token),
                ("file", f'; filename="{name}"', content),
            )
        )
        kind = {"Content-Type": "multipart/form-data; boundary=xyz"}
        return self._ask("POST", path, f"{parts}--xyz--\r\n".encode(), kind)

    def form(self, path: str) -> dict[str, list[str]]:
        """What the form of a page would send; empty where it has none."""
        status, _location, text = self.get(path)
        return Page(text).fields if status == 200 else {}

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        origin = {"Cookie": self.cookie, "Referer": f"http://127.0.0.1:{self.port}/"}
        try:
            connection.request(method, path, body, {**origin, **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()


@contextlib.contextmanager
def site(server: str, port: int, workers: int) -> Iterator[Site]:
    """A site with the five directories, on SQLite, or in a database of its own on the PostgreSQL
    server of that URL."""
    name = f"stress_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/directory.sqlite3"
        if server:
            url = f"{server.rpartition('/')[0]}/{name}"
            _on(server, f"CREATE DATABASE {name}")
        running = Site(url, Path(folder), port, workers)
        try:
            yield running
        finally:
            running.stop()
            if server:
                _on(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _on(server: str, statement: str) -> list[tuple]:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def deadlocks(running: Site) -> int:
    """How many PostgreSQL has counted in the database; SQLite knows none."""
    if running.url.startswith("sqlite"):
        return 0
    asked = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    [(count,)] = _on(running.url, asked)
    return int(count)


def kill(process: int) -> None:
    """As the kernel does where memory is short."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
