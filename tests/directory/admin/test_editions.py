"""Editions in the back office: found, read and withdrawn."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from directory.models import Edition
from tests.addresses import change_url, list_url
from tests.directory.pages import text_of
from tests.directory.withdrawals import withdraw_edition
from tests.editing import act, told
from tests.people import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


@pytest.mark.parametrize(
    ("query", "numbers"), [("", [3, 2, 1]), ("yes", [2]), ("no", [3, 1]), ("quizá", [3, 2, 1])]
)
def test_staff_tell_the_withdrawn_editions_from_the_others(thrice, admin_client, query, numbers):
    withdraw_edition(thrice, 2)
    page = admin_client.get(list_url(Edition), {"withdrawn": query})
    assert [edition.number for edition in page.context["cl"].result_list] == numbers


@pytest.fixture
def office(db):
    return staff("view_edition", "withdraw_edition")


def test_back_office_asks_for_the_reason_and_withdraws(thrice, office):
    second = thrice.editions.get(number=2)
    assert "Se puede deshacer" in text_of(act(office, "withdraw_selected", second))
    given = {"confirmed": "yes", "reason": ""}
    assert 'class="errorlist"' in text_of(act(office, "withdraw_selected", second, **given))
    second.refresh_from_db()
    assert not second.is_withdrawn
    given["reason"] = "Número\u202e privado\u200b"
    url = reverse("admin:directory_edition_show_again") + f"?ids={second.pk}"
    again = f'Se retiró 1 edición. <a href="{url}">Mostrar de nuevo…</a>'
    assert told(act(office, "withdraw_selected", second, **given)) == [again]
    second.refresh_from_db()
    assert second.withdrawn_reason == "Número privado"


def test_an_edition_is_withdrawn_from_its_own_page(thrice, office):
    second = thrice.editions.get(number=2)
    sent = {"action": "withdraw_selected", ACTION_CHECKBOX_NAME: str(second.pk)}
    page = text_of(office.get(change_url(second)))
    for name, value in sent.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert "Se puede deshacer" in text_of(office.post(list_url(Edition), sent))
    assert "withdraw_selected" not in text_of(staff("view_edition").get(change_url(second)))


def test_back_office_refuses_the_current_edition_with_the_hint(thrice, office):
    response = act(office, "withdraw_selected", thrice.editions.get(number=3))
    [message] = told(response)
    assert "Corrija primero los datos" in message
    assert response.url == list_url(Edition)  # Nothing is asked.


def test_back_office_does_not_offer_it_without_the_permission(thrice):
    client = staff("view_edition")
    assert "withdraw_selected" not in text_of(client.get(list_url(Edition)))
    given = {"confirmed": "yes", "reason": "x"}
    act(client, "withdraw_selected", thrice.editions.get(number=2), **given)
    assert not Edition.objects.exclude(withdrawn_at=None).exists()


def test_back_office_shows_an_edition_and_what_it_changed(thrice, office):
    edition = thrice.editions.get(number=3)
    page = text_of(office.get(change_url(edition)))
    assert edition.digest in page
    assert "Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»" in page
