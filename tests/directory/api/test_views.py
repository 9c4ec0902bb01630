"""The JSON API: exact answers."""

from datetime import datetime

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import ContactPoint, Edition, RequestType, Service
from tests.directory.api.answers import (
    HOLIDAYS,
    MONDAY_MORNING,
    SERVICES,
    USUAL_HOLIDAYS,
    get_json,
)

pytestmark = pytest.mark.django_db


CRITICAL = {
    "code": "incidente-critico",
    "name": "Incidentes críticos",
    "description": "Nadie puede trabajar.",
    "covers_all": False,
    "is_critical": True,
}
EVERYTHING = {
    "code": "todas",
    "name": "Todas",
    "description": "",
    "covers_all": True,
    "is_critical": False,
}
MOBILE = {
    "code": "celular",
    "kind": "phone",
    "label": "Celular",
    "value": "+573187174937",
    "display": "318 717 4937",
    "href": "tel:+573187174937",
    "extensions": [],
    "extension_links": [],
    "menu_options": "",
    "changes": None,
    "former": [],
    "verified_on": None,
    "note": None,
    "out_of_order": False,
}
LINE = {
    **MOBILE,
    "code": "linea",
    "label": "Línea",
    "value": "+576017442727",
    "display": "601 744 2727",
    "href": "tel:+576017442727",
    "changes": {
        "on": "2026-12-01",
        "kind": "phone",
        "value": "+576017442828",
        "display": "601 744 2828",
        "href": "tel:+576017442828",
        "verified_on": None,
    },
}
OFFICE_HOURS = {
    "text": "Lunes a viernes: 7 a.m. a 7 p.m.",
    "opening_hours": "Mo-Fr 07:00-19:00",
    "holidays": HOLIDAYS,
    "always_open": False,
    "timezone": "America/Bogota",
    "zone": "",
    "today_on": "2026-11-23",
    "today": "7 a.m. a 7 p.m.",
    "today_status": "open",
    "today_reason": "",
    "today_is_holiday": False,
    "today_reason_kind": "none",
}
ALWAYS = {
    **OFFICE_HOURS,
    "text": "7 días 24 horas",
    "opening_hours": "24/7",
    "holidays": HOLIDAYS | USUAL_HOLIDAYS,
    "always_open": True,
    "today": "24 horas",
}
OPEN_UNTIL_SEVEN = {
    "state": "open",
    "reason": "",
    "until": "2026-11-23T19:00:00-05:00",
    "next_open": None,
    "is_holiday": False,
    "reason_kind": "none",
    "unconfirmed": "",
    "note": None,
    "out_of_order": False,
}
ALWAYS_OPEN = {**OPEN_UNTIL_SEVEN, "until": None}
CRITICAL_CHANNEL = {
    **ALWAYS_OPEN,
    "code": "criticos",
    "medium": "telephone",
    "title": "Celular",
    "description": "Solo para lo crítico.",
    "request_types": [CRITICAL],
    "hours": ALWAYS,
    "contacts": [MOBILE],
    "languages": [],
    "distinction": "",
}
OFFICE_CHANNEL = {
    **OPEN_UNTIL_SEVEN,
    "code": "telefonico",
    "medium": "telephone",
    "title": "Telefónico",
    "description": "",
    "request_types": [EVERYTHING],
    "hours": OFFICE_HOURS,
    "contacts": [
        {
            **LINE,
            "extensions": ["0107", "1109"],
            "extension_links": [
                {"extension": "0107", "href": "tel:+576017442727,0107"},
                {"extension": "1109", "href": "tel:+576017442727,1109"},
            ],
            "menu_options": "Opción 2 - opción 4",
        }
    ],
    "languages": [],
    "distinction": "",
}
CRITICAL_TARGET = {
    "request_type": "incidente-critico",
    "name": "Incidentes críticos",
    "covers_all": False,
    "respond_minutes": 240,
    "solve_minutes": 2880,
    "in_open_hours": True,
    "respond": "4 horas hábiles",
    "solve": "2 días hábiles",
}
LEVELS = [
    {
        **OPEN_UNTIL_SEVEN,
        "level": 1,
        "title": "Primer escalamiento",
        "purpose": "",
        "request_types": [],
        "name": "Grupo de soporte",
        "person": "",
        "escalate_after": {},
        "escalate_after_minutes": None,
        "standing_in": None,
        "hours": OFFICE_HOURS,
        "contacts": [
            LINE,
            {
                **MOBILE,
                "code": "correo",
                "kind": "email",
                "label": "Correo",
                "value": "soporte@example.com",
                "display": "soporte@example.com",
                "href": "mailto:soporte@example.com",
            },
        ],
    },
    {
        **ALWAYS_OPEN,
        "state": None,
        "level": 2,
        "title": "Segundo escalamiento",
        "purpose": "",
        "request_types": [],
        "name": "Jefe",
        "person": "Ana Ruiz",
        "escalate_after": {"incidente-critico": 120},
        "escalate_after_minutes": 60,
        "standing_in": None,
        "hours": None,
        "contacts": [MOBILE],
    },
]

HIT = {
    "is_planned": False,
    "former": "",
    "request_types": [],
    "extension": None,
    "text": "",
    "text_of": "",
}
HOLIDAY = {
    "on": "2026-12-08",
    "until": "2026-12-08",
    "text": "El martes 8 de diciembre de 2026: horario no confirmado",
    "reason": "La Inmaculada Concepción",
    "reason_kind": "holiday",
    "places": ["Telefónico", "Nivel 1"],
    "where": [
        {"kind": "channel", "name": "Telefónico"},
        {"kind": "level", "name": "Nivel 1"},
    ],
    "channels": ["telefonico"],
    "is_today": False,
}


def test_service(client, directory):
    assert get_json(client, f"{SERVICES}uno/", at=MONDAY_MORNING) == {
        "slug": "uno",
        "name": "Clave Única",
        "introduction": "Bienvenidos.",
        "at": MONDAY_MORNING,
        "holds_until": "2026-11-23T19:00:00-05:00",
        "edition": {
            "number": 1,
            "published_at": "2026-11-22T12:30:00-05:00",
            "digest": Edition.objects.get().digest,
        },
        "channels": [CRITICAL_CHANNEL, OFFICE_CHANNEL],
        "escalation": {
            "instructions": "Tenga a mano su número de caso.",
            "levels": LEVELS,
            "times_count": "no_answer",
        },
        "request_types": [CRITICAL, EVERYTHING],
        "targets": [CRITICAL_TARGET],
        "announcements": [HOLIDAY],
        "notices": [],
        "is_international": False,
        "renamed_from": None,
    }


def test_list_of_services(client, directory):
    assert get_json(client, SERVICES, at=MONDAY_MORNING) == {
        "count": 1,
        "next": None,
        "previous": None,
        "holds_until": "2026-11-23T19:00:00-05:00",
        "results": [
            {
                "slug": "uno",
                "name": "Clave Única",
                "url": "http://testserver/servicios/uno/",
                "state": "open",
                "until": "2026-11-23T19:00:00-05:00",
                "next_open": None,
                "critical": {"state": "open", "until": None, "next_open": None},
                "edition": 1,
                "published_at": "2026-11-22T12:30:00-05:00",
                "matches": [],
                "is_available": True,
            }
        ],
        "former": [],
        "near": [],
    }


def test_list_of_services_tells_ordinary_and_critical_requests_apart(client, directory):
    def states(at):
        [result] = get_json(client, SERVICES, at=at)["results"]
        names = ("state", "until", "next_open")
        critical = result["critical"]
        return [tuple(part[name] for name in names) for part in (result, critical) if part]

    sunday, monday = "2026-11-22T03:00:00-05:00", "2026-11-23T07:00:00-05:00"
    assert states(sunday) == [("closed", monday, monday), ("open", None, None)]
    channels = directory.channels
    channels.get(code="telefonico").delete()
    publish(Service.objects.all())
    assert states(sunday) == [("closed", None, None), ("open", None, None)]
    channels.update(schedule=None)
    channels.get().request_types.set([RequestType.objects.get(code="queja")])
    publish(Service.objects.all())
    assert states(sunday) == [("unknown", None, None)]


def test_list_of_services_that_a_search_finds(client, directory):
    [result] = get_json(client, SERVICES, q="744 2727 ext 1109", at=MONDAY_MORNING)["results"]
    assert result["matches"] == [
        {
            **HIT,
            **OPEN_UNTIL_SEVEN,
            "contact": OFFICE_CHANNEL["contacts"][0],
            "where": "Telefónico",
            "extension": {"extension": "1109", "href": "tel:+576017442727,1109"},
        }
    ]


def test_list_of_services_where_a_search_finds_none(client, directory):
    named = {"slug": "uno", "name": "Clave Única", "url": "http://testserver/servicios/uno/"}
    answer = get_json(client, SERVICES, q="clabe unica", at=MONDAY_MORNING)
    assert (answer["count"], answer["former"], answer["near"]) == (0, [], [named])
    ContactPoint.objects.filter(phone="+573187174937").update(phone="+573187174938")
    publish(Service.objects.all())
    answer = get_json(client, SERVICES, q="318 717 4937", at=MONDAY_MORNING)
    mobile = {
        **MOBILE,
        "value": "+573187174938",
        "display": "318 717 4938",
        "href": "tel:+573187174938",
    }
    assert (answer["results"], answer["near"]) == ([], [])
    hit = {**HIT, **ALWAYS_OPEN, "contact": mobile, "former": "318 717 4937"}
    channel, level = {**hit, "where": "Celular"}, {**hit, "where": "Jefe", "state": None}
    assert answer["former"] == [{**named, "matches": [channel, level]}]


@pytest.mark.parametrize("asked", [{}, {"request_type": "incidente-critico"}])
def test_whom_to_contact_in_general_and_for_a_critical_incident(client, directory, asked):
    assert get_json(client, f"{SERVICES}uno/now/", at=MONDAY_MORNING, **asked) == {
        "request_type": asked.get("request_type", ""),
        "at": MONDAY_MORNING,
        "holds_until": "2026-11-23T19:00:00-05:00",
        # What is asked for leads, in general ordinary requests.
        "open": [CRITICAL_CHANNEL, OFFICE_CHANNEL][:: 1 if asked else -1],
        "unknown": [],
        "next": None,
        "target": CRITICAL_TARGET if asked else None,
        "escalation": LEVELS,
    }


def test_whom_to_contact_on_a_sunday(client, directory):
    sunday, monday = "2026-11-22T08:00:00-05:00", "2026-11-23T07:00:00-05:00"
    answer = get_json(client, f"{SERVICES}uno/now/", request_type="todas", at=sunday)
    hours = {"today_on": "2026-11-22", "today": "cerrado", "today_status": "closed"}
    closed = {"state": "closed", "until": monday, "next_open": monday}
    channel = {**OFFICE_CHANNEL, **closed, "hours": {**OFFICE_HOURS, **hours}}
    assert (answer["open"], answer["unknown"]) == ([], [])
    assert answer["next"] == {"channel": channel, "at": monday}


def test_whom_to_contact_on_a_holiday(client, directory):
    # 8 December, the Immaculate Conception, is a Tuesday in 2026.
    answer = get_json(
        client, f"{SERVICES}uno/now/", request_type="queja", at="2026-12-08T08:00:00-05:00"
    )
    assert answer["open"] == []
    [channel] = answer["unknown"]
    assert (channel["code"], channel["state"], channel["reason"]) == (
        "telefonico",
        "unknown",
        "La Inmaculada Concepción",
    )
    assert (channel["is_holiday"], channel["reason_kind"]) == (True, "holiday")
    assert channel["hours"] == {
        **OFFICE_HOURS,
        "today_on": "2026-12-08",
        "today_status": "unknown",
        "today_reason": "La Inmaculada Concepción",
        "today_is_holiday": True,
        "today_reason_kind": "holiday",
    }
    assert answer["next"]["at"] == "2026-12-09T07:00:00-05:00"


def test_without_an_instant_it_is_now(client, directory):
    with time_machine.travel(datetime.fromisoformat("2026-11-23T20:00:00-05:00"), tick=False):
        body = get_json(client, f"{SERVICES}uno/")
    assert body["at"] == "2026-11-23T20:00:00-05:00"
    assert [channel["state"] for channel in body["channels"]] == ["open", "closed"]


def test_answers_read_editions_and_not_rows(client, directory):
    Service.objects.update(name="Sin publicar")
    assert get_json(client, f"{SERVICES}uno/")["name"] == "Clave Única"


def test_answers_are_in_spanish_whatever_the_browser_prefers(client, directory):
    response = client.get(f"{SERVICES}uno/", {"at": MONDAY_MORNING}, headers={
        "accept-language": "en",
    })  # fmt: skip
    assert response.json()["channels"][0]["hours"]["text"] == "7 días 24 horas"
