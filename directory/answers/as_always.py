"""What is certain on the days that are announced: who answers around the clock all the same."""

from directory.answers.announcements import Announcement
from directory.answers.structures import ChannelAnswer, Directory
from directory.hours.schedule import ReasonKind

CLOSURES = (ReasonKind.EXCEPTION, ReasonKind.HOLIDAY)


def as_always(directory: Directory) -> tuple[ChannelAnswer, ...]:
    """The channels that keep their 24 hours on all days that are announced as closed, unconfirmed
    or with other hours, one of each title and types; none where no such day is."""
    coming = directory.announcements
    if not any(each.reason_kind in CLOSURES and each.channels for each in coming):
        return ()
    certain = {
        (each.title, each.request_types): each
        for each in reversed(directory.channels)
        if each.hours.always_open
        and not each.out_of_order
        and not any(_may_concern(announced, each) for announced in coming)
    }
    return tuple(reversed(certain.values()))


def _may_concern(announced: Announcement, channel: ChannelAnswer) -> bool:
    """Whether it is about the channel, by its code; of what has names alone, in doubt it is."""
    if announced.channels:
        return channel.code in announced.channels
    return not announced.places or any(name.startswith(channel.title) for name in announced.places)
