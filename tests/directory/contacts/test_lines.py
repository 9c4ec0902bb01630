"""Contacts as people write them down, a line each."""

import pytest

from directory.contacts.kinds import KINDS
from directory.contacts.lines import read_line, split_lines, write_line


@pytest.mark.parametrize(
    ("text", "kind", "value", "label", "extensions", "menu_options"),
    [
        ("601 744 2727", None, "601 744 2727", "", "", ""),
        ("601 744 2727 ext. 1107", None, "601 744 2727", "", "1107", ""),
        ("(601) 744-2727 x1107", None, "(601) 744-2727", "", "1107", ""),
        ("601 7442727 # 1107", None, "601 7442727", "", "1107", ""),
        ("601 744 2727 Ext: 1107 - 1109", None, "601 744 2727", "", "1107 - 1109", ""),
        ("601 744 2727 extensiones 1107 y 1109", None, "601 744 2727", "", "1107 y 1109", ""),
        (
            "Mesa de ayuda: 601 744 2727 ext. 1107, 1109, opción 2",
            *(None, "601 744 2727", "Mesa de ayuda", "1107, 1109", "opción 2"),
        ),
        ("601 744 2727 int 12 (opción 3)", None, "601 744 2727", "", "12", "opción 3"),
        (
            "(601) 744 2727 opción 2 - opción 4",
            *(None, "(601) 744 2727", "", "", "opción 2 - opción 4"),
        ),
        ("cel. 316 873 1648", "phone", "316 873 1648", "", "", ""),
        ("PBX: (601) 744 2727", "phone", "(601) 744 2727", "", "", ""),
        ("Teléfono: 601 744 2727", "phone", "601 744 2727", "", "", ""),
        ("WhatsApp: 316 873 1648", "whatsapp", "316 873 1648", "", "", ""),
        ("whatsapp 316 873 1648", "whatsapp", "316 873 1648", "", "", ""),
        ("WhatsApp ventas: 316 873 1648", "whatsapp", "316 873 1648", "WhatsApp ventas", "", ""),
        ("https://wa.me/573168731648", "whatsapp", "https://wa.me/573168731648", "", "", ""),
        ("*611", None, "*611", "", "", ""),
        ("soporte@example.com", "email", "soporte@example.com", "", "", ""),
        ("Correo: soporte@example.com", "email", "soporte@example.com", "", "", ""),
        ("soporte@@example", "email", "soporte@@example", "", "", ""),
        ("portal.example.com", "web", "portal.example.com", "", "", ""),
        ("portal.example.com:8443/x", "web", "portal.example.com:8443/x", "", "", ""),
        ("Portal: https://example.com/a:b", "web", "https://example.com/a:b", "", "", ""),
        ("@acme_soporte", "telegram", "@acme_soporte", "", "", ""),
        ("SMS 85432", "sms", "85432", "", "", ""),
        ("Fax: 601 744 2729", "fax", "601 744 2729", "", "", ""),
        ("Dirección: Carrera 19 # 34-93", "address", "Carrera 19 # 34-93", "", "", ""),
        ("Carrera 19 # 34-93, Piso 3", None, "Carrera 19 # 34-93, Piso 3", "", "", ""),
        ("601 744 2727 · Línea nacional", None, "601 744 2727", "Línea nacional", "", ""),
        ("601 744 2727 o 601 744 2728", None, "601 744 2727 o 601 744 2728", "", "", ""),
        ("linea-bogota", None, "linea-bogota", "", "", ""),
    ],
)
def test_a_line_is_read(text, kind, value, label, extensions, menu_options):
    line = read_line(text)
    assert (line.kind and line.kind.code, line.value) == (kind, value)
    assert (line.label, line.extensions, line.menu_options) == (label, extensions, menu_options)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("601 744 2727\r\n\r\n  soporte@example.com ", ["601 744 2727", "soporte@example.com"]),
        ("601 744 2727; 316 873 1648;", ["601 744 2727", "316 873 1648"]),
        ("601 744 2727;soporte@example.com", ["601 744 2727", "soporte@example.com"]),
        ("https://example.com/a;b=1; a@b.co", ["https://example.com/a;b=1", "a@b.co"]),
        ("tel:+576017442727;ext=1107", ["tel:+576017442727 ext. 1107"]),
    ],
)
def test_contacts_stand_in_lines_or_between_semicolons(text, lines):
    assert split_lines(text) == lines


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("label", ["", "Mesa de ayuda"])
@pytest.mark.parametrize("details", [{}, {"extensions": "1107, 12", "menu_options": "Opción 2"}])
def test_what_is_written_is_read_back(kind, label, details):
    details = details if kind.has_extensions else {}
    line = read_line(write_line(kind, kind.example, label=label, **details))
    # A number says only by itself that it is one.
    assert line.kind in (kind, None)
    assert line.kind is kind or kind.code == "phone"
    assert line.value == kind.display(kind.example)
    assert (line.label, line.extensions, line.menu_options) == (
        label,
        details.get("extensions", ""),
        details.get("menu_options", ""),
    )
