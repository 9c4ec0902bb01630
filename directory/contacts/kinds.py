"""The kinds of contact points, one declaration each: everything that differs between them.

What a link of a kind looks like stands here. `.github/CONTRIBUTING.md` says how to add a kind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.contacts import addresses, phones, places, short_codes, showing, sms, telegram
from directory.contacts.countries import home

# After what joins the parts of an address, before what begins one: a dot at the end of a line would
# read as the end of the address. Its ending (“.com”, “.php”) is not torn off.
LINE_MAY_BREAK = re.compile(r"(?<=[@/&=])|(?=[.?_#])(?!\.\w+(?:/|$))")


def _nothing(value: str) -> dict[str, str]:
    return {}


def _no_advice(value: str, is_abroad: bool = False) -> str:
    return ""


def _no_link(value: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True, eq=False)
class ContactKind:
    """What a kind is called, and what is made of a value of it.

    A value is what is stored: E.164 for numbers, else the address as entered. The functions take
    one and never raise, except for `read`: values of old editions pass through them too.
    """

    code: str
    label: str | Promise
    # What people write before a value of it, besides the label: without accents, in lower case.
    called: tuple[str, ...] = ()
    # What a tap on it does; empty where nothing can.
    verb: str | Promise
    # A symbol of icons.svg.
    icon: str
    # The medium of a channel that gives nothing else.
    medium: str = "other"
    # The field of the model that holds the value; it refuses what is no value of that field.
    field: str
    # A value of it, as stored.
    example: str
    # The value that a link in a text says, where links look like this kind's; else the link itself
    # or a ValidationError. What people type is read by the field.
    read_link: Callable[[str], str] = str
    # As people write it, in one line, and as the field reads it back.
    display: Callable[[str], str] = str
    # As customers read it; True for those who may be in other countries. By default as displayed.
    shown_to: Callable[[str, bool], str] | None = None
    # What they must know before a tap, in the active language; True as above.
    advice: Callable[[str, bool], str] = _no_advice
    # The ISO code of the only country where it can be used; empty: everywhere.
    only_from: Callable[[str], str] = lambda value: ""
    is_toll_free: Callable[[str], bool] = lambda value: False
    # The display without what readers need not see.
    brief: Callable[[str], str] = str
    # Where a tap leads; "" if nowhere.
    link: Callable[[str], str] = str
    # Whether readers see of which kind a value is; else its name is read out and printed with it.
    is_self_evident: bool = False
    # The link that dials an extension too. Without it there are no extensions or menu options.
    extension_link: Callable[[str, str], str] | None = None
    # Whether people go there, and a map may lead them.
    is_place: bool = False
    # Whether one can write while nobody answers, and it waits until it is read.
    takes_messages: bool = False
    # How else people write it: a search finds it by these, too.
    written: Callable[[str], tuple[str, ...]] = lambda value: ()
    # Properties of a vCard (RFC 2426), parameters included, with their values unescaped.
    vcard: Callable[[str], dict[str, str]] = _nothing
    # Properties of a ContactPoint of schema.org.
    schema_org: Callable[[str], dict[str, str]] = _nothing

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits. The same number may be of several kinds."""
        return self.field in ("phone", "short_code", "sms")

    @property
    def has_extensions(self) -> bool:
        """Whether a use may give extensions and menu options."""
        return self.extension_link is not None

    def href(self, value: str, extension: str = "", map_url: str = "") -> str:
        """The link, which dials the extension too where the kind has those; to a place the map; ""
        if none."""
        if self.is_place:
            return web_link(map_url)
        if extension and self.extension_link:
            return self.extension_link(value, extension)
        return self.link(value)

    def shown(self, value: str, is_abroad: bool = False) -> str:
        """The value as customers read it, who may be in other countries (`is_abroad`)."""
        return self.shown_to(value, is_abroad) if self.shown_to else self.display(value)

    def typed(self, value: str) -> str:
        """The value as people type it, in as many lines: the field reads it back."""
        return value if self.is_place else self.display(value)

    def pieces(self, shown: str) -> list[str]:
        """What readers see of a value that is `shown`, in the pieces between which a line may
        break."""
        shown = self.brief(shown)
        return [shown] if self.is_number or self.is_place else LINE_MAY_BREAK.split(shown)


def _whatsapp_link(number: str) -> str:
    """Opens a chat: https://wa.me/ and the digits of the E.164 form."""
    return "https://wa.me/" + re.sub(r"\D", "", number)


def web_link(address: str) -> str:
    """The address itself, as programs take it. Other schemes could run code: they give no link."""
    is_web = address.startswith(("https://", "http://"))
    return addresses.for_programs(address) if is_web else ""


def _without_scheme(address: str) -> str:
    return re.sub(r"^https?://", "", address).rstrip("/")


def _telephone(number: str) -> dict[str, str]:
    """https://schema.org/telephone, and whether a call is free."""
    free = {"contactOption": "https://schema.org/TollFree"} if showing.is_toll_free(number) else {}
    return {"telephone": number, **free}


def _advice_on_fax(number: str, is_abroad: bool = False) -> str:
    """From where alone it can be sent to. That it is free for a call is no news to a fax."""
    return showing.reach(showing.only_from(number), is_free=False, is_abroad=is_abroad)


PHONE = ContactKind(
    code="phone",
    label=_("Phone"),
    called=(
        "tel",
        "telefono",
        "telefonos",
        "pbx",
        "linea",
        "line",
        "cel",
        "celular",
        "movil",
        "mobile",
    ),
    verb=_("Call"),
    icon="phone",
    medium="telephone",
    field="phone",
    example="+576017442727",
    display=showing.display,
    shown_to=showing.shown,
    advice=showing.advice,
    only_from=showing.only_from,
    is_toll_free=showing.is_toll_free,
    link=showing.tel_uri,
    extension_link=showing.tel_uri,
    written=phones.searchable_digits,
    vcard=lambda number: {"TEL;TYPE=WORK,VOICE": showing.dialled(number)},
    schema_org=_telephone,
)

SHORT_CODE = ContactKind(
    code="short_code",
    label=_("Short code"),
    called=("codigo corto", "short code"),
    verb=_("Dial"),
    icon="short_code",
    medium="telephone",
    field="short_code",
    example="*611",
    advice=short_codes.advice,
    only_from=lambda code: home().region,
    link=short_codes.link,
    vcard=lambda code: {"TEL;TYPE=WORK,VOICE": code},
    schema_org=lambda code: {"telephone": code, "areaServed": home().region},
)

WHATSAPP = ContactKind(
    code="whatsapp",
    label=_("WhatsApp"),
    called=("whatsapp", "wsp", "wpp", "wa"),
    verb=_("Write on WhatsApp"),
    icon="whatsapp",
    medium="whatsapp",
    field="phone",
    example="+573168731648",
    display=showing.display,
    shown_to=showing.international,
    read_link=lambda link: str(phones.parse(link)),
    link=_whatsapp_link,
    written=phones.searchable_digits,
    vcard=lambda number: {"TEL;TYPE=CELL": number, "URL": _whatsapp_link(number)},
    schema_org=lambda number: {"telephone": number, "url": _whatsapp_link(number)},
)

EMAIL = ContactKind(
    code="email",
    label=_("E-mail"),
    called=("correo", "correo electronico", "email", "e-mail", "mail"),
    verb=_("Send an e-mail"),
    icon="email",
    medium="email",
    field="email",
    example="soporte@example.com",
    link=addresses.mailto,
    is_self_evident=True,
    takes_messages=True,
    vcard=lambda address: {"EMAIL;TYPE=INTERNET,WORK": address},
    schema_org=lambda address: {"email": address},
)

WEB = ContactKind(
    code="web",
    label=_("Web address"),
    called=(
        "web",
        "sitio",
        "sitio web",
        "pagina web",
        "portal",
        "enlace",
        "link",
        "url",
        "website",
    ),
    verb=_("Open"),
    icon="web",
    medium="portal",
    field="url",
    example="https://example.com/soporte",
    brief=_without_scheme,
    link=web_link,
    is_self_evident=True,
    vcard=lambda address: {"URL": web_link(address)},
    schema_org=lambda address: {"url": web_link(address)},
)

TELEGRAM = ContactKind(
    code="telegram",
    label=_("Telegram"),
    called=("telegram",),
    verb=_("Write on Telegram"),
    icon="telegram",
    medium="telegram",
    field="telegram",
    example="acme_soporte",
    read_link=telegram.read,
    display=telegram.display,
    link=telegram.link,
    written=telegram.written,
    vcard=lambda name: {"URL": telegram.link(name)},
    schema_org=lambda name: {"url": telegram.link(name)},
)

SMS = ContactKind(
    code="sms",
    label=_("SMS"),
    called=("sms", "mensaje de texto", "text message"),
    verb=_("Send an SMS"),
    icon="sms",
    medium="sms",
    field="sms",
    example="85432",
    display=sms.display,
    shown_to=sms.shown,
    advice=sms.advice,
    only_from=sms.only_from,
    link=sms.link,
    written=sms.written,
    vcard=lambda value: {"TEL;TYPE=CELL": value},
    schema_org=lambda value: {"telephone": value},
)

FAX = ContactKind(
    code="fax",
    label=_("Fax"),
    called=("fax",),
    verb="",
    icon="fax",
    medium="fax",
    field="phone",
    example="+576017442729",
    display=showing.display,
    shown_to=showing.shown,
    advice=_advice_on_fax,
    only_from=showing.only_from,
    link=_no_link,
    takes_messages=True,
    written=phones.searchable_digits,
    vcard=lambda number: {"TEL;TYPE=FAX": showing.dialled(number)},
    schema_org=lambda number: {"faxNumber": number},
)

# On pages its link is the one of the map; JSON-LD has it as a place of its own.
ADDRESS = ContactKind(
    code="address",
    label=_("Postal address"),
    called=("direccion", "direccion postal", "address", "postal address"),
    verb=_("How to get there"),
    icon="address",
    medium="office",
    field="address",
    example="Carrera 19 # 34-93\nPiso 3",
    display=places.in_a_line,
    link=_no_link,
    is_place=True,
    written=lambda address: (places.in_a_line(address),),
    # The street of an address; `directory.public.vcard` knows its other components.
    vcard=lambda address: {"ADR;TYPE=WORK": address},
)

KINDS = {
    kind.code: kind
    for kind in (PHONE, SHORT_CODE, WHATSAPP, TELEGRAM, SMS, EMAIL, WEB, ADDRESS, FAX)
}
# The fields of the model that hold values.
VALUE_FIELDS = tuple(dict.fromkeys(kind.field for kind in KINDS.values()))


def kind_of_medium(medium: str) -> ContactKind | None:
    """The first kind that a channel of this medium gives; None if it may give any."""
    return next((kind for kind in KINDS.values() if kind.medium == medium), None)


def kind_of(code: str) -> ContactKind:
    """The kind of this code. One without verb, icon and link for a code that is none: an old
    edition may have a kind that was taken out since."""
    if code in KINDS:
        return KINDS[code]
    return ContactKind(code=code, label=code, verb="", icon="", field="", example="", link=_no_link)
