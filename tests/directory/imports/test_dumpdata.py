"""What `dumpdata` writes, `loaddata` reads, in every format, into an empty database."""

import errno
import gzip
import io
import json
import sys
from datetime import UTC, date, datetime, time

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from directory.editions.publish import publish
from directory.imports.fixtures.loadable import given_fields, loadable_models
from directory.models import ContactPoint, Edition, FormerSlug, Notice, Service
from tests.directory.imports.fixture_files import DIRECTORY, FORMATS, rows
from tests.factories import (
    AbsenceFactory,
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    EscalationTimeFactory,
    ExceptionFactory,
    FaxFactory,
    NoticeFactory,
    PhoneFactory,
    PlaceFactory,
    RequestTypeFactory,
    ResponseTargetFactory,
    ServiceFactory,
    SmsFactory,
    TelegramFactory,
    UserFactory,
    complete_service,
    weekday_schedule,
)
from tests.tampering import execute, triggers_dropped

pytestmark = pytest.mark.django_db


def dumped(*labels, **options):
    out = io.StringIO()
    call_command("dumpdata", *labels, stdout=out, **options)
    return out.getvalue()


def documents():
    """What customers read, by service: the document of the newest edition."""
    return dict(Edition.objects.order_by("number").values_list("service__slug", "document"))


def empty_the_database():
    with triggers_dropped():
        execute("DELETE FROM directory_currentedition")
        execute("DELETE FROM directory_edition")
    ContactPoint.objects.update(replaced_by=None, replaced_on=None)
    Service.objects.all().delete()
    for model in reversed(loadable_models()):
        model.objects.all().delete()
    for model in loadable_models():
        model.objects.all().delete()
    assert not any(model.objects.exists() for model in loadable_models())


def assert_dump_loads_into_an_empty_database(path):
    before, published = dumped(), documents()
    call_command("dumpdata", output=str(path), format=path.suffix[1:], verbosity=0)
    empty_the_database()
    call_command("loaddata", str(path), verbosity=0)
    assert in_any_order(dumped()) == in_any_order(before)
    assert documents() == published


@pytest.mark.parametrize("format_name", FORMATS)
def test_dump_loads_into_an_empty_database(tmp_path, format_name):
    call_command("loaddata", "roles", "shared", "clave_segura", verbosity=0)
    call_command("loaddata", "example_shop", verbosity=0)
    assert_dump_loads_into_an_empty_database(tmp_path / f"todo.{format_name}")


def rich_service():
    """Whatever a service can say, most of it several times, made in another order than it is told;
    with notices on a part of it, on itself and on all."""
    incident, complaint = (
        RequestTypeFactory(code=code, name=code, description=f"Qué es {code}.", position=position)
        for code, position in (("incidente-critico", 2), ("queja", 1))
    )
    service = ServiceFactory(slug="rico", introduction="Uno.\n\nDos.", is_international=True)
    FormerSlug.objects.create(service=service, slug="zorro")
    FormerSlug.objects.create(service=service, slug="antes")
    points = [PlaceFactory(map_url="https://example.com/mapa"), TelegramFactory(), SmsFactory()]
    phone = PhoneFactory(replaced_by=FaxFactory(), replaced_on=date(2026, 12, 1))
    office = ChannelFactory(
        service=service,
        code="z",
        medium="office",
        schedule=weekday_schedule(),
        request_types=[incident, complaint],
        contacts=[*points, phone],
        languages="es, en",
    )
    ChannelFactory(
        service=service, code="a", schedule=None, contacts=[], description="Escriba.\nEspere."
    )
    for day in ("last_working_day", "first_working_day"):
        ExceptionFactory(
            schedules=[office.schedule],
            monthly=day,
            last_day=None,
            effect="other_hours",
            hours=(time(8), time(9)),
        )
    for kind in (incident, complaint):
        ResponseTargetFactory(service=service, request_type=kind, solve_minutes=90)
    ana, beto, caro = EscalationContactFactory.create_batch(3, schedule=office.schedule)
    policy = EscalationPolicyFactory(
        service=service, levels=[caro, beto], times_count="since_report", instructions="Pida más."
    )
    policy.levels.filter(level=2).update(title="Tier 2", escalate_after_minutes=30)
    level = policy.levels.create(level=2, contact=ana, purpose="Redes", valid_from=date(2026, 1, 1))
    level.request_types.set([incident, complaint])
    for kind in (incident, complaint):
        EscalationTimeFactory(policy=policy, level=2, request_type=kind, minutes=0)
    away = AbsenceFactory(contact=beto, stand_in=caro)
    for point in points[::-1]:
        away.contact_uses.create(contact_point=point)
    AbsenceFactory(contact=caro, first_day=date(2027, 1, 1), last_day=date(2027, 1, 9))
    for subject in ({"contact_point": phone}, {"channel": office}, {"service": service}, {}):
        NoticeFactory(**subject, until=datetime(2027, 1, 1, 5, 0, 1, tzinfo=UTC))
    NoticeFactory(service=service, code="antes")
    Notice.objects.filter(code="antes").end(datetime(2026, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize("format_name", FORMATS)
def test_all_that_a_service_can_say_is_published_as_it_was(tmp_path, format_name):
    rich_service()
    publish(Service.objects.all())
    assert_dump_loads_into_an_empty_database(tmp_path / f"todo.{format_name}")


@pytest.mark.parametrize("ending", ["json.gz", "jsonl.bz2", "xml.xz", "yaml.lzma"])
def test_dump_loads_where_it_came_from_and_changes_nothing(tmp_path, ending):
    complete_service(owner=UserFactory(), name="Señas & <símbolos> “raros”: sí, no, ~")
    publish(Service.objects.all())
    before = rows()
    path = tmp_path / f"todo.{ending}"
    call_command("dumpdata", output=str(path), format=ending.partition(".")[0], verbosity=0)
    call_command("loaddata", str(path), verbosity=0)
    assert rows() == before


def in_any_order(text):
    return sorted(json.dumps(each, sort_keys=True) for each in json.loads(text))


def test_dump_names_rows_by_what_people_call_them_and_leaves_accounts_out(load):
    load(DIRECTORY)
    Service.objects.update(owner=UserFactory())
    Group.objects.create(name="Mesa").permissions.add(Permission.objects.first())
    objects = json.loads(dumped())
    assert [each for each in objects if {"pk", "id"} & {*each, *each["fields"]}] == []
    models = {model._meta.label_lower for model in loadable_models()}
    assert {each["model"] for each in objects} <= models
    [service] = [each["fields"] for each in objects if each["model"] == "directory.service"]
    assert service["slug"] == "uno"
    assert {"owner", "reminded_on"}.isdisjoint(service)


def test_no_field_of_a_dump_names_what_cannot_be_loaded():
    loadable = {*loadable_models(), Permission}
    fields = [field for model in loadable_models() for field in given_fields(model).values()]
    named = {field for field in fields if field.is_relation and field.serialize}
    assert [field for field in named if field.related_model not in loadable] == []


@pytest.mark.parametrize("label", ["auth.user", "directory.edition", "directory.Finding"])
def test_dump_of_what_stays_in_its_database_is_refused(label):
    with pytest.raises(CommandError, match="respalde la base de datos"):
        dumped(label)


def test_labels_choose_what_is_dumped(load):
    load(DIRECTORY)
    models = {each["model"].partition(".")[0] for each in json.loads(dumped("escalations", "auth"))}
    assert models == {"escalations"}
    assert [each["model"] for each in json.loads(dumped("directory.service"))] == [
        "directory.service"
    ]


def test_dump_in_yaml_without_its_library_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(CommandError, match="instale PyYAML"):
        dumped(format="yaml")


def test_a_file_is_written_whole_or_stays_as_it_was(db, tmp_path, monkeypatch):
    PhoneFactory()
    path = tmp_path / "todo.json.gz"
    # What one left that was killed.
    (tmp_path / ".unfinished-todo.json.gz").write_bytes(b"half")
    call_command("dumpdata", output=str(path))
    before = path.read_bytes()
    assert json.loads(gzip.decompress(before))

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gzip.GzipFile.write", full)
    with pytest.raises(CommandError, match=r"No se escribió nada: .*No space left"):
        call_command("dumpdata", output=str(path))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_a_full_device_is_told_in_words(db):
    PhoneFactory()
    with pytest.raises(CommandError, match="No se escribió nada"):
        call_command("dumpdata", output="/dev/full")
