"""What was withdrawn, in the back office: shown again, erased by a second person, read."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from directory.models import AuditEntry, ContactPoint, Edition, Revision
from tests.addresses import change_url, list_url, page_url
from tests.directory.pages import text_of
from tests.directory.withdrawals import NOW, PRIVATE, auditor, withdraw_edition, withdrawer
from tests.editing import act, told
from tests.factories import UserFactory
from tests.people import client_of, confirmed, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
LATER = NOW + timedelta(days=8)
SAID = PRIVATE, "3105550199", "310 555 0199"


@pytest.fixture
def withdrawn(thrice):
    withdraw_edition(thrice, 2)
    return thrice.editions.get(number=2)


def url(act, edition):
    return f"{page_url(Edition, act)}?ids={edition.pk}"


def is_erased(edition):
    return Edition.objects.get(pk=edition.pk).is_erased


@pytest.mark.asks
def test_an_auditor_erases_after_the_time_what_somebody_else_withdrew(withdrawn):
    with time_machine.travel(LATER, tick=False):
        client = client_of(auditor())
        page = client.get(url("erase", withdrawn))
        assert "Borrar para siempre" in text_of(page)
        asked = client.post(url("erase", withdrawn))
        assert (asked.status_code, is_erased(withdrawn)) == (200, False)
        answer = confirmed(client).post(url("erase", withdrawn))
    assert told(answer) == ["Se borró para siempre 1 edición."]
    assert is_erased(withdrawn)
    page = text_of(staff("view_edition").get(change_url(withdrawn)))
    assert "Esta edición fue retirada." in page


def test_opening_the_page_erases_nothing(withdrawn):
    with time_machine.travel(LATER, tick=False):
        client = client_of(auditor())
        for query in ("", "&confirmed=yes&post=yes&_confirm=1&reason=x"):
            assert client.get(url("erase", withdrawn) + query).status_code == 200
            assert client.get(url("show_again", withdrawn) + query).status_code == 200
    stored = Edition.objects.get(pk=withdrawn.pk)
    assert (stored.is_erased, stored.is_withdrawn) == (False, True)


def test_the_page_says_from_when_and_who_could(withdrawn):
    other = auditor("eva@ejemplo.co", first_name="Eva", last_name="Ruiz")
    client = client_of(auditor("luz@ejemplo.co"))
    page = client.get(url("erase", withdrawn))
    assert "se puede borrar a partir del" in text_of(page)
    assert str(other.get_full_name()) in text_of(page)
    answer = client.post(url("erase", withdrawn))
    assert (answer.status_code, is_erased(withdrawn)) == (409, False)


def test_where_nobody_else_may_erase_the_page_says_how_to_get_somebody(thrice):
    person = auditor()
    withdraw = Edition.objects.filter(number=2)
    from directory.editions.withdrawals.withdraw import withdraw as withdraw_them

    withdraw_them(withdraw, person, "Número privado", NOW)
    with time_machine.travel(LATER, tick=False):
        page = text_of(client_of(person).get(url("erase", withdraw.get())))
    assert "la tiene que borrar otra persona" in page
    assert "pida a un administrador" in page
    assert "Auditores" in page


def test_the_action_of_the_list_leads_to_the_page_and_erases_nothing(withdrawn, thrice):
    with time_machine.travel(LATER, tick=False):
        client = client_of(auditor())
        answer = act(client, "erase_selected", withdrawn, confirmed="yes", post="yes")
        assert answer.url == url("erase", withdrawn)
        assert not is_erased(withdrawn)
        # What is not withdrawn is left out.
        public = thrice.editions.get(number=1)
        answer = client.post(url("erase", public))
    assert told(answer) == ["Ninguna de esas está retirada, o ya se borraron."]
    assert not is_erased(public)


@pytest.mark.parametrize("permission", ["withdraw_edition", "view_withdrawn_edition", None])
def test_nobody_without_the_permission_erases(withdrawn, permission):
    with time_machine.travel(LATER, tick=False):
        client = staff("view_edition", *filter(None, [permission]), email="ana@ejemplo.co")
        assert client.get(url("erase", withdrawn)).status_code == 403
        assert client.post(url("erase", withdrawn)).status_code == 403
        act(client, "erase_selected", withdrawn)
    assert not is_erased(withdrawn)


def test_it_is_shown_again_with_a_reason(withdrawn):
    client = client_of(withdrawer())
    page = client.post(url("show_again", withdrawn), {"reason": " "})
    assert page.status_code == 422
    answer = client.post(url("show_again", withdrawn), {"reason": "Era público"})
    assert told(answer) == ["1 edición se muestra de nuevo."]
    assert not Edition.objects.get(pk=withdrawn.pk).is_withdrawn
    assert staff("view_edition").post(url("show_again", withdrawn)).status_code == 403


def test_auditors_read_what_was_withdrawn_and_that_is_on_record(withdrawn):
    page = client_of(auditor()).get(page_url(Edition, "contents", withdrawn.pk))
    assert "310 555 0199" in text_of(page)
    assert "no-store" in page["Cache-Control"]
    entry = AuditEntry.objects.get(event="withdrawn_contents_read")
    assert (entry.about_key, entry.about_name) == (str(withdrawn.pk), "Servicio, edición 2")
    refused = client_of(withdrawer()).get(page_url(Edition, "contents", withdrawn.pk))
    assert refused.status_code == 403


def addresses(edition):
    """Where a withdrawn edition, or what it changed, is told or asked for."""
    service, number = "servicio", edition.number
    public = [
        reverse("directory:service-list") + "?q=3105550199",
        reverse("directory:service-detail", args=[service]),
        reverse("directory:edition-list", args=[service]),
        reverse("directory:changes-feed", args=[service]),
        reverse("api:service-list") + "?q=3105550199",
        reverse("api:edition-list", args=[service]),
        "/r/310-555-0199",
        "/3105550199/",
    ]
    for each in (number, number + 1):
        public += [
            reverse("directory:edition-detail", args=[service, each]),
            reverse("directory:edition-detail", args=[service, each]) + "?at=2026-03-04",
            reverse("directory:edition-changes", args=[service, each]),
            reverse("directory:edition-qr", args=[service, each]),
            reverse("api:edition-detail", args=[service, each]),
            reverse("api:edition-proof", args=[service, each]),
        ]
    office = [
        list_url(Edition),
        list_url(Edition) + "?q=3105550199",
        change_url(edition),
        page_url(Edition, "history", edition.pk),
        page_url(Edition, "restore", edition.pk),
        page_url(Edition, "contents", edition.pk),
        url("erase", edition),
        url("show_again", edition),
        "/admin/",
        "/admin/search/?q=3105550199",
        "/admin/search/?q=Línea",
        list_url(Revision),
        "/admin/directory/withheldtext/",
        "/admin/everything/",
        *(page_url(Revision, "undo", each.pk) for each in Revision.objects.all()),
        *(change_url(each) for each in Revision.objects.all()),
    ]
    return public + office


@pytest.fixture
def edited(admin_client):
    """Withdrawn is what was typed into a form of the back office."""
    from directory.editions.publish import publish
    from directory.models import Service
    from tests.directory.withdrawals import service_with_line

    service, line = service_with_line()
    publish(Service.objects.all())
    for number in ("310 555 0199", "601 745 0000"):
        admin_client.post(change_url(line), {"label": "Línea", "phone": number, "_save": "1"})
    return service


@pytest.mark.parametrize("role", [None, "Lectores", "Editores", "Publicadores"])
def test_no_address_tells_what_was_withdrawn_to_who_is_no_auditor(edited, role, client):
    call_command("loaddata", "roles", verbosity=0)
    if role:
        client = client_of(UserFactory(is_staff=True, role=role))
    edition = edited.editions.get(number=2)
    before = [page for page in addresses(edition) if says(client.get(page, follow=True))]
    assert before
    withdraw_edition(edited, 2)
    line = ContactPoint.objects.get()
    places = [*addresses(edition), page_url(line, "history", line.pk)]
    assert [page for page in places if says(client.get(page, follow=True))] == []


def says(response):
    text = response.content.decode()
    # What was asked is repeated in the box.
    text = text.replace("q=3105550199", "").replace('value="3105550199"', "")
    return any(each in text.replace("«3105550199»", "") for each in (PRIVATE, "310 555 0199"))


@pytest.mark.parametrize("name", ["document", "search_text", "nonce", "document_digest", "seal"])
def test_nobody_guesses_contents_by_filtering_the_list(withdrawn, name):
    client = staff("view_edition")
    for lookup in ("contains", "startswith", "regex", "gt", "isnull"):
        answer = client.get(list_url(Edition), {f"{name}__{lookup}": "310"})
        assert answer.status_code in (302, 400)
        assert not answer.context or "cl" not in answer.context
    assert client.get(list_url(Edition), {"withdrawn": "yes"}).status_code == 200


def test_the_roles_separate_who_publishes_from_who_withdraws(db):
    call_command("loaddata", "roles", verbosity=0)
    special = {"withdraw_edition", "view_withdrawn_edition", "erase_edition"}
    have = {
        group.name: special & set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }
    assert have == {
        "Auditores": special,
        "Editores": set(),
        "Lectores": set(),
        "Publicadores": set(),
    }
    auditors = Group.objects.get(name="Auditores").permissions
    acts = auditors.exclude(codename__startswith="view_").values_list("codename", flat=True)
    assert sorted(acts) == ["erase_edition", "withdraw_edition"]


def test_loading_the_roles_again_takes_the_permission_from_publishers(db):
    call_command("loaddata", "roles", verbosity=0)
    from django.contrib.auth.models import Permission

    publishers = Group.objects.get(name="Publicadores")
    publishers.permissions.add(Permission.objects.get(codename="withdraw_edition"))
    call_command("loaddata", "roles", verbosity=0)
    assert not publishers.permissions.filter(codename="withdraw_edition").exists()


def test_an_edition_says_who_erased_it_and_the_page_its_reason(withdrawn, client):
    eva = auditor("eva@ejemplo.co", username="eva")
    with time_machine.travel(LATER, tick=False):
        confirmed(client_of(eva)).post(url("erase", withdrawn))
    page = text_of(staff("view_edition").get(change_url(withdrawn)))
    assert "eva" in page
    public = client.get(reverse("directory:edition-detail", args=["servicio", 2]))
    assert (public.status_code, "Su contenido se borró" in text_of(public)) == (410, True)
