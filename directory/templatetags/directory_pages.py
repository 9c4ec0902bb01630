"""Parts of the public pages: addresses, languages, and how to act on a contact."""

import re
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.answers.structures import ChannelAnswer, ContactAnswer
from directory.editions.names import is_level
from directory.hours import instants
from directory.models import ContactPoint

register = template.Library()

# After what joins the parts of an address, before what begins one: a dot at the end of a line would
# read as the end of the address. Its ending (“.com”, “.php”) is not torn off.
LINE_MAY_BREAK = re.compile(r"(?<=[@/&=])|(?=[.?_#])(?!\.\w+(?:/|$))")
VERBS = {
    "phone": _("Call"),
    "whatsapp": _("Write on WhatsApp"),
    "email": _("Send an e-mail"),
    "web": _("Open"),
}


@register.filter
def verb(contact: ContactAnswer) -> str:
    """What a tap on the contact does: “Call”, “Write on WhatsApp”, “Send an e-mail”, “Open”."""
    return str(VERBS.get(contact.kind, ""))


@register.filter
def medium(contact: ContactAnswer) -> str:
    """“Phone” or “WhatsApp”, as the same number may be both. Addresses speak for themselves."""
    if contact.kind in ("phone", "whatsapp"):
        return str(ContactPoint.Kind(contact.kind).label)
    return ""


@register.filter
def brief(contact: ContactAnswer) -> str:
    """The contact's value as a reader needs it: a web address without its scheme, and addresses
    with the places where a line may break."""
    if contact.kind in ("phone", "whatsapp"):
        return contact.display
    address = contact.display
    if contact.kind == "web":
        address = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    parts = LINE_MAY_BREAK.split(address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def takes_messages(channel: ChannelAnswer) -> bool:
    """Whether one can write to it while nobody answers: an e-mail waits until it is read."""
    return any(contact.kind == "email" for contact in channel.contacts)


@register.simple_tag
def data_lang() -> str:
    """The `lang` attribute of what editors wrote, where the page is in another language."""
    if get_language() == settings.LANGUAGE_CODE:
        return ""
    return format_html(' lang="{}"', settings.LANGUAGE_CODE)


@register.simple_tag
def in_data_lang(text: str) -> str:
    """What editors wrote, marked as such: to stand inside a sentence of the page."""
    lang = data_lang()
    return format_html("<span{}>{}</span>", lang, text) if lang else text


@register.simple_tag
def place_lang(place: Any) -> str:
    """`data_lang` for the titles of channels; levels are called in the page's own language."""
    return "" if is_level(place) else data_lang()


@register.simple_tag
def now_here() -> datetime:
    """The current instant in the organisation's time zone."""
    return timezone.localtime(instants.now())


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """The whole address of a path on this site."""
    return context["request"].build_absolute_uri(path)


@register.inclusion_tag("_alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """Which address of this page search engines should know, in each language.

    Of the query only the number of a page counts.
    """
    request = context["request"]
    page = context.get("page")
    query = f"?page={page.number}" if page and page.number > 1 else ""
    path = request.build_absolute_uri(request.path) + query
    return {
        "canonical": path,
        "default": translate_url(path, settings.LANGUAGE_CODE),
        "languages": [(code, translate_url(path, code)) for code, _name in settings.LANGUAGES],
    }
