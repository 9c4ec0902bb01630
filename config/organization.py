"""Whose directory this is. Templates take every word and colour of the organisation from here."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import URLValidator
from holidays import country_holidays

# Where people print on Letter; elsewhere on A4: Unicode CLDR 46, supplementalData.xml, paperSize.
ON_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
PAPER_SIZES = ("letter", "A4")
# A language, perhaps its script, its region and variants: RFC 5646, section 2.1, without what only
# linguists write.
LANGUAGE_TAG = (
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*"
)
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True)
class Organization:
    """The organisation's public identity, from the ORGANIZATION_* variables.

    `language` is a tag of BCP 47, of the language that its staff write in. `country` is ISO 3166-1
    alpha-2 (it decides phone region and public holidays), `subdivision` the part of it whose
    holidays apply too, as the package `holidays` calls it, `time_zone` an IANA name, `logo` the
    path of an image of LOGO_TYPES that stands on the colour (empty: the text is the logo),
    `brand_color` a #rrggbb colour on which white text is readable. `hosts` are those to which its
    addresses may lead; none says nothing of any. `paper_size` is one of PAPER_SIZES, in CSS's
    words; empty: that of the country.
    Raises ImproperlyConfigured, naming the variable, for a value that pages could not use.
    """

    name: str
    url: str
    motto: str
    logo_text: str
    brand_color: str
    language: str
    country: str
    time_zone: str
    logo: str = ""
    subdivision: str = ""
    hosts: tuple[str, ...] = ()
    paper_size: str = ""

    def __post_init__(self) -> None:
        if self.url:
            try:
                URLValidator(schemes=["http", "https"])(self.url)
            except ValidationError as error:
                raise ImproperlyConfigured(
                    f'ORGANIZATION_URL is "{self.url}". Write a whole http(s) address.'
                ) from error
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.brand_color):
            raise ImproperlyConfigured(
                f'ORGANIZATION_BRAND_COLOR is "{self.brand_color}". Write it as #rrggbb.'
            )
        if contrast_with_white(self.brand_color) < 4.5:
            raise ImproperlyConfigured(
                f'ORGANIZATION_BRAND_COLOR "{self.brand_color}" is too light: white text on it '
                "needs a contrast of 4.5:1 (WCAG 2.2, 1.4.3). Choose a darker one."
            )
        if self.logo and not (
            Path(self.logo).suffix.lower() in LOGO_TYPES and Path(self.logo).is_file()
        ):
            raise ImproperlyConfigured(
                f'ORGANIZATION_LOGO is "{self.logo}". Write the path of an image file: '
                f"{', '.join(LOGO_TYPES)}."
            )
        for host in self.hosts:
            if not re.fullmatch(r"(?:[^\W_A-Z](?:[\w-]*[^\W_])?\.)+[^\W\d_A-Z]{2,}", host):
                raise ImproperlyConfigured(
                    f'ORGANIZATION_HOSTS has "{host}". Write names of hosts in lower case, '
                    "separated by commas: example.com, example.org."
                )
        if not re.fullmatch(LANGUAGE_TAG, self.language):
            raise ImproperlyConfigured(
                f'ORGANIZATION_LANGUAGE is "{self.language}". Write a code such as es, en or pt-BR.'
            )
        if not re.fullmatch(r"[A-Z]{2}", self.country):
            raise ImproperlyConfigured(
                f'ORGANIZATION_COUNTRY is "{self.country}". Write two capital letters, such as CO.'
            )
        if self.subdivision and self.subdivision not in (known := _subdivisions(self.country)):
            raise ImproperlyConfigured(
                f'ORGANIZATION_SUBDIVISION is "{self.subdivision}". Leave it empty, or write a '
                f"part of {self.country} with holidays of its own: "
                f"{', '.join(known) or 'none is known'}."
            )
        if self.paper_size and self.paper_size not in PAPER_SIZES:
            raise ImproperlyConfigured(
                f'ORGANIZATION_PAPER_SIZE is "{self.paper_size}". Write letter or A4, or leave it '
                "empty for what is usual in the country."
            )
        if self.time_zone not in available_timezones():
            raise ImproperlyConfigured(
                f'ORGANIZATION_TIME_ZONE is "{self.time_zone}". '
                "Write an IANA name, such as America/Bogota."
            )

    def writes(self, language: str | None) -> bool:
        """Whether the texts of its staff are in this language, as pages have it: es is es-CO, as
        in RFC 4647, 3.3.1. Where no language is active, what is theirs stands as it is."""
        one, other = (code.lower() + "-" for code in (self.language, language or self.language))
        return one.startswith(other) or other.startswith(one)

    @property
    def paper(self) -> str:
        """The size of its paper, in CSS's words: that of the setting, else of the country."""
        return self.paper_size or ("letter" if self.country in ON_LETTER else "A4")

    @property
    def listed_hosts(self) -> tuple[str, ...]:
        """The hosts to which its addresses may lead, its own site's too; none if none are set."""
        own = urlsplit(self.url).hostname
        return (*self.hosts, own) if self.hosts and own else self.hosts

    @property
    def logo_name(self) -> str:
        """The last part of the logo's address: with its suffix, also in a copy of the site."""
        return f"logo{Path(self.logo).suffix.lower()}" if self.logo else ""


def _subdivisions(country: str) -> tuple[str, ...]:
    try:
        return country_holidays(country).subdivisions
    except NotImplementedError:
        return ()


def contrast_with_white(color: str) -> float:
    """The contrast ratio of a #rrggbb colour with white (WCAG 2.2, relative luminance)."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
