"""Fixture files of every format: what is read from them, where it stands, what they may have."""

import bz2
import gzip
import io
import lzma
import sys
import zipfile
from datetime import date, time

import pytest
from django.contrib.auth import get_user_model

from directory.imports.fixtures import compressed
from directory.imports.fixtures.formats import read_file
from directory.imports.fixtures.records import Place, Problems, Record
from directory.models import Service
from tests.directory.imports.fixture_files import (
    DIRECTORY,
    FORMATS,
    channel,
    phone,
    request_type,
    row,
    schedule,
    service,
    span,
    written,
)


@pytest.fixture
def read(tmp_path):
    """Text or bytes as a file -> its records, and its problems as people read them."""

    def read(content, name="datos.json", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        problems = Problems()
        _name, format_name, *compression = name.split(".")
        compression = compression[0] if compression else None
        records = [*read_file(str(path), format_name, compression, problems, **options)]
        return records, [str(each).removeprefix(f"{tmp_path}/") for each in problems]

    return read


@pytest.fixture(params=FORMATS)
def format_name(request):
    return request.param


def fields(records):
    return [(record.model, record.fields) for record in records]


# ---- The same in every format ----------------------------------------------------------------


def test_every_format_gives_the_same_records(read, format_name):
    records, problems = read(written(DIRECTORY, format_name), f"datos.{format_name}")
    assert problems == []
    assert fields(records) == fields(read(written(DIRECTORY, "json"))[0])
    assert [record.place.number for record in records] == [*range(1, len(DIRECTORY) + 1)]


def test_values_are_of_the_types_of_their_fields(read, format_name):
    point = phone(replaced_by=None, verified_on="2026-11-20", phone="018000181531")
    objects = [span(closes="19:00:00"), request_type(covers_all=False, position=7), point]
    records, problems = read(written(objects, format_name), f"datos.{format_name}")
    assert problems == []
    (_, hours), (_, kind), (_, line) = fields(records)
    assert hours == {
        "schedule": ["oficina"],
        "day": 1,
        "opens": time(7),
        "closes": time(19),
    }
    assert (kind["covers_all"], kind["position"]) == (False, 7)
    assert (line["replaced_by"], line["verified_on"]) == (None, date(2026, 11, 20))
    assert line["phone"] == "018000181531"


def test_place_is_the_line_on_which_an_object_begins(read):
    lines = {
        "json": '[\n\n {"model": "directory.service",\n "fields": {"slug": "a"}},\n\n {\n"model": '
        '"directory.service", "fields": {"slug": "b"}}]',
        "jsonl": '\n\n{"model": "directory.service", "fields": {"slug": "a"}}\n\n\n'
        '{"model": "directory.service", "fields": {"slug": "b"}}',
        "xml": "<django-objects>\n\n<object model='directory.service'>\n<field name='slug'>a"
        "</field></object>\n\n<object model='directory.service'><field name='slug'>b</field>"
        "</object></django-objects>",
        "yaml": "\n\n- model: directory.service\n  fields: {slug: a}\n\n"
        "- model: directory.service\n  fields:\n    slug: b\n",
    }
    for format_name, text in lines.items():
        records, problems = read(text, f"datos.{format_name}")
        assert problems == []
        places = [(each.fields["slug"], each.place.line, each.place.number) for each in records]
        assert places == [("a", 3, 1), ("b", 6, 2)], format_name


def test_scalars_of_yaml_without_quotation_marks_are_what_the_field_holds(read):
    text = """
- model: directory.schedule
  fields: {code: 010, name: NO, country: NO, always_open: true}
- model: directory.timespan
  fields: {schedule: [010], day: 1, opens: 08:30, closes: 14:00, valid_from: 2026-12-01}
- model: directory.contactpoint
  fields: {code: null-uno, label: ~, phone: 6017442727, replaced_on: null}
"""
    records, problems = read(text, "datos.yaml")
    assert fields(records) == [
        (
            "directory.schedule",
            {"code": "010", "name": "NO", "country": "NO", "always_open": True},
        ),
        (
            "directory.timespan",
            {
                "schedule": ["010"],
                "day": 1,
                "opens": time(8, 30),
                "closes": time(14),
                "valid_from": date(2026, 12, 1),
            },
        ),
        (
            "directory.contactpoint",
            {"code": "null-uno", "phone": "6017442727", "replaced_on": None},
        ),
    ]
    assert problems == [
        "datos.yaml:6: directory.contactpoint “null-uno”, label: No puede ser nulo: escriba un "
        "valor u omita el campo."
    ]
    assert records[2].refused == {"label"}


def test_aliases_of_yaml_are_what_they_stand_for(read):
    text = """
- {model: directory.channel, fields: {code: a, request_types: &all [&key [todas]]}}
- {model: directory.channel, fields: {code: b, request_types: *all}}
- {model: directory.channel, fields: {code: c, request_types: [*key, [queja]]}}
"""
    records, problems = read(text, "datos.yaml")
    types = [record.fields["request_types"] for record in records]
    assert (types, problems) == ([[["todas"]], [["todas"]], [["todas"], ["queja"]]], [])


def test_many_objects_are_read_one_by_one(tmp_path):
    """Chunks of the file end anywhere: within names, numbers and spaces."""
    objects = [request_type(code=f"tipo-{n}", name="ñ" * (n % 50), position=n) for n in range(3000)]
    for format_name in FORMATS:
        path = tmp_path / f"muchos.{format_name}"
        path.write_text(written(objects, format_name), encoding="utf-8")
        problems = Problems()
        records = read_file(str(path), format_name, None, problems)
        first = next(records)
        assert first.fields["code"] == "tipo-0"
        assert [record.fields for record in records] == [each["fields"] for each in objects[1:]]
        assert not problems


# ---- Files -----------------------------------------------------------------------------------

TEXT = written([service(name="Señal")], "json")


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("datos.json", TEXT.encode("utf-8-sig")),
        ("datos.json", TEXT.replace("\n", "\r\n").encode()),
        ("datos.json.gz", gzip.compress(TEXT.encode())),
        ("datos.json.bz2", bz2.compress(TEXT.encode())),
        ("datos.json.xz", lzma.compress(TEXT.encode())),
        ("datos.json.zip", zipped("datos.json")),
    ],
)
def test_file_is_read_compressed_with_a_byte_order_mark_and_lines_of_windows(read, name, content):
    records, problems = read(content, name)
    assert ([record.fields["name"] for record in records], problems) == (["Señal"], [])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("datos.json", TEXT.encode("utf-16"), "El archivo está en UTF-16 y no en UTF-8."),
        ("datos.json", TEXT.encode("utf-16-le"), "El archivo está en UTF-16 y no en UTF-8."),
        ("datos.json", '[{"model": "ñ"}]'.encode("latin-1"), "El archivo no está en UTF-8, cerca"),
        ("datos.xml", "<?xml version='1.0'?><ñ/>".encode("latin-1"), "El archivo no está en UTF-8"),
        ("datos.yaml", "- ñ".encode("latin-1"), "El archivo no está en UTF-8, cerca"),
        ("datos.json.gz", gzip.compress(TEXT.encode())[:-10], "No es un archivo .gz completo."),
        ("datos.json.gz", b"esto no es gzip", "No es un archivo .gz completo."),
        ("datos.json.bz2", b"esto no es bz2", "No es un archivo .bz2 completo."),
        ("datos.json.xz", b"esto no es xz", "No es un archivo .xz completo."),
        ("datos.json.zip", b"esto no es zip", "No es un archivo .zip completo."),
        ("datos.json.zip", zipped("a.json", "b.json"), "En el archivo comprimido hay 2 archivos."),
        ("datos.python", b"[]", "Los datos se escriben en json, jsonl, xml, yaml, no en python."),
    ],
)
def test_file_that_cannot_be_read_says_why(read, name, content, said):
    records, problems = read(content, name)
    assert (records, len(problems)) == ([], 1)
    assert problems[0].startswith(f"{name}: {said}")


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "zip"])
def test_bomb_is_not_unpacked(read, monkeypatch, ending):
    monkeypatch.setattr(compressed, "MOST_BYTES", 1_000_000)
    bomb, archive = b" " * 1_100_000, io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("datos.json", bomb)
    packed = {
        "gz": gzip.compress(bomb),
        "bz2": bz2.compress(bomb),
        "xz": lzma.compress(bomb),
        "zip": archive.getvalue(),
    }
    _records, problems = read(packed[ending], f"datos.json.{ending}")
    assert problems == [
        f"datos.json.{ending}: Descomprimido tiene más de 1 MB. Descomprímalo o divídalo "
        "en varios archivos."
    ]


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    problems = Problems()
    [record] = read_file("-", "json", "stdin", problems)
    assert record == Record("directory.service", service(name="Señal")["fields"], Place("-", 2, 1))


def test_yaml_without_its_library_says_so(read, monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    assert read("[]", "datos.yaml") == (
        [],
        ["datos.yaml: Para usar YAML instale PyYAML, o escriba los datos en JSON."],
    )


# ---- Which objects ---------------------------------------------------------------------------


def other(model):
    return {"model": model, "fields": {"is_superuser": True}}


STAYS = "%s: Este comando carga el directorio y los grupos. Cuentas, historiales y hallazgos se"
REFUSED_MODELS = [
    *((model, STAYS % model) for model in ("auth.user", "admin.logentry", "directory.checkrun")),
    ("sessions.session", STAYS % "sessions.session"),
    ("directory.edition", "directory.edition: Las ediciones se crean al publicar, no se cargan."),
    ("directory.servise", "No existe el modelo «directory.servise». ¿Quiso escribir "),
    ("directorio", "No existe el modelo «directorio»."),
]


@pytest.mark.parametrize(("model", "said"), REFUSED_MODELS)
def test_only_the_directory_and_groups_are_loaded(read, format_name, model, said):
    objects = [other(model), service()]
    records, problems = read(written(objects, format_name), f"datos.{format_name}")
    assert [record.model for record in records] == ["directory.service"]
    assert len(problems) == 1
    assert said in problems[0]


def test_groups_are_loaded_with_their_permissions_by_name(read, format_name):
    key = ["view_service", "directory", "service"]
    group = {"model": "auth.group", "fields": {"name": "Mesa", "permissions": [key]}}
    records, problems = read(written([group], format_name), f"datos.{format_name}")
    assert (fields(records), problems) == ([("auth.group", group["fields"])], [])


def test_what_is_excluded_is_passed_over_whatever_it_is(read):
    objects = [other("auth.user"), service(slug=7), phone()]
    records, problems = read(written(objects, "json"), excluded={Service, get_user_model()})
    assert ([record.model for record in records], problems) == (["directory.contactpoint"], [])


def test_what_there_is_not_can_be_ignored(read, format_name):
    objects = [other("directory.servise"), service(nombre="Uno")]
    text, name = written(objects, format_name), f"datos.{format_name}"
    records, problems = read(text, name, ignore_unknown=True)
    assert (fields(records), problems) == ([("directory.service", service()["fields"])], [])


def test_comments_are_dropped_and_a_former_name_is_kept(read):
    given = service(renamed_from="antes") | {"comment": {"para": ["quien", "lee"]}}
    records, problems = read(written([given], "json"))
    assert (fields(records), problems) == (
        [("directory.service", service(renamed_from="antes")["fields"])],
        [],
    )


def test_field_of_xml_without_anything_in_it_is_a_list_without_anything(read):
    text = written([{"model": "directory.scheduleexception", "fields": {"code": "x"}}], "xml")
    text = text.replace("</object>", '<field name="schedules"></field></object>')
    [record], problems = read(text, "datos.xml")
    assert (record.fields["schedules"], problems) == ([], [])


@pytest.mark.parametrize("model", ["directory.timespan", "directory.channelcontact", "auth.group"])
def test_what_has_no_code_of_its_own_is_not_renamed(read, model):
    _records, problems = read(written([{"model": model, "fields": {"renamed_from": "a"}}], "json"))
    assert [each for each in problems if "renamed_from: " in each] == problems
    assert len(problems) == 1


def test_references_are_natural_keys_in_every_format(read, format_name):
    objects = [channel(request_types=[["todas"], ["queja"]]), row("directory.channelcontact")]
    records, _problems = read(written(objects, format_name), f"datos.{format_name}")
    assert records[0].fields["request_types"] == [["todas"], ["queja"]]
    assert records[1].fields["channel"] == ["uno", "telefonico"]
    assert schedule()["fields"]["code"] == records[0].fields["schedule"][0]
