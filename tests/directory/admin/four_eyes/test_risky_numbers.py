"""What is risky by itself is read and confirmed with the second factor, whichever door it takes."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from directory import models
from directory.admin import confirming
from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Revision, Service
from tests.addresses import add_url, page_url
from tests.directory.admin.test_bulk_spreadsheets import workbook
from tests.editing import Deleting, Editing, told
from tests.factories import PhoneFactory, ServiceFactory, UserFactory, complete_service
from tests.html import form_values, read, submit

pytestmark = pytest.mark.django_db
PREMIUM = "01 900 123 4567"
STORED = "+5719001234567"


@pytest.fixture
def asked(monkeypatch):
    """The requests that were asked for the second factor; who is asked has not got it."""
    found = []

    def ask(request):
        found.append(request.path)
        return HttpResponse("factor", status=401)

    monkeypatch.setattr(confirming, "ask", ask)
    return found


@pytest.fixture
def let_pass(monkeypatch):
    """Has the second factor confirmed from when it is called on."""
    return lambda: monkeypatch.setattr(confirming, "ask", lambda request: None)


def premium_in_use():
    """A premium number that a page gives; it was saved before anybody looked."""
    return PhoneFactory(phone=STORED)


def by_form(client, send):
    new = {"kind": "phone", "label": "Nuevo", "code": "nuevo", "phone": PREMIUM}
    return send(add_url(ContactPoint), submit(client, add_url(ContactPoint), **new))


def by_pop_up(client, send):
    url = f"{add_url(ContactPoint)}?_popup=1"
    new = {"kind": "phone", "label": "Nuevo", "code": "nuevo", "phone": PREMIUM}
    return send(url, submit(client, url, **new))


def by_lines_of_channels(client, send):
    editing = Editing(client, complete_service())
    return send(editing.url, editing.post(**{"channels-0-contacts": PREMIUM}))


def by_ladder(client, send):
    editing = Editing(client, ServiceFactory())
    typed = {"levels-0-new_name": "Supervisor", "levels-0-contacts": PREMIUM}
    return send(editing.url, editing.post(**typed))


def by_replacing(client, send):
    old = complete_service().channels.first().contact_uses.first().contact_point
    url = f"{page_url(ContactPoint, 'replace')}?ids={old.pk}"
    new = premium_in_use()
    shown = client.post(url, {"target": new.pk, "where": "everywhere"})
    return send(url, shown, _confirm="1")


def by_workbook(client, send):
    headings = ["Código", "Clase", "Nombre", "Número o dirección"]
    rows = [["uno", "Teléfono", "Uno", PREMIUM]]
    shown = client.post("/admin/workbook/", workbook(Medios_de_contacto=[headings, *rows]))
    return send("/admin/workbook/", shown)


def by_csv(client, send):
    url = page_url(ContactPoint, "import", "contact-points")
    text = f"code,kind,label,value\nuno,Teléfono,Uno,{PREMIUM}\n"
    return send(url, client.post(url, {"file": SimpleUploadedFile("f.csv", text.encode())}))


def by_undoing(client, send):
    number = PhoneFactory(phone="+576017442727")
    models.ContactPoint.objects.filter(pk=number.pk).update(phone=STORED)
    Editing(client, number).post(phone="601 744 2728")
    url = page_url(Revision, "undo", Revision.objects.latest("pk").pk)
    return send(url, client.post(url))


def by_putting_back(client, send):
    number = PhoneFactory(phone=STORED)
    Editing(client, number).post(label="Uno")
    Editing(client, number).post(phone="601 744 2728")
    first = Revision.objects.earliest("pk")
    url = page_url(Revision, "restore", first.pk, "directory", "contactpoint", number.pk)
    return send(url, client.post(url, {**form_values(client.get(url)), "_save": "1"}))


def by_an_edition(client, send):
    service = complete_service()
    number = ContactPoint.objects.earliest("pk")
    ContactPoint.objects.filter(pk=number.pk).update(phone=STORED)
    publish(Service.objects.all())
    Editing(client, number).post(phone="601 744 2728")
    url = page_url(Edition, "restore", service.editions.earliest("number").pk)
    shown = client.post(url, {**form_values(client.get(url)), "_preview": "1"})
    return send(url, client.post(url, {**form_values(shown), "_confirm": "1"}))


def by_a_deletion_undone(client, send):
    number = premium_in_use()
    Deleting(client, number).confirm()
    url = page_url(Revision, "undo", Revision.objects.latest("pk").pk)
    return send(url, client.post(url))


DOORS = [
    *(by_form, by_pop_up, by_lines_of_channels, by_ladder, by_replacing, by_workbook, by_csv),
    *(by_undoing, by_putting_back, by_an_edition, by_a_deletion_undone),
]


@pytest.mark.parametrize("door", DOORS)
def test_a_premium_number_is_told_and_confirmed(door, admin_client, asked, let_pass):
    """The page that warns comes first; what it sends is refused without the second factor."""
    seen = {}

    def send(url, shown, **more):
        assert "mucho más que por una llamada normal" in read(shown).seen, read(shown).seen
        seen["revisions"] = Revision.objects.count()
        data = {**form_values(shown), "_save": "1", **more}
        seen["answer"] = admin_client.post(url, data)
        seen["after"] = Revision.objects.count()
        let_pass()
        return admin_client.post(url, data)

    answer = door(admin_client, send)
    assert seen["answer"].status_code == 401
    assert (len(asked), seen["after"]) == (1, seen["revisions"])
    assert answer.status_code in (200, 302)
    assert Revision.objects.count() == seen["revisions"] + 1, told(answer)


@pytest.mark.parametrize(
    "number", ["01 900 123 4567", "+881 612345678", "+34 902 123 456", "+34 912 345 678"]
)
def test_risky_kinds_of_numbers_are_confirmed(number, admin_client, asked):
    answer = Editing(admin_client, PhoneFactory()).post(phone=number, _knowingly="yes")
    assert (answer.status_code, len(asked)) == (401, 1)


def test_two_foreign_numbers_in_one_act_do_not_vouch_for_each_other(admin_client, asked):
    editing = Editing(admin_client, complete_service())
    typed = {"channels-0-contacts": "+34 912 345 678\n+34 912 345 679", "_knowingly": "yes"}
    answer = editing.post(**typed)
    assert (answer.status_code, len(asked)) == (401, 1), told(answer)


@pytest.mark.parametrize(
    "address",
    [
        "https://bit.ly/2Abc",
        "https://certicаmara.com/soporte",
        "https://example.net",
        "https://example.com.evil.net/",
    ],
)
def test_risky_hosts_are_confirmed(address, admin_client, asked, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, hosts=("example.com",))
    new = {"kind": "web", "label": "Sitio", "code": "sitio", "url": address}
    shown = submit(admin_client, add_url(ContactPoint), **new)
    assert shown.context["effect"].warnings
    answer = admin_client.post(add_url(ContactPoint), {**form_values(shown), "_save": "1"})
    assert (answer.status_code, len(asked)) == (401, 1)
    assert not ContactPoint.objects.exists()


@pytest.mark.parametrize("text", ["Entre a https://bit.ly/2Abc", "Escriba a a@example.net"])
def test_risky_hosts_in_texts_are_confirmed(text, admin_client, asked, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, hosts=("example.com",))
    service = ServiceFactory()
    answer = Editing(admin_client, service).post(introduction=text, _knowingly="yes")
    assert (answer.status_code, len(asked)) == (401, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("Entre a example.net/pagos", "Entre a bit.ly", "Entre a certicаmara.com"),
        *("Llame al 01 900 123 4567", "Llame al +881 612 345 678", "Llame al +34 902 123 456"),
        "Llame al +34 912 345 678",
    ],
)
def test_what_a_text_names_without_a_link_is_confirmed(text, admin_client, asked, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, hosts=("example.com",))
    service = complete_service()
    answer = Editing(admin_client, service).post(introduction=text, _knowingly="yes")
    assert (answer.status_code, len(asked)) == (401, 1)
    shown = Editing(admin_client, service).post(introduction=text)
    assert shown.context["effect"].warnings


@pytest.mark.parametrize("text", ["Entre a soporte.example.com", "Al 601 744 2728, a las 7 p.m."])
def test_usual_texts_are_not(text, admin_client, asked, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, hosts=("example.com",))
    answer = Editing(admin_client, complete_service()).post(introduction=text)
    assert (answer.status_code, asked) == (302, [])


def test_usual_numbers_and_hosts_are_not(admin_client, asked, settings):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, hosts=("example.com",))
    new = {"kind": "web", "label": "Sitio", "code": "sitio"}
    answer = submit(admin_client, add_url(ContactPoint), **new, url="https://soporte.example.com")
    assert (answer.status_code, asked) == (302, [])
    answer = Editing(admin_client, PhoneFactory()).post(phone="601 744 2728")
    assert (answer.status_code, asked) == (302, [])


def test_the_warning_of_the_author_is_read_by_the_publisher(both, four_eyes):
    four_eyes("risky")
    number = PhoneFactory()
    Editing(both[0], number).post(phone=PREMIUM, _knowingly="yes")
    proposal = models.Proposal.objects.get()
    assert "mucho más" in proposal.warnings[0]
    url = page_url(models.Proposal, "decide", proposal.pk)
    first = both[1].post(url, {"_publish": "1"})
    assert "mucho más" in read(first).seen
    assert models.Proposal.objects.get().is_waiting
    assert both[1].post(url, form_values(first)).status_code == 302
    assert models.Proposal.objects.get().state == "published"


def test_rights_are_confirmed(admin_client, asked, roles):
    person = UserFactory(first_name="Caro", email="caro@example.com", is_staff=True)
    assert Editing(admin_client, person).post(is_superuser="on").status_code == 401
    person.refresh_from_db()
    assert not person.is_superuser
