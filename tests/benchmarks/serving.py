"""How many answers a second are given, in relation to a Django site that does nothing.

    DATABASE_URL=… python -m tests.benchmarks.serving [services] [seconds]

Starts gunicorn with the project's configuration twice: for the project, and for what `startproject`
makes, with its default middleware and a view that has the same bytes and asks no database. `wrk`
loads them in turns. Prints answers a second of both, the ratio of the medians, and what memory each
of the project's workers takes once every service was read (PSS: its part of what they share).
"""

# ruff: noqa: T201
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import setup_test_environment

from tests.benchmarks.directories import fill, own_database

Servers = dict[int, subprocess.Popen]
ROOT = Path(__file__).parents[2]
PROJECT, BARE = 20_351, 20_352
ROUNDS, CONNECTIONS = 5, 8
# One process: who of several takes a connection is chance, and a process with all of them is half
# as fast as two with half each.
PLACES = {"WEB_CONCURRENCY": "1", "GUNICORN_THREADS": "4"}
PATHS = {
    "service page": "/servicios/servicio-0/",
    "index": "/",
    "API detail": "/api/v1/services/servicio-0/",
    "API now": "/api/v1/services/servicio-0/now/",
}
BARE_SITE = """
import json, sys
from pathlib import Path
from django.core.wsgi import get_wsgi_application
from django.conf import settings
from django.http import HttpResponse
from django.urls import re_path

settings.configure(
    SECRET_KEY="x" * 50, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
FOLDER = Path(__file__).parent
TYPES = json.loads((FOLDER / "types.json").read_text())
BODIES = {path: (FOLDER / str(n)).read_bytes() for n, path in enumerate(TYPES)}


def view(request):
    return HttpResponse(BODIES[request.path], content_type=TYPES[request.path])


urlpatterns = [re_path("", view)]
application = get_wsgi_application()
"""


@contextmanager
def gunicorn(application: str, port: int, **variables: str) -> Iterator[subprocess.Popen]:
    """A server for the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", application],
        cwd=ROOT,
        env={**os.environ, **PLACES, "GUNICORN_BIND": f"127.0.0.1:{port}", **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            if process.poll() is None and _answers(port):
                break
            time.sleep(0.2)
        else:
            raise SystemExit(f"{application} does not start")
        yield process
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        ask(port, "/healthz")
    except (OSError, http.client.HTTPException):
        return False
    return True


def ask(port: int, path: str) -> http.client.HTTPResponse:
    """One answer; its `body` was read."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request("GET", path)
    answer = asked.getresponse()
    answer.body = answer.read()
    asked.close()
    return answer


def work(process: subprocess.Popen) -> float:
    """Seconds that processors have worked for a server, its workers of before too."""
    pids = [process.pid, *children(process)]
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    # utime, stime, and those of children that have ended.
    return sum(int(each) for stat in stats for each in stat[11:15]) / os.sysconf("SC_CLK_TCK")


def children(process: subprocess.Popen) -> list[str]:
    """The workers."""
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


def rate(port: int, path: str, seconds: int, *headers: str) -> tuple[float, int]:
    """Answers a second, all of them the expected ones, and how many they were."""
    options = [option for header in headers for option in ("-H", header)]
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *options,
         f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Non-2xx" not in done.stdout, done.stdout
    a_second = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
    return a_second, int(re.search(r"(\d+) requests in", done.stdout)[1])


def compared(name: str, servers: Servers, path: str, seconds: int, *headers: str) -> None:
    """Print both rates, measured in turns, and their ratio; and that of what processors worked for
    an answer, which does not depend on what else the machine does."""
    rates, costs = {PROJECT: [], BARE: []}, {PROJECT: [], BARE: []}
    for port in rates:
        rate(port, path, 1, *headers)
    for _ in range(ROUNDS):
        for port, found in rates.items():
            before = work(servers[port])
            a_second, count = rate(port, path, seconds, *headers)
            found.append(a_second)
            costs[port].append((work(servers[port]) - before) / count)
    ours, bare = (statistics.median(each) for each in rates.values())
    cost, bare_cost = (statistics.median(each) * 1e6 for each in costs.values())
    print(
        f"{name:>14}: {ours:6.0f} answers a second, bare {bare:6.0f}: {ours / bare:.2f} times; "
        f"{cost:4.0f} µs of a processor each, bare {bare_cost:4.0f}: {bare_cost / cost:.2f} times",
        flush=True,
    )


def crawl(count: int) -> None:
    """Read the page of every service."""
    asked = http.client.HTTPConnection("127.0.0.1", PROJECT, timeout=60)
    for number in range(count):
        asked.request("GET", f"/servicios/servicio-{number}/")
        answer = asked.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        if answer.will_close:
            asked.close()


def memory(process: subprocess.Popen) -> list[tuple[float, float]]:
    """PSS and RSS of each worker in MB."""
    found = []
    for child in children(process):
        text = Path(f"/proc/{child}/smaps_rollup").read_text()
        sizes = dict(re.findall(r"^(Pss|Rss):\s+(\d+)", text, re.MULTILINE))
        found.append((int(sizes["Pss"]) / 1024, int(sizes["Rss"]) / 1024))
    return found


def bare_site(folder: Path) -> None:
    """Write the site that does nothing, with the bytes that the project answers."""
    import json

    answers = {path: ask(PROJECT, path) for path in PATHS.values()}
    types = {path: answer.headers["Content-Type"] for path, answer in answers.items()}
    (folder / "types.json").write_text(json.dumps(types))
    for number, answer in enumerate(answers.values()):
        (folder / str(number)).write_bytes(answer.body)
    (folder / "bare.py").write_text(BARE_SITE)


def database_url() -> str:
    """That of the database to measure in."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    return f"sqlite:///{name}"


def main(count: int, seconds: int) -> None:
    """Measure with so many services, so long each."""
    setup_test_environment()
    print(f"{connection.vendor}, {count} services, {PLACES}")
    with ExitStack() as stack:
        stack.enter_context(own_database())
        fill(count)
        connection.close()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = gunicorn("config.wsgi", PROJECT, DATABASE_URL=database_url())
        process = stack.enter_context(ours)
        bare_site(folder)
        bare = stack.enter_context(gunicorn("bare", BARE, PYTHONPATH=str(folder)))
        servers = {PROJECT: process, BARE: bare}
        for name, path in PATHS.items():
            compared(name, servers, path, seconds)
        page = PATHS["service page"]
        known = ask(PROJECT, page).headers["ETag"]
        compared("304", servers, page, seconds, f"If-None-Match: {known}")
        print("       at rest:", _in_words(memory(process)))
        crawl(count)
        print("       crawled:", _in_words(memory(process)))


def _in_words(sizes: list[tuple[float, float]]) -> str:
    return "; ".join(f"PSS {pss:.0f} MB, RSS {rss:.0f} MB" for pss, rss in sizes)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*[*given, *[100, 3][len(given) :]])
