"""Who gives which contact points and keeps which schedules, gathered from documents."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from directory.contacts.text import fold
from directory.editions import contributions
from directory.editions.document import PublishedContact, ServiceDocument
from directory.hours.schedule import OpeningHours
from directory.models import Service
from directory.upkeep.checks.messages import Subject

# So many services stand for all that a finding rests on: it holds as long as they do.
REMEMBERED_AT_MOST = 10

# (contact point, menu, extensions, ...) -> schedule -> who keeps it.
Uses = dict[tuple[Any, ...], dict[str, list["UseHolder"]]]


@dataclass(frozen=True)
class UseHolder:
    """A channel or an escalation contact that gives a contact point, and who is named for it."""

    subject: Subject
    service: int
    name: str


@dataclass
class Usage:
    """Contact points and schedules, by their codes.

    `services_of_point` are the first services that give a contact point, now or as what is planned
    for another; `points_in_use` are those that are given now; `services_of_schedule` the first
    services that keep a schedule. `hours` are the schedules without their name: two may say the
    same.
    """

    services_of_point: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    points_in_use: set[str] = field(default_factory=set)
    services_of_schedule: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    hours: dict[str, OpeningHours] = field(default_factory=dict)
    in_channels: Uses = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    in_levels: Uses = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, service: Service, composed: ServiceDocument, today: date) -> None:
        """Add what one service gives and keeps, by its document, on a day."""
        for code, schedule in composed.schedules.items():
            _remember(self.services_of_schedule[code], service.pk)
            if code not in self.hours:
                self.hours[code] = replace(schedule, code="", name="")
        self._add_channels(service, composed, today)
        if composed.escalation.levels:
            self._add_levels(service, composed, today)

    def _add_channels(self, service: Service, composed: ServiceDocument, today: date) -> None:
        for row, channel in zip(service.channels.all(), composed.channels, strict=True):
            holder = UseHolder(Subject.of(row), service.pk, str(service))
            is_past = channel.is_past_on(today)
            for contact in channel.contacts:
                self._add_contact(service, contact)
                for kind in channel.request_types if channel.schedule and not is_past else ():
                    how = (*_how(contact), kind.code)
                    self.in_channels[how][channel.schedule].append(holder)

    def _add_levels(self, service: Service, composed: ServiceDocument, today: date) -> None:
        rows = contributions.level_rows(service)
        for (_policy, answering), level in zip(rows, composed.escalation.levels, strict=True):
            holder = UseHolder(Subject.of(answering), service.pk, str(answering))
            is_past = level.is_past_on(today)
            for contact in level.contacts:
                self._add_contact(service, contact)
                if level.schedule and not is_past:
                    self.in_levels[_how(contact)][level.schedule].append(holder)
        escalation = composed.escalation
        for absence in escalation.absences:
            for contact in absence.contacts:
                self._add_contact(service, contact)
        for stand_in in escalation.stand_ins.values():
            for contact in stand_in.contacts:
                self._add_contact(service, contact)

    def _add_contact(self, service: Service, contact: PublishedContact) -> None:
        self.points_in_use.add(contact.code)
        for code in contact.codes:
            _remember(self.services_of_point[code], service.pk)


def _how(contact: PublishedContact) -> tuple:
    return contact.code, fold(contact.menu_options), contact.extensions


def _remember(services: list[int], key: int) -> None:
    if len(services) < REMEMBERED_AT_MOST and key not in services:
        services.append(key)
