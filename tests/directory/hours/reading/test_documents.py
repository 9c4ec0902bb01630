"""The hours of real documents, as they were published: what is read, and what is refused and why.

Each line of `documents.txt`: where it comes from | the hours as they are written | what they say,
or, in the second part, the code of the refusal. “↵” is the end of a line.
"""

from pathlib import Path

import pytest

from directory.hours.reading.errors import Unreadable
from directory.hours.reading.reader import read_hours
from tests.directory.hours.reading.readings import as_osm

DOCUMENTS = Path(__file__).with_name("documents.txt")


def lines():
    written = [line for line in DOCUMENTS.read_text().splitlines() if line]
    return [line.split(" | ") for line in written]


def read_or_code(written):
    try:
        return as_osm(written)
    except Unreadable as error:
        return error.code


@pytest.mark.parametrize(("source", "written", "expected"), lines())
def test_hours_of_a_document_are_read_or_refused(source, written, expected):
    assert read_or_code(written.replace("↵", "\n")) == expected, source


def test_documents_are_many():
    assert len({source.split(",")[0] for source, *_rest in lines()}) >= 40


def test_refusal_names_what_is_not_understood():
    with pytest.raises(Unreadable) as caught:
        read_hours("Mon - Fri: 9am to 5pm (EST)")
    assert (caught.value.start, caught.value.end) == (23, 26)
    assert "“EST”" in caught.value.messages[0] or "«EST»" in caught.value.messages[0]
