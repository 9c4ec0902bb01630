"""What a request says of its encoding is no reason for an error."""

import io

import pytest

from config.wsgi import application

pytestmark = pytest.mark.django_db
BODY = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'


def answered(method, path, content_type, body=b""):
    """The status with which the server that is started answers."""
    statuses = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "lang=es",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    b"".join(application(environ, lambda status, headers: statuses.append(status)))
    return statuses


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain; charset=hex",
        'text/plain;CHARSET = "undefined"',
        "text/plain; charset=punycode",
        "text/plain; charset*=utf-8''base64",
        "text/plain; a*=nada''%41",
        "text/plain; a=" + "a" * 20_000,
        ";;=;charset=zlib",
    ],
)
def test_pages_are_answered_whatever_encoding_a_request_names(content_type, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert answered("GET", "/healthz", content_type) == ["200 OK"]


def test_a_form_in_parts_is_read(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    # Without its parts it would be a 400, before anybody looks for the token.
    assert answered(
        "POST", "/admin/login/", "multipart/form-data; charset=hex; boundary=x", BODY
    ) == ["403 Forbidden"]
    assert answered("POST", "/admin/login/", "multipart/form-data; charset=hex", BODY) == [
        "400 Bad Request"
    ]
