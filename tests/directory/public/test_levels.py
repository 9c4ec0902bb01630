"""Levels of escalation as organisations call them, with several contacts each; and none."""

import re
import uuid

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Edition, Service
from escalations.models import EscalationLevel
from tests.directory.pages import SUNDAY_NIGHT, get, next_level, open_level
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    weekday_schedule,
)
from tests.html import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sunday_night")]


@pytest.fixture
def sunday_night():
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        yield


def contact(name, number, **kwargs):
    return EscalationContactFactory(
        name=name, contacts=[PhoneFactory(phone=number, label="Línea")], **kwargs
    )


@pytest.fixture
def tiers():
    """Tier 1 answers by day; on Tier 2 one contact is for networks and one, for incidents, for
    Europe."""
    incident = RequestTypeFactory(code="falla", name="Fallas", covers_all=False)
    service = ChannelFactory(service__slug="mesa", schedule=weekday_schedule()).service
    policy = EscalationPolicyFactory(
        service=service,
        levels=[
            contact("Mesa", "+573000000001", schedule=weekday_schedule()),
            contact("Grupo de redes", "+573000000002", schedule=ScheduleFactory()),
        ],
    )
    policy.levels.filter(level=1).update(title="Tier 1")
    policy.levels.filter(level=2).update(title="Tier 2", purpose="Redes", escalate_after_minutes=30)
    europe = EscalationLevel.objects.create(
        policy=policy,
        level=2,
        contact=contact("Turno", "+573000000003", person="Ana Ruiz"),
        purpose="Europa",
    )
    europe.request_types.add(incident)
    publish(Service.objects.all())
    return policy


def test_contacts_of_a_level_stand_under_its_title_each_with_what_it_is_for(client, tiers):
    page = get(client, "/servicios/mesa/")
    assert page.by_class["level-title"] == "Tier 1 Tier 2"
    assert page.by_class["level-name"] == "Mesa Redes Grupo de redes Europa Turno"
    section = client.get("/servicios/mesa/").content.decode().partition('<ol class="levels">')[2]
    headings = re.findall(r"<h[34].*?</h[34]>", section, re.S)
    assert [words(each) for each in headings] == [
        "Tier 1",
        "Tier 2",
        "Redes Grupo de redes",
        "Europa Turno",
    ]
    # The time is that of the level.
    assert section.count("Después de 30 minutos sin respuesta.") == 1
    assert words(section).partition("Europa Turno ")[2].startswith("Ana Ruiz Fallas ")


def test_contacts_of_several_on_one_level_are_told_apart(client, tiers):
    assert words(next_level(client)) == "Si no puede esperar Tier 2: Redes, Europa"
    html = open_level(client)
    assert words(html).startswith("Tier 2 Redes · Europa Redes Grupo de redes Atiende ahora")
    names = re.findall(r'<a class="contact-link.*?</a>', html, re.S)
    assert [words(each) for each in names] == [
        "Línea Teléfono 300 000 0002 (Redes)",
        "Línea Teléfono 300 000 0003 (Europa)",
    ]
    assert html.count("Tier 2") == 1


def test_once_a_type_is_chosen_only_who_answers_for_it_is_offered(client, tiers):
    other = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    tiers.levels.filter(level=1).get().request_types.add(other)
    publish(Service.objects.all())
    assert "Europa" not in next_level(client, "?request_type=queja")
    assert "Europa" in next_level(client, "?request_type=falla")


def test_own_title_is_marked_as_spanish_and_another_is_translated(client, tiers):
    tiers.levels.filter(level=1).update(title="")
    publish(Service.objects.all())
    page = get(client, "/en/servicios/mesa/")
    assert page.by_class["level-title"] == "First escalation Tier 2"
    assert "Tier 2" in page.by_language["es"]
    assert "First escalation" in page.by_language["en"]


def test_instructions_without_levels_say_how_to_escalate(client):
    service = ChannelFactory(service__slug="mesa").service
    EscalationPolicyFactory(service=service, levels=[], instructions="Pida hablar con Eva.")
    publish(Service.objects.all())
    page = get(client, "/servicios/mesa/")
    assert words(next_level(client)) == "Si eso no le ayuda Ver cómo escalar"
    assert "#escalation" in page.links
    html = client.get("/servicios/mesa/").content.decode()
    section = re.search(
        r'<section class="part" aria-labelledby="escalation">.*?</section>', html, re.S
    )
    assert words(section[0]) == "Cómo escalar Pida hablar con Eva."
    api = client.get("/api/v1/services/mesa/").json()["escalation"]
    assert (api["instructions"], api["levels"]) == ("Pida hablar con Eva.", [])


def test_service_without_channels_leads_to_its_levels(client):
    policy = EscalationPolicyFactory(
        service=ServiceFactory(slug="mesa"), levels=[contact("Jefe", "+573000000009")]
    )
    policy.levels.update(title="Apertura")
    publish(Service.objects.all())
    assert "Apertura: Jefe" in words(next_level(client))
    assert get(client, "/servicios/mesa/").by_class["level-title"] == "Apertura"


def test_policy_that_says_nothing_has_no_section(client):
    service = ChannelFactory(service__slug="mesa").service
    EscalationPolicyFactory(service=service, levels=[])
    publish(Service.objects.all())
    assert "escalation" not in client.get("/servicios/mesa/").content.decode()


def test_cards_and_hits_of_levels_are_told_apart(client, tiers):
    cards = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    identity = Edition.objects.get().identity
    assert re.findall(r"UID:(\S+)", cards) == [
        uuid.uuid5(uuid.NAMESPACE_URL, f"{identity} card{level}").urn
        for level in ("", "-1", "-2", "-2-2")
    ]
    assert re.findall(r"FN:(.*?)\r", cards)[2:] == [
        "Servicio 100 · Tier 2 · Redes · Grupo de redes",
        "Servicio 100 · Tier 2 · Europa · Ana Ruiz",
    ]
    assert "NOTE:Tier 2: Europa: Turno (Fallas)" in cards
    [found] = client.get("/api/v1/services/?q=300+000+0003").json()["results"]
    assert [each["where"] for each in found["matches"]] == ["Tier 2 · Europa · Turno · Ana Ruiz"]
    for text in ("Tier 2", "europa"):
        assert client.get("/api/v1/services/", {"q": text}).json()["count"] == 1


def test_api_has_an_entry_for_each_contact_of_a_level(client, tiers):
    levels = client.get("/api/v1/services/mesa/").json()["escalation"]["levels"]
    kind = {
        "code": "falla",
        "name": "Fallas",
        "description": "",
        "covers_all": False,
        "is_critical": False,
    }
    told = ("level", "title", "purpose", "request_types", "escalate_after_minutes", "name")
    assert [tuple(each[name] for name in told) for each in levels] == [
        (1, "Tier 1", "", [], None, "Mesa"),
        (2, "Tier 2", "Redes", [], 30, "Grupo de redes"),
        (2, "Tier 2", "Europa", [kind], 30, "Turno"),
    ]
    now = client.get("/api/v1/services/mesa/now/?request_type=falla").json()
    assert len(now["escalation"]) == 3
