"""Reviews: what is due, who confirms it, who is reminded; and told what customers report.

A service is due when its interval (its own, or REVIEW_INTERVAL_DAYS) has passed since it was last
reviewed; a contact point that a service gives, CONTACT_POINT_VERIFIED_FOR_DAYS after it was last
verified. What nobody ever looked at is due.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, User
from django.db.models import DateField, Exists, Func, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.editions.turn import publishing_turn
from directory.models import ContactPoint, ContactReport, DailyCount, Service
from directory.models.contact_reports import ReportSummary
from directory.models.recording import watch
from directory.models.services import reachable, use_paths
from directory.upkeep.verification import mark_verified


class DaysAfter(Func):
    """A date and a number of days: the date so many days later."""

    output_field = DateField()
    template = "(%(expressions)s)"
    arg_joiner = " + "

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> tuple:
        days = {"template": "DATE(%(expressions)s || ' days')", "arg_joiner": ", "}
        return self.as_sql(compiler, connection, **days, **context)


def contact_points_of(owner: User) -> QuerySet[ContactPoint]:
    """The contact points that the services of an owner give."""
    services = Service.objects.filter(owner=owner)
    uses = (
        model._default_manager.filter(reachable(services, model)).order_by().values("contact_point")
        for model in ContactPoint.use_models()
    )
    return ContactPoint.objects.filter(reduce(or_, (Q(pk__in=each) for each in uses)))


@dataclass(frozen=True)
class Due:
    """A service or contact point to look at. `last` is the day on which somebody did, or None."""

    item: Service | ContactPoint
    last: date | None

    @property
    def is_service(self) -> bool:
        return isinstance(self.item, Service)

    @property
    def last_in_words(self) -> str:
        """When somebody last looked at it, in the language in use."""
        if self.last is None:
            return _("never reviewed") if self.is_service else _("never tried")
        text = _("last reviewed on %(day)s") if self.is_service else _("last tried on %(day)s")
        return text % {"day": date_format(self.last)}


@dataclass(frozen=True)
class Reported:
    """A contact point of which customers reported something that its owner was not told yet."""

    contact_point: ContactPoint
    summary: ReportSummary


@dataclass
class Reminder:
    """What one owner is told."""

    owner: AbstractUser
    reported: list[Reported] = field(default_factory=list)
    services: list[Due] = field(default_factory=list)
    contact_points: list[Due] = field(default_factory=list)


def due(today: date) -> list[Due]:
    """What is due: published services, then contact points that these give, the longest
    neglected first. Two queries at any size."""
    services = [Due(each, each.reviewed_on) for each in due_services(today).select_related("owner")]
    points = [Due(each, each.verified_on) for each in due_contact_points(today)]
    return [*sorted(services, key=_neglect), *sorted(points, key=_neglect)]


def due_services(today: date) -> QuerySet[Service]:
    """The published services that are due."""
    interval = Coalesce("review_interval_days", settings.REVIEW_INTERVAL_DAYS)
    services = Service.objects.published().alias(due_on=DaysAfter("reviewed_on", interval))
    return services.filter(Q(reviewed_on=None) | Q(due_on__lte=today))


def due_contact_points(today: date) -> QuerySet[ContactPoint]:
    """The contact points that published services give and that are due."""
    oldest = today - timedelta(days=settings.CONTACT_POINT_VERIFIED_FOR_DAYS)
    services = Service.objects.published().order_by()
    given = [
        Q(Exists(services.filter(**{f"{path}__contact_point": OuterRef("pk")})))
        for path in use_paths()
    ]
    is_due = Q(verified_on=None) | Q(verified_on__lte=oldest)
    return ContactPoint.objects.filter(is_due, reduce(or_, given))


def reminders(today: date) -> list[Reminder]:
    """One reminder for each owner to whom something is due of which he or she was not reminded
    within the period, or something was reported, by name of the owner. Services without an active
    owner are in none.

    A contact point reaches the owners of all services that give it, what customers report those of
    the services on whose pages they did.
    """
    by_owner: dict[int, Reminder] = {}
    everything, services_of = due(today), _services_by_contact_point()
    owned = Service.objects.published().filter(owner__is_active=True).select_related("owner")
    owners = {service.pk: service.owner for service in owned if service.owner}
    for each in everything:
        concerned = {each.item.pk} if each.is_service else services_of[each.item.pk]
        for owner in {owners[pk] for pk in concerned & owners.keys()}:
            if _is_due(_reminded(each.item, owner), _interval(each.item), today):
                reminder = by_owner.setdefault(owner.pk, Reminder(owner))
                (reminder.services if each.is_service else reminder.contact_points).append(each)
    for owner, reported in _reported(owners).items():
        by_owner.setdefault(owner.pk, Reminder(owner)).reported.extend(reported)
    return sorted(by_owner.values(), key=lambda each: each.owner.get_username())


def may_remind(reminder: Reminder, today: date) -> bool:
    """Count that this owner is written to; whether that is the first time on this day. So of two
    runs at once one mails, and a run that was killed mails nothing twice."""
    return DailyCount.objects.take(today, _reminded_of_day(reminder), 1)


def was_not_reminded(reminder: Reminder, today: date) -> None:
    """Take back what `may_remind` counted."""
    DailyCount.objects.give_back(today, _reminded_of_day(reminder))


@publishing_turn()
def mark_reminded(reminder: Reminder, today: date) -> None:
    """Note that this owner was told, so that the next time is after the period."""
    if reminder.reported:
        told = ContactReport.objects.untold().filter(service__owner=reminder.owner.pk)
        newest = max(each.summary.newest.pk for each in reminder.reported)
        told.filter(pk__lte=newest).update(told_on=today)
    for model, dues in ((Service, reminder.services), (ContactPoint, reminder.contact_points)):
        items: list[Any] = [each.item for each in dues]
        for item in items:
            item.reminded_on[reminder.owner.get_username()] = today.isoformat()
        model.objects.bulk_update(items, ["reminded_on"], batch_size=500)


def confirm(
    item: Service | ContactPoint, today: date, by: AbstractBaseUser | None = None
) -> date | None:
    """Note that `by` found it still true. Returns the day on which it was found so before.

    Of a contact point the public documents have the day, of a service they have not.
    """
    name = reviewed_field(item)
    before = getattr(item, name)
    if isinstance(item, ContactPoint):
        mark_verified(ContactPoint.objects.filter(pk=item.pk), today, by)
    else:
        watch([item])
        Service.objects.filter(pk=item.pk).update(**{name: today})
    setattr(item, name, today)
    return before


def reviewed_field(item: Model | type[Model]) -> str:
    """The name of the field of services or of contact points with the day of the last review."""
    return "reviewed_on" if item._meta.model is Service else "verified_on"


def _interval(item: Service | ContactPoint) -> int:
    if isinstance(item, ContactPoint):
        return settings.CONTACT_POINT_VERIFIED_FOR_DAYS
    return item.review_interval_days or settings.REVIEW_INTERVAL_DAYS


def _reminded(item: Service | ContactPoint, owner: Any) -> date | None:
    day = item.reminded_on.get(owner.get_username())
    return day and date.fromisoformat(day)


def _is_due(last: date | None, interval: int, today: date) -> bool:
    return last is None or last + timedelta(days=interval) <= today


def _reported(owners: dict[int, Any]) -> dict[Any, list[Reported]]:
    """What was reported on the pages of services, by key, and is not told yet, by their owners."""
    untold = ContactReport.objects.untold().order_by("contact_point", "service").distinct()
    found: dict[Any, dict[int, None]] = defaultdict(dict)
    for service, point in untold.values_list("service", "contact_point"):
        if service in owners:
            found[owners[service]][point] = None
    keys = {key for points in found.values() for key in points}
    summaries, points = ContactReport.objects.summaries(keys), ContactPoint.objects.in_bulk(keys)
    return {
        owner: [Reported(points[key], summaries[key]) for key in some if key in summaries]
        for owner, some in found.items()
    }


def _reminded_of_day(reminder: Reminder) -> str:
    return salted_hmac("directory.upkeep.reviews", f"{reminder.owner.pk}").hexdigest()


def _neglect(each: Due) -> tuple[date, str]:
    return each.last or date.min, str(each.item)


def _services_by_contact_point() -> dict[int, set[int]]:
    """The published services, by primary key, that give each contact point."""
    services_of = defaultdict(set)
    for path in use_paths():
        services = Service.objects.published().order_by()
        for contact_point, service in services.values_list(f"{path}__contact_point", "pk"):
            if contact_point is not None:
                services_of[contact_point].add(service)
    return services_of
