"""Checks of free texts: numbers and addresses that belong into contact points."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.contacts import showing
from directory.editions import compose, contributions
from directory.editions.document import PublishedChannel, ServiceDocument
from directory.models import Service
from directory.models.findings import Severity
from directory.models.plain_text import is_text
from directory.upkeep.checks import mentions
from directory.upkeep.checks.addresses import Addresses, link_value
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject

# As `Finding.value` holds it.
LONGEST_VALUE = 500


def outdated_numbers(facts: Facts) -> Iterator[CheckMessage]:
    """Numbers in a text in the form of before 2021, or without their area code."""
    for row, field, text in free_texts(facts):
        for number in mentions.numbers(text):
            if not number.is_outdated:
                continue
            if number.today:
                message = _(
                    "The text says “%(written)s”, which can no longer be dialled. Write %(today)s."
                ) % {"written": number.written, "today": showing.display(number.today)}
            else:
                message = _(
                    "The text says “%(written)s”. If it is a phone number, its area code is "
                    "missing: write all ten digits."
                ) % {"written": number.written}
            yield CheckMessage(
                code="outdated_number",
                severity=Severity.WARNING,
                subject=Subject.of(row),
                field=field,
                message=message,
                basis=(number.written, text),
            )


def unknown_mentions(facts: Facts) -> Iterator[CheckMessage]:
    """Numbers and addresses in a text that no contact point has: nobody will keep them true."""
    known = facts.addresses
    for row, field, text in free_texts(facts):
        for number in mentions.numbers(text):
            if number.today and number.today not in known:
                display = showing.display(number.today)
                yield _unknown(row, field, text, display, number.today, Severity.WARNING, known)
        for email in mentions.emails(text):
            if email not in known:
                yield _unknown(row, field, text, email, email, Severity.WARNING, known)
        for link in mentions.links(text):
            # A manual or a policy may well be named in a text, and only there.
            if (value := link_value(link)) not in known:
                yield _unknown(row, field, text, link, value, Severity.INFO, known)


def plain_http_in_texts(facts: Facts) -> Iterator[CheckMessage]:
    """Links in texts without encryption."""
    for row, field, text in free_texts(facts):
        for link in mentions.links(text):
            if link.lower().startswith("http://"):
                yield CheckMessage(
                    code="plain_http_in_text",
                    severity=Severity.WARNING,
                    subject=Subject.of(row),
                    field=field,
                    message=_(
                        "The text links to %(link)s without encryption. Try it with https:// and, "
                        "if it opens, change it."
                    )
                    % {"link": _short(link)},
                    basis=(link, text),
                )


def mentioned(facts: Facts) -> set[str]:
    """The canonical numbers and addresses that the texts name."""
    found = set()
    for _row, _field, text in free_texts(facts):
        found |= {number.today for number in mentions.numbers(text) if number.today}
        found |= {*mentions.emails(text), *map(link_value, mentions.links(text))}
    return found


def free_texts(facts: Facts) -> Iterator[tuple[Model, str, str]]:
    """Every text that staff write freely and customers read, with the row where it is edited and
    the field, which is empty for the words of its contacts."""
    for service, _composed in facts.services:
        yield from compose.free_texts(ServiceDocument, service)
        for channel in service.channels.all():
            yield from compose.free_texts(PublishedChannel, channel)
            for kind in channel.request_types.all():
                yield kind, "description", kind.description
        yield from contributions.texts(service)
    for point in facts.contact_points:
        yield point, "label", point.label
    for exception in facts.exceptions:
        yield exception, "reason", exception.reason
    for notice in facts.notices:
        yield notice, "text", notice.text
    for row in facts.unsaved:
        for field in row._meta.fields:
            if is_text(field) and isinstance(text := getattr(row, field.attname), str):
                yield row, field.name, text


def rows_of(service: Service) -> list[Model]:
    """The rows that a finding about a service may have as its subject: itself and its parts."""
    added = (row for row, _field, _text in contributions.texts(service))
    return list(dict.fromkeys([service, *service.channels.all(), *added]))


def _unknown(
    row: Model,
    field: str,
    text: str,
    display: str,
    value: str,
    severity: Severity,
    known: Addresses,
) -> CheckMessage:
    near = known.near(value)
    if near:
        message = _(
            "The text names “%(mention)s”, which is no contact point, but almost “%(near)s”. "
            "Correct the text."
        ) % {"mention": _short(display), "near": near}
    else:
        message = _(
            "The text names “%(mention)s”, which is no contact point, so nobody will notice when "
            "it changes. Add it as a contact point, or take it out of the text."
        ) % {"mention": _short(display)}
    return CheckMessage(
        code="unknown_mention",
        severity=severity,
        subject=Subject.of(row),
        field=field,
        message=message,
        basis=(value, near, text),
        value=value[:LONGEST_VALUE],
    )


def _short(text: str) -> str:
    return Truncator(text).chars(80)
