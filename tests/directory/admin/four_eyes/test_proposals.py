"""A change of a number waits, and somebody else publishes or refuses it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory import models
from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Proposal, Revision, Service
from tests.addresses import INDEX, add_url, change_url, list_url, page_url
from tests.directory.admin.four_eyes.proposals import decide, only, reasons
from tests.editing import Deleting, Editing, stored, told
from tests.factories import ChannelFactory, PhoneFactory, UserFactory, complete_service
from tests.html import read, submit

pytestmark = pytest.mark.django_db
NEW = "601 744 2728"


@pytest.fixture(autouse=True)
def _risky(four_eyes):
    four_eyes("risky")


@pytest.fixture
def number(both):
    """A number of a published page."""
    complete_service()
    publish(Service.objects.all())
    return ContactPoint.objects.earliest("pk")


@pytest.fixture
def proposal(both, number):
    """Ana's, of another number."""
    Editing(both[0], number).post(phone=NEW)
    return only()


# ---- Proposing -----------------------------------------------------------------------------------


def test_a_changed_number_waits_and_the_form_says_so(both, number):
    before = stored(number, "phone")
    answer = Editing(both[0], number).post(phone=NEW)
    proposal = only()
    assert answer.url == change_url(proposal)
    assert told(answer) == ["Propuesta guardada: la publica otra persona."]
    assert (stored(number, "phone"), Edition.objects.count()) == (before, 1)
    assert not Revision.objects.exists()
    assert not LogEntry.objects.exists()
    page = read(both[0].get(change_url(proposal)))
    assert NEW in page.seen
    assert "Propuesta por ana" in page.seen
    sent = both[0].get(change_url(proposal)).content.decode()
    assert ('name="_take_back"' in sent, 'name="_publish"' in sent) == (True, False)


@pytest.mark.parametrize(
    ("setting", "typed", "button"),
    [
        ("off", {"phone": NEW}, "Guardar y publicar"),
        ("risky", {"phone": NEW}, "Guardar como propuesta"),
        ("risky", {"label": "Otro nombre"}, "Guardar y publicar"),
        ("all", {"label": "Otro nombre"}, "Guardar como propuesta"),
    ],
)
def test_the_effect_says_before_saving_whether_it_waits(
    both, number, four_eyes, setting, typed, button
):
    four_eyes(setting)
    page = Editing(both[0], number).post("_preview", **typed).content.decode()
    assert f'name="_save" value="{button}"' in page
    assert ("queda como propuesta" in page) == (button == "Guardar como propuesta")
    assert not Proposal.objects.exists()


def test_other_changes_are_published_at_once(both, number):
    answer = Editing(both[0], number).post(label="Otro nombre")
    assert answer.status_code == 302
    assert (Proposal.objects.count(), Edition.objects.count()) == (0, 2)


def test_the_form_of_what_waits_says_so(both, proposal, number):
    page = read(both[1].get(change_url(number)))
    assert "Una propuesta de ana" in page.seen
    assert change_url(proposal) in str(both[1].get(change_url(number)).content)


def test_pressing_twice_makes_one(both, number):
    editing = Editing(both[0], number)
    first, second = editing.post(phone=NEW), editing.post(phone=NEW)
    assert Proposal.objects.count() == 1
    assert first.url == second.url == change_url(only())


def test_a_new_number_is_added_at_once_and_waits_where_it_is_used(both, number):
    new = {"kind": "phone", "label": "Nuevo", "phone": NEW}
    assert submit(both[0], add_url(ContactPoint), **new).status_code == 302
    assert not Proposal.objects.exists()
    channel = models.Channel.objects.earliest("pk")
    added = ContactPoint.objects.get(label="Nuevo")
    uses = Editing(both[0], channel)
    uses.add_row("contact_uses", contact_point=added.pk, position="9")
    uses.post()
    assert only().action == "changed"
    assert not added.channelcontacts.exists()


def test_what_a_draft_says_is_published_by_two(both):
    service = complete_service(is_published=False)
    url = page_url(Service, "publish", service.pk)
    both[0].post(url)
    assert only().object_name == service.name
    assert not Edition.objects.exists()
    assert decide(both[1], only()).status_code == 302
    edition = Edition.objects.get()
    assert (edition.published_by.username, edition.proposed_by.username) == ("beto", "ana")


@pytest.mark.parametrize(
    "text", ["Llame al 300 123 4567", "Escriba a cobros@example.org", "Entre a pagos-ya.com"]
)
def test_a_number_or_address_in_a_text_waits_too(both, number, text):
    Editing(both[0], Service.objects.get()).post(introduction=text)
    assert only().is_waiting
    assert Edition.objects.count() == 1


def test_a_notice_waits_only_if_it_names_a_number(both, number):
    for text, waiting in (("No funciona hoy", 0), ("Llame al 300 123 4567", 1)):
        address = f"{add_url(models.Notice)}?all=1"
        submit(both[0], address, text=text, severity="out_of_order")
        assert Proposal.objects.count() == waiting


def test_with_off_all_is_published_at_once(both, number, four_eyes):
    four_eyes("off")
    Editing(both[0], number).post(phone=NEW)
    assert (Proposal.objects.count(), Edition.objects.count()) == (0, 2)


# ---- Publishing ----------------------------------------------------------------------------------


def test_somebody_else_publishes_it_and_both_are_named(both, proposal, number):
    page = read(both[1].get(change_url(proposal)))
    assert NEW in page.seen
    answer = decide(both[1], proposal)
    assert answer.status_code == 302
    assert str(stored(number, "phone")) == "+576017442728"
    edition = Edition.objects.current().get()
    assert (edition.published_by.username, edition.proposed_by.username) == ("beto", "ana")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by.username) == ("published", "beto")
    assert proposal.revision == Revision.objects.get()
    assert proposal.revision.who == "beto, propuesto por ana"
    assert "beto, propuesto por ana" in LogEntry.objects.get().change_message
    for url in (list_url(Revision), list_url(Edition), INDEX):
        assert "beto, propuesto por ana" in read(both[1].get(url)).seen


def test_a_published_value_is_not_verified(both, number):
    ContactPoint.objects.update(verified_on="2026-01-01")
    Editing(both[0], number).post(phone=NEW)
    decide(both[1], only())
    assert stored(number, "verified_on") is None


def test_new_rows_get_keys_of_their_own(both, number, four_eyes):
    four_eyes("all")
    channel = models.Channel.objects.earliest("pk")
    editing = Editing(both[0], channel.service)
    editing.post(**{"channels-0-contacts": "601 744 2730"})
    proposal = only()
    four_eyes("off")
    PhoneFactory.create_batch(3)
    four_eyes("all")
    answer = decide(both[1], proposal)
    assert answer.status_code == 302, reasons(answer)
    made = ContactPoint.objects.get(phone="+576017442730")
    assert [use.contact_point for use in channel.contact_uses.all()] == [made]


def test_refusing_needs_a_reason_and_tells_the_author(both, proposal, number):
    before = stored(number, "phone")
    without = decide(both[1], proposal, "_refuse", reason=" ")
    assert without.context["form"].errors
    assert only().is_waiting
    mail.outbox.clear()
    answer = decide(both[1], proposal, "_refuse", reason="No es nuestro número")
    assert answer.status_code == 302
    assert (only().state, only().reason) == ("refused", "No es nuestro número")
    assert stored(number, "phone") == before
    (told_author,) = mail.outbox
    assert told_author.to == ["ana@example.com"]
    assert "No es nuestro número" in told_author.body
    assert "beto rechazó su propuesta" in read(both[0].get(INDEX)).seen
    both[0].get(change_url(proposal))
    assert "beto rechazó su propuesta" not in read(both[0].get(INDEX)).seen


def test_the_author_takes_it_back(both, proposal):
    assert decide(both[1], proposal, "_take_back").status_code in (302, 403)
    assert only().is_waiting
    assert decide(both[0], proposal, "_take_back").status_code == 302
    assert only().state == "taken_back"
    assert decide(both[1], proposal).status_code == 409


def test_publishers_are_told_of_a_new_one_and_the_author_is_not(
    both, number, django_capture_on_commit_callbacks
):
    UserFactory(username="lector", email="lector@example.com", is_staff=True)
    with django_capture_on_commit_callbacks(execute=True):
        Editing(both[0], number).post(phone=NEW)
    (sent,) = mail.outbox
    assert sent.to == ["beto@example.com"]
    assert change_url(only()) in sent.body


def test_the_start_page_tells_how_many_wait(both, proposal):
    assert "1 propuesta espera." in read(both[1].get(INDEX)).seen
    assert "propuesta espera" not in read(both[0].get(INDEX)).seen


# ---- What comes in between -----------------------------------------------------------------------


def test_a_row_that_was_changed_meanwhile_is_told(both, proposal, number, four_eyes):
    four_eyes("off")
    Editing(both[1], number).post(phone="601 744 2729")
    four_eyes("risky")
    answer = decide(both[1], proposal)
    assert answer.status_code == 409
    (why,) = reasons(answer)
    assert "beto" in why
    assert only().is_waiting
    assert str(stored(number, "phone")) == "+576017442729"


def test_an_object_that_is_gone_is_told(both, four_eyes):
    number = PhoneFactory()
    Editing(both[0], number).post(phone=NEW)
    four_eyes("off")
    Deleting(both[1], number).confirm()
    page = both[1].get(change_url(only()))
    (why,) = reasons(page)
    assert str(number.label) in why
    assert decide(both[1], only()).status_code == 409


def test_a_code_that_is_taken_meanwhile_is_told(both, four_eyes):
    four_eyes("all")
    service = complete_service()
    publish(Service.objects.all())
    channel = service.channels.earliest("pk")
    Editing(both[0], service).post(**{"channels-0-contacts": "601 744 2730"})
    PhoneFactory(phone="+576017442730")
    answer = decide(both[1], only())
    assert answer.status_code == 409
    assert reasons(answer)
    assert channel.contact_uses.exists()


def test_an_author_who_was_deactivated_is_told(both, proposal):
    User.objects.filter(username="ana").update(is_active=False)
    answer = decide(both[1], proposal)
    assert answer.status_code == 409
    assert "desactivada" in reasons(answer)[0]
    assert decide(both[1], proposal, "_refuse", reason="Cuenta robada").status_code == 302


def test_others_on_the_same_rows_are_named_and_become_old(both, proposal, number):
    Editing(both[0], number).post(phone="601 744 2731")
    first, second = Proposal.objects.order_by("pk")
    assert first == proposal
    assert [each.pk for each in both[1].get(change_url(second)).context["earlier"]] == [first.pk]
    assert decide(both[1], second).status_code == 302
    assert decide(both[1], first).status_code == 409


def test_who_is_alone_is_told_what_to_do(both, number):
    User.objects.filter(username="beto").update(is_superuser=False)
    form = read(both[0].get(change_url(number)))
    assert "no hay otra persona que pueda publicarlo" in form.seen
    answer = Editing(both[0], number).post(phone=NEW)
    assert "no hay otra persona que pueda publicarlo" in told(answer)[1]


def test_pages_of_proposals_cost_the_same_with_many(both, proposal):
    def cost(url):
        both[1].get(url)
        with CaptureQueriesContext(connection) as queries:
            both[1].get(url)
        return len(queries)

    url = list_url(Proposal)
    few, few_on_page = cost(url), cost(change_url(proposal))
    for _number in range(5):
        point = PhoneFactory()
        ChannelFactory(contacts=[point])
        Editing(both[0], point).post(phone=f"601 744 28{10 + _number}")
    assert Proposal.objects.count() == 6
    assert (cost(url), cost(change_url(proposal))) == (few, few_on_page)


def test_in_the_window_of_a_pop_up_it_is_said(both, number):
    answer = Editing(both[0], number, "?_popup=1").post(phone=NEW, _knowingly="yes")
    assert "Propuesta guardada" in read(answer).seen
