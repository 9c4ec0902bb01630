"""What Prometheus is told, and who may ask."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client
from prometheus_client import REGISTRY

from config import availability
from config.metrics import MetricsMiddleware, text
from directory.editions.publish import publish
from directory.models import Service
from tests.environment import ROOT, environment_with
from tests.factories import ServiceFactory

TOKEN = "0123456789abcdefghij"


@pytest.fixture
def watched(settings):
    settings.METRICS_TOKEN = TOKEN
    return Client()


def read(client, token=TOKEN):
    return client.get("/metrics", headers={"authorization": f"Bearer {token}"})


def sample(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_page(client, settings):
    assert client.get("/metrics").status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        MetricsMiddleware(lambda request: None)


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], f"{TOKEN} ", "ñ"])
def test_who_has_not_the_token_is_told_nothing(watched, token):
    response = read(watched, token)
    assert (response.status_code, response.content) == (401, b"")
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.django_db
def test_who_has_it_reads_them_without_a_query(watched, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = read(watched)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert b"# TYPE directory_requests_total counter" in response.content


@pytest.mark.django_db
def test_requests_are_counted_by_page_and_status_and_without_addresses(watched):
    ServiceFactory(slug="un-servicio-secreto")
    publish(Service.objects.all())
    page = {"view": "directory:service-detail", "method": "GET", "status": "200"}
    before = sample("directory_requests_total", **page)
    watched.get("/servicios/un-servicio-secreto/?q=alguien")
    watched.get("/no/such/page/")
    assert sample("directory_requests_total", **page) == before + 1
    assert sample("directory_request_seconds_count", view=page["view"]) >= 1
    assert sample("directory_requests_total", view="none", method="GET", status="404") >= 1
    assert not re.search(rb"secreto|alguien|such", text())


def test_a_method_that_nobody_knows_is_no_label_of_its_own(watched):
    watched.generic("PURGE", "/healthz")
    assert sample("directory_requests_total", view="none", method="other", status="405") >= 1


def test_an_outage_is_counted_once_until_it_ends():
    availability.note_back()
    before = sample("directory_database_away_total")
    availability.note_away()
    availability.note_away()
    availability.note_back()
    assert sample("directory_database_away_total") == before + 1


@pytest.mark.django_db
def test_publications_are_counted_when_they_are_committed(django_capture_on_commit_callbacks):
    before = sample("directory_editions_published_total")
    with django_capture_on_commit_callbacks(execute=True):
        ServiceFactory()
        publish(Service.objects.all())
        assert sample("directory_editions_published_total") == before
    assert sample("directory_editions_published_total") == before + 1


@pytest.fixture
def served(tmp_path):
    """The address of gunicorn with two processes, which logs JSON into a file."""
    log = tmp_path / "log"
    variables = {
        "METRICS_TOKEN": TOKEN,
        "LOG_FORMAT": "json",
        "WEB_CONCURRENCY": "2",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "TMPDIR": str(tmp_path),
    }
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("wb") as output:
        port = listening.getsockname()[1]
        gunicorn = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
            cwd=ROOT,
            env=environment_with(GUNICORN_BIND=f"fd://{listening.fileno()}", **variables),
            pass_fds=[listening.fileno()],
            start_new_session=True,
            stdout=output,
            stderr=output,
        )
    try:
        yield f"http://127.0.0.1:{port}", log
        gunicorn.send_signal(signal.SIGTERM)
        gunicorn.wait(timeout=60)
        assert list(tmp_path.glob("directory-metrics-*")) == []
    finally:
        if gunicorn.poll() is None:
            os.killpg(gunicorn.pid, signal.SIGKILL)
            gunicorn.wait()


def test_processes_of_a_server_count_together_and_log_json(served):
    address, log = served
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(10):
        opener.open(f"{address}/healthz?q=alguien", timeout=60).close()
    [folder] = log.parent.glob("directory-metrics-*")
    assert folder.stat().st_mode & 0o077 == 0
    request = urllib.request.Request(
        f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    told = opener.open(request, timeout=60).read().decode()
    counted = 'directory_requests_total{method="GET",status="200",view="none"} 10.0'
    assert counted in told.splitlines()
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    requests = [line for line in lines if line["logger"] == "gunicorn.access"]
    first = requests[0]
    assert (first["method"], first["path"], first["query"], first["status"]) == (
        "GET",
        "/healthz",
        "q=…",
        "200",
    )
    assert re.fullmatch(r"[\w-]{14}", first["request_id"])
    assert {"gunicorn.error", "gunicorn.access"} <= {line["logger"] for line in lines}
