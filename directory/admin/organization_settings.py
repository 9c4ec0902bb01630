"""What is set for the organisation, and where: the settings are read when the server starts, so
this page only shows them."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.contacts import languages
from directory.hours.holidays import place_in_words


class Setting(NamedTuple):
    """One thing that is set: its name, its value in words, the variable that sets it."""

    title: str
    value: str
    variable: str


def organization_settings() -> Iterator[Setting]:
    """Each setting that people of the back office ask about."""
    own = settings.ORGANIZATION
    nothing = gettext("not set")
    place = place_in_words(own.country, own.subdivision) if own.subdivision else own.country
    yield Setting(gettext("Name"), own.name or nothing, "ORGANIZATION_NAME")
    yield Setting(gettext("Web site"), own.url or nothing, "ORGANIZATION_URL")
    yield Setting(gettext("Motto"), own.motto or nothing, "ORGANIZATION_MOTTO")
    yield Setting(gettext("Colour"), own.brand_color, "ORGANIZATION_BRAND_COLOR")
    yield Setting(gettext("Logo"), own.logo or own.logo_text, "ORGANIZATION_LOGO")
    yield Setting(gettext("Paper"), own.paper.capitalize(), "ORGANIZATION_PAPER_SIZE")
    yield Setting(gettext("Country of numbers and public holidays"), place, "ORGANIZATION_COUNTRY")
    zone = gettext("%(zone)s; it is %(time)s there") % {
        "zone": own.time_zone,
        "time": date_format(localtime(), "TIME_FORMAT"),
    }
    yield Setting(gettext("Time zone"), zone, "ORGANIZATION_TIME_ZONE")
    hosts = ", ".join(own.hosts) or gettext("any")
    yield Setting(gettext("Sites that addresses may lead to"), hosts, "TRUSTED_DOMAINS")
    waits = {
        "off": gettext("nothing"),
        "risky": gettext("numbers, addresses, who answers, rights"),
        "all": gettext("whatever publishes"),
    }
    waiting = waits[settings.FOUR_EYES]
    yield Setting(gettext("What waits for a second person"), waiting, "FOUR_EYES")
    is_required = settings.SECOND_FACTOR_IS_REQUIRED
    factor = gettext("required") if is_required else gettext("optional")
    yield Setting(gettext("Second factor"), factor, "SECOND_FACTOR")
    idle = ngettext("%d minute", "%d minutes", settings.SESSION_IDLE_MINUTES)
    idle %= settings.SESSION_IDLE_MINUTES
    yield Setting(gettext("Idle sessions end after"), idle, "SESSION_IDLE_MINUTES")
    erased = _days(settings.ERASE_AFTER_DAYS)
    yield Setting(gettext("What was withdrawn can be erased after"), erased, "ERASE_AFTER_DAYS")
    names = dict(settings.LANGUAGES)
    yield Setting(gettext("First language"), names[settings.LANGUAGE_CODE], "LANGUAGE_CODE")
    yield Setting(gettext("Languages of the pages"), ", ".join(names.values()), "LANGUAGES")
    written = languages.in_words([own.language])
    yield Setting(gettext("Language of the texts"), written, "ORGANIZATION_LANGUAGE")
    yield Setting(
        gettext("A contact point is tried again after"),
        _days(settings.CONTACT_POINT_VERIFIED_FOR_DAYS),
        "CONTACT_POINT_VERIFIED_FOR_DAYS",
    )
    yield Setting(
        gettext("A service is reviewed after"),
        _days(settings.REVIEW_INTERVAL_DAYS),
        "REVIEW_INTERVAL_DAYS",
    )
    yield Setting(gettext("Mails come from"), settings.DEFAULT_FROM_EMAIL, "DEFAULT_FROM_EMAIL")
    address = settings.BACK_OFFICE_URL or nothing
    yield Setting(gettext("Address of the back office in mails"), address, "BACK_OFFICE_URL")
    yield Setting(gettext("Copy of the pages"), settings.MIRROR_URL or nothing, "MIRROR_URL")


def _days(count: int) -> str:
    return ngettext("%d day", "%d days", count) % count


@admin.site.admin_view
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    context = {
        **admin.site.each_context(request),
        "title": _("Settings of the organisation"),
        "settings": list(organization_settings()),
        "is_example": settings.ENVIRONMENT_IS_EXAMPLE,
    }
    return TemplateResponse(request, "admin/organization_settings.html", context)
