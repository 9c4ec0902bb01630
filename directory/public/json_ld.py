"""A service's directory as schema.org data (JSON-LD), for search engines and assistants.

https://schema.org/Service, /Organization, /ContactPoint, /ServiceChannel, /Place,
/OpeningHoursSpecification
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

import msgspec
from django.conf import settings
from django.utils.translation import get_language, override, pgettext

from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory, RequestTypeAnswer
from directory.contacts.kinds import kind_of
from directory.contacts.remembered import remembered
from directory.editions.document import ServiceDocument
from directory.hours.holidays import holidays_of
from directory.hours.moments import last_day
from directory.hours.schedule import OpeningHours
from directory.hours.schema_org import (
    closed_specification,
    opening_hours_specification,
    special_opening_hours_specification,
)

# What ends a script or begins markup inside of it stays readable as JSON, but not as HTML.
ESCAPES = {character: f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def service(directory: Directory, document: ServiceDocument, url: str) -> dict:
    """The Service whose public page is at `url`: `document` as `directory` resolved it."""
    schedules = {each.code: document.hours(each.schedule) for each in document.channels}
    given = [
        (contact, channel, schedules[channel.code], directory.at.date())
        for channel in directory.channels
        for contact in channel.contacts
        # Nobody can be told in these words that a number does not work.
        if not contact.out_of_order
    ]
    places = [_place(*each) for each in given if kind_of(each[0].kind).is_place]
    organization = settings.ORGANIZATION
    is_for_all = directory.is_international
    country = None if is_for_all else organization.country
    contact_points = [
        _contact_point(*each, country) for each in given if not kind_of(each[0].kind).is_place
    ]
    is_for_all |= any(channel.for_abroad is True for channel in directory.channels)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Service",
            "@id": f"{url}#service",
            "name": directory.name,
            "description": directory.introduction,
            "url": url,
            # Without one it is for everybody.
            "areaServed": None if is_for_all else country,
            "availableChannel": places,
            "provider": _filled(
                {
                    "@type": "Organization",
                    "name": organization.name,
                    "url": organization.url,
                    "contactPoint": contact_points,
                }
            ),
        }
    )


def script_text(data: dict) -> str:
    """`data` as the text of a script element: no "<", ">" or "&" of its values is left."""
    text = msgspec.json.encode(data).decode()
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _contact_point(
    contact: ContactAnswer,
    channel: ChannelAnswer,
    schedule: OpeningHours,
    on: date,
    country: str | None,
) -> dict:
    """A ContactPoint, its numbers E.164, for callers in a country (None: in any). Dated exceptions
    stand beside the weekly hours: both are OpeningHoursSpecification with their validity, and only
    a Place has special hours apart."""
    weekly, special = _hours(channel, schedule, on)
    area = None if channel.for_abroad is True else country
    return _filled(
        {
            "@type": "ContactPoint",
            "name": contact.label,
            "contactType": contact_types(channel.request_types),
            "areaServed": kind_of(contact.kind).only_from(contact.value) or area,
            **kind_of(contact.kind).schema_org(contact.value),
            "description": contact.menu_options,
            "availableLanguage": available_languages(channel),
            "hoursAvailable": [*weekly, *special],
        }
    )


def _place(
    contact: ContactAnswer, channel: ChannelAnswer, schedule: OpeningHours, on: date
) -> dict:
    """A ServiceChannel with the Place where people go, which has special hours apart."""
    weekly, special = _hours(channel, schedule, on)
    place = {
        "@type": "Place",
        "name": contact.label,
        "address": {"@type": "PostalAddress", "streetAddress": contact.display},
        "hasMap": contact.map,
        "openingHoursSpecification": weekly,
        "specialOpeningHoursSpecification": special,
    }
    return {
        "@type": "ServiceChannel",
        "name": channel.title,
        "availableLanguage": available_languages(channel),
        "serviceLocation": _filled(place),
    }


def contact_types(request_types: Iterable[RequestTypeAnswer]) -> list[str]:
    """What a contact is for: in the words that search engines know, then as the organisation calls
    it. https://developers.google.com/search/docs/appearance/structured-data/organization names
    customer support, technical support and emergency among others."""
    kinds = list(request_types)
    known = {
        "customer support": any(not _is_technical(kind) for kind in kinds) or not kinds,
        "technical support": any(_is_technical(kind) or kind.covers_all for kind in kinds),
        "emergency": any(kind.is_critical for kind in kinds),
    }
    words = [word for word, fits in known.items() if fits]
    return list(dict.fromkeys([*words, *(kind.name for kind in kinds)]))


def _is_technical(kind: RequestTypeAnswer) -> bool:
    return kind.is_critical or kind.code in _incident_codes()


@cache
def _incident_codes() -> frozenset[str]:
    """The code of incidents, as the product ships it in each language."""
    codes = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            codes.add(pgettext("code of a request type", "incident"))
    return frozenset(codes)


def available_languages(channel: ChannelAnswer) -> list[str]:
    """The languages in which customers of a channel are served, as tags of BCP 47: that of the
    organisation where no others are stated."""
    return list(channel.languages) or [settings.ORGANIZATION.language]


def _hours(
    channel: ChannelAnswer, schedule: OpeningHours, on: date
) -> tuple[list[dict], list[dict]]:
    """The weekly and the special hours. While the channel is out of order it is closed."""
    if channel.out_of_order:
        last = channel.until and last_day(channel.until)
        return [], [closed_specification(on, last, channel.reason)]
    return _hours_of(schedule, on)


@remembered(512)
def _hours_of(schedule: OpeningHours, on: date) -> tuple[list[dict], list[dict]]:
    holidays = holidays_of(schedule, get_language())
    special = special_opening_hours_specification(schedule, on, holidays)
    return [*opening_hours_specification(schedule, on)], [*special]


def _filled(properties: dict) -> dict:
    return {name: value for name, value in properties.items() if value not in ("", [], None)}
