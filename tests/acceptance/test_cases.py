"""Acceptance: every fact of two more documents, of a telecom operator and of a bank branch, is on
its page and in the API. The facts are stated here, apart from the fixtures."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import clear_url_caches

from tests.html import read

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A directory of one service, loaded under the settings of its organisation."""

    name: str
    slug: str
    country: str
    time_zone: str
    language: str
    now: str


OPERATOR = Case(
    "operator_service_desk",
    "service-desk-americas",
    "BR",
    "America/Sao_Paulo",
    "en",
    "2026-11-30T08:00:00-03:00",
)
BRANCH = Case(
    "bank_branch",
    "sucursal-bucaramanga",
    "CO",
    "America/Bogota",
    "es",
    "2026-11-30T08:00:00-05:00",
)


@contextmanager
def organization_of(case, at=None):
    organization = replace(
        settings.ORGANIZATION,
        language=case.language,
        country=case.country,
        time_zone=case.time_zone,
        subdivision="",
    )
    with (
        override_settings(
            ORGANIZATION=organization, TIME_ZONE=case.time_zone, LANGUAGE_CODE=case.language
        ),
        time_machine.travel(datetime.fromisoformat(at or case.now), tick=False),
    ):
        # Addresses are kept with the prefix that their language has in one organisation.
        clear_url_caches()
        try:
            yield
        finally:
            clear_url_caches()


class Published:
    """The service of a case as the public gets it."""

    def __init__(self, case):
        self.case, self.client = case, Client()
        with organization_of(case):
            call_command("loaddata", str(CASES / f"{case.name}.json"), verbosity=0)

    def page(self, at=None, **query):
        with organization_of(self.case, at):
            return read(self.client.get(f"/servicios/{self.case.slug}/", query))

    def api(self, address="", **query):
        with organization_of(self.case):
            url = f"/api/v1/services/{self.case.slug}/{address}"
            return self.client.get(url, {"at": self.case.now, **query}).json()

    def channels(self, **query):
        return {channel["code"]: channel for channel in self.api(**query)["channels"]}


@pytest.fixture
def operator(db):
    return Published(OPERATOR)


@pytest.fixture
def branch(db):
    return Published(BRANCH)


def assert_told(page, *facts):
    assert [fact for fact in facts if fact not in page.seen] == []


# ---- The operator --------------------------------------------------------------------------------

MEANINGS = {
    "p1": ("P1 Service unavailable", "Main and backup do not work: high impact."),
    "p2": ("P2 Partial outage", "Several services are concerned, some work: medium impact."),
    "p3": ("P3 Degradation", "Slow: low impact."),
    "p4": ("P4 Request for information", "Single users ask, without impact."),
}
DESK = ["+18662055171", "+551147001950", "service@operator.example"]
DUTY = ["+18775585562", "+551147001954", "dutymanager.americas@operator.example"]
GLOBAL = "Global Escalation Management (senior managers, directors)"
LEVELS = [
    ("Level 1", "Service Desk", "", DESK),
    ("Level 2", "Duty managers", "", DUTY),
    (
        "Level 3",
        "Senior Operations Manager",
        "Ana Souza",
        ["+551147001954", "+5519993660000", "ana.souza@operator.example"],
    ),
    ("Level 4", GLOBAL, "", ["+31207006363", "global.escalation.management@operator.example"]),
    ("Level 5", "Head of Global Management (directors)", "", ["+442036845500"]),
]
# Of levels 1 to 4; the time of level 5 is not readable in the document, and P4 has none.
HOURS = {"p1": (0, 2, 3, 4), "p2": (0, 4, 6, 8), "p3": (0, 8, 12, 16)}
NUMBERS = {
    "+18662055171": "+1 866-205-5171",
    "+18775585562": "+1 877-558-5562",
    "+551147001950": "+55 11 4700-1950",
    "+551147001954": "+55 11 4700-1954",
    "+5519993660000": "+55 19 99366-0000",
    "+31207006363": "+31 20 700 6363",
    "+442036845500": "+44 20 3684 5500",
}


def contacts_of(service):
    parts = [*service["channels"], *service["escalation"]["levels"]]
    return [contact for part in parts for contact in part["contacts"]]


def test_ways_to_report_in_the_order_of_preference(operator):
    told = [
        (channel["medium"], channel["description"], [each["value"] for each in channel["contacts"]])
        for channel in operator.api()["channels"]
    ]
    assert told == [
        ("portal", "The preferred way: open the incident in the customer portal.", []),
        ("email", "Without the portal: answer the questionnaire and send it.", DESK[2:]),
        ("telephone", "Call as well, after you have opened the incident.", DESK[:2]),
    ]
    assert_told(operator.page(), *(description for _medium, description, _values in told))


@pytest.mark.parametrize(("code", "calls"), [("p1", True), ("p2", True), ("p3", False)])
def test_only_the_first_two_priorities_call_as_well(operator, code, calls):
    now = operator.api("now/", request_type=code)
    offered = {channel["code"] for channel in [*now["open"], *now["unknown"]]}
    assert offered == {"portal", "questionnaire", *(["telephone"] if calls else [])}


def test_nobody_claims_hours(operator):
    service = operator.api()
    for channel in service["channels"]:
        hours = channel["hours"]
        assert (channel["state"], hours["always_open"], hours["text"]) == (
            "unknown",
            False,
            "Hours not stated",
        )
        assert (channel["until"], channel["next_open"], hours["opening_hours"]) == (None, None, "")
    assert [level["state"] for level in service["escalation"]["levels"]] == [None] * 5
    page = operator.page()
    assert [text for text in ("Closed", "Hours not confirmed", "Open") if text in page.seen] == []


def test_what_each_priority_means(operator):
    assert {
        kind["code"]: (kind["name"], kind["description"])
        for kind in operator.api()["channels"][0]["request_types"]
    } == MEANINGS
    assert_told(operator.page(), *(text for words in MEANINGS.values() for text in words))


def test_levels_have_the_titles_and_contacts_of_the_document(operator):
    levels = operator.api()["escalation"]["levels"]
    assert [
        (
            level["title"],
            level["name"],
            level["person"],
            [contact["value"] for contact in level["contacts"]],
        )
        for level in levels
    ] == LEVELS
    assert [contact["label"] for contact in levels[2]["contacts"]] == [
        "Desk",
        "Mobile",
        "Ana Souza",
    ]
    page = operator.page()
    assert_told(page, *(text for level in LEVELS for text in level[:3]))
    assert "First escalation" not in page.text


def test_each_level_has_its_time_for_each_priority(operator):
    escalation = operator.api()["escalation"]
    assert [level["escalate_after"] for level in escalation["levels"]] == [
        *({code: hours[number] * 60 for code, hours in HOURS.items()} for number in range(4)),
        {},
    ]
    times = operator.page().by_class["times"]
    assert_in_order(
        times,
        *("Level 1", "at once", "at once", "at once"),
        *("Level 2", "2 hours", "4 hours", "8 hours"),
        *("Level 3", "3 hours", "6 hours", "12 hours"),
        *("Level 4", "4 hours", "8 hours", "16 hours"),
    )


def assert_in_order(text, *facts):
    position = 0
    for fact in facts:
        found = text.casefold().find(fact.casefold(), position)
        assert found >= 0, f"{fact} after {text[:position][-40:]}"
        position = found + len(fact)


@pytest.mark.parametrize("code", HOURS)
def test_of_a_chosen_priority_only_its_own_times_are_told(operator, code):
    page = operator.page(request_type=code)
    own = {f"{hours} hours" for hours in HOURS[code][1:]}
    others = {f"{hours} hours" for each in HOURS.values() for hours in each[1:]} - own
    told = words_of_times(page.by_class["after"])
    assert {each for each in own if each in told} == own
    assert {each for each in others if each in told} == set()


def words_of_times(text):
    """The times that a text tells: “4 hours” is none of “14 hours”."""
    parts = text.split()
    return {f"{number} {unit.strip('.,;')}" for number, unit in pairwise(parts)}


def test_no_time_is_told_in_minutes(operator):
    for query in ({}, {"request_type": "p1"}):
        assert "minutes" not in operator.page(**query).seen


def test_numbers_can_be_dialled_from_another_country(operator):
    contacts = [each for each in contacts_of(operator.api()) if each["kind"] == "phone"]
    assert {each["value"]: each["display"] for each in contacts} == NUMBERS
    assert {each["href"] for each in contacts} == {f"tel:{value}" for value in NUMBERS}
    page = operator.page()
    assert_told(page, *NUMBERS.values())


# ---- The bank branch -----------------------------------------------------------------------------

HEAD_OFFICE = "Carrera 19 # 34-93"
COUNTERS = {
    "ciudadania": (HEAD_OFFICE, "Lunes a viernes: 7:30 a.m. a 1:30 p.m."),
    "correspondencia": (HEAD_OFFICE, "Lunes a viernes: 7:30 a.m. a 4 p.m."),
    "tesoreria": (HEAD_OFFICE, "Lunes, martes, jueves y viernes: 7:30 a.m. a 1:30 p.m."),
    "metales": (
        HEAD_OFFICE,
        "Lunes a viernes: 7:30 a.m. a 1:30 p.m. Primer día hábil de cada mes: 7:30 a.m. a 11:30 "
        "a.m.",
    ),
    "cultura": ("Carrera 19 # 34-47, piso 3", "Horario no informado"),
    "efectivo": (
        "Carrera 17A # 60-26",
        "Lunes a viernes: 8 a.m. a 12 m. y 1:30 p.m. a 5 p.m. Sábado: 8 a.m. a 12:30 p.m.",
    ),
}
WORKS = "Los miércoles no hay servicio de tesorería, por obras en el edificio."


def place_of(channel):
    places = [each for each in channel["contacts"] if each["kind"] == "address"]
    return [each["value"].splitlines()[0] for each in places]


def test_each_counter_has_its_place_and_its_hours(branch):
    counters = {
        code: channel
        for code, channel in branch.channels().items()
        if channel["medium"] == "office"
    }
    assert {
        code: (*place_of(channel), channel["hours"]["text"]) for code, channel in counters.items()
    } == COUNTERS
    page = branch.page()
    assert_told(page, *(place for place, _hours in COUNTERS.values()))
    assert_told(page, *(hours for _place, hours in COUNTERS.values()))


def test_phones_and_what_is_said_of_the_counters(branch):
    channels = branch.channels()
    phones = ["+576076338008", "+576076303133"]
    assert [each["value"] for each in channels["telefono"]["contacts"]] == phones
    assert [each["value"] for each in channels["cultura"]["contacts"]][1:] == phones[1:]
    assert_told(
        branch.page(),
        *("607 633 8008", "607 630 3133"),
        "Peticiones, quejas, reclamos, sugerencias, felicitaciones y denuncias",
        "Jornada continua. El trámite es personal.",
        "Lo opera una transportadora de valores.",
    )


MONDAY = "2026-11-30T08:00:00-05:00"
# 1 December is the first working day of its month; 1 January is a holiday, the 4th a Monday.
FIRST_WORKING_DAYS = ["2026-12-01", "2027-01-04", "2027-02-01"]


@pytest.mark.parametrize(
    ("at", "counters"),
    [
        (MONDAY, ["ciudadania", "correspondencia", "tesoreria", "metales", "efectivo"]),
        ("2026-12-02T09:00:00-05:00", ["ciudadania", "correspondencia", "metales", "efectivo"]),
        *(
            (f"{day}T11:45:00-05:00", ["ciudadania", "correspondencia", "tesoreria", "efectivo"])
            for day in FIRST_WORKING_DAYS
        ),
        ("2026-12-01T12:00:00-05:00", ["ciudadania", "correspondencia", "tesoreria"]),
    ],
)
def test_each_opened_counter_says_where_it_is_now(branch, at, counters):
    now = branch.api("now/", at=at)
    opened = {channel["code"]: place_of(channel) for channel in now["open"]}
    assert opened == {code: [COUNTERS[code][0]] for code in counters}
    shown = branch.page(at).by_class["now"]
    for code in counters:
        assert COUNTERS[code][0] in shown


def test_every_card_of_now_has_its_place(branch):
    answers = branch.page(MONDAY).by_class["now"]
    places = [
        COUNTERS[code][0] for code in ("ciudadania", "correspondencia", "tesoreria", "metales")
    ]
    assert answers.count(HEAD_OFFICE) >= len(places)
    assert COUNTERS["efectivo"][0] in answers


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-30T08:00:00-05:00", "2026-11-30T13:30:00-05:00"),
        *((f"{day}T08:00:00-05:00", f"{day}T11:30:00-05:00") for day in FIRST_WORKING_DAYS),
        ("2027-01-05T08:00:00-05:00", "2027-01-05T13:30:00-05:00"),
    ],
)
def test_gold_is_sold_until_half_past_eleven_on_the_first_working_day(branch, at, until):
    channel = branch.channels(at=at)["metales"]
    assert (channel["state"], channel["until"]) == ("open", until)


def test_the_next_first_working_day_is_announced(branch):
    text = "El martes 1 de diciembre de 2026: 7:30 a.m. a 11:30 a.m."
    assert_told(branch.page(MONDAY), text)


def test_closed_wednesday_of_the_treasury_says_why(branch):
    wednesday = "2026-12-02T09:00:00-05:00"
    channel = branch.channels(at=wednesday)["tesoreria"]
    assert (channel["state"], channel["note"], channel["out_of_order"]) == ("closed", WORKS, False)
    assert channel["next_open"] == "2026-12-03T07:30:00-05:00"
    assert_told(branch.page(wednesday), WORKS)


def test_nobody_claims_hours_of_cultural_services(branch):
    channel = branch.channels()["cultura"]
    assert (channel["state"], channel["until"], channel["next_open"]) == ("unknown", None, None)


# ---- As they were ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", [OPERATOR, BRANCH], ids=lambda case: case.name)
def test_loading_it_again_changes_nothing(case, capsys):
    Published(case)
    with organization_of(case):
        call_command("loaddata", str(CASES / f"{case.name}.json"))
    told = capsys.readouterr().out
    published = {"en": "Published 0 editions.", "es": "Se publicaron 0 ediciones."}
    assert published[case.language] in told
