"""After erasing, no table says any more what an edition said; until then nobody reads it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse

from directory.editions.publish import publish
from directory.editions.withdrawals.erase import erase
from directory.editions.withdrawals.withdraw import show_again
from directory.models import (
    ContactPoint,
    ContactReport,
    FindingAcceptance,
    Proposal,
    RevisedRow,
    Revision,
    Service,
    WithheldText,
)
from tests.directory.tables import tables_that_say
from tests.directory.withdrawals import (
    NOW,
    auditor,
    service_with_line,
    withdraw_edition,
    withdrawer,
)
from tests.factories import ContactReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
SAID = "+573105550199", "573105550199", "3105550199", "310 555 0199", "Celular de Iván"
LATER = NOW + timedelta(days=7)
HISTORIES = (LogEntry, Revision, RevisedRow, ContactReport, FindingAcceptance)


@pytest.fixture
def edited(admin_client, admin_user):
    """The line was somebody's private number for a while, named after him; all that repeats it."""
    service, line = service_with_line()
    publish(Service.objects.all())
    url = reverse("admin:directory_contactpoint_change", args=[line.pk])
    for number, label in [("310 555 0199", "Celular de Iván"), ("601 745 0000", "Línea")]:
        admin_client.post(url, {"label": label, "phone": number, "_save": "1"})
    ContactReportFactory(
        contact_point=line, service=service, subject="310 555 0199 · Celular de Iván", text="No"
    )
    FindingAcceptance.objects.create(
        fingerprint="f", code="c", subject="Celular de Iván", reason="r", accepted_by=admin_user
    )
    return service


def values():
    return [list(model.objects.order_by("pk").values()) for model in HISTORIES]


def test_while_it_is_withdrawn_it_is_kept_aside_alone(edited):
    withdraw_edition(edited, 2)
    assert tables_that_say(*SAID) == [
        "directory_edition.document",
        "directory_withheldtext.values",
    ]


def test_nothing_of_it_is_left_in_any_table_after_erasing(edited):
    assert len(tables_that_say(*SAID)) > 6
    withdraw_edition(edited, 2)
    erase(edited.editions.filter(number=2), auditor(), LATER)
    assert tables_that_say(*SAID) == []
    assert not WithheldText.objects.exists()


def proposal(admin_user):
    """One that was decided, and says it in all of its parts."""
    made = Proposal(
        made_at=NOW,
        made_by=admin_user,
        action="changed",
        object_name="Celular de Iván",
        message="Número: 601 744 2727 → 310 555 0199",
        rows=[{"label": "directory.contactpoint", "after": {"phone": "+573105550199"}}],
        effect=[["Servicio", ["Teléfono: 310 555 0199"]]],
        state=Proposal.State.TAKEN_BACK,
        decided_at=NOW,
        decided_by=admin_user,
    )
    made.put_seal()
    made.save()
    return made


def test_proposals_say_it_no_more_and_stay_sealed(edited, admin_user):
    made = proposal(admin_user)
    before = Proposal.objects.values().get()
    withdraw_edition(edited, 2)
    assert "310 555 0199" not in str(Proposal.objects.values().get())
    assert Proposal.objects.get().is_sealed
    show_again(edited.editions.filter(number=2), withdrawer(), "Era público")
    assert Proposal.objects.values().get() == before
    withdraw_edition(edited, 2)
    erase(edited.editions.filter(number=2), auditor(), LATER)
    assert tables_that_say(*SAID) == []
    assert (Proposal.objects.get().pk, Proposal.objects.get().is_sealed) == (made.pk, True)


def test_what_was_written_since_is_erased_too(edited, admin_user):
    withdraw_edition(edited, 2)
    LogEntry.objects.log_actions(
        admin_user.pk, ContactPoint.objects.all(), CHANGE, "Era el (57) 310-555-0199"
    )
    erase(edited.editions.filter(number=2), auditor(), LATER)
    assert LogEntry.objects.latest("pk").change_message == "Era el ([retirado]"
    assert tables_that_say(*SAID) == []


def test_shown_again_all_is_as_it_was(edited):
    before, editions = values(), list(edited.editions.values())
    withdraw_edition(edited, 2)
    assert values() != before
    show_again(edited.editions.filter(number=2), withdrawer(), "Era público")
    assert values() == before
    assert list(edited.editions.values()) == editions
    assert not WithheldText.objects.exists()


def test_one_of_two_shown_again_leaves_the_other_withheld(edited, admin_client):
    line = ContactPoint.objects.get()
    url = reverse("admin:directory_contactpoint_change", args=[line.pk])
    admin_client.post(url, {"label": "Línea", "phone": "601 745 0001", "_save": "1"})
    before = values()
    withdraw_edition(edited, 2)
    only_second = values()
    withdraw_edition(edited, 3)
    show_again(edited.editions.filter(number=3), withdrawer(), "Era público")
    assert values() == only_second
    withdraw_edition(edited, 3)
    show_again(edited.editions.filter(number__in=[2, 3]), withdrawer(), "Era público")
    assert values() == before


def test_what_another_edition_says_is_not_erased_with_one(edited):
    withdraw_edition(edited, 2)
    withdraw_edition(edited, 1)
    assert "+576017442727" not in str(values())
    erase(edited.editions.filter(number=2), auditor(), LATER)
    assert tables_that_say(*SAID) == []
    show_again(edited.editions.filter(number=1), withdrawer(), "Era público")
    assert "601 744 2727" in str(values())


def test_erasing_one_leaves_what_another_withdrawn_one_says(edited):
    line = ContactPoint.objects.get()
    ContactPoint.objects.filter(pk=line.pk).update(phone="+573105550199", label="Celular de Iván")
    publish(Service.objects.all())
    ContactPoint.objects.filter(pk=line.pk).update(phone="+576017450000", label="Línea")
    publish(Service.objects.all())
    withdraw_edition(edited, 2, 4)
    erase(edited.editions.filter(number=2), auditor(), LATER)
    assert "directory_edition.document" in tables_that_say(*SAID)
    show_again(edited.editions.filter(number=4), withdrawer(), "Era público")
    assert "310 555 0199" in str(values())
