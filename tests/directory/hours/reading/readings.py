"""What a text is read as, in the short form of the tests."""

from datetime import date

from directory.hours.osm import opening_hours
from directory.hours.reading.reader import read_hours
from directory.hours.schedule import HolidayPolicy, OpeningHours

TODAY = date(2026, 11, 30)


def hours_of(read):
    """The `OpeningHours` of a reading; where it says nothing of holidays they are as usual, which
    OpenStreetMap's syntax says by silence, too."""
    return OpeningHours(
        code="x",
        name="x",
        timezone="America/Bogota",
        country="CO",
        always_open=read.always_open,
        holidays=read.holidays or HolidayPolicy.AS_WEEKDAY,
        spans=read.spans,
    )


def as_osm(text):
    """The hours that a text says, in OpenStreetMap's syntax."""
    return opening_hours(hours_of(read_hours(text)), TODAY)
