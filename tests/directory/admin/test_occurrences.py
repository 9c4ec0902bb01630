"""Everything that says a name or a number is found, and withdrawn together."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import mail

from directory.editions.publish import publish
from directory.models import AuditEntry, ContactPoint, ContactReport, Edition, Service, WithheldText
from tests.addresses import change_url
from tests.directory.pages import text_of
from tests.directory.tables import tables_that_say
from tests.directory.withdrawals import auditor
from tests.editing import told
from tests.factories import ContactReportFactory, UserFactory
from tests.html import form_values
from tests.people import client_of, confirmed, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
URL = "/admin/everything/"


@pytest.fixture
def said(thrice, admin_user):
    """Iván's number stands in an edition, an entry of the history, and a report."""
    LogEntry.objects.log_actions(
        admin_user.pk, ContactPoint.objects.all(), CHANGE, "Número: vacío → 310 555 0199"
    )
    LogEntry.objects.log_actions(admin_user.pk, [admin_user], CHANGE, "Celular: +57 310-555-0199")
    ContactReportFactory(contact_point=None, service=thrice, text="El 3105550199 no contesta")
    return thrice


def withdraw_all(client, text="310 555 0199", reason="Solicitud del titular"):
    page = client.post(URL, {"text": text})
    return client.post(
        URL,
        {
            "text": text,
            "selected": [each.key for group in page.context["groups"] for each in group.lines],
            "reason": reason,
            "withdraw": "1",
        },
    )


def stored():
    return (
        [each.is_withdrawn for each in Edition.objects.order_by("number")],
        [each.change_message for each in LogEntry.objects.order_by("pk")],
        ContactReport.objects.get().text,
    )


def test_all_that_says_it_is_withdrawn_together(said):
    client = client_of(auditor())
    assert "Servicio, edición 2" in text_of(client.post(URL, {"text": "(310) 555 0199"}))
    answer = withdraw_all(client)
    assert "Se retiró 1 edición." in text_of(answer)
    assert stored() == (
        [False, True, False],
        ["Número: vacío → [retirado]", "Celular: [retirado]"],
        "El [retirado] no contesta",
    )
    assert {*WithheldText.objects.values_list("reason", flat=True)} == {"Solicitud del titular"}


def test_all_or_nothing(said):
    """The reason that repeats the number is refused, and so is the current edition."""
    client, before = client_of(auditor()), stored()
    answer = withdraw_all(client, reason="Pidió quitar el 310 555 0199")
    assert (answer.status_code, stored()) == (422, before)
    assert "No repita en él lo que se retira" in text_of(answer)
    current = Edition.objects.get(number=3)
    entry = LogEntry.objects.first()
    selected = [f"directory.edition:{current.pk}", f"admin.logentry:{entry.pk}"]
    answer = client.post(
        URL, {"text": "310 555 0199", "selected": selected, "reason": "x", "withdraw": "1"}
    )
    assert (answer.status_code, stored()) == (422, before)
    assert "Corrija primero los datos" in text_of(answer)


def test_what_is_current_leads_to_its_form_and_is_not_withdrawn(said):
    ContactPoint.objects.update(phone="+573105550199")
    publish(Service.objects.all())
    page = client_of(auditor()).post(URL, {"text": "310 555 0199"})
    assert change_url(ContactPoint.objects.get()) in page.content.decode()
    lines = {line.name: line for group in page.context["groups"] for line in group.lines}
    assert lines["Servicio, edición 4"].key == ""
    assert "corrija primero los datos" in lines["Servicio, edición 4"].note


def test_only_who_may_withdraw_looks(said):
    client = staff("view_edition", "view_withdrawn_edition", "add_service")
    assert client.get(URL).status_code == client.post(URL, {"text": "x"}).status_code == 403


def test_who_withdraws_and_is_no_auditor_finds_nothing_of_what_is_withdrawn(said):
    withdraw_all(client_of(auditor()))
    page = text_of(staff("withdraw_edition").post(URL, {"text": "310 555 0199"}))
    assert "Nada lo dice." in page
    assert "Servicio, edición 2" in text_of(
        client_of(auditor("b@ejemplo.co")).post(URL, {"text": "310 555 0199"})
    )


@pytest.mark.parametrize(
    "text",
    ["", "  ", "Ana", "12", "a" * 300, "a b c d e f g h i j k l", "\0\0\0\0", "\u202e\u200b"],
)
def test_what_is_no_text_to_look_for_is_said(db, text):
    page = client_of(auditor()).post(URL, {"text": text})
    assert page.status_code == 422
    assert 'class="errorlist"' in page.content.decode()


@pytest.mark.parametrize(
    "selected", ["", "x", "directory.edition:", "directory.edition:x", "auth.user:1", "a:b:9" * 99]
)
def test_boxes_that_nobody_ticked_do_nothing(said, selected):
    before = stored()
    data = {"text": "310 555 0199", "selected": selected, "reason": "x", "withdraw": "1"}
    page = client_of(auditor()).post(URL, data)
    assert (page.status_code, stored()) == (422, before)


def test_the_text_stands_in_no_address_and_that_it_was_looked_for_on_record(said, caplog):
    caplog.set_level("INFO")
    client = client_of(auditor())
    assert client.get(URL, {"text": "310 555 0199"}).context["groups"] is None
    page = client.post(URL, {"text": "310 555 0199"})
    assert form_values(page)["text"]
    assert AuditEntry.objects.get(event="searched_everywhere").details == {"found": 4}
    assert not [name for name in tables_that_say("555 0199") if "audit" in name]
    assert "555" not in caplog.text


def test_entries_are_shown_again(said):
    before = stored()
    client = client_of(auditor())
    withdraw_all(client)
    ids = ",".join(str(each.pk) for each in WithheldText.objects.exclude(withheld_at=None))
    answer = client.post(f"/admin/directory/withheldtext/show-again/?ids={ids}", {"reason": "No"})
    assert answer.status_code == 302
    edition = Edition.objects.get(number=2)
    url = f"/admin/directory/edition/show-again/?ids={edition.pk}"
    assert client.post(url, {"reason": "No"}).status_code == 302
    assert stored() == before
    assert not WithheldText.objects.exists()


def test_entries_are_erased_by_a_second_person_only(said, settings):
    settings.ERASE_AFTER_DAYS = 0
    first = client_of(auditor())
    withdraw_all(first)
    kept = WithheldText.objects.exclude(withheld_at=None)
    url = f"/admin/directory/withheldtext/erase/?ids={','.join(str(each.pk) for each in kept)}"
    assert first.post(url).status_code == 409
    twin = client_of(auditor("AUDITORA+2@ejemplo.co"))
    assert twin.post(url).status_code == 409
    assert kept.count() == 3
    answer = confirmed(client_of(auditor("otra@ejemplo.co"))).post(url)
    assert told(answer) == ["Se borraron para siempre 3 entradas."]
    assert not kept.all().exists()


def test_the_author_of_an_entry_does_not_erase_it(said, admin_user, admin_client, settings):
    settings.ERASE_AFTER_DAYS = 0
    admin_user.email = "admin@ejemplo.co"
    admin_user.save()
    withdraw_all(client_of(auditor()))
    kept = WithheldText.objects.exclude(withheld_at=None)
    url = f"/admin/directory/withheldtext/erase/?ids={','.join(str(each.pk) for each in kept)}"
    assert admin_client.post(url).status_code == 409
    assert kept.count() == 3


def test_auditors_read_entries_and_others_do_not(said):
    withdraw_all(client_of(auditor()))
    kept = WithheldText.objects.exclude(withheld_at=None).earliest("pk")
    page = client_of(auditor("b@ejemplo.co")).get(change_url(kept))
    assert "310" in text_of(page)
    for client in (staff("withdraw_edition", "view_edition"), staff("add_service")):
        assert client.get(change_url(kept)).status_code == 403
        assert client.get("/admin/directory/withheldtext/").status_code == 403


def test_publishers_are_told_of_entries_alone(said, django_capture_on_commit_callbacks):
    UserFactory(email="p@ejemplo.co", permissions=["add_service"])
    client = client_of(auditor())
    entry = LogEntry.objects.first()
    data = {"text": "310 555 0199", "selected": f"admin.logentry:{entry.pk}", "reason": "Titular"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(URL, {**data, "withdraw": "1"})
    [sent] = [each for each in mail.outbox if each.to == ["p@ejemplo.co"]]
    assert "1 entrada de los historiales" in sent.body
    assert "310" not in sent.body
