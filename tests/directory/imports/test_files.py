"""CSV files and workbooks: read however they were written, refused if they could do harm."""

from datetime import date

import pytest

from tests.directory.imports.sheet_files import as_xlsx, records_of, refused, texts, zipped


def test_files_that_are_empty_too_big_or_of_another_kind_are_refused():
    assert "vacío" in refused("a.csv", b"")
    assert "vacío" in refused("a.csv", b"\n;;\n")
    assert "vacío" in refused("a.xlsx", as_xlsx([]))
    assert "4 MB" in refused("a.csv", b"x" * (50 * 1024 * 1024))
    assert "10000" in refused("a.csv", b"code\n" + b"x\n" * 10_001)
    assert "demasiadas columnas" in refused("a.csv", b";".join([b"x"] * 41))
    assert "ni un archivo CSV" in refused("a.pdf", b"%PDF-1.7")
    assert "ni un archivo CSV" in refused("a.xlsx", b"\xff\xfe\x00")
    assert "ni un archivo CSV" in refused("a.docx", zipped().replace(b"Content", b"Contend"))
    old = refused("a.xls", b"\xd0\xcf\x11\xe0")
    assert "formato antiguo de Excel" in old
    assert ".xlsx" in old
    assert "contraseña" in refused("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "dañado" in refused("a.xlsx", b"PK\x03\x04 nothing more")
    assert "dañado" in refused("a.xlsx", zipped())
    broken = bytearray(as_xlsx([["code"], ["x"]]))
    inside = broken.index(b"xl/worksheets/sheet1.xml") + 60
    broken[inside : inside + 30] = b"\xff" * 30
    assert "dañado" in refused("a.xlsx", bytes(broken))
    locked = bytearray(as_xlsx([["code"]]))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "contraseña" in refused("a.xlsx", bytes(locked))
    full = as_xlsx([], lambda workbook: [workbook.create_sheet() for _ in range(40)])
    assert "demasiadas hojas" in refused("a.xlsx", full)


def test_macros_are_refused_under_any_name():
    assert "macros" in refused("a.xlsm", as_xlsx([["code"]]))
    assert "macros" in refused("a.xlsx", zipped(**{"xl/vbaProject.bin": "x"}))
    assert "macros" in refused("a.xlsx", zipped(**{"xl/macrosheets/sheet1.xml": "x"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(**{"xl/worksheets/sheet1.xml": b"\0" * (64 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert "demasiado grande" in refused("a.xlsx", bomb)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('=CONCATENATE("a","b")', "eso es una fórmula"),
        ("#N/A", "un error de Excel"),
        (1107.1109, "un número decimal"),
        (1234567890123456, "un número decimal"),
    ],
)
def test_what_excel_computes_or_makes_of_a_text_is_refused(cell, message):
    rows = records_of("a.xlsx", as_xlsx([["code", "label"], ["x", cell]]))
    assert [bool(cell.flaw) for _number, cells in rows for cell in cells] == [False] * 3 + [True]
    assert message in rows[1][1][1].flaw


def test_a_percentage_of_excel_is_refused():
    def as_percentage(workbook):
        workbook.active["A1"].number_format = "0%"

    [(_number, [cell])] = records_of("a.xlsx", as_xlsx([[1]], as_percentage))
    assert "un número decimal" in cell.flaw


def as_0000(workbook):
    workbook.active["D1"].number_format = "0000"


def test_numbers_typed_in_excel_are_read_as_they_look():
    row = [6017442727, 1107.0, date(2026, 12, 1), 12, -12]
    records = records_of("a.xlsx", as_xlsx([row], as_0000))
    assert texts(records) == [(1, ["6017442727", "1107", "2026-12-01", "0012", "-12"])]
    assert [cell.made for cell in records[0][1]] == ["", "", "date", "", ""]


def test_merged_cells_and_a_second_filled_sheet_are_refused_by_name():
    rows = [["code", "label"], ["a", "Igual"], ["b", ""]]
    merged = as_xlsx(rows, lambda workbook: workbook.active.merge_cells("B2:B3"))
    assert "B2:B3" in refused("a.xlsx", merged)
    second = as_xlsx(rows, lambda workbook: workbook.create_sheet("Otra").append(["code"]))
    assert "Otra" in refused("a.xlsx", second)


@pytest.mark.parametrize(
    "content",
    [
        "Código;Nombre\r\nx;Añil\r\n".encode("cp1252"),
        "Código;Nombre\r\nx;Añil\r\n".encode("utf-8-sig"),
        "Código,Nombre\nx,Añil\n".encode(),
        "Código\tNombre\r\nx\tAñil\r\n".encode("utf-16"),
        "sep=;\r\nCódigo;Nombre\r\nx;Añil\r\n".encode("cp1252"),
        "sep=\t\r\nCódigo\tNombre\r\nx\tAñil\r\n".encode("cp1252"),
    ],
    ids=["cp1252", "utf-8 with mark", "commas", "utf-16 tabs", "sep", "sep tab"],
)
def test_csv_is_read_however_excel_wrote_it(content):
    rows = [row for _number, row in texts(records_of("a.csv", content))]
    assert rows == [["Código", "Nombre"], ["x", "Añil"]]


def test_csv_that_is_no_text_or_has_an_open_quotation_mark_is_refused():
    assert "letras" in refused("a.csv", b"code\n\x81\x8d\n")
    assert "letras" in refused("a.csv", b"code\n\0\0\n")
    assert "comillas" in refused("a.csv", b'code;label\n"x;y\n')
