"""A fixture as an enemy would write it: nothing but the directory and groups comes in by it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError

from directory.imports.fixtures.loadable import loadable_models
from directory.models import AuditEntry
from tests.directory.imports.fixture_files import FORMATS, written
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

OTHERS = [model for model in apps.get_models() if model not in loadable_models()]
# Each writes the name of a model as Django would still understand it.
SPELLINGS = [str, str.upper, str.title]


def counts():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_model_but_those_of_the_directory_is_loaded(load, format_name):
    UserFactory(username="eva")
    before = counts()
    objects = [
        {"model": spell(model._meta.label_lower), "fields": {"name": "x", "username": "root"}}
        for model in OTHERS
        for spell in SPELLINGS
    ]
    for start in range(0, len(objects), 20):
        with pytest.raises(CommandError, match="No se cargó nada"):
            load(written(objects[start : start + 20], format_name), f"datos.{format_name}")
    assert counts() == before


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    "fields",
    [{"user_set": [["eva"]]}, {"user": [["eva"]]}, {"permissions": [["change_user", "auth"]]}],
)
def test_a_group_gives_its_rights_to_nobody(load, format_name, fields):
    eva = UserFactory(username="eva", is_staff=True)
    group = {"model": "auth.group", "fields": {"name": "Intrusos", **fields}}
    with pytest.raises(CommandError, match="No se cargó nada"):
        load(written([group], format_name), f"datos.{format_name}")
    assert not Group.objects.filter(name="Intrusos").exists()
    assert not eva.groups.exists()


def test_a_permission_cannot_be_made_by_a_fixture(load):
    before = Permission.objects.count()
    key = ["all_power", "directory", "service"]
    group = {"model": "auth.group", "fields": {"name": "Intrusos", "permissions": [key]}}
    with pytest.raises(CommandError, match="No se cargó nada"):
        load(written([group], "json"), "datos.json")
    assert Permission.objects.count() == before


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_a_fixture_gives_to_a_role_is_on_record(load, format_name):
    Group.objects.create(name="Lectores")
    User.objects.all().delete()
    keys = [["change_user", "auth", "user"], ["view_service", "directory", "service"]]
    group = {"model": "auth.group", "fields": {"name": "Lectores", "permissions": keys}}
    load(written([group], format_name), f"datos.{format_name}")
    granted = AuditEntry.objects.get(event="rights_granted")
    assert (granted.about_name, granted.details["permissions"]) == (
        "Lectores",
        ["auth.change_user", "directory.view_service"],
    )
    imported = AuditEntry.objects.get(event="imported")
    assert (imported.details["files"], imported.details["objects"]) == ([f"datos.{format_name}"], 1)


def test_a_trial_is_not_on_record(load):
    before = AuditEntry.objects.count()
    group = {"model": "auth.group", "fields": {"name": "Lectores", "permissions": []}}
    load(written([group], "json"), "datos.json", dry_run=True)
    assert AuditEntry.objects.count() == before
