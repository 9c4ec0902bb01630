"""Channels on the page of a service: the table of all of them, and those to try besides the first.

In Python, as a page has many of them: of templates each would cost several times as much.
"""

from collections.abc import Iterable, Iterator, Sequence

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from directory.answers.distinctions import says_more
from directory.answers.structures import ChannelAnswer, LevelAnswer
from directory.hours.schedule import Status
from directory.templatetags.directory_contacts import NOTHING, contact_list, rendered
from directory.templatetags.directory_pages import data_lang
from directory.templatetags.directory_text import (
    answer_class,
    answers_as,
    hours_in_parts,
    of_same_hours,
    of_same_state,
    sharing_contacts,
    state,
    told_apart,
    told_state,
    type_names,
    what_else,
)
from directory.templatetags.markup import markup

register = template.Library()
Channels = Sequence[ChannelAnswer]


# ---- The table -------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def channel_groups(context: Context, groups: Iterable[tuple[str, Channels]]) -> SafeString:
    """The bodies of the table of all channels, one for each title; hours that a group has in common
    stand beside its title."""
    return _together(_group(context, title, channels) for title, channels in groups)


def _group(context: Context, title: str, channels: Channels) -> SafeString:
    shared = of_same_hours(channels)
    hours = NOTHING
    if shared:
        hours = markup('<td rowspan="{}">{}</td>', len(channels) + 1, week(context, shared))
    rows = (
        row
        for several in sharing_contacts(channels)
        for row in _rows(context, title, several, has_hours=not shared)
    )
    return markup(
        '<tbody><tr class="channel-group"><th colspan="{}" scope="rowgroup"{}>{}</th>{}</tr>{}'
        "</tbody>",
        2 if shared else 3,
        data_lang(title),
        title,
        hours,
        _together(rows),
    )


def _rows(
    context: Context, title: str, several: Channels, *, has_hours: bool
) -> Iterator[SafeString]:
    """The rows of channels that have their contacts in common."""
    told = None
    for channel in several:
        description = NOTHING
        if channel.contacts and says_more(channel) and channel.description != told:
            told = channel.description
            description = _description(context, channel)
        is_first = channel is several[0]
        yield markup(
            "<tr{}>{}<td{}>{}{}{}{}</td>{}</tr>",
            NOTHING if is_first else SafeString(' class="same-contacts"'),
            _contacts(context, title, several) if is_first else "",
            SafeString(' class="general"') if channel.is_general else "",
            types(channel),
            _for_whom(context, channel),
            description,
            _notices(context, channel),
            markup("<td>{}</td>", week(context, channel)) if has_hours else "",
        )


def _contacts(context: Context, title: str, several: Channels) -> SafeString:
    channel = several[0]
    return markup(
        "<td{}>{}{}</td>",
        markup(' rowspan="{}"', len(several)) if several[1:] else "",
        contact_list(context, channel.contacts, titled=title, is_out=channel.out_of_order),
        "" if channel.contacts else _description(context, channel),
    )


@register.simple_tag(takes_context=True)
def week(context: Context, part: ChannelAnswer | LevelAnswer) -> SafeString:
    """The hours of the week of a channel or a level. What is different today is announced above."""
    if part.hours is None:
        return NOTHING
    zone = rendered(context, "directory/_zone.html", part=part) if part.hours.zone else ""
    return markup('<p class="week">{} {}</p>', hours_in_parts(part.hours.text), zone)


# ---- In short --------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def other_channel(
    context: Context, several: Channels, alike: ChannelAnswer | None = None
) -> SafeString:
    """A channel in short, or several of one title with the same contacts; whether each answers,
    unless that is said of all that are listed, `alike`, or is as with the best one."""
    channel = several[0]
    return markup(
        '<li class="{}{}">{}{}{}</li>',
        answer_class(channel.state or Status.UNKNOWN),
        " of-one" if len(channel.contacts) == 1 else "",
        _together(_in_short(context, several, is_told=bool(alike))),
        contact_list(context, channel.contacts, is_out=channel.out_of_order, is_brief=True),
        "" if channel.contacts else _description(context, channel),
    )


def _in_short(context: Context, several: Channels, *, is_told: bool) -> Iterator[SafeString]:
    offered, before = context["answer"].offered, None
    is_alike = of_same_state(several) is not None
    for channel in several:
        title = types(channel) if not channel.is_general else NOTHING
        if channel is several[0]:
            title = channel_title(context, channel, "h4", what_else(channel))
        said = NOTHING
        if not is_told and (now := told_state(channel)) != before:
            before = now
            if not (is_alike and answers_as(channel, offered)):
                said = state(channel, context["directory"].at)
        yield markup("<div>{}{}{}</div>", title, said, _notices(context, channel))


@register.simple_tag(takes_context=True)
def channel_title(
    context: Context, channel: ChannelAnswer, element: str, distinction: str = ""
) -> SafeString:
    """What a channel is called, for which requests it is if not for all, and for whom. `element` is
    that of its title."""
    apart = NOTHING
    if distinction:
        apart = markup(' <span class="distinction">{}</span>', told_apart(distinction, channel))
    return markup(
        "<{0}{1}>{2}{3}</{0}>{4}{5}",
        element,
        data_lang(channel.title),
        channel.title,
        apart,
        "" if channel.is_general else types(channel),
        _for_whom(context, channel),
    )


# ---- Both ------------------------------------------------------------------------------------


def types(channel: ChannelAnswer) -> SafeString:
    """The types of requests that a channel is for."""
    return markup('<p class="types">{}</p>', type_names(channel.request_types))


def _together(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(parts))


def _for_whom(context: Context, channel: ChannelAnswer) -> SafeString:
    if channel.for_abroad is True or channel.languages:
        return rendered(context, "directory/_for_whom.html", channel=channel)
    return NOTHING


def _description(context: Context, channel: ChannelAnswer) -> SafeString:
    if not channel.description:
        return NOTHING
    return rendered(context, "directory/_description.html", channel=channel)


def _notices(context: Context, channel: ChannelAnswer) -> SafeString:
    if not context["directory"].notices:
        return NOTHING
    return rendered(context, "directory/_channel_notices.html", channel=channel)
