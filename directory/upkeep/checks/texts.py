"""Checks of free texts: numbers and addresses that belong into contact points."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.contacts import phones
from directory.editions import extensions
from directory.upkeep.checks import mentions
from directory.upkeep.checks.contact_points import canonical, is_slip, values
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.finding import Finding, Level, Subject


def outdated_numbers(facts: Facts) -> Iterator[Finding]:
    """Numbers in a text in the form of before 2021, or without their area code."""
    for row, field, text in free_texts(facts):
        for number in mentions.numbers(text):
            if not number.is_outdated:
                continue
            if number.today:
                message = _(
                    "The text says “%(written)s”, which can no longer be dialled. Write %(today)s."
                ) % {"written": number.written, "today": phones.display(number.today)}
            else:
                message = _(
                    "The text says “%(written)s”. If it is a phone number, its area code is "
                    "missing: write all ten digits."
                ) % {"written": number.written}
            yield Finding(
                code="outdated_number",
                level=Level.WARNING,
                subject=Subject.of(row),
                field=field,
                message=message,
                judged=(number.written, text),
            )


def unknown_mentions(facts: Facts) -> Iterator[Finding]:
    """Numbers and addresses in a text that no contact point has: nobody will keep them true."""
    known = values(facts.contact_points)
    for row, field, text in free_texts(facts):
        for number in mentions.numbers(text):
            if number.today and number.today not in known:
                shown = phones.display(number.today)
                yield _unknown(row, field, text, shown, number.today, Level.WARNING, known)
        for email in mentions.emails(text):
            if email not in known:
                yield _unknown(row, field, text, email, email, Level.WARNING, known)
        for link in mentions.links(text):
            # A manual or a policy may well be named in a text, and only there.
            if canonical(link) not in known:
                yield _unknown(row, field, text, link, canonical(link), Level.INFO, known)


def plain_http_in_texts(facts: Facts) -> Iterator[Finding]:
    """Links in texts without encryption."""
    for row, field, text in free_texts(facts):
        for link in mentions.links(text):
            if link.lower().startswith("http://"):
                yield Finding(
                    code="plain_http_in_text",
                    level=Level.WARNING,
                    subject=Subject.of(row),
                    field=field,
                    message=_(
                        "The text links to %(link)s without encryption. Try it with https:// and, "
                        "if it opens, change it."
                    )
                    % {"link": _short(link)},
                    judged=(link, text),
                )


def free_texts(facts: Facts) -> Iterator[tuple[Model, str, str]]:
    """Every text that staff write freely and customers read, with the row where it is edited and
    the field, which is empty for the words of its contacts."""
    for service, _composed in facts.services:
        yield service, "introduction", service.introduction
        for channel in service.channels.all():
            yield channel, "title", channel.title
            yield channel, "description", channel.description
            yield channel, "", _words_of_uses(channel)
    # What services share is there for each of them.
    added = {
        (row, field): text
        for service, _composed in facts.services
        for row, field, text in extensions.texts(service)
    }
    yield from ((row, field, text) for (row, field), text in added.items())
    for point in facts.contact_points:
        yield point, "label", point.label
    for exception in facts.exceptions:
        yield exception, "reason", exception.reason


def _words_of_uses(holder):
    return "\n".join(
        text for use in holder.contact_uses.all() for text in (use.label, use.menu_options)
    )


def _unknown(row, field, text, shown, value, level, known):
    # The near ones are looked for here only: unknown mentions are few.
    near = next((each for each in sorted(known) if is_slip(each, value)), "")
    if near:
        message = _(
            "The text names “%(mention)s”, which is no contact point, but almost “%(near)s”. "
            "Correct the text."
        ) % {"mention": _short(shown), "near": near}
    else:
        message = _(
            "The text names “%(mention)s”, which is no contact point, so nobody will notice when "
            "it changes. Add it as a contact point, or take it out of the text."
        ) % {"mention": _short(shown)}
    return Finding(
        code="unknown_mention",
        level=level,
        subject=Subject.of(row),
        field=field,
        message=message,
        judged=(value, near, text),
    )


def _short(text):
    return Truncator(text).chars(80)
