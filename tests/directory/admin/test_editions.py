"""Editions in the back office: found, read and withdrawn."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from directory.models import Edition
from tests.directory.pages import text_of
from tests.directory.withdrawals import withdraw_edition, withdrawer
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


@pytest.mark.parametrize(
    ("query", "numbers"), [("", [3, 2, 1]), ("yes", [2]), ("no", [3, 1]), ("quizá", [3, 2, 1])]
)
def test_staff_tell_the_withdrawn_editions_from_the_others(thrice, admin_client, query, numbers):
    withdraw_edition(thrice, 2)
    page = admin_client.get(reverse("admin:directory_edition_changelist"), {"withdrawn": query})
    assert [edition.number for edition in page.context["cl"].result_list] == numbers


@pytest.fixture
def office(client):
    user = withdrawer()
    user.user_permissions.add(Permission.objects.get(codename="view_edition"))
    client.force_login(user)
    return client


def post_action(client, editions, **data):
    return client.post(
        reverse("admin:directory_edition_changelist"),
        {
            "action": "withdraw_selected",
            "_selected_action": [edition.pk for edition in editions],
            **data,
        },
        follow=True,
    )


def test_back_office_asks_for_the_reason_and_withdraws(thrice, office):
    second = thrice.editions.filter(number=2)
    assert "Retirar para siempre" in text_of(post_action(office, second))
    assert not second.get().is_withdrawn
    refused = text_of(post_action(office, second, confirmed="yes", reason=""))
    assert 'class="errorlist"' in refused
    done = text_of(post_action(office, second, confirmed="yes", reason="Número privado"))
    assert "Se retiró 1 edición." in done
    assert second.get().withdrawn_reason == "Número privado"


def test_back_office_refuses_the_current_edition_with_the_hint(thrice, office):
    page = text_of(post_action(office, thrice.editions.filter(number=3)))
    assert "Corrija primero los datos" in page
    assert "Retirar para siempre" not in page


def test_back_office_does_not_offer_it_without_the_permission(thrice, client):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_edition"))
    client.force_login(user)
    assert "withdraw_selected" not in text_of(
        client.get(reverse("admin:directory_edition_changelist"))
    )
    post_action(client, thrice.editions.filter(number=2), confirmed="yes", reason="x")
    assert not Edition.objects.exclude(withdrawn_at=None).exists()


def test_back_office_shows_what_an_edition_changed(thrice, office):
    edition = thrice.editions.get(number=3)
    page = text_of(office.get(reverse("admin:directory_edition_change", args=[edition.pk])))
    assert "Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»" in page
