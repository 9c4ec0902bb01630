"""E-mail and web addresses as they are kept, and what is refused, with what to write instead."""

import pytest
from django.core.exceptions import ValidationError

from directory.contacts import addresses
from directory.contacts.kinds import EMAIL, WEB
from directory.contacts.pasted import refuse_other_kind

UNSEEN = "\u200b\ufeff\u00ad\u200e\u200f\u202a\u202e\u2066\u2069\u2060\u3164\ufe0f\u200d\U000e0041"

KEPT_WEB = {
    "Https://Ejemplo.com/Ruta": "https://ejemplo.com/Ruta",
    "HTTPS://WWW.EJEMPLO.COM": "https://www.ejemplo.com",
    "http://ejemplo.com:80/a:b@c?x=Y#Z": "http://ejemplo.com/a:b@c?x=Y#Z",
    "https://ejemplo.com:0443": "https://ejemplo.com",
    "https://ejemplo.com:/": "https://ejemplo.com/",
    "http://ejemplo.com:443/": "http://ejemplo.com:443/",
    "https://ejemplo.com.:8443/": "https://ejemplo.com:8443/",
    " https://ejemplo.com\u00a0": "https://ejemplo.com",
    f"https://eje{UNSEEN}mplo.com/ru{UNSEEN}ta": "https://ejemplo.com/ruta",
    "https://ÑANDÚ.co/Á": "https://ñandú.co/Á",
    "https://xn--and-6ma2c.co/": "https://ñandú.co/",
    "https://n\u0303andu\u0301.co": "https://ñandú.co",
    "https://ｅｊｅｍｐｌｏ。com": "https://ejemplo.com",
    "https://ejemplo.com：443／a？b": "https://ejemplo.com/a?b",
    "https://faß.de": "https://faß.de",
    "https://medium.com/@ejemplo": "https://medium.com/@ejemplo",
    "https://wa.me/message/ABC123": "https://wa.me/message/ABC123",
}

KEPT_EMAIL = {
    "Mesa.Ayuda@Ejemplo.COM": "Mesa.Ayuda@ejemplo.com",
    "mailto:Mesa@ejemplo.com?subject=Hola": "Mesa@ejemplo.com",
    "MAILTO:mesa%40ejemplo.com": "mesa@ejemplo.com",
    "Mesa de ayuda <mesa@ejemplo.com>": "mesa@ejemplo.com",
    '"Ayuda, Mesa de" <mesa@ejemplo.com>': "mesa@ejemplo.com",
    "mesa@ejemplo.com <mesa@ejemplo.com>": "mesa@ejemplo.com",
    "<mailto:mesa@ejemplo.com>;": "mesa@ejemplo.com",
    "mesa@ejemplo.com,": "mesa@ejemplo.com",
    f"me{UNSEEN}sa@ejem{UNSEEN}plo.com": "mesa@ejemplo.com",
    "mesa＠ejemplo.com": "mesa@ejemplo.com",
    "mesa@XN--AND-6MA2C.co": "mesa@ñandú.co",
}


@pytest.mark.parametrize(("written", "kept"), KEPT_WEB.items())
def test_a_web_address_is_kept_in_one_form(written, kept):
    assert addresses.tidy_web(written) == addresses.tidy_web(kept) == kept
    addresses.check_web(kept)


@pytest.mark.parametrize(("written", "kept"), KEPT_EMAIL.items())
def test_an_email_address_is_read_as_people_paste_it(written, kept):
    assert addresses.tidy_email(written) == addresses.tidy_email(kept) == kept


def refusal(check, text):
    with pytest.raises(ValidationError) as refused:
        check(text)
    return refused.value.code, refused.value.messages[0]


SCHEME = "Una dirección web empieza por https:// o http://: https://example.com/support."
REFUSED_WEB = [
    (
        "https://certicamara.com@evil.example/",
        "userinfo",
        "Lo que está antes de «@» en una dirección web no dice a dónde lleva y puede engañar. "
        "Escriba la dirección sin eso: https://evil.example/.",
    ),
    ("https://ana:clave@ejemplo.com", "userinfo", None),
    (addresses.tidy_web("https://ejemplo.com＠evil.example"), "userinfo", None),
    *((text, "invalid", SCHEME) for text in ("", "//ejemplo.com", "ejemplo.com", "https:/a.com")),
    *((text, "invalid", SCHEME) for text in ("javascript:alert(1)", "ftp://a.com", "https//a.co")),
    *((f"https://{host}/", "ip", None) for host in ("10.0.0.1", "127.1", "0x7f.1", "[::1]", "42")),
    *((f"https://{host}/", "host", None) for host in ("intranet", "localhost:8000", "a..co", "")),
    *((f"https://{host}/", "host", None) for host in ("-a.co", "a_b.co", "a%62.co", "☎.co", "a.c")),
    *(
        (f"https://{host}/", "host", None)
        for host in ("ñ" * 60 + ".co", "xn--zzzzzzz.co", "a⁄b.co")
    ),
    *((f"https://a{bad}.co", "space", None) for bad in (" ", "\\", "\t", "\n", "\x0b")),
    ("https://ejemplo.com/mesa de ayuda", "space", None),
    ("https://ejemplo.com:99999/", "port", None),
]


@pytest.mark.parametrize(("text", "code", "words"), REFUSED_WEB)
def test_a_web_address_that_leads_nowhere_or_misleads_is_refused_in_words(text, code, words):
    found, message = refusal(addresses.check_web, text)
    assert (found, message if words else None) == (code, words)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "several") for text in ("a@x.co, b@x.co", "a@x.co;b@x.co", "a@x.co <b@x.co>")),
        *((text, "invalid") for text in ("mesa", "mesa@", "@ejemplo.com", "mesa@localhost", "a b")),
        *((text, "invalid") for text in ("mesa@127.0.0.1", "x" * 501 + "@ejemplo.com")),
        *((text, "local") for text in ("mes\u0131@ejemplo.com", "mesá@ejemplo.com")),
        ("mesa@[127.0.0.1]", "ip"),
    ],
)
def test_an_email_address_that_is_none_or_several_is_refused(text, code):
    assert addresses.tidy_email(text) == text
    assert refusal(addresses.check_email, text)[0] == code


@pytest.mark.parametrize(
    ("pasted", "field", "kind", "value"),
    [
        ("mailto:mesa@ejemplo.com", "url", "Correo electrónico", "mesa@ejemplo.com"),
        ("mesa@ejemplo.com", "phone", "Correo electrónico", "mesa@ejemplo.com"),
        ("tel:+576017442727", "url", "Teléfono", "601 744 2727"),
        ("601 744 2727", "email", "Teléfono", "601 744 2727"),
        ("https://wa.me/573168731648", "url", "WhatsApp", "316 873 1648"),
        ("whatsapp://send?phone=573168731648", "email", "WhatsApp", "316 873 1648"),
        ("https://Ejemplo.com/a", "email", "Dirección web", "https://ejemplo.com/a"),
        ("https://wa.me/message/ABC", "phone", "Dirección web", "https://wa.me/message/ABC"),
    ],
)
def test_what_belongs_to_another_kind_is_told_with_that_kind(pasted, field, kind, value):
    code, message = refusal(lambda text: refuse_other_kind(text, field), pasted)
    assert (code, f"«{value}» es de la clase «{kind}»" in message) == ("invalid", True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ejemplo.com/Ruta", "https://ejemplo.com/Ruta"),
        ("http://ejemplo.com", "http://ejemplo.com"),
        *((text, text) for text in ("mesa@ejemplo.com", "//a.com", "javascript:alert(1)", "nada")),
    ],
)
def test_only_a_host_is_given_the_scheme_that_nobody_types(typed, read):
    assert addresses.typed_web(typed) == read


def test_links_name_hosts_as_the_network_does():
    assert WEB.link("https://ñandú.co/ñ") == "https://xn--and-6ma2c.co/ñ"
    assert EMAIL.link("mesa@ñandú.co") == "mailto:mesa@xn--and-6ma2c.co"


@pytest.mark.parametrize(
    "text", ["a" * 10**6, "https://" + ":" * 10**6, "<" * 10**6, "@" * 10**6, "xn--" + "9" * 10**6]
)
def test_texts_without_end_are_refused_like_others(text):
    for tidy, check in (
        (addresses.tidy_web, addresses.check_web),
        (addresses.tidy_email, addresses.check_email),
    ):
        assert refusal(check, tidy(text))[0] in ("invalid", "host")
