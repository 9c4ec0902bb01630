"""What search engines are told of a contact: for what, for whom, in which languages."""

import json
import re

import pytest

from directory.editions.publish import publish
from directory.models import Service
from tests.factories import ChannelFactory, RequestTypeFactory, ServiceFactory

pytestmark = pytest.mark.django_db


def data_of(client, *, is_international=False, **channel):
    service = ServiceFactory(slug="mesa", is_international=is_international)
    ChannelFactory(service=service, **channel)
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def point_of(client, **channel):
    return data_of(client, **channel)["provider"]["contactPoint"][0]


@pytest.mark.parametrize(("codes", "words"), [
    (["todas"], ["customer support", "technical support"]),
    (["queja"], ["customer support"]),
    (["incidente"], ["technical support"]),
    (["incidente-critico"], ["technical support", "emergency"]),
    (["incidente", "queja"], ["customer support", "technical support"]),
])  # fmt: skip
def test_contact_type_is_said_in_known_words_and_in_the_organisations(client, codes, words):
    kinds = [RequestTypeFactory(code=code, name=f"Tipo {code}") for code in codes]
    names = [kind.name for kind in sorted(kinds, key=lambda kind: codes.index(kind.code))]
    told = point_of(client, request_types=kinds)["contactType"]
    assert (told[: len(words)], sorted(told[len(words) :])) == (words, sorted(names))


@pytest.mark.parametrize(("given", "told"), [("", ["es"]), ("es, en", ["es", "en"])])
def test_languages_are_those_of_the_channel_else_of_the_organisation(client, given, told):
    assert point_of(client, languages=given)["availableLanguage"] == told


@pytest.mark.parametrize(("given", "service", "contact"), [
    ({}, "CO", "CO"),
    ({"for_abroad": True}, None, None),
    ({"is_international": True}, None, None),
])  # fmt: skip
def test_area_is_the_country_unless_callers_may_be_in_others(client, given, service, contact):
    data = data_of(client, **given)
    point = data["provider"]["contactPoint"][0]
    assert (data.get("areaServed"), point.get("areaServed")) == (service, contact)
