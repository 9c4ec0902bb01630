"""Capital letters as strokes, for the images of the brand: as high as CAP, on the line y = CAP.

Each is its width and its path. Accents are put above or below the middle of a letter.
"""

import unicodedata

from directory.public.brand.strokes import Canvas

CAP = 10
# Between two letters, and for a space.
GAP, SPACE = 3.4, 4.6

_O = "M4.6 0A4.6 5 0 1 1 4.6 10A4.6 5 0 1 1 4.6 0"
_P = "M0 10V0H3.5A2.8 2.8 0 0 1 3.5 5.6H0"
LETTERS = {
    "A": (8, "M0 10L4 0L8 10M1.4 6.6H6.6"),
    "B": (6.4, "M3.4 4.6H0M0 0V10H3.7A2.7 2.7 0 0 0 3.7 4.6M0 0H3.4A2.3 2.3 0 0 1 3.4 4.6"),
    "C": (7.8, "M7.8 1.8A4.7 5 0 1 0 7.8 8.2"),
    "D": (7.8, "M0 0V10H2.8A5 5 0 0 0 2.8 0Z"),
    "E": (5.8, "M5.8 0H0V10H5.8M0 4.8H5"),
    "F": (5.6, "M5.6 0H0V10M0 4.8H4.8"),
    "G": (8.2, "M7.8 1.8A4.7 5 0 1 0 8.2 7.4V5.4H5"),
    "H": (7, "M0 0V10M7 0V10M0 4.8H7"),
    "I": (0, "M0 0V10"),
    "J": (4.6, "M4.6 0V7.2A2.3 2.8 0 0 1 0 7.6"),
    "K": (6.8, "M0 0V10M6.4 0L0 6.2M2.4 3.9L6.8 10"),
    "L": (5.4, "M0 0V10H5.4"),
    "M": (9, "M0 10V0L4.5 6.6L9 0V10"),
    "N": (7.2, "M0 10V0L7.2 10V0"),
    "O": (9.2, _O),
    "P": (6.3, _P),
    "Q": (9.2, f"{_O}M5.8 7.2L9 10.4"),
    "R": (6.6, f"{_P}M3.3 5.6L6.6 10"),
    "S": (6.3, "M5.7 1.4A2.9 2.4 0 1 0 3.1 4.8A3.1 2.6 0 1 1 .3 8.5"),
    "T": (7.4, "M0 0H7.4M3.7 0V10"),
    "U": (7, "M0 0V6.4A3.5 3.6 0 0 0 7 6.4V0"),
    "V": (8, "M0 0L4 10L8 0"),
    "W": (12, "M0 0L3 10L6 1.2L9 10L12 0"),
    "X": (7, "M0 0L7 10M7 0L0 10"),
    "Y": (7.6, "M0 0L3.8 5.2L7.6 0M3.8 5.2V10"),
    "Z": (6.8, "M0 0H6.8L0 10H6.8"),
    "Æ": (11, "M0 10L5 0H10.6M5.6 0V10H11M1.8 6.6H5.6M5.6 4.8H10"),
    "Ø": (9.2, f"{_O}M8.2 .4L1 9.6"),
    "Ł": (5.4, "M0 0V10H5.4M-1.2 6.2L2.6 4"),
    "Đ": (7.8, "M0 0V10H2.8A5 5 0 0 0 2.8 0ZM-1.4 4.8H3"),
    "0": (7, "M3.5 0A3.5 5 0 1 1 3.5 10A3.5 5 0 1 1 3.5 0"),
    "1": (2.4, "M0 2L2.4 0V10"),
    "2": (6, "M.2 2.6A2.9 2.7 0 1 1 5.3 4.4L0 10H6"),
    "3": (6, "M.4 1.4A2.7 2.4 0 1 1 3 4.7A2.9 2.65 0 1 1 .1 8.4"),
    "4": (6.4, "M4.8 10V0L0 7.2H6.4"),
    "5": (6, "M5.4 0H1L.6 4.8A3.1 3 0 1 1 .1 8.6"),
    "6": (6.2, "M4.6 0L.7 5.3M3.1 4A3 3 0 1 1 3.1 10A3 3 0 1 1 3.1 4"),
    "7": (6, "M0 0H6L2 10"),
    "8": (6, "M3 4.7A2.4 2.35 0 1 1 3 0A2.4 2.35 0 1 1 3 4.7A3 2.65 0 1 1 3 10A3 2.65 0 1 1 3 4.7"),
    "9": (6.2, "M1.6 10L5.5 4.7M3.1 6A3 3 0 1 1 3.1 0A3 3 0 1 1 3.1 6"),
    "&": (7, "M7 10L1.5 3A1.9 1.9 0 1 1 4.6 3L1.2 5.4A2.7 2.7 0 0 0 3 10A4 4 0 0 0 6.6 6.6"),
    ".": (0, "M0 9.9V10"),
    ",": (0.6, "M.6 9.6L0 11.4"),
    ":": (0, "M0 3.4V3.5M0 9.9V10"),
    "'": (0, "M0 0V2"),
    "’": (0, "M0 0V2"),
    "-": (3, "M0 5.4H3"),
    "–": (5, "M0 5.4H5"),
    "·": (0, "M0 5.3V5.4"),
    "/": (4, "M4 -.6L0 10.6"),
    "+": (5, "M0 5.5H5M2.5 3V8"),
}  # fmt: skip
ACCENTS = {
    "\u0300": "M.9 -1.7L-.8 -3.1",
    "\u0301": "M-.9 -1.7L.8 -3.1",
    "\u0302": "M-1.5 -1.7L0 -3L1.5 -1.7",
    "\u0303": "M-1.7 -1.7A1 .8 0 0 1 0 -2.1A1 .8 0 0 0 1.7 -2.5",
    "\u0308": "M-1.4 -2.2V-2.3M1.4 -2.2V-2.3",
    "\u030a": "M0 -3.4A1 1 0 1 1 0 -1.4A1 1 0 1 1 0 -3.4",
    "\u030c": "M-1.5 -3L0 -1.7L1.5 -3",
    "\u0304": "M-1.4 -2.2H1.4",
    "\u0306": "M-1.4 -2.9A1.4 1.3 0 0 0 1.4 -2.9",
    "\u030b": "M-1.4 -1.7L-.4 -3M.4 -1.7L1.4 -3",
    "\u0307": "M0 -2.2V-2.3",
    "\u0327": "M0 10.4A.9 .9 0 0 1 -.9 12.2",
    "\u0328": "M.4 10.4A1 .9 0 0 0 1.2 12.2",
}


def in_letters(text: str) -> str:
    """The text in capitals, its accents apart; empty if it has something that is not drawn here."""
    letters = unicodedata.normalize("NFD", " ".join(text.upper().split()))
    drawn = all(each in LETTERS or each in ACCENTS or each == " " for each in letters)
    return letters if drawn else ""


def width_of(letters: str) -> float:
    """How wide the capitals are, where one is CAP high."""
    advances = (SPACE if each == " " else LETTERS[each][0] + GAP for each in _bases(letters))
    return max(sum(advances) - GAP, 0)


def write(
    canvas: Canvas, letters: str, at: tuple[float, float], cap: float, opacity: float = 1
) -> None:
    """Write capitals of a height with their upper left corner at a point."""
    left, top = at
    scale, middle = cap / CAP, left
    for each in letters:
        if each in ACCENTS:
            canvas.stroke(ACCENTS[each], (middle, top), scale, cap * 0.13, opacity)
        elif each == " ":
            left += SPACE * scale
        else:
            width, path = LETTERS[each]
            canvas.stroke(path, (left, top), scale, cap * 0.15, opacity)
            middle = left + width * scale / 2
            left += (width + GAP) * scale


def _bases(letters: str) -> list[str]:
    return [each for each in letters if each not in ACCENTS]
