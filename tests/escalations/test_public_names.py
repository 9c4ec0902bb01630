"""How much of a person is public, through every door by which it could come out."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from directory.editions import history
from directory.editions.publish import publish
from directory.imports.restoring.restoration import Restoration
from directory.models import Edition, Service
from escalations.models import AbsenceContact, EscalationContact
from tests.addresses import change_url
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    ServiceFactory,
    UserFactory,
)
from tests.html import form_values, submit
from tests.refusals import refused_by_the_database

pytestmark = pytest.mark.django_db

NAME, MOBILE, OTHER = "Genoveva Zúñiga", "+573165550123", "Hermenegildo Páez"
DOORS = [
    "/servicios/mesa/",
    "/en/servicios/mesa/",
    "/servicios/mesa/ediciones/1/",
    "/servicios/mesa/ediciones/1/cambios/",
    "/servicios/mesa/tarjeta/",
    "/servicios/mesa/contactos.vcf",
    "/servicios/mesa/calendario.ics",
    "/servicios/mesa/cambios.atom",
    "/servicios/mesa/avisar/",
    "/api/v1/services/mesa/",
    "/api/v1/services/mesa/now/",
    "/api/v1/services/mesa/editions/1/",
    "/api/v1/services/mesa/editions/1/proof/",
    "/api/v1/services/?q=genoveva",
    "/offline.json",
    "/sitemap-services.xml",
]


def contact(public, **kwargs):
    number = PhoneFactory(phone=MOBILE, label=f"Celular de {NAME}", code="celular")
    given = {"code": "jefe", "name": "Jefe", "person": NAME, "contacts": [number]}
    return EscalationContactFactory(**{**given, "public": public, **kwargs})


@pytest.fixture
def service(time_machine):
    time_machine.move_to("2026-11-23T15:00:00Z", tick=False)
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, contacts=[PhoneFactory()])
    return service


def published(service, *contacts):
    EscalationPolicyFactory(service=service, levels=list(contacts))
    publish(Service.objects.all())
    return Edition.objects.get()


def said(client):
    """All that customers and programs can read."""
    return "\n".join(client.get(path).content.decode() for path in DOORS)


def digits(text):
    return "".join(each for each in text if each.isdigit())


def test_a_name_that_is_public_is_there_first(service, client):
    edition = published(service, contact("person"))
    assert NAME in said(client)
    assert NAME in edition.document
    assert "genoveva" in edition.search_text


@pytest.mark.parametrize("public", ["contacts", "role"])
def test_a_name_that_is_not_public_is_in_no_document_page_file_or_feed(service, client, public):
    edition = published(service, contact(public))
    for text in (edition.document, edition.search_text, said(client)):
        assert "genoveva" not in text.lower().replace("?q=genoveva", "")
        assert "zúñiga" not in text.lower()
        assert "zuniga" not in text.lower()
    assert "Jefe" in client.get("/servicios/mesa/").content.decode()


def test_contacts_are_public_or_not(service, client):
    edition = published(service, contact("contacts"))
    assert MOBILE in edition.document
    # The label that said the name says the role.
    assert '"label":"Jefe"' in edition.document
    EscalationContact.objects.update(public="role")
    publish(Service.objects.all())
    newest = Edition.objects.latest()
    assert MOBILE not in newest.document
    assert "3165550123" not in newest.search_text
    pages = [path.replace("/1/", "/2/") for path in DOORS if "vcf" not in path]
    told = "".join(client.get(path).content.decode() for path in pages)
    assert "3165550123" not in digits(told.replace(" ", ""))
    assert "3165550123" not in digits(client.get("/servicios/mesa/contactos.vcf").content.decode())


@pytest.mark.parametrize("public", ["contacts", "role"])
def test_what_is_taken_out_is_not_repeated_by_what_tells_the_change(service, client, public):
    published(service, contact("person"))
    EscalationContact.objects.update(public=public)
    publish(Service.objects.all())
    entry = history.entry(Edition.objects.latest())
    told = "".join(f"{each} {each.before} {each.after} {each.detail}" for each in entry.changes)
    assert told
    assert NAME not in told
    page = client.get("/servicios/mesa/ediciones/2/cambios/").content.decode()
    assert NAME not in page
    if public == "role":
        assert "316 555" not in page


def test_who_stands_in_shows_no_more_than_is_public(service, client):
    stand_in = EscalationContactFactory(
        code="suplente", name="Suplente", person=OTHER, public="role", contacts=[PhoneFactory()]
    )
    away = contact("contacts")
    own = PhoneFactory(phone="+573165550199", label="Otro")
    AbsenceFactory(contact=away, first_day=date(2026, 11, 20), last_day=date(2026, 12, 20),
                   stand_in=stand_in)  # fmt: skip
    AbsenceContact.objects.create(absence=away.absences.get(), contact_point=own)
    edition = published(service, away)
    everything = edition.document + said(client)
    for hidden in (NAME, OTHER, "+573165550199"):
        assert hidden not in everything
    assert "Suplente" in everything


# ---- Feeds and calendars ----------------------------------------------------------------------


def test_feeds_and_calendars_never_say_names(service, client):
    jefe = contact("person")
    published(service, jefe)
    EscalationContact.objects.filter(pk=jefe.pk).update(person=OTHER)
    stand_in = EscalationContactFactory(code="suplente", name="Suplente", person="Eulogia Ríos")
    publish(Service.objects.all())
    AbsenceFactory(contact=jefe, first_day=date(2026, 12, 1), last_day=date(2026, 12, 5),
                   stand_in=stand_in)  # fmt: skip
    publish(Service.objects.all())
    feed = client.get("/servicios/mesa/cambios.atom").content.decode()
    calendar = client.get("/servicios/mesa/calendario.ics").content.decode().replace("\r\n ", "")
    for name in ("Genoveva", "Hermenegildo", "Eulogia"):
        assert name not in feed
        assert name not in calendar
    assert "responde otra persona" in feed
    assert "BEGIN:VCALENDAR" in calendar
    # The page of the edition, which is not read by search engines, tells it.
    assert OTHER in client.get("/servicios/mesa/ediciones/2/cambios/").content.decode()


def test_another_contact_of_the_same_role_is_told_without_names(service, client):
    jefe = contact("person")
    published(service, jefe)
    other = EscalationContactFactory(code="jefa", name="Jefe", person=OTHER)
    service.escalation_policy.levels.update(contact=other)
    publish(Service.objects.all())
    feed = client.get("/servicios/mesa/cambios.atom").content.decode()
    assert OTHER not in feed
    assert "responde otra persona" in feed
    assert "Jefe → Jefe" not in feed


def test_search_engines_show_no_names_in_their_excerpts(service, client):
    row = contact("person")
    row.contact_uses.update(label="Celular")
    published(service, row)
    for path in ("/servicios/mesa/", "/servicios/mesa/ediciones/1/"):
        page = client.get(path).content.decode()
        head, body = page.split("</head>")
        shown = body.split(NAME)
        assert len(shown) > 1
        # Visible, each stands in an element that is marked.
        assert all("data-nosnippet" in before.rpartition("<")[2] for before in shown[:-1]
                   if not before.endswith('"'))  # fmt: skip
        assert NAME not in head.split('type="application/ld+json"')[0]


# ---- Codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [("genoveva-zuniga", True), ("jefe-zuniga", True), ("jefe", False), ("jefe-2", False)],
)
@pytest.mark.parametrize("public", ["person", "contacts", "role"])
def test_a_code_that_names_who_is_not_public_is_refused(code, is_refused, public):
    row = EscalationContact(code=code, name="Jefe", person=NAME, public=public)
    if not is_refused or public == "person":
        row.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert [*refused.value.message_dict] == ["code"]
    assert "«jefe»" in refused.value.messages[0]


def test_such_a_code_can_be_written_anew_in_the_form(service, admin_client):
    row = contact("person", code="genoveva-zuniga")
    published(service, row)
    page = submit(admin_client, change_url(row), public="role")
    assert "«jefe»" in page.content.decode()
    submit(admin_client, change_url(row), public="role", code="jefe")
    row.refresh_from_db()
    assert (row.public, row.code, row.person) == ("role", "jefe", NAME)
    assert NAME not in Edition.objects.latest().document


# ---- The other doors --------------------------------------------------------------------------


def test_the_form_asks_what_is_public(admin_client):
    row = contact("person")
    assert form_values(admin_client.get(change_url(row)))["public"] == ["person"]


def test_the_database_knows_no_other_word():
    contact("person")
    with refused_by_the_database():
        EscalationContact.objects.update(public="all")


def test_fixtures_carry_it_back_and_forth(tmp_path):
    contact("role")
    path = tmp_path / "directory.json"
    call_command("dumpdata", "-o", str(path), stdout=StringIO())
    EscalationContact.objects.update(public="person")
    call_command("loaddata", str(path), verbosity=0)
    assert EscalationContact.objects.get().public == "role"
    schema = StringIO()
    call_command("fixture_schema", stdout=schema)
    assert '"public"' in schema.getvalue()


def test_an_edition_put_back_takes_nothing_that_it_did_not_say(service):
    """An edition of the time when a person was hidden does not empty who it is."""
    row = contact("role")
    published(service, row)
    EscalationContact.objects.update(public="person", name="Jefa")
    publish(Service.objects.all())
    restoration = Restoration(Edition.objects.get(number=1))
    outcome = restoration.restore(restoration.facts, UserFactory(), lambda outcome: True)
    assert outcome.problems == []
    row.refresh_from_db()
    assert (row.name, row.public, row.person) == ("Jefe", "role", NAME)
    assert [use.contact_point.value for use in row.contact_uses.all()] == [MOBILE]
