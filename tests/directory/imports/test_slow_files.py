"""Files made of what takes long for its size. Each is read or refused in a process of its own with
little time and memory; it would not live through what they cost once."""

import os
import resource
import subprocess
import sys

import pytest

from directory.imports.spreadsheets import files, reading_time
from tests.directory.imports.sheet_files import refused
from tests.directory.imports.test_hostile_files import MAIN, SHEET, STRINGS, each, with_parts
from tests.directory.imports.test_hostile_files import sheet as sheet_of
from tests.environment import ROOT, environment_with

STYLES = "xl/styles.xml"
# Django and its translations themselves take some 120 MB and a second.
SECONDS, MEGABYTES = 10, 400
READ = """
import sys, django
django.setup()
from directory.imports.spreadsheets import files
from directory.imports.spreadsheets.cells import FileRefused
try:
    print(len(files.read(sys.argv[1], sys.stdin.buffer.read())[0][1]))
except FileRefused as refused:
    print("refused", refused)
"""


def formats(code):
    number_format = f'<numFmt numFmtId="200" formatCode="{code}"/>'
    return f'<styleSheet {MAIN}>{number_format}<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'


def cells(count, text="<v>1</v>", kind="n"):
    return sheet_of(each(f'<row r="{{0}}"><c t="{kind}" s="0">{text}</c></row>', count))


def shared(text):
    return {STRINGS: f"<sst {MAIN}><si><t>code</t></si><si><t>{text}</t></si></sst>"}


WORKBOOKS = {
    "merged cells without an end": {SHEET: sheet_of(after="<mergeCell " * 2_500_000)},
    "a cell in the last row": {SHEET: sheet_of('<row r="1048576"><c><v>1</v></c></row>')},
    "millions of formats": {STYLES: f"<styleSheet {MAIN}><cellXfs>" + "<xf/>" * 6_000_000},
    "cells in the last column": {
        SHEET: sheet_of(each('<row r="{0}"><c r="XFD{0}"><v>1</v></c></row>', 20_000))
    },
    "millions of rows": {SHEET: sheet_of("<row/>" * 5_000_000)},
    "a format of zeros": {SHEET: cells(20_000), STYLES: formats("0" * 250_000)},
    "a format of brackets": {SHEET: cells(20), STYLES: formats("[" * 250_000)},
    "a format of quotation marks": {SHEET: cells(20), STYLES: formats("&quot;" * 40_000)},
    "joiners": {SHEET: cells(800, "<v>1</v>", "s"), **shared("\u0628\u200d" * 5_000)},
    "ligatures": {SHEET: cells(800, "<v>1</v>", "s"), **shared("\ufdfa" * 9_999)},
    "marks": {SHEET: cells(800, "<v>1</v>", "s"), **shared("a" + "\u0301\u0316" * 4_999)},
    "shared texts": {STRINGS: f"<sst {MAIN}>" + "<si><t>a</t></si>" * 740_000 + "</sst>"},
    "validations": {SHEET: sheet_of(after="<dataValidation/>" * 1_400_000)},
}
TABLES = {
    "blanks": b" " * 4_000_000,
    "lines of blanks": b" \n" * 2_000_000,
    "columns": b";" * 4_000_000,
    "quotation marks": b'"' * 4_000_000,
    "a quotation that never ends": b'a;"' + b"b\n" * 1_900_000,
    "one cell": b"a" * 4_000_000,
    "UTF-32": "a;b\n".encode("utf-32") * 200_000,
    "NUL": b"\0" * 4_000_000,
    "long cells": (b"'" * 130_000 + b"\n") * 30,
}


def limit():
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024,) * 2)


@pytest.mark.parametrize("kind", [*WORKBOOKS, *TABLES])
def test_a_slow_file_takes_little_time_and_memory(kind):
    content = with_parts(**WORKBOOKS[kind]) if kind in WORKBOOKS else TABLES[kind]
    name = "a.xlsx" if kind in WORKBOOKS else "a.csv"
    # It is small, so it arrives.
    assert len(content) <= files.LARGEST_FILE
    ended = subprocess.run(
        [sys.executable, "-c", READ, name],
        input=content,
        cwd=ROOT,
        env=environment_with(DJANGO_SETTINGS_MODULE="config.settings"),
        preexec_fn=limit,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr.decode()[-300:]) == (0, "")
    assert ended.stdout


def test_what_takes_too_long_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(reading_time, "MOST_SECONDS", -1)
    for name, content in (("a.csv", b"code\nx\n"), ("a.xlsx", with_parts())):
        assert "Leer este archivo tarda demasiado" in refused(name, content)


def test_time_is_counted_for_each_file_anew(monkeypatch):
    for _time in range(2):
        assert files.read("a.csv", b"code\nx\n")
    reading_time.refuse_slow()
