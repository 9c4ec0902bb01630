"""Why a search shows a service."""

from datetime import UTC, date, datetime

import msgspec
import pytest
import time_machine
from django.utils.translation import override

from directory.answers import instants
from directory.answers.resolve import resolve
from directory.answers.search import find
from directory.answers.search_hits import (
    SearchHit,
    edition_hits,
    excerpt,
    search_hits,
    state_of,
)
from directory.answers.structures import PlannedChange
from directory.editions.publish import publish
from directory.hours.schedule import Status
from directory.models import Edition, FormerSlug, Service
from tests.directory.pages import SUNDAY_NIGHT, help_desk
from tests.factories import (
    AbsenceFactory,
    ChannelContactFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    NoticeFactory,
    PhoneFactory,
    RequestTypeFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_result_shows_the_contact_that_will_replace_another(client):
    service = help_desk()
    edition = service.editions.get()
    directory = resolve(edition, instants.now())
    channel = directory.channels[0]
    changes = PlannedChange(
        on=date(2026, 12, 1), kind="phone", value="+573000000000", display="300 000 0000", href=""
    )
    contact = msgspec.structs.replace(channel.contacts[0], changes=changes)
    channel = msgspec.structs.replace(channel, contacts=(contact,))
    planned = msgspec.structs.replace(directory, channels=(channel,))
    state = state_of(channel)
    assert search_hits(planned, "300 000 0000") == [
        SearchHit(contact=contact, where="Telefónico", is_planned=True, **state)
    ]


def told(hits):
    return [
        (
            hit.contact.display if hit.contact else None,
            hit.where or hit.text_of,
            hit.text or (hit.extension and hit.extension.extension) or ", ".join(hit.request_types),
        )
        for hit in hits
    ]


@pytest.fixture
def service():
    """A channel with an extension and a type of its own, a level with a person, a former slug."""
    service = ServiceFactory(
        slug="firma", name="Clave Segura", introduction="Para firmar contratos en línea."
    )
    FormerSlug.objects.create(slug="certificados", service=service)
    queja = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    channel = ChannelFactory(
        service=service, title="Ventanilla", request_types=[queja], contacts=[]
    )
    ChannelContactFactory(
        channel=channel,
        contact_point=PhoneFactory(phone="+576013790300", label=""),
        extensions="1104, 1107",
    )
    person = EscalationContactFactory(
        name="Supervisión", person="Ana Ruiz", contacts=[PhoneFactory(phone="+573001112233")]
    )
    EscalationPolicyFactory(service=service, levels=[person])
    publish(Service.objects.all())
    return service


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1107", [("601 379 0300", "Ventanilla", "1107")]),
        ("379 0300 ext 1104", [("601 379 0300", "Ventanilla", "1104")]),
        ("3790300", [("601 379 0300", "Ventanilla", "")]),
        ("ventanilla", [("601 379 0300", "Ventanilla", "")]),
        ("clave ventanilla", [("601 379 0300", "Ventanilla", "")]),
        ("quejas", [("601 379 0300", "Ventanilla", "Quejas")]),
        ("ana ruiz", [("300 111 2233", "Supervisión · Ana Ruiz", "")]),
        ("supervisión", [("300 111 2233", "Supervisión · Ana Ruiz", "")]),
        ("contratos", [(None, "introduction", "Para firmar contratos en línea.")]),
        ("certificados", [(None, "former_address", "certificados")]),
        (
            "firma",
            [
                (None, "address", "firma"),
                (None, "introduction", "Para firmar contratos en línea."),
            ],
        ),
        (
            "contratos quejas",
            [
                (None, "introduction", "Para firmar contratos en línea."),
                ("601 379 0300", "Ventanilla", "Quejas"),
            ],
        ),
        ("clave segura", []),
        ("clave", []),
        ("", []),
    ],
)
def test_a_result_says_why_it_was_found(service, text, why):
    edition = find(Edition.objects.public().current(), text).get()
    assert told(search_hits(resolve(edition, instants.now()), text)) == why


def test_a_hit_has_the_state_of_its_channel_or_level(service):
    directory = resolve(service.editions.get(), instants.now())
    states = [search_hits(directory, text)[0].state for text in ("1107", "ana", "contratos")]
    assert states == [Status.OPEN, directory.escalation.levels[0].state, None]


@pytest.mark.parametrize("text", ["quejas", "complaints"])
def test_what_ships_with_the_product_is_found_in_each_language(service, text):
    with override("en"):
        edition = find(Edition.objects.public().current(), text).get()
        hits = edition_hits(edition, resolve(edition, instants.now()), text)
    assert [hit.contact.value for hit in hits] == ["+576013790300"]


def test_a_long_text_is_cut_between_words_around_what_was_typed():
    text = "uno " * 50 + "aquí está " + "dos " * 80
    shown = excerpt(text, ["aqui"])
    assert ("aquí está" in shown, shown[:4], shown[-4:], len(shown) < 200) == (
        True,
        "…uno",
        "dos…",
        True,
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("orlando", ["Orlando"]),
        ("744 0002", ["601 744 0002"]),
        ("mantenimiento", ["Mantenimiento de la planta."]),
        ("clave segura a domicilio", ["A domicilio"]),
        ("turno orlando", ["Turno", "Orlando"]),
    ],
)
def test_what_is_told_on_other_days_is_a_reason_too(service, text, told):
    away = service.escalation_policy.levels.get().contact
    stand_in = EscalationContactFactory(
        name="Turno", person="Orlando", contacts=[PhoneFactory(phone="+576017440002")]
    )
    first, last = date(2030, 12, 1), date(2030, 12, 15)
    AbsenceFactory(contact=away, stand_in=stand_in, first_day=first, last_day=last)
    since = datetime(2030, 12, 1, tzinfo=UTC)
    NoticeFactory(service=service, text="Mantenimiento de la planta.", since=since, until=None)
    ChannelFactory(service=service, title="A domicilio", valid_from=first)
    publish(Service.objects.all())
    edition = find(Edition.objects.public().current(), text).get()
    hits = edition_hits(edition, resolve(edition, instants.now()), text)
    assert [(hit.text_of, hit.text) for hit in hits] == [("other_days", each) for each in told]
