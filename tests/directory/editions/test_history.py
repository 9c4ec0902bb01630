"""What each edition changed, newest first."""

import pytest

from directory.editions import history
from tests.directory.withdrawals import withdraw_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]


def test_list_tells_each_edition_newest_first(thrice):
    entries = history.entries(thrice.editions.all())
    assert [(entry.edition.number, entry.summary) for entry in entries] == [
        (3, ["Teléfono: 310 555 0199 → 601 745 0000 en «Telefónico»"]),
        (2, ["Teléfono: 601 744 2727 → 310 555 0199 en «Telefónico»"]),
        (1, ["Primera edición: 1 canal y 0 niveles de escalamiento"]),
    ]


def test_a_part_of_the_list_tells_the_same(thrice):
    whole = history.entries(thrice.editions.all())
    assert history.entries(thrice.editions.all(), 0, 2) == whole[:2]
    assert history.entries(thrice.editions.all(), 2, 4) == whole[2:]
    assert [history.entry(entry.edition) for entry in whole] == whole


def test_neighbours_of_a_withdrawn_edition_say_why_they_are_silent(thrice):
    withdraw_edition(thrice, 2)
    assert [entry.summary for entry in history.entries(thrice.editions.all())] == [
        ["La edición anterior fue retirada: no se dice qué cambió frente a ella."],
        ["Esta edición fue retirada."],
        ["Primera edición: 1 canal y 0 niveles de escalamiento"],
    ]
