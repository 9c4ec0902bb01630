"""The public holidays ahead on which a directory keeps other hours, or nobody confirmed them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from directory.answers.structures import ChannelAnswer, Directory
from directory.editions.document import ServiceDocument
from directory.editions.names import title_with_types
from directory.hours.holidays import holidays_of
from directory.hours.schedule import OpeningHours, ReasonKind, Status
from directory.hours.upcoming import upcoming_holidays
from directory.hours.validity import ONE_DAY
from directory.hours.words import describe_day
from directory.hours.zones import with_time_zone_note

DAYS_AHEAD = timedelta(days=30)


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
    directory: Directory, document: ServiceDocument, language: str | None
) -> list[HolidayAhead]:
    """Those after the day of `directory` and within DAYS_AHEAD, in order; `document` is what it was
    resolved from. Names are in `language`, words in the active one."""
    schedule_of = {channel.code: channel.schedule for channel in document.channels}
    today = directory.at.date()
    holidays_of = {
        code: list(_holidays(document.schedules[code], today, language))
        for code in {schedule_of[channel.code] for channel in directory.channels}
    }
    channels_of: dict[tuple[date, str, str], list[ChannelAnswer]] = {}
    for channel in directory.channels:
        for holiday in holidays_of[schedule_of[channel.code]]:
            channels_of.setdefault(holiday, []).append(channel)
    return [
        HolidayAhead(day=day, name=name, hours=hours, titles=_titles(some, directory.channels))
        for (day, name, hours), some in sorted(channels_of.items(), key=lambda item: item[0])
    ]


def _holidays(
    schedule: OpeningHours, today: date, language: str | None
) -> Iterator[tuple[date, str, str]]:
    """(day, name, hours in words) of each; dated exceptions are announced as such, not here."""
    names = holidays_of(schedule, language)
    for holiday in upcoming_holidays(schedule, today + ONE_DAY, today + DAYS_AHEAD, names):
        plan = holiday.plan
        if plan and plan.reason_kind is ReasonKind.HOLIDAY:
            words = with_time_zone_note(describe_day(plan.spans), schedule, today)
            yield plan.day, plan.reason, "" if plan.status is Status.UNKNOWN else words


def _titles(concerned: list[ChannelAnswer], channels: tuple[ChannelAnswer, ...]) -> tuple[str, ...]:
    """The titles of some channels, with their request types where others have the same title."""
    others = {channel.title for channel in channels if channel not in concerned}
    titles = [
        title_with_types(channel.title, channel.request_types)
        if channel.title in others
        else channel.title
        for channel in concerned
    ]
    return tuple(dict.fromkeys(titles)) if others else ()
