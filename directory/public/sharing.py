"""How a page is called where people find it: in results of searches, and where it is shared."""

from babel.core import get_global
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from directory.answers.structures import ContactAnswer, Directory
from directory.contacts.kinds import EMAIL, PHONE, WHATSAPP, kind_of

# What people look for first. Results of searches show about so many letters.
KINDS = (PHONE, WHATSAPP, EMAIL)
LONGEST = 160


def service_title(directory: Directory) -> str:
    """“Mesa de Ayuda: teléfono y soporte”, as people search for it; of a phone only where it has
    one."""
    has_phone = any(each.kind == PHONE.code for each in _contacts(directory))
    words = {"service": directory.name}
    if has_phone:
        return _("%(service)s: phone number and support") % words
    return _("%(service)s: contact and support") % words


def service_description(directory: Directory) -> str:
    """What a result of a search says below the title: the first number and address, as far as there
    is room."""
    told = [_describe(each) for each in _contacts(directory)]
    rest = _("Hours, who answers now, and to whom to escalate.")
    while told and len(" · ".join([directory.name, *told, rest])) > LONGEST:
        told.pop()
    return " · ".join([directory.name, *told, rest])


def _contacts(directory: Directory) -> list[ContactAnswer]:
    """The first that works of each kind; those for critical requests alone come last."""
    channels = sorted(directory.channels, key=lambda channel: channel.is_critical_only)
    working = [each for channel in channels for each in channel.contacts if not each.out_of_order]
    first = (next((each for each in working if each.kind == kind.code), None) for kind in KINDS)
    return [each for each in first if each]


def _describe(contact: ContactAnswer) -> str:
    kind = kind_of(contact.kind)
    return contact.display if kind.is_self_evident else f"{kind.label} {contact.display}"


def open_graph_locale(language: str) -> str:
    """“es_CO”: a language with a country, that of the organisation where it is its own (ogp.me)."""
    locale = to_locale(language)
    if "_" in locale:
        return locale
    if settings.ORGANIZATION.writes(language):
        return f"{locale}_{settings.ORGANIZATION.country}"
    likely = get_global("likely_subtags").get(locale, locale)
    return f"{locale}_{likely.rpartition('_')[2]}" if "_" in likely else locale
