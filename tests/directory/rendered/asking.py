"""Asks the WSGI application as a server does."""

import io
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from config.places import Places
from directory.rendered.serving import Serving


@dataclass(frozen=True)
class Given:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    def __getitem__(self, name):
        return self.headers[name]


class Server:
    """A process that serves: Django, and what it keeps. `renders` counts how often Django was
    asked."""

    def __init__(self, megabytes=16, shared=None, django=None):
        self.renders = []
        self._django = django or Places(WSGIHandler())
        self.serving = Serving(self._render, megabytes, shared)

    def _render(self, environ, start_response):
        self.renders.append(environ)
        return self._django(environ, start_response)

    def get(self, target, method="GET", environ=None, **headers):
        """Ask for a path with a query as they travel."""
        path, _mark, query = target.partition("?")
        given = {}

        def start_response(status, headers, exc_info=None):
            given["status"], given["headers"] = status, headers

        asked = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.7",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
            **(environ or {}),
        }
        body = self.serving(asked, start_response)
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        names = [name for name, _value in given["headers"]]
        assert len({name.lower() for name in names}) == len(names), names
        return Given(int(given["status"][:3]), dict(given["headers"]), content)


def without_closing():
    """As Django's test client: the connection of a test stays."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    return lambda: [s.connect(close_old_connections) for s in (request_started, request_finished)]
