"""Numbers for readers in other countries: another language, a channel from abroad, paper."""

import re

import pytest
from django.utils import timezone, translation
from msgspec import to_builtins

from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, Service
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory
from tests.html import words

pytestmark = pytest.mark.django_db

LINE, TOLL_FREE, CODE, SPANISH_FREE = "+576017442727", "+5718000181531", "#627", "+34900123456"


def publish_with(**channel):
    points = [PhoneFactory(phone=number, label="Línea") for number in (LINE, TOLL_FREE)]
    points.append(
        ContactPoint.objects.create(code="c", kind="short_code", label="Línea", short_code=CODE)
    )
    points.append(PhoneFactory(phone=SPANISH_FREE, label="Línea"))
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=points, **channel)
    publish(Service.objects.all())


def contacts(language="es"):
    """What the answer of the API says of each contact, in a language."""
    with translation.override(language):
        (channel,) = to_builtins(resolve(Edition.objects.get(), timezone.now()).channels)
    said = ("display", "href", "advice")
    return [tuple(each.get(name, "") for name in said) for each in channel["contacts"]]


TYPE_IT = "Type it on your phone as it stands, and press the call key."
MARK_IT = "Márquelo en su teléfono tal como está y oprima la tecla de llamar."
FROM_SPAIN = "Llamada gratuita, solo desde España"


def test_reader_at_home_reads_numbers_as_in_the_country(client):
    publish_with()
    assert contacts() == [
        ("601 744 2727", "tel:+576017442727", ""),
        ("01 8000 181531", "tel:018000181531", "Llamada gratuita"),
        ("#627", "", MARK_IT),
        ("900 123 456", "", FROM_SPAIN),
    ]


def test_reader_of_another_language_reads_the_country_code_and_from_where_it_works(client):
    publish_with()
    assert contacts("en") == [
        ("+57 601 744 2727", "tel:+576017442727", ""),
        ("01 8000 181531", "tel:018000181531", "Free call, only from Colombia"),
        ("#627", "", f"Only from Colombia · {TYPE_IT}"),
        ("900 123 456", "", "Free call, only from Spain"),
    ]


def test_channel_from_abroad_offers_nothing_that_cannot_be_dialled_there(client):
    publish_with(for_abroad=True)
    (channel,) = client.get("/api/v1/services/mesa/").json()["channels"]
    assert channel["for_abroad"] is True
    assert contacts() == [
        ("+57 601 744 2727", "tel:+576017442727", ""),
        ("01 8000 181531", "", "Llamada gratuita, solo desde Colombia"),
        ("#627", "", f"Solo desde Colombia · {MARK_IT}"),
        ("900 123 456", "", FROM_SPAIN),
    ]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (
            "/servicios/mesa/",
            ["Llamada gratuita", "900 123 456 Llamada gratuita, solo desde España"],
        ),
        ("/en/servicios/mesa/", ["+57 601 744 2727", "Free call, only from Colombia"]),
    ],
)
def test_page_says_it_under_the_number(path, shown, client):
    publish_with()
    html = client.get(path).content.decode()
    assert [each for each in shown if each not in words(html)] == []
    links = re.findall(r'href="(tel:[^"]*)"', html)
    assert {*links} == {"tel:+576017442727", "tel:018000181531"}


def test_number_without_a_link_is_large_with_its_kind_and_what_to_do(client):
    publish_with()
    html = client.get("/servicios/mesa/").content.decode()
    plain = [words(each) for each in re.findall(r'(?s)<p class="no-link">.*?</p>', html)]
    # Among the buttons of whom to contact now, with their labels, and in the table.
    in_table = ["Código corto #627", "Teléfono 900 123 456"]
    assert [re.sub(": Línea", "", each) for each in plain] == in_table * 2
    assert html.count(f'<p class="advice">{MARK_IT}</p>') == 2


def test_paper_has_the_country_code_where_it_works(client):
    publish_with()
    html = client.get("/servicios/mesa/").content.decode()
    assert {*re.findall(r'data-international="(.*?)"', html)} == {"+57 601 744 2727"}
    # English pages have it already.
    assert "data-international" not in client.get("/en/servicios/mesa/").content.decode()


def test_changes_are_told_to_each_reader_in_his_form(client):
    publish_with()
    ContactPoint.objects.filter(phone=LINE).update(phone="+576017450000")
    publish(Service.objects.all())
    changes = "servicios/mesa/ediciones/2/cambios/"
    assert "601 744 2727 601 745 0000" in re.sub(
        "Antes|Después", "", words(client.get(f"/{changes}").content.decode())
    ).replace("  ", " ")
    assert "+57 601 745 0000" in words(client.get(f"/en/{changes}").content.decode())


def test_card_for_phones_has_numbers_that_can_be_saved(client):
    publish_with()
    card = client.get("/servicios/mesa/contactos.vcf").content.decode()
    assert re.findall(r"TEL;TYPE=WORK,VOICE:(\S+)", card) == [
        LINE,
        "018000181531",
        CODE,
        SPANISH_FREE,
    ]
