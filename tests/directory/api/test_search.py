"""What the search finds: names, numbers, extensions and addresses, however they are written."""

import pytest

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.api.answers import JSON, SERVICES, get_json
from tests.factories import ChannelContactFactory, ChannelFactory, PhoneFactory, ServiceFactory

pytestmark = pytest.mark.django_db


def found(client, text):
    return [each["slug"] for each in get_json(client, SERVICES, q=text)["results"]]


WRITINGS = [
    "", "clave unica", "ÚNICA clave", "  Clave   Única  ", "bienvenidos", "telefónico",
    "grupo SOPORTE", "ana ruíz", "soporte@example.com", "(571) 7442727", "(57) 1 744 27 27",
    "601 744 2727", "+57 601 7442727", "7442727", "744-2727", "318 717 49 37", "3187174937",
    "601 744 2828",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITINGS)
def test_search_finds_by_names_numbers_and_addresses(client, directory, text):
    ServiceFactory(slug="ajeno", name="Ajeno")
    publish(Service.objects.all())
    assert found(client, text) == (["uno"] if text else ["ajeno", "uno"])


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("1107", ["uno"]),
        ("0012", ["uno"]),
        ("379 0300 ext 1107", ["uno"]),
        ("(57 1) 379-0300, Ext. 1107", ["uno"]),
        ("6013790300 extensión: 1107", ["uno"]),
        ("3790300 extensiones 1107 y 0012", ["uno"]),
        ("+57 601 379 0300ext1107", ["uno"]),
        ("EXTENSIO\N{COMBINING ACUTE ACCENT}N 1107", ["uno"]),
        ("379 0300 ext 1108", []),
        ("744 2727 ext 1107", []),
        ("ext", ["otro"]),
        ("texto 9", []),
    ],
)
def test_search_finds_extensions(client, text, slugs):
    ChannelContactFactory(
        channel=ChannelFactory(service__slug="uno", contacts=[]),
        contact_point=PhoneFactory(phone="+576013790300"),
        extensions="1107, 0012",
    )
    ServiceFactory(slug="otro", name="Siguiente: ext.")
    publish(Service.objects.all())
    assert found(client, text) == slugs


def test_search_has_those_first_whose_name_it_is(client):
    for slug, name, introduction in (
        ("a", "Alfa", "Es de la Cámara."),
        ("b", "Beta de la Camara", ""),
        ("c", "Cámara de la ciudad", ""),
        ("d", "Cámara", "La de siempre"),
    ):
        ServiceFactory(slug=slug, name=name, introduction=introduction)
    publish(Service.objects.all())
    assert found(client, "camara la") == ["b", "c", "a", "d"]
    assert found(client, "camara de") == ["c", "b", "a", "d"]


NOWHERE = [
    "%", "_", "%%%", "clave_unica", "c%e", "\\", "'", '"', "' OR 1=1 --", "<zz>", "601 999 9999",
    "\N{PILE OF POO}", "zz\x00zz", "x" * 10_000,
    "\N{COMBINING ACUTE ACCENT}x\N{RIGHT-TO-LEFT OVERRIDE}q", "9" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("text", NOWHERE)
def test_search_takes_every_character_for_itself(client, directory, text):
    assert found(client, text) == []


def test_search_that_is_no_utf_8_is_no_error(client, directory):
    response = client.get(f"{SERVICES}?q=%FF%FE%00")
    assert (response.status_code, response["Content-Type"]) == (200, JSON)
