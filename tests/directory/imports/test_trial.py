"""`--dry-run` says what would change and changes nothing; all that is wrong is told at once."""

import io
import json
from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command

from directory.imports.fixtures import fixture_import, owners, planner, records, staging
from directory.management.commands.quickstart import FIXTURES
from directory.models import CheckRun, Edition
from directory.upkeep.checks import runs
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    changed,
    channel,
    channel_contact,
    level,
    phone,
    rows,
    service,
    span,
    web,
)

pytestmark = pytest.mark.django_db


def test_a_dry_run_of_a_new_directory_says_what_would_be_there(load):
    before = rows()
    said = load(DIRECTORY, dry_run=True)
    assert rows() == before
    assert not CheckRun.objects.exists()
    assert said.splitlines() == [
        "No se cambió nada. Estos archivos de datos harían lo siguiente:",
        "Objetos: 11.",
        "Tipos de solicitud: 1 se agrega.",
        "Horarios: 1 se agrega.",
        "Medios de contacto: 2 se agregan.",
        "Servicios: 1 se agrega.",
        "Franjas: 1 se agrega.",
        "Responsables de escalamiento: 1 se agrega.",
        "Canales: 1 se agrega.",
        "Políticas de escalamiento: 1 se agrega.",
        "Contactos de un canal: 1 se agrega.",
        "Niveles de escalamiento: 1 se agrega.",
        "Sin cambios: 0.",
        "Cambia 1 página.",
        "Uno:",
        "  - Primera edición: 1 canal y 1 nivel de escalamiento",
    ]


def test_a_dry_run_says_how_pages_change(load):
    load(DIRECTORY)
    before = rows()
    given = [phone(phone="601 744 2828"), span(opens="08:00"), channel(valid_until="2199-01-31")]
    said = load([*given, service(is_published=True)], dry_run=True).splitlines()
    assert rows() == before
    assert said[:8] == [
        "No se cambió nada. Estos archivos de datos harían lo siguiente:",
        "Objetos: 4.",
        "Medios de contacto: 1 cambia.",
        "Franjas: 1 se agrega, 1 se quita.",
        "Canales: 1 cambia.",
        "Sin cambios: 1.",
        "Se quita: franja: lunes 7 a.m. a 7 p.m.",
        "El canal «telefonico» de «uno» termina el 31 de enero de 2199.",
    ]
    assert said[8:10] == ["Cambia 1 página.", "Uno:"]
    assert any("601 744 2828" in line for line in said[10:])


def test_a_dry_run_says_that_a_page_goes_offline(load):
    load(DIRECTORY)
    said = load([service(is_published=False)], dry_run=True)
    assert "«uno» sale de línea: ya no está publicado." in said
    assert "Cambian 0 páginas." in said


def test_a_dry_run_of_what_is_there_says_that_nothing_changes():
    call_command("loaddata", *FIXTURES, verbosity=0)
    out, before = io.StringIO(), rows()
    call_command("loaddata", *FIXTURES, dry_run=True, stdout=out)
    assert rows() == before
    assert "Cambian 0 páginas." in out.getvalue()
    assert "agrega" not in out.getvalue()


def test_a_dry_run_can_be_quiet_and_is_refused_like_an_import(load):
    assert load(DIRECTORY, dry_run=True, verbosity=0) == ""
    with pytest.raises(CommandError, match="“uno”, name: "):
        load([service(name="")], dry_run=True)


# ---- All that is wrong ---------------------------------------------------------------------------


def test_all_that_is_wrong_is_told_with_file_line_object_and_field(load, tmp_path):
    objects = [
        *DIRECTORY,
        service(slug="dos", name=""),
        channel(code="otro", schedule=["lv-9-18"]),
        phone(code="corto", phone="744 2727"),
        phone(code="repetido", phone="601 744 2727"),
        web(code="malo", url="javascript:alert(1)"),
        channel_contact(contact_point=["portal"], extensions="1107"),
        span(day=7, opens="22:00", closes="07:01"),
        level(level=3),
        service(slug="uno", name="Otra vez"),
    ]
    text = "[\n" + ",\n".join(json.dumps(each) for each in objects) + "\n]"
    before = rows()
    with pytest.raises(CommandError) as refused:
        load(text)
    first, *lines = str(refused.value).splitlines()
    assert first == "No se cargó nada. 10 problemas:"
    path = tmp_path / "prueba.json"
    names = sorted(line.removeprefix(f"{path}:").split(": ")[1] for line in lines)
    assert names == sorted(
        [
            "directory.service “dos”, name",
            "directory.channel “uno · otro”, schedule",
            "directory.contactpoint “corto”, phone",
            "directory.contactpoint “repetido”, phone",
            "directory.contactpoint “malo”, url",
            "directory.channelcontact “uno · telefonico · portal”, extensions",
            "directory.timespan “oficina · 7 · 22:00:00”, opens",
            "directory.timespan “oficina · 1 · 07:00:00”, opens",
            "escalations.escalationlevel “uno · 3 · soporte”, level",
            "directory.service “uno”",
        ]
    )
    numbers = [int(line.removeprefix(f"{path}:").partition(":")[0]) for line in lines]
    assert numbers == sorted(numbers)
    assert rows() == before


def test_what_depends_on_what_is_wrong_is_not_told_too(load):
    with pytest.raises(CommandError) as refused:
        load(changed("schedule", timezone="Bogota"))
    assert len(str(refused.value).splitlines()) == 1
    assert "schedule “oficina”, timezone" in str(refused.value)


def test_the_first_hundred_are_told_and_the_others_counted(load):
    with pytest.raises(CommandError) as refused:
        load([service(slug=f"s{n}", name="") for n in range(130)])
    _first, *lines, last = str(refused.value).splitlines()
    assert len(lines) == 100
    assert last == "Y 30 problemas más."
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "auth.group", "fields": {}},
        phone(phone="12"),
        {"model": "directory.timespan", "fields": {"schedule": ["no"], "day": 1, "opens": "7"}},
    ],
    ids=["objects without a key", "objects that are looked at", "parts"],
)
def test_after_too_many_problems_the_rest_is_not_looked_at(load, wrong, monkeypatch):
    for module in (records, staging):
        monkeypatch.setattr(module, "TOO_MANY_PROBLEMS", 20)
    for module in (owners, planner):
        monkeypatch.setattr(module, "OWNERS" if module is owners else "BATCH", 5)
    kind = {"auth.group": "name", "directory.contactpoint": "code"}.get(wrong["model"])
    given = [deepcopy(wrong) for _number in range(200)]
    for number, each in enumerate(given):
        if kind == "code":
            each["fields"]["code"] = f"p{number}"
        elif not kind:
            each["fields"]["schedule"] = [f"h{number}"]
    with pytest.raises(CommandError) as refused:
        load(given)
    assert 20 <= len(str(refused.value).splitlines()) - 1 <= 30


def test_a_thousand_duplicates_are_told_soon(load):
    number = [phone(code=f"p{n}") for n in range(1000)]
    with pytest.raises(CommandError, match="“p1”, phone: Este número ya es"):
        load(number)


def test_an_import_that_is_stopped_says_that_nothing_was_loaded(load, monkeypatch):
    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(fixture_import, "write_last", stop)
    with pytest.raises(CommandError, match=r"^Se detuvo\. No se cargó nada\.$"):
        load(DIRECTORY)
    assert Edition.objects.count() == 0


def test_findings_that_are_stopped_leave_what_was_loaded(load, monkeypatch):
    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(runs, "run_checks", stop)
    with pytest.raises(CommandError, match=r"^Todo se cargó\. Solo faltan los hallazgos"):
        load(DIRECTORY)
    assert Edition.objects.count() == 1


# ---- What is seen meanwhile ----------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_far_it_is(tmp_path):
    path, out = tmp_path / "muchos.json", Terminal()
    many = [service(slug=f"s{n}", name=f"S {n}") for n in range(1200)]
    path.write_text(json.dumps(many), encoding="utf-8")
    call_command("loaddata", str(path), dry_run=True, stdout=out)
    lines = [each.strip() for each in out.getvalue().partition("No se cambió")[0].split("\r")]
    assert lines == [
        "",
        "500 leídos",
        "1000 leídos",
        "500 / 1200 comparados",
        "1000 / 1200 comparados",
        "1200 / 1200 comparados",
        "500 / 1200 escritos",
        "1000 / 1200 escritos",
        "1200 / 1200 escritos",
        "1000 / 1200 publicados",
        "1200 / 1200 publicados",
    ]
    out = io.StringIO()
    call_command("loaddata", str(path), dry_run=True, stdout=out)
    assert out.getvalue().splitlines()[:4] == [
        "1200 / 1200 comparados",
        "1200 / 1200 escritos",
        "1200 / 1200 publicados",
        "No se cambió nada. Estos archivos de datos harían lo siguiente:",
    ]
