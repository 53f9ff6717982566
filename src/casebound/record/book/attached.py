"""A file that belongs to an entry, as it is sealed (format 1.4).

The file itself is a part that commits to its bytes. A picture is sealed with two smaller copies.
The copies are upright and without the data that the camera added. So the copy on the screen is
proved like the rest, and stays readable when no program reads the original's format any more. What
the author says of a file is sealed in parts of its own. The description is sealed as words, so
that it can be withheld word by word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from casebound.foundation.base.ids import ChildId
from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.foundation.proof.canonical import Json, clean_text
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.foundation.proof.entry import FilePart

# What its readers must know of a file: how it was read, and what of it is not shown.
NOTES: Final[Mapping[str, str]] = {
    "windows": gettext_noop(
        "The file does not say in which letters it is written. It was read as Windows text."
    ),
    "utf-16": gettext_noop(
        "The file does not say in which letters it is written. It was read as UTF-16."
    ),
    "first": gettext_noop(
        "The file holds several pictures or pages. Only its first or main one is shown. All of them"
        " are in the original."
    ),
    "bright": gettext_noop(
        "The picture is made for very bright screens. Its colours are shown only roughly. Trust the"
        " original."
    ),
    "unplayed": gettext_noop(
        "Most browsers do not play this type of sound. To listen, download the original and open it"
        " on a phone or in VLC."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attached file.

    Attributes:
        original: the file as it came, to the byte.
        shown: the copy of a picture for the screen, at most 2,000 points wide and high.
        thumb: the small copy of a picture.
        kind: `page`, `photograph`, `document`, `sound` or `other`.
        name: the file name on the author's device; never in an address.
        alt: what the file shows or says, in words.
        scale_mm: the width of what the picture shows, in millimetres, if the author gave it.
        note: keys of `NOTES`, with a space between: how the file was read, where one must know.
        about: the children the file is about, if not all of the entry's (P40).
    """

    original: FilePart
    shown: FilePart | None = None
    thumb: FilePart | None = None
    kind: str = "other"
    name: str = ""
    alt: str = ""
    scale_mm: int | None = None
    note: str = ""
    about: tuple[ChildId, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Say whether it can be seen."""
        return self.original.media_type.startswith("image/")

    @property
    def plays(self) -> bool:
        """Say whether it is sound that browsers play."""
        return self.original.media_type.startswith("audio/") and "unplayed" not in self.note

    @property
    def notes(self) -> str:
        """Say how it was read, in the language of the moment."""
        return " ".join(gettext(NOTES[key]) for key in self.note.split() if key in NOTES)

    def parts(self, number: int) -> list[Part]:
        """Write it as the parts of the entry's file no. `number`."""
        label = f"file_{number}"
        parts: list[Part] = [
            file.part(name)
            for name, file in (
                (label, self.original),
                (f"{label}_shown", self.shown),
                (f"{label}_thumb", self.thumb),
            )
            if file is not None
        ]
        about: dict[str, Json] = {"kind": self.kind}
        if self.name:
            about["name"] = clean_text(self.name)
        if self.scale_mm is not None:
            about["scale_mm"] = self.scale_mm
        if self.note:
            about["note"] = self.note
        if self.about:
            about["about"] = list(self.about)
        parts.append(Data({"n": f"{label}_about"}, about))
        if self.alt:
            parts.append(Text({"n": f"{label}_alt"}, clean_text(self.alt)))
        return parts

    @classmethod
    def read_all(cls, values: Mapping[str, Any]) -> tuple[Self, ...]:
        """Read the files of an entry from the values of its parts."""
        attachments: list[Self] = []
        while (label := f"file_{len(attachments) + 1}") in values:
            about = values[f"{label}_about"]
            attachments.append(
                cls(
                    original=_file(values[label]),
                    shown=_file(values[f"{label}_shown"]) if f"{label}_shown" in values else None,
                    thumb=_file(values[f"{label}_thumb"]) if f"{label}_thumb" in values else None,
                    kind=about["kind"],
                    name=about.get("name", ""),
                    alt=values.get(f"{label}_alt", ""),
                    scale_mm=about.get("scale_mm"),
                    note=about.get("note", ""),
                    about=tuple(ChildId(earlier) for earlier in about.get("about", [])),
                )
            )
        return tuple(attachments)


def _file(value: Mapping[str, Any]) -> FilePart:
    return FilePart(value["sha256"], value["size"], value["type"])


def part_of(number: int, which: str) -> str:
    """Return the name of the part that commits to a file, or to a copy of it."""
    return f"file_{number}" if which == "original" else f"file_{number}_{which}"
