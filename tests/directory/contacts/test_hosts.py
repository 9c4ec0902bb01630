"""Hosts that imitate others, and those that belong together."""

import pytest

from directory.contacts.hosts import imitation, is_among

IMITATING = [
    *("certicаmara.com", "сerticamara.com", "аррӏе.com", "www.οffice.com", "oօfice.com"),
    *("ɡoogle.com", "ıstanbul.com", "αιν.com", "пуpс.рф", "aб日本.jp", "certi\u0307camara.com"),
]
HONEST = [
    *("certicamara.com", "ñandú.co", "münchen.de", "łódź.pl", "почта.com", "сос.рф", "αβγδ.gr"),
    *(
        "日本ひらカタabc.jp",
        "々木さん.jp",
        "한국abc.kr",
        "中文ㄅㄆabc.tw",
        "تست.com",
        "1234-5.com",
        "עברית.il",
    ),
]


@pytest.mark.parametrize("host", IMITATING)
def test_letters_of_another_alphabet_that_look_like_usual_ones_imitate(host):
    assert imitation(host) in host.split(".")[:-1]
    assert imitation(host)


@pytest.mark.parametrize("host", HONEST)
def test_a_host_in_the_letters_of_one_language_imitates_none(host):
    assert imitation(host) == ""


@pytest.mark.parametrize(
    ("host", "expected"),
    [("bit.ly", True), ("www.bit.ly", True), ("orbit.ly", False), ("bit.ly.example.com", False)],
)
def test_what_is_below_a_host_is_among_it(host, expected):
    assert is_among(host, {"bit.ly"}) is expected
