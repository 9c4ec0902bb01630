"""X-Forwarded-For is what anybody writes: whatever it says, it is an address or none."""

import pytest
from django.urls import reverse

from config.client_address import client_address, client_network
from directory.models import AuditEntry

NONSENSE = {
    "empty": "",
    "commas": ",,, ,",
    "10 KB": "1" * 10_000,
    "10 KB of addresses": "192.0.2.1, " * 1_000,
    "10 KB of a zone": "fe80::1%" + "x" * 10_000,
    "a zone that is markup": "fe80::1%<script>alert(1)</script>",
    "a zone and a port": "[fe80::1%eth0]:443",
    "digits of another script": "١٩٢.0.2.1",
    "a port of another script": "192.0.2.1:٨٠",
    "latin-1": "ñandú\xff",
    "quoted": '"192.0.2.1"',
    "a name": "localhost",
    "unfinished": "[2001:db8::7",
    "two ports": "192.0.2.1:80:80",
    "zeros in front": "192.0.02.01",
    "a number": "3221225985",
    "a network": "192.0.2.0/24",
    "NUL": "192.0.2.1\x00",
    "SQL": "1' OR '1'='1",
    "RFC 7239": "for=192.0.2.60;proto=http",
}


def asked(rf, settings, forwarded, remote="203.0.113.9"):
    settings.BEHIND_PROXY = True
    return rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)


@pytest.mark.parametrize("forwarded", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_an_address_or_none(rf, settings, forwarded):
    request = asked(rf, settings, forwarded)
    for text in (client_address(request), client_network(request)):
        assert len(text) <= 45
        assert text == "" or set(text) <= set("0123456789abcdef.:/")
    assert client_address(asked(rf, settings, forwarded, remote="")) in (
        "",
        "192.0.2.1",
        "fe80::1",
    )


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:443", "192.0.2.7"),
        ("10.0.0.1,\t198.51.100.7 ", "198.51.100.7"),
    ],
)
def test_one_address_is_written_in_one_way(rf, settings, forwarded, address):
    assert client_address(asked(rf, settings, forwarded)) == address


def test_one_customer_of_ipv6_is_one_network(rf, settings):
    networks = {
        client_network(asked(rf, settings, f"2001:db8:1:2::{number:x}")) for number in range(1, 50)
    }
    assert len(networks) == 1
    assert client_network(asked(rf, settings, "2001:db8:1:3::1")) not in networks


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", NONSENSE.values(), ids=NONSENSE)
def test_no_page_fails_for_it_and_the_sign_in_is_on_record(client, rf, settings, forwarded):
    settings.BEHIND_PROXY = True
    sent = {"username": "nadie", "password": "falsa"}
    headers = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": "203.0.113.9"}
    assert client.post(reverse("admin:login"), sent, **headers).status_code == 200
    forgotten = reverse("backoffice:password-forgotten")
    assert client.post(forgotten, {"email": "a@example.com"}, **headers).status_code == 200
    assert client.get("/", **headers).status_code == 200
    entry = AuditEntry.objects.get(event="sign_in_failed")
    assert entry.address == client_address(asked(rf, settings, forwarded))


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", ["198.51.100.7", "fe80::1%x"])
def test_who_is_behind_no_declared_proxy_claims_nothing(client, settings, forwarded):
    settings.BEHIND_PROXY = False
    sent = {"username": "nadie", "password": "falsa"}
    client.post(
        reverse("admin:login"), sent, HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="203.0.113.9"
    )
    assert AuditEntry.objects.get(event="sign_in_failed").address == "203.0.113.9"
