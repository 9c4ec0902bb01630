"""Hosts of links: which hide where they lead, which everybody shares, which imitate others.

Hosts are those of `addresses.host_of`: in lower case, readable.
"""

import unicodedata
from collections.abc import Iterable

# What makes a short link of any address. The public ones that people here meet; longer lists
# (github.com/PeterDaveHello/url-shorteners) name thousands of single brands too.
SHORTENERS = frozenset(
    (
        *("acortar.link", "adf.ly", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly"),
        *("clck.ru", "cort.as", "cutt.ly", "cutt.us", "da.gd", "dub.sh", "goo.gl", "goo.su"),
        *("is.gd", "j.mp", "lnkd.in", "n9.cl", "ow.ly", "q.gs", "qr.ae", "qrco.de", "rb.gy"),
        *("rebrand.ly", "reurl.cc", "s.id", "short.gy", "shorte.st", "shorturl.asia"),
        *("shorturl.at", "shorturl.gg", "snip.ly", "soo.gd", "surl.li", "t.co", "t.ly", "t2m.io"),
        *("tiny.cc", "tiny.one", "tiny.pl", "tinyurl.com", "tr.ee", "u.nu", "u.to", "urlz.fr"),
        *("v.gd", "vk.cc", "wa.link", "x.gd"),
    )
)
# Where the kinds of contacts lead, and where apps are: anybody's, and each says what it is.
PLATFORMS = frozenset(
    (
        *("wa.me", "whatsapp.com", "t.me", "telegram.me", "telegram.org"),
        *("apps.apple.com", "itunes.apple.com", "play.google.com", "appgallery.huawei.com"),
    )
)
# Where links to maps lead, as the programs share them.
MAPS = frozenset(
    (
        *("maps.app.goo.gl", "maps.google.com", "www.google.com", "maps.apple.com"),
        *("openstreetmap.org", "osm.org", "waze.com", "bing.com"),
    )
)
# Which scripts may stand in one word beside each other (UTS #39, 5.2, “Highly Restrictive”); of any
# other only one may.
TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
# Letters that look like one of a-z (confusables.txt of UTS #39): Cyrillic, Greek, Armenian, and
# Latin ones that no language of today writes with, but for the Turkish ı; a dot on an i.
LOOKALIKES = frozenset("асԁеԍһіјӏорԛѕԝхуьҽпгѵѡαεηικνορτυχγωϲաոսօցհզıɑɡɩɪʟɴʀʏʙɢʜ\u0307")


def is_among(host: str, hosts: Iterable[str]) -> bool:
    """Whether it is one of `hosts`, or below one: soporte.example.com is among example.com."""
    names = host.split(".")
    return not {".".join(names[i:]) for i in range(len(names))}.isdisjoint(hosts)


def imitation(host: str) -> str:
    """The first label of a host that mixes alphabets, or is all in letters that look like those of
    another; empty if none does."""
    *labels, last = host.split(".")
    return next((label for label in labels if _mixes(label) or _imitates(label, last)), "")


def _mixes(label: str) -> bool:
    scripts = _scripts(label)
    return len(scripts) > 1 and not any(scripts <= group for group in TOGETHER)


def _imitates(label: str, last: str) -> bool:
    if _scripts(label) <= {"LATIN"}:
        return not LOOKALIKES.isdisjoint(label)
    # Under a last label of its own alphabet (.рф) nobody takes a word for a Latin one.
    return last.isascii() and all(each in LOOKALIKES for each in label if each.isalpha())


def _scripts(label: str) -> set[str]:
    return {_script(each) for each in label if each.isalpha()}


def _script(letter: str) -> str:
    """The script of a letter, as its name says it: unicodedata has no property of that name."""
    script = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
    return {"IDEOGRAPHIC": "CJK", "MASCULINE": "LATIN", "FEMININE": "LATIN"}.get(script, script)
