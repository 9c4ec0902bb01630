"""The release says which one it is, to those who work with it."""

import pytest

from config.version import VERSION
from tests.addresses import INDEX

pytestmark = pytest.mark.django_db


def test_the_back_office_tells_its_version(admin_client):
    page = admin_client.get(INDEX).content.decode()
    assert page.count(f"Directorio de soporte, versión {VERSION}") == 1


def test_strangers_are_not_told_it(client):
    assert VERSION not in client.get(f"{INDEX}login/").content.decode()
