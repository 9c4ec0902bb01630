"""Times of day in fixtures, as people write them."""

from datetime import time

import pytest
from django.core.management import CommandError

from directory.models import TimeSpan
from tests.directory.imports.fixture_files import schedule, span

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("opens", "closes", "stored"),
    [
        ("2 p.m.", "24:00", (time(14), time(0))),
        ("7:00 a. m.", "12 m.", (time(7), time(12))),
        ("8", "1300", (time(8), time(13))),
        (8, "medianoche", (time(8), time(0))),
        ("07:00:00", "13.00", (time(7), time(13))),
    ],
)
def test_times_are_loaded(load, opens, closes, stored):
    load([schedule(), span(opens=opens, closes=closes)])
    assert TimeSpan.objects.values_list("opens", "closes").get() == stored


@pytest.mark.parametrize("opens", ["24:00", "13 a.m.", "las siete"])
def test_times_that_cannot_be_are_refused_with_the_field_and_what_to_write(load, opens):
    with pytest.raises(CommandError, match=r"(?s)opens.*" + f"«{opens}».*Escriba"):
        load([schedule(), span(opens=opens)])
    assert not TimeSpan.objects.exists()
