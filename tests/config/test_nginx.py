"""nginx with the site of `config/deploy`, before an application that answers what it is told to."""

import http.client
import socket
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.deployment import HOST, free_port, nginx_configuration, program

pytestmark = pytest.mark.deployment

PUBLIC = {"Cache-Control": "public, max-age=0, s-maxage=60"}
# What the application answers: status, headers.
ANSWERS = {
    "/servicios/uno/": (200, PUBLIC),
    "/api/v1/services/uno/": (200, PUBLIC),
    "/servicios/uno/?at=now": (200, PUBLIC),
    "/servicios/uno/ediciones/1/": (200, {**PUBLIC, "Vary": "Cookie"}),
    "/con-galleta/": (200, {**PUBLIC, "Set-Cookie": "csrftoken=a"}),
    "/sin-decirlo/": (200, {}),
    "/privado/": (200, {"Cache-Control": "private"}),
    "/admin/": (200, PUBLIC),
    "/ocupado/": (503, {}),
    "/con-copia/": (503, {}),
    "/readyz": (200, {}),
}


class Application(BaseHTTPRequestHandler):
    """Closes each connection, as HTTP/1.0 does: none is left when it stops."""

    def do_GET(self):
        status, headers = ANSWERS.get(self.path, (404, {}))
        body = "\n".join(f"{name}: {value}" for name, value in self.headers.items()).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Site:
    """nginx, and the application behind it."""

    def __init__(self, folder):
        self.https = free_port()
        self.application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
        threading.Thread(target=self.application.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{self.application.server_port}"
        start = nginx_configuration(folder, address, free_port(), self.https)
        self.mirror = folder / "lib" / "mirror"
        self.nginx = subprocess.Popen([program("nginx"), "-c", str(start), "-p", str(folder)])
        self.tls = ssl.create_default_context(cafile=str(folder / "tls" / "fullchain.pem"))

    def connection(self):
        raw = socket.create_connection(("127.0.0.1", self.https), timeout=60)
        return self.tls.wrap_socket(raw, server_hostname=HOST)

    def get(self, path, **headers):
        """The status, the headers and the text of an answer."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.https)
        connection.sock = self.connection()
        with connection.sock:
            connection.request("GET", path, headers={"Host": f"{HOST}:{self.https}", **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()

    def stop_application(self):
        self.application.shutdown()
        self.application.server_close()

    def stop(self):
        self.nginx.terminate()
        self.nginx.wait()
        self.stop_application()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    try:
        while site.nginx.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", site.https), timeout=60).close()
                break
            except ConnectionRefusedError:
                continue
        assert site.nginx.poll() is None
        yield site
    finally:
        site.stop()


def test_the_application_hears_from_nginx_alone_who_asks_and_how(site):
    _status, _headers, heard = site.get(
        "/servicios/uno/",
        **{
            "X-Forwarded-For": "192.0.2.7",
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": "estafa.example",
            "Forwarded": "host=estafa.example",
            "X-Request-ID": "estafa-12345678",
            "Accept-Encoding": "estafa, br;q=0, gzip",
        },
    )
    assert sorted(heard.splitlines()) == [
        "Accept-Encoding: gzip",
        f"Host: {HOST}:{site.https}",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Proto: https",
    ]


def test_only_what_is_public_is_kept_for_bad_times(site):
    for path in ANSWERS:
        site.get(path)
    site.get("/sin-decirlo/", Cookie="sessionid=a")
    site.stop_application()
    kept = {path for path in ANSWERS if site.get(path)[0] == 200}
    assert kept == {"/servicios/uno/", "/api/v1/services/uno/"}


def test_what_somebody_with_a_session_saw_is_nobody_elses(site):
    site.get("/servicios/uno/", Cookie="a=b; sessionid=c")
    site.stop_application()
    status, headers, text = site.get("/servicios/uno/")
    assert (status, headers["Retry-After"]) == (503, "30")
    assert "sessionid" not in text


def test_the_copy_stands_in_for_an_application_that_cannot(site):
    for folder in ("con-copia", "otra"):
        (site.mirror / folder).mkdir(parents=True)
        (site.mirror / folder / "index.html").write_text("<p>copia")
    assert site.get("/con-copia/")[::2] == (200, "<p>copia")
    status, headers, text = site.get("/ocupado/")
    assert (status, headers["Retry-After"]) == (503, None)
    assert text.startswith("Host: ")
    site.stop_application()
    status, headers, text = site.get("/otra/")
    assert (status, text) == (200, "<p>copia")
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_another_host_is_misdirected(site):
    assert site.get("/", Host="estafa.example")[0] == 421
    with (
        socket.create_connection(("127.0.0.1", site.https), timeout=60) as raw,
        pytest.raises(ssl.SSLError, match=r"UNRECOGNIZED_NAME|unrecognized"),
    ):
        site.tls.wrap_socket(raw, server_hostname="estafa.example")


def test_nothing_that_nginx_does_not_understand_is_our_mistake(site):
    for lines in (f"GET / HTTP/3.7\r\nHost: {HOST}", "GET / HTTP/1.1\r\nTransfer-Encoding: x"):
        with site.connection() as connection:
            connection.sendall(f"{lines}\r\nHost: {HOST}\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
