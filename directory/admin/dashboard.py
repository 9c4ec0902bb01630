"""The start page of the back office: the dashboard of the people who keep the directory true.

Apps put things on it in their `AppConfig.ready`: `register_task`, `register_attention` and
`register_upcoming` take a function, called with the `Dashboard`, and its place among the others.
The whole page takes 30 queries at most, and what it loads does not grow with the directory.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Model, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin import dashboard_services, first_steps, notices_shown, recent_changes
from directory.admin.findings import readable
from directory.admin.way_back import with_way_back
from directory.answers import instants
from directory.answers.announcements import DAYS_AHEAD
from directory.hours.schedule import DayPlan, Status
from directory.hours.words import describe_day
from directory.hours.zones import in_brackets
from directory.models import (
    ContactPoint,
    FindingAcceptance,
    Schedule,
    ScheduleException,
    Service,
)
from directory.models.findings import Severity
from directory.upkeep import calendar, reviews
from directory.upkeep.checks import runs

EXCEPTIONS_AT_MOST = 200
LINKS_AT_MOST = 8
UPCOMING_AT_MOST = 12
# Schedules that can be ticked for a holiday.
CHOICES_AT_MOST = 60
FINDINGS_AT_MOST = 5
# Why a task has no links.
SEARCHED_FOR = gettext_lazy("They are many: search above for the name.")
# The filter of directory.admin.reviews.
DUE = "?due=yes"


class Link(NamedTuple):
    """A link of the page."""

    text: str
    url: str


class ScheduleLink(NamedTuple):
    """A link to the form of a schedule, with its primary key."""

    text: str
    url: str
    pk: int


class LinkGroup(NamedTuple):
    """A link, and those that belong to it."""

    link: Link
    parts: tuple[Link, ...]


@dataclass(frozen=True)
class Task:
    """One of the things that staff do most: links to where it is done; a search of its own only
    where it looks for something else than the one in the header."""

    title: str
    hint: str = ""
    search_url: str = ""
    search_label: str = ""
    links: tuple[Link, ...] = ()
    groups: tuple[LinkGroup, ...] = ()
    more: Link | None = None


class Attention(NamedTuple):
    """What should be looked at: `level` is error, warning or info; the link leads to the remedy."""

    level: str
    text: str
    link: Link


class UpcomingChange(NamedTuple):
    """A planned change: takes effect by itself on a day to come."""

    on: date
    text: str
    url: str


Provider = Callable[["Dashboard"], Iterable]


class Providers:
    """Functions that put things on the page, in their order."""

    def __init__(self) -> None:
        self._placed: dict[Provider, int] = {}

    def register(self, provider: Provider, order: int) -> None:
        """Add a function; those with lower numbers come first."""
        self._placed[provider] = order

    def gather(self, dashboard: "Dashboard") -> Iterator:
        """What all of them give, one after the other."""
        for provider in sorted(self._placed, key=self._placed.__getitem__):
            yield from provider(dashboard)


_tasks, _attention, _upcoming = Providers(), Providers(), Providers()
register_task = _tasks.register
register_attention = _attention.register
register_upcoming = _upcoming.register


class Dashboard:
    """What the start page shows to the user of `request`, at the aware instant `now`."""

    def __init__(self, request: HttpRequest, now: datetime) -> None:
        self.request = request
        self.now = now
        self.today = timezone.localdate(now)
        counted = Schedule.objects.annotate(of=Window(Count("pk"))).prefetch_related("spans")
        rows: list[Any] = list(counted[: calendar.SCHEDULES_AT_MOST])
        self.schedules: list[Schedule] = rows
        self.more_schedules = rows[0].of - len(rows) if rows else 0
        to_come = ScheduleException.objects.of_days(self.today, date.max)
        shown = {row.pk: row for row in rows}
        to_come = to_come.with_some_schedules(Schedule.objects.filter(pk__in=shown))
        to_come = to_come.prefetch_related("spans").order_by("first_day", "pk")
        self.exceptions = list(to_come[:EXCEPTIONS_AT_MOST])
        for each in self.exceptions:
            # Their hours are there already.
            each.some_schedules = [shown[schedule.pk] for schedule in each.some_schedules]
        self.holidays = list(self._holidays())

    def context(self) -> dict[str, Any]:
        """What the template needs, by name."""
        notices = notices_shown.begun(self.request, self.now)
        levels = ["error", "warning", "info"]
        attention = sorted(_attention.gather(self), key=lambda each: levels.index(each.level))
        return {
            "now": self.now,
            "tasks": list(_tasks.gather(self)),
            "notices": notices[: notices_shown.AT_MOST],
            "more_notices": len(notices) > notices_shown.AT_MOST,
            "attention": attention,
            "upcoming": self._upcoming_changes(),
            "holidays": self.holidays if self.may("view", Schedule) else None,
            "more_schedules": self.more_schedules,
            "lately": recent_changes.changes(self.request),
            "editions": recent_changes.editions(self.request),
            "services": dashboard_services.services(self.request, self.now),
            "first_steps": first_steps.first_steps(self.request),
            "is_start": True,
        }

    def may(self, action: str, model: type[Model]) -> bool:
        """Whether the user may "add", "change" or "view" rows of a model."""
        return self.request.user.has_perm(
            f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        )

    def back_here(self, url: str) -> str:
        """The address of a form, which leads back to this page."""
        return with_way_back(url, self.request)

    def _upcoming_changes(self) -> list[UpcomingChange] | None:
        """The planned changes; None for a user who may not see the calendar."""
        if not self.may("view", Service):
            return None
        return sorted(_upcoming.gather(self), key=lambda each: each.on)[:UPCOMING_AT_MOST]

    def _holidays(self) -> Iterator[dict[str, Any]]:
        """The public holidays that pages announce, and what each schedule does on them."""
        by_schedule = defaultdict(list)
        for each in self.exceptions:
            for schedule in each.some_schedules:
                by_schedule[schedule.pk].append(each)
        of_all = [each for each in self.exceptions if not each.schedule_count]
        schedules = [(each, each.as_hours(of_all, by_schedule[each.pk])) for each in self.schedules]
        rank = [Status.UNKNOWN, Status.CLOSED, Status.OPEN]
        for holiday in calendar.holiday_plans(schedules, self.today, self.today + DAYS_AHEAD):
            outcomes: dict[tuple[Status, str], list[ScheduleLink]] = {}
            for row, plan, zone in holiday.plans:
                url = reverse("admin:directory_schedule_change", args=[row.pk])
                outcome = plan.status, _outcome(plan, zone)
                outcomes.setdefault(outcome, []).append(ScheduleLink(row.name, url, row.pk))
            unknown = {
                link.pk
                for (status, _text), links in outcomes.items()
                for link in links
                if status is Status.UNKNOWN
            }
            yield {
                "day": holiday.what.first_day,
                "name": holiday.name,
                "typed_day": formats.localize_input(holiday.what.first_day),
                "choices": [
                    (row.pk, row.name, row.pk in unknown)
                    for row, _plan, _zone in holiday.plans[:CHOICES_AT_MOST]
                    if not row.always_open
                ],
                "outcomes": [
                    {"status": status, "text": text, "schedules": outcomes[status, text]}
                    for status, text in sorted(outcomes, key=lambda outcome: rank.index(outcome[0]))
                ],
            }


def _outcome(plan: DayPlan, zone: str) -> str:
    hours = in_brackets(describe_day(plan.spans), zone)
    if plan.status is Status.UNKNOWN:
        return _("nobody has said whether it answers (usually %(hours)s)") % {"hours": hours}
    return hours


def context(request: HttpRequest) -> dict[str, Any]:
    """The start page's context, as of now."""
    return Dashboard(request, instants.now()).context()


# ---- What this app puts on the page ----------------------------------------------------------


def change_contact(dashboard: Dashboard) -> Iterator[Task]:
    """How to find a number or an address, and a new one."""
    if dashboard.may("change", ContactPoint):
        links = []
        if dashboard.may("add", ContactPoint):
            url = reverse("admin:directory_contactpoint_add")
            links.append(Link(_("Add a number or an address"), url))
        yield Task(
            title=_("Change a number or an address"),
            hint=_("Search for it above, however it is written: it opens at once."),
            links=tuple(links),
            more=Link(_("All contact points"), reverse("admin:directory_contactpoint_changelist")),
        )


def change_hours(dashboard: Dashboard) -> Iterator[Task]:
    """Links to the schedules if they are few."""
    if dashboard.may("change", Schedule):
        fits = len(dashboard.schedules) <= LINKS_AT_MOST
        view = "admin:directory_schedule_change"
        yield Task(
            title=_("Change hours"),
            hint="" if fits else str(SEARCHED_FOR),
            links=tuple(
                Link(str(each), reverse(view, args=[each.pk])) for each in dashboard.schedules
            )
            if fits
            else (),
            more=Link(_("All schedules"), reverse("admin:directory_schedule_changelist")),
        )


def announce_closure(dashboard: Dashboard) -> Iterator[Task]:
    """Links to the form of an exception with its day filled in."""
    if dashboard.may("add", ScheduleException):
        tomorrow = dashboard.today + timedelta(days=1)
        yield Task(
            title=_("Announce a closure"),
            hint=_("The day is filled in; write the reason that customers read."),
            links=(
                Link(_("Today"), closure_url(dashboard.today)),
                Link(_("Tomorrow or later"), closure_url(tomorrow)),
            ),
            more=Link(_("All exceptions"), reverse("admin:directory_scheduleexception_changelist")),
        )


def closure_url(day: date, schedule: Schedule | None = None) -> str:
    """The form for an exception with its day filled in, of one schedule or of all."""
    values: dict[str, str | int] = {"first_day": formats.localize_input(day)}
    if schedule:
        values["schedules"] = schedule.pk
    return f"{reverse('admin:directory_scheduleexception_add')}?{urlencode(values)}"


def unconfirmed_holidays(dashboard: Dashboard) -> Iterator[Attention]:
    """Holidays that pages announce for which a schedule states nothing."""
    if not dashboard.may("view", Schedule):
        return
    for holiday in dashboard.holidays:
        unknown = [
            link
            for outcome in holiday["outcomes"]
            if outcome["status"] is Status.UNKNOWN
            for link in outcome["schedules"]
        ]
        if unknown:
            text = ngettext(
                "%(day)s is a holiday (%(name)s), and %(count)d schedule does not say whether it "
                "answers.",
                "%(day)s is a holiday (%(name)s), and %(count)d schedules do not say whether they "
                "answer.",
                len(unknown),
            ) % {
                "day": formats.date_format(holiday["day"], "DATE_FORMAT"),
                "name": holiday["name"],
                "count": len(unknown),
            }
            keys = ",".join(str(link.pk) for link in unknown)
            # The list of exactly those.
            url = reverse("admin:directory_schedule_changelist") + f"?{urlencode({'id__in': keys})}"
            yield Attention("warning", text, Link(_("Say what happens on holidays"), url))


def data_findings(dashboard: Dashboard) -> Iterator[Attention]:
    """The open errors and warnings of the last check, the most serious first.

    Says when that was, unless it is complete, of today, and nothing was changed since.
    """
    if not dashboard.may("view", FindingAcceptance):
        return
    page = reverse("admin:directory_findingacceptance_changelist")
    check = Link(_("Check the data now"), page)
    run = runs.last_run()
    if run is None:
        if Service.objects.exists() or ContactPoint.objects.exists():
            yield Attention("info", _("The data have not been checked yet."), check)
        return
    serious = readable(dashboard.request).open().filter(severity__lt=Severity.INFO)
    shown = list(serious.annotate(of=Window(Count("pk")))[:FINDINGS_AT_MOST])
    for each in shown:
        text = f"{each.subject}: {each.message}"
        yield Attention(
            each.level, text, Link(_("See and correct it"), dashboard.back_here(each.url))
        )
    if shown and (count := shown[0].of) > FINDINGS_AT_MOST:
        text = _("These are the first %(shown)d of %(count)d errors and warnings.")
        values = {"shown": FINDINGS_AT_MOST, "count": count}
        all_of_them = Link(_("See all of them"), f"{page}?level=serious")
        yield Attention("warning", text % values, all_of_them)
    if run.has_changes or not run.is_complete or not run.is_of(dashboard.today):
        at = formats.date_format(timezone.localtime(run.checked_at), "SHORT_DATETIME_FORMAT")
        yield Attention("info", _("Last check of the data: %(at)s") % {"at": at}, check)


def reviews_due(dashboard: Dashboard) -> Iterator[Attention]:
    """How many services and contact points are due for review."""
    if dashboard.may("view", Service) and (count := reviews.due_services(dashboard.today).count()):
        text = ngettext(
            "%(count)d service is due for review.", "%(count)d services are due for review.", count
        )
        url = reverse("admin:directory_service_changelist") + DUE
        yield Attention("info", text % {"count": count}, Link(_("Review the services"), url))
    if dashboard.may("view", ContactPoint) and (
        count := reviews.due_contact_points(dashboard.today).count()
    ):
        text = ngettext(
            "%(count)d contact point is due for a try.",
            "%(count)d contact points are due for a try.",
            count,
        )
        url = reverse("admin:directory_contactpoint_changelist") + DUE
        yield Attention("info", text % {"count": count}, Link(_("Try the contact points"), url))


def register() -> None:
    """Put on the page what belongs to this app."""
    register_task(change_contact, order=10)
    register_task(change_hours, order=20)
    register_task(announce_closure, order=40)
    register_attention(data_findings, order=10)
    register_attention(unconfirmed_holidays, order=20)
    register_attention(reviews_due, order=30)
