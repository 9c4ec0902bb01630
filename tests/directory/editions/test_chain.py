"""The chain of editions: whatever is altered behind the application's back is named."""

import io
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from directory.editions.chain import BATCH, digest, document_digest, first_broken
from directory.editions.publish import publish
from directory.editions.withdraw import withdraw
from directory.models import Edition, Service
from tests.directory.withdrawals import withdrawer
from tests.factories import UserFactory, complete_service

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.fixture
def service():
    """A service with three editions, beside another one with one."""
    service = complete_service(name="Uno")
    complete_service(name="Ajeno")
    for name in ("Uno", "Dos", "Tres"):
        Service.objects.filter(pk=service.pk).update(name=name)
        publish(Service.objects.all(), at=NOON)
    return service


def verify():
    out = io.StringIO()
    call_command("verify_editions", stdout=out)
    return out.getvalue()


def tamper(sql, *params, rows=1):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert cursor.rowcount == rows


def broken():
    return [str(each) for each in first_broken(Edition.objects.all())]


def test_untouched_chain_verifies(service):
    assert broken() == []
    assert verify() == "4 ediciones están intactas.\n"


def test_no_editions_verify():
    assert verify() == "0 ediciones están intactas.\n"


def test_digest_covers_service_number_instant_document_and_the_digest_before():
    sealed = digest(7, 1, NOON, "{}", "")
    others = [
        digest(8, 1, NOON, "{}", ""),
        digest(7, 2, NOON, "{}", ""),
        digest(7, 1, NOON.replace(minute=1), "{}", ""),
        digest(7, 1, NOON, "{ }", ""),
        digest(7, 1, NOON, "{}", "0"),
    ]
    assert len({sealed, *others}) == 6
    assert digest("7", 1, NOON.astimezone(), "{}", "") == sealed


SET = "UPDATE directory_edition SET {} WHERE service_id = %s AND number = {}"
TAMPERING = {
    "document": (SET.format("document = '{}'", 2), 2),
    "document-of-the-last": (SET.format("document = '{}'", 3), 3),
    "first-document": (SET.format("document = '{}'", 1), 1),
    "document-digest": (SET.format("document_digest = '0'", 2), 2),
    "date": (SET.format("published_at = '2026-01-01 00:00:00+00:00'", 2), 2),
    "digest": (SET.format("digest = 'abc'", 2), 2),
    "number-of-the-last": (SET.format("number = 7", 3), 7),
    "missing-first": ("DELETE FROM directory_edition WHERE service_id = %s AND number = 1", 2),
    "missing-between": ("DELETE FROM directory_edition WHERE service_id = %s AND number = 2", 3),
}


@pytest.mark.parametrize(("sql", "broken_at"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_named(service, sql, broken_at):
    tamper(sql, service.pk)
    assert list(first_broken(Edition.objects.all())) == [("Tres", str(broken_at))]
    with pytest.raises(CommandError) as refused:
        verify()
    assert refused.value.returncode == 1
    assert f"Tres, edición {broken_at}." in str(refused.value)


def test_resealing_a_forged_document_breaks_the_next_edition(service):
    first = service.editions.get(number=1)
    contents = document_digest("{}")
    forged = digest(service.pk, 2, NOON, contents, first.digest)
    forgery = f"document = '{{}}', document_digest = '{contents}', digest = '{forged}'"
    tamper(SET.format(forgery, 2), service.pk)
    assert broken() == ["Tres, edición 3"]


def test_current_edition_that_looks_withdrawn_is_named(service):
    withdrawal = (
        "document = '', search_text = '', withdrawn_at = published_at, withdrawn_reason = 'x', "
        "withdrawal_seal = 'x'"
    )
    author = UserFactory().pk
    tamper(SET.format(f"{withdrawal}, withdrawn_by_id = {author}", 3), service.pk)
    assert broken() == ["Tres, edición 3"]


def test_each_broken_service_is_named(service):
    other = Service.objects.exclude(pk=service.pk).get()
    tamper(SET.format("document = '{}'", 2), service.pk)
    tamper(SET.format("document = '{}'", 1), other.pk)
    assert broken() == ["Tres, edición 2", "Ajeno, edición 1"]


def test_search_text_is_not_sealed(service):
    """It is derived, and may be written anew by a later version."""
    tamper(SET.format("search_text = ''", 2), service.pk)
    assert list(first_broken(Edition.objects.all())) == []


def test_editions_that_change_places_with_those_of_another_service_are_named(service):
    """Whole chains, each intact in itself: everything but whose they are is as it was."""
    other = Service.objects.exclude(pk=service.pk).get()
    move = "UPDATE directory_edition SET service_id = %s, number = number + %s WHERE number {}"
    tamper(f"{move.format('< 100')} AND service_id = %s", other.pk, 100, service.pk, rows=3)
    tamper(f"{move.format('< 100')} AND service_id = %s", service.pk, 0, other.pk)
    tamper(move.format("> 100"), other.pk, -100, rows=3)
    assert broken() == ["Tres, edición 1", "Ajeno, edición 1"]


# ---- Withdrawals ---------------------------------------------------------------------------


@pytest.fixture
def withdrawn(service):
    """The service with its second edition withdrawn."""
    assert withdraw(service.editions.filter(number=2), withdrawer(), "Número privado", NOON) == 1
    assert broken() == []
    return service


def test_edition_that_was_blanked_is_named(withdrawn):
    """Also with the seal of another withdrawal: it is of that edition alone."""
    second = withdrawn.editions.get(number=2)
    withdrawal = (
        "document = '', search_text = '', withdrawn_at = published_at, "
        f"withdrawn_reason = 'Número privado', withdrawal_seal = '{second.withdrawal_seal}'"
    )
    tamper(SET.format(f"{withdrawal}, withdrawn_by_id = {second.withdrawn_by_id}", 1), withdrawn.pk)
    assert broken() == ["Tres, edición 1"]


@pytest.mark.parametrize(
    "change",
    [
        "withdrawn_reason = 'Otra'",
        "withdrawn_at = '2026-11-23 17:00:01+00:00'",
        "withdrawn_by_id = {other}",
        "withdrawal_seal = 'x'",
    ],
)
def test_who_withdrew_when_and_why_is_sealed(withdrawn, change):
    tamper(SET.format(change.format(other=UserFactory().pk), 2), withdrawn.pk)
    assert broken() == ["Tres, edición 2"]


def test_withdrawal_of_an_earlier_secret_key_verifies_while_the_key_is_kept(withdrawn, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    assert broken() == []
    settings.SECRET_KEY_FALLBACKS = []
    assert broken() == ["Tres, edición 2"]


# ---- What is no value ----------------------------------------------------------------------

GARBAGE = {
    "sqlite": {
        "date": "published_at = 'garbage'",
        "empty date": "published_at = ''",
        "date out of reach": "published_at = '0001-01-01 00:00:00+05:00'",
        "document": "document = CAST(x'ff' AS TEXT)",
        "digest": "digest = CAST(x'ff' AS TEXT)",
        "search text": "search_text = CAST(x'ff' AS TEXT), document = 'x'",
        "withdrawal": "withdrawn_at = 'garbage', withdrawn_by_id = published_by_id, "
        "withdrawn_reason = CAST(x'ff' AS TEXT), withdrawal_seal = CAST(x'ff' AS TEXT), "
        "document = '', search_text = ''",
    },
    "postgresql": {
        "date": "published_at = 'infinity'",
        "date before Christ": "published_at = '0044-03-15 12:00:00+00 BC'",
        "far date": "published_at = '20000-01-01 00:00:00+00'",
        "withdrawal": "withdrawn_at = '-infinity', withdrawn_by_id = published_by_id, "
        "withdrawn_reason = 'x', withdrawal_seal = 'é', document = '', search_text = ''",
    },
}


@pytest.mark.parametrize(
    "change", GARBAGE[connection.vendor].values(), ids=GARBAGE[connection.vendor]
)
def test_what_is_no_value_is_named(service, change):
    tamper("UPDATE directory_edition SET published_by_id = %s", UserFactory().pk, rows=4)
    tamper(SET.format(change, 2), service.pk)
    assert broken() == ["Tres, edición 2"]
    with pytest.raises(CommandError, match="Tres, edición 2"):
        verify()


# Only SQLite takes anything for a number.
WRONG_NUMBERS = {
    "sqlite": [("'abc'", "abc"), ("x'ff'", r"\xff"), ("2.5", "2.5"), ("1e300", "1.0e+300")],
    "postgresql": [("99", "99")],
}


@pytest.mark.parametrize(("number", "shown"), WRONG_NUMBERS[connection.vendor])
def test_what_is_no_number_of_an_edition_is_named(service, number, shown):
    tamper(SET.format(f"number = {number}", 3), service.pk)
    assert broken() == [f"Tres, edición {shown}"]


def test_editions_of_no_service_are_named(service):
    give = "UPDATE directory_edition SET service_id = %s WHERE service_id = %s"
    with connection.constraint_checks_disabled():
        tamper(give, 12345, service.pk, rows=3)
        assert broken() == ["12345, edición 1"]
        tamper(give, service.pk, 12345, rows=3)
    assert broken() == []


def peak_memory_of_verifying():
    tracemalloc.start()
    try:
        assert list(first_broken(Edition.objects.all())) == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_verifying_takes_the_same_memory_for_any_number_of_editions(service):
    """In batches of `chain.BATCH`; `tests.benchmarks.verifying` does it with 100,000."""

    def add_until(count):
        last = service.editions.latest()
        before, text = last.digest, "x" * 2_000
        values = {"service": service, "document": text, "published_at": NOON}
        values["document_digest"], editions = document_digest(text), []
        for number in range(last.number + 1, count + 1):
            before = digest(service.pk, number, NOON, values["document_digest"], before)
            editions.append(Edition(number=number, digest=before, **values))
        Edition.objects.bulk_create(editions)

    add_until(2 * BATCH)
    few = peak_memory_of_verifying()
    add_until(4 * BATCH)
    assert peak_memory_of_verifying() < 1.3 * few
