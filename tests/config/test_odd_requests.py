"""Whatever a program sends, it is a request that can be answered, or a mistake of that program: on
no address of the site an error of ours. The addresses are those of the site, so a new one is asked
too."""

from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.contrib import admin
from django.urls import get_resolver

from directory.models import Service
from tests.addresses import add_url, list_url
from tests.config.test_query_counts import Directory, routes
from tests.html import form_values
from tests.server import ask, failed

pytestmark = pytest.mark.django_db

METHODS = ("FOO", "TRACE", "CONNECT", "PROPFIND", "DELETE", "PATCH", "PUT", "OPTIONS", "get", "A B")
# What comes with a request, as a form or as something else.
BODIES = {
    "no form": ("application/octet-stream", b"\0\xff" * 50),
    "JSON": ("application/json", b'{"id": "\\ud800", "a": [{}], "b": 1e999}'),
    "broken JSON": ("application/json", b'{"id": "\xff'),
    "nested JSON": ("application/json", b"[" * 5_000),
    "no parts": ("multipart/form-data", b"--x"),
    "no end": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
    "strange parts": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="\0"; filename="\xed\xa0\x80"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--\r\n",
    ),
    "a long boundary": (f"multipart/form-data; boundary={'x' * 300}", b"x"),
    "NULs": ("application/x-www-form-urlencoded", b"q=%00&%00=1&action=%00&name=a%00b&ids=%00"),
    "no UTF-8": ("application/x-www-form-urlencoded", b"q=%ff%ed%a0%80&\xff=\xff&a=%zz"),
    "many of one name": ("application/x-www-form-urlencoded", b"action=a&" * 50 + b"post=yes"),
    "numbers": (
        "application/x-www-form-urlencoded",
        b"_selected_action=99999999999999999999&action=delete_selected&index=99999999999999999999"
        b"&form-TOTAL_FORMS=-1&form-INITIAL_FORMS=99999999999999999999&select_across=x",
    ),
}
HOSTS = (
    *(
        "",
        " ",
        "localhost:",
        "localhost:0",
        "localhost:99999999",
        "localhost:x",
        "localhost..",
        ".",
    ),
    *("user@localhost", "user:secret@localhost", "localhost@evil.example", "a_b.example", "[::1]"),
    *(
        "[::1",
        "[::1]:80",
        "[v1.x]",
        "evil.example",
        "localhost, evil.example",
        "localhost/a",
        "\xff",
    ),
    *(
        "localhost\\evil.example",
        "localhost?x",
        "localhost#x",
        "%6cocalhost",
        "a" * 5_000,
        "ñ.example",
    ),
)
INSTANTS = (
    *(
        f"2026-12-01T10:00:00{sign}{hours}"
        for sign in "+-"
        for hours in ("23:59", "15:59", "14:00")
    ),
    *("2026-12-01T10:00:00+05:30:15", "2026-12-01T10:00:00-00:00:01", "2026-12-01T10:00:00+24:00"),
    *("2026-12-01T10:00:00+23:59:59.999999", "2026-12-01T10:00:00.1234567-05:00", "20261201T10Z"),
    *("1970-01-01T00:00:00+23:59", "1969-12-31T23:59:59-23:59", "1970-01-01T00:00:00Z"),
    *("2199-12-31T23:59:59-23:59", "2200-01-01T00:00:00+23:59", "2199-12-31T23:59:59.999999Z"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-W49-2T10:00Z", "2026-336"),
    *("2026-12-01T24:00:00Z", "2026-06-30T23:59:60Z", "2026-12-01T10:00:00+00:00:00.000001"),
    *("\0", "2026-12-01T10:00:00Z\0", "٢٠٢٦-١٢-٠١T١٠:٠٠Z", "-2026-12-01T10:00Z", "1e9", "now"),
)
VALUES = {
    **{"year zero": "0", "below": "-1", "huge": "9" * 40, "beyond": str(2**63), "fraction": "1.5"},
    **{"NUL": "%00", "half": "%ed%a0%80", "word": "x", "list": "1,%00,9999999999999999999999"},
    **{"date": "0001-01-01", "late": "9999-12-31+23:59", "zone": "2026-12-01+00:00:00%2B23:59"},
}


@pytest.fixture
def directory(admin_user):
    with time_machine.travel("2026-12-01T15:00:00Z", tick=False):
        yield Directory(admin_user)


@pytest.fixture
def pages(directory):
    """The address of every page."""
    named = routes(get_resolver().url_patterns)
    found = {directory.address(*each).partition("?")[0] for each in named}
    assert len(found) > 100
    return sorted(found)


@pytest.fixture
def signed_in(admin_client):
    """The header with which somebody is signed in who may do everything."""
    return {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={admin_client.session.session_key}"}


def test_no_method_fails(pages):
    # Of each page some, so that each kind of page meets each of them.
    asked = {
        f"{method} {page}": {"path": page, "method": method}
        for number, page in enumerate(pages)
        for method in METHODS[number % 3 :: 3]
    }
    assert failed(asked) == {}


def test_nothing_that_is_sent_fails(pages, signed_in, monkeypatch):
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware.process_view", lambda *_: None)
    asked = {
        f"{name} to {page}": {
            "path": page,
            "method": "POST",
            "body": body,
            "CONTENT_TYPE": kind,
            # Strangers where nobody signs in.
            **(signed_in if page.startswith("/admin/") else {}),
        }
        for number, page in enumerate(pages)
        for name, (kind, body) in [*BODIES.items()][number % 4 :: 4]
    }
    assert failed(asked) == {}


@pytest.mark.parametrize("length", ["abc", "-1", "1e3", "\uff11", "9" * 30, "1, 2", " "])
def test_no_length_that_is_none_fails(directory, length):
    service = directory.rows[Service].slug
    for path in ("/admin/login/", f"/servicios/{service}/avisar/", "/", "/api/v1/"):
        kind = "application/x-www-form-urlencoded"
        said = {"CONTENT_LENGTH": length, "CONTENT_TYPE": kind}
        status, _headers = ask(path, method="POST", **said)
        assert 400 <= status < 500, path


def test_no_host_fails():
    asked = {
        f"{host[:50]!r} {name}": {"path": path, name: host}
        for path in ("/", "/admin/", "/api/v1/", "/readyz")
        for host in HOSTS
        for name in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "SERVER_NAME")
    }
    assert failed(asked) == {}


def test_no_instant_fails(directory):
    slug = directory.rows[Service].slug
    page, detail = f"/servicios/{slug}/", f"/api/v1/services/{slug}/"
    paths = ("/", page, f"{page}tarjeta/", "/api/v1/services/", detail, f"{detail}now/")
    asked = {
        f"{path} {instant}": {"path": path, "query": f"{name}={quote(instant)}"}
        for path in paths
        for instant in INSTANTS
        for name in ("at", "en")
    }
    assert failed(asked) == {}


def test_no_list_fails_for_what_it_may_be_filtered_by(directory, signed_in, admin_user, rf):
    request = rf.get("/")
    request.user = admin_user
    asked = {}
    for number, (model, model_admin) in enumerate(admin.site._registry.items()):
        names = {*model_admin.offered_lookups(request), "o", "p", "q", "e", "all", "_facets"}
        for shift, name in enumerate(sorted(names)):
            for at, value in enumerate(VALUES.values()):
                if name.endswith(("__year", "__month", "__day")) or (number + shift + at) % 3 == 0:
                    query = f"{name}={value}"
                    asked[f"{model._meta.label} {query}"] = {
                        "path": list_url(model),
                        "query": query,
                        **signed_in,
                    }
    assert len(asked) > 300
    assert failed(asked) == {}


def test_no_form_fails_for_what_its_address_says(directory, signed_in):
    names = ("_changelist_filters", "_popup", "_to_field", "_back", "_row", "id", "name", "code")
    asked = {
        f"{model._meta.label} {name}={value}": {
            "path": add_url(model),
            "query": f"{name}={value}&{name}=1",
            **signed_in,
        }
        for number, model in enumerate(admin.site._registry)
        for shift, name in enumerate(names)
        for at, value in enumerate((*VALUES.values(), "q%3D%00", "http://[", "//evil.example"))
        if (number + shift + at) % 5 == 0
    }
    assert failed(asked) == {}


@pytest.mark.parametrize("odd", ["\0", "a\0b", "9" * 400, "\u202e"])
def test_no_form_fails_for_what_is_typed(directory, admin_client, odd):
    admin_client.raise_request_exception = False
    found = {}
    for model in admin.site._registry:
        page = admin_client.get(add_url(model))
        if page.status_code != 200:
            continue
        typed = {
            name: odd if "csrf" not in name and "_FORMS" not in name else values
            for name, values in form_values(page).items()
        }
        answer = admin_client.post(add_url(model), {**typed, "_save": "1"})
        if answer.status_code >= 500:
            found[model._meta.label] = repr(answer.exc_info)[:300]
    assert found == {}


PATHS = (
    *(
        b"//evil.example/",
        b"/..",
        b"/../../etc/passwd",
        b"/.",
        b"/%2e%2e/",
        b"/..%2f",
        b"/..\\..",
        b"\\",
    ),
    *(
        b"/servicios//",
        b"/servicios/../admin/",
        b"/servicios/\xff\xfe/",
        b"/servicios/\xed\xa0\x80/",
    ),
    *(
        b"/servicios/\0/",
        b"/\0",
        b"/" + b"a" * 70_000,
        b"/servicios/" + b"a/" * 5_000,
        b"*",
        b"",
        b"a",
    ),
    *(
        b"http://evil.example/",
        b"http://localhost/servicios/",
        b"/admin/directory/service/\xff/change/",
    ),
    *(b"/admin/directory/service/_00/change/", b"/admin/directory/service/_ED_A0_80/change/"),
    *(
        b"/admin/directory/service/" + b"9" * 400 + b"/change/",
        b"/admin/r/9999999999999999999999/1/",
    ),
    *(
        b"/admin/r/1/\0/",
        b"/static/\0",
        b"/static/../config/settings.py",
        b"/static/\xff",
        b"/api/\xff/",
    ),
    *(
        b"/.well-known/\0",
        b"/en/servicios/\r\nX: y/",
        b"/servicios/\xe2\x80\xae/",
        b"/seguir/terminar/\0/",
    ),
    *(
        b"/admin/password/\0/\0/",
        b"/admin/jsi18n/\0",
        b"/servicios/;/",
        b"/servicios/%00/ediciones/1/",
    ),
)


@pytest.mark.parametrize("script_name", ["", "/", "/x", "//evil.example", "\xff\0", "/admin"])
def test_no_path_fails(directory, signed_in, script_name):
    asked = {
        f"{path[:60]} {who}": {"path": path, "SCRIPT_NAME": script_name, **cookie}
        for path in PATHS
        for who, cookie in (("a stranger", {}), ("staff", signed_in))
    }
    assert failed(asked) == {}
    headers = {"HTTP_SCRIPT_NAME": "/x", "HTTP_X_SCRIPT_NAME": "\0", "HTTP_SCRIPT_URL": "http://[/"}
    assert ask("/servicios/", **headers)[0] < 500
