import gc

import django
import pytest
from django.conf import settings
from django.db import connection
from django.template import RequestContext, Template
from django.test import override_settings
from django.utils import translation
from factory.django import DjangoModelFactory
from hypothesis import settings as hypothesis_settings

from tests import environment

# Before pytest-django does it, which would read the `.env` of this machine.
environment.forget()
django.setup()
# The same examples in every run, however busy the machine: no test fails by chance.
hypothesis_settings.register_profile("tests", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("tests")


def pytest_collection_modifyitems(config, items):
    """On SQLite nothing is skipped: what says something of PostgreSQL alone is not collected."""
    if connection.vendor == "postgresql":
        return
    others = [item for item in items if item.get_closest_marker("postgresql")]
    items[:] = [item for item in items if item not in others]
    config.hook.pytest_deselected(items=others)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is imported and collected stays to the end, so the garbage collector need not look at it
    again and again; and a page leaves so many objects that it would come for each several times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """Every test begins in it: a request leaves its own language active in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _nothing_is_known():
    """Every test begins with a database that answers, and of which nothing was read yet."""
    from config import availability
    from directory.editions import last_known

    availability.note_back()
    last_known.memory.clear()
    last_known.begin()


@pytest.fixture(autouse=True)
def _names_of_factories():
    """Every test begins with the same: "Servicio 10" stands before "Servicio 9" in a list."""
    from tests import factories

    for each in vars(factories).values():
        if isinstance(each, type) and issubclass(each, DjangoModelFactory):
            each.reset_sequence(100, force=True)


@pytest.fixture(autouse=True)
def _confirmed(request, monkeypatch):
    """Who is signed in has confirmed that a moment ago, but in tests of being asked (`asks`)."""
    if not request.node.get_closest_marker("asks"):
        monkeypatch.setattr("directory.admin.confirming.is_fresh", lambda request: True)


@pytest.fixture(autouse=True, scope="session")
def _fast_passwords():
    """A slow hash protects passwords; in tests it only costs time."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _tables_are_emptied_after_tests(django_test_environment):
    """Those to which rows are only added too, when a test that commits has ended."""
    from tests.tampering import triggers_dropped

    operations = type(connection.ops)
    execute = operations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with triggers_dropped(self.connection):
            execute(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", execute_sql_flush)
        yield


@pytest.fixture(autouse=True, scope="session")
def _contexts_of_pages_alone(django_test_environment):
    """A response of the test client knows its page's template and context. Django also copies the
    context of each of the hundreds of fields, widgets and icons in it, which costs more than most
    of the page's own work, and nothing reads them."""
    with_signal = Template._render

    def render(template, context):
        if isinstance(context, RequestContext) and context.template is template:
            return with_signal(template, context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield
