"""The figure of a child, front and back: calm, without clothes or features, neither boy nor girl.

One half is drawn, as points of a smooth line from the crown down to between the legs; the other is
its mirror. About five heads high, as a child of six to ten is.
"""

from collections.abc import Sequence
from typing import Final

from casebound.foundation.drawing.regions import WIDTH, View

Point = tuple[int, int]

# The right half of the picture, head and body apart, so that the chin shows.
_HEAD: Final[Sequence[Point]] = (
    (500, 66), (568, 80), (620, 124), (646, 190), (650, 262), (636, 336), (602, 396), (552, 434),
    (500, 446),
)  # fmt: skip
_BODY: Final[Sequence[Point]] = (
    (550, 410), (550, 478), (566, 502), (622, 516), (676, 530), (712, 566), (736, 634), (762, 720),
    (784, 806), (806, 900), (826, 984), (842, 1036), (868, 1076), (882, 1126), (876, 1172),
    (852, 1202), (820, 1200), (796, 1166), (782, 1120), (776, 1066), (764, 1020), (742, 944),
    (716, 862), (694, 796), (672, 720), (656, 672), (650, 716), (646, 790), (640, 850), (646, 920),
    (660, 990), (668, 1060), (666, 1140), (656, 1240), (642, 1330), (630, 1400), (630, 1470),
    (632, 1540), (624, 1620), (608, 1700), (602, 1756), (610, 1800), (640, 1842), (656, 1878),
    (640, 1902), (590, 1908), (548, 1900), (532, 1872), (534, 1820), (536, 1760), (530, 1690),
    (520, 1600), (518, 1520), (522, 1440), (522, 1390), (516, 1300), (508, 1200), (500, 1124),
)  # fmt: skip
_EAR: Final[Sequence[Point]] = (
    (648, 246), (668, 238), (680, 262), (676, 304), (658, 334), (640, 328),
)  # fmt: skip

# What tells front from back, and helps to find a place: thin lines.
_FRONT_LINES: Final = (
    "M455 292Q470 300 485 292M515 292Q530 300 545 292",  # closed eyes
    "M500 304Q490 332 502 336",
    "M470 370Q500 386 530 370",
    "M470 512Q500 530 530 512",
    "M500 902q-6 10 0 18q6 -8 0 -18",
)
_BACK_LINES: Final = (
    "M500 520L500 930",
    "M438 590Q420 660 448 720M562 590Q580 660 552 720",
    "M430 1128Q462 1150 490 1134M570 1128Q538 1150 510 1134",
    "M395 1400Q420 1412 446 1400M554 1400Q580 1412 605 1400",
)


def _mirrored(points: Sequence[Point]) -> list[Point]:
    return [(WIDTH - x, y) for x, y in points]


def _smooth(points: Sequence[Point], *, closed: bool) -> str:
    """Return a path through points (Catmull and Rom, as cubic curves), in integers."""
    count = len(points)
    path = [f"M{points[0][0]} {points[0][1]}"]
    for at in range(count if closed else count - 1):
        around = [
            points[(at + step) % count] if closed else points[min(max(at + step, 0), count - 1)]
            for step in (-1, 0, 1, 2)
        ]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = around
        path.append(
            f"C{bx + (cx - ax) // 6} {by + (cy - ay) // 6} "
            f"{cx - (dx - bx) // 6} {cy - (dy - by) // 6} {cx} {cy}"
        )
    return "".join(path) + ("Z" if closed else "")


def _both(half: Sequence[Point]) -> list[Point]:
    """Return a half and its mirror as one round; where the half ends, its mirror goes back."""
    there, back = list(half), list(reversed(_mirrored(half)))
    return there + [point for point in back if point not in there]


OUTLINE: Final = (
    _smooth(_EAR, closed=False),
    _smooth(_mirrored(_EAR), closed=False),
    _smooth(_both(_BODY), closed=True),
    _smooth(_both(_HEAD), closed=True),
)
LINES: Final = {View.FRONT: _FRONT_LINES, View.BACK: _BACK_LINES}


def figure_svg(view: View) -> str:
    """Return the figure as the inside of an SVG of 1000 by 2000: constant, nothing typed in it."""
    outline = "".join(f'<path d="{path}"/>' for path in OUTLINE)
    lines = "".join(f'<path d="{path}"/>' for path in LINES[view])
    return (
        f'<g fill="#f6f1ea" stroke="#5c564e" stroke-width="6">{outline}</g>'
        f'<g fill="none" stroke="#8b8378" stroke-width="4" stroke-linecap="round">{lines}</g>'
    )
