"""The manifest with which a phone keeps the directory on its home screen, in each language.

https://www.w3.org/TR/appmanifest/
"""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.public.brand.images import ICON_SIZES
from directory.public.caching import for_a_day
from directory.public.read_only import read_only

# An icon fills its square, and its symbol stands where every shape shows it: one image for both.
PURPOSES = ("any", "maskable")


@read_only
@for_a_day
def manifest(request: HttpRequest) -> JsonResponse:
    """The list of services as an app, in the language of the address."""
    organization = settings.ORGANIZATION
    start = reverse("directory:service-list")
    content = {
        "id": start,
        "start_url": start,
        "scope": "/",
        "lang": get_language(),
        "dir": "auto",
        "name": f"{_('Support directory')} · {organization.logo_text}",
        "short_name": organization.logo_text,
        "description": _("Whom to contact, how, when somebody answers, and to whom to escalate."),
        # With the way back that browsers give: calls and mails lead out of it.
        "display": "minimal-ui",
        "theme_color": organization.brand_color,
        "background_color": "#ffffff",
        "icons": [
            {
                "src": reverse("brand-icon", args=[size]),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in ICON_SIZES[1:]
            for purpose in PURPOSES
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")
