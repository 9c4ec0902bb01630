"""The editions of a service in the JSON API: their list, one with its document, that of a day."""

import json
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.directory.api.answers import PUBLISHED_AT, SERVICES, get_json
from tests.directory.withdrawals import withdraw_edition

pytestmark = pytest.mark.django_db


def test_editions(client, directory):
    Service.objects.update(name="Clave Nueva")
    publish(Service.objects.all(), at=PUBLISHED_AT)
    digests = list(Edition.objects.order_by("-number").values_list("digest", "document_digest"))
    summaries = (
        "El servicio: «Clave Única» pasa a llamarse «Clave Nueva»",
        "Primera edición: 2 canales y 2 niveles de escalamiento",
    )
    assert get_json(client, f"{SERVICES}uno/editions/") == {
        "count": 2,
        "next": None,
        "previous": None,
        "results": [
            {
                "number": number,
                "published_at": "2026-11-22T12:30:00-05:00",
                "digest": digest,
                "document_digest": document_digest,
                "url": f"http://testserver/api/v1/services/uno/editions/{number}/",
                "withdrawn_at": None,
                "summary": [summary],
            }
            for number, (digest, document_digest), summary in zip(
                (2, 1), digests, summaries, strict=True
            )
        ],
    }


def test_edition_with_its_document(client, directory):
    Service.objects.update(name="Clave Nueva")
    publish(Service.objects.all(), at=PUBLISHED_AT)
    body = get_json(client, f"{SERVICES}uno/editions/1/")
    assert (body["number"], body["published_at"]) == (1, "2026-11-22T12:30:00-05:00")
    assert body["document"] == json.loads(Edition.objects.get(number=1).document)
    mobile = {"code": "celular", "kind": "phone", "label": "Celular", "value": "+573187174937"}
    assert body["document"]["escalation"]["levels"][1] == {
        "level": 2,
        "contact": "jefe",
        "name": "Jefe",
        "person": "Ana Ruiz",
        "public": "person",
        "escalate_after": [
            {
                "request_type": {
                    "code": "incidente-critico",
                    "name": "Incidentes críticos",
                    "description": "Nadie puede trabajar.",
                    "is_critical": True,
                },
                "minutes": 120,
            }
        ],
        "escalate_after_minutes": 60,
        "contacts": [mobile],
    }
    assert body["document"]["channels"][1]["contacts"] == [
        {
            "code": "linea",
            "kind": "phone",
            "label": "Línea",
            "value": "+576017442727",
            "menu_options": "Opción 2 - opción 4",
            "extensions": ["0107", "1109"],
            "replacements": [
                {**mobile, "on": "2026-12-01", "code": "nueva", "label": "Línea nueva"}
                | {"value": "+576017442828"}
            ],
        }
    ]
    assert body["document"]["schedules"]["siempre"] == {
        "code": "siempre",
        "name": "Siempre",
        "timezone": "America/Bogota",
        "country": "CO",
        "subdivision": "",
        "always_open": True,
        "holidays": "not_stated",
        "spans": [],
        "exceptions": [],
    }


def test_anybody_can_compute_the_digests_with_what_is_given(thrice, client):
    """As the documentation says, with the standard library alone."""
    before = ""
    for number in (1, 2, 3):
        answer = client.get(reverse("api:edition-detail", args=["servicio", number])).json()
        proof = answer["proof"]
        document_digest = sha256(f"{proof['nonce']}\n{proof['text']}".encode()).hexdigest()
        assert document_digest == answer["document_digest"] == proof["document_digest"]
        assert json.loads(proof["text"]) == answer["document"]
        names = ["service", "number", "published_at", "published_by", "proposed_by"]
        values = [*(proof[name] for name in names), document_digest, before]
        link = json.dumps(values, separators=(",", ":"))
        assert sha256(link.encode()).hexdigest() == answer["digest"]
        assert proof["digest_before"] == before
        before = answer["digest"]
    stored = Edition.objects.get(number=3)
    assert (proof["service"], proof["published_by"]) == (thrice.pk, stored.published_by_id)
    assert proof["published_at"] == "2026-03-05T15:00:00Z"


def test_chain_is_computed_across_a_withdrawn_edition(thrice, client):
    withdraw_edition(thrice, 2)
    second = client.get(reverse("api:edition-detail", args=["servicio", 2])).json()
    assert (second["proof"]["nonce"], second["proof"]["text"]) == (None, None)
    names = ["service", "number", "published_at", "published_by", "proposed_by"]
    names += ["document_digest", "digest_before"]
    link = json.dumps([second["proof"][name] for name in names], separators=(",", ":"))
    assert sha256(link.encode()).hexdigest() == second["digest"]
    third = client.get(reverse("api:edition-detail", args=["servicio", 3])).json()
    assert third["proof"]["digest_before"] == second["digest"]


def test_api_tells_summaries_and_changes(thrice, client):
    results = client.get(reverse("api:edition-list", args=["servicio"])).json()["results"]
    sentence = "Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»"
    assert results[0]["summary"] == [sentence]
    edition = client.get(reverse("api:edition-detail", args=["servicio", 3])).json()
    assert edition["changes"] == [
        {
            "kind": "changed",
            "place": "Telefónico",
            "what": "Teléfono",
            "before": "310 555 0199",
            "after": "601 745 0000",
            "sentence": sentence,
            "is_data": False,
            "where": [{"kind": "channel", "name": "Telefónico"}],
            "detail": "",
        }
    ]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (
            "2026-03-03T09:59:00-05:00",
            [(1, ["Primera edición: 1 canal y 0 niveles de escalamiento"])],
        ),
        (
            "2026-03-03T10:00:00-05:00",
            [(2, ["Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»"])],
        ),
        ("2026-02-01T10:00:00-05:00", []),
    ],
)
def test_api_finds_the_edition_of_an_instant(thrice, client, at, found):
    answer = client.get(reverse("api:edition-list", args=["servicio"]), {"at": at}).json()
    assert [(each["number"], each["summary"]) for each in answer["results"]] == found


def test_many_editions_come_in_pages_of_fifty_at_the_cost_of_few(client, directory):
    address = f"/api/v1/services/{directory.slug}/editions/"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(55):
        Service.objects.filter(pk=directory.pk).update(introduction=f"Hola {number}")
        publish(Service.objects.filter(pk=directory.pk))

    with CaptureQueriesContext(connection) as many:
        first = client.get(address).json()

    assert len(many) == len(few)
    assert len(first["results"]) == 50
    assert first["previous"] is None
    second = client.get(first["next"]).json()
    assert second["results"][-1]["number"] == 1
    assert first["count"] == len(first["results"]) + len(second["results"])
