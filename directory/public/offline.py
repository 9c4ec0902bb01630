"""What is kept for reading without a connection: by browsers (sw.js), and by the static mirror."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

from directory.answers.search import find
from directory.models import Edition

# Services that a browser keeps without having opened them, in each language.
SERVICES = 15
STATIC_FILES = (
    "directory/site.css",
    "directory/finding.css",
    "directory/card.css",
    "directory/card_dark.css",
    "directory/editions.css",
    "directory/pages.js",
    "directory/offline.js",
    "directory/refresh.js",
    "directory/framed_card.js",
    "directory/icons.svg",
)


def parts() -> list[str]:
    """The addresses of the styles, scripts and images of the public pages."""
    logo = settings.ORGANIZATION.logo_name
    brand = [reverse("brand-css"), reverse("icon")]
    if logo:
        brand.append(reverse("brand-logo", args=[logo]))
    return [*map(static, STATIC_FILES), *brand]


def languages() -> list[dict]:
    """For each language: its list of services, the page that stands for one that is not kept, and
    the services that the list begins with by name, as addresses."""
    current = find(Edition.objects.public().current(), "")
    slugs = list(current.values_list("service__slug", flat=True)[:SERVICES])
    return [_in_language(code, slugs) for code, _name in settings.LANGUAGES]


def _in_language(code: str, slugs: list[str]) -> dict:
    with override(code):
        return {
            "code": code,
            "list": reverse("directory:service-list"),
            "missing": reverse("directory:offline"),
            "services": [reverse("directory:service-detail", args=[slug]) for slug in slugs],
        }
