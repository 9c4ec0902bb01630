"""What slow, oversized, broken and malicious requests get.

    python -m tests.benchmarks.bad_clients

Starts gunicorn alone, and nginx with the site of `config/deploy` before another gunicorn, on ports
of this machine; asks both the same, prints a table, and ends with 1 where an answer is a 5xx, a
request of somebody else is not answered meanwhile, or something stays in the cache. Takes some
minutes.
"""

# ruff: noqa: T201

import contextlib
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from config.slow_clients import PIECE_SECONDS
from tests.deployment import HOST, free_port, nginx_configuration, program
from tests.environment import ROOT, environment_with, manage

PAGE = "/servicios/clave-segura/"
TEXT = b"318 717 4937"
SLOW_SECONDS = 12
MARK = "estafa"
Connect = Callable[[], socket.socket]


def request(target: str = PAGE, *headers: str, method: str = "GET", host: str = HOST) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "X-Forwarded-Proto: https", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def kept_open(method: str, *headers: str, body: str = "") -> bytes:
    lines = [f"{method} {PAGE} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https", *headers]
    return "\r\n".join([*lines, "", body]).encode("latin-1")


SMUGGLED = f"GET /{MARK}-smuggled HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
CHUNKS = f"0\r\n\r\n{SMUGGLED}"
FORM = "Content-Type: application/x-www-form-urlencoded"
REQUESTS = {
    "URI of 9 KB": request("/" + "a" * 9_000),
    "query of 7 KB": request("/?q=" + "a" * 7_000),
    "header of 9 KB": request(PAGE, "X-Long: " + "a" * 9_000),
    "cookie of 30 KB": request(PAGE, *[f"Cookie: c{n}=" + "a" * 7_000 for n in range(4)]),
    "90 headers": request(PAGE, *[f"X-{number}: 1" for number in range(90)]),
    "body of 2 MB announced": request(PAGE, FORM, "Content-Length: 2000000", method="POST"),
    "body of 40 MB for staff": request(
        "/admin/login/", FORM, "Content-Length: 40000000", method="POST"
    ),
    "length of -1": request(PAGE, "Content-Length: -1", method="POST"),
    "length of +1": request(PAGE, "Content-Length: +1", method="POST") + b"a",
    "length of 10^30": request(PAGE, "Content-Length: 1" + "0" * 30, method="POST"),
    "invalid UTF-8 in the path": request("/servicios/%ff%fe%c0%80/"),
    "invalid UTF-8 in the query": request("/?q=%ff%fe&page=%ed%a0%80"),
    "raw bytes in the path": request("/servicios/\xff\xfe/"),
    "NUL in the path": request("/servicios/%00/"),
    "NUL in a header": request(PAGE, "X-Nul: a\x00b"),
    "line break in a header": request(PAGE, "X-Break: a\rX-Other: b"),
    "header without a name": request(PAGE, ": a"),
    "blank before a colon": request(PAGE, "X-Blank : a"),
    "folded header": request(PAGE, "X-Folded: a\r\n b"),
    "method TRACE": request(method="TRACE"),
    "method CONNECT": request(method="CONNECT"),
    "method PURGE": request(method="PURGE"),
    "method of 300 letters": request(method="A" * 300),
    "method with a NUL": request(method="GE\x00T"),
    "no method": b"\r\n\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/3.7": request().replace(b"HTTP/1.1", b"HTTP/3.7"),
    "TLS to plain, or rubbish": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xff" * 40,
    "no host": request().replace(f"Host: {HOST}\r\n".encode(), b""),
    "two hosts": request(PAGE, f"Host: {MARK}.example"),
    "another host": request(host=f"{MARK}.example"),
    "host with user": request(host=f"{HOST}@{MARK}.example"),
    "host with a port": request(host=f"{HOST}:99999"),
    "host with a path": request(host=f"{HOST}/{MARK}"),
    "absolute address of another host": request(f"http://{MARK}.example{PAGE}"),
    "X-Forwarded-Host": request(PAGE, f"X-Forwarded-Host: {MARK}.example"),
    "path /../": request("/servicios/../../etc/passwd"),
    "path /%2e%2e/": request("/static/%2e%2e/%2e%2e/config/settings.py"),
    "path /..;/": request("/static/..;/admin/"),
    "path with a backslash": request("/static/..\\..\\config\\settings.py"),
    "path //host": request(f"//{MARK}.example/%2e%2e"),
    "probe by a detour": request("/static/../readyz"),
    "range of nonsense": request(PAGE, "Range: bytes=" + "0-1," * 1_000),
    "range beyond the end": request("/favicon.ico", "Range: bytes=99999999999999999999-"),
    "Expect: what is not": request(PAGE, "Expect: 300-mal", method="POST"),
    "Upgrade: h2c": request(PAGE, "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
}
# Each with a second request within it, which nobody may answer.
SMUGGLING = {
    "length and chunks": kept_open(
        "POST", f"Content-Length: {len(CHUNKS)}", "Transfer-Encoding: chunked", body=CHUNKS
    ),
    "two lengths": kept_open(
        "POST", "Content-Length: 0", f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED
    ),
    "two lengths in one": kept_open("POST", f"Content-Length: 0, {len(SMUGGLED)}", body=SMUGGLED),
    "chunked, as xchunked": kept_open("POST", "Transfer-Encoding: xchunked", body=CHUNKS),
    "chunked, with a tab": kept_open(
        "POST", "Transfer-Encoding:\tchunked\t, identity", body=CHUNKS
    ),
    "chunked twice": kept_open(
        "POST", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body=CHUNKS
    ),
    "length of a GET": kept_open("GET", f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED),
    "a chunk of size -1": kept_open(
        "POST", "Transfer-Encoding: chunked", body=f"-1\r\n\r\n{CHUNKS}"
    ),
    "a chunk beyond 64 bits": kept_open(
        "POST", "Transfer-Encoding: chunked", body=f"{'f' * 17}\r\n{CHUNKS}"
    ),
    "bare line feeds": kept_open("POST", "X: y\n\nContent-Length: 9", body=SMUGGLED),
}
POISONS = (
    f"X-Forwarded-Host: {MARK}.example",
    f"X-Host: {MARK}.example",
    f"Forwarded: host={MARK}.example",
    f"X-Original-URL: /{MARK}/",
    f"X-Rewrite-URL: /{MARK}/",
    f"X-Forwarded-Prefix: /{MARK}",
    "X-Forwarded-Proto: http",
    "X-HTTP-Method-Override: POST",
    f"Cookie: theme={MARK}; lang={MARK}; messages={MARK}; csrftoken={MARK}",
    f"Cookie: sessionid={MARK}",
    f"Accept-Language: {MARK}",
    f"Accept-Encoding: {MARK}, gzip;q=0",
    f"Accept: {MARK}/{MARK}",
    f"Origin: https://{MARK}.example",
    f"Referer: https://{MARK}.example/",
    f"X-Request-ID: {MARK}-12345678",
    "Range: bytes=0-5",
    "If-None-Match: *",
    "Authorization: Basic AAAA",
)
POISONED = (PAGE, "/", "/api/v1/services/clave-segura/", "/brand/icon.svg", f"{PAGE}contactos.vcf")


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[None]:
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stdout=log, stderr=log
        )
        try:
            for _ in range(150):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.2)
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            log.seek(0)
            said = log.read().decode(errors="replace")
            for failure in re.findall(r"^Traceback.*?^\w.*?$", said, re.DOTALL | re.MULTILINE):
                # Django tells with one of every wrong host.
                if "DisallowedHost" not in failure:
                    print(failure)


def plain(port: int) -> Connect:
    return lambda: socket.create_connection(("127.0.0.1", port), timeout=15)


def encrypted(port: int) -> Connect:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def connect() -> socket.socket:
        raw = socket.create_connection(("127.0.0.1", port), timeout=15)
        return context.wrap_socket(raw, server_hostname=HOST, suppress_ragged_eofs=True)

    return connect


def answer(connect: Connect, sent: bytes, patience: float = 15) -> bytes:
    """All that comes back, until nothing has come for so many seconds."""
    read = b""
    with contextlib.suppress(OSError), connect() as connection:
        connection.settimeout(patience)
        connection.sendall(sent)
        while piece := connection.recv(65_536):
            read += piece
    return read


def statuses(read: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"^HTTP/1\.[01] (\d{3})", read, re.MULTILINE)]


def told(read: bytes) -> str:
    return " ".join(map(str, statuses(read))) or ("text" if read else "closed")


def is_well(connect: Connect) -> bool:
    """Whether somebody else gets the page."""
    return TEXT in answer(connect, request())


def slow(connect: Connect, first: bytes, dribble: bytes, count: int) -> tuple[int, float]:
    """Of ten requests beside so many slow clients: how many are answered, and the slowest, in
    seconds."""
    connections = []
    for _ in range(count):
        with contextlib.suppress(OSError):
            connections.append(connect())
            connections[-1].sendall(first)
    well, slowest, until = 0, 0.0, time.monotonic() + SLOW_SECONDS
    for _ in range(10):
        began = time.monotonic()
        well += is_well(connect)
        slowest = max(slowest, time.monotonic() - began)
        for each in connections:
            with contextlib.suppress(OSError):
                each.sendall(dribble)
        time.sleep(max(0.0, min(1.0, until - time.monotonic())))
    for each in connections:
        each.close()
    return well, slowest


HALF = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-".encode()
HALF_BODY = request(f"{PAGE}avisar/", FORM, "Content-Length: 30000", method="POST")
SLOW = {
    "50 silent": (b"", b"", 50),
    "50 with slow headers": (HALF, b"a", 50),
    "50 with slow bodies": (HALF_BODY, b"a", 50),
}


def shown(read: bytes) -> tuple[list[int], list[bytes], list[bytes]]:
    """What must not depend on who asked before: status, what kind of answer, where it leads."""
    head, _blank, body = read.partition(b"\r\n\r\n")
    kind = re.findall(rb"(?im)^(?:content-(?:type|language|encoding)|location): .*$", head)
    return (
        statuses(read),
        kind,
        re.findall(rb"https?://[^\s\"<]+|(?:href|src|action)=\"[^\"]*", body),
    )


def poisoned(connect: Connect) -> list[str]:
    """What is shown otherwise, to somebody who asks as usual, after each poison."""
    found = []
    for target in POISONED:
        honest = shown(answer(connect, request(target)))
        for header in POISONS:
            for asked in (request(target, header), request(f"{target}?utm={MARK}", header)):
                answer(connect, asked)
            after = answer(connect, request(target))
            if MARK.encode() in after or shown(after) != honest:
                found.append(f"{target} after {header}")
    return found


def ask(name: str, connect: Connect) -> tuple[dict[str, str], list[str]]:
    """What each request gets, and what is wrong."""
    table, wrong = {}, []
    for what, sent in REQUESTS.items():
        # Longer than what was announced is waited for.
        read = answer(connect, sent, PIECE_SECONDS + 2)
        table[what] = told(read)
        if any(status >= 500 for status in statuses(read)) or b"SECRET_KEY" in read:
            wrong.append(f"{name}: {what}: {table[what]}")
        if (
            f"ocation: https://{MARK}".encode() in read
            or f"ocation: http://{MARK}".encode() in read
        ):
            wrong.append(f"{name}: {what} leads to another host")
    for what, sent in SMUGGLING.items():
        read = answer(connect, sent, 2)
        table[f"smuggling: {what}"] = told(read)
        # Of the request within it nobody may say that there is no such page.
        if 404 in statuses(read) or any(status >= 500 for status in statuses(read)):
            wrong.append(f"{name}: smuggling: {what}: {table[f'smuggling: {what}']}")
    if not is_well(connect):
        wrong.append(f"{name}: nobody is answered afterwards")
    for what, how in SLOW.items():
        well, slowest = slow(connect, *how)
        table[what] = f"{well}/10, {slowest:.1f} s"
        # Only a proxy holds against many that say something, slowly.
        if well < 10 and (name == "nginx" or "silent" in what):
            wrong.append(f"{name}: {what}: {table[what]}")
        for _ in range(60):
            if is_well(connect):
                break
            time.sleep(1)
        else:
            wrong.append(f"{name}: nobody is answered after {what}")
    if found := poisoned(connect):
        wrong += [f"{name}: poisoned: {each}" for each in found]
    table[f"poisoned, of {len(POISONED) * len(POISONS)}"] = str(len(found))
    return table, wrong


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        variables = {
            "MODE": "production",
            "SECRET_KEY": "k" * 25 + "0123456789" * 4,
            "ALLOWED_HOSTS": HOST,
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "ORGANIZATION_NAME": "Ejemplo",
            "STATIC_ROOT": str(folder / "static"),
            "BEHIND_PROXY": "on",
            "WEB_CONCURRENCY": "2",
        }
        for command in (
            ["migrate", "--no-input"],
            ["loaddata", "shared", "clave_segura"],
            ["collectstatic", "--no-input"],
        ):
            manage(*command, timeout=120, **variables).check_returncode()
        tables, wrong = {}, []
        port = free_port()
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
        environment = environment_with(GUNICORN_BIND=f"127.0.0.1:{port}", **variables)
        with running(gunicorn, environment, port):
            tables["gunicorn"], found = ask("gunicorn", plain(port))
            wrong += found
        http, https = free_port(), free_port()
        start = nginx_configuration(folder, f"127.0.0.1:{port}", http, https)
        with (
            running(gunicorn, environment, port),
            running([program("nginx"), "-c", str(start), "-p", name], environment, https),
        ):
            tables["nginx"], found = ask("nginx", encrypted(https))
            wrong += found
    print(f"\n{'request':38}" + "".join(f"{name:>20}" for name in tables))
    for what in tables["gunicorn"]:
        print(f"{what:38}" + "".join(f"{table.get(what, '-'):>20}" for table in tables.values()))
    print("\n".join(["", *wrong]) if wrong else "\nNothing is wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
