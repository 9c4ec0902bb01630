"""A withdrawal is taken back while nothing is erased, by who may withdraw, with a reason."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from directory.editions.verifying import breaks
from directory.editions.withdrawals.erase import erase
from directory.editions.withdrawals.withdraw import contents, show_again, withdraw
from directory.models import Edition
from tests.directory.editions.test_withdraw import everything
from tests.directory.withdrawals import NOW, PRIVATE, auditor, withdraw_edition, withdrawer
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


def test_shown_again_it_reads_as_before_everywhere(thrice, client):
    before = everything(client)
    withdraw_edition(thrice, 2)
    assert everything(client) != before
    assert show_again(thrice.editions.filter(number=2), withdrawer(), "Era público") == 1
    assert everything(client) == before
    assert list(breaks()) == []
    search = reverse("directory:service-list")
    assert "310 555 0199" in client.get(search, {"q": "3105550199"}).content.decode()


def test_it_takes_the_permission_and_a_reason(thrice):
    withdraw_edition(thrice, 2)
    second = thrice.editions.filter(number=2)
    with pytest.raises(PermissionDenied):
        show_again(second, UserFactory(permissions=["add_service"]), "x")
    with pytest.raises(ValidationError) as refused:
        show_again(second, withdrawer(), " ")
    assert refused.value.code == "reason_missing"
    assert Edition.objects.exclude(withdrawn_at=None).count() == 1


def test_what_is_erased_or_was_never_withdrawn_is_not_shown_again(thrice):
    withdraw_edition(thrice, 2)
    erase(thrice.editions.filter(number=2), auditor(), NOW + timedelta(days=7))
    with pytest.raises(ValidationError) as refused:
        show_again(thrice.editions.all(), withdrawer(), "Era público")
    codes = sorted(error.code for error in refused.value.error_list)
    assert codes == ["erased", "not_withdrawn", "not_withdrawn"]


def test_a_reason_does_not_repeat_what_is_withdrawn(thrice):
    for reason in ("Era el 310 555 0199", "El (57) 310-555-0199 es privado"):
        with pytest.raises(ValidationError) as refused:
            withdraw(thrice.editions.filter(number=2), withdrawer(), reason)
        assert refused.value.code == "reason_repeats"


def test_only_auditors_read_what_was_withdrawn(thrice):
    withdraw_edition(thrice, 2)
    edition = thrice.editions.get(number=2)
    assert PRIVATE in contents(edition, auditor())
    with pytest.raises(PermissionDenied):
        contents(edition, withdrawer())
    erase([edition], auditor("otra@ejemplo.co"), NOW + timedelta(days=7))
    with pytest.raises(ValidationError):
        contents(thrice.editions.get(number=2), auditor("y@ejemplo.co"))


def told():
    return [(each.to, each.subject, each.body) for each in mail.outbox]


def test_all_publishers_are_told_who_why_and_where_but_not_what(
    thrice, django_capture_on_commit_callbacks
):
    UserFactory(email="publica@ejemplo.co", permissions=["add_service"])
    UserFactory(email="jefa@ejemplo.co", is_superuser=True)
    UserFactory(email="lee@ejemplo.co", permissions=["view_service"])
    UserFactory(email="", permissions=["add_service"])
    UserFactory(email="seFue@ejemplo.co", permissions=["add_service"], is_active=False)
    second = thrice.editions.filter(number=2)
    by = withdrawer()
    by.first_name, by.last_name = "Ana", "Gómez"
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(second, by, "Número privado", NOW)
    with django_capture_on_commit_callbacks(execute=True):
        erase(second, auditor(first_name="Eva"), NOW + timedelta(days=7))

    both = {("jefa@ejemplo.co",), ("publica@ejemplo.co",)}
    assert {tuple(to) for to, _subject, _body in told()[:2]} == both
    assert {tuple(to) for to, _subject, _body in told()[2:]} == both
    first, last = told()[0][2], told()[-1][2]
    url = reverse("admin:directory_edition_change", args=[second.get().pk])
    for words in ("Ana Gómez retiró", "Servicio, edición 2", url, "Número privado", "7 días"):
        assert words in first
    for words in ("Eva borró para siempre", "Servicio, edición 2", "Número privado"):
        assert words in last
    for _to, subject, body in told():
        assert PRIVATE not in subject + body
        assert "310 555 0199" not in subject + body


def test_a_mail_that_fails_keeps_nobody_else_from_knowing(
    thrice, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []

    class Connection:
        def send_messages(self, mails):
            if mails[0].to == ["a@ejemplo.co"]:
                raise OSError("no route")
            sent.extend(mails)

    module = "directory.editions.withdrawals.mails"
    monkeypatch.setattr(f"{module}.get_connection", Connection)
    for name in "ab":
        UserFactory(email=f"{name}@ejemplo.co", permissions=["add_service"])
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_edition(thrice, 2)
    assert [each.to for each in sent] == [["b@ejemplo.co"]]
