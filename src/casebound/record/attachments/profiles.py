"""Colour profiles for pictures that name their colours by a number and bring no profile.

AVIF, HEIC and PNG may say "primaries 12" (Display P3) in place of a profile. The numbers are those
of ITU-T H.273; the colours are as ICC profiles hold them, adapted to daylight of 5,000 K.
"""

import struct
from collections.abc import Mapping
from typing import Final

Colours = tuple[tuple[float, float, float], ...]

_PRIMARIES: Final[Mapping[int, Colours]] = {
    9: ((0.67349, 0.27904, -0.00193), (0.16566, 0.67534, 0.02998), (0.12506, 0.04562, 0.79686)),
    12: ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
}
BRIGHT: Final = {16, 18}  # transfers of screens of high brightness (PQ, HLG)
_DAYLIGHT: Final = (0.9642, 1.0, 0.8249)
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # that of sRGB


def profile_of(primaries: int) -> bytes | None:
    """Return a profile for these primaries; None if they are those of sRGB, or not known."""
    colours = _PRIMARIES.get(primaries)
    if colours is None:
        return None
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(*_CURVE)
    tags = {b"wtpt": _xyz(_DAYLIGHT)}
    for name, colour in zip((b"r", b"g", b"b"), colours, strict=True):
        tags[name + b"XYZ"] = _xyz(colour)
        tags[name + b"TRC"] = curve
    table, content = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(content), len(tag))
        content += tag
    return _head(start + len(content)) + table + content


def _head(size: int) -> bytes:
    """Return the 128 bytes that a profile begins with: of a screen, version 4.2."""
    kinds = struct.pack(">I", size) + bytes(4) + b"\x04\x20\0\0mntrRGB XYZ "
    return (kinds + bytes(12) + b"acsp" + bytes(28) + _fixed(*_DAYLIGHT)).ljust(128, b"\0")


def _xyz(colour: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*colour)


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def named_in(content: bytes) -> tuple[int, int]:
    """Return primaries and transfer as an AVIF or a PNG names them; zeros if it does not."""
    if (place := content.find(b"colrnclx")) > 0:
        primaries, transfer = struct.unpack_from(">HH", content[place + 8 :].ljust(4, b"\0"))
        return primaries, transfer
    place = content.find(b"\0\0\0\4cICP", 0, 4096)
    if content.startswith(b"\x89PNG") and place > 0 and len(content) > place + 10:
        return content[place + 8], content[place + 9]
    return 0, 0
