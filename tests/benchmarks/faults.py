"""What is answered while the database fails, by a real gunicorn.

    python -m tests.benchmarks.faults [postgresql] [sqlite]

PostgreSQL is the one of DATABASE_URL, in which it makes a database of its own; nothing else there
is touched. During each fault `/healthz` and a file are answered within a second, a page that is
known says since when, one that is not is a 503, the back office too, with what was typed;
afterwards all is well without a restart. Prints a table of the longest waits; exits with 1 where
something is not so. Takes two minutes.
"""

# ruff: noqa: T201
import http.client
import os
import select
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

BASE = Path(__file__).resolve().parent.parent.parent
ADDRESS = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
PORT, RELAY_PORT = 20_471, 20_472
KNOWN, UNKNOWN = "/servicios/mesa-de-ayuda/", "/servicios/no-hay/"
FORM = "/admin/directory/requesttype/add/"
TYPED = {"name": "Lo que escribí", "code": "nuevo", "description": "", "position": "9"}
FILE = "/static/directory/site.css"
# Root is hindered by no permission of a file, unless it is without this privilege.
UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
PASSWORD = "correcto caballo 9 bateria"


class Relay(threading.Thread):
    """Stands between the application and the database: `pass`es on, `refuse`s, or `swallow`s what
    it is sent, while its kernel acknowledges it."""

    def __init__(self, target: tuple[str, int]) -> None:
        super().__init__(daemon=True)
        self.target, self.mode = target, "pass"
        self.other: dict[socket.socket, socket.socket] = {}
        self.start()

    def run(self) -> None:
        listener = None
        while self.mode != "end":
            if self.mode == "swallow":
                time.sleep(0.05)
            elif self.mode == "refuse":
                for each in [*self.other, *([listener] if listener else [])]:
                    each.close()
                self.other, listener = {}, None
                time.sleep(0.05)
            else:
                listener = listener or socket.create_server(("127.0.0.1", RELAY_PORT))
                for each in select.select([listener, *self.other], [], [], 0.05)[0]:
                    self.accept(each) if each is listener else self.hand_on(each)

    def accept(self, listener: socket.socket) -> None:
        ours, theirs = listener.accept()[0], socket.create_connection(self.target)
        self.other |= {ours: theirs, theirs: ours}

    def hand_on(self, each: socket.socket) -> None:
        if each not in self.other:
            return
        with suppress(OSError):
            if data := each.recv(65_536):
                self.other[each].sendall(data)
                return
        other = self.other.pop(each)
        self.other.pop(other, None)
        each.close()
        other.close()


class Site:
    """The server, and somebody of the staff who is signed in."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(
        self, path: str, data: dict[str, str] | None = None, seconds: float = 40
    ) -> tuple[int, str, float]:
        """Status, text and seconds; status 0 where there was no answer."""
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=seconds)
        headers = {"Cookie": "; ".join(f"{name}={each}" for name, each in self.cookies.items())}
        body = None
        if data is not None:
            body = urlencode({**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{PORT}"
        if not path.startswith("/admin/"):
            headers = {}
        try:
            connection.request("GET" if data is None else "POST", path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie" and path.startswith("/admin/"):
                    name, _, value = value.partition(";")[0].partition("=")
                    self.cookies[name] = value
            return response.status, text, time.monotonic() - begun
        except OSError as error:
            return 0, str(error), time.monotonic() - begun
        finally:
            connection.close()

    def sign_in(self) -> None:
        self.ask("/admin/login/")
        status = self.ask("/admin/login/", {"username": "ana", "password": PASSWORD})[0]
        assert status == 302, f"Not signed in: {status}"

    def is_well(self) -> str:
        """What is not as always, in words; empty where all is."""
        seen = {
            "readyz": self.ask("/readyz")[0] == 200,
            "known": self.ask(KNOWN)[0] == 200 and "known-since" not in self.ask(KNOWN)[1],
            "unknown": self.ask(UNKNOWN)[0] == 404,
            "back office": self.ask(FORM)[0] == 200,
        }
        return ", ".join(name for name, is_so in seen.items() if not is_so)


def slowest(site: Site, path: str) -> float:
    """Of ten; without an answer, for ever."""
    asked = [site.ask(path, seconds=10) for _ in range(10)]
    return max(seconds if status == 200 else 99.0 for status, _text, seconds in asked)


def measured(
    site: Site,
    fault: Callable[[], None],
    mended: Callable[[], None],
    live: bool = False,
) -> dict:
    """What is answered while there is the fault, with others who hang on it. Where it is `live`,
    pages are read as always, and nothing can be saved. A page that was seen to be current within
    the last minute may be given without a word; that for reports never is."""
    fault()
    with ThreadPoolExecutor(24) as pool:
        others = [pool.submit(site.ask, path) for path in [KNOWN, UNKNOWN, "/?q=x", FORM] * 5]
        time.sleep(0.3)
        row = {"healthz": slowest(site, "/healthz"), "file": slowest(site, FILE)}
        known, api = site.ask(KNOWN), site.ask(f"/api/v1{KNOWN.replace('servicios', 'services')}")
        says_since = site.ask(f"{KNOWN}avisar/")
        unknown, readyz = site.ask(UNKNOWN), site.ask("/readyz")
        staff = site.ask(FORM, TYPED)
        statuses = {each.result()[0] for each in others}
    row |= {"known": known[2], "readyz": readyz[2], "staff": staff[2]}
    wrong = {
        "healthz": row["healthz"] >= 1,
        "file": row["file"] >= 1,
        "known": known[0] != 200 or (live and "known-since" in known[1]),
        "api": api[0] != 200 or (live and "known_at" in api[1]),
        "says since": says_since[0] != 200 or ("known-since" in says_since[1]) == live,
        "unknown": unknown[0] != (404 if live else 503),
        "readyz": readyz[2] > 3 or (live and readyz[0] != 200),
        "staff": staff[0] != 503 or TYPED["name"] not in staff[1],
        f"others {statuses}": not statuses <= {200, 404, 503},
    }
    mended()
    begun = time.monotonic()
    while (still := site.is_well()) and time.monotonic() - begun < 20:
        time.sleep(0.2)
    row["well after"] = time.monotonic() - begun
    row["wrong"] = ", ".join(
        [name for name, is_so in wrong.items() if is_so] + [still] * bool(still)
    )
    return row


@contextmanager
def served(url: str) -> Iterator[Site]:
    """A site with a directory of its own, in the database of an address."""
    environment = {
        **os.environ,
        "ENV_FILE": "",
        "DATABASE_URL": url,
        "GUNICORN_BIND": f"127.0.0.1:{PORT}",
        "WEB_CONCURRENCY": "2",
        # So that what is done to a file concerns those who have opened it before, too.
        "DATABASE_CONN_MAX_AGE": "0" if url.startswith("sqlite") else "60",
        "LOG_LEVEL": "CRITICAL",
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    manage = [sys.executable, "manage.py"]
    person = ["createsuperuser", "--no-input", "--username=ana", "--email=ana@example.com"]
    for command in (["migrate", "-v0"], ["loaddata", "-v0", "shared", "mesa_de_ayuda"], person):
        subprocess.run([*manage, *command], cwd=BASE, env=environment, check=True, stdout=-3)
    program = [
        *UNPRIVILEGED,
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "config/gunicorn.py",
        "config.wsgi",
    ]
    program += ["--log-level=critical", "--access-logfile=/dev/null"]
    server = subprocess.Popen(program, cwd=BASE, env=environment)
    try:
        site = Site()
        while site.ask("/healthz")[0] != 200:
            time.sleep(0.1)
        site.sign_in()
        # Each process has read it then.
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(site.ask, [KNOWN, f"/api/v1/services{KNOWN[10:]}"] * 40))
        assert not site.is_well(), site.is_well()
        yield site
    finally:
        server.terminate()
        server.wait(20)


def postgresql() -> Iterator[tuple[str, dict]]:
    """The faults of PostgreSQL."""
    parts, name = urlsplit(ADDRESS), f"faults_{os.getpid()}"
    outside = psycopg.connect(ADDRESS, autocommit=True)
    outside.execute(f"CREATE DATABASE {name}")
    relay = Relay((parts.hostname or "127.0.0.1", parts.port or 5432))
    address = parts._replace(path=f"/{name}").geturl()
    login = parts.netloc.rpartition("@")[0]
    through = parts._replace(netloc=f"{login}@127.0.0.1:{RELAY_PORT}", path=f"/{name}").geturl()

    def mode(mode: str) -> Callable[[], None]:
        return lambda: setattr(relay, "mode", mode)

    def restart() -> None:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        outside.execute(end, [name])

    def read_only(word: str) -> Callable[[], None]:
        def act() -> None:
            outside.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {word}")
            restart()

        return act

    try:
        with served(through) as site, psycopg.connect(address, autocommit=True) as other:

            def lock() -> None:
                other.execute("BEGIN")
                other.execute("LOCK TABLE directory_service, directory_schedule")

            yield "stopped", measured(site, mode("refuse"), mode("pass"))
            yield "swallowed", measured(site, mode("swallow"), mode("pass"))
            yield "locked", measured(site, lock, lambda: other.rollback())
            other.close()
            yield "read-only", measured(site, read_only("on"), read_only("off"), live=True)
            restart()
            yield "restarted", {"wrong": site.is_well()}
    finally:
        relay.mode = "end"
        outside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        outside.close()


def sqlite() -> Iterator[tuple[str, dict]]:
    """The faults of a file."""
    with tempfile.TemporaryDirectory(dir="/tmp") as above:
        folder = Path(above) / "data"
        folder.mkdir()
        file = folder / "db.sqlite3"
        gone = folder.with_name("gone")

        def permit(of_folder: int, of_files: int) -> Callable[[], None]:
            def act() -> None:
                for each in folder.iterdir():
                    each.chmod(of_files)
                folder.chmod(of_folder)

            return act

        with served(f"sqlite:///{file}") as site:
            other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)

            def lock() -> None:
                other.execute("BEGIN EXCLUSIVE")

            yield "locked", measured(site, lock, lambda: other.rollback(), live=True)
            other.close()
            yield (
                "read-only",
                measured(site, permit(0o555, 0o444), permit(0o755, 0o644), live=True),
            )
            yield (
                "folder gone",
                measured(site, lambda: folder.rename(gone), lambda: gone.rename(folder)),
            )


def main(names: list[str]) -> None:
    is_well = True
    columns = ("healthz", "file", "readyz", "known", "staff", "well after")
    print(f"{'fault':<24}", *(f"{name:>10}" for name in columns), " wrong")
    for each in names or ["postgresql", "sqlite"]:
        for fault, row in {"postgresql": postgresql, "sqlite": sqlite}[each]():
            figures = (f"{row[name]:>8.2f} s" if name in row else " " * 10 for name in columns)
            print(f"{f'{each}: {fault}':<24}", *figures, f" {row['wrong'] or '-'}", flush=True)
            is_well = is_well and not row["wrong"]
    sys.exit(not is_well)


if __name__ == "__main__":
    main(sys.argv[1:])
