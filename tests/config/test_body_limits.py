"""Attacks with what is sent: it is refused before it is read, and before anybody has signed in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import get_resolver

from config import body_limits
from config.wsgi import application
from directory.editions.publish import publish
from directory.models import ContactPoint, Service
from tests.addresses import INDEX, add_url, page_url
from tests.config.test_query_counts import Directory, routes
from tests.factories import UserFactory, complete_service
from tests.people import client_of

MEGABYTES = 1024 * 1024
HUGE = 40 * MEGABYTES
MULTIPART = "multipart/form-data; boundary=x"
TOO_MUCH = "<h1>Eso fue demasiado de una vez</h1>"


class Body(io.RawIOBase):
    """What never ends; counts how much of it was read."""

    def __init__(self):
        self.count = 0

    def read(self, size=-1):
        assert size != -1
        self.count += size
        return b"a" * size

    def readline(self, size=-1):
        return self.read(size)


def session_of(user):
    return client_of(user).cookies["sessionid"].value


def sent(
    path, length, session=None, method="POST", kind="multipart/form-data; boundary=x", **extra
):
    """The status, the page and the headers that a body is answered with, and how much of it was
    read."""
    body = Body()
    environ = RequestFactory().generic(method, path, content_type=kind, **extra).environ
    environ |= {"wsgi.input": body, "CONTENT_LENGTH": length}
    # Without the second one Django would not look for the token of the form.
    environ["HTTP_COOKIE"] = f"sessionid={session or ''}; csrftoken={'a' * 32}"
    told = []
    page = b"".join(application(environ, lambda status, headers: told.extend([status, headers])))
    return int(told[0][:3]), page.decode(), dict(told[1]), body.count


@pytest.fixture(autouse=True)
def _connection_is_kept():
    """As by Django's own client: the end of a request does not close that of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def kept(monkeypatch):
    """Each time that what was sent is parsed, into memory or files."""
    kept, parse = [], HttpRequest._load_post_and_files
    monkeypatch.setattr(
        HttpRequest, "_load_post_and_files", lambda self: (kept.append(1), parse(self))
    )
    return kept


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "reader", "publisher"])
def test_forty_megabytes_are_refused_at_every_address(kept, who, admin_user):
    call_command("loaddata", "roles", verbosity=0)
    directory = Directory(admin_user)
    roles = {"reader": "Lectores", "publisher": "Publicadores"}
    session = None
    if who in roles:
        session = session_of(UserFactory(is_staff=True, role=roles[who]))
    found = {
        directory.address(*each).partition("?")[0] for each in routes(get_resolver().url_patterns)
    }
    for address in [*sorted(found), "/nowhere/", "/admin/nowhere/", "/api/v1/services/a b/"]:
        status, page, headers, read = sent(address, str(HUGE), session)
        assert (address, status) == (address, 413)
        assert read <= body_limits.PASSED_OVER_AT_MOST
        is_json = address.startswith("/api/")
        assert is_json or TOO_MUCH in page
        assert headers["Content-Type"].startswith("application/problem" if is_json else "text/html")
    assert kept == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY"])
def test_whatever_the_method(method):
    for address in ("/", INDEX, "/api/v1/"):
        assert sent(address, str(HUGE), method=method)[0] == 413


@pytest.mark.django_db
def test_a_file_is_taken_from_those_who_may_bring_it_in_alone(kept):
    """What others send is refused before its last byte is known."""
    length, address = str(4 * MEGABYTES), page_url(ContactPoint, "import", "contact-points")
    reader = session_of(UserFactory(is_staff=True, permissions=["view_contactpoint"]))
    editor = session_of(UserFactory(is_staff=True, is_superuser=True))
    for session in (None, reader):
        assert sent(address, length, session)[0] == 413
    assert kept == []
    sent(address, length, editor)
    assert kept != []
    # Where there are no files, there are none for them either.
    assert sent(add_url(ContactPoint), length, editor)[0] == 413


@pytest.mark.django_db
def test_the_largest_file_is_read(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    file = SimpleUploadedFile("a.csv", b"x" * (4 * MEGABYTES))
    response = client_of(user).post(
        page_url(ContactPoint, "import", "contact-points"), {"file": file}
    )
    assert "no se puede leer como CSV" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "-1", "x", "1e9", "9" * 5_000, "0x10", "١٢"])
def test_a_length_that_is_none_reads_nothing(length):
    status, _page, _headers, read = sent("/admin/login/", length)
    assert (status in (400, 403, 413), read <= body_limits.PASSED_OVER_AT_MOST) == (True, True)


@pytest.mark.django_db
def test_who_does_not_say_how_much_comes_is_asked_to():
    status, page, _headers, read = sent("/admin/login/", "", HTTP_TRANSFER_ENCODING="chunked")
    assert (status, read) == (411, 0)
    assert "<h1>" in page


@pytest.mark.django_db
def test_public_forms_take_some_kilobytes():
    service = complete_service()
    publish(Service.objects.all())
    for form in ("avisar", "seguir"):
        address = f"/servicios/{service.slug}/{form}/"
        kind = "application/x-www-form-urlencoded"
        assert sent(address, "33000", kind=kind)[0] == 413
        assert sent(address, "1000", kind=kind)[0] in (403, 422)
