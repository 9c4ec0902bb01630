"""What gunicorn does about clients that say nothing, or a byte at a time: they keep a thread no
longer than it takes to see that they are slow."""

import selectors
import time
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.http.errors import InvalidHeader, NoMoreData, UnsupportedTransferCoding
from gunicorn.workers.gthread import TConn, ThreadWorker

# A request's line and headers are there within so many seconds, all that is sent with it within so
# many more, and the next piece of it within as many; it is not waited for any longer.
HEADER_SECONDS, BODY_SECONDS, PIECE_SECONDS = 10, 60, 10
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Hurried:
    """A connection that gives what it gets until a moment, and then no more."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.hurry_headers()

    def hurry_headers(self) -> None:
        """Wait for the headers from now on."""
        self._until, self._is_body = time.monotonic() + HEADER_SECONDS, False

    def hurry_body(self) -> None:
        """Wait for what is sent with a request from now on."""
        self._until, self._is_body = time.monotonic() + BODY_SECONDS, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def recv(self, size: int) -> bytes:
        """As a socket's. Too late within a body, raises TimeoutError; before, answers 408 and
        raises what gunicorn knows as the end of a connection."""
        left = self._until - time.monotonic()
        before = self._connection.gettimeout()
        try:
            if left <= 0:
                raise TimeoutError
            self._connection.settimeout(min(left, PIECE_SECONDS))
            return self._connection.recv(size)
        except TimeoutError:
            if self._is_body:
                raise
            with suppress(OSError):
                self._connection.send(TOO_SLOW)
            raise NoMoreData from None
        finally:
            self._connection.settimeout(before)


class PatientWorker(ThreadWorker):
    """Gunicorn's with threads: a connection has one only while there is something to read."""

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, a new one as soon as it says something."""
        if conn.initialized or conn.data_ready:
            return super().enqueue_req(conn)
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + HEADER_SECONDS
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, readable)
        return None

    def handle(self, conn: TConn) -> Any:
        """Answer what a connection asks, in a thread."""
        if not isinstance(conn.sock, Hurried):
            conn.sock = Hurried(conn.sock)
        conn.sock.hurry_headers()
        return super().handle(conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what is not understood; a coding that nobody uses is the client's mistake."""
        if isinstance(exc, UnsupportedTransferCoding):
            exc = InvalidHeader("Transfer-Encoding")
        super().handle_error(req, client, addr, exc)


def pre_request(worker: Any, request: Any) -> None:
    """Called by gunicorn before each request; a slow body does not keep its thread, and is the last
    that its connection sends."""
    names = {name for name, value in request.headers if value != "0"}
    if names & {"CONTENT-LENGTH", "TRANSFER-ENCODING"}:
        request.force_close()
        request.unreader.sock.hurry_body()
