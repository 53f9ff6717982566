"""Reading a picture and drawing the two copies that are shown.

A file may hold several pictures: the two eyes of a spatial photograph, a map of depth or of light,
the parts of an animation, the pages of a scan. The one that the file calls its first is decoded to
its end and shown; the others stay in the original.
"""

import io
import warnings
from collections.abc import Mapping
from typing import Any, Final

from casebound.record.attachments import profiles
from casebound.record.attachments.not_read import NotReadError

MOST_POINTS: Final = 64_000_000
SHOWN: Final = 2000  # points along the longer side
THUMB: Final = 400
KINDS: Final[Mapping[str, str]] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/avif": "AVIF",
    "image/tiff": "TIFF",
}
# A JPEG's second picture is a map of light or depth, which nobody misses.
_SAYS_MORE: Final = {"GIF", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"}
_NAMES_COLOURS: Final = {"PNG", "AVIF", "HEIF"}


def read(kind: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return the size of a picture and two copies; also whether it has further parts."""
    from PIL import Image  # noqa: PLC0415 (only where it is needed: it takes a tenth of a second)

    if kind == "HEIF":
        import pi_heif  # noqa: PLC0415

        pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    warnings.simplefilter("ignore")  # a camera's odd note about itself is no fault of the picture
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            size = picture.size
            # Nothing is sought: opened, a file stands at the picture that it calls its first.
            picture.load()
            notes = ["first"] if kind in _SAYS_MORE and _has_more(picture) else []
            primaries, transfer = profiles.named_in(content) if kind in _NAMES_COLOURS else (0, 0)
            profile = picture.info.get("icc_profile") or profiles.profile_of(primaries)
            notes += ["bright"] if transfer in profiles.BRIGHT else []
            large, small = _copies(picture.copy() if notes else picture, profile)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotReadError("pixels") from None
    except (MemoryError, NotReadError):
        raise
    except Exception as wrong:  # noqa: BLE001 (a decoder raises whatever it likes)
        words = str(wrong).lower()
        raise NotReadError("pixels" if "decompress" in words else "picture") from None
    return {"width": size[0], "height": size[1], "note": " ".join(notes)}, [large, small]


def _has_more(picture: Any) -> bool:  # noqa: ANN401 (Pillow is imported late)
    """Say whether a second part follows. It is not counted how many: that would read them all."""
    try:
        return bool(getattr(picture, "is_animated", False))
    except Exception:  # noqa: BLE001 (the second part is damaged)
        return True


def _copies(picture: Any, profile: bytes | None) -> tuple[bytes, bytes]:  # noqa: ANN401
    """Return the picture upright, at two sizes, as JPEG and without anything else."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    turned = picture.getexif().get(0x0112, 1)
    # Made small first: the colours of 2,000 points are converted in a moment, not of 64 million.
    smaller = _on_white(_in_srgb(_small(picture), profile))
    if turned != 1:
        exif = Image.Exif()
        exif[0x0112] = turned
        smaller.info["exif"] = exif.tobytes()
        smaller = ImageOps.exif_transpose(_with_exif(smaller))
    clean = Image.new("RGB", smaller.size)  # new, so that nothing of the old one comes along
    clean.paste(smaller)
    small = clean.copy()
    small.thumbnail((THUMB, THUMB), Image.Resampling.LANCZOS)
    return _jpeg(clean, 85), _jpeg(small, 78)


def _small(picture: Any) -> Any:  # noqa: ANN401
    """Return it in a mode that can be made smaller, at the size of the screen's copy."""
    from PIL import Image  # noqa: PLC0415

    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        picture = picture.point(lambda value: value / 256).convert("L")
    elif "transparency" in picture.info or picture.mode in {"PA", "La", "RGBa"}:
        picture = picture.convert("RGBA")
    elif picture.mode in {"1", "P"}:
        picture = picture.convert("RGB")
    picture.thumbnail((SHOWN, SHOWN), Image.Resampling.LANCZOS)
    return picture


def _in_srgb(picture: Any, profile: bytes | None) -> Any:  # noqa: ANN401
    """Convert the colours from those of the file's profile (Display P3, Adobe RGB, of a press)."""
    from PIL import ImageCms  # noqa: PLC0415

    if profile:
        alpha = picture.getchannel("A") if picture.mode in {"RGBA", "LA"} else None
        bare = picture.convert({"RGBA": "RGB", "LA": "L"}.get(picture.mode, picture.mode))
        try:
            converted = ImageCms.profileToProfile(
                bare,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):  # broken, or of other colours than these
            converted = None
        if converted is not None:
            if alpha is not None:
                converted.putalpha(alpha)
            return converted
    return picture if picture.mode in {"RGB", "RGBA"} else picture.convert(_with_alpha(picture))


def _with_alpha(picture: Any) -> str:  # noqa: ANN401
    return "RGBA" if picture.mode == "LA" else "RGB"


def _on_white(picture: Any) -> Any:  # noqa: ANN401
    from PIL import Image  # noqa: PLC0415

    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _with_exif(picture: Any) -> Any:  # noqa: ANN401
    """Return it as opened from a file that says how it is turned."""
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    picture.save(out, "PNG", exif=picture.info["exif"])
    return Image.open(io.BytesIO(out.getvalue()), formats=["PNG"])


def _jpeg(picture: Any, quality: int) -> bytes:  # noqa: ANN401
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
