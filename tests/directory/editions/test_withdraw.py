"""Withdrawing an edition: nothing of it is read any more; number, date and digest stay."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from directory.editions.verifying import breaks
from directory.editions.withdrawals.withdraw import withdraw
from directory.models import Edition
from tests.directory.pages import text_of
from tests.directory.withdrawals import NOW, PRIVATE, address, withdraw_edition, withdrawer
from tests.factories import UserFactory
from tests.refusals import refused_by_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


def everything(client):
    """Every public answer that tells of editions."""
    pages = [
        address("edition-list"),
        *(address("edition-detail", number) for number in (1, 2, 3)),
        *(address("edition-changes", number) for number in (1, 2, 3)),
        address("changes-feed"),
        address("service-detail"),
        reverse("api:edition-list", args=["servicio"]),
        *(reverse("api:edition-detail", args=["servicio", number]) for number in (1, 2, 3)),
    ]
    return {page: client.get(page).content.decode() for page in pages}


def test_withdrawn_edition_leaks_nowhere(thrice, client):
    before = everything(client)
    assert any("310 555 0199" in answer or PRIVATE in answer for answer in before.values())
    assert withdraw_edition(thrice, 2) == 1
    for page, answer in everything(client).items():
        assert "310 555 0199" not in answer, page
        assert PRIVATE not in answer, page
        assert "Número privado" not in answer, page
    stored = thrice.editions.get(number=2)
    assert PRIVATE in stored.document
    assert (stored.search_text, len(stored.nonce)) == ("", 64)


def test_withdrawn_edition_keeps_number_date_and_digest(thrice, client):
    before = thrice.editions.values("number", "published_at", "digest", "document_digest")
    kept = before.get(number=2)
    withdraw_edition(thrice, 2)
    assert before.get(number=2) == kept
    assert list(breaks()) == []
    call_command("verify_editions", verbosity=0)
    response = client.get(address("edition-detail", 2))
    assert response.status_code == 410
    assert kept["digest"] in text_of(response)
    answer = client.get(reverse("api:edition-detail", args=["servicio", 2])).json()
    assert (answer["document"], answer["changes"]) == (None, [])
    assert answer["digest"] == kept["digest"]


def test_who_withdrew_when_and_why_is_kept(thrice):
    user = withdrawer()
    withdraw(thrice.editions.filter(number=2), user, "  Número privado ")
    edition = thrice.editions.get(number=2)
    assert (edition.withdrawn_by, edition.withdrawn_at, edition.withdrawn_reason) == (
        user,
        NOW,
        "Número privado",
    )


def test_current_edition_cannot_be_withdrawn(thrice):
    with pytest.raises(ValidationError) as refused:
        withdraw(thrice.editions.filter(number__gte=2), withdrawer(), "Número privado")
    assert [error.code for error in refused.value.error_list] == ["current_edition"]
    assert "Corrija primero los datos" in refused.value.messages[0]
    assert not Edition.objects.exclude(withdrawn_at=None).exists()


def test_edition_is_withdrawn_once_with_a_reason_by_somebody_allowed(thrice):
    second = thrice.editions.filter(number=2)
    with pytest.raises(PermissionDenied):
        withdraw(second, UserFactory(is_staff=True), "Número privado")
    with pytest.raises(ValidationError) as refused:
        withdraw(second, withdrawer(), "  ")
    assert refused.value.code == "reason_missing"
    withdraw_edition(thrice, 2)
    with pytest.raises(ValidationError) as refused:
        withdraw_edition(thrice, 2)
    assert refused.value.error_list[0].code == "already_withdrawn"


@pytest.mark.parametrize(
    "change",
    [
        "withdrawn_at = '2026-03-10'",
        "withdrawn_reason = 'x'",
        "withdrawal_seal = 'x'",
        "document = ''",
    ],
)
def test_half_withdrawn_edition_is_refused_by_the_database(thrice, change):
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE directory_edition SET {change} WHERE number = 2")  # noqa: S608


def test_withdrawn_edition_without_its_seal_is_refused_by_the_database(thrice):
    withdraw_edition(thrice, 2)
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_edition SET withdrawal_seal = '' WHERE number = 2")
