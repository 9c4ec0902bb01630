"""Production mode as it is deployed: migrate, load, collect, gunicorn, and what a browser gets."""

import gzip
import json
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

from config.body_limits import PASSED_OVER_AT_MOST
from config.version import VERSION
from tests.environment import ROOT, environment_with, manage

CHECKS = {"database": "ok", "migrations": "ok", "static": "ok"}
READY = json.dumps({"ready": True, "version": VERSION, "checks": CHECKS}).encode()
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


@pytest.mark.parametrize(("probe", "said"), [("/healthz", b"ok\n"), ("/readyz", READY)])
def test_probes_answer_without_host_name_and_tls(server, probe, said):
    with get(server, probe) as response:
        assert response.read() == said


# ---- Attacks by headers, on the real server --------------------------------------------------


def answer(server, request):
    """What the server answers to these lines, as they are: status line and the rest."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(request.encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        read = b"".join(iter(lambda: connection.recv(65536), b""))
    return read.decode("utf-8", "replace")


def asked(*headers, path="/servicios/clave-segura/", host=HOST):
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "X-Forwarded-Proto: https", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""])


def links(page):
    return re.findall(r'(?:href|src|action)="([^"]*)"', page)


@pytest.mark.parametrize(
    "header",
    [
        "SCRIPT_NAME: /estafa",
        "Script-Name: /estafa",
        "PATH_INFO: /admin/login/",
        "Path-Info: /admin/login/",
        "X-Script-Name: /estafa",
        "X-Forwarded-Prefix: /estafa",
        "X-Forwarded-Host: estafa.example",
        "X-Forwarded-Server: estafa.example",
        "X-Host: estafa.example",
        "Forwarded: host=estafa.example;proto=http",
        "X-Original-URL: /admin/login/",
        "X-Rewrite-URL: /admin/login/",
        "X-Forwarded-Protocol: http",
        "X-Forwarded-SSL: off",
        "REMOTE_ADDR: 10.0.0.1",
        "X-HTTP-Method-Override: POST",
    ],
)
def test_no_header_changes_an_address_or_what_is_shown(server, header):
    honest, bent = answer(server, asked()), answer(server, asked(header))
    assert honest.startswith("HTTP/1.1 200")
    assert bent.startswith("HTTP/1.1 200")
    assert "estafa" not in bent
    assert links(bent) == links(honest)
    assert "318 717 4937" in bent


@pytest.mark.parametrize(
    "host",
    [
        "estafa.example",
        "localhost.estafa.example",
        "estafa.example#localhost",
        "localhost@estafa.example",
        "localhost:80@estafa.example",
        "localhost, estafa.example",
        "loc\xe1lhost",
        "[::1]",
        "127.0.0.1",
        "x" * 3000,
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/admin/login/", "/api/v1/", "/static/directory/none.js"])
def test_another_host_is_refused(server, host, path):
    read = answer(server, asked(path=path, host=host))
    assert read.startswith("HTTP/1.1 400")
    assert "estafa" not in read


def test_two_hosts_are_refused(server):
    read = answer(server, asked("Host: estafa.example"))
    assert read.startswith("HTTP/1.1 400")
    assert "estafa" not in read.partition("\r\n\r\n")[0]


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        (asked(path="/?q=" + "x" * 9000), ("400", "414")),
        (asked("X-Long: " + "x" * 9000), ("400", "431")),
        (asked(*[f"X-{number}: 1" for number in range(80)]), ("400", "431")),
    ],
    ids=["line", "header", "headers"],
)
def test_requests_are_bounded(server, request_text, status):
    assert answer(server, request_text).split()[1] in status


def test_plain_http_is_not_called_safe_by_other_headers(server):
    """Only the one that the proxy sets is believed."""
    request = asked("X-Forwarded-SSL: on", "X-Forwarded-Protocol: ssl")
    read = answer(server, request.replace("X-Forwarded-Proto: https", "X-Other: 1"))
    assert read.split()[1] == "301"


def test_strict_transport_speaks_of_this_host_alone(server):
    with get_by_proxy(server, "/") as response:
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path", ["/", "/static/directory/pages.js", "/healthz", "/readyz", "/api/v1/", "/admin/login/"]
)
def test_every_answer_of_the_server_is_hardened(server, path):
    read = get(server, path) if path.endswith("z") else get_by_proxy(server, path)
    with read as response:
        for name in (
            "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
        ):
            assert response.headers.get_all(name) == [response.headers[name]]
            assert response.headers[name]


# ---- Bodies and odd requests, on the real server ----------------------------------------------


def ask(server, lines, body=b""):
    """The whole answer to a request as it is written here, and to nothing else on its way."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        return b"".join(iter(lambda: connection.recv(65_536), b"")).decode(errors="replace")


def lines(method, target, **headers):
    sent = {"Host": HOST, "X-Forwarded-Proto": "https", "Connection": "close", **headers}
    return [f"{method} {target} HTTP/1.1", *(f"{name}: {text}" for name, text in sent.items())]


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/admin/workbook/", "/api/v1/services/"])
def test_forty_megabytes_of_a_stranger_are_answered_with_a_page(server, address):
    """As far as they are passed over; what comes later finds the connection closed."""
    headers = {"Content-Length": str(40 * 1024 * 1024), "Content-Type": "multipart/form-data"}
    answer = ask(server, lines("POST", address, **headers), b"a" * PASSED_OVER_AT_MOST)
    status, _blank, page = answer.partition("\r\n\r\n")
    assert status.startswith("HTTP/1.1 413 ")
    assert "connection: close" in status.lower()
    assert '"status":413' in page.replace(" ", "") if "api" in address else "<h1>" in page


def test_a_body_in_chunks_is_not_read(server):
    sent = lines("POST", "/admin/login/", **{"Transfer-Encoding": "chunked"})
    assert ask(server, sent, b"4\r\naaaa\r\n0\r\n\r\n").startswith("HTTP/1.1 411 ")


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/servicios/clave-segura/",
        "//evil.example/",
        "/servicios/%2e%2e/admin/",
        "/servicios//clave-segura/",
        "/%00",
        "/%ff%fe/?q=%ff&page=%00",
        "/servicios/clave-segura/..;/",
        "/static/%2e%2e/%2e%2e/config/settings.py",
        "/?" + "a=1&" * 1_000,
        "*",
        "/\xff",
    ],
)
def test_odd_addresses_get_an_answer_of_ours(server, target):
    answer = ask(server, lines("GET", target))
    status = int(answer.split()[1])
    assert status in (200, 301, 302, 400, 404)
    assert "Location: http://evil" not in answer
    assert "SECRET_KEY" not in answer


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DELETE", "PURGE", "G%00"])
def test_odd_methods_are_refused_in_words(server, method):
    answer = ask(server, lines(method, "/servicios/clave-segura/"))
    assert 400 <= int(answer.split()[1]) < 500
    if method == "DELETE":
        assert "\r\nAllow: GET, HEAD" in answer
        assert "<h1>" in answer


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=" + "a" * 8_000},
        {"Cookie": "sessionid=a; " * 500},
        {"Cookie": "messages=%ff; csrftoken=\xff; sessionid=\x00x"},
        {"If-None-Match": '"a", ' * 1_500},
        {"If-None-Match": "*", "If-Modified-Since": "Fri, 99 Foo 99999 99:99:99 GMT"},
        {"Range": "bytes=" + "0-1," * 1_500},
        {"Range": "bytes=999999999999999999999-"},
        {"Accept-Encoding": "gzip;q=nan, br;q=-1, " * 300},
        {"Accept-Language": "es;q=9999999999999, " * 300},
        {"Accept": "a/b;q=x," * 800},
        {f"X-{number}": "a" * 50 for number in range(95)},
        {"Referer": "http://[", "Origin": "http://[", "User-Agent": "\xff" * 500},
        {"X-Forwarded-For": "a:b:c, [::, 1.2.3.4:99999, \xff, " * 100},
    ],
)
@pytest.mark.parametrize("address", ["/servicios/clave-segura/", "/admin/", "/static/x.css"])
def test_floods_and_nonsense_in_headers_are_no_error_of_ours(server, address, headers):
    assert int(ask(server, lines("GET", address, **headers)).split()[1]) < 500
