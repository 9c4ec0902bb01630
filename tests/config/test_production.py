"""Production mode as it is deployed: migrate, load, collect, gunicorn, and what a browser gets."""

import gzip
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from tests.environment import ROOT, environment_with, manage

HOST = "localhost"


@pytest.fixture(scope="module")
def database_url(tmp_path_factory, django_db_setup, django_db_blocker):
    """A database of its own, of the kind that the tests run on."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{tmp_path_factory.mktemp('production') / 'db.sqlite3'}"
        return
    import psycopg
    from django.db import connection

    name = f"production_smoke_{os.getpid()}"
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params()
    server = {key: parameters.get(key) for key in ("host", "port", "user", "password")}
    server = {key: value for key, value in server.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        password = f":{server['password']}" if "password" in server else ""
        yield (
            f"postgres://{server.get('user', '')}{password}@{server['host']}"
            f":{server.get('port', 5432)}/{name}"
        )
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def server(database_url, tmp_path_factory):
    """The address of gunicorn in production mode, behind a proxy that ends TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = {
        "MODE": "production",
        "SECRET_KEY": "k" * 25 + "0123456789" * 4,
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": database_url,
        "ORGANIZATION_NAME": "Ejemplo",
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
        "BEHIND_PROXY": "on",
        "GUNICORN_BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
    }
    for command in (
        ["migrate", "--no-input"],
        ["loaddata", "shared", "clave_segura"],
        ["collectstatic", "--no-input"],
    ):
        manage(*command, timeout=120, **variables).check_returncode()
    gunicorn = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
        cwd=ROOT,
        env=environment_with(**variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_alive(address, gunicorn)
        yield address
    finally:
        gunicorn.terminate()
        gunicorn.wait(timeout=20)


def wait_until_alive(address, process):
    for _ in range(200):
        assert process.poll() is None, "gunicorn stopped at its start"
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("gunicorn does not answer")


def get(address, path, scheme="https", **headers):
    request = urllib.request.Request(
        address + path, headers={"Host": HOST, "X-Forwarded-Proto": scheme, **headers}
    )
    return urllib.request.urlopen(request, timeout=10)


def test_service_page_is_served_with_hardened_headers(server):
    with get(server, "/servicios/clave-segura/") as response:
        body = response.read().decode()
        headers = response.headers
    assert "318 717 4937" in body
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_plain_http_is_sent_to_https(server):
    opener = urllib.request.build_opener(NoRedirect)
    request = urllib.request.Request(
        f"{server}/", headers={"Host": HOST, "X-Forwarded-Proto": "http"}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(request, timeout=10)
    with refused.value as response:
        assert (response.code, response.headers["Location"]) == (301, f"https://{HOST}/")


def test_admin_login_is_served_with_secure_cookies(server):
    with get(server, "/admin/login/") as response:
        assert "Contraseña" in response.read().decode()
        assert "Secure" in response.headers["Set-Cookie"]


def test_style_sheet_is_hashed_compressed_and_cached_for_long(server):
    with get(server, "/") as response:
        page = response.read().decode()
    path = re.search(r'href="(/static/directory/site\.[0-9a-f]{12}\.css)"', page)[1]
    with get(server, path, **{"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert "--brand" in gzip.decompress(response.read()).decode()


def test_missing_page_is_the_helpful_one(server):
    with pytest.raises(urllib.error.HTTPError) as missing:
        get(server, "/servicios/no-existe/")
    with missing.value as response:
        assert response.code == 404
        assert 'name="q"' in response.read().decode()


def test_probes_answer_without_host_name_and_tls(server):
    for probe, said in (("/healthz", b"ok\n"), ("/readyz", b'{"ready": true}')):
        with urllib.request.urlopen(server + probe, timeout=10) as response:
            assert response.read() == said


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None
