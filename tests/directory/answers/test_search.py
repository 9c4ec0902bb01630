"""What the public search finds, and what it offers where it finds nothing."""

from datetime import date, datetime

import pytest

from directory.answers.former_contacts import find_former
from directory.answers.search import find, parse_query
from directory.editions.publish import publish
from directory.models import ChannelContact, ContactPoint, Edition, Service
from directory.upkeep.settlement import due, settle
from tests.directory.withdrawals import withdraw_edition
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-23T08:00:00-05:00")


def publish_all():
    publish(Service.objects.all())


def found(text):
    return [each.service.slug for each in find(Edition.objects.public().current(), text)]


@pytest.fixture
def service():
    service = ServiceFactory(slug="clave-segura", name="Clave Segura")
    ServiceFactory(slug="otro", name="Otro")
    quejas = RequestTypeFactory(code="queja", name="Queja", covers_all=False)
    critical = RequestTypeFactory(
        code="critico", name="Incidentes prioridad 1 (Críticos)", covers_all=False
    )
    channel = ChannelFactory(
        service=service, title="PQRSA", request_types=[quejas, critical], contacts=[]
    )
    ChannelContactFactory(
        channel=channel, contact_point=PhoneFactory(phone="+576013790300"), extensions="1107, 1109"
    )
    ChannelContactFactory(
        channel=channel, contact_point=PhoneFactory(phone="+5718000181531"), position=2
    )
    publish_all()
    return service


@pytest.mark.parametrize(
    "text",
    [
        "1107", "ext 1107", "ext. 1109", "extensión 1107", "601 379 0300 ext. 1107",
        "(1) 379 0300", "018000", "01 8000 181531", "018000181531", "8000 181 531",
        "clave-segura", "CLAVE-SEGURA", "clave", "queja", "quejas", "Quejas", "incidente critico",
        "incidentes críticos", "INCIDENTE CRÍTICO", "critico clave", "incidente-critico",
        "anexo 1107", "int. 1107", "6013790300x1107", "١١٠٧",
        '"6013790300"', "(601 379 0300)", "«Clave Segura»", "¿clave segura?", "queja, clave.",
        "clave (segura)", "https://clave-segura/", "clave, 1107.", "«1107»",
    ],
)  # fmt: skip
def test_a_service_is_found_by(service, text):
    assert found(text) == ["clave-segura"]


@pytest.mark.parametrize(
    "text", ["1108", "ext 1106", "anexo 1106", "601 379 0300 ext. 1108", "reclamos"]
)
def test_a_service_is_not_found_by(service, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("quejas", ["queja"]),
        ("peticiones", ["peticion"]),
        ("claves seguras", ["clave", "segura"]),
        ("tres", ["tres"]),
        ("mes", ["mes"]),
        ("acceso", ["acceso"]),
        ("express", ["express"]),
        ("soporte@certi.example", ["soporte@certi.example"]),
        ("petições", ["petic"]),
        ("petição", ["petic"]),
        ("sugestão", ["sugest"]),
        ("cacao", ["cacao"]),
        ("irmão", ["irmao"]),
    ],
)
def test_plural_endings_of_what_is_typed_are_no_matter(text, words):
    assert list(parse_query(text).words) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<mailto:soporte@certi.example>,", ["soporte@certi.example"]),
        ("https://certi.example/ayuda/", ["certi.example/ayuda"]),
        ("@certi.example", ["@certi.example"]),
        ("*123 #44", ["*123", "#44"]),
        ("mesa / ayuda", ["mesa", "ayuda"]),
        ("¡!", ["¡!"]),
    ],
)
def test_what_came_along_with_a_copied_word_is_no_matter(text, words):
    assert list(parse_query(text).words) == words


def hits(text):
    return {
        each.directory.slug: [
            (hit.former, hit.contact.display if hit.contact else None, hit.where)
            for hit in each.hits
        ]
        for each in find_former(Edition.objects.public(), text, NOW)
    }


@pytest.mark.parametrize("text", ["379 0300", "601 379 0300", "+57 601 379 0300", "(1) 379 03 00"])
def test_a_number_that_was_changed_leads_to_todays(service, text):
    point = ContactPoint.objects.get(phone="+576013790300")
    point.phone = "+576013790301"
    point.save()
    publish_all()
    assert found(text) == []
    assert hits(text) == {"clave-segura": [("601 379 0300", "601 379 0301", "PQRSA")]}


def test_an_address_that_was_changed_leads_to_todays():
    point = EmailFactory(email="vieja@certi.example")
    ChannelFactory(service__slug="uno", title="Correo", contacts=[point])
    publish_all()
    point.email = "nueva@certi.example"
    point.save()
    publish_all()
    assert hits("VIEJA@certi.example") == {
        "uno": [("vieja@certi.example", "nueva@certi.example", "Correo")]
    }


@pytest.mark.parametrize("code", ["#627", "*611", "195", "1004"])
def test_a_short_code_that_was_changed_leads_to_todays(code):
    point = PhoneFactory(kind="short_code", phone="", short_code=code)
    ChannelFactory(service__slug="uno", title="Línea", contacts=[point])
    publish_all()
    point.short_code = "#233"
    point.save()
    publish_all()
    assert (found(code), found("#233")) == ([], ["uno"])
    assert hits(code) == {"uno": [(code, "#233", "Línea")]}


def test_a_number_that_another_has_replaced_leads_to_it(service):
    new = PhoneFactory(phone="+576017450000")
    old = ContactPoint.objects.get(phone="+576013790300")
    old.replaced_by, old.replaced_on = new, date(2026, 11, 1)
    old.save()
    publish_all()
    assert found("601 379 0300") == ["clave-segura"]
    settle(due(on=date(2026, 11, 23)))
    assert found("601 379 0300") == []
    assert hits("601 379 0300") == {"clave-segura": [("601 379 0300", "601 745 0000", "PQRSA")]}


def test_a_contact_of_a_level_that_was_exchanged_leads_to_what_is_new_there():
    contact = EscalationContactFactory(
        name="Nivel técnico", contacts=[PhoneFactory(phone="+573001112233")]
    )
    EscalationPolicyFactory(service__slug="uno", levels=[contact])
    publish_all()
    use = contact.contact_uses.get()
    use.contact_point = PhoneFactory(phone="+573004445566")
    use.save()
    publish_all()
    assert hits("300 111 2233") == {"uno": [("300 111 2233", "300 444 5566", "Nivel técnico")]}


def test_a_number_without_successor_is_said_to_be_out_of_use(service):
    ChannelContact.objects.filter(contact_point__phone="+576013790300").delete()
    publish_all()
    assert hits("601 379 0300") == {"clave-segura": [("601 379 0300", None, "PQRSA")]}


def test_what_still_gives_a_number_is_found_beside_what_gave_it(service):
    still = ChannelFactory(service__slug="aun", contacts=[])
    point = ContactPoint.objects.get(phone="+576013790300")
    ChannelContactFactory(channel=still, contact_point=point)
    publish_all()
    use = ChannelContact.objects.get(contact_point=point, channel__title="PQRSA")
    use.contact_point = PhoneFactory(phone="+576013790301")
    use.save()
    publish_all()
    assert found("601 379 0300") == ["aun"]
    assert hits("601 379 0300") == {"clave-segura": [("601 379 0300", "601 379 0301", "PQRSA")]}


def test_a_withdrawn_edition_tells_nothing_of_a_number(service):
    point = ContactPoint.objects.get(phone="+576013790300")
    point.phone = "+576013790301"
    point.save()
    publish_all()
    withdraw_edition(service, 1)
    assert hits("601 379 0300") == {}


def test_a_number_of_a_service_that_is_offline_is_not_told(service):
    point = ContactPoint.objects.get(phone="+576013790300")
    point.phone = "+576013790301"
    point.save()
    publish_all()
    Service.objects.filter(slug="clave-segura").update(is_published=False)
    assert hits("601 379 0300") == {}


@pytest.mark.parametrize("text", ["379", "790300", "0300 379", "clave"])
def test_few_digits_and_words_are_not_looked_up_in_earlier_editions(service, text):
    ContactPoint.objects.filter(phone="+576013790300").update(phone="+576013790301")
    publish_all()
    assert hits(text) == {}
