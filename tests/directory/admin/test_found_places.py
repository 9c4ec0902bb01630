"""The back office finds extensions, codes, slugs and old numbers, and says where they are."""

from datetime import date

import pytest

from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Service
from directory.upkeep import settlement
from escalations.models import EscalationContact
from tests.addresses import list_url
from tests.editing import told
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    WebFactory,
)
from tests.html import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

PBX, FREE = "+576013790300", "+5718000181531"


@pytest.fixture
def pbx():
    """A number that a channel and an escalation contact give with different extensions."""
    pbx = PhoneFactory(code="pbx", label="PBX", phone=PBX)
    channel = ChannelFactory(
        service__name="Clave Segura",
        service__slug="clave-segura",
        title="Mesa",
        code="mesa",
        schedule__name="Oficina",
        contacts=[pbx],
    )
    channel.contact_uses.update(extensions="1107, 0012")
    contact = EscalationContactFactory(code="jefe", name="Jefe", contacts=[pbx])
    contact.contact_uses.update(extensions="11070")
    EscalationPolicyFactory(service=channel.service, levels=[contact])
    ChannelFactory().contact_uses.update(extensions="2110")
    EscalationContactFactory()
    return pbx


def listed(client, model, text):
    page = client.get(list_url(model), {"q": text})
    return [row.pk for row in page.context["cl"].result_list], lines_of(page)


def lines_of(page):
    return [line for message in told(page) for line in message.split("<br>")]


def in_words(lines):
    return [words(line) for line in lines]


MESA = "Clave Segura › Mesa (Oficina): 601 379 0300 · PBX, ext. 1107, 0012"
JEFE = "Jefe: 601 379 0300 · PBX, ext. 11070"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        *((text, [MESA]) for text in ("1107", "ext 1107", "Ext. 1107", "extensión 1107", "0012")),
        ("ext\u200b. 11\u202d07", [MESA]),
        *((text, [MESA]) for text in ("601 379 0300 ext. 1107", "3790300, ext 0012")),
        ("ext 12 1107", [MESA]),
        ("ext 11070", [JEFE]),
        ("ext 110", []),
    ],
)
def test_an_extension_is_found_with_who_gives_it(admin_client, pbx, text, places):
    found, lines = listed(admin_client, ContactPoint, text)
    assert (found, in_words(lines)) == ([pbx.pk] if places else [], places)


@pytest.mark.parametrize(
    ("model", "text", "places"),
    [
        (Channel, "ext 1107", [MESA]),
        (Channel, "601 379 0300", [MESA]),
        (Channel, "601 379 0300 ext. 11070", []),
        (EscalationContact, "11070", [JEFE]),
        (EscalationContact, "clave-segura", [JEFE]),
        (EscalationContact, "jefe", []),
        (Channel, "mesa", []),
        (Channel, "clave-segura", []),
    ],
)
def test_channels_and_escalation_contacts_are_found_by_what_they_give(
    admin_client, pbx, model, text, places
):
    found, lines = listed(admin_client, model, text)
    is_found = bool(places) or "ext" not in text
    rows = model.objects.filter(contact_uses__contact_point=pbx).values_list("pk", flat=True)
    assert (found, in_words(lines)) == (list(rows) if is_found else [], places)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("clave-segura", [MESA, JEFE]),
        ("Quejas", [MESA]),
        ("incidente critico", [MESA]),
        ("queja", [MESA]),
        ("pbx", []),
        ("PBX", []),
    ],
)
def test_slugs_request_types_and_codes_lead_to_the_numbers(admin_client, pbx, text, places):
    types = [RequestTypeFactory(code=code, name="X") for code in ("queja", "incidente-critico")]
    Channel.objects.get(code="mesa").request_types.set(types)
    found, lines = listed(admin_client, ContactPoint, text)
    assert (found, in_words(lines)) == ([pbx.pk], places)


@pytest.mark.parametrize(
    "text", ["018000", "01 8000 181531", "018000181531", "18000", "8000 181531"]
)
def test_a_toll_free_number_is_found_with_and_without_spaces(admin_client, text):
    free = PhoneFactory(phone=FREE)
    PhoneFactory()
    assert listed(admin_client, ContactPoint, text) == ([free.pk], [])


@pytest.mark.parametrize("code", ["#233", "195", "*611", "*#", "088"])
def test_a_short_code_is_found_with_who_gives_it(admin_client, code):
    point = PhoneFactory(kind="short_code", phone="", short_code=code, label="Corto")
    PhoneFactory(kind="short_code", phone="", short_code="77", label="Otro")
    channel = ChannelFactory(title="Mesa", contacts=[point])
    assert listed(admin_client, ContactPoint, code) == ([point.pk], [])
    found, lines = listed(admin_client, Channel, code)
    assert (found, in_words(lines)) == ([channel.pk], [f"{channel}: {code} · Corto"])


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("mailto:Soporte@Example.com", "soporte@example.com"),
        ("Mesa <soporte@example.com>", "soporte@example.com"),
        ("Example.org/Ruta", "https://example.org/Ruta"),
        ("https://EXAMPLE.org:443/Ruta", "https://example.org/Ruta"),
    ],
)
def test_an_address_is_found_as_it_is_pasted(admin_client, pasted, address):
    points = [EmailFactory(email="soporte@example.com"), WebFactory(url="https://example.org/Ruta")]
    (point,) = (each for each in points if each.value == address)
    channel = ChannelFactory(contacts=[point])
    ChannelFactory()
    assert listed(admin_client, ContactPoint, pasted)[0] == [point.pk]
    assert listed(admin_client, Channel, address)[0] == [channel.pk]


# ---- Old numbers -----------------------------------------------------------------------------

OLD, NEW = "+576015550001", "+576017442727"


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2026, 11, 1), "es 601 744 2727 · Nueva desde el 1 de noviembre de 2026."),
        (date(2026, 12, 1), "será 601 744 2727 · Nueva a partir del 1 de diciembre de 2026."),
    ],
)
def test_a_number_that_is_replaced_says_by_which_and_since_when(admin_client, on, sentence):
    new = PhoneFactory(phone=NEW, label="Nueva")
    old = PhoneFactory(phone=OLD, replaced_by=new, replaced_on=on)
    found, lines = listed(admin_client, ContactPoint, "601 555 0001")
    assert (found, in_words(lines)) == ([old.pk], [f"601 555 0001: {sentence}"])


@pytest.fixture
def changed(request):
    """A channel whose number was published, and is another now."""
    point = PhoneFactory(phone=OLD, label="Línea")
    ChannelFactory(service__name="Clave Segura", title="Mesa", contacts=[point])
    publish(Service.objects.all())
    ContactPoint.objects.filter(pk=point.pk).update(phone=NEW)
    publish(Service.objects.all())
    return point


def test_a_number_that_pages_gave_once_is_found_with_what_is_there_today(admin_client, changed):
    line = "Clave Segura, Mesa: hoy 601 555 0001 es 601 744 2727."
    assert listed(admin_client, ContactPoint, "601 555 0001") == ([changed.pk], [line])
    assert listed(admin_client, Channel, "(601) 555 00 01") == ([Channel.objects.get().pk], [line])


def test_a_settled_number_that_is_gone_is_found_where_it_was(admin_client):
    new = PhoneFactory(phone=NEW, label="Nueva")
    old = PhoneFactory(phone=OLD)
    ChannelFactory(service__name="Clave Segura", title="Mesa", contacts=[old])
    publish(Service.objects.all())
    ContactPoint.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=date(2026, 11, 1))
    settlement.settle(settlement.due())
    ContactPoint.objects.filter(pk=old.pk).delete()
    line = "Clave Segura, Mesa: hoy 601 555 0001 es 601 744 2727."
    assert listed(admin_client, ContactPoint, "601 555 0001") == ([new.pk], [line])


@pytest.mark.parametrize("text", ["ext", "ext.", "#", "()", "000", "ext 1107)(", "%", "١١٠٧" * 9])
@pytest.mark.parametrize("model", [ContactPoint, Channel, EscalationContact])
def test_what_is_no_number_finds_nothing_and_breaks_nothing(admin_client, model, text):
    ChannelFactory(title="Mesa", contacts=[PhoneFactory(phone="+576011111111", label="Línea")])
    found, lines = listed(admin_client, model, text)
    assert (found, lines) == ([], [])


@pytest.mark.parametrize("text", ["ext 1107", "601 379 0300 ext. 1107", "601 999 0000"])
@pytest.mark.parametrize("model", [ContactPoint, Channel])
def test_a_search_costs_the_same_in_a_larger_directory(
    admin_client, pbx, django_assert_num_queries, model, text
):
    admin_client.get(list_url(model))
    with django_assert_num_queries(12, exact=False) as first:
        listed(admin_client, model, text)
    for _ in range(3):
        ChannelFactory(contacts=[pbx]).contact_uses.update(extensions="1107")
    with django_assert_num_queries(len(first)):
        listed(admin_client, model, text)
