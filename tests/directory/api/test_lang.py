"""The language of an answer: `lang`, for every address."""

import pytest
from django.conf import settings

from directory.editions.publish import publish
from directory.models import Service
from tests.factories import ChannelFactory, RequestTypeFactory, ServiceFactory, weekday_schedule

pytestmark = pytest.mark.django_db

CODES = [code for code, _name in settings.LANGUAGES]
ADDRESSES = [
    "",
    "openapi.json",
    "services/",
    "services/mesa/",
    "services/mesa/now/",
    "services/mesa/editions/",
    "services/mesa/editions/1/",
]


@pytest.fixture(autouse=True)
def desk():
    kind = RequestTypeFactory(code="queja", name="Quejas")
    channel = ChannelFactory(
        service=ServiceFactory(slug="mesa", name="Mesa"),
        medium="telephone",
        title="Telefónico",
        schedule=weekday_schedule(),
        request_types=[kind],
    )
    publish(Service.objects.all())
    return channel


def ask(client, address, **query):
    return client.get(f"/api/v1/{address}", query)


@pytest.mark.parametrize(
    ("query", "language", "title", "name", "hours", "page"),
    [
        ({}, "es", "Telefónico", "Quejas", "Lunes a viernes: 7 a.m. a 7 p.m.", ""),
        ({"lang": "es"}, "es", "Telefónico", "Quejas", "Lunes a viernes: 7 a.m. a 7 p.m.", ""),
        (
            {"lang": "en"},
            "en",
            "By telephone",
            "Complaints",
            "Monday to Friday: 7 a.m. to 7 p.m.",
            "/en",
        ),
        (
            {"lang": "pt-BR"},
            "pt",
            "Por telefone",
            "Queixas",
            "Segunda-feira a sexta-feira: 7h a 19h",
            "/pt",
        ),
    ],
)
def test_words_and_addresses_are_in_the_language_that_was_asked_for(
    client, query, language, title, name, hours, page
):
    response = ask(client, "services/mesa/", **query)
    (channel,) = response.json()["channels"]
    assert channel["title"] == title
    assert channel["request_types"][0]["name"] == name
    assert channel["hours"]["text"] == hours
    assert response["Content-Language"] == language
    (service,) = ask(client, "services/", **query).json()["results"]
    assert service["url"] == f"http://testserver{page}/servicios/mesa/"


def test_what_a_browser_prefers_decides_nothing(client):
    response = client.get("/api/v1/services/mesa/", headers={"Accept-Language": "en"})
    assert response["Content-Language"] == "es"
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "lang", ["eo", "", "english", "es_CO", "x" * 5000, "en\x00", "🙂", "../en"]
)
@pytest.mark.parametrize("address", [*ADDRESSES, "services/nada/"])
def test_nonsense_is_refused_with_the_codes(client, address, lang):
    response = ask(client, address, lang=lang)
    assert (response.status_code, response["Content-Language"]) == (400, "es")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Idioma desconocido"
    assert response.json()["detail"] == f"Escriba en lang uno de estos: {', '.join(CODES)}."


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_takes_it(client, address):
    response = ask(client, address, lang="pt")
    assert (response.status_code, response["Content-Language"]) == (200, "pt")


@pytest.mark.parametrize(
    ("address", "query", "title"),
    [
        ("services/nada/", {}, "Não encontrado"),
        ("nada/", {}, "Não encontrado"),
        ("services/mesa/", {"at": "x"}, "O instante em “at” não pode ser usado"),
    ],
)
def test_problems_are_told_in_it(client, address, query, title):
    response = ask(client, address, lang="pt", **query)
    assert response.json()["title"] == title
    assert response["Content-Language"] == "pt"


def test_the_document_of_an_edition_stays_as_it_was_published(client):
    edition = ask(client, "services/mesa/editions/1/", lang="en").json()
    assert edition["document"]["channels"][0]["title"] == "Telefónico"
    assert (
        edition["summary"]
        == ask(client, "services/mesa/editions/", lang="en").json()["results"][0]["summary"]
    )


def test_the_description_names_the_languages(client):
    paths = ask(client, "openapi.json").json()["paths"]
    for path in paths.values():
        (lang,) = [each for each in path["get"]["parameters"] if each["name"] == "lang"]
        assert lang["schema"] == {"type": "string", "enum": CODES, "default": "es"}
