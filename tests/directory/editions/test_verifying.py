"""Checking editions: whatever is done behind the application's back is named. Each test is an
attack of somebody who writes to the database, and has dropped its triggers."""

import io
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from directory.editions import chain
from directory.editions.document import ServiceDocument
from directory.editions.publish import Act, publish, sealed_edition, store
from directory.editions.verifying import BATCH, Break, Fault, breaks
from directory.editions.withdrawals.erase import erase
from directory.editions.withdrawals.withdraw import withdraw
from directory.models import CurrentEdition, Edition, Service, append_only
from tests.directory.withdrawals import auditor, withdrawer
from tests.factories import ServiceFactory, UserFactory, complete_service
from tests.refusals import refused_by_the_database
from tests.tampering import execute, set_values, tamper, triggers_dropped

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.fixture
def service():
    """A service with three editions, beside another one with one."""
    service = complete_service(name="Uno")
    complete_service(name="Ajeno")
    for name in ("Uno", "Dos", "Tres"):
        Service.objects.filter(pk=service.pk).update(name=name)
        publish(Service.objects.all(), by=UserFactory(username=name), at=NOON)
    return service


def verify():
    out = io.StringIO()
    call_command("verify_editions", stdout=out)
    return out.getvalue()


def broken():
    return [(each.service, each.number, each.fault) for each in breaks()]


def link_of(edition, **changed):
    before = edition.service.editions.filter(number=edition.number - 1).first()
    link = chain.Link(
        edition.service_id,
        edition.number,
        edition.published_at,
        edition.published_by_id,
        edition.proposed_by_id,
        edition.document_digest,
        before.digest if before else "",
    )
    return link._replace(**changed)


def rechain(service, begin, **changed):
    """Make the digests of its editions fit each other from this one on, as anybody can, and that of
    the record of the newest one; without the secret key the signatures stay what they are."""
    for edition in service.editions.filter(number__gte=begin).order_by("number"):
        if edition.number == begin:
            set_values(edition, **changed)
            edition.refresh_from_db()
        if edition.document:
            sealed = chain.document_digest(edition.nonce, edition.document)
            set_values(edition, document_digest=sealed)
            edition.refresh_from_db()
        set_values(edition, digest=link_of(edition).digest)
    current = service.editions.latest()
    table = "UPDATE directory_currentedition SET digest = %s WHERE service_id = %s"
    tamper(table, current.digest, service.pk)


def test_untouched_chain_verifies(service):
    assert broken() == []
    assert verify() == "4 ediciones están intactas.\n"


def test_no_editions_verify():
    assert verify() == "0 ediciones están intactas.\n"


def test_the_command_says_where_it_breaks_and_what_happened(service):
    set_values(service.editions.get(number=2), document="{}")
    with pytest.raises(CommandError) as refused:
        verify()
    assert refused.value.returncode == 1
    assert str(refused.value).splitlines()[1:] == [str(Break("Tres", "2", Fault.DOCUMENT))]


# ---- What is altered -----------------------------------------------------------------------

SET = "UPDATE directory_edition SET {} WHERE service_id = %s AND number = {}"
OTHER_NONCE = "0" * 64
ALTERED = {
    "document": (2, {"document": "{}"}, Fault.DOCUMENT),
    "document of the first": (1, {"document": "{}"}, Fault.DOCUMENT),
    "document of the newest": (3, {"document": "{}"}, Fault.DOCUMENT),
    "nonce": (2, {"nonce": OTHER_NONCE}, Fault.DOCUMENT),
    "digest of the document": (2, {"document_digest": "0" * 64}, Fault.ALTERED),
    "document with its digest": (
        2,
        {
            "document": "{}",
            "nonce": OTHER_NONCE,
            "document_digest": chain.document_digest(OTHER_NONCE, "{}"),
        },
        Fault.ALTERED,
    ),
    "instant": (2, {"published_at": "2026-01-01 00:00:00+00:00"}, Fault.ALTERED),
    "digest": (2, {"digest": "abc"}, Fault.ALTERED),
    "seal": (2, {"seal": "x"}, Fault.UNSIGNED),
    "identity": (2, {"identity": "tag:example.com,2026-01-01:x"}, Fault.UNSIGNED),
    "author is nobody": (2, {"published_by_id": None}, Fault.AUTHOR),
}


@pytest.mark.parametrize(("number", "values", "fault"), ALTERED.values(), ids=ALTERED)
def test_what_is_altered_is_named(service, number, values, fault):
    set_values(service.editions.get(number=number), **values)
    assert broken() == [("Tres", str(number), fault)]


def test_number_of_the_newest_is_altered(service):
    set_values(service.editions.get(number=3), number=7)
    assert broken() == [("Tres", "7", Fault.ALTERED)]


def test_published_in_the_name_of_somebody_else_is_named(service):
    innocent = UserFactory(username="inocente")
    set_values(service.editions.get(number=2), published_by_id=innocent.pk)
    assert broken() == [("Tres", "2", Fault.AUTHOR)]


@pytest.mark.parametrize("proposed_by_id", [None, "other", "publisher"])
def test_who_proposed_it_is_part_of_the_proof(service, proposed_by_id):
    proposer, publisher, other = (UserFactory(username=name) for name in ("una", "otro", "ajena"))
    Service.objects.filter(pk=service.pk).update(name="Cuatro")
    publish(Service.objects.all(), by=publisher, at=NOON, proposed_by=proposer)
    assert broken() == []
    edition = service.editions.latest()
    assert (edition.published_by, edition.proposed_by) == (publisher, proposer)
    if proposed_by_id == "publisher":
        # The two have changed places.
        set_values(edition, proposed_by_id=publisher.pk, published_by_id=proposer.pk)
    else:
        set_values(edition, proposed_by_id=other.pk if proposed_by_id else None)
    assert broken() == [("Cuatro", "4", Fault.AUTHOR)]


# ---- What is chained anew ------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3])
def test_chain_that_was_made_anew_after_a_forgery_is_named(service, number):
    """All digests fit each other, as in an untouched chain; nobody has the secret key."""
    rechain(service, number, document='{"slug":"uno","name":"Fraude","escalation":{}}')
    last = service.editions.latest()
    assert link_of(last).digest == last.digest
    assert broken() == [("Tres", str(number), Fault.UNSIGNED)]


def test_chain_that_was_made_anew_with_another_author_is_named(service):
    rechain(service, 2, published_by_id=UserFactory(username="inocente").pk)
    assert broken() == [("Tres", "2", Fault.UNSIGNED)]


def test_edition_that_was_added_behind_the_application_is_named(service):
    """With the seal of another one, and the record of the newest edition brought to it."""
    last = service.editions.latest()
    text = '{"slug":"uno","name":"Fraude","escalation":{}}'
    contents = chain.document_digest(OTHER_NONCE, text)
    added = Edition(
        service=service,
        number=4,
        document=text,
        nonce=OTHER_NONCE,
        document_digest=contents,
        identity=last.identity,
        published_at=NOON,
        seal=last.seal,
    )
    added.digest = link_of(added, digest_before=last.digest).digest
    Edition.objects.bulk_create([added])
    table = "UPDATE directory_currentedition SET edition_id = %s, number = 4, digest = %s"
    tamper(f"{table} WHERE service_id = %s", added.pk, added.digest, service.pk)
    assert broken() == [("Tres", "4", Fault.UNSIGNED)]


def test_each_broken_service_is_named(service):
    other = Service.objects.exclude(pk=service.pk).get()
    set_values(service.editions.get(number=2), document="{}")
    set_values(other.editions.get(number=1), document="{}")
    assert broken() == [("Tres", "2", Fault.DOCUMENT), ("Ajeno", "1", Fault.DOCUMENT)]


def test_search_text_is_not_sealed(service):
    """It is derived, and may be written anew by a later version."""
    assert execute(SET.format("search_text = ''", 2), service.pk) == 1
    assert broken() == []


def test_editions_that_change_places_with_those_of_another_service_are_named(service):
    """Whole chains, each intact in itself: everything but whose they are is as it was."""
    other = Service.objects.exclude(pk=service.pk).get()
    move = "UPDATE directory_edition SET service_id = %s, number = number + %s WHERE number {}"
    tamper(f"{move.format('< 100')} AND service_id = %s", other.pk, 100, service.pk, rows=3)
    tamper(f"{move.format('< 100')} AND service_id = %s", service.pk, 0, other.pk)
    tamper(move.format("> 100"), other.pk, -100, rows=3)
    assert broken() == [("Tres", "1", Fault.ALTERED), ("Ajeno", "1", Fault.ALTERED)]


# ---- What is missing -----------------------------------------------------------------------

DELETE = "DELETE FROM directory_edition WHERE service_id = %s AND number {}"


@pytest.mark.parametrize("number", [1, 2])
def test_missing_edition_is_named(service, number):
    tamper(DELETE.format(f"= {number}"), service.pk)
    assert broken() == [("Tres", str(number + 1), Fault.MISSING)]


def test_numbers_that_close_a_gap_are_named(service):
    tamper(DELETE.format("= 2"), service.pk)
    set_values(service.editions.get(number=3), number=2)
    assert broken() == [("Tres", "2", Fault.ALTERED)]


def cut_off(service, number):
    """Delete this edition and all later ones, and let the record point to what is left."""
    left = Edition.objects.get(service=service, number=number - 1)
    point = "UPDATE directory_currentedition SET edition_id = %s WHERE service_id = %s"
    tamper(point, left.pk, service.pk)
    tamper(DELETE.format(f">= {number}"), service.pk, rows=4 - number)


@pytest.mark.parametrize("number", [2, 3])
def test_newest_editions_that_were_cut_off_are_named(service, number):
    cut_off(service, number)
    assert broken() == [("Tres", str(number), Fault.CUT_OFF)]


def test_cut_off_editions_are_named_where_the_record_was_brought_to_what_is_left(service):
    cut_off(service, 3)
    left = service.editions.latest()
    table = "UPDATE directory_currentedition SET number = %s, digest = %s WHERE service_id = %s"
    tamper(table, left.number, left.digest, service.pk)
    assert broken() == [("Tres", "2", Fault.CURRENT_FORGED)]


def test_cut_off_editions_are_named_where_the_record_was_deleted(service):
    tamper("DELETE FROM directory_currentedition WHERE service_id = %s", service.pk)
    tamper(DELETE.format("= 3"), service.pk)
    assert broken() == [("Tres", "2", Fault.CURRENT_MISSING)]


def test_published_service_without_any_edition_is_named(service):
    tamper("DELETE FROM directory_currentedition WHERE service_id = %s", service.pk)
    tamper(DELETE.format("> 0"), service.pk, rows=3)
    assert broken() == [("Tres", "", Fault.NO_EDITION)]
    with pytest.raises(CommandError, match="Tres: "):
        verify()


def test_newest_edition_is_not_deleted_while_it_is_on_record(service):
    """By a foreign key, too, which holds without triggers."""
    with refused_by_the_database():
        tamper(DELETE.format("= 3"), service.pk)
        connection.check_constraints()
    assert broken() == []


def test_record_of_another_service_is_named(service):
    other = CurrentEdition.objects.exclude(service=service).get()
    table = "UPDATE directory_currentedition SET number = %s, digest = %s, seal = %s"
    values = other.number, other.digest, other.seal
    tamper(f"{table} WHERE service_id = %s", *values, service.pk)
    assert broken() == [("Tres", "1", Fault.CURRENT_FORGED)]


def test_draft_without_editions_is_no_fault():
    ServiceFactory(is_published=False)
    assert broken() == []


# ---- Withdrawals and erasures --------------------------------------------------------------


@pytest.fixture
def withdrawn(service):
    """The service with its second edition withdrawn and erased."""
    second = service.editions.filter(number=2)
    withdraw(second, withdrawer(), "Número privado", NOON)
    assert broken() == []
    erase(second, auditor(), NOON + timedelta(days=365))
    assert broken() == []
    return service


ERASED = "document = '', nonce = '', search_text = '', erased_at = withdrawn_at, "
WITHDRAWN = (
    "withdrawn_at = published_at, withdrawn_reason = 'x', withdrawal_seal = 'x', search_text = '', "
)


def test_edition_that_was_blanked_is_named(withdrawn):
    """Also with the seals of another one: they are of that edition alone."""
    second = withdrawn.editions.get(number=2)
    fields = map(Edition._meta.get_field, (*append_only.WITHDRAWAL, *append_only.ERASURE))
    values = {field.column: getattr(second, field.attname) for field in fields}
    set_values(withdrawn.editions.get(number=1), **values)
    assert broken() == [("Tres", "1", Fault.WITHDRAWAL)]


def test_newest_edition_that_looks_withdrawn_is_named(service):
    author = UserFactory().pk
    tamper(SET.format(f"{WITHDRAWN} withdrawn_by_id = {author}", 3), service.pk)
    assert broken() == [("Tres", "3", Fault.WITHDRAWAL)]


def test_contents_that_were_taken_away_from_a_withdrawn_edition_are_named(service):
    """Withdrawn as the application does, erased as it does not."""
    second, user, other = service.editions.get(number=2), UserFactory(), UserFactory()
    seal = chain.withdrawal_seal(second.digest, NOON, user.pk, "Privado")
    values = {"withdrawn_at": NOON, "withdrawn_by_id": user.pk, "withdrawn_reason": "Privado"}
    set_values(second, **values, withdrawal_seal=seal, search_text="")
    assert broken() == []
    erased = f"{ERASED} erased_by_id = {other.pk}, erasure_seal = '{seal}'"
    tamper(SET.format(erased, 2), service.pk)
    assert broken() == [("Tres", "2", Fault.EMPTIED)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("withdrawn_reason = 'Otra'", Fault.WITHDRAWAL),
        ("withdrawn_at = '2026-11-23 17:00:01+00:00'", Fault.WITHDRAWAL),
        ("withdrawn_by_id = {other}", Fault.WITHDRAWAL),
        ("withdrawal_seal = 'x'", Fault.WITHDRAWAL),
        ("erased_at = '2027-12-23 17:00:01+00:00'", Fault.EMPTIED),
        ("erased_by_id = {other}", Fault.EMPTIED),
        ("erasure_seal = 'x'", Fault.EMPTIED),
    ],
)
def test_who_withdrew_and_erased_when_and_why_is_sealed(withdrawn, change, fault):
    tamper(SET.format(change.format(other=UserFactory().pk), 2), withdrawn.pk)
    assert broken() == [("Tres", "2", fault)]


def test_what_an_earlier_secret_key_signed_verifies_while_the_key_is_kept(withdrawn, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 50
    assert broken() == []
    settings.SECRET_KEY_FALLBACKS = []
    assert broken() == [("Tres", "1", Fault.UNSIGNED), ("Ajeno", "1", Fault.UNSIGNED)]
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        verify()


# ---- What is no value ----------------------------------------------------------------------

WITHDRAWN_AND_ERASED = (
    "withdrawn_by_id = published_by_id, erased_by_id = (SELECT max(id) FROM auth_user), "
    "erasure_seal = 'x', document = '', nonce = '', search_text = ''"
)
GARBAGE = {
    "sqlite": {
        "date": ("published_at = 'garbage'", Fault.ALTERED),
        "empty date": ("published_at = ''", Fault.ALTERED),
        "date out of reach": ("published_at = '0001-01-01 00:00:00+05:00'", Fault.ALTERED),
        "author": ("published_by_id = ' 1x'", Fault.ALTERED),
        "document": ("document = CAST(x'ff' AS TEXT)", Fault.DOCUMENT),
        "nonce": ("nonce = CAST(x'ff' AS TEXT)", Fault.DOCUMENT),
        "digest": ("digest = CAST(x'ff' AS TEXT)", Fault.ALTERED),
        "seal": ("seal = CAST(x'ff' AS TEXT)", Fault.UNSIGNED),
        "search text": ("search_text = CAST(x'ff' AS TEXT), document = 'x'", Fault.DOCUMENT),
        "withdrawal": (
            "withdrawn_at = 'garbage', withdrawn_reason = CAST(x'ff' AS TEXT), "
            "withdrawal_seal = CAST(x'ff' AS TEXT), erased_at = 'garbage', " + WITHDRAWN_AND_ERASED,
            Fault.ALTERED,
        ),
    },
    "postgresql": {
        "date": ("published_at = 'infinity'", Fault.ALTERED),
        "date before Christ": ("published_at = '0044-03-15 12:00:00+00 BC'", Fault.ALTERED),
        "far date": ("published_at = '20000-01-01 00:00:00+00'", Fault.ALTERED),
        "seal": ("seal = 'é'", Fault.UNSIGNED),
        "withdrawal": (
            "withdrawn_at = '-infinity', withdrawn_reason = 'x', withdrawal_seal = 'é', "
            f"erased_at = 'infinity', {WITHDRAWN_AND_ERASED}",
            Fault.ALTERED,
        ),
    },
}


@pytest.mark.parametrize(
    ("change", "fault"), GARBAGE[connection.vendor].values(), ids=GARBAGE[connection.vendor]
)
def test_what_is_no_value_is_named(service, change, fault):
    with connection.constraint_checks_disabled():
        tamper(SET.format(change, 2), service.pk)
        assert broken() == [("Tres", "2", fault)]
        with pytest.raises(CommandError, match="Tres, edición 2"):
            verify()
        author = service.editions.get(number=1).published_by_id
        tamper(SET.format("published_by_id = %s", 2), author, service.pk)


# Only SQLite takes anything for a number.
WRONG_NUMBERS = {
    "sqlite": [("'abc'", "abc"), ("x'ff'", r"\xff"), ("2.5", "2.5"), ("1e300", "1.0e+300")],
    "postgresql": [("99", "99")],
}


@pytest.mark.parametrize(("number", "shown"), WRONG_NUMBERS[connection.vendor])
def test_what_is_no_number_of_an_edition_is_named(service, number, shown):
    tamper(SET.format(f"number = {number}", 3), service.pk)
    assert broken() == [("Tres", shown, Fault.ALTERED)]


@pytest.mark.parametrize(("number", "shown"), WRONG_NUMBERS[connection.vendor])
def test_what_is_no_number_on_record_is_named(service, number, shown):
    record = "UPDATE directory_currentedition SET number = {} WHERE service_id = %s"
    tamper(record.format(number), service.pk)
    assert broken() == [("Tres", shown, Fault.CURRENT_FORGED)]


def test_editions_of_no_service_are_named(service):
    give = "UPDATE directory_edition SET service_id = %s WHERE service_id = %s"
    with triggers_dropped():
        execute(give, 12345, service.pk)
        found = broken()
        execute(give, service.pk, 12345)
    assert found[0] == ("12345", "1", Fault.ALTERED)
    assert broken() == []


# ---- What it costs -------------------------------------------------------------------------


def peak_memory_of_verifying():
    tracemalloc.start()
    try:
        assert broken() == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_verifying_takes_the_same_memory_for_any_number_of_editions(service):
    """In batches of `verifying.BATCH`; `tests.benchmarks.verifying` does it with 100,000."""
    composed = ServiceDocument(slug=service.slug, name="Uno", introduction="x" * 2_000)

    def add_until(count):
        last, added = service.editions.latest(), []
        for _number in range(last.number, count):
            last = sealed_edition(service.pk, composed, last, Act(NOON))
            added.append(last)
        store(added)

    add_until(2 * BATCH)
    few = peak_memory_of_verifying()
    add_until(4 * BATCH)
    assert peak_memory_of_verifying() < 1.3 * few


@pytest.mark.parametrize("services", [1, 3])
def test_verifying_asks_the_same_few_questions_for_any_number_of_services(
    services, django_assert_num_queries
):
    for _each in range(services):
        complete_service()
    publish(Service.objects.all())
    with django_assert_num_queries(4):
        assert broken() == []
