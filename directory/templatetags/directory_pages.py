"""Parts of the public pages: addresses, languages, and how to act on a contact."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.urls import is_valid_path, translate_url
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from config import origin
from directory.answers import instants
from directory.answers.announcements import Announcement
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    ContactAnswer,
    Directory,
    LevelAnswer,
    PlannedChange,
)
from directory.contacts import languages, menus
from directory.contacts.kinds import LINE_MAY_BREAK, kind_of
from directory.contacts.remembered import remembered
from directory.editions import shipped
from directory.editions.names import Place, PlaceKind
from directory.hours import moments
from directory.hours.schedule import ReasonKind
from directory.public import mirror_pages, sharing, typed_addresses
from directory.public.addresses import address_of
from directory.public.card_height import card_height
from directory.templatetags.markup import markup, markup_join

register = template.Library()

register.filter("language_names", languages.in_words)
register.simple_tag(address_of, name="address")
register.simple_tag(sharing.service_title)
register.simple_tag(sharing.service_description)

NAMED_BY_EDITORS = (PlaceKind.CHANNEL, PlaceKind.STAND_IN)


@register.filter
def verb(contact: ContactAnswer) -> str | Promise:
    """What a tap on the contact does: “Call”, “Send an e-mail”."""
    return kind_of(contact.kind).verb


@register.filter
def medium(contact: ContactAnswer | PlannedChange) -> str | Promise:
    """“Phone” or “WhatsApp”, as the same number may be both. Addresses speak for themselves."""
    kind = kind_of(contact.kind)
    return "" if kind.is_self_evident else kind.label


@register.filter
def medium_unless_in_label(contact: ContactAnswer) -> str:
    """Its `medium`, unless its label names it already, as “Landline phone” does."""
    name = str(medium(contact))
    return "" if name.casefold() in contact.label.casefold() else name


@register.filter
def is_place(contact: ContactAnswer) -> bool:
    """Whether people go there: its lines are shown, and the way."""
    return kind_of(contact.kind).is_place


@register.filter
def says_how(contact: ContactAnswer) -> bool:
    """Whether there is more to be known of it, or to be dialled after it, than its value."""
    told = contact.notice, contact.advice, contact.menu_options, contact.extension_links
    return any(told) or contact.changes is not None


@register.filter
def is_number(contact: ContactAnswer) -> bool:
    """Whether it is written in digits, which are shown large."""
    return kind_of(contact.kind).is_number


@register.filter
def leaves_site(contact: ContactAnswer) -> bool:
    """Whether a tap opens a page of another site."""
    return contact.href.startswith("http")


@register.filter
def brief(contact: ContactAnswer) -> SafeString:
    """The contact's value as a reader needs it: a web address without its scheme, and addresses
    with the places where a line may break."""
    return _breakable(kind_of(contact.kind).pieces(contact.display))


@register.filter
def in_pieces(address: str) -> SafeString:
    """A whole web address, with the places where a line may break."""
    return _breakable(LINE_MAY_BREAK.split(address))


@register.filter
def in_lines(text: str) -> SafeString:
    """A text with the places where its addresses may break; of several lines each is an element."""
    lines = [markup_join(" ", "{}", _words(line)) for line in text.splitlines()]
    if len(lines) == 1:
        return lines[0]
    return markup_join("", '<span class="line">{}</span>', ((line,) for line in lines))


def _words(line: str) -> Iterable[tuple[str]]:
    for word in line.split():
        yield (in_pieces(word) if "@" in word or "/" in word else word,)


def _breakable(pieces: Iterable[str]) -> SafeString:
    return markup_join("<wbr>", "{}", ((_whole(piece),) for piece in pieces))


def _whole(piece: str) -> str:
    """The piece of an address; a browser would break its line after a hyphen, as if that were none
    of the address."""
    return markup('<span class="whole">{}</span>', piece) if "-" in piece else piece


@register.simple_tag
def international(contact: ContactAnswer) -> str:
    """The attribute with which paper says the number with its country code, where that differs."""
    everywhere = kind_of(contact.kind).shown(contact.value, True)
    if everywhere == contact.display:
        return ""
    return markup(' data-international="{}"', everywhere)


@register.simple_tag
def to_copy(contact: ContactAnswer) -> str:
    """The attribute with what a copy of the contact is, where readers see less of it: the scheme of
    a web address."""
    kind = kind_of(contact.kind)
    if kind.is_number or kind.brief(contact.display) == contact.display:
        return ""
    return markup(' data-copy="{}"', contact.value)


@register.simple_tag
def keys_to_press(menu_options: str) -> SafeString:
    """“luego marque 2 (Soporte), después 4”; empty where the menu options say something else."""
    pressed = [_key(each) for each in menus.keys(menu_options)]
    if not pressed:
        return SafeString()
    first, *others = pressed
    told = [format_html(_("then press {key}"), key=first)]
    told += [format_html(_("then {key}"), key=each) for each in others]
    return markup_join(", ", "{}", ((each,) for each in told))


def _key(key: menus.Key) -> SafeString:
    pressed = markup("<b>{}</b>", key.key)
    return markup("{} ({})", pressed, in_data_lang(key.name)) if key.name else pressed


@register.filter
def takes_messages(channel: ChannelAnswer) -> bool:
    """Whether one can write to it while nobody answers: an e-mail waits until it is read."""
    return any(kind_of(contact.kind).takes_messages for contact in channel.contacts)


@register.filter
def is_answered(contact: ContactAnswer) -> bool:
    """Whether somebody answers there: a page opens, and a place is open."""
    kind = kind_of(contact.kind)
    return not kind.is_place and contact.kind != "web"


@register.simple_tag
@remembered(1024)
def data_lang(text: str = "") -> str:
    """The `lang` attribute of what editors wrote, where the page is in another language, and `dir`
    where that is written from the other side; none for a text that ships with the product, as that
    is in the reader's."""
    organization = settings.ORGANIZATION
    if organization.writes(get_language()) or shipped.is_shipped(str(text)):
        return ""
    is_bidi = organization.language.partition("-")[0].lower() in settings.LANGUAGES_BIDI
    # Some of its texts are names in other letters.
    direction = SafeString(' dir="auto"') if is_bidi != get_language_bidi() else ""
    return markup(' lang="{}"{}', organization.language, direction)


@register.simple_tag
def in_data_lang(text: str) -> str:
    """What editors wrote, marked as such: to stand inside a sentence of the page."""
    lang = data_lang(text)
    return markup("<span{}>{}</span>", lang, text) if lang else text


@register.simple_tag
def level_title(level: LevelAnswer) -> str:
    """The title of a level: its own, marked as what editors wrote, or that of its number."""
    return in_data_lang(level.own_title) if level.own_title else level.title


@register.filter
def who_answers(level: Sequence[LevelAnswer]) -> str:
    """Who answers on a level, in short: by what they are for, where they are several."""
    if len(level) == 1:
        return level[0].name
    return ", ".join(each.purpose or each.name for each in level)


@register.simple_tag
def place_names(places: Iterable[Place]) -> SafeString:
    """“Telefónico, Nivel 2”: titles and names in their language, levels in the page's own."""
    return markup_join(
        ", ",
        "<span{}>{}</span>",
        (
            (data_lang(place.name) if place.kind in NAMED_BY_EDITORS else "", place.name)
            for place in places
        ),
    )


@register.simple_tag
def reason(told: AnsweringState | Announcement) -> SafeString:
    """Why hours are so: the name of a holiday, or what editors wrote of an exception or outage."""
    if not told.reason:
        return SafeString()
    is_holiday = told.reason_kind is ReasonKind.HOLIDAY
    lang = "" if is_holiday else data_lang()
    return markup('<span class="state-reason"{}>{}</span>', lang, told.reason)


@register.simple_tag
def now_here() -> datetime:
    """The current instant in the organisation's time zone."""
    return timezone.localtime(instants.now())


@register.simple_tag(takes_context=True)
def saved_at(context: Context) -> SafeString:
    """The element with the time at which a copy of the page was made: empty where that is not known
    here, but to the browser that keeps it."""
    time = moments.clock(now_here()) if context.get("is_copy") else ""
    return markup('<span class="saved-at">{}</span>', time)


@register.simple_tag(takes_context=True)
def holding(context: Context, until: datetime, told: str) -> str:
    """The attributes of what refresh.js keeps true: until when it holds, and what is said to those
    who cannot see it where that has changed. A copy is not kept true."""
    if context.get("is_copy"):
        return ""
    here = timezone.localtime(until).isoformat()
    return markup(' data-until="{}" data-told="{}"', here, told)


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """The whole address of a path on this site, whichever host was asked."""
    return origin.absolute(path, context["request"])


@register.simple_tag(takes_context=True)
def in_language(context: Context, code: str) -> str:
    """The address of this page in another language: of one that does not exist, where that
    language says so; the start page for what has no languages, as the back office."""
    address = context.get("failed_at") or context["request"].get_full_path()
    # “//host/…” would be an address of that host.
    address = escape_leading_slashes(address)
    path, mark, query = address.partition("?")
    translated = _translated(path, code, _is_asked(context, path)) + mark + query
    if translated == address:
        path = urlsplit(address).path
        translated = typed_addresses.prefixed("/" if is_valid_path(path) else address, code)
    return _reachable(context, translated)


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """The address of another page of the list that is shown, with the same question."""
    query = context["request"].GET.copy()
    query["page"] = number
    return _reachable(context, f"?{query.urlencode()}")


def _is_asked(context: Context, path: str) -> bool:
    """Whether the path is that of the page that is rendered, which there is then."""
    request = context.get("request")
    return bool(request and request.resolver_match and request.path == path)


@remembered(512)
def _translated(path: str, code: str, is_page: bool) -> str:
    """The path of the same page in another language; the path itself where there is none.
    `is_page`: it is known to be that of a page."""
    translated = typed_addresses.prefixed(path, code)
    # Pages of one service differ in what comes before their path alone.
    is_service = translated.removeprefix(f"/{code}").startswith("/servicios/")
    if is_service and (is_page or is_valid_path(path)):
        return translated
    return translate_url(path, code)


def _reachable(context: Context, address: str) -> str:
    """The address, or in the static mirror that of its file."""
    if not context.get("is_copy"):
        return address
    return mirror_pages.address_of(urljoin(context["request"].path, address))


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> SafeString:
    """Which address of this page search engines should know, in each language.

    Of the query only the number of a page counts.
    """
    request, page = context["request"], context.get("page")
    query = f"?page={page.number}" if page and page.number > 1 else ""
    site = origin.origin(request)
    here = f"{site}{request.path}{query}"
    is_page = _is_asked(context, request.path)
    links = [
        (code, f"{site}{_translated(request.path, code, is_page)}{query}")
        for code, _name in settings.LANGUAGES
    ]
    if len(links) > 1:
        links.append(("x-default", dict(links)[settings.LANGUAGE_CODE]))
    else:
        links.clear()
    return markup(
        '<link rel="canonical" href="{}">\n{}\n<meta property="og:url" content="{}">\n{}',
        here,
        markup_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', links),
        here,
        _open_graph_locales(),
    )


@remembered(8)
def _open_graph_locales() -> SafeString:
    """In which languages this page is, as sites ask on which it is shared: its own first."""
    own = get_language() or settings.LANGUAGE_CODE
    others = (code for code, _name in settings.LANGUAGES if code != own)
    return markup(
        '<meta property="og:locale" content="{}">\n{}',
        sharing.open_graph_locale(own),
        markup_join(
            "\n",
            '<meta property="og:locale:alternate" content="{}">',
            ((sharing.open_graph_locale(code),) for code in others),
        ),
    )


@register.filter
def webcal(address: str) -> str:
    """The address of a calendar, as one that programs of calendars open and subscribe to."""
    return f"webcal://{address.partition('://')[2]}"


@register.simple_tag(takes_context=True)
def embed_code(context: Context, address: str, directory: Directory) -> SafeString:
    """The code that shows the card at `address` on another site, to be read and copied: a frame in
    which it fits, and the script that lets it grow and shrink, which may be left out."""
    frame = markup(
        '<iframe src="{}" title="{}" width="100%" height="{}" style="border: 0" loading="lazy">'
        "</iframe>",
        address,
        directory.name,
        card_height(directory),
    )
    script = markup('<script src="{}" async></script>', absolute(context, address_of("card-js")))
    return escape(f"{frame}\n{script}")
