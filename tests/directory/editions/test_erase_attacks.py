"""A publisher who publishes the number of a fraud, and tries to leave no trace of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from directory.editions.chain import erasure_seal
from directory.editions.verifying import breaks
from directory.editions.withdrawals.erase import erase
from directory.editions.withdrawals.withdraw import show_again, withdraw
from directory.models import ContactPoint, Edition
from tests.directory.withdrawals import (
    FIRST,
    NOW,
    PRIVATE,
    SECOND,
    THIRD,
    auditor,
    publish_with,
    service_with_line,
    withdraw_edition,
    withdrawer,
)
from tests.factories import UserFactory
from tests.refusals import refused_by_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
LATER = NOW + timedelta(days=7)
ALL = ["withdraw_edition", "erase_edition"]


@pytest.fixture
def thief():
    return UserFactory(
        username="ladron", email="ladron@ejemplo.co", is_staff=True, permissions=["add_service"]
    )


@pytest.fixture
def fraud(thief):
    """The edition with the number of the fraud; another one hides it already."""
    service, line = service_with_line()
    publish_with(line, "+576017442727", FIRST)
    publish_with(line, PRIVATE, SECOND, thief)
    publish_with(line, "+576017442727", THIRD, thief)
    return service.editions.get(number=2)


def codes(erasing):
    with pytest.raises(ValidationError) as refused:
        erasing()
    return sorted(error.code for error in refused.value.error_list)


def is_kept(edition):
    stored = Edition.objects.get(pk=edition.pk)
    return PRIVATE in stored.document and len(stored.nonce) == 64 and stored.erased_at is None


def test_who_publishes_may_not_withdraw(fraud, thief):
    with pytest.raises(PermissionDenied):
        withdraw([fraud], thief, "Un error")
    assert is_kept(fraud)
    assert not Edition.objects.get(pk=fraud.pk).is_withdrawn


def test_who_withdraws_may_not_erase_the_same(fraud):
    person = auditor()
    withdraw([fraud], person, "Un error", NOW)
    assert codes(lambda: erase([fraud], person, LATER)) == ["is_withdrawer"]
    assert is_kept(fraud)


@pytest.mark.parametrize(
    "address",
    [
        "ladron@ejemplo.co",
        "LADRON@Ejemplo.CO",
        " ladron@ejemplo.co",
        "ladron+otra@ejemplo.co",
        "Otra Persona <ladron@ejemplo.co>",
    ],
)
def test_a_second_account_of_the_same_mailbox_is_the_same_person(fraud, address):
    withdraw_edition(fraud.service, 2)
    second = UserFactory(is_staff=True, email=address, permissions=ALL)
    assert codes(lambda: erase([fraud], second, LATER)) == ["is_author"]
    assert is_kept(fraud)


def test_an_account_without_an_address_erases_nothing(fraud):
    withdraw_edition(fraud.service, 2)
    for address in ("", "  ", "nadie", "+@ejemplo.co"):
        nobody = UserFactory(is_staff=True, email=address, permissions=ALL)
        assert codes(lambda: erase([fraud], nobody, LATER)) == ["no_address"]  # noqa: B023
    assert is_kept(fraud)


def test_nobody_erases_before_the_time(fraud):
    withdraw_edition(fraud.service, 2)
    early = LATER - timedelta(seconds=1)
    assert codes(lambda: erase([fraud], auditor(), early)) == ["too_early"]
    assert is_kept(fraud)
    assert erase([fraud], auditor("otra@ejemplo.co"), LATER) == 1


def test_the_author_may_not_erase_with_all_permissions(fraud, thief):
    withdraw_edition(fraud.service, 2)
    thief.is_superuser = True
    thief.save()
    assert codes(lambda: erase([fraud], thief, LATER)) == ["is_author"]
    assert is_kept(fraud)


def test_who_proposed_may_not_erase(fraud, thief):
    service = fraud.service
    ContactPoint.objects.update(phone="+576017450000")
    from directory.editions.publish import publish
    from directory.models import Service

    proposer = auditor("propone@ejemplo.co")
    publish(Service.objects.all(), by=thief, at=THIRD, proposed_by=proposer)
    publish_with(ContactPoint.objects.get(), "+576017442727", THIRD, thief)
    withdraw_edition(service, 4)
    edition = service.editions.get(number=4)
    assert codes(lambda: erase([edition], proposer, LATER)) == ["is_author"]


def test_a_superuser_alone_erases_nothing(fraud):
    chief = UserFactory(is_superuser=True, is_staff=True, email="jefa@ejemplo.co")
    withdraw([fraud], chief, "Un error", NOW)
    assert codes(lambda: erase([fraud], chief, LATER)) == ["is_withdrawer"]
    assert codes(lambda: erase([fraud], chief, NOW)) == ["is_withdrawer", "too_early"]
    assert is_kept(fraud)


def test_an_account_that_was_closed_erases_nothing(fraud):
    withdraw_edition(fraud.service, 2)
    gone = auditor(is_active=False)
    with pytest.raises(PermissionDenied):
        erase([fraud], gone, LATER)


def test_what_is_public_is_not_erased(fraud):
    assert codes(lambda: erase([fraud], auditor(), LATER)) == ["not_withdrawn"]
    assert is_kept(fraud)


def test_one_that_may_not_be_erased_keeps_all_others(fraud):
    withdraw_edition(fraud.service, 1, 2)
    second = UserFactory(is_staff=True, email="ladron@ejemplo.co", permissions=ALL)
    both = Edition.objects.filter(number__lte=2)
    assert codes(lambda: erase(both, second, LATER)) == ["is_author"]
    assert not Edition.objects.exclude(erased_at=None).exists()


def test_a_clock_set_back_does_not_bypass_the_wait(fraud, settings):
    settings.ERASE_AFTER_DAYS = 0
    withdraw([fraud], withdrawer(), "Un error", NOW)
    before = NOW - timedelta(days=1)
    assert codes(lambda: erase([fraud], auditor(), before)) == ["clock_set_back"]
    assert is_kept(fraud)
    assert erase([fraud], auditor("otra@ejemplo.co"), NOW) == 1


def test_a_withdrawal_with_the_clock_set_back_waits_as_long(fraud):
    withdraw([fraud], withdrawer(), "Un error", FIRST - timedelta(days=365))
    stored = Edition.objects.get(pk=fraud.pk)
    assert stored.withdrawn_at == THIRD
    early = THIRD + timedelta(days=6)
    assert codes(lambda: erase([fraud], auditor(), early)) == ["too_early"]


def test_withdrawing_again_begins_to_wait_anew(fraud):
    withdraw([fraud], withdrawer(), "Un error", NOW - timedelta(days=7))
    show_again([fraud], withdrawer(), "Era correcto")
    withdraw([fraud], withdrawer(), "Sí era un error", NOW)
    assert codes(lambda: erase([fraud], auditor(), NOW)) == ["too_early"]


def test_objects_and_querysets_change_nothing(fraud):
    withdraw_edition(fraud.service, 2)
    fraud.refresh_from_db()
    fraud.document = ""
    for change in (
        fraud.save,
        fraud.delete,
        lambda: Edition.objects.filter(pk=fraud.pk).update(document=""),
        lambda: Edition.objects.filter(pk=fraud.pk).delete(),
    ):
        with pytest.raises(PermissionDenied):
            change()
    assert is_kept(fraud)


def raw(fraud, **values):
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE directory_edition SET {columns} WHERE id = %s",  # noqa: S608
            [*values.values(), fraud.pk],
        )


def test_the_database_lets_nobody_erase_alone(fraud, thief):
    """Not even with a statement of one's own: neither the author nor who withdrew it, nor before
    it was withdrawn."""
    person = withdrawer()
    withdraw([fraud], person, "Un error", NOW)
    erased = {"document": "", "nonce": "", "search_text": "", "erasure_seal": "x"}
    for by, at in ((person, LATER), (thief, LATER), (auditor(), NOW - timedelta(days=1))):
        with refused_by_the_database():
            raw(fraud, **erased, erased_by_id=by.pk, erased_at=at)
    with refused_by_the_database():
        raw(fraud, document="")
    assert is_kept(fraud)


def test_what_a_statement_erases_is_named_when_editions_are_verified(fraud):
    withdraw([fraud], withdrawer(), "Un error", NOW)
    erased = {"document": "", "nonce": "", "search_text": ""}
    other = auditor()
    seal = erasure_seal("another", LATER, other.pk)
    raw(fraud, **erased, erased_by_id=other.pk, erased_at=LATER, erasure_seal=seal)
    assert [each.number for each in breaks()] == ["2"]


def test_an_erasure_verifies(fraud):
    withdraw_edition(fraud.service, 2)
    erase([fraud], auditor(), LATER)
    assert list(breaks()) == []
    stored = Edition.objects.get(pk=fraud.pk)
    assert (stored.document, stored.nonce, stored.search_text) == ("", "", "")
    assert stored.published_by.username == "ladron"


def test_an_altered_document_is_not_erased_with_its_trace(fraud):
    from tests.tampering import set_values

    withdraw_edition(fraud.service, 2)
    set_values(fraud, document=fraud.document.replace(PRIVATE, "+573105550111"))
    assert codes(lambda: erase([fraud], auditor(), LATER)) == ["altered"]


def test_an_address_that_was_changed_is_known_of_former_days(fraud):
    """The second account had the thief's mailbox, and gets another one just before."""
    withdraw_edition(fraud.service, 2)
    second = UserFactory(is_staff=True, email="ladron+2@ejemplo.co", permissions=ALL)
    second.email = "otra@ejemplo.co"
    second.save()
    assert codes(lambda: erase([fraud], second, LATER)) == ["is_author"]


def test_the_author_who_takes_another_address_is_still_the_author(fraud, thief):
    withdraw_edition(fraud.service, 2)
    second = UserFactory(is_staff=True, email="ladron+2@ejemplo.co", permissions=ALL)
    thief.email = "ladron-de-antes@ejemplo.co"
    thief.save()
    assert codes(lambda: erase([fraud], second, LATER)) == ["is_author"]
