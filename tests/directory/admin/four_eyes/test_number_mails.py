"""Whenever a number or address changes, owners and publishers get a mail; and it is unverified."""

import logging
from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from directory.admin.four_eyes import mails
from directory.editions.publish import publish
from directory.models import ContactPoint, Revision, Service
from tests.addresses import page_url
from tests.directory.admin.four_eyes.proposals import decide, only
from tests.editing import Editing, stored
from tests.factories import PhoneFactory, UserFactory, complete_service
from tests.html import form_values
from tests.people import client_of

pytestmark = pytest.mark.django_db
OLD, NEW = "601 744 2727", "601 744 2728"


@pytest.fixture
def number(both):
    service = complete_service()
    service.owner = UserFactory(username="duena", email="duena@example.com", is_staff=True)
    service.save()
    publish(Service.objects.all())
    point = ContactPoint.objects.earliest("pk")
    ContactPoint.objects.filter(pk=point.pk).update(
        phone="+576017442727", verified_on=date(2026, 1, 1)
    )
    return point


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Does something, and what follows when it is committed; returns who got a mail."""

    def run(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return sorted(each.to[0] for each in mail.outbox)

    return run


@pytest.mark.parametrize("setting", ["off", "risky", "all"])
def test_owner_and_other_publishers_get_one_mail_each(both, number, committed, setting, four_eyes):
    caro = UserFactory(username="caro", email="caro@example.com", is_staff=True)
    caro.is_superuser = True
    caro.save()
    four_eyes(setting)
    change = lambda: Editing(both[0], number).post(phone=NEW)  # noqa: E731
    if setting == "off":
        assert committed(change) == ["beto@example.com", "caro@example.com", "duena@example.com"]
    else:
        assert committed(change) == ["beto@example.com", "caro@example.com"]
        assert committed(lambda: decide(both[1], only())) == [
            "ana@example.com",
            "ana@example.com",
            "caro@example.com",
            "duena@example.com",
        ]
    told = next(each for each in mail.outbox if each.to == ["duena@example.com"])
    revision = Revision.objects.get()
    for text in (OLD, NEW, revision.who, "Servicio", page_url(Revision, "undo", revision.pk)):
        assert text in told.body
    assert f"{OLD} → {NEW}" in told.subject
    assert stored(number, "verified_on") is None


def test_who_owns_it_is_told_of_what_was_done_in_the_own_name(number, committed, both):
    owner = Service.objects.get().owner
    owner.is_superuser = True
    owner.save()
    addresses = committed(lambda: Editing(client_of(owner), number).post(phone=NEW))
    assert "duena@example.com" in addresses


def test_other_changes_are_told_to_nobody(both, number, committed):
    assert committed(lambda: Editing(both[0], number).post(label="Otro")) == []


def test_many_changes_are_one_mail(both, committed):
    for _number in range(3):
        complete_service(owner=UserFactory(email="duena@example.com"))
    publish(Service.objects.all())
    olds = list(ContactPoint.objects.filter(channelcontacts__isnull=False).distinct()[:2])
    keys = ",".join(str(each.pk) for each in olds)
    target = PhoneFactory(phone="+576017442739")
    url = f"{page_url(ContactPoint, 'replace')}?ids={keys}"
    shown = both[0].post(url, {"target": target.pk, "where": "everywhere"})

    def replace():
        both[0].post(url, {**form_values(shown), "_confirm": "1"})

    assert committed(replace) == ["beto@example.com", "duena@example.com"]
    assert "601 744 2739" in mail.outbox[0].body


def test_a_mail_that_fails_is_logged_and_the_number_is_saved(
    both, number, committed, monkeypatch, caplog
):
    def fail(self, messages):
        raise OSError("no server")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", fail)
    with caplog.at_level(logging.ERROR, logger=mails.__name__):
        assert committed(lambda: Editing(both[0], number).post(phone=NEW)) == []
    assert "no server" in caplog.text
    assert str(stored(number, "phone")) == "+576017442728"


def test_no_more_mails_than_a_bound_are_sent(both, number, committed, monkeypatch):
    monkeypatch.setattr(mails, "MAILS_AT_MOST", 1)
    assert len(committed(lambda: Editing(both[0], number).post(phone=NEW))) == 1


# ---- Not verified any more -----------------------------------------------------------------------


def test_undoing_leaves_it_unverified(both, number):
    Editing(both[0], number).post(phone=NEW)
    ContactPoint.objects.filter(pk=number.pk).update(verified_on=date(2026, 2, 2))
    url = page_url(Revision, "undo", Revision.objects.get().pk)
    assert both[0].post(url).status_code == 302
    assert (str(stored(number, "phone")), stored(number, "verified_on")) == ("+576017442727", None)


def test_putting_back_leaves_it_unverified(both, number):
    Editing(both[0], number).post(label="Uno")
    Editing(both[0], number).post(phone=NEW)
    Editing(both[0], number).post(verified_on="2/2/2026")
    first = Revision.objects.earliest("pk")
    url = page_url(Revision, "restore", first.pk, "directory", "contactpoint", number.pk)
    both[0].post(url, {**form_values(both[0].get(url)), "_save": "1"})
    assert (str(stored(number, "phone")), stored(number, "verified_on")) == ("+576017442727", None)


def test_an_edition_that_is_put_back_leaves_it_unverified(both, number):
    publish(Service.objects.all())
    service = Service.objects.get()
    good = service.editions.latest("number")
    Editing(both[0], number).post(phone=NEW)
    Editing(both[0], number).post(verified_on="2/2/2026")
    url = page_url(good, "restore", good.pk)
    shown = both[0].post(url, {**form_values(both[0].get(url)), "_preview": "1"})
    both[0].post(url, {**form_values(shown), "_confirm": "1"})
    assert (str(stored(number, "phone")), stored(number, "verified_on")) == ("+576017442727", None)
