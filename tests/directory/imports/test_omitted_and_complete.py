"""What a fixture leaves out stays; of what it gives for an owner, what is not there goes."""

import pytest
from django.core.management import CommandError

from directory.editions import document
from directory.editions.verifying import breaks
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    Edition,
    Schedule,
    Service,
    TimeSpan,
)
from escalations.models import EscalationContact, EscalationContactUse, EscalationLevel
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    changed,
    channel,
    channel_contact,
    contact_point,
    level,
    phone,
    rows,
    schedule,
    service,
    span,
    web,
)

pytestmark = pytest.mark.django_db


def minimal(model, **fields):
    return {"model": model, "fields": fields}


# ---- What is left out ----------------------------------------------------------------------

OMITTING = [
    (Service, minimal("directory.service", slug="uno", name="Otro"), {"name": "Otro"}),
    (
        Channel,
        minimal("directory.channel", service=["uno"], code="telefonico", title="Línea"),
        {"title": "Línea"},
    ),
    (Schedule, minimal("directory.schedule", code="oficina", name="Of. 2"), {"name": "Of. 2"}),
    (
        ContactPoint,
        minimal("directory.contactpoint", code="linea", label="PBX"),
        {"label": "PBX"},
    ),
    (
        EscalationContact,
        minimal("escalations.escalationcontact", code="soporte", person="Eva"),
        {"person": "Eva"},
    ),
    (
        EscalationLevel,
        minimal(
            "escalations.escalationlevel",
            policy=["uno"],
            level=1,
            contact=["soporte"],
            escalate_after_minutes=30,
        ),
        {"escalate_after_minutes": 30},
    ),
    (
        TimeSpan,
        minimal(
            "directory.timespan",
            schedule=["oficina"],
            day=1,
            opens="07:00",
            valid_until="2199-01-01",
        ),
        None,
    ),
]
RICH = changed("channel", description="Para todo.", position=4)
RICH = [
    each
    if each["model"] != "directory.schedule"
    else schedule(holidays="closed", timezone="Europe/Madrid", country="ES")
    for each in RICH
]


@pytest.mark.parametrize(("model", "given", "expected"), OMITTING)
def test_what_a_fixture_leaves_out_keeps_its_value(load, model, given, expected):
    load(RICH)
    key = {"code": "linea"} if model is ContactPoint else {}
    before = model.objects.values().get(**key)
    types = Channel.request_types.through.objects.values_list("requesttype")
    kinds = list(types)
    load([given])
    expected = expected or {"valid_until": TimeSpan.objects.get().valid_until}
    assert model.objects.values().get(**key) == before | expected
    assert list(types) == kinds


def test_new_rows_have_the_defaults_and_are_asked_for_what_has_none(load):
    with pytest.raises(CommandError) as refused:
        load([minimal("directory.service", slug="uno"), minimal("directory.schedule", code="a")])
    assert str(refused.value).count("Es nuevo: dé este dato, que no tiene valor por omisión.") == 2
    load([minimal("directory.service", slug="uno", name="Uno")])
    assert not Service.objects.get().is_published


def test_a_service_that_goes_offline_is_said(load):
    load(DIRECTORY)
    said = load([minimal("directory.service", slug="uno", is_published=False)])
    assert "«uno» sale de línea: ya no está publicado." in said


def test_a_channel_that_ends_is_said(load):
    load(DIRECTORY)
    said = load([channel(valid_until="2199-01-31")])
    assert "El canal «telefonico» de «uno» termina el 31 de enero de 2199." in said


# ---- What is complete ------------------------------------------------------------------------


def use(contact_point, **fields):
    fields |= {"contact": ["soporte"], "contact_point": [contact_point]}
    return minimal("escalations.escalationcontactuse", **fields)


def spans():
    return [(each.day, f"{each.opens:%H}-{each.closes:%H}") for each in TimeSpan.objects.all()]


@pytest.mark.parametrize(
    "given",
    [
        [(1, "14:00", "18:00", "14-18")],
        # Overlaps the one that goes.
        [(1, "08:00", "18:00", "08-18")],
        [(1, "07:00", "12:00", "07-12"), (1, "12:00", "19:00", "12-19")],
        # Overnight, into what was another's day.
        [(7, "22:00", "08:00", "22-08")],
    ],
)
def test_spans_that_a_fixture_gives_are_all_that_there_are(load, given):
    load(DIRECTORY)
    load([span(day=day, opens=opens, closes=closes) for day, opens, closes, _told in given])
    assert spans() == [(day, told) for day, _opens, _closes, told in given]
    published = document.decode(Edition.objects.latest("number").document)
    shown = published.schedules["oficina"].spans
    assert [(each.day, f"{each.opens:%H}-{each.closes:%H}") for each in shown] == spans()
    assert list(breaks()) == []


def test_contacts_that_a_fixture_gives_are_all_that_there_are(load):
    load([*DIRECTORY, use("linea", extensions="1107"), use("portal")])
    load([channel_contact(contact_point=["portal"]), use("linea")])
    given = ChannelContact.objects.values_list("contact_point__code", flat=True)
    assert list(given) == ["portal"]
    # What is left of it keeps what the fixture leaves out.
    assert list(EscalationContactUse.objects.values_list("extensions")) == [("1107",)]


def test_another_contact_in_the_place_of_one_keeps_what_the_fixture_omits(load):
    said = {"title": "Tier 2", "request_types": [["todas"]], "escalate_after_minutes": 30}
    load([*DIRECTORY, level(level=2, **said)])
    load([minimal("escalations.escalationcontact", code="jefe", name="Jefe")])
    before = EscalationLevel.objects.get(level=2)
    load([level(), level(level=2, contact=["jefe"])])
    after = EscalationLevel.objects.get(level=2)
    assert (after.contact.code, after.title, after.escalate_after_minutes) == ("jefe", "Tier 2", 30)
    assert [kind.code for kind in after.request_types.all()] == ["todas"]
    # Of two it is not known in whose place one comes.
    load([level(), level(level=2, contact=["jefe"]), level(level=2)])
    assert EscalationLevel.objects.get(level=2, contact__code="jefe") == before
    load([minimal("escalations.escalationcontact", code="otro", name="Otro")])
    load([level(), level(level=2, contact=["otro"])])
    assert EscalationLevel.objects.get(level=2).title == ""


@pytest.mark.parametrize("given", [[], [["queja"]]], ids=["none", "another"])
def test_request_types_of_a_level_that_a_fixture_gives_are_all_that_it_has(load, given):
    load([*DIRECTORY, minimal("directory.requesttype", code="queja", name="Quejas")])
    load([level(request_types=[["todas"]])])
    load([level()])
    kept = EscalationLevel.objects.get()
    assert [kind.code for kind in kept.request_types.all()] == ["todas"]
    load([level(request_types=given)])
    assert [[kind.code] for kind in kept.request_types.all()] == given


def test_title_of_a_level_is_changed_with_all_of_its_contacts(load):
    load([*DIRECTORY, minimal("escalations.escalationcontact", code="jefe", name="Jefe")])
    for title in ("Tier 1", "Nivel A"):
        load([level(title=title), level(title=title, contact=["jefe"])])
        assert {row.title for row in EscalationLevel.objects.all()} == {title}


def test_levels_that_a_fixture_gives_are_all_that_there_are(load):
    load([*DIRECTORY, level(level=2), level(level=3)])
    load([level(), level(level=2, escalate_after_minutes=5)])
    levels = EscalationLevel.objects.values_list("level", "escalate_after_minutes")
    assert list(levels) == [(1, None), (2, 5)]


def test_an_owner_for_which_nothing_is_given_keeps_what_it_has(load):
    load(DIRECTORY)
    before = rows()
    load(
        [each for each in DIRECTORY if each["model"] in ("directory.schedule", "directory.channel")]
    )
    assert rows() == before


@pytest.mark.parametrize(
    ("owner", "name", "parts"),
    [
        (schedule(), "spans", TimeSpan),
        (channel(), "contact_uses", ChannelContact),
        (minimal("escalations.escalationpolicy", service=["uno"]), "levels", EscalationLevel),
    ],
)
def test_an_empty_list_empties(load, owner, name, parts):
    load(DIRECTORY)
    said = load([minimal(owner["model"], **owner["fields"], **{name: []})])
    assert not parts.objects.exists()
    assert "1 se quita" in said
    given = {"spans": span(), "contact_uses": channel_contact(), "levels": level()}[name]
    with pytest.raises(CommandError, match="Dice \\[\\], y otros objetos lo nombran"):
        load([minimal(owner["model"], **owner["fields"], **{name: []}), given])


# ---- What changes places ---------------------------------------------------------------------


def test_numbers_change_places(load):
    load([phone(code="a"), phone(code="b", phone="601 744 2728"), web()])
    load([phone(code="a", phone="601 744 2728"), phone(code="b")])
    found = dict(ContactPoint.objects.exclude(phone="").values_list("code", "phone"))
    assert found == {"a": "+576017442728", "b": "+576017442727"}


def test_numbers_move_on_in_a_row_and_a_new_one_takes_what_is_left(load):
    numbers = [f"601 744 27{n}" for n in range(30, 34)]
    load([phone(code=f"p{n}", phone=numbers[n]) for n in range(3)])
    moved = [phone(code=f"p{n}", phone=numbers[n + 1]) for n in range(3)]
    new = phone(code="nuevo", phone=numbers[0])
    load(
        [
            new,
            service(),
            *DIRECTORY[1:3],
            DIRECTORY[0],
            channel(),
            *moved,
            channel_contact(contact_point=["nuevo"]),
        ]
    )
    found = dict(ContactPoint.objects.values_list("code", "phone"))
    given = [numbers[0], *numbers[1:]]
    assert [found[code][-2:] for code in ("nuevo", "p0", "p1", "p2")] == [n[-2:] for n in given]
    assert Edition.objects.get().number == 1


def test_replacements_may_stand_in_any_order_and_change_their_days(load):
    def plan(first, second):
        numbers = {"a": "601 744 2731", "b": "601 744 2732", "c": "601 744 2733"}
        following = {"a": ("b", first), "b": ("c", second)}
        return [
            contact_point(
                code=code,
                phone=number,
                **{"replaced_by": [following[code][0]], "replaced_on": following[code][1]}
                if code in following
                else {},
            )
            for code, number in numbers.items()
        ]

    for first, second in [
        ("2030-01-01", "2030-02-01"),
        ("2030-05-01", "2030-06-01"),
        ("2029-01-01", "2029-02-01"),
    ]:
        load(plan(first, second))
        days = ContactPoint.objects.order_by("code").values_list("replaced_on", flat=True)
        assert [str(day) for day in days] == [first, second, "None"]
    with pytest.raises(CommandError, match="“a”, replaced_by: "):
        load(plan("2030-05-01", "2030-01-01"))
