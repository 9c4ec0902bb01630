"""Logos as they are read: every sort of colours, every filter of rows (PNG, 6.1 and 9.2)."""

import struct
import zlib

import pytest

from directory.public.brand import png


def image(width, rows, colours=0, **chunks):
    """An image of these rows, each with the number of its filter."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, colours, 0, 0, 0)
    chunks = {"IHDR": header, **chunks, "IDAT": zlib.compress(b"".join(rows)), "IEND": b""}
    return png.SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind.encode() + data + b"\0" * 4
        for kind, data in chunks.items()
    )


@pytest.mark.parametrize(("colours", "row", "chunks", "pixels"), [
    (0, b"\x05\x80", {}, [(5, 5, 5, 255), (128, 128, 128, 255)]),
    (2, b"\1\2\3\4\5\6", {}, [(1, 2, 3, 255), (4, 5, 6, 255)]),
    (3, b"\1\0", {"PLTE": b"\7\7\7\1\2\3", "tRNS": b"\x09"}, [(1, 2, 3, 255), (7, 7, 7, 9)]),
    (4, b"\5\6\7\x08", {}, [(5, 5, 5, 6), (7, 7, 7, 8)]),
    (6, b"\1\2\3\4\5\6\7\x08", {}, [(1, 2, 3, 4), (5, 6, 7, 8)]),
])  # fmt: skip
def test_every_sort_of_colours_is_read(colours, row, chunks, pixels):
    assert png.decode(image(2, [b"\0" + row], colours, **chunks)).rows == [pixels]


@pytest.mark.parametrize("row", [
    b"\0\x0b\x16\x21", b"\1\x0b\x0b\x0b", b"\2\1\2\3", b"\3\6\7\7", b"\4\1\2\3",
])  # fmt: skip
def test_every_filter_is_undone(row):
    rows = png.decode(image(3, [b"\0\x0a\x14\x1e", row])).rows
    assert [pixel[0] for pixel in rows[1]] == [11, 22, 33]


@pytest.mark.parametrize("broken", [
    image(2, [b"\0\1"]), image(2, [b"\5\1\2"]), image(2, [b"\0\1\2"], 5),
    image(1, [b"\0\1"], 3, PLTE=b"\1\2\3"),
], ids=["short", "filter", "colours", "palette"])  # fmt: skip
def test_what_is_broken_is_refused(broken):
    with pytest.raises(ValueError, match=r"PNG|filter"):
        png.decode(broken)
