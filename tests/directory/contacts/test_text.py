"""Folding, which searches compare: Latin letters by a table, all others as Unicode says."""

import pytest

from directory.contacts.text import _folded, fold


@pytest.mark.parametrize("form", ["{}", "a{}B", "Á{} é", "{}\u0301ñ", "  Ñ\t{} "])
def test_latin_letters_are_folded_as_all_others_are(form):
    words = [form.format(chr(code)) for code in range(0xA0, 0x300)]
    assert [fold(each) for each in words] == [_folded(each) for each in words]
