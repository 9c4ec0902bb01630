"""Checks of absences: that somebody stands in, and can be reached."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import formats
from django.utils.translation import gettext as _

from directory.contacts.stand_ins import Stretch, stretches
from directory.editions import contributions
from directory.editions.document import PublishedAbsence, ServiceDocument
from directory.editions.names import name_of
from directory.hours.words import describe_days
from directory.models import Service
from directory.models.findings import Severity
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject

# An absence is history for so long before it is to be tidied up.
KEPT_FOR = timedelta(days=30)


def nobody_stands_in(facts: Facts) -> Iterator[CheckMessage]:
    """Days, today or to come, on which somebody is away and nobody answers instead."""
    for service, composed, away, stretch in _stretches(facts):
        last = stretch.absences[-1]
        if stretch.stand_in or (last.contacts and not last.stand_in):
            continue
        who, days = _named(composed, stretch), describe_days(stretch.first_day, stretch.last_day)
        if len(stretch.absences) == 1:
            message = _(
                "It is away on %(days)s, and nobody stands in: customers find nobody. Choose who "
                "answers, or give other contacts for these days."
            )
        else:
            message = _(
                "It is away on %(days)s, and so is who stands in (%(who)s). Choose somebody who is "
                "there."
            )
        yield CheckMessage(
            code="nobody_stands_in",
            severity=Severity.WARNING,
            subject=Subject.of(away),
            related=(Subject.of(service),),
            message=message % {"days": days, "who": who},
            basis=_basis(stretch),
        )


def stand_in_out_of_reach(facts: Facts) -> Iterator[CheckMessage]:
    """Who stands in, today or to come, without any contact point."""
    for service, composed, away, stretch in _stretches(facts):
        stand_in = composed.escalation.stand_ins.get(stretch.stand_in)
        if not stand_in or stand_in.contacts or stretch.absences[-1].contacts:
            continue
        message = _(
            "%(who)s stands in on %(days)s and has no contact point, so customers reach nobody. "
            "Give one to whom stands in, or to the absence."
        )
        names = {
            "who": stand_in.person or stand_in.name,
            "days": describe_days(stretch.first_day, stretch.last_day),
        }
        yield CheckMessage(
            code="stand_in_out_of_reach",
            severity=Severity.WARNING,
            subject=Subject.of(away),
            related=(Subject.of(service),),
            message=message % names,
            basis=_basis(stretch),
        )


def absences_long_over(facts: Facts) -> Iterator[CheckMessage]:
    """Absences that ended more than KEPT_FOR ago."""
    for service, composed in facts.services:
        rows = contributions.absence_rows(service)
        for (_row, away), absence in zip(rows, composed.escalation.absences, strict=True):
            if absence.last_day < facts.today - KEPT_FOR:
                message = _("Its absence ended on %(day)s. Delete it: no page needs it any more.")
                yield CheckMessage(
                    code="absence_long_over",
                    severity=Severity.INFO,
                    subject=Subject.of(away),
                    related=(Subject.of(service),),
                    message=message % {"day": formats.date_format(absence.last_day)},
                    basis=(str(absence.first_day), str(absence.last_day)),
                )


def _stretches(
    facts: Facts,
) -> Iterator[tuple[Service, ServiceDocument, Model, Stretch[PublishedAbsence]]]:
    """The days, today or to come, on which somebody on a level of a service is away."""
    for service, composed in facts.services:
        rows = contributions.level_rows(service)
        answering = {
            level.contact: row
            for (_policy, row), level in zip(rows, composed.escalation.levels, strict=True)
            if not level.is_past_on(facts.today)
        }
        for code, row in answering.items():
            for stretch in stretches(composed.escalation.absences, code, facts.today):
                yield service, composed, row, stretch


def _named(composed: ServiceDocument, stretch: Stretch[PublishedAbsence]) -> str:
    """Who should stand in, one for the other."""
    codes = [each.contact for each in stretch.absences[1:]]
    return " → ".join(name_of(code, composed.escalation) for code in codes)


def _basis(stretch: Stretch[PublishedAbsence]) -> tuple[Any, ...]:
    chain = [f"{each.contact} {each.stand_in}" for each in stretch.absences]
    return (str(stretch.first_day), str(stretch.last_day), *chain)
