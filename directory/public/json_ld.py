"""A service's directory as schema.org data (JSON-LD), for search engines and assistants.

https://schema.org/Service, /Organization, /ContactPoint, /OpeningHoursSpecification
"""

import json
from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory
from directory.contacts.kinds import kind_of
from directory.editions.document import ServiceDocument
from directory.hours.holidays import holidays_of
from directory.hours.schedule import OpeningHours
from directory.hours.schema_org import (
    opening_hours_specification,
    special_opening_hours_specification,
)

# What ends a script or begins markup inside of it stays readable as JSON, but not as HTML.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def service(directory: Directory, document: ServiceDocument, url: str) -> dict:
    """The Service whose public page is at `url`: `document` as `directory` resolved it."""
    schedules = {each.code: document.hours(each.schedule) for each in document.channels}
    contact_points = [
        _contact_point(contact, channel, schedules[channel.code], directory.at.date())
        for channel in directory.channels
        for contact in channel.contacts
    ]
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
    return _filled(
        {
            "@type": "ContactPoint",
            "name": contact.label,
            "contactType": ", ".join(kind.name for kind in channel.request_types),
            **kind_of(contact.kind).schema_org(contact.value),
            "description": contact.menu_options,
            "availableLanguage": settings.LANGUAGE_CODE,
            "hoursAvailable": [
                *opening_hours_specification(schedule, on),
                *special_opening_hours_specification(
                    schedule, on, holidays_of(schedule, get_language())
                ),
            ],
        }
    )


def _filled(properties: dict) -> dict:
    return {name: value for name, value in properties.items() if value not in ("", [], None)}
