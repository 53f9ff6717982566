"""Where on the body: named regions of a child's figure, seen from the front and from the back.

The figure stands in a square lattice, 1000 wide and 2000 high in each view, its middle at 500.
Left and right are the child's own: seen from the front, the child's left is on the right.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WIDTH: Final = 1000
HEIGHT: Final = 2000
REACH: Final = 225  # per cent of the squared radius: half as far again as the ellipse


class View(StrEnum):
    """From which side the figure is seen."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the body: an ellipse round (x, y).

    Attributes:
        name: what is sealed: `left_forearm`.
        words: as it stands in a sentence: "left forearm, front".
        label: in a list headed by the view: "Left forearm".
    """

    view: View
    name: str
    words: str
    label: str
    x: int
    y: int
    rx: int
    ry: int

    @property
    def key(self) -> str:
        """View and name, as the page posts them: `front-left_forearm`."""
        return f"{self.view.value}-{self.name}"

    def reaches(self, x: int, y: int) -> bool:
        """Say whether a point is in it, or near enough to be meant."""
        return self.distance(x, y) <= REACH

    def distance(self, x: int, y: int) -> int:
        """Return how far off a point is: 100 on the rim, growing with the square."""
        across = 100 * (x - self.x) ** 2 * self.ry**2
        along = 100 * (y - self.y) ** 2 * self.rx**2
        return (across + along) // (self.rx**2 * self.ry**2)


# In the middle of the figure: name, words, place and size.
_MIDDLE: Final = {
    View.FRONT: (
        ("head", "top of the head, front", 500, 130, 115, 65),
        ("forehead", "forehead", 500, 222, 100, 32),
        ("nose", "nose", 500, 300, 26, 38),
        ("mouth", "mouth", 500, 368, 50, 24),
        ("chin", "chin", 500, 412, 50, 24),
        ("neck", "front of the neck", 500, 472, 52, 34),
        ("chest", "middle of the chest", 500, 620, 60, 110),
        ("belly", "belly", 500, 850, 130, 120),
        ("groin", "groin or private parts", 500, 1068, 62, 50),
    ),
    View.BACK: (
        ("back_of_head", "back of the head", 500, 235, 130, 150),
        ("back_of_neck", "back of the neck", 500, 450, 55, 50),
        ("spine", "middle of the back", 500, 690, 45, 190),
    ),
}
# On both sides: name, words with {side}, and the place of the one on the right of the picture.
_SIDES: Final = {
    View.FRONT: (
        ("eye", "{side} eye", 560, 282, 40, 28),
        ("face", "{side} side of the face", 590, 345, 46, 46),
        ("ear", "{side} ear, front", 660, 290, 26, 48),
        ("shoulder", "{side} shoulder, front", 655, 565, 62, 52),
        ("chest", "{side} side of the chest", 590, 650, 48, 90),
        ("side", "{side} side of the belly", 628, 850, 36, 120),
        ("upper_arm", "{side} upper arm, front", 704, 700, 46, 92),
        ("elbow", "{side} elbow, inside", 745, 822, 44, 40),
        ("forearm", "{side} forearm, front", 775, 930, 44, 82),
        ("wrist", "{side} wrist, front", 802, 1030, 36, 30),
        ("hand", "{side} palm", 822, 1120, 52, 72),
        ("hip", "{side} hip", 615, 1030, 52, 60),
        ("thigh", "{side} thigh, front", 588, 1220, 72, 130),
        ("knee", "{side} knee", 578, 1400, 58, 58),
        ("shin", "{side} shin", 574, 1580, 54, 125),
        ("ankle", "{side} ankle, front", 570, 1748, 42, 42),
        ("foot", "top of the {side} foot", 588, 1850, 66, 58),
    ),
    View.BACK: (
        ("ear", "back of the {side} ear", 660, 290, 26, 48),
        ("shoulder", "{side} shoulder, back", 655, 565, 62, 52),
        ("upper_back", "{side} upper back", 595, 640, 62, 90),
        ("lower_back", "{side} lower back", 590, 860, 66, 115),
        ("bottom", "{side} side of the bottom", 578, 1065, 80, 85),
        ("upper_arm", "{side} upper arm, back", 704, 700, 46, 92),
        ("elbow", "{side} elbow, outside", 745, 822, 44, 40),
        ("forearm", "{side} forearm, back", 775, 930, 44, 82),
        ("wrist", "{side} wrist, back", 802, 1030, 36, 30),
        ("hand", "back of the {side} hand", 822, 1120, 52, 72),
        ("thigh", "{side} thigh, back", 588, 1260, 72, 95),
        ("knee", "back of the {side} knee", 578, 1400, 58, 52),
        ("calf", "{side} calf", 576, 1580, 56, 125),
        ("ankle", "{side} ankle, back", 570, 1748, 42, 42),
        ("heel", "{side} heel", 575, 1840, 48, 48),
        ("sole", "sole of the {side} foot", 640, 1880, 40, 30),
    ),
}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _made(view: View) -> list[Region]:
    regions = [
        Region(view, name, words, _capital(words), x, y, rx, ry)
        for name, words, x, y, rx, ry in _MIDDLE[view]
    ]
    for name, words, x, y, rx, ry in _SIDES[view]:
        for side in ("left", "right"):
            label = words.format(side=side)
            # The picture's right is the child's left from the front, the child's right from behind.
            at = x if (side == "left") is (view is View.FRONT) else WIDTH - x
            regions.append(Region(view, f"{side}_{name}", label, _capital(label), at, y, rx, ry))
    return regions


REGIONS: Final = tuple(region for view in View for region in _made(view))
_BY_KEY: Final = {region.key: region for region in REGIONS}


def region_called(view: str, name: str) -> Region | None:
    """Return the region of this name in a view; None if there is none."""
    return _BY_KEY.get(f"{view}-{name}")


def region_at(view: View, x: int, y: int) -> Region | None:
    """Return the region a point is in, or nearest to; None beside the figure."""
    nearest = min(
        (region for region in REGIONS if region.view is view),
        key=lambda region: region.distance(x, y),
    )
    return nearest if nearest.reaches(x, y) else None
