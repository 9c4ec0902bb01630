"""PNG images, written and read with the standard library: 8 bits a sample, not interlaced.

https://www.w3.org/TR/png-3/
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Samples of a pixel, by the type of colours: grey, RGB, palette, grey and RGB with transparency.
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Of a logo: more takes seconds to read.
MOST_PIXELS = 1_000_000

Pixel = tuple[int, int, int, int]
# The pixel that samples are; one of a palette is a number in it.
PIXELS: dict[int, Callable[..., Pixel]] = {
    0: lambda grey: (grey, grey, grey, 255),
    2: lambda red, green, blue: (red, green, blue, 255),
    4: lambda grey, opacity: (grey, grey, grey, opacity),
    6: lambda red, green, blue, opacity: (red, green, blue, opacity),
}


class Picture(NamedTuple):
    """Rows of pixels: red, green, blue and opacity, 0 to 255."""

    width: int
    height: int
    rows: list[list[Pixel]]


def encode(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    """The image of `height` rows of `width` pixels, each of three bytes: red, green, blue."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
    return SIGNATURE + b"".join(_chunk(*each) for each in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def decode(image: bytes) -> Picture:
    """The picture of an image. Raises ValueError for one that is broken, too large or of another
    sort than is read here."""
    try:
        return _decoded(image)
    except (struct.error, zlib.error, IndexError, KeyError) as error:
        raise ValueError("no PNG image that is read here") from error


def _decoded(image: bytes) -> Picture:
    if not image.startswith(SIGNATURE):
        raise ValueError("no PNG image")
    chunks: dict[bytes, bytes] = {}
    for kind, data in _chunks(image):
        chunks[kind] = chunks.get(kind, b"") + data
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if depth != 8 or interlaced or not 0 < width * height <= MOST_PIXELS:
        raise ValueError("a PNG image of another sort")
    samples = SAMPLES[colours]
    length = width * samples
    # No more than the header promises, whatever is packed.
    data = zlib.decompressobj().decompress(chunks[b"IDAT"], height * (length + 1))
    pixel = PIXELS.get(colours) or _palette(chunks).__getitem__
    rows, before = [], bytearray(length)
    for number in range(height):
        start = number * (length + 1)
        row = bytearray(data[start + 1 : start + 1 + length])
        if len(row) < length:
            raise ValueError("a PNG image of which something is missing")
        _unfilter(data[start], row, before, samples)
        rows.append([pixel(*row[at : at + samples]) for at in range(0, length, samples)])
        before = row
    return Picture(width, height, rows)


def _palette(chunks: Mapping[bytes, bytes]) -> list[Pixel]:
    colours, opacity = chunks.get(b"PLTE", b""), chunks.get(b"tRNS", b"").ljust(256, b"\xff")
    return list(zip(colours[::3], colours[1::3], colours[2::3], opacity, strict=False))


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(image):
        length, kind = struct.unpack(">I4s", image[at : at + 8])
        yield kind, image[at + 8 : at + 8 + length]
        at += 12 + length


def _unfilter(kind: int, row: bytearray, above: bytearray, samples: int) -> None:
    """Put back what the filter of a row has taken out (9.2)."""
    for at in range(len(row)):
        left = row[at - samples] if at >= samples else 0
        corner = above[at - samples] if at >= samples else 0
        match kind:
            case 0:
                return
            case 1:
                guess = left
            case 2:
                guess = above[at]
            case 3:
                guess = (left + above[at]) // 2
            case 4:
                near = left + above[at] - corner
                guess = min(left, above[at], corner, key=lambda each: abs(near - each))
            case _:
                raise ValueError("an unknown filter")
        row[at] = (row[at] + guess) & 255
