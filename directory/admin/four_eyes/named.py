"""Which numbers and addresses a text names, however they are written: what looks like one counts.

A text that waits without need costs a look; one that passes may send customers to a thief.
"""

import re
import unicodedata

from directory.contacts.text import normalized, tidy_code
from directory.upkeep.checks import mentions

# People write sites as they say them: example.com/pagos. Any last label counts, as new ones come.
SITE = re.compile(
    r"(?<![\w.@/-])(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{2,59}|[^\W\d_]{2,24})\b(?:/[^\s<>\"'“”«»]*)?",
    re.IGNORECASE,
)
# As in Telegram, which gives five letters or more.
NAME = re.compile(r"(?<![\w.@/-])@[a-z]\w{3,31}", re.IGNORECASE)
# What is dialled without being a whole number: *611, #123.
CODE = re.compile(r"[*#] ?\d{2,}")
# Digits that nobody's notation takes for one number are dialled all the same: 300*123*4567.
DIGITS = re.compile(r"\d(?:[\s().*·•_/+–—-]{0,3}\d){4,40}")
TIME = re.compile(r"\b[0-2]?\d:[0-5]\d\b")


def named(text: str) -> set[str]:
    """The numbers, codes, addresses, sites and names of accounts that a text names, each in one
    form whatever it is written in; digits of any script, too."""
    plain = _plain(text)
    found = {number.today or number.written for number in mentions.numbers(plain)}
    found |= {*mentions.emails(plain), *mentions.links(plain), *mentions.short_links(plain)}
    found |= {match[0].lower() for form in (SITE, NAME) for match in form.finditer(plain)}
    # Links have been taken whole.
    rest = TIME.sub(":", mentions.EMAIL.sub(" ", mentions.WEB.sub(" ", plain)))
    found |= {match[0].replace(" ", "") for match in CODE.finditer(rest)}
    runs = (match[0] for match in DIGITS.finditer(rest) if not mentions.DATE.fullmatch(match[0]))
    return found | {re.sub(r"\D", "", run) for run in runs}


def _plain(text: str) -> str:
    """A text without what draws nothing and without marks on digits, digits as 0 to 9."""
    composed = normalized("NFKC", tidy_code(text))
    return "".join(
        str(unicodedata.digit(each)) if each.isdigit() else each
        for each in composed
        if unicodedata.category(each) != "Me"
    )
