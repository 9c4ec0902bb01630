"""Gunicorn's configuration: `gunicorn -c config/gunicorn.py config.wsgi`."""

import json
import logging
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from config import environment
from config.connections import processes
from config.logs import Formatter, JsonFormatter, query_without_values, without_personal
from config.slow_clients import PatientWorker
from config.slow_clients import pre_request as pre_request

try:
    env = environment.load(Path(__file__).resolve().parent.parent)
except environment.NotConfigured as error:
    sys.exit(str(error))
bind = env["GUNICORN_BIND"]
threads = env["GUNICORN_THREADS"]
workers = processes(env["WEB_CONCURRENCY"], multiprocessing.cpu_count(), threads)
worker_class = PatientWorker
# Longer than nginx keeps a connection that it does not use.
keepalive = 30
timeout = env["GUNICORN_TIMEOUT"]
# Workers start with the application loaded, so a broken configuration stops the start.
preload_app = True
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-"
# Gunicorn's own, with the id of the request.
access_log_format = (
    '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %({x-request-id}o)s'
)
# What a header says of who asks, and how, Django alone reads, and only with BEHIND_PROXY. Gunicorn
# would else take SCRIPT_NAME and PATH_INFO from whoever is on this machine.
forwarder_headers = ""
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
# Nobody asks for it, and all sites of one user would have the same.
control_socket_disable = True
# The longest addresses are lists of the back office with what was chosen in them.
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
# Its processes count together, in a folder that nobody else reads; before they load what counts.
if env["METRICS_TOKEN"] and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts = tempfile.mkdtemp(prefix="directory-metrics-")

    def on_exit(server: Any) -> None:
        """Called by gunicorn at the end of the first process: what was counted goes with it."""
        shutil.rmtree(counts, ignore_errors=True)


def pre_fork(server: Any, worker: Any) -> None:
    """Called by gunicorn for a new process: the lowest number that no other one has."""
    taken = {each.place for each in server.WORKERS.values()}
    worker.place = next(number for number in count(1) if number not in taken)


def post_fork(server: Any, worker: Any) -> None:
    """Called by gunicorn in a new process."""
    from config import metrics

    metrics.take_place(worker.place)


QUOTED = re.compile(r"(Invalid request from [^'\"\n]*)['\"].*")


class WithoutQuoted(Formatter):
    """Leaves out what gunicorn quotes of a request that it does not understand: a search with a
    blank in it, a header with a cookie."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return QUOTED.sub(r"\1…", super().format(record))


class JsonWithoutQuoted(JsonFormatter):
    """The same, as JSON."""

    def without_personal(self, text: str) -> str:
        """The text."""
        return QUOTED.sub(r"\1…", super().without_personal(text))


# By the letters that gunicorn has for it.
TOLD_OF_REQUESTS = {
    "request_id": "{x-request-id}o",
    "address": "h",
    "method": "m",
    "path": "U",
    "query": "q",
    "status": "s",
    "bytes": "B",
    "seconds": "L",
    "referer": "f",
    "agent": "a",
}
# Atoms of which no client writes anything.
MADE_HERE = {"h", "l", "t", "s", "b", "p", "{x-request-id}o"}


class logger_class(Logger):
    """Gunicorn's; requests are logged without tokens, and without what people searched for."""

    used = (
        {*TOLD_OF_REQUESTS.values()}
        if env["LOG_FORMAT"] == "json"
        else {*re.findall(r"%\(([^)]+)\)", access_log_format)}
    )

    def setup(self, cfg: Any) -> None:
        """As gunicorn's."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(
                JsonWithoutQuoted()
                if env["LOG_FORMAT"] == "json"
                else WithoutQuoted(self.error_fmt, self.datefmt)
            )

    def atoms(self, *args: Any) -> dict[str, Any]:
        """What a line of the log is made of, and no more: an answer has many headers."""
        used = {name: each for name, each in super().atoms(*args).items() if name in self.used}
        atoms = {
            name: each if name in MADE_HERE or not isinstance(each, str) else without_personal(each)
            for name, each in used.items()
        }
        return atoms | ({"q": query_without_values(used["q"] or "")} if "q" in used else {})

    def access(self, *args: Any) -> None:
        """Write a request that was answered."""
        if env["LOG_FORMAT"] != "json":
            super().access(*args)
            return
        atoms = self.atoms(*args)
        told = {name: atoms[atom] for name, atom in TOLD_OF_REQUESTS.items()}
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.access_log.info("%s", json.dumps({"at": now, "logger": "gunicorn.access", **told}))
