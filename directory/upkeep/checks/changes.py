"""What has changed since the findings were last brought up to date, and the facts to check it.

The work grows with what was changed, never with the directory.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils import timezone

from directory.models import (
    CheckRun,
    ContactPoint,
    Edition,
    Finding,
    FindingRow,
    Notice,
    Schedule,
    ScheduleException,
    Service,
)
from directory.upkeep.checks import texts
from directory.upkeep.checks.addresses import (
    Addresses,
    addresses_near,
    canonical_value,
    points_with,
)
from directory.upkeep.checks.facts import Facts, composed, open_reports, published
from directory.upkeep.checks.usage import REMEMBERED_AT_MOST, Usage

# What is beyond these is left to `check_directory`.
ROWS_AT_MOST = 100
SERVICES_AT_MOST = 50
# The hours of a contact point that more services give are compared by `check_directory`.
COMPARED_AT_MOST = 10

Key = tuple[str, int]
SERVICE = Service._meta.label_lower


@dataclass
class ChangedRows:
    """Rows that were changed or published, `deleted` those that are there no longer.

    `is_complete` is False once something had to be left out.
    """

    rows: list[Model] = field(default_factory=list)
    deleted: set[Key] = field(default_factory=set)
    published: list[int] = field(default_factory=list)
    is_complete: bool = True

    @classmethod
    def since(cls, run: CheckRun) -> "ChangedRows":
        """What the history and the editions say that a run does not take into account."""
        entries = LogEntry.objects.filter(pk__gt=run.last_change, content_type__isnull=False)
        logged = list(entries.order_by("pk").values_list("content_type", "object_id")[
            : ROWS_AT_MOST + 1
        ])  # fmt: skip
        editions = Edition.objects.filter(pk__gt=run.last_edition).order_by("pk")
        new = list(editions.values_list("service", flat=True)[: SERVICES_AT_MOST + 1])
        changed = cls(published=new[:SERVICES_AT_MOST])
        changed.is_complete = len(logged) <= ROWS_AT_MOST and len(new) <= SERVICES_AT_MOST
        changed._load(logged[:ROWS_AT_MOST])
        return changed

    def _load(self, logged: Iterable[tuple[int, str | None]]) -> None:
        keys: dict[int, set[int]] = defaultdict(set)
        for content_type, key in logged:
            if key:
                keys[content_type].add(int(key))
        for content_type, wanted in keys.items():
            model: Any = ContentType.objects.get_for_id(content_type).model_class()
            # An account has services too: those that it owns.
            if not callable(getattr(model, "services", None)):
                continue
            found = list(model._default_manager.filter(pk__in=wanted))
            self.rows += found
            self.deleted |= {(model._meta.label_lower, key) for key in wanted}
            self.deleted -= {_key(row) for row in found}


class CheckScope:
    """The rows to check after changes, as `facts`, and the keys of the `subjects` whose findings
    are all found anew; `not_compared` are the contact points of which that does not hold for
    contradicting hours."""

    def __init__(self, changed: ChangedRows) -> None:
        self.is_complete = changed.is_complete
        self._services: dict[int, None] = {}
        self._points: set[int] = set()
        self._schedules: set[int] = set()
        self._exceptions: set[int] = set()
        self._notices: set[int] = set()
        points = [row for row in changed.rows if isinstance(row, ContactPoint)]
        # Services whose uses of contact points and schedules may be others than before.
        using = self._take([row for row in changed.rows if not isinstance(row, ContactPoint)])
        self._take(points)
        self._add_services(changed.published)
        self._take(self._subjects_resting_on(changed, using))
        self.facts = self._load(using)
        self.subjects = self._all_subjects() | {_key(row) for row in changed.rows} | changed.deleted

    def _take(self, rows: list[Any]) -> set[int]:
        """Have rows checked, and the services that show them. Returns the keys of these."""
        for row in rows:
            if isinstance(row, ContactPoint):
                self._points.add(row.pk)
            elif isinstance(row, Schedule):
                self._schedules.add(row.pk)
            elif isinstance(row, ScheduleException):
                self._exceptions.add(row.pk)
            elif isinstance(row, Notice):
                self._notices.add(row.pk)
        keys = Service.objects.showing(rows).order_by("pk").values_list("pk", flat=True)
        return self._add_services(list(keys[: SERVICES_AT_MOST + 1]))

    def _add_services(self, keys: Iterable[int]) -> set[int]:
        self._services |= dict.fromkeys(keys)
        if len(self._services) > SERVICES_AT_MOST:
            self.is_complete = False
            self._services = dict.fromkeys(list(self._services)[:SERVICES_AT_MOST])
        return self._services.keys() & set(keys)

    def _subjects_resting_on(self, changed: ChangedRows, using: set[int]) -> list[Model]:
        """The subjects of findings that rest on what was changed: they may be no longer true."""
        resting = Q()
        keys = changed.deleted | {_key(row) for row in changed.rows}
        for model, wanted in _by_model(keys | {(SERVICE, key) for key in using}).items():
            resting |= Q(model=model, row_pk__in=wanted)
        values = {canonical_value(row) for row in changed.rows if isinstance(row, ContactPoint)}
        rows = FindingRow.objects.filter(resting) if resting else FindingRow.objects.none()
        subjects = Finding.objects.order_by().values_list("subject_model", "subject_pk")
        known_now = subjects.filter(code="unknown_mention", value__in=values)
        # Each of them has an index, one question for both would have none.
        found = known_now.union(subjects.filter(pk__in=rows.values("finding")))
        first = list(found[: ROWS_AT_MOST + 1])
        self.is_complete = self.is_complete and len(first) <= ROWS_AT_MOST
        return [row for each in _by_model(first).items() for row in _rows(*each)]

    def _load(self, using: set[int]) -> Facts:
        today = timezone.localdate()
        usage, services = Usage(), composed(self._services)
        changed_usage = Usage()
        for service, document in services:
            usage.add(service, document, today)
            if service.pk in using:
                changed_usage.add(service, document, today)
        given = Q(pk__in=self._points) | Q(code__in=list(changed_usage.services_of_point))
        rows = ContactPoint.objects.filter(given).select_related("replaced_by").order_by("pk")
        points = list(rows[:ROWS_AT_MOST])
        compared = self._load_usage(usage, points, today)
        self.is_complete = self.is_complete and all(
            point.pk in compared
            for point in points
            if point.code in changed_usage.services_of_point
        )
        self.not_compared = {point.pk for point in points} - compared
        kept = Q(pk__in=self._schedules) | Q(code__in=list(changed_usage.services_of_schedule))
        schedules = list(Schedule.objects.filter(kept).prefetch_related("spans").order_by("pk"))
        codes = {schedule.pk: schedule.code for schedule in schedules}
        keepers = Service.objects.first_showing_schedules(codes, REMEMBERED_AT_MOST)
        usage.services_of_schedule.update((code, keepers[key]) for key, code in codes.items())
        facts = Facts(
            today=today,
            services=services,
            contact_points=points,
            reports=open_reports(points),
            schedules=schedules,
            exceptions=list(ScheduleException.objects.filter(pk__in=self._exceptions)),
            notices=list(Notice.objects.not_ended().filter(pk__in=self._notices)),
            published=published(self._services),
            usage=usage,
            addresses=Addresses([]),
            compared=compared,
        )
        named = texts.mentioned(facts)
        known = points_with(named)
        unknown = [value for value in sorted(named) if value not in known]
        own = [canonical_value(point) for point in points if not point.phone]
        near = addresses_near([*own, *unknown[:ROWS_AT_MOST]])
        return replace(facts, addresses=known.joined(near))

    def _load_usage(self, usage: Usage, points: list[ContactPoint], today: date) -> set[int]:
        """Say in `usage` who gives the contact points. Returns the keys of those of which it says
        all; more than COMPARED_AT_MOST services are not loaded."""
        compared: set[int] = set()
        others: set[int] = set()
        first = Service.objects.first_showing_contact_points(
            [point.pk for point in points], COMPARED_AT_MOST + 1
        )
        for point in points:
            givers = first[point.pk]
            usage.services_of_point[point.code] = givers[:REMEMBERED_AT_MOST]
            if givers:
                usage.points_in_use.add(point.code)
            more = others | (set(givers) - self._services.keys())
            if len(givers) <= COMPARED_AT_MOST and len(more) <= SERVICES_AT_MOST:
                compared.add(point.pk)
                others = more
        for service, document in composed(others) if others else ():
            usage.add(service, document, today)
        return compared

    def _all_subjects(self) -> set[Key]:
        found: list[Model] = [
            *self.facts.contact_points,
            *self.facts.schedules,
            *self.facts.exceptions,
            *self.facts.notices,
        ]
        for service, _document in self.facts.services:
            found += texts.rows_of(service)
        return {_key(row) for row in found}


def _key(row: Model) -> Key:
    return row._meta.label_lower, row.pk


def _by_model(keys: Iterable[Key]) -> dict[str, list[int]]:
    found = defaultdict(list)
    for model, key in keys:
        found[model].append(key)
    return found


def _rows(model: str, keys: list[int]) -> list[Model]:
    return list(apps.get_model(model)._default_manager.filter(pk__in=keys))
