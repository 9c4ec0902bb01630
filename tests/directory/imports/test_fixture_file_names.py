"""Files that `loaddata` finds, and names that lead to none."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from directory.management.commands.loaddata import Command
from directory.models import Service
from tests.directory.imports.fixture_files import service, written

pytestmark = pytest.mark.django_db
OBJECTS = [service(is_published=False)]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("shard", "No hay un archivo de datos «shard». ¿Quiso escribir «shared»?"),
        ("shard.json", "No hay un archivo de datos «shard.json». ¿Quiso escribir «shared»?"),
        ("shared.xml", "No hay un archivo de datos «shared.xml». ¿Quiso escribir «shared»?"),
        ("fixtures/shard", "No hay un archivo de datos «fixtures/shard». ¿Quiso escribir «shared»"),
        ("/no/hay/zzz.json", "No hay un archivo de datos «/no/hay/zzz.json»."),
        ("", "No hay un archivo de datos «»."),
        ("shared.yml", "Los datos se escriben en json, jsonl, xml, yaml, no en yml."),
        ("tienda.csv.gz", "Los datos se escriben en json, jsonl, xml, yaml, no en csv."),
        ("-", "Diga en qué formato está la entrada estándar: --format json, jsonl, xml, yaml."),
    ],
)
def test_name_without_a_file_says_what_to_write(settings, monkeypatch, label, said):
    monkeypatch.chdir(settings.BASE_DIR)
    with pytest.raises(CommandError) as refused:
        call_command("loaddata", label)
    assert str(refused.value).startswith(said)


def test_name_of_several_files_asks_for_the_ending(tmp_path, settings):
    settings.FIXTURE_DIRS = [tmp_path]
    for ending in ("json", "xml"):
        (tmp_path / f"tienda.{ending}").write_text(written(OBJECTS, ending), encoding="utf-8")
    with pytest.raises(CommandError, match=r"«tienda» puede ser .*: tienda.json, tienda.xml\."):
        call_command("loaddata", "tienda")
    call_command("loaddata", "tienda.xml", verbosity=0)
    assert Service.objects.count() == 1


@pytest.mark.parametrize("format_name", ["json", "jsonl", "xml", "yaml"])
def test_standard_input_is_loaded(monkeypatch, format_name):
    content = io.BytesIO(written(OBJECTS, format_name).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
    call_command("loaddata", "-", format=format_name, verbosity=0)
    assert Service.objects.get().slug == "uno"


def test_other_format_of_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("[]"))
    with pytest.raises(CommandError, match="no en csv"):
        call_command("loaddata", "-", format="csv")


def test_file_in_a_folder_of_somebody_else_says_so(monkeypatch):
    def refuse(command, label):
        raise PermissionError(13, "Permission denied", "/root")

    monkeypatch.setattr(Command, "find_fixtures", refuse)
    with pytest.raises(CommandError) as refused:
        call_command("loaddata", "/root/tienda.json")
    said = "/root/tienda.json: El archivo no se puede leer: Permission denied."
    assert str(refused.value) == said
