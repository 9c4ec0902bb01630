"""Images of the brand: for tabs, for sites on which a page is shared, and for home screens.

They are made of the organisation's colour, its name or logo, and the symbol of icon.svg, once in a
process: whose brand it is is known when it runs, not when static files are collected.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from config.organization import Organization
from directory.public.brand import letters, png
from directory.public.brand.strokes import Canvas

SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
ICON_SIZES = (180, 192, 512)
# Of icon.svg.
GRID, LINE = 32, 2.4
# So that the symbol stands within four fifths: https://www.w3.org/TR/appmanifest/#icon-masks
ICON_SCALE = 0.94
GROUND = re.compile(r'fill="#[0-9a-f]{6}"')
SYMBOL = re.compile(r'stroke="#fff"[^>]* d="([^"]+)"')
# What of the image for sharing is left free at its sides: some cut them.
SIDES = 110
# Where things stand in it, and how high they are.
SYMBOL_TOP, SYMBOL_SIZE = 86, 230
NAME_TOP, NAME_CAP, TITLE_CAP = 348, 78, 27
LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT = 320, 760, 150


def tab_icon(organization: Organization) -> str:
    """icon.svg with the colour as its ground."""
    return GROUND.sub(f'fill="{organization.brand_color}"', _svg(), count=1)


@cache
def icon(organization: Organization, size: int) -> bytes:
    """A PNG of `size` pixels: the symbol on the colour, which fills it. Home screens cut it to
    their shapes; what is drawn stands within the circle that all of them show."""
    canvas = Canvas(size, size)
    scale = size / GRID * ICON_SCALE
    corner = size * (1 - ICON_SCALE) / 2
    canvas.stroke(_symbol(), (corner, corner), scale, LINE * scale)
    return png.encode(size, size, _rows(canvas, organization.brand_color, shade=0))


@cache
def share_image(organization: Organization, title: str) -> bytes:
    """A PNG for sites on which a page is shared: the symbol, whose directory it is, and the title
    of the site. Letters that are not drawn here are left out."""
    canvas = Canvas(SHARE_WIDTH, SHARE_HEIGHT)
    scale = SYMBOL_SIZE / GRID
    corner = (SHARE_WIDTH - SYMBOL_SIZE) / 2, SYMBOL_TOP
    canvas.stroke(_symbol(), corner, scale, LINE * scale)
    logo = _logo(organization)
    if not logo:
        _centred(canvas, organization.logo_text, NAME_TOP, NAME_CAP)
    _centred(canvas, title, SHARE_HEIGHT - 122, TITLE_CAP, opacity=0.85)
    rows = list(_rows(canvas, organization.brand_color, shade=0.22))
    if logo:
        _put(rows, logo)
    return png.encode(SHARE_WIDTH, SHARE_HEIGHT, rows)


@cache
def _svg() -> str:
    path = finders.find("directory/icon.svg")
    return Path(path).read_text(encoding="utf-8") if path else ""


def _symbol() -> str:
    found = SYMBOL.search(_svg())
    return found[1] if found else ""


def _centred(canvas: Canvas, text: str, top: float, cap: float, opacity: float = 1) -> None:
    """Write a text in the middle, smaller where it is too long."""
    capitals = letters.in_letters(text)
    width = letters.width_of(capitals) or 1
    fitting = min(cap, (canvas.width - 2 * SIDES) * letters.CAP / width)
    left = (canvas.width - width * fitting / letters.CAP) / 2
    letters.write(canvas, capitals, (left, top + (cap - fitting) / 2), fitting, opacity)


def _rows(canvas: Canvas, color: str, shade: float) -> Iterator[bytes]:
    """The rows of pixels of white strokes on a colour, which is darker by `shade` at the bottom."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    tables: dict[int, list[bytes]] = {}
    for number, row in enumerate(canvas.rows):
        # In steps that nobody sees.
        light = 255 - round(255 * shade * number / canvas.height)
        if light not in tables:
            ground = [channel * light // 255 for channel in (red, green, blue)]
            tables[light] = [
                bytes(channel + (255 - channel) * covered // 255 for channel in ground)
                for covered in range(256)
            ]
        yield b"".join(map(tables[light].__getitem__, row))


def _logo(organization: Organization) -> png.Picture | None:
    """The logo, if it is an image that is read here."""
    if not organization.logo.lower().endswith(".png"):
        return None
    try:
        return png.decode(Path(organization.logo).read_bytes())
    except (OSError, ValueError):
        return None


def _put(rows: list[bytes], logo: png.Picture) -> None:
    """Put the logo in the middle, as large as its place allows; each pixel the mean of those that
    it stands for."""
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
    width, height = max(round(logo.width * scale), 1), max(round(logo.height * scale), 1)
    left, top = (SHARE_WIDTH - width) // 2, LOGO_TOP + (LOGO_HEIGHT - height) // 2
    for y in range(height):
        row = bytearray(rows[top + y])
        above, below = _range(y, scale, logo.height)
        for x in range(width):
            before, after = _range(x, scale, logo.width)
            some = [pixel for line in logo.rows[above:below] for pixel in line[before:after]]
            opaque = sum(pixel[3] for pixel in some)
            at = (left + x) * 3
            for channel in range(3):
                light = sum(pixel[channel] * pixel[3] for pixel in some)
                ground = row[at + channel] * (255 * len(some) - opaque)
                row[at + channel] = (light + ground) // (255 * len(some))
        rows[top + y] = bytes(row)


def _range(at: int, scale: float, length: int) -> tuple[int, int]:
    """Which pixels of so many one pixel of the scaled picture stands for."""
    first = min(int(at / scale), length - 1)
    return first, max(min(int((at + 1) / scale), length), first + 1)
