"""What was pasted where another kind of contact belongs: which kind that is."""

import re
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.contacts import addresses, phones, sms, telegram
from directory.contacts.kinds import EMAIL, PHONE, SMS, TELEGRAM, WEB, WHATSAPP, ContactKind

WHATSAPP_SCHEME = re.compile(r"whatsapp://send/?\?phone=", re.IGNORECASE)
PHONE_SCHEME = re.compile(r"(?:tel|callto):", re.IGNORECASE)

MESSAGES = {
    "phone": _(
        "This is no phone number: “%(value)s” is of the kind “%(kind)s”. Choose that kind and "
        "write it there."
    ),
    "email": _(
        "This is no e-mail address: “%(value)s” is of the kind “%(kind)s”. Choose that kind and "
        "write it there."
    ),
    "url": _(
        "This is no address of a site: “%(value)s” is of the kind “%(kind)s”. Choose that kind "
        "and write it there."
    ),
    "address": _(
        "This is no postal address: “%(value)s” is of the kind “%(kind)s”. Choose that kind and "
        "write it there; the link of a map has a field of its own."
    ),
    "telegram": _(
        "This is no name of Telegram: “%(value)s” is of the kind “%(kind)s”. Choose that kind and "
        "write it there."
    ),
    "sms": _(
        "No SMS can be sent there: “%(value)s” is of the kind “%(kind)s”. Choose that kind and "
        "write it there."
    ),
}


def refuse_other_kind(text: str, field: str) -> None:
    """Raise ValidationError, naming the right kind, if `text` is a value of a kind that is kept in
    another field than `field`: an e-mail address in the field of web addresses."""
    kind, value = kind_of_pasted(text)
    if kind and kind.field != field:
        raise ValidationError(MESSAGES[field], "invalid", {"value": value, "kind": kind.label})


def kind_of_pasted(text: str) -> tuple[ContactKind | None, str]:
    """The kind that `text` is a value of, as it is written, and the value as people read it; None
    and nothing of a text that is none. A number without more is one of a phone."""
    if len(text) > addresses.LONGEST_EMAIL:
        return None, ""
    email = addresses.tidy_email(text)
    with suppress(ValidationError):
        addresses.check_email(email)
        return EMAIL, email
    if telegram.is_marked(text):
        return TELEGRAM, TELEGRAM.display(telegram.tidy(text))
    if sms.SCHEME.match(text):
        with suppress(ValidationError):
            return SMS, SMS.display(sms.read(text))
    number = WHATSAPP_SCHEME.sub("https://wa.me/", text)
    is_chat = phones.WHATSAPP_LINK.match(number)
    with suppress(ValidationError):
        kind = WHATSAPP if is_chat else PHONE
        return kind, kind.display(str(phones.parse(PHONE_SCHEME.sub("tel:", number))))
    web = addresses.tidy_web(text)
    with suppress(ValidationError):
        addresses.check_web(web)
        return WEB, web
    return None, ""
