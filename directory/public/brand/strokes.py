"""Lines of one width with round ends, drawn smooth: paths as SVG has them, on a small canvas."""

import re
from collections.abc import Iterator
from math import atan2, ceil, cos, floor, hypot, pi, sin, sqrt

Point = tuple[float, float]
Segment = tuple[Point, Point]

COMMAND = re.compile(r"([MLHVAZ])([^MLHVAZ]*)", re.IGNORECASE)
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
# How many numbers a command takes at a time.
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7}
# Lines that a whole circle is made of.
SIDES = 48


class Canvas:
    """Where strokes are drawn: how much of each pixel is covered, 0 to 255, in rows."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows = [bytearray(width) for _ in range(height)]

    def stroke(self, path: str, at: Point, scale: float, width: float, opacity: float = 1) -> None:
        """Draw a path with its origin at a point, so many times as large, in lines of a width."""
        left, top = at
        for (x0, y0), (x1, y1) in segments(path):
            begin = left + x0 * scale, top + y0 * scale
            end = left + x1 * scale, top + y1 * scale
            self._line(begin, end, width / 2, opacity)

    def _line(self, begin: Point, end: Point, radius: float, opacity: float) -> None:
        (x0, y0), (x1, y1) = begin, end
        along_x, along_y = x1 - x0, y1 - y0
        square = along_x * along_x + along_y * along_y or 1
        reach = radius + 1
        columns = range(
            max(floor(min(x0, x1) - reach), 0), min(ceil(max(x0, x1) + reach), self.width)
        )
        for y in range(
            max(floor(min(y0, y1) - reach), 0), min(ceil(max(y0, y1) + reach), self.height)
        ):
            row, from_y = self.rows[y], y + 0.5 - y0
            for x in columns:
                from_x = x + 0.5 - x0
                part = (from_x * along_x + from_y * along_y) / square
                part = 0 if part < 0 else 1 if part > 1 else part
                gap = radius + 0.5 - hypot(from_x - part * along_x, from_y - part * along_y)
                if gap > 0:
                    covered = int((1 if gap > 1 else gap) * 255 * opacity)
                    row[x] = max(row[x], covered)


def segments(path: str) -> Iterator[Segment]:
    """The straight lines of a path of M, L, H, V, A and Z; arcs in short ones."""
    here = start = (0.0, 0.0)
    for letter, text in COMMAND.findall(path):
        command, numbers = letter.upper(), [float(each) for each in NUMBER.findall(text)]
        if command == "Z":
            yield here, start
            here = start
            continue
        for number in range(0, len(numbers), TAKES[command]):
            given = numbers[number : number + TAKES[command]]
            from_x, from_y = here if letter.islower() else (0, 0)
            match command:
                case "H":
                    there = given[0] + from_x, here[1]
                case "V":
                    there = here[0], given[0] + from_y
                case _:
                    there = given[-2] + from_x, given[-1] + from_y
            if command == "A":
                yield from _arc(here, there, given)
            elif command == "M" and number == 0:
                start = there
            else:
                yield here, there
            here = there


def _arc(begin: Point, end: Point, given: list[float]) -> Iterator[Segment]:
    """An arc of an ellipse that is not turned (SVG 2, B.2.4)."""
    radius_x, radius_y, _turned, is_large, is_clockwise = given[:5]
    half_x, half_y = (begin[0] - end[0]) / 2 / radius_x, (begin[1] - end[1]) / 2 / radius_y
    square = half_x * half_x + half_y * half_y
    # Radii that do not reach are made as long as they must be.
    grow = max(sqrt(square), 1)
    radius_x, radius_y = radius_x * grow, radius_y * grow
    half_x, half_y, square = half_x / grow, half_y / grow, square / grow / grow
    away = sqrt(max(1 / square - 1, 0)) * (-1 if is_large == is_clockwise else 1)
    centre_x, centre_y = away * half_y, -away * half_x
    first = atan2(half_y - centre_y, half_x - centre_x)
    sweep = (atan2(-half_y - centre_y, -half_x - centre_x) - first) % (2 * pi)
    if not is_clockwise:
        sweep -= 2 * pi
    middle_x = (begin[0] + end[0]) / 2 + centre_x * radius_x
    middle_y = (begin[1] + end[1]) / 2 + centre_y * radius_y
    sides = max(ceil(abs(sweep) / 2 / pi * SIDES), 1)
    here = begin
    for side in range(1, sides + 1):
        angle = first + sweep * side / sides
        there = middle_x + radius_x * cos(angle), middle_y + radius_y * sin(angle)
        yield here, there
        here = there
