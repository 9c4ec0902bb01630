"""Checks of services: what a page lacks, and whether it is what the rows say."""

import hashlib
from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _

from directory.answers.channel_filters import is_for_critical
from directory.answers.gaps import gaps_in_words, usual_gaps
from directory.contacts.kinds import kind_of
from directory.contacts.replacements import current_and_next
from directory.editions import contributions, document
from directory.editions.names import level_name
from directory.editions.reading import is_proven
from directory.models import Service
from directory.models.findings import Severity
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject


def without_channels(facts: Facts) -> Iterator[CheckMessage]:
    """Public pages without a channel today; drafts are not checked."""
    for service, composed in _public(facts):
        if not any(channel.is_valid_on(facts.today) for channel in composed.channels):
            yield CheckMessage(
                code="without_channels",
                severity=Severity.ERROR,
                subject=Subject.of(service),
                field="channels",
                message=_(
                    "Its page names no channel today, so customers find nobody. Add a channel, or "
                    "take the page off until there is one."
                ),
            )


def incomplete_channels(facts: Facts) -> Iterator[CheckMessage]:
    """Channels of public pages that say neither with what nor how they are reached, or are for no
    type of request."""
    for service, composed in _public(facts):
        for row, channel in zip(service.channels.all(), composed.channels, strict=True):
            if channel.is_past_on(facts.today):
                continue
            if not channel.contacts and not channel.description:
                yield CheckMessage(
                    code="channel_without_contact",
                    severity=Severity.ERROR,
                    subject=Subject.of(row),
                    field="contact_uses",
                    related=(Subject.of(service),),
                    message=_(
                        "It has no contact point, and no description that says how to use it. Add "
                        "one of them, or delete the channel."
                    ),
                )
            if not channel.request_types:
                yield CheckMessage(
                    code="channel_without_request_type",
                    severity=Severity.ERROR,
                    subject=Subject.of(row),
                    field="request_types",
                    related=(Subject.of(service),),
                    message=_(
                        "It has no request type, so nobody is sent to it. Choose what it is for."
                    ),
                )


def channels_past_due(facts: Facts) -> Iterator[CheckMessage]:
    """Channels that were valid until a day that has passed."""
    for service, _composed in facts.services:
        for channel in service.channels.all():
            if channel.valid_until and channel.is_past_on(facts.today):
                yield CheckMessage(
                    code="channel_past_due",
                    severity=Severity.INFO,
                    subject=Subject.of(channel),
                    field="valid_until",
                    related=(Subject.of(service),),
                    message=_(
                        "It was valid until %(day)s, and customers no longer see it. Delete it, or "
                        "give it a new day."
                    )
                    % {"day": formats.date_format(channel.valid_until)},
                    basis=(str(channel.valid_until),),
                )


def without_level_one(facts: Facts) -> Iterator[CheckMessage]:
    """Public pages whose customers cannot escalate today, where an app keeps levels. Instructions
    without levels say how."""
    for service, composed in _public(facts) if contributions.registered() else ():
        escalation = composed.escalation
        first = [level for level in escalation.levels if level.level == 1]
        says_how = bool(escalation.instructions) and not escalation.levels
        if not says_how and not any(level.is_valid_on(facts.today) for level in first):
            yield CheckMessage(
                code="without_level_one",
                severity=Severity.WARNING,
                subject=Subject.of(service),
                message=_(
                    "It has no first escalation level, so customers whom nobody helped cannot "
                    "escalate. Add who answers it."
                ),
            )


def levels_past_due(facts: Facts) -> Iterator[CheckMessage]:
    """Escalation levels that were valid until a day that has passed."""
    for service, composed in facts.services:
        rows = contributions.level_rows(service)
        for (policy, _contact), level in zip(rows, composed.escalation.levels, strict=True):
            if not (level.valid_until and level.is_past_on(facts.today)):
                continue
            yield CheckMessage(
                code="level_past_due",
                severity=Severity.INFO,
                subject=Subject.of(policy),
                field=contributions.levels_name(),
                related=(Subject.of(service),),
                message=_(
                    "%(level)s (%(name)s) was valid until %(day)s, and customers no longer see it. "
                    "Delete it, or give it a new day."
                )
                % {
                    "level": level_name(level),
                    "name": level.purpose or level.name,
                    "day": formats.date_format(level.valid_until),
                },
                basis=(level.level, level.contact, str(level.valid_until)),
            )


def out_of_reach_from_abroad(facts: Facts) -> Iterator[CheckMessage]:
    """Channels for callers from abroad that give a number which is dialled in the country alone."""
    for service, composed in facts.services:
        for row, channel in zip(service.channels.all(), composed.channels, strict=True):
            if not channel.for_abroad or channel.is_past_on(facts.today):
                continue
            for contact in channel.contacts:
                due, _planned = current_and_next(contact.replacements, facts.today)
                current = due or contact
                kind = kind_of(current.kind)
                if kind.only_from(current.value):
                    yield CheckMessage(
                        code="out_of_reach_from_abroad",
                        severity=Severity.WARNING,
                        subject=Subject.of(row),
                        field="contact_uses",
                        related=(Subject.of(service),),
                        message=_(
                            "It is for callers from abroad, but nobody can dial %(number)s there. "
                            "Give another number."
                        )
                        % {"number": kind.shown(current.value)},
                        basis=(current.kind, current.value),
                    )


def critical_without_answer(facts: Facts) -> Iterator[CheckMessage]:
    """Public pages that name critical requests, where at some hour of a usual week nobody answers.

    Hours that are not known (a holiday, a channel without hours) are no gap.
    """
    for service, composed in _public(facts):
        if not any(kind.is_critical for kind in composed.named_request_types):
            continue
        gaps = usual_gaps(composed, is_for_critical, facts.today)
        if any(gaps):
            yield CheckMessage(
                code="critical_without_answer",
                severity=Severity.WARNING,
                subject=Subject.of(service),
                field="channels",
                message=_(
                    "At some hours nobody answers a critical incident. Add a channel for them, or "
                    "accept it if that is what was agreed. Without an answer: %(hours)s"
                )
                % {"hours": gaps_in_words(gaps)},
                basis=tuple(
                    (day, str(span.opens), str(span.closes))
                    for day, spans in enumerate(gaps, 1)
                    for span in spans
                ),
            )


def altered_in_the_database(facts: Facts) -> Iterator[CheckMessage]:
    """Services whose current edition is not what was published: somebody wrote to the database."""
    for service, _composed in _public(facts):
        edition = facts.published.get(service.pk)
        if edition is not None and not is_proven(edition):
            yield CheckMessage(
                code="altered_in_the_database",
                severity=Severity.ERROR,
                subject=Subject.of(service),
                message=_(
                    "Edition %(number)d is not what was published: it was altered in the database, "
                    "and customers are not shown it. Find out who did it, see “manage.py "
                    "verify_editions”, then run “manage.py publish %(slug)s”."
                )
                % {"number": edition.number, "slug": service.slug},
                basis=(edition.number, edition.digest),
            )


def not_as_published(facts: Facts) -> Iterator[CheckMessage]:
    """Services whose rows were changed without publishing: customers read something else."""
    for service, composed in _public(facts):
        text, edition = document.encode(composed), facts.published.get(service.pk)
        if edition is None or edition.document != text:
            yield CheckMessage(
                code="not_as_published",
                severity=Severity.ERROR,
                subject=Subject.of(service),
                message=_(
                    "Customers do not read what is entered here. Save the service, or run "
                    "“manage.py publish”."
                ),
                basis=(hashlib.sha256(text.encode()).hexdigest(),),
            )


def _public(facts: Facts) -> Iterator[tuple[Service, document.ServiceDocument]]:
    """The services with a public page: of a draft nothing can be missing yet."""
    return (each for each in facts.services if each[0].is_published)
