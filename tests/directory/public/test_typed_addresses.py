"""What people mean by the addresses that they type, copy and remember."""

import pytest

from directory.public.typed_addresses import as_words, prefixed, read

PLAIN = [
    "/servicios/clave-segura/", "/servicios/clave-segura", "//servicios//clave-segura//",
    "/clave-segura", "/clave-segura/", "/servicio/clave-segura/", "/services/clave-segura/",
    "/SERVICIOS/clave-segura/", "/servicos/clave-segura", "/servicios/clave-segura.html",
    "/servicios/clave-segura.PHP", "/servicios/clave-segura/index.html", "/clave-segura.htm",
    "/servicios/clave-segura/)", "/servicios/clave-segura).", "/servicios/clave-segura/>,",
    "/servicios/clave-segura/…", "/servicios/\"clave-segura\"", "/servicios/«clave-segura»/",
    "/servicios/ clave-segura /", "/servicios/clave-segura%20/", "/servicios/clave-segura/%3Fa=1",
    "/servicios/clave-segura#canales", "/servicios\\clave-segura", "/servicios/*clave-segura*",
    "/servicios/clave-segura/&utm_source=mail", "/servicios/clave-segura&a=1&b=2",
]  # fmt: skip


@pytest.mark.parametrize("path", PLAIN)
def test_the_name_of_a_service_is_read_from(path):
    typed = read(path)
    assert (typed.language, typed.name, typed.rest) == (None, "clave-segura", ())
    assert (typed.is_plain, typed.is_list) == (True, False)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/es/servicios/uno/", "es"),
        ("/en/servicios/uno/", "en"),
        ("/EN/services/uno", "en"),
        ("/en-US/services/uno", "en"),
        ("/es_CO/uno", "es"),
        ("/en/es/servicios/uno/", "en"),
        ("/es/es/pt/uno", "es"),
        ("/eo/uno", None),
        ("/en-linea/uno", None),
    ],
)
def test_the_language_is_read_from(path, language):
    assert read(path).language == language


@pytest.mark.parametrize(
    ("path", "name", "rest"),
    [
        ("/servicios/Clave_Segura/ediciones/3", "Clave_Segura", ("ediciones", "3")),
        ("/en/services/x/Editions/3/Changes/", "x", ("ediciones", "3", "cambios")),
        ("/servicios/x/changes.atom", "x", ("cambios.atom",)),
        ("/servicios/x/contactos.vcf)", "x", ("contactos.vcf",)),
        ("/servicios/x/EDICIONES/3/Cambios", "x", ("ediciones", "3", "cambios")),
        ("/servicios/x/Contactos.VCF", "x", ("contactos.vcf",)),
        ("/servicios/c%E1mara/", "cámara", ()),
        ("/servicios/c%C3%A1mara/", "cámara", ()),
    ],
)
def test_the_rest_of_an_address_is_read_in_all_languages(path, name, rest):
    assert (read(path).name, read(path).rest) == (name, rest)


@pytest.mark.parametrize(
    "path",
    [
        "/es/",
        "/es",
        "/en/es/",
        "/servicios",
        "/servicios/",
        "/en/services",
        "/index.html",
        "//",
        "/)",
    ],
)
def test_an_address_without_a_name_is_that_of_the_list(path):
    assert read(path).is_list


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/ayuda/servicios/clave/", ("clave", "ayuda clave", "ayuda")),
        ("/servicios/servicios/clave/", ("servicios", "servicios clave", "clave")),
        ("/eo/clave", ("eo", "eo clave", "clave")),
        ("/servicios/clave/segura", ("clave", "clave segura", "segura")),
        ("/ayuda/servicios/", ("ayuda",)),
        ("/" + "x" * 5000, ()),
        ("/\x00", ("\x00",)),
    ],
)
def test_what_may_be_the_name_is_told_the_likeliest_first(path, texts):
    assert read(path).texts == texts


@pytest.mark.parametrize("path", ["/ayuda/servicios/clave/", "/ayuda/servicios/", "/" + "x" * 5000])
def test_an_address_that_says_something_else_is_not_plain(path):
    assert (read(path).is_plain, read(path).is_list) == (False, False)


@pytest.mark.parametrize(
    ("path", "code", "address"),
    [
        ("/nada/", "en", "/en/nada/"),
        ("/en/nada/?q=1", "es", "/nada/?q=1"),
        ("/en/nada/", "en", "/en/nada/"),
        ("/en/en/nada/", "es", "/nada/"),
        ("/es/en/nada/", "pt", "/pt/nada/"),
        ("/es/nada", "en", "/en/nada"),
        ("/en//evil.example/", "es", "/evil.example/"),
        ("//evil.example/", "es", "/evil.example/"),
        ("//evil.example/", "en", "/en/evil.example/"),
        ("/", "en", "/en/"),
        ("/en", "es", "/"),
    ],
)
def test_an_address_has_its_like_in_each_language_on_this_site(path, code, address):
    assert prefixed(path, code) == address


def test_names_are_searched_for_as_words():
    assert [as_words(text) for text in ("clave_segra--x", "%00", "")] == ["clave segra x", "00", ""]
