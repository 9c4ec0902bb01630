"""Which contact points have an address, or almost: found by indexes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.upkeep.checks.addresses import addresses_near, points_with
from tests.factories import EmailFactory, PhoneFactory, SmsFactory, TelegramFactory, WebFactory

pytestmark = pytest.mark.django_db
MAIL, PAGE = "ayuda.tecnica@ejemplo.org", "ejemplo.org/pagina"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ayuda.tecnica@ejemplo.org", MAIL),
        ("ayud.tecnica@ejemplo.org", MAIL),
        ("ayyuda.tecnica@ejemplo.org", MAIL),
        ("auyda.tecnica@ejemplo.org", MAIL),
        ("ayudat.ecnica@ejemplo.org", MAIL),
        ("ayuda.etcnica@ejemplo.org", MAIL),
        ("ayuda.tecnicas@ejemplo.org", MAIL),
        ("ayuda.tecnica@ejempl.org", MAIL),
        ("ejempl.org/pagina", PAGE),
        ("ejemplo.org/pagian", PAGE),
        ("ejemploo.org/pagina", PAGE),
        ("soporte_acma", "soporte_acme"),
        ("+573187174901", "+573187174900"),
        ("ventas@ejemplo.org", None),
        ("otra.org/pagina", None),
    ],
)
def test_what_differs_by_a_slip_is_found(typed, found):
    EmailFactory(email="Ayuda.tecnica@ejemplo.org")
    WebFactory(url="https://www.ejemplo.org/pagina/")
    TelegramFactory(telegram="soporte_acme")
    PhoneFactory(phone="+573187174900")
    assert list(addresses_near([typed]).by_value) == ([found] if found else [])


def test_every_writing_of_an_address_is_found():
    EmailFactory(email="Ayuda.tecnica@ejemplo.org")
    WebFactory(url="http://www.ejemplo.org/pagina/")
    SmsFactory(sms="+573187174900")
    PhoneFactory(phone="+573187174900")
    found = points_with([MAIL, PAGE, "+573187174900", "nadie@ejemplo.org"]).by_value
    assert {value: len(points) for value, points in found.items()} == {
        MAIL: 1,
        PAGE: 1,
        "+573187174900": 2,
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_no_other_contact_point_is_read(rows):
    EmailFactory(email=MAIL)
    EmailFactory.create_batch(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of so few rows it would rather read all.
            cursor.execute("SET LOCAL enable_seqscan = off")
        with CaptureQueriesContext(connection) as queries:
            points_with([MAIL, PAGE])
            addresses_near([MAIL, PAGE, "+573187174900"])
        asked = [query["sql"] for query in queries]
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        plans = []
        for sql in asked:
            cursor.execute(f"{explain} {sql}")
            plans += [str(row[-1]) for row in cursor.fetchall()]
    assert len(asked) == 3
    whole_tables = [step for step in plans if step.strip(" ->").startswith(("SCAN", "Seq Scan"))]
    assert whole_tables == []
