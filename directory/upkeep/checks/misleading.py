"""Checks of addresses that can mislead: in contact points and in texts.

`before_saving` says what they find in rows that are about to be saved.
"""

from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from directory.contacts import addresses, hosts, showing
from directory.models import ContactPoint, FindingAcceptance
from directory.models.contact_values import WEB_FIELDS
from directory.models.findings import Severity
from directory.models.number_concerns import concerns_of_text
from directory.upkeep.checks import mentions
from directory.upkeep.checks.addresses import Addresses
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject
from directory.upkeep.checks.texts import free_texts


def misleading_addresses(facts: Facts) -> Iterator[CheckMessage]:
    """E-mail and web addresses, of maps too, whose host imitates another, hides where it leads, or
    is not one of the organisation's."""
    for point in facts.contact_points:
        for field in ("email", *WEB_FIELDS):
            known = hosts.MAPS if field == "map_url" else hosts.PLATFORMS
            for code, message in _flaws(address := getattr(point, field), known):
                yield CheckMessage(
                    code=code,
                    severity=Severity.ERROR,
                    subject=Subject.of(point),
                    field=field,
                    message=message,
                    basis=(address,),
                )


def misleading_links(facts: Facts) -> Iterator[CheckMessage]:
    """The same in texts: their links, what looks like a site without one, e-mail addresses."""
    for row, field, text in free_texts(facts):
        links = [*mentions.links(text), *mentions.short_links(text), *mentions.sites(text)]
        for address in dict.fromkeys([*links, *mentions.emails(text)]):
            for code, message in _flaws(address):
                yield CheckMessage(
                    code=f"{code}_in_text",
                    severity=Severity.ERROR,
                    subject=Subject.of(row),
                    field=field,
                    message=message,
                    basis=(address, text),
                )


def costly_numbers(facts: Facts) -> Iterator[CheckMessage]:
    """Numbers in texts that cost customers more than they expect, or are of another country than
    all others. Two queries at most for each of these countries."""
    known: dict[str, bool] = {}
    for row, field, text in free_texts(facts):
        for number in dict.fromkeys(each.today for each in mentions.numbers(text) if each.today):
            for concern in concerns_of_text(number, known):
                yield CheckMessage(
                    code=f"{concern.code}_in_text",
                    severity=Severity.ERROR if concern.is_error else Severity.WARNING,
                    subject=Subject.of(row),
                    field=field,
                    message=f"{showing.display(number)}: {concern.message}",
                    basis=(number, text),
                )


def before_saving(rows: Iterable[Model]) -> list[CheckMessage]:
    """What misleads in rows as they are about to be saved, but for what is accepted. One query,
    none where nothing does, and two at most for each country of a foreign number."""
    rows = list(rows)
    points = [row for row in rows if isinstance(row, ContactPoint)]
    others = [row for row in rows if not isinstance(row, ContactPoint)]
    facts = Facts(contact_points=points, unsaved=others, addresses=Addresses([]))
    found = [*misleading_addresses(facts), *misleading_links(facts)]
    found += costly_numbers(facts)
    fingerprints = [each.fingerprint for each in found]
    accepted = FindingAcceptance.objects.filter(fingerprint__in=fingerprints)
    known = set(accepted.values_list("fingerprint", flat=True)) if found else set()
    return [each for each in found if each.fingerprint not in known]


def _flaws(address: str, known: Collection[str] = hosts.PLATFORMS) -> Iterator[tuple[str, str]]:
    """What may mislead in an address: the code of a finding and its message, one at the most.
    Hosts that are `known` need not be the organisation's."""
    link = address if "@" in address or "://" in address else f"https://{address}"
    host = addresses.host_of(link)
    own = settings.ORGANIZATION.listed_hosts
    if not host or hosts.is_among(host, own):
        return
    if addresses.has_userinfo(address):
        yield (
            "userinfo",
            _("“%(address)s” leads to “%(host)s”, whatever stands before “@”. Take that out.")
            % {"address": address, "host": host},
        )
    elif hosts.imitation(host):
        yield (
            "lookalike_host",
            _(
                "“%(host)s” has letters of another alphabet that look like usual ones: programs "
                "read it as “%(real)s”. Type the address anew."
            )
            % {"host": host, "real": addresses.host_for_programs(host)},
        )
    elif hosts.is_among(host, known):
        return
    elif hosts.is_among(host, hosts.SHORTENERS):
        yield (
            "link_shortener",
            _(
                "“%(host)s” hides where a link leads, and can lead elsewhere tomorrow. Write the "
                "address that opens in the end."
            )
            % {"host": host},
        )
    elif own:
        yield (
            "unlisted_host",
            _(
                "“%(host)s” is not one of the organisation's hosts. Check the address; if it is "
                "right, accept this with a reason, or have the host added to TRUSTED_DOMAINS."
            )
            % {"host": host},
        )
