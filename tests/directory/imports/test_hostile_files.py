"""Files made to keep the server busy: each is refused or read, within one account of its cost.

The sizes that people are allowed make slow tests, so the limits are small here.
"""

import io
import warnings
import zipfile

import pytest

from directory.imports.spreadsheets import cells, csv_files, references, workbook_parts
from directory.models import ContactPoint
from tests.directory.imports.sheet_files import as_xlsx, records_of, refused, texts, zipped
from tests.factories import PhoneFactory

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
LINKS = "xl/_rels/workbook.xml.rels"
DAMAGED, TOO_BIG = "El archivo está dañado", "Descomprimido, este libro es demasiado grande"
MANY = 2_000
CODE = [(1, ["code"])]


@pytest.fixture(autouse=True)
def small_limits(monkeypatch):
    monkeypatch.setattr(workbook_parts, "MOST_ELEMENTS", 1_000)
    monkeypatch.setattr(workbook_parts, "MOST_ATTRIBUTES", 5_000)
    monkeypatch.setattr(workbook_parts, "MOST_CHARACTERS", 50_000)
    monkeypatch.setattr(workbook_parts, "LONGEST_TOKEN", 20_000)
    monkeypatch.setattr(workbook_parts, "MOST_NAMES", 500)
    monkeypatch.setattr(workbook_parts, "CHUNK", 4_096)
    monkeypatch.setattr(csv_files, "LAST_ROW", 1_000)


def members():
    archive = zipfile.ZipFile(io.BytesIO(as_xlsx([["code"]])))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def with_parts(**changed):
    """A workbook with other parts: a sheet whose only cell says “code”, and what is given."""
    link = f'<Relationship Id="s" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    stored = members()
    stored[LINKS] = stored[LINKS].replace("</Rel", f"{link}</Rel")
    given = {SHEET: sheet(), STRINGS: f"<sst {MAIN}><si><t>code</t></si></sst>", **changed}
    return zipped(**(stored | given))


def row(number, text, column="A"):
    cell = f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{number}">{cell}</row>'


HEAD = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def sheet(rows="", after="", before="", within=""):
    data = f"<sheetData>{HEAD}{rows}</sheetData>"
    return f"{before}<worksheet {MAIN}>{within}{data}{after}</worksheet>"


def each(pattern, count=MANY):
    return "".join(pattern.format(number) for number in range(2, count))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SHEETS = {
    "entities": (sheet(row(2, "&b;"), before=ENTITIES), DAMAGED),
    "external entity": (
        sheet(row(2, "&a;"), before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        DAMAGED,
    ),
    "merged cells without an end": (sheet(after="<mergeCells>" + "<mergeCell " * MANY), DAMAGED),
    "merged cells in a comment": (sheet(after="<!--" + "<mergeCell " * MANY), TOO_BIG),
    "many merged cells": (
        sheet(after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell/></mergeCells>'),
        "Las celdas A1:B2 están combinadas",
    ),
    "rows": (sheet("<row/>" * MANY), TOO_BIG),
    "cells": (sheet("<row>" + "<c/>" * MANY + "</row>"), TOO_BIG),
    "runs of a text": (
        sheet('<row><c t="inlineStr"><is>' + "<r><t>x</t></r>" * MANY + "</is></c></row>"),
        TOO_BIG,
    ),
    "columns": (sheet(within="<cols>" + '<col min="1"/>' * MANY + "</cols>"), TOO_BIG),
    "conditional formats": (sheet(after="<conditionalFormatting/>" * MANY), TOO_BIG),
    "validations": (sheet(after="<dataValidation/>" * MANY), TOO_BIG),
    "nested": (sheet(after="<a>" * MANY), TOO_BIG),
    "attributes of an element": (sheet("<row " + each('a{}="" ') + "/>"), TOO_BIG),
    "attributes of many": (sheet(('<row a="" b="" c="" d="" e="" f=""/>') * 900), TOO_BIG),
    "namespaces": (sheet(each('<row xmlns:a{0}="b{0}"/>', 900)), TOO_BIG),
    "a long attribute": (sheet('<row a="' + "x" * 50_000 + '"/>'), TOO_BIG),
    "a long name": (sheet("<" + "x" * 50_000 + "/>"), TOO_BIG),
    "a long comment": (sheet("<!--" + "x" * 50_000 + "-->"), TOO_BIG),
    "text": (sheet(each(row("{0}", "x" * 600), 100)), TOO_BIG),
    "shared text in many cells": (
        sheet(each('<row r="{0}"><c t="s"><v>1</v></c><c t="s"><v>1</v></c></row>', 200)),
        TOO_BIG,
    ),
    "a cell in the last column": (sheet(row(2, "x", "XFD")), "La fila 2 tiene demasiadas columnas"),
    "a column that Excel has not": (sheet(row(2, "x", "AAAA")), DAMAGED),
    "rows in no order": (sheet(row(3, "x") + row(2, "y")), DAMAGED),
    "one row twice": (sheet(row(2, "x") + row(2, "y")), DAMAGED),
    "one cell twice": (sheet('<row><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'), DAMAGED),
    "a row of many digits": (sheet(row("9" * 5_000, "x")), DAMAGED),
    "a shared text that is not there": (sheet('<row><c t="s"><v>9</v></c></row>'), DAMAGED),
    "a shared text below the first": (sheet('<row><c t="s"><v>-1</v></c></row>'), DAMAGED),
    "a format that is not there": (sheet('<row><c s="99"><v>9</v></c></row>'), DAMAGED),
    "a number that is none": (sheet("<row><c><v>nan</v></c></row>"), DAMAGED),
    "an infinite number": (sheet("<row><c><v>1e999</v></c></row>"), "número decimal"),
}


@pytest.mark.parametrize(("xml", "message"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_made_to_keep_the_server_busy_is_refused(xml, message):
    shared = f"<sst {MAIN}><si><t>code</t></si><si><t>{'x' * 500}</t></si></sst>"
    content = with_parts(**{SHEET: xml, STRINGS: shared})
    if message == "número decimal":
        assert message in records_of("a.xlsx", content)[1][1][0].flaw
    else:
        assert message in refused("a.xlsx", content)


PARTS = {
    "formats": ("xl/styles.xml", f"<styleSheet {MAIN}><cellXfs>" + "<xf/>" * MANY),
    "number formats": ("xl/styles.xml", f"<styleSheet {MAIN}>" + '<numFmt numFmtId="1"/>' * MANY),
    "fonts": ("xl/styles.xml", f"<styleSheet {MAIN}><fonts>" + "<font/>" * MANY),
    "shared texts": (STRINGS, f"<sst {MAIN}>" + "<si/>" * MANY),
    "long shared texts": (STRINGS, f"<sst {MAIN}>" + f"<si><t>{'x' * 9_000}</t></si>" * 10),
    "defined names": ("xl/workbook.xml", f"<workbook {MAIN}>" + "<definedName/>" * MANY),
    "sheets": ("xl/workbook.xml", f"<workbook {MAIN}>" + '<sheet name="a" r:id="rId1"/>' * MANY),
    "relations": (LINKS, "<Relationships>" + '<Relationship Id="a" Type="b" Target="c"/>' * MANY),
}


@pytest.mark.parametrize(("part", "xml"), PARTS.values(), ids=PARTS)
def test_a_part_made_to_keep_the_server_busy_is_refused(part, xml):
    assert TOO_BIG in refused("a.xlsx", with_parts(**{part: xml}))


UNREAD = [
    "xl/drawings/drawing1.xml",
    "xl/externalLinks/externalLink1.xml",
    "xl/theme/theme1.xml",
    "docProps/core.xml",
    "docProps/custom.xml",
    "xl/calcChain.xml",
    "xl/media/nested.zip",
    "[Content_Types].xml",
]


@pytest.mark.parametrize("part", UNREAD)
def test_parts_that_say_nothing_of_cells_are_not_opened(part):
    content = with_parts(**{part: "<a>" + "<b/>" * MANY})
    assert texts(records_of("a.xlsx", content)) == CODE


HARMLESS = {
    "the last row": (sheet(row(1_048_576, "x")), [*CODE, (1_048_576, ["x"])]),
    "a row that Excel has not": (sheet(row(999_999_999, "x")), CODE),
    "a sheet that calls itself wide": (sheet(within='<dimension ref="A1:XFD1048576"/>'), CODE),
    "empty cells in the last column": (
        sheet(each('<row r="{0}"><c r="XFD{0}" s="0"/></row>', 300)),
        CODE,
    ),
    "comments": (sheet("<!---->" * MANY), CODE),
    "how a text is pronounced": (
        sheet('<row r="2"><c t="inlineStr"><is><t>x</t><rPh><t>y</t></rPh></is></c></row>'),
        [*CODE, (2, ["x"])],
    ),
    "a text of several formats": (
        sheet('<row r="2"><c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c></row>'),
        [*CODE, (2, ["xy"])],
    ),
    "prefixes, and neither rows nor cells numbered": (
        sheet().replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
        CODE,
    ),
}


@pytest.mark.parametrize(("xml", "expected"), HARMLESS.values(), ids=HARMLESS)
def test_an_odd_sheet_is_read_as_excel_shows_it(xml, expected):
    content = with_parts(**{SHEET: xml})
    assert texts(records_of("a.xlsx", content)) == expected


def test_a_text_longer_than_a_cell_is_a_flaw_of_the_cell_and_kept_no_longer():
    content = with_parts(**{SHEET: sheet(row(2, "x" * 30_000))})
    [cell] = records_of("a.xlsx", content)[1][1]
    assert (len(cell.text), bool(cell.flaw)) == (cells.LONGEST_CELL + 1, True)


def test_one_sheet_under_two_titles_is_read_once():
    stored = members()["xl/workbook.xml"]
    [found] = [part for part in stored.split("<") if part.startswith("sheet ")]
    twice = stored.replace("</sheets>", f"<{found.replace('Sheet', 'Other')}</sheets>")
    assert DAMAGED in refused("a.xlsx", with_parts(**{"xl/workbook.xml": twice}))


def test_two_members_of_one_name_are_refused():
    stream = io.BytesIO(with_parts())
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET.upper(), sheet())
    assert DAMAGED in refused("a.xlsx", stream.getvalue())


@pytest.mark.parametrize("compression", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_is_compressed_as_excel_does_it(compression):
    assert DAMAGED in refused("a.xlsx", zipped(compression, **members()))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\n" * MANY, "demasiadas filas"),
        (b"\r" * MANY, "demasiadas filas"),
        (b"code\n" + b"\n" * MANY + b"x\n", "demasiadas filas"),
        (b";" * MANY, "vacío"),
        (b'"";' * MANY, "vacío"),
        (b"x;" * MANY, "La fila 1 tiene demasiadas columnas"),
        (b";'" * MANY, "La fila 1 tiene demasiadas columnas"),
        (b'"' * 300_000, "no se puede leer como CSV"),
        (b"x" * 300_000, "no se puede leer como CSV"),
        (b"\0" * MANY, "letras"),
    ],
)
def test_a_csv_made_to_keep_the_server_busy_is_refused(content, message):
    assert message in refused("a.csv", content)


def test_empty_cells_behind_a_row_of_a_csv_count_for_nothing():
    content = b"code;label" + b";" * MANY + b"\nx;y;;;\n"
    assert texts(records_of("a.csv", content)) == [(1, ["code", "label"]), (2, ["x", "y"])]


@pytest.mark.django_db
def test_a_million_codes_that_nobody_has_cost_one_query(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(references, "MOST_ASKED", 20)
    monkeypatch.setattr(references, "BATCH", 5)
    point = PhoneFactory(code="x")
    keys = [("x",), *((f"y{number}",) for number in range(100))]
    with django_assert_num_queries(2):
        assert references.by_natural_key(ContactPoint.objects.all(), keys) == {("x",): point}
