"""For whom a channel is, where, and how it is used where there is nothing to press."""

import json
import re

import pytest

from directory.editions.publish import publish
from directory.models import Channel, Service
from tests.directory.pages import get
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory
from tests.html import words
from tests.refusals import refused_by_the_database, refused_in_full_clean

pytestmark = pytest.mark.django_db

BOGOTA = "+576017442727"


def published(*contacts, **channel):
    service = channel.pop("service", None) or ServiceFactory(slug="mesa")
    made = ChannelFactory(service=service, contacts=contacts, **channel)
    publish(Service.objects.all())
    return made


def api(client, path="/api/v1/services/mesa/"):
    return client.get(path).json()


def test_the_label_is_part_of_every_link_of_a_contact(client):
    published(PhoneFactory(phone=BOGOTA, label="Bogotá"), PhoneFactory(label="Cali"))
    html = client.get("/servicios/mesa/").content.decode()
    links = re.findall(rf'<a[^>]*href="tel:\{BOGOTA}".*?</a>', html, re.S)
    assert [words(link) for link in links] == [
        "Llamar: Bogotá 601 744 2727",
        "Bogotá Teléfono 601 744 2727",
    ]


def test_a_channel_without_contacts_shows_its_instruction_and_no_empty_list(client):
    published(medium="app", title="App", description="En la app, toque «Ayuda».")
    html = client.get("/servicios/mesa/").content.decode()
    assert get(client, "/servicios/mesa/").text.count("En la app, toque «Ayuda».") == 2
    assert re.findall(r'<ul class="(?:buttons|contacts)[^>]*>\s*</ul>', html) == []
    assert api(client)["channels"][0]["contacts"] == []


def test_what_can_be_pressed_is_offered_before_an_instruction(client):
    app = published(medium="app", title="App", description="Toque «Ayuda».", position=1)
    published(PhoneFactory(), service=app.service, position=2)
    titles = [channel["title"] for channel in api(client, "/api/v1/services/mesa/now/")["open"]]
    assert titles == ["Telefónico", "App"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/servicios/mesa/", "Atienden en español e inglés"),
        ("/en/servicios/mesa/", "Served in Spanish and English"),
    ],
)
def test_languages_are_named_in_answer_and_table(client, path, said):
    published(PhoneFactory(), languages="es, en")
    page = get(client, path)
    assert page.by_class["for-whom"] == f"{said} {said}"
    assert api(client)["channels"][0]["languages"] == ["es", "en"]
    html = client.get(path).content.decode()
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])
    [point] = data["provider"]["contactPoint"]
    assert point["availableLanguage"] == ["es", "en"]


def test_languages_are_kept_as_codes_and_nothing_else():
    channel = ChannelFactory()
    channel.languages = "Inglés y español"
    channel.full_clean()
    assert channel.languages == "en, es"
    channel.languages = "klingonés"
    assert refused_in_full_clean(channel) == {"languages": ["unknown_language"]}
    with refused_by_the_database():
        Channel.objects.update(languages="klingonés")
    # Written with commas alone they have room.
    channel.languages = (
        "ar,bg,ca,cs,da,de,el,en,es,eu,fi,fr,ga,gl,he,hr,hu,it,ja,ko,nl,no,pl,pt,ro,ru,sk,sl,sv,uk"
        ",tr"
    )
    assert refused_in_full_clean(channel) == {"languages": ["max_length"]}


def test_numbers_of_a_service_for_several_countries_have_their_country_code(client):
    service = ServiceFactory(slug="mesa", is_international=True)
    published(
        PhoneFactory(phone=BOGOTA),
        PhoneFactory(phone="+5718000181531"),
        service=service,
    )
    told = api(client)
    assert told["is_international"] is True
    [line, free] = told["channels"][0]["contacts"]
    assert (line["display"], line["href"]) == ("+57 601 744 2727", f"tel:{BOGOTA}")
    assert "Colombia" in free["advice"]
    assert free["href"] != ""


@pytest.mark.parametrize(
    ("is_international", "shown"),
    [
        (True, ("+1 866-205-5171", "tel:+18662055171", "tel:+18662055171,11")),
        (False, ("+1 866-205-5171", "", "")),
    ],
)
def test_free_number_of_north_america_is_dialled_by_customers_in_several_countries(
    is_international, shown, client
):
    free = PhoneFactory(phone="+18662055171")
    channel = published(
        free, service=ServiceFactory(slug="mesa", is_international=is_international)
    )
    channel.contact_uses.update(extensions="11")
    publish(Service.objects.all())
    [contact] = api(client)["channels"][0]["contacts"]
    [extension] = contact["extension_links"]
    assert (contact["display"], contact["href"], extension["href"]) == shown
    assert contact["advice"] == "Llamada gratuita, solo desde los Estados Unidos"


def test_free_number_of_another_country_is_told_as_it_is_dialled_there(client):
    service = ServiceFactory(slug="mesa", is_international=True)
    published(PhoneFactory(phone="+34900123456"), service=service)
    [contact] = api(client)["channels"][0]["contacts"]
    assert (contact["display"], contact["href"]) == ("900 123 456", "")


def test_channels_of_one_title_have_their_difference_in_their_heading(client):
    first = published(PhoneFactory(label="Bogotá"), position=1)
    published(PhoneFactory(label="Cali"), service=first.service, position=2)
    # The label of the first is on its button.
    html = client.get("/servicios/mesa/").content.decode()
    section = re.search(r'<section class="now .*?</section>', html, re.S)[0]
    headings = [words(each) for each in re.findall(r"<h[34].*?</h[34]>", section, re.S)]
    assert headings == ["Telefónico", "También atienden ahora", "Telefónico Cali"]
