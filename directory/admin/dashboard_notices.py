"""The task on the start page that announces a failure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.admin import dashboard
from directory.admin.dashboard import LINKS_AT_MOST, Dashboard, Link, LinkGroup, Task
from directory.admin.notices_shown import announce_url
from directory.models import Channel, ChannelContact, Notice

CHANNELS_AT_MOST = 40


def announce_failure(page: Dashboard) -> Iterator[Task]:
    """A search for what does not work, and links to the services and their channels if they are
    few."""
    if not page.may("add", Notice):
        return
    channels = (
        Channel.objects.filter(service__is_published=True)
        .select_related("service", "schedule")
        .prefetch_related(Prefetch("contact_uses", ChannelContact.objects.with_holders()))
    )
    in_order = channels.order_by("service__name", "service", "position", "pk")
    rows = list(in_order[: CHANNELS_AT_MOST + 1])
    groups = [
        LinkGroup(
            Link(str(service), announce_url(service)),
            tuple(_channel_links(of_service)),
        )
        for service, of_service in groupby(rows, key=lambda channel: channel.service)
    ]
    fits = len(rows) <= CHANNELS_AT_MOST and len(groups) <= LINKS_AT_MOST
    yield Task(
        title=_("Announce a failure"),
        hint=_("Customers read it at once, and what to use instead comes first."),
        search_url=reverse("admin:directory_notice_subjects"),
        search_label=_("Service, channel, number or address that does not work"),
        links=(Link(_("All services"), announce_url()),),
        groups=tuple(groups) if fits else (),
        more=Link(_("All notices"), reverse("admin:directory_notice_changelist")),
    )


def _channel_links(channels: Iterable[Channel]) -> Iterator[Link]:
    """By their titles; those with the same one by what they give, or else their hours, too."""
    channels = list(channels)
    titles = Counter(each.title for each in channels)
    for each in channels:
        text = each.title
        if titles[text] > 1:
            given = ", ".join(use.contact_point.display for use in each.contact_uses.all())
            hours = each.schedule.name if each.schedule else _("hours not stated")
            text = f"{text} · {given or hours}"
        yield Link(text, announce_url(each))


def register() -> None:
    """Put the task on the start page."""
    dashboard.register_task(announce_failure, order=50)
