"""Fixtures: loaded, validated and published, or refused whole with the object and the field."""

import gzip
import io
import json
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import partial

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.editions import document
from directory.editions.chain import first_broken
from directory.editions.publish import publish
from directory.management.commands.quickstart import FIXTURES
from directory.models import ContactPoint, Edition, RequestType, Schedule, Service, TimeSpan
from escalations.models import EscalationLevel
from tests.factories import ChannelFactory, UserFactory, complete_service

pytestmark = pytest.mark.django_db

# The tables that fixtures and publishing write.
TABLES = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ("directory", "escalations")
    and (model is Edition or hasattr(model, "natural_key"))
]


def rows():
    """Every row of every table, with its primary key."""
    kept = {model: sorted(model.objects.values_list(), key=repr) for model in TABLES}
    through = Service.channels.rel.related_model.request_types.through
    return {**kept, through: sorted(through.objects.values_list(), key=repr)}


@pytest.fixture
def load(tmp_path):
    """Load objects, or a text, as a fixture file; returns what the command said."""

    def load(content, name="prueba.json", **options):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        out = io.StringIO()
        call_command("loaddata", str(path), stdout=out, **options)
        return out.getvalue()

    return load


# ---- A small made directory, as a fixture --------------------------------------------------


FIELDS = {
    "directory.requesttype": {"code": "todas", "name": "Todas", "covers_all": True},
    "directory.schedule": {"code": "oficina", "name": "Of."},
    "directory.timespan": {"schedule": ["oficina"], "day": 1, "opens": "07:00", "closes": "19:00"},
    "directory.contactpoint": {"code": "linea", "kind": "phone", "label": "Línea"},
    "directory.service": {"slug": "uno", "name": "Uno", "is_published": True},
    "directory.channel": {
        "service": ["uno"],
        "code": "telefonico",
        "medium": "telephone",
        "title": "Telefónico",
        "request_types": [["todas"]],
        "schedule": ["oficina"],
    },
    "directory.channelcontact": {"channel": ["uno", "telefonico"], "contact_point": ["linea"]},
    "escalations.escalationcontact": {
        "code": "soporte",
        "name": "Soporte",
        "schedule": ["oficina"],
    },
    "escalations.escalationpolicy": {"service": ["uno"]},
    "escalations.escalationlevel": {"policy": ["uno"], "level": 1, "contact": ["soporte"]},
}


def row(model, **fields):
    return {"model": model, "fields": {**FIELDS[model], **fields}}


request_type, schedule, span, contact_point, service, *others = (
    partial(row, model) for model in FIELDS
)
channel, channel_contact, contact, policy, level = others
phone = partial(contact_point, phone="(571) 7442727")
web = partial(contact_point, code="portal", kind="web", url="https://example.com/")
DIRECTORY = [
    *(request_type(), schedule(), span(), phone(), web(), service()),
    *(channel(), channel_contact(), contact(), policy(), level()),
]


def changed(model, **fields):
    """The small directory, with other fields in its object of `model`."""
    objects = deepcopy(DIRECTORY)
    (first, *_) = [each for each in objects if each["model"].partition(".")[2] == model]
    first["fields"] |= fields
    return objects


def without(model, field):
    objects = changed(model)
    for each in objects:
        if each["model"].partition(".")[2] == model:
            del each["fields"][field]
            break
    return objects


def test_small_directory_loads_and_is_published(load):
    assert load(DIRECTORY).splitlines()[-1] == "Se publicó 1 edición."
    edition = Edition.objects.get()
    published = document.decode(edition.document)
    assert (published.slug, edition.number, edition.published_by) == ("uno", 1, None)
    assert published.channels[0].contacts[0].value == "+576017442727"
    assert [each.name for each in published.escalation.levels] == ["Soporte"]


def test_draft_is_loaded_and_not_published(load):
    load(changed("service", is_published=False))
    assert (Service.objects.count(), Edition.objects.count()) == (1, 0)


def test_quiet_loading_says_nothing(load):
    assert load(DIRECTORY, verbosity=0) == ""


# ---- The five ------------------------------------------------------------------------------


def load_the_five():
    out = io.StringIO()
    call_command("loaddata", *FIXTURES, stdout=out)
    return out.getvalue()


def test_the_five_load_and_loading_again_changes_and_publishes_nothing():
    assert "Se publicaron 5 ediciones." in load_the_five()
    before = rows()
    assert ContactPoint.objects.get(phone="+576017442727").services().count() == 5
    assert sorted(Service.objects.values_list("slug", flat=True)) == [
        "camara-comercio-bogota",
        "certifactura",
        "clave-segura",
        "mesa-de-ayuda",
        "subasta-electronica",
    ]
    assert set(Edition.objects.values_list("number", flat=True)) == {1}
    assert "Se publicaron 0 ediciones." in load_the_five()
    assert rows() == before
    assert list(first_broken(Edition.objects.all())) == []


def test_the_five_do_not_need_one_another():
    _roles, shared, *services = FIXTURES
    call_command("loaddata", shared, verbosity=0)
    for fixture in reversed(services):
        call_command("loaddata", fixture, verbosity=0)
    assert Edition.objects.count() == 5


def test_fixtures_carry_no_primary_keys_and_no_editions():
    for fixture in FIXTURES:
        path = settings.BASE_DIR / "fixtures" / f"{fixture}.json"
        objects = json.loads(path.read_text(encoding="utf-8"))
        assert [each for each in objects if "pk" in each] == []
        assert [each for each in objects if each["model"] == "directory.edition"] == []


# ---- Refused whole -------------------------------------------------------------------------

# Each: the fixture, and what the message must name. The rules are tested with the models; here is
# one of each kind, and one for each model.
EXCEPTION = {
    "model": "directory.scheduleexception",
    "fields": {
        "code": "medio-dia",
        "first_day": "2026-12-24",
        "last_day": "2026-12-24",
        "reason": "Medio día",
        "is_closed": False,
    },
}
RUN = {
    "model": "directory.checkrun",
    "fields": {"checked_at": "2026-12-01T00:00:00Z", "last_change": 0, "last_edition": 0},
}
WRONG_DATA = {
    "wrong-number": (changed("contactpoint", phone="+57 999 999 9999"), "linea", "phone"),
    "letters-for-a-number": (changed("contactpoint", phone="por confirmar"), "linea", "phone"),
    "kind-and-value-disagree": (changed("contactpoint", kind="email"), "linea", "email"),
    "unknown-kind": (changed("contactpoint", kind="fax"), "linea", "kind"),
    "number-twice": ([*DIRECTORY, phone(code="otra", phone="601 744 2727")], "otra", "número"),
    "overlap": ([*DIRECTORY, span(day=7, opens="22:00", closes="07:01")], "oficina", "opens"),
    "span-without-end": (changed("timespan", closes=None), "oficina", "closes"),
    "empty-span": (changed("timespan", closes="07:00"), "oficina", "closes"),
    "gap-in-levels": ([*DIRECTORY, level(level=3)], "uno · 3", "level"),
    "first-level-two": (changed("escalationlevel", level=2), "uno · 2", "level"),
    "javascript": ([*DIRECTORY, web(code="malo", url="javascript:alert(1)")], "malo", "url"),
    "wrong-e-mail": (changed("contactpoint", kind="email", phone="", email="a@"), "linea", "email"),
    "extension-of-an-address": (
        [*DIRECTORY, channel_contact(contact_point=["portal"], extensions="1107")],
        "portal",
        "extensions",
    ),
    "unknown-time-zone": (changed("schedule", timezone="Bogota"), "oficina", "timezone"),
    "span-of-24-hours": (changed("schedule", always_open=True), "oficina", "24"),
    "slug-with-spaces": (changed("service", slug="uno dos"), "uno dos", "slug"),
    "exception-without-hours": ([*DIRECTORY, EXCEPTION], "medio-dia", "is_closed"),
    "validity-out-of-order": (
        changed("channel", valid_from="2026-12-02", valid_until="2026-12-01"),
        "telefonico",
        "valid_until",
    ),
    "half-a-replacement": (
        changed("contactpoint", replaced_on="2026-12-01"),
        "linea",
        "replaced_by",
    ),
    "what-belongs-to-one-database": ([*DIRECTORY, RUN], "checkrun", "una sola base de datos"),
    "empty-name": (changed("service", name=""), "uno", "name"),
    "very-long-name": (changed("service", name="x" * 121), "uno", "name"),
    "very-long-code": (changed("contactpoint", code="x" * 51), "xxx", "code"),
    "very-long-number": (changed("contactpoint", phone="6" * 5000), "linea", "phone"),
    "very-long-address": ([web(code="malo", url="https://x.co/" + "x" * 500)], "malo", "url"),
    "nul-in-a-name": (changed("service", name="Uno\x00Dos"), "uno", "name"),
    "nul-in-a-code": (changed("requesttype", code="to\x00das"), "requesttype", "code"),
    "nul-in-a-number": (changed("contactpoint", phone="601\x007442727"), "linea", "phone"),
}
UNREADABLE = {
    "unknown-reference": (changed("channel", schedule=["ninguno"]), "telefonico", "schedule"),
    "unknown-reference-in-a-list": (
        changed("channel", request_types=[["todas"], ["ninguno"]]),
        "telefonico",
        "request_types",
    ),
    "reference-by-text": (changed("channel", schedule="oficina"), "telefonico", "schedule"),
    "reference-of-two-parts": (
        changed("channel", schedule=["oficina", "otra"]),
        "telefonico",
        "schedule",
    ),
    "reference-to-null": (changed("channel", schedule=None), "telefonico", "schedule"),
    "reference-to-an-object": (
        changed("channel", schedule={"code": "oficina"}),
        "telefonico",
        "schedule",
    ),
    "unknown-field": (changed("contactpoint", telefono="601"), "linea", "telefono"),
    "time-25": (changed("timespan", opens="25:00"), "timespan", "opens"),
    "time-as-number": (changed("timespan", opens=7), "timespan", "opens"),
    "day-9": (changed("timespan", day=9), "oficina", "day"),
    "day-in-words": (changed("timespan", day="lunes"), "timespan", "day"),
    "day-as-list": (changed("timespan", day=[1, 2]), "timespan", "day"),
    "date-in-words": (changed("channel", valid_from="diciembre"), "telefonico", "valid_from"),
    "null-for-a-name": (changed("service", name=None), "uno", "name"),
    "null-for-a-slug": (changed("service", slug=None), "service", "slug"),
    "null-for-a-number": (changed("contactpoint", phone=None), "linea", "phone"),
    "null-for-an-empty-text": (changed("contactpoint", url=None), "linea", "url: "),
    "null-for-what-was-reminded": (changed("contactpoint", reminded_on=None), "linea", "reminded_"),
    "list-for-a-name": (changed("service", name=["Uno"]), "uno", "name"),
    "object-for-a-name": (changed("service", name={"es": "Uno"}), "uno", "name"),
    "number-for-a-name": (changed("service", name=1), "uno", "name"),
    "list-for-a-number": (changed("contactpoint", phone=["601"]), "linea", "phone"),
    "object-for-a-number": (changed("contactpoint", phone={"n": "601"}), "linea", "phone"),
    "text-for-yes-or-no": (changed("schedule", always_open="quizá"), "oficina", "always_open"),
    "text-for-a-position": (changed("channel", position="primero"), "telefonico", "position"),
    "huge-position": (changed("channel", position=10**30), "telefonico", "position"),
    "negative-position": (changed("channel", position=-1), "telefonico", "position"),
    "text-for-a-list": (changed("channel", request_types="todas"), "telefonico", "request_types"),
    "null-for-a-list": (changed("channel", request_types=None), "telefonico", "request_types"),
    "number-for-a-list": (changed("channel", request_types=7), "telefonico", "request_types"),
}


def refusal(load, content):
    """The message with which the fixture is refused, whole, with a CommandError and no other."""
    ChannelFactory()
    publish(Service.objects.all())
    before = rows()
    with pytest.raises(CommandError) as refused:
        load(content)
    assert rows() == before
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "named", "field"),
    [*WRONG_DATA.values(), *UNREADABLE.values()],
    ids=[*WRONG_DATA, *UNREADABLE],
)
def test_bad_fixture_is_refused_whole_and_says_where(load, content, named, field):
    message = refusal(load, content)
    assert [part for part in (named, field) if part not in message] == [], message


REQUIRED = {
    "requesttype": "code",
    "schedule": "name",
    "timespan": "schedule day opens closes",
    "contactpoint": "code kind label phone",
    "service": "slug name",
    "channel": "service code medium title request_types schedule",
    "channelcontact": "channel contact_point",
    "escalationcontact": "name",
    "escalationpolicy": "service",
    "escalationlevel": "policy level contact",
}


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model, fields in REQUIRED.items() for field in fields.split()],
)
def test_missing_field_is_refused_and_named(load, model, field):
    message = refusal(load, without(model, field))
    assert [part for part in (model, field) if part not in message] == [], message


MALFORMED = {
    "not-json": "esto no es JSON",
    "empty-file": "",
    "cut-short": json.dumps(DIRECTORY)[:-20],
    "trailing-comma": "[{},]",
    "object": json.dumps({"model": "directory.service", "fields": {}}),
    "text": '"directory.service"',
    "number": "7",
    "null": "null",
    "list-of-numbers": "[1, 2]",
    "list-of-lists": "[[]]",
    "list-of-nulls": "[null]",
    "without-model": '[{"fields": {}}]',
    "without-fields": '[{"model": "directory.service"}]',
    "fields-as-list": '[{"model": "directory.service", "fields": []}]',
    "model-as-list": '[{"model": ["directory.service"], "fields": {}}]',
    "model-as-number": '[{"model": 7, "fields": {}}]',
    "model-as-null": '[{"model": null, "fields": {}}]',
    "empty-model": '[{"model": "", "fields": {}}]',
    "unknown-model": '[{"model": "directory.telefono", "fields": {}}]',
    "unknown-app": '[{"model": "directorio.service", "fields": {}}]',
    "no-fields-at-all": '[{"model": "directory.service", "fields": {}}]',
    "not-a-number": '[{"model": "directory.requesttype", "fields": {"code": NaN, "name": "x"}}]',
    "deeply-nested": "[" * 100_000 + "]" * 100_000,
    "huge-number": '[{"model": "directory.requesttype", "fields": {"code": "a", "position": '
    + "9" * 5000
    + "}}]",
    "lone-surrogate": json.dumps([service(name="\ud800")]),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_malformed_fixture_is_refused_whole(load, text):
    assert refusal(load, text)


def test_truncated_fixture_is_refused_with_the_line(load):
    message = refusal(load, json.dumps(DIRECTORY, indent=1)[:-20])
    lines = len(json.dumps(DIRECTORY, indent=1)[:-20].splitlines())
    assert str(lines) in message.partition("prueba.json")[2]


@pytest.mark.parametrize(
    "fields", [{"name": "a\ud800"}, {"introduction": "\udc00"}, {"slug": "uno\ud83d"}]
)
def test_half_a_character_is_refused_with_the_object_and_the_field(load, fields):
    message = refusal(load, [service(**fields)])
    ((name, value),) = fields.items()
    named = ("directory.service", name, f"\\u{ord(value[-1]):04x}")
    assert [part for part in named if part not in message] == [], message
    assert message.encode()


def test_half_a_character_in_a_reference_is_refused_with_the_object_and_the_field(load):
    message = refusal(load, changed("channel", request_types=[["todas\ud800"]]))
    assert "directory.channel “telefonico”, request_types: " in message


@pytest.mark.parametrize("name", ["truncated", "wrong-number", "exception-without-hours"])
def test_nothing_is_claimed_that_is_undone(tmp_path, name):
    content = json.dumps(DIRECTORY)[:-1] if name == "truncated" else json.dumps(WRONG_DATA[name][0])
    path = tmp_path / "prueba.json"
    path.write_text(content, encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("loaddata", str(path), stdout=out)
    assert out.getvalue() == ""


def test_malformed_fixture_after_a_good_one_undoes_both(load, tmp_path):
    good = tmp_path / "bueno.json"
    good.write_text(json.dumps(DIRECTORY), encoding="utf-8")
    bad = tmp_path / "malo.json"
    bad.write_text("[", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("loaddata", str(good), str(bad), verbosity=0)
    assert not any(model.objects.exists() for model in TABLES)


def test_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "latin.json"
    path.write_bytes(json.dumps([service(name="ñ")], ensure_ascii=False).encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("loaddata", str(path), verbosity=0)
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cortado.json.gz", gzip.compress(json.dumps(DIRECTORY).encode())[:-10]),
        ("usuarios.json", b'[{"model": "auth.user", "fields": {"username": null}}]'),
    ],
)
def test_file_that_fails_below_our_checks_is_named(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("loaddata", str(path), verbosity=0)
    assert str(refused.value).startswith(f"No se cargó nada. {path}: ")


def test_only_json_is_loaded(tmp_path):
    """Other formats would be read without our checks of every value."""
    path = tmp_path / "prueba.xml"
    path.write_text("<django-objects/>", encoding="utf-8")
    with pytest.raises(CommandError, match=r"prueba\.xml: escriba los datos en JSON"):
        call_command("loaddata", str(path), verbosity=0)


def test_file_without_objects_is_said_to_have_none(tmp_path):
    path, err = tmp_path / "vacio.json", io.StringIO()
    path.write_text("[]", encoding="utf-8")
    call_command("loaddata", str(path), stderr=err)
    assert err.getvalue() == f"{path} no tiene objetos.\n"


def test_unknown_fixture_is_refused():
    with pytest.raises(CommandError, match="no_existe"):
        call_command("loaddata", "no_existe", verbosity=0)


@pytest.mark.parametrize("model", sorted({each["model"] for each in DIRECTORY}))
def test_primary_keys_are_refused(load, model):
    objects = deepcopy(DIRECTORY)
    for each in objects:
        if each["model"] == model:
            each["pk"] = 1
    message = refusal(load, objects)
    assert model in message
    assert "pk" in message


def test_primary_key_among_the_fields_is_refused(load):
    mine = complete_service()
    objects = changed("service", id=mine.pk)
    message = refusal(load, objects)
    assert "uno" in message


def test_edition_in_a_fixture_is_refused(load):
    edition = {
        "model": "directory.edition",
        "fields": {
            "service": ["uno"],
            "number": 1,
            "document": "{}",
            "search_text": "",
            "digest": "0" * 64,
            "published_at": "2026-11-23T17:00:00Z",
        },
    }
    assert "directory.edition" in refusal(load, [*DIRECTORY, edition])


@pytest.mark.parametrize(
    "again",
    [
        phone(label="Otra etiqueta"),
        service(name="Otro nombre"),
        span(closes="18:00"),
        level(escalate_after_minutes=30),
        channel(title="Otro título"),
    ],
    ids=["contact-point", "service", "span", "level", "channel"],
)
def test_two_objects_with_the_same_natural_key_are_refused(load, again):
    """One of the two would be lost without a word."""
    message = refusal(load, [*DIRECTORY, again])
    assert again["model"] in message


def test_channel_without_request_types_is_refused(load):
    message = refusal(load, changed("channel", request_types=[]))
    assert [part for part in ("telefonico", "request_types") if part not in message] == [], message


# ---- Beside what is there ------------------------------------------------------------------


def test_loading_beside_other_rows_overwrites_none_of_them(load):
    complete_service()
    publish(Service.objects.all())
    before = rows()
    load(DIRECTORY)
    after = rows()
    assert {
        model.__name__: [row for row in kept if row not in after[model]]
        for model, kept in before.items()
    } == {model.__name__: [] for model in before}


def test_loading_does_not_touch_users(load):
    get_user_model().objects.create_superuser("admin", password="original")
    load(DIRECTORY)
    assert get_user_model().objects.get().check_password("original")


def test_changed_fixture_publishes_just_what_changed(load):
    other = [
        service(slug="dos", name="Dos"),
        channel(service=["dos"]),
        channel_contact(channel=["dos", "telefonico"], contact_point=["portal"]),
    ]
    load([*DIRECTORY, *other])
    assert "Se publicó 1 edición." in load([*changed("contactpoint", phone="601 744 2828"), *other])
    assert sorted(Edition.objects.values_list("service__slug", "number")) == [
        ("dos", 1),
        ("uno", 1),
        ("uno", 2),
    ]
    assert ContactPoint.objects.get(code="linea").phone.as_e164 == "+576017442828"


def test_shared_number_in_a_fixture_reaches_every_page(load):
    other = [
        service(slug="dos", name="Dos"),
        channel(service=["dos"]),
        channel_contact(channel=["dos", "telefonico"]),
    ]
    load([*DIRECTORY, *other])
    assert "Se publicaron 2 ediciones." in load([phone(phone="601 744 2828")])


def test_fixture_with_one_row_updates_that_row(load):
    load(DIRECTORY)
    before = rows()
    load([service(introduction="Nueva entrada")])
    after = rows()
    assert {model.__name__ for model in before if before[model] != after[model]} == {
        "Service",
        "Edition",
    }
    assert Service.objects.get().introduction == "Nueva entrada"


def test_fixture_may_state_the_hours_anew(load):
    load(DIRECTORY)
    load([span(closes="18:00")])
    assert [str(span.closes) for span in TimeSpan.objects.all()] == ["18:00:00"]


def test_fixture_may_add_a_level(load):
    load(DIRECTORY)
    load([level(level=2)])
    assert list(EscalationLevel.objects.values_list("level", flat=True)) == [1, 2]


def test_level_may_not_end_before_the_one_after_unless_another_takes_its_place(load):
    load([*DIRECTORY, level(level=2), level(level=3)])
    ending = level(level=2, valid_until="2026-11-30")
    message = refusal(load, [ending])
    named = ("uno · 2", "valid_until", "1 de diciembre de 2026")
    assert [part for part in named if part not in message] == [], message
    assert EscalationLevel.objects.exclude(valid_until=None).count() == 0
    load([ending, level(level=2, valid_from="2026-12-01")])
    assert EscalationLevel.objects.filter(level=2).count() == 2


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ([], schedule(always_open=True), "directory.schedule “oficina”, always_open: "),
        (
            [schedule(holidays="own_hours"), span(day=8)],
            schedule(holidays="closed"),
            "directory.schedule “oficina”, holidays: ",
        ),
        (
            [channel_contact(menu_options="Opción 2")],
            phone(kind="email", phone="", email="soporte@example.com"),
            "directory.contactpoint “linea”, kind: ",
        ),
    ],
    ids=["24-hours", "holidays", "kind"],
)
def test_what_stored_rows_do_not_go_with_is_refused(load, before, after, named):
    load(DIRECTORY)
    if before:
        load(before)
    assert named in refusal(load, [after])


def test_exception_with_hours_is_not_closed_by_a_fixture(load):
    key = {"exception": ["medio-dia"], "opens": "08:00", "closes": "12:00"}
    load([EXCEPTION, {"model": "directory.exceptionspan", "fields": key}])
    closed = {**EXCEPTION, "fields": {**EXCEPTION["fields"], "is_closed": True}}
    assert "directory.scheduleexception “medio-dia”, is_closed: " in refusal(load, [closed])


def test_rows_may_come_in_any_order_that_names_nothing_before_it_is_there(load):
    load([phone(), web(), request_type(), schedule(), contact(), service(), policy()])
    load([level(), span(), channel(), channel_contact()])
    assert (Schedule.objects.count(), RequestType.objects.count()) == (1, 1)


def test_edition_of_a_fixture_has_the_instant_of_loading(load):
    noon = datetime(2026, 11, 23, 17, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        load(DIRECTORY)
    assert Edition.objects.get().published_at == noon


# ---- Again -----------------------------------------------------------------------------------


def test_loading_again_keeps_owners_reviews_and_verifications():
    load_the_five()
    owner, day = UserFactory(), date(2026, 11, 1)
    upkeep = {
        "owner": owner.pk,
        "review_interval_days": 90,
        "reviewed_on": day,
        "reminded_on": {"ana": "2026-11-01"},
    }
    Service.objects.filter(slug="clave-segura").update(**upkeep)
    ContactPoint.objects.filter(code="linea-bogota").update(
        verified_on=day, reminded_on=upkeep["reminded_on"]
    )

    load_the_five()

    assert Service.objects.filter(slug="clave-segura").values(*upkeep).get() == upkeep
    point = ContactPoint.objects.get(code="linea-bogota")
    assert (point.verified_on, point.reminded_on) == (day, upkeep["reminded_on"])


def test_what_a_fixture_does_say_is_loaded(load):
    load_the_five()
    ContactPoint.objects.filter(code="chat").update(verified_on=date(2026, 11, 1))
    load([web(code="chat", url="https://example.com/chat", verified_on="2026-11-20")])
    assert ContactPoint.objects.get(code="chat").verified_on == date(2026, 11, 20)


def test_upkeep_is_no_part_of_the_public_document():
    load_the_five()
    Service.objects.update(owner=UserFactory(username="ana"), reviewed_on=date(2026, 11, 1))
    ContactPoint.objects.update(verified_on=date(2026, 11, 1))
    assert publish(Service.objects.all()) == []


def test_roles_can_be_loaded_again():
    def roles():
        return sorted(Group.objects.values_list("name", "permissions"))

    call_command("loaddata", "roles", verbosity=0)
    once = roles()
    call_command("loaddata", "roles", verbosity=0)
    assert {name for name, _permission in once} == {"Editores", "Lectores", "Publicadores"}
    assert roles() == once
