"""Headers that every answer has, whoever makes it."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError

from config.headers import USED
from tests.directory.editions.signed import NOON, made_key, published, signed

pytestmark = pytest.mark.django_db

# Address, status, and whether other sites may embed what is there.
ANSWERS = [
    ("/", 200, False),
    ("/servicios/uno/", 200, False),
    ("/en/servicios/uno/", 200, False),
    ("/servicios/uno/ediciones/1/", 200, False),
    ("/servicios/uno/tarjeta/", 200, True),
    ("/servicios/uno/qr.svg", 200, True),
    ("/servicios/uno/ediciones/1/qr.svg", 200, True),
    ("/servicios/uno/contactos.vcf", 200, False),
    ("/servicios/uno/calendario.ics", 200, False),
    ("/servicios/uno/cambios.atom", 200, False),
    ("/servicios/nada/", 404, False),
    ("/servicios/UNO/", 301, False),
    ("/servicios/uno", 301, False),
    ("/favicon.ico", 301, False),
    ("/brand/icon.svg", 200, True),
    ("/brand/icon-192.png", 200, True),
    ("/brand/share-es.png", 200, True),
    ("/brand.css", 200, False),
    ("/card.js", 200, True),
    ("/sw.js", 200, False),
    ("/robots.txt", 200, False),
    ("/static/directory/pages.js", 200, False),
    ("/static/directory/none.js", 404, False),
    ("/healthz", 200, False),
    ("/readyz", 200, False),
    ("/api/v1/", 200, True),
    ("/api/", 302, True),
    ("/api/v1/services/uno/", 200, True),
    ("/api/v1/services/nada/", 404, True),
    ("/api/v1/services/uno/?at=x", 400, True),
    ("/api/nada", 404, True),
    ("/admin/", 302, False),
    ("/admin/login/", 200, False),
    ("/.well-known/security.txt", 200, False),
    ("/.well-known/directory-checkpoint", 200, True),
    ("/.well-known/directory-checkpoint.pub", 200, True),
    ("/.well-known/directory-checkpoints/1", 200, True),
]


@pytest.fixture
def site(settings, tmp_path):
    settings.SECURITY_CONTACT = ["mailto:seguridad@example.com"]
    key = made_key(settings, tmp_path / "key.pem")
    published("uno")
    signed(key, NOON)


def hardened(response, is_embedded):
    """Whether an answer has all headers."""
    policy = response["Permissions-Policy"].split(", ")
    features = dict(each.split("=", 1) for each in policy)
    assert {name for name, allowed in features.items() if allowed != "()"} == {*USED}
    assert {"camera", "geolocation", "microphone", "payment", "usb"} <= features.keys()
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    expected = "cross-origin" if is_embedded else "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == expected
    return True


@pytest.mark.parametrize(("path", "status", "is_embedded"), ANSWERS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_every_answer_has_the_headers(site, client, path, status, is_embedded, method):
    response = getattr(client, method)(path)
    response.close()
    assert response.status_code == status
    assert hardened(response, is_embedded)


@pytest.mark.parametrize(
    ("path", "is_embedded"),
    [("/", False), ("/servicios/uno/tarjeta/", True), ("/api/v1/services/uno/", True)],
)
def test_not_modified_has_them_too(site, client, path, is_embedded):
    known = client.get(path)["ETag"]
    response = client.get(path, headers={"if-none-match": known})
    assert response.status_code == 304
    assert hardened(response, is_embedded)


@pytest.mark.parametrize("path", ["/", "/api/v1/", "/admin/login/"])
def test_a_host_that_is_not_ours_is_refused_with_them(site, client, path):
    response = client.get(path, headers={"host": "evil.example"})
    assert response.status_code == 400
    assert hardened(response, path.startswith("/api/"))
    assert b"evil.example" not in response.content


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError("x"), 503), (SuspiciousOperation("x"), 400), (ValueError("x"), 500)],
)
def test_failures_have_them(client, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("directory.public.outage.is_outage", lambda error: status == 503)
    monkeypatch.setattr("directory.models.Edition.objects.public", fail)
    client.raise_request_exception = False
    for path, is_embedded in (("/", False), ("/api/v1/services/", True)):
        response = client.get(path)
        assert response.status_code == status
        assert hardened(response, is_embedded)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_refused_methods_have_them(site, client, method):
    for path, is_embedded in (("/", False), ("/healthz", False), ("/api/v1/", True)):
        response = getattr(client, method)(path)
        assert response.status_code == 405
        assert hardened(response, is_embedded)


def test_the_api_is_read_by_pages_of_every_origin(site, client):
    for path in ("/api/v1/services/uno/", "/api/v1/services/nada/", "/api/v1/nada"):
        assert client.get(path)["Access-Control-Allow-Origin"] == "*"
    assert client.options("/api/v1/")["Access-Control-Allow-Origin"] == "*"


def test_the_card_may_be_framed_and_nothing_else(site, client):
    framed = client.get("/servicios/uno/tarjeta/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert client.get("/servicios/uno/")["X-Frame-Options"] == "DENY"
