"""What a mail holds: its links, and the subscription that it is of."""

import re
from urllib.parse import urlsplit


def links(mail):
    """The paths of all links of a mail, in order."""
    return [urlsplit(link).path for link in re.findall(r"https?://\S+", mail.body)]


def link(mail, word):
    """The path of the one link that has this word."""
    (found,) = [each for each in links(mail) if word in each]
    return found
