"""Production mode as it is deployed: migrate, load, collect, gunicorn, and what a browser gets."""

import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from tests.environment import ROOT, environment_with, manage

HOST, ADDRESS = "localhost", "127.0.0.1"


@pytest.fixture(scope="module")
def database_url(tmp_path_factory, django_db_setup, django_db_blocker):
    """A database of its own, of the kind that the tests run on."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{tmp_path_factory.mktemp('production') / 'db.sqlite3'}"
        return
    import psycopg
    from django.db import connection

    with django_db_blocker.unblock():
        parameters = connection.get_connection_params()
    name = f"{parameters.pop('dbname')}_production"
    server = {key: parameters.get(key) for key in ("host", "port", "user", "password")}
    server = {key: value for key, value in server.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
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
    variables = {
        "MODE": "production",
        "SECRET_KEY": "k" * 25 + "0123456789" * 4,
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": database_url,
        "ORGANIZATION_NAME": "Ejemplo",
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
        "BEHIND_PROXY": "on",
        "WEB_CONCURRENCY": "1",
    }
    for command in (
        ["migrate", "--no-input"],
        ["loaddata", "shared", "clave_segura"],
        ["collectstatic", "--no-input"],
    ):
        manage(*command, timeout=120, **variables).check_returncode()
    # The socket listens before gunicorn gets it: no port is lost to another program meanwhile, and
    # the first request waits for the start, or is refused where there is none.
    with socket.create_server((ADDRESS, 0)) as listening:
        address = f"http://{ADDRESS}:{listening.getsockname()[1]}"
        gunicorn = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"],
            cwd=ROOT,
            env=environment_with(GUNICORN_BIND=f"fd://{listening.fileno()}", **variables),
            pass_fds=[listening.fileno()],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        yield address
    finally:
        os.killpg(gunicorn.pid, signal.SIGKILL)
        gunicorn.wait()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def get(address, path, **headers):
    """The answer itself: no proxy of this machine stands between, and no redirect is followed."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)
    return opener.open(urllib.request.Request(address + path, headers=headers), timeout=60)


def get_by_proxy(address, path, scheme="https", **headers):
    return get(address, path, **{"Host": HOST, "X-Forwarded-Proto": scheme, **headers})


def test_service_page_is_served_with_hardened_headers(server):
    with get_by_proxy(server, "/servicios/clave-segura/") as response:
        assert "318 717 4937" in response.read().decode()
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_plain_http_is_sent_to_https(server):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get_by_proxy(server, "/", scheme="http")
    with refused.value as response:
        assert (response.code, response.headers["Location"]) == (301, f"https://{HOST}/")


def test_admin_login_is_served_with_secure_cookies(server):
    with get_by_proxy(server, "/admin/login/") as response:
        assert "Contraseña" in response.read().decode()
        assert "Secure" in response.headers["Set-Cookie"]


def test_style_sheet_is_hashed_compressed_and_cached_for_long(server):
    with get_by_proxy(server, "/") as response:
        page = response.read().decode()
    path = re.search(r'href="(/static/directory/site\.[0-9a-f]{12}\.css)"', page)[1]
    with get_by_proxy(server, path, **{"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert "--brand" in gzip.decompress(response.read()).decode()


def test_missing_page_is_the_helpful_one(server):
    with pytest.raises(urllib.error.HTTPError) as missing:
        get_by_proxy(server, "/servicios/no-existe/")
    with missing.value as response:
        assert response.code == 404
        assert 'name="q"' in response.read().decode()


@pytest.mark.parametrize(
    ("probe", "said"), [("/healthz", b"ok\n"), ("/readyz", b'{"ready": true}')]
)
def test_probes_answer_without_host_name_and_tls(server, probe, said):
    with get(server, probe) as response:
        assert response.read() == said
