"""The services on the start page: each with its state now, published or a draft."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Window
from django.http import HttpRequest

from directory.answers.resolve import resolve
from directory.answers.structures import ChannelAnswer, Directory
from directory.editions.reading import AlteredEdition
from directory.hours.schedule import Status
from directory.models import Edition, Service

AT_MOST = 12


@dataclass(frozen=True, kw_only=True)
class ServiceNow:
    """A service, and what its page says at an instant; without a page `directory` is None, and
    where it `is_altered` in the database, so that nobody is shown it."""

    service: Service
    directory: Directory | None = None
    is_altered: bool = False
    open: list[ChannelAnswer] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Services:
    """The first services by name, and how many there are. `may_open`: the user may see their
    forms; others are shown those with a page alone."""

    shown: list[ServiceNow]
    count: int
    may_open: bool

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def services(request: HttpRequest, at: datetime) -> Services:
    """The services at an aware instant. Two queries."""
    may_open = request.user.has_perm("directory.view_service")
    rows: Any = Service.objects.all() if may_open else Service.objects.published()
    rows = list(rows.order_by("name", "pk").annotate(of=Window(Count("pk")))[:AT_MOST])
    published = [row.pk for row in rows if row.is_published]
    current = Edition.objects.current(pk__in=published).order_by()
    pages = {edition.service_id: edition for edition in current}
    return Services(
        shown=[_service_now(row, pages.get(row.pk), at) for row in rows],
        count=rows[0].of if rows else 0,
        may_open=may_open,
    )


def _service_now(service: Service, page: Edition | None, at: datetime) -> ServiceNow:
    if page is None:
        return ServiceNow(service=service)
    try:
        directory = resolve(page, at)
    except AlteredEdition:
        return ServiceNow(service=service, is_altered=True)
    return ServiceNow(
        service=service,
        directory=directory,
        open=[each for each in directory.channels if each.state == Status.OPEN],
    )
