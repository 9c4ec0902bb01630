"""What every process would load with its first requests: before a server makes processes of one, so
that they share it."""

# Those of one country come with those of all.
import holidays.countries  # noqa: F401
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext, override

# What customers read most; what these include and extend comes with them.
TEMPLATES = (
    "directory/services/list.html",
    "directory/service_detail.html",
    "directory/card/card.html",
    "404.html",
    "503.html",
)


def load() -> None:
    """Load the addresses, the texts in all languages, and the templates of the public pages."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("")
            # What it finds out of all addresses, for each language.
            reverse("sitemap-index")
    for name in TEMPLATES:
        get_template(name)
