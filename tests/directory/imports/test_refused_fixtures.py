"""Fixtures that are refused: whole, with the object and the field."""

import gzip
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.editions.publish import publish
from directory.models import Service
from escalations.models import EscalationLevel
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    TABLES,
    changed,
    channel,
    channel_contact,
    level,
    phone,
    rows,
    schedule,
    service,
    span,
    web,
)
from tests.factories import ChannelFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def refusal(load, capsys):
    """The message with which a file is refused: whole, and nothing is claimed that is undone."""

    def refusal(content, name="prueba.json"):
        ChannelFactory()
        publish(Service.objects.all())
        before = rows()
        with pytest.raises(CommandError) as refused:
            load(content, name)
        assert (rows(), capsys.readouterr().out) == (before, "")
        return str(refused.value)

    return refusal


def assert_names(message, *parts):
    assert [part for part in parts if part not in message] == [], message


# ---- Objects -------------------------------------------------------------------------------

# What is no value of a field, by model and field. The rules are tested with the models; here is
# one of each kind, and one for each model.
WRONG_VALUES = {
    "requesttype": {"code": ["to\x00das"]},
    "schedule": {"timezone": ["Bogota"], "always_open": ["quizá"], "subdivision": ["DC", 7]},
    "timespan": {"opens": ["25:00", 7.5], "closes": [None, "07:00"], "day": ["lunes", [1, 2]]},
    "contactpoint": {
        "kind": ["pager"],
        "phone": [
            *("+57 999 999 9999", "por confirmar", "6" * 5000, "601\x007442727"),
            *(None, ["601"], {"n": "601"}),
        ],
        "url": [None],
        "reminded_on": [None],
        "telefono": ["601"],
    },
    "service": {
        "id": [1],
        "slug": [None],
        "name": ["", "x" * 121, "Uno\x00Dos", None, ["Uno"], {"es": "Uno"}, 1],
    },
    "channel": {
        "schedule": [["ninguno"], "oficina", ["oficina", "otra"], {"code": "oficina"}],
        "request_types": [[], [["todas"], ["ninguno"]], [["todas\ud800"]], "todas", None, 7],
        "valid_from": ["diciembre"],
        "position": ["primero", 10**30, -1],
    },
    "escalationlevel": {"level": [2]},
}
NAMES = {
    "schedule": "oficina",
    "timespan": "oficina",
    "contactpoint": "linea",
    "service": "uno",
    "channel": "telefonico",
    "escalationlevel": "uno · 2",
}
# What an object cannot be named by: what is wrong in it.
UNREADABLE_NAMES = [("service", "slug"), ("timespan", "opens"), ("timespan", "day")]


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (model, field, value)
        for model, fields in WRONG_VALUES.items()
        for field, values in fields.items()
        for value in values
    ],
    ids=lambda each: ascii(each)[:30],
)
def test_wrong_value_is_refused_with_the_object_and_the_field(refusal, model, field, value):
    message = refusal(changed(model, **{field: value}))
    name = "" if (model, field) in UNREADABLE_NAMES else NAMES.get(model, "")
    assert_names(message.partition(f".{model}")[2], name, field)


EXCEPTION = {
    "model": "directory.scheduleexception",
    "fields": {
        "code": "medio-dia",
        "first_day": "2026-12-24",
        "last_day": "2026-12-24",
        "reason": "Medio día",
        "effect": "other_hours",
    },
}
RUN = {
    "model": "directory.checkrun",
    "fields": {"checked_at": "2026-12-01T00:00:00Z", "last_change": 0, "last_edition": 0},
}
EDITION = {
    "model": "directory.edition",
    "fields": {"service": ["uno"], "number": 1, "document": "{}", "digest": "0" * 64},
}
EXTENSION = channel_contact(contact_point=["portal"], extensions="1107")
ADDRESS = {"kind": "email", "phone": "", "email": "a@"}
OUT_OF_ORDER = {"valid_from": "2026-12-02", "valid_until": "2026-12-01"}
WRONG_OBJECTS = [
    (changed("service", slug="uno dos"), "uno dos", "slug"),
    (changed("timespan", day=9), "oficina", "day"),
    (changed("contactpoint", code="x" * 51), "xxx", "code"),
    (changed("contactpoint", kind="email"), "linea", "email"),
    (changed("contactpoint", **ADDRESS), "linea", "email"),
    (changed("contactpoint", replaced_on="2026-12-01"), "linea", "replaced_by"),
    (changed("schedule", always_open=True), "oficina", "24"),
    (changed("channel", **OUT_OF_ORDER), "telefonico", "valid_until"),
    ([*DIRECTORY, phone(code="otra", phone="601 744 2727")], "otra", "número"),
    ([*DIRECTORY, span(day=7, opens="22:00", closes="07:01")], "oficina", "opens"),
    ([*DIRECTORY, level(level=3)], "uno · 3", "level"),
    ([*DIRECTORY, web(code="malo", url="javascript:alert(1)")], "malo", "url"),
    ([*DIRECTORY, web(code="malo", url="https://x.co/" + "x" * 500)], "malo", "url"),
    ([*DIRECTORY, EXTENSION], "portal", "extensions"),
    ([*DIRECTORY, EXCEPTION], "medio-dia", "effect"),
    ([*DIRECTORY, RUN], "checkrun", "carga el directorio y los grupos"),
    ([*DIRECTORY, EDITION], "prueba.json:1", "no se cargan"),
]


@pytest.mark.parametrize(("content", "named", "field"), WRONG_OBJECTS)
def test_wrong_object_is_refused_with_its_name(refusal, content, named, field):
    assert_names(refusal(content), named, field)


REQUIRED = {
    "requesttype": "code",
    "schedule": "name",
    "timespan": "schedule day opens closes",
    "contactpoint": "code kind label phone",
    "service": "slug name",
    "channel": "service code medium title request_types",
    "channelcontact": "channel contact_point",
    "escalationcontact": "name",
    "escalationpolicy": "service",
    "escalationlevel": "policy level contact",
}


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model, fields in REQUIRED.items() for field in fields.split()],
)
def test_missing_field_is_refused_and_named(refusal, model, field):
    assert_names(refusal(changed(model, without=field)), model, field)


@pytest.mark.parametrize(
    "fields", [{"name": "a\ud800"}, {"introduction": "\udc00"}, {"slug": "uno\ud83d"}]
)
def test_half_a_character_is_refused_with_the_object_and_the_field(refusal, fields):
    message = refusal([service(**fields)])
    ((name, value),) = fields.items()
    assert_names(message, "directory.service", name, f"\\u{ord(value[-1]):04x}")
    assert message.encode()


@pytest.mark.parametrize("model", sorted({each["model"] for each in DIRECTORY}))
def test_primary_keys_are_refused(refusal, model):
    objects = [each | ({"pk": 1} if each["model"] == model else {}) for each in DIRECTORY]
    assert_names(refusal(objects), model, "pk")


@pytest.mark.parametrize(
    "again",
    [
        phone(label="Otra etiqueta"),
        service(name="Otro nombre"),
        span(closes="18:00"),
        level(escalate_after_minutes=30),
        channel(title="Otro título"),
    ],
    ids=lambda again: again["model"],
)
def test_two_objects_with_the_same_natural_key_are_refused(refusal, again):
    """One of the two would be lost without a word."""
    assert_names(refusal([*DIRECTORY, again]), again["model"], "dos veces")


# ---- Files ---------------------------------------------------------------------------------

REQUEST_TYPE = '[{"model": "directory.requesttype", "fields": {"code": "a", "position": %s}}]'
MALFORMED = [
    *("esto no es JSON", "", "[{},]", '"directory.service"', "7", "null"),
    *("[1, 2]", "[[]]", "[null]", "[" * 100_000 + "]" * 100_000),
    json.dumps({"model": "directory.service", "fields": {}}),
    '[{"fields": {}}]',
    '[{"model": "directory.service"}]',
    '[{"model": "directory.service", "fields": []}]',
    '[{"model": ["directory.service"], "fields": {}}]',
    '[{"model": 7, "fields": {}}]',
    '[{"model": null, "fields": {}}]',
    '[{"model": "", "fields": {}}]',
    '[{"model": "directory.telefono", "fields": {}}]',
    '[{"model": "directorio.service", "fields": {}}]',
    '[{"model": "directory.service", "fields": {}}]',
    REQUEST_TYPE % "NaN",
    REQUEST_TYPE % ("9" * 5000),
]


@pytest.mark.parametrize("text", MALFORMED, ids=lambda text: text[:60])
def test_malformed_fixture_is_refused_whole(refusal, text):
    assert refusal(text).startswith("No se cargó nada. ")


def test_truncated_fixture_is_refused_with_the_line(refusal):
    text = json.dumps(DIRECTORY, indent=1)[:-20]
    assert str(len(text.splitlines())) in refusal(text).partition("prueba.json")[2]


def test_malformed_fixture_after_a_good_one_undoes_both(tmp_path):
    good, bad = tmp_path / "bueno.json", tmp_path / "malo.json"
    good.write_text(json.dumps(DIRECTORY), encoding="utf-8")
    bad.write_text("[", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("loaddata", str(good), str(bad), verbosity=0)
    assert not any(model.objects.exists() for model in TABLES)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.json", '[{"model": "ñ"}]'.encode("latin-1"), "UTF-8"),
        ("cortado.json.gz", gzip.compress(json.dumps(DIRECTORY).encode())[:-10], ""),
        ("usuarios.json", '[{"model": "auth.user", "fields": {"username": null}}]', ""),
    ],
)
def test_file_that_cannot_be_loaded_is_named(refusal, tmp_path, name, content, said):
    message = refusal(content, name)
    assert message.startswith(f"No se cargó nada. {tmp_path / name}:")
    assert said in message


def test_unknown_fixture_is_refused():
    with pytest.raises(CommandError, match="no_existe"):
        call_command("loaddata", "no_existe", verbosity=0)


# ---- Beside what is there ------------------------------------------------------------------


def test_level_may_not_end_before_the_one_after_unless_another_takes_its_place(load, refusal):
    load([*DIRECTORY, level(level=2), level(level=3)])
    ending = level(level=2, valid_until="2026-11-30")
    levels = [level(), ending, level(level=3)]
    assert_names(refusal(levels), "uno · 3", "valid_from", "1 de diciembre de 2026")
    load([*levels, level(level=2, valid_from="2026-12-01")])
    assert EscalationLevel.objects.filter(level=2).count() == 2


HOLIDAYS = [schedule(holidays="own_hours"), span(day=8)]
MENU = [channel_contact(menu_options="Opción 2")]
AS_ADDRESS = phone(kind="email", phone="", email="soporte@example.com")


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        (DIRECTORY, schedule(always_open=True), "directory.schedule “oficina”, always_open: "),
        (HOLIDAYS, schedule(holidays="closed"), "directory.schedule “oficina”, holidays: "),
        (MENU, AS_ADDRESS, "directory.contactpoint “linea”, kind: "),
    ],
    ids=["24-hours", "holidays", "kind"],
)
def test_what_stored_rows_do_not_go_with_is_refused(load, refusal, before, after, named):
    load(DIRECTORY)
    load(before)
    assert named in refusal([after])


def test_exception_with_hours_is_not_closed_by_a_fixture(load, refusal):
    key = {"exception": ["medio-dia"], "opens": "08:00", "closes": "12:00"}
    load([EXCEPTION, {"model": "directory.exceptionspan", "fields": key}])
    closed = {**EXCEPTION, "fields": {**EXCEPTION["fields"], "effect": "closed"}}
    assert "directory.scheduleexception “medio-dia”, effect: " in refusal([closed])


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        ("schedule", ["oficina"], ['"schedules": [["oficina"]]']),
        ("schedule", None, ['"schedules": []', '"also_always_open": true']),
        ("is_closed", True, ['"effect": "closed"']),
        ("is_closed", False, ['"effect": "other_hours"', '"also_on_days_off": true']),
    ],
)
def test_field_of_an_earlier_release_is_refused_with_what_to_write(refusal, field, value, written):
    old = {**EXCEPTION, "fields": {**EXCEPTION["fields"], field: value}}
    assert_names(refusal([*DIRECTORY, old]), f"“medio-dia”, {field}: ", *written)
