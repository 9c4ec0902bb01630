"""The whole directory in one workbook: out, into an empty database, and the same pages again."""

import msgspec
import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.editions import document
from directory.editions.compose import compose
from directory.editions.dry_run import undone
from directory.models import Edition, Service
from tests import factories
from tests.acceptance.test_cases import BRANCH, CASES, OPERATOR, organization_of
from tests.directory.imports.workbooks import bring_in, file_of, small_document, told, workbook

pytestmark = pytest.mark.django_db

REAL = [
    "shared",
    "mesa_de_ayuda",
    "certifactura",
    "clave_segura",
    "subasta_electronica",
    "camara_comercio_bogota",
]


def documents():
    """What is published, by the addresses of the services; without former addresses, which come of
    renaming alone."""
    composed = compose(Service.objects.published())
    return {
        service.slug: document.encode(msgspec.structs.replace(each, renamed_from=""))
        for service, each in composed
    }


def assert_comes_back(user, *fixtures):
    """Loaded, exported, imported into an empty database, and exported again it is the same."""
    with undone():
        call_command("loaddata", *fixtures, verbosity=0)
        before, content = documents(), workbook().write("xlsx")
        again = bring_in(content, user)
        assert (told(again), again.changes, again.editions) == ([], [], [])
    assert Service.objects.count() == 0
    outcome = bring_in(content, user)
    assert told(outcome) == []
    assert documents() == before
    assert Edition.objects.count() == len(before) > 0
    assert bring_in(workbook().write("xlsx"), user).changes == []


def test_the_five_real_directories_come_back(user):
    assert_comes_back(user, *REAL)


def test_the_example_with_every_kind_of_object_comes_back(user):
    assert_comes_back(user, "example_shop")


@pytest.mark.parametrize("case", [BRANCH, OPERATOR], ids=lambda case: case.name)
def test_the_two_case_documents_come_back(user, case):
    with organization_of(case):
        assert_comes_back(user, str(CASES / f"{case.name}.json"))


def test_bringing_a_directory_back_asks_as_much_for_many_services_as_for_few(user):
    def queries():
        content = workbook().write("xlsx")
        with CaptureQueriesContext(connection) as asked:
            outcome = bring_in(content, user)
        assert (told(outcome), outcome.changes) == ([], [])
        return len(asked)

    def add(count):
        for _number in range(count):
            factories.complete_service()

    add(2)
    few = queries()
    add(9)
    assert queries() <= few


def test_the_import_of_a_whole_directory_is_one_act(user):
    outcome = bring_in(file_of(small_document()), user)
    assert outcome.revision.rows.count() >= outcome.added
    assert LogEntry.objects.count() == outcome.added
