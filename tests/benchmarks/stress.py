"""Whether anything is lost where many save at once, processes are killed, and the disk is full.

    [DATABASE_URL=postgres://…] python -m tests.benchmarks.stress [--edits 500] [--kills 100]

Eight people save at once in the back office of a site that gunicorn serves, while fixtures are
loaded, spreadsheets imported, actions run and changes previewed. Then workers and `loaddata` are
killed among them. On SQLite the disk is full in the end. Prints a table; exit 1 if something is not
as it has to be:

- no answer is a 5xx, but those that say that others are saving, or that the disk is full
- each edit that was acknowledged stands in an edition, and the last value of each row was sent
- PostgreSQL has counted no deadlock
- of a fixture all is there or nothing, nothing waits to be published, the chain is verified
"""

# ruff: noqa: T201, S311
import argparse
import contextlib
import http.client
import json
import os
import random
import resource
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.benchmarks.running_site import Site, deadlocks, kill, site
from tests.html import Page

FIVE = ("roles", "shared", "clave_segura", "camara_comercio_bogota", "subasta_electronica")
FIVE += ("certifactura", "mesa_de_ayuda")
WRITERS = 8
# What is there of each row, and what has become of it: printed by a process of the site.
READ = """
import json
from directory.models import ContactPoint, Edition, Service
introductions = dict(Service.objects.values_list("pk", "introduction"))
pair = [*Service.objects.filter(slug__startswith="par-").values_list("introduction", flat=True)]
points = [*ContactPoint.objects.values_list("pk", flat=True)]
documents = [*Edition.objects.values_list("document", flat=True)]
print("READ", json.dumps([introductions, points, documents, pair]))
"""


@dataclass
class Tally:
    """What was answered, and what was sent: by row the values that were acknowledged, and those of
    which nobody knows whether they were saved."""

    statuses: Counter = field(default_factory=Counter)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    unanswered: dict[str, list[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, what: str) -> None:
        """Count an answer; remember what is none of those that there may be."""
        with self.lock:
            self.statuses[status] += 1
            if status >= 500 and status != 503:
                self.failures.append(f"{status}: {what}")

    def keep(self, kept: dict[str, list[str]], row: str, value: str) -> None:
        """Remember a value that was sent."""
        with self.lock:
            kept.setdefault(row, []).append(value)


class Stress:
    """People who save in a site, and what else happens there."""

    def __init__(self, running: Site, seed: int) -> None:
        self.site, self.tally, self.random = running, Tally(), random.Random(seed)
        self.done = threading.Event()
        self.sessions: list[str] = []
        self.rows: list[tuple[str, str]] = []

    def prepare(self) -> None:
        """The five directories, people, and what they edit."""
        for arguments in (("migrate",), ("loaddata", *FIVE)):
            said = self.site.manage(*arguments)
            assert said.returncode == 0, said.stderr
        self.sessions = self.site.people(WRITERS + 3)
        services, points, _documents, _pairs = self.read()
        self.rows = [
            (f"/admin/directory/service/{key}/change/", "introduction") for key in services
        ]
        self.shown = [*points]

    def read(self):
        """What is stored now."""
        said = self.site.manage("shell", "-c", READ)
        line = next(each for each in said.stdout.splitlines() if each.startswith("READ"))
        return json.loads(line.removeprefix("READ "))

    # ---- What happens at once ------------------------------------------------------------------

    def edit(self, session: str, count: int, seed: int) -> None:
        """Save so many times, each time another value; who is told to try again does."""
        browser, chance = self.site.browser(session), random.Random(seed)
        for number in range(count):
            path, name = chance.choice(self.rows)
            value = f"Valor {seed}x{number}x{chance.getrandbits(40):x}."
            for _try in range(30):
                try:
                    fields = browser.form(path)
                    if not fields:
                        continue
                    if chance.random() < 0.2:
                        sent = {**fields, name: [value], "_preview": ["1"]}
                        self.tally.note(browser.post(path, sent)[0], f"preview {path}")
                    status, _location, _text = browser.post(
                        path, {**fields, name: [value], "_save": ["1"], "_knowingly": ["yes"]}
                    )
                except (OSError, http.client.HTTPException):
                    # The process that would have answered was killed.
                    self.tally.keep(self.tally.unanswered, path, value)
                    time.sleep(0.1)
                    continue
                self.tally.note(status, path)
                if status == 302:
                    self.tally.keep(self.tally.acknowledged, path, value)
                    break
            else:
                self.tally.failures.append(f"never saved: {path}")

    def load(self) -> None:
        """Load fixtures of two services that have to be alike, until the others are done."""
        number = 0
        while not self.done.is_set():
            number += 1
            process = self.loading(number)
            _out, said = process.communicate()
            if process.returncode and "Traceback" in said:
                self.tally.failures.append(f"loaddata: {said[-300:]}")
            self.tally.statuses[f"loaddata {process.returncode}"] += 1

    def loading(self, number: int):
        """A `loaddata` that runs."""
        path = self.site.folder / f"par-{number % 3}.json"
        rows = [
            {
                "model": "directory.service",
                "fields": {
                    "slug": f"par-{which}",
                    "name": f"Par {which}",
                    "introduction": f"Carga {number}.",
                    "is_published": True,
                },
            }
            for which in "ab"
        ]
        rows += [
            {
                "model": "directory.contactpoint",
                "fields": {
                    "code": f"carga-{number}",
                    "kind": "web",
                    "label": f"Carga {number}",
                    "url": f"https://carga-{number}.example.com/",
                },
            }
        ]
        path.write_text(json.dumps(rows), encoding="utf-8")
        return self.site.command("loaddata", str(path), "shared", "-v0")

    def import_spreadsheets(self, session: str) -> None:
        """Import contact points, each time others and the same."""
        browser, number = self.site.browser(session), 0
        path = "/admin/directory/contactpoint/spreadsheets/contact-points/"
        while not self.done.is_set():
            number += 1
            rows = [
                f"hoja-{each},Web,Hoja {number},https://hoja-{each}.example.com/"
                for each in range(8)
            ]
            content = "\n".join(["code,kind,label,value", *rows])
            with self.answers():
                status, _location, text = browser.post_file(path, "hoja.csv", content)
                self.tally.note(status, path)
                if confirmed := Page(text).fields.get("confirmed"):
                    sent = {"confirmed": confirmed, "_knowingly": ["yes"]}
                    self.tally.note(browser.post(path, sent)[0], f"{path} confirmed")

    def act(self, session: str) -> None:
        """Run an action of a list, and read what customers read."""
        browser, chance = self.site.browser(session), random.Random(7)
        path = "/admin/directory/contactpoint/"
        while not self.done.is_set():
            with self.answers():
                keys = chance.sample(self.shown, min(5, len(self.shown)))
                sent = {"action": ["verify_selected"], "_selected_action": keys, "index": ["0"]}
                self.tally.note(browser.post(path, sent)[0], f"action {path}")
                settle = {**sent, "action": ["settle_replacements"]}
                self.tally.note(browser.post(path, settle)[0], f"settle {path}")
                self.tally.note(browser.get("/servicios/mesa-de-ayuda/")[0], "a page")

    def answers(self):
        """Whatever a killed process leaves unanswered is no matter here."""
        return contextlib.suppress(OSError, http.client.HTTPException)

    def run(self, edits: int, *besides) -> None:
        """So many edits, with what happens `besides` until they are made."""
        self.done.clear()
        with ThreadPoolExecutor(WRITERS + len(besides)) as pool:
            others = [pool.submit(each) for each in besides]
            seeds = [self.random.getrandbits(30) for _each in range(WRITERS)]
            writers = [
                pool.submit(self.edit, self.sessions[number], edits // WRITERS, seed)
                for number, seed in enumerate(seeds)
            ]
            for each in writers:
                each.result()
            self.done.set()
            for each in others:
                each.result()

    def kill_again_and_again(self, count: int) -> None:
        """Kill a worker, or a `loaddata`, at some moment, so many times."""
        for number in range(count):
            if number % 2:
                process = self.loading(10_000 + number)
                time.sleep(self.random.uniform(0.5, 4))
                kill(process.pid)
                process.communicate()
            else:
                time.sleep(self.random.uniform(0.2, 1.5))
                if workers := self.site.workers():
                    kill(self.random.choice(workers))
            self.tally.statuses["killed"] += 1

    # ---- What has to be so ---------------------------------------------------------------------

    def problems(self) -> list[str]:
        """What is lost or half-written."""
        found = list(self.tally.failures)
        services, _points, documents, pair = self.read()
        everything = "\n".join(documents)
        for path, values in self.tally.acknowledged.items():
            lost = [value for value in values if value not in everything]
            found += [f"acknowledged, and in no edition: {value} ({path})" for value in lost]
            stored = services[path.split("/")[4]]
            if stored not in [*values, *self.tally.unanswered.get(path, [])]:
                found.append(f"stored, and never sent: {stored!r} ({path})")
        if len({*pair}) > 1:
            found.append(f"half a fixture: {pair}")
        for command in (("verify_editions",), ("publish",)):
            said = self.site.manage(*command)
            if said.returncode or (command == ("publish",) and " 0 " not in said.stdout):
                found.append(f"{command[0]}: {said.stdout[-200:]}{said.stderr[-300:]}")
        if count := deadlocks(self.site):
            found.append(f"{count} deadlocks")
        return found


def told(name: str, stress: Stress, problems: list[str], seconds: float) -> None:
    """A line of the table."""
    tally = stress.tally
    saved = sum(map(len, tally.acknowledged.values()))
    statuses = ", ".join(
        f"{key}: {count}" for key, count in sorted(tally.statuses.items(), key=str)
    )
    print(f"{name:<28} {saved:>5} saved, {len(problems)} problems, {seconds:6.1f} s; {statuses}")
    for each in problems[:10]:
        print(f"    {each}")
    sys.stdout.flush()


def fill_the_disk(stress: Stress) -> list[str]:
    """Let the database of SQLite grow by 300 KB and no more: what does not fit is told, and what
    was saved stands."""
    running, found = stress.site, []
    running.stop()
    largest = max(each.stat().st_size for each in running.folder.glob("directory.sqlite3*"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # A limit for this process and those that it starts.
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 300_000, before[1]))
    try:
        running.start()
        browser, refused = running.browser(stress.sessions[0]), 0
        for number in range(300):
            path, name = stress.rows[number % len(stress.rows)]
            fields = browser.form(path)
            value = f"Valor lleno{number}x."
            sent = {**fields, name: [value + " Mucho texto." * 300], "_save": ["1"]}
            status, _location, text = browser.post(path, {**sent, "_knowingly": ["yes"]})
            stress.tally.note(status, path)
            if status == 503:
                refused += 1
                if "<h1>" not in text:
                    found.append("a 503 without words")
            if refused >= 5:
                break
        if not refused:
            found.append("the disk was never full")
        if running.browser("").get("/servicios/mesa-de-ayuda/")[0] != 200:
            found.append("no page while the disk is full")
        running.stop()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    return found


def main() -> int:
    """Run it all; 1 if there is a problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--port", type=int, default=20_400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    server = os.environ.get("DATABASE_URL", "")
    server = server if server.startswith("postgres") else ""
    with site(server, options.port, workers=4) as running:
        stress = Stress(running, options.seed)
        stress.prepare()
        running.start()
        importer, actor = stress.sessions[-2:]
        besides = [
            stress.load,
            lambda: stress.import_spreadsheets(importer),
            lambda: stress.act(actor),
        ]
        found = []
        name = "PostgreSQL" if server else "SQLite"
        begin = time.monotonic()
        stress.run(options.edits, *besides)
        found += (problems := stress.problems())
        told(f"{name}, all at once", stress, problems, time.monotonic() - begin)
        if options.kills:
            stress.tally, begin = Tally(), time.monotonic()
            killer = lambda: stress.kill_again_and_again(options.kills)  # noqa: E731
            stress.run(max(WRITERS, options.edits // 2), killer, *besides[1:])
            found += (problems := stress.problems())
            told(f"{name}, {options.kills} killed", stress, problems, time.monotonic() - begin)
        if not server:
            stress.tally, begin = Tally(), time.monotonic()
            full = fill_the_disk(stress)
            found += (problems := full + stress.problems())
            told(f"{name}, a full disk", stress, problems, time.monotonic() - begin)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
