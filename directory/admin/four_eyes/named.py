"""Which numbers and addresses a text names, however they are written: what looks like one counts.

A text that waits without need costs a look; one that passes may send customers to a thief.
"""

import re
import unicodedata

from directory.contacts.text import normalized, tidy_code
from directory.upkeep.checks import mentions

# As in Telegram, which gives five letters or more.
NAME = re.compile(r"(?<![\w.@/-])@[a-z]\w{3,31}", re.IGNORECASE)
# What is dialled without being a whole number: *611, #123.
CODE = re.compile(r"[*#] ?\d{2,}")
# Digits that nobody's notation takes for one number are dialled all the same: 300*123*4567; more of
# them also behind what parts numbers from each other: 300, 123, 4567.
DIGITS = re.compile(r"\d(?:(?:[^\w,;:]|_){0,3}\d){4,40}|\d(?:[\W_]{0,4}\d){6,40}")
FEWEST_DIGITS, MOST_DIGITS = 5, 10
TIME = re.compile(r"(?<!\d)[0-2]?\d:[0-5]\d(?!\d)")
DATE = re.compile(
    r"(?<!\d)(?:\d\d?[-/. ]\d\d?[-/. ](?:19|20)\d\d|(?:19|20)\d\d[-/. ]\d\d?[-/. ]\d\d?)(?!\d)"
)
ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
SCHEME = re.compile(r"(?:\w{1,20}:)?//")
# Browsers take the first for a dot; readers the second.
DOT = re.compile(r"[。︒]|[\[({<] ?\. ?[\])}>]")


def named(text: str) -> set[str]:
    """The numbers, codes, addresses, sites and names of accounts that a text names, each in one
    form whatever it is written in; digits of any script, too."""
    plain = _plain(text)
    found = {number.today or number.written for number in mentions.numbers(plain)}
    found |= {*mentions.emails(plain), *mentions.links(plain), *mentions.short_links(plain)}
    bare = SCHEME.sub(" ", plain)
    forms = mentions.SITE, NAME, ADDRESS
    found |= {match[0].lower() for form in forms for match in form.finditer(bare)}
    # Links have been taken whole.
    rest = mentions.EMAIL.sub(" ", mentions.WEB.sub(" ", plain))
    found |= {match[0].replace(" ", "") for match in CODE.finditer(TIME.sub(":", rest))}
    runs = (match[0] for match in DIGITS.finditer(rest))
    return found | {re.sub(r"\D", "", run) for run in runs if not _is_time(run)}


def _is_time(run: str) -> bool:
    """Whether digits tell a day or a time, with little beside it: then they are no number."""
    beside = len(re.findall(r"\d", TIME.sub(" ", DATE.sub(" ", run))))
    return beside < FEWEST_DIGITS and (not beside or len(re.findall(r"\d", run)) < MOST_DIGITS)


def _plain(text: str) -> str:
    """A text without what draws nothing and without marks on digits, digits as 0 to 9."""
    composed = normalized("NFKC", tidy_code(text))
    drawn = "".join(
        str(unicodedata.digit(each)) if each.isdigit() else each
        for each in composed
        if unicodedata.category(each) not in ("Me", "Mn")
    )
    return DOT.sub(".", drawn)
