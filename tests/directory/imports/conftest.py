import json

import pytest
from django.core.management import call_command

from tests.directory.imports.sheet_files import as_csv, as_xlsx
from tests.factories import UserFactory


@pytest.fixture
def load(db, tmp_path, capsys):
    """Load objects, a text or bytes as a fixture file; returns what the command said."""

    def load(content, name="prueba.json", **options):
        path = tmp_path / name
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        call_command("loaddata", str(path), **options)
        return capsys.readouterr().out

    return load


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture(params=["csv", "xlsx"])
def ending(request):
    return request.param


@pytest.fixture
def write(ending):
    """Rows of texts -> (file name, bytes) as Excel in Spanish writes them."""
    return lambda *rows: (f"datos.{ending}", {"csv": as_csv, "xlsx": as_xlsx}[ending](rows))
