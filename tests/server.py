"""The site as a server calls it: requests that no client of Django would make."""

import io

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from config.wsgi import application


def ask(path, method="GET", query="", body=b"", **environ):
    """The status and the headers with which a request is answered, of a path and a query as they
    stand in its first line, once the percent signs of the path are taken for what they mean."""
    answers = []
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path if isinstance(path, str) else path.decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        **environ,
    }
    # As Django's test client: the connection is the test's.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        content = application(environ, lambda *answer: answers.append(answer[:2]))
        b"".join(content)
        getattr(content, "close", lambda: None)()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    [(status, headers)] = answers
    return int(status.split()[0]), dict(headers)


def failed(requests):
    """Those of these requests, each the arguments of `ask` by its name, that are answered with an
    error of ours."""
    answers = {name: ask(**arguments)[0] for name, arguments in requests.items()}
    return {name: status for name, status in answers.items() if status >= 500}
