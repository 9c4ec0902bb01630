"""How a contact's value is shown and linked. The only place that makes a link from data."""

from urllib.parse import quote

from directory.contacts import phones


def display(kind: str, value: str) -> str:
    """The value as people write it: national style for numbers, the address itself otherwise."""
    return phones.display(value) if kind in ("phone", "whatsapp") else value


def href(kind: str, value: str, extension: str = "") -> str:
    """The link of a contact: tel:, https://wa.me/, mailto: or http(s):. No other scheme comes out;
    the value of an unknown kind, or of a scheme that could run code, gives no link: ""."""
    match kind:
        case "phone":
            return phones.tel_uri(value, extension)
        case "whatsapp":
            return phones.whatsapp_uri(value)
        case "email":
            return f"mailto:{quote(value, safe='@')}"
        case "web" if value.startswith(("https://", "http://")):
            return value
    return ""
