import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def _language_of_the_site():
    """Every test begins in it: a request leaves its own language active in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
