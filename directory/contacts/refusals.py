"""Why a text is no number: one message for each reason, with what to write instead."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "empty": _("Write a phone number, for example %(example)s."),
    "text_too_long": _("This is too long for a phone number. Write one number and nothing else."),
    "characters": _("Use only digits, spaces, hyphens and parentheses, and “+” at the beginning."),
    "letters": _("A phone number has no letters. Write digits only, for example %(example)s."),
    "lookalike": _("“%(written)s” has the letter “%(letter)s”: write %(digit)s. Is it %(number)s?"),
    "web_address": _("This is a link, not a number. Choose the kind “Web address” for it."),
    "extension": _(
        "Write only %(number)s here, and “%(rest)s” in the field for extensions or for menu "
        "options."
    ),
    "several_numbers": _("Here is more than one number. Write one, and add the others separately."),
    "range": _(
        "“%(text)s” looks like a range of extensions or years. Write extensions in their own "
        "field, and here a complete number, for example %(example)s."
    ),
    "short_code": _(
        "This is no complete number. If it is a short code, choose the kind “Short code”; else "
        "write all digits, for example %(example)s."
    ),
    "whole_number": _("This is a whole number, not a short code. Choose the kind “Phone” for it."),
    "code_characters": _(
        "A short code has only digits, “*” and “#”. Write it as it is dialled: %(example)s."
    ),
    "code_too_short": _(
        "A short code has two digits or more. Write it as it is dialled: %(example)s."
    ),
    "code_too_long": _(
        "This is too long for a short code. Write it as it is dialled: %(example)s. A whole number "
        "belongs to the kind “Phone”."
    ),
    "area_code": _("The area code is missing. Write it in front: %(example)s in %(place)s."),
    "too_short": _("Digits are missing. Write the complete number, for example %(example)s."),
    "too_short_abroad": _("Digits are missing. Write the complete number after the “+”."),
    "too_long": _("There are too many digits. If it is a foreign number, begin with “+”."),
    "too_long_abroad": _("There are too many digits for +%(calling_code)s. Check it."),
    "country_code": _(
        "No country has this code. Check what follows the “+”: here it is %(calling_code)s."
    ),
    "not_assigned": _("No phone has this number. Check it; begin with “+” if it is a foreign one."),
    "not_assigned_abroad": _("No phone of +%(calling_code)s has this number. Check it."),
    "surplus_plus": _("Leave the “+” out if this is %(number)s. Else check what follows it."),
    "invalid_extension": _("“%(part)s” is not an extension. Write up to ten digits: 1107, 1109."),
}


def refusal(reason: str, **params: str) -> ValidationError:
    """The error with the message of this reason, which is its code, also of a number abroad; parts
    of what was typed are made printable."""
    shown = {name: text if text.isprintable() else ascii(text) for name, text in params.items()}
    code = reason.removesuffix("_abroad")
    return ValidationError(MESSAGES[reason], code=code, params=shown)
