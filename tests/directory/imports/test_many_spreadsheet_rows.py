"""Spreadsheets of many rows: what they cost, and that none is too many for a query."""

import pytest

from directory.imports.spreadsheets import references
from directory.imports.spreadsheets.directory_sheets import ChannelSheet, ContactPointSheet
from directory.models import ChannelContact, ContactPoint
from tests import factories
from tests.directory.imports.sheet_files import HEADINGS, bring_in, row_of, told

pytestmark = pytest.mark.django_db


def test_more_keys_than_one_query_takes_are_read_in_several(write, user, monkeypatch):
    monkeypatch.setattr(references, "BATCH", 2)
    for code in "abcde":
        factories.PhoneFactory(code=code)
    file = write(["code", "label"], *([code, "Otra"] for code in "abcde"))
    outcome = bring_in(ContactPointSheet, file, user)
    assert (told(outcome), outcome.changed) == ([], 5)


def test_queries_per_row_do_not_grow_with_the_file(write, user, django_assert_max_num_queries):
    def file(count):
        rows = [row_of(code=f"c{i}", value=f"31871{i:05d}") for i in range(count)]
        return write(HEADINGS, *rows)

    # A savepoint and the insert: three for each new row, and about twenty for the file.
    with django_assert_max_num_queries(3 * 200 + 25):
        assert bring_in(ContactPointSheet, file(200), user).added == 200
    with django_assert_max_num_queries(15):
        assert bring_in(ContactPointSheet, file(200), user).unchanged == 200


def test_more_contact_points_than_sqlite_follows_in_one_query_are_exported():
    count = 1_010
    points = ContactPoint.objects.bulk_create(
        ContactPoint(code=f"c{n}", kind="phone", label="Línea", phone=f"+57318{7_000_000 + n}")
        for n in range(count)
    )
    channel = factories.ChannelFactory(contacts=[])
    ChannelContact.objects.bulk_create(
        ChannelContact(channel=channel, contact_point=point) for point in points
    )
    [cells_of_channel] = ChannelSheet().texts()
    assert cells_of_channel[6].count(",") == count - 1
