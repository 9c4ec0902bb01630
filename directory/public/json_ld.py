"""A service's directory as schema.org data (JSON-LD), for search engines and assistants.

https://schema.org/Service, /Organization, /ContactPoint, /ServiceChannel, /Place,
/OpeningHoursSpecification
"""

import json
from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory
from directory.contacts.kinds import kind_of
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
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


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
    contact_points = [_contact_point(*each) for each in given if not kind_of(each[0].kind).is_place]
    organization = settings.ORGANIZATION
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Service",
            "@id": f"{url}#service",
            "name": directory.name,
            "description": directory.introduction,
            "url": url,
            "areaServed": organization.country,
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
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(ESCAPES)


def _contact_point(
    contact: ContactAnswer, channel: ChannelAnswer, schedule: OpeningHours, on: date
) -> dict:
    """A ContactPoint, its numbers E.164. Dated exceptions stand beside the weekly hours: both are
    OpeningHoursSpecification with their validity, and only a Place has special hours apart."""
    weekly, special = _hours(channel, schedule, on)
    return _filled(
        {
            "@type": "ContactPoint",
            "name": contact.label,
            "contactType": ", ".join(kind.name for kind in channel.request_types),
            **kind_of(contact.kind).schema_org(contact.value),
            "description": contact.menu_options,
            "availableLanguage": list(channel.languages) or settings.ORGANIZATION.language,
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
    return {"@type": "ServiceChannel", "name": channel.title, "serviceLocation": _filled(place)}


def _hours(
    channel: ChannelAnswer, schedule: OpeningHours, on: date
) -> tuple[list[dict], list[dict]]:
    """The weekly and the special hours. While the channel is out of order it is closed."""
    if channel.out_of_order:
        last = channel.until and last_day(channel.until)
        return [], [closed_specification(on, last, channel.reason)]
    holidays = holidays_of(schedule, get_language())
    special = special_opening_hours_specification(schedule, on, holidays)
    return [*opening_hours_specification(schedule, on)], [*special]


def _filled(properties: dict) -> dict:
    return {name: value for name, value in properties.items() if value not in ("", [], None)}
