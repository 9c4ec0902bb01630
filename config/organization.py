"""Whose directory this is. Templates take every word and colour of the organisation from here."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

# Where people print on Letter; elsewhere on A4: Unicode CLDR 46, supplementalData.xml, paperSize.
ON_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True)
class Organization:
    """The organisation's public identity, from the ORGANIZATION_* variables, which are right:
    `config.environment.identity`.

    `language` is a tag of BCP 47, of the language that its staff write in. `country` is ISO 3166-1
    alpha-2 (it decides phone region and public holidays), `subdivision` the part of it whose
    holidays apply too, as the package `holidays` calls it, `time_zone` an IANA name, `logo` the
    path of an image of LOGO_TYPES that stands on the colour (empty: the text is the logo),
    `brand_color` a #rrggbb colour on which white text is readable. `hosts` are those to which its
    addresses may lead; none says nothing of any. `paper_size` is letter or A4, CSS's words; empty:
    that of the country.
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
