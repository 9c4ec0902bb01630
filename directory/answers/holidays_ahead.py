"""The public holidays ahead on which a directory keeps other hours, or nobody confirmed them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from directory.answers.structures import ChannelAnswer, Directory
from directory.editions.document import ServiceDocument
from directory.hours.holidays import holiday_calendar
from directory.hours.rules import day_plan, exception_on
from directory.hours.schedule import OpeningHours, Status
from directory.hours.words import describe_day
from directory.hours.zones import with_time_zone_note

DAYS_AHEAD = 30


@dataclass(frozen=True, kw_only=True)
class HolidayAhead:
    """A holiday, and the hours in words that the channels with these titles keep on it.

    `hours` is empty where nobody has confirmed them. `titles` is empty when all channels are meant.
    """

    day: date
    name: str
    hours: str
    titles: tuple[str, ...]


def holidays_ahead(
    directory: Directory, document: ServiceDocument, language: str
) -> list[HolidayAhead]:
    """Those after the day of `directory` and within DAYS_AHEAD, in order; `document` is what it was
    resolved from. Names are in `language`, words in the active one."""
    schedules = {
        channel.code: document.schedules[channel.schedule] for channel in document.channels
    }
    concerned: dict[tuple, list[ChannelAnswer]] = {}
    for channel in directory.channels:
        for holiday in _holidays(schedules[channel.code], directory.at.date(), language):
            concerned.setdefault(holiday, []).append(channel)
    return [
        HolidayAhead(day=day, name=name, hours=described, titles=_titles(some, directory.channels))
        for (day, name, described), some in sorted(concerned.items(), key=lambda item: item[0])
    ]


def _holidays(
    schedule: OpeningHours, today: date, language: str
) -> Iterator[tuple[date, str, str]]:
    """(day, name, hours in words) of each; dated exceptions are announced as such, not here."""
    names = holiday_calendar(schedule.country, language)
    for ahead in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        if not names(day) or exception_on(schedule, day):
            continue
        plan = day_plan(schedule, day, names)
        if plan.reason:
            confirmed = plan.status is not Status.UNKNOWN
            words = with_time_zone_note(describe_day(plan.spans), schedule, today)
            yield day, plan.reason, words if confirmed else ""


def _titles(concerned, channels) -> tuple[str, ...]:
    """The titles of some channels, with their request types where others have the same title."""
    others = {channel.title for channel in channels if channel not in concerned}
    titles = [
        f"{channel.title} ({', '.join(kind.name for kind in channel.request_types)})"
        if channel.title in others
        else channel.title
        for channel in concerned
    ]
    return tuple(dict.fromkeys(titles)) if others else ()
