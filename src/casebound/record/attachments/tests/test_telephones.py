"""Files as telephones, recorders, scanners and older computers make them (P04).

Each is taken as what it is, or refused with what to do. The sounds have true frames and boxes; what
is in them is silence.
"""

import io
import struct

import pytest
from PIL import Image

from casebound.record.attachments import profiles
from casebound.record.attachments.decoding import read
from casebound.record.attachments.examining import examine
from casebound.record.attachments.not_read import NotReadError
from casebound.record.attachments.not_taken import REASONS, NotTakenError
from casebound.record.attachments.rules import (
    HEAD,
    LARGEST,
    LARGEST_TOGETHER,
    LIMITS,
    MB,
    MOST_FILES,
    type_of,
)
from casebound.record.attachments.tests import build
from casebound.record.book.attached import NOTES

pytestmark = pytest.mark.policy("P04")

# A tag as iTunes writes one, with 600 bytes of a picture in it.
ID3 = b"ID3\3\0\0\0\0\4\x58" + bytes(600)
MPEG_2 = (b"\xff\xf3\x80\x00" + bytes(204)) * 9
MPEG_2_5 = (b"\xff\xe3\x80\x00" + bytes(413)) * 9
CHECKED = (b"\xff\xfa\x90\x00" + bytes(413)) * 9  # each frame with a sum of its bytes
SOUND, FILM = build.track(b"soun", b"mp4a"), build.track(b"vide", b"avc1")
VOICE = build.track(b"soun", b"samr")

SOUNDS = {
    "AAC": (build.aac(), "audio/aac", ""),
    "AAC behind a tag": (ID3 + build.aac(), "audio/aac", ""),
    "AAC behind bytes of no use": (b"\1\2\3" * 40 + build.aac(), "audio/aac", ""),
    "MP3": (build.mp3(), "audio/mpeg", ""),
    "MP3 of MPEG 2": (MPEG_2, "audio/mpeg", ""),
    "MP3 of MPEG 2.5": (MPEG_2_5, "audio/mpeg", ""),
    "MP3 of which the first frame alone has no sum": (build.mp3(1) + CHECKED, "audio/mpeg", ""),
    "MP3 behind a tag": (ID3 + build.mp3(), "audio/mpeg", ""),
    "MP3 behind a tag longer than what is looked at first": (
        b"ID3\4\0\0\0\1\0\0" + bytes(16384) + MPEG_2, "audio/mpeg", "",
    ),
    "MP3 behind bytes of no use": (b"\0\xff\x07junk\xff" * 99 + build.mp3(), "audio/mpeg", ""),
    "MP3 behind nothings": (bytes(1500) + MPEG_2_5, "audio/mpeg", ""),
    "MP3 behind a tag and bytes of no use": (ID3 + b"\1" * 700 + build.mp3(), "audio/mpeg", ""),
    "MP3 cut within the head of a frame": (build.mp3() + b"\xff\xfb", "audio/mpeg", ""),
    "AMR": (build.amr(), "audio/amr", "unplayed"),
    "AMR that ends with frames of nothing": (build.amr() + b"\x7c\x7c", "audio/amr", "unplayed"),
    "AMR-WB": (build.amr(wide=True), "audio/amr", "unplayed"),
    "3GP with voice alone": (build.in_boxes(b"3gp4", VOICE), "audio/mp4", "unplayed"),
    "3GP with AAC alone": (build.in_boxes(b"3gp6", SOUND), "audio/mp4", ""),
    "M4A": (build.in_boxes(b"M4A ", SOUND), "audio/mp4", ""),
    "M4A without loss": (
        build.in_boxes(b"M4A ", build.track(b"soun", b"alac")), "audio/mp4", "unplayed",
    ),
    "MP4 with sound alone": (build.in_boxes(b"mp42", SOUND), "audio/mp4", ""),
    "QuickTime with sound alone": (build.in_boxes(b"qt  ", SOUND), "audio/mp4", ""),
    "QuickTime without a brand": (build.in_boxes(b"", SOUND), "audio/mp4", ""),
    "WebM with Opus": (build.webm(), "audio/webm", ""),
    "Matroska with AAC": (build.webm(codec=b"A_AAC"), "audio/webm", "unplayed"),
    "CAF": (build.caf(), "audio/x-caf", "unplayed"),
    "WAV": (build.wav(), "audio/wav", ""),
    "WAV of an old telephone system": (
        build.wav().replace(struct.pack("<HHI", 1, 1, 8000), struct.pack("<HHI", 0x31, 1, 8000)),
        "audio/wav",
        "unplayed",
    ),
    "Ogg with Opus": (build.ogg(), "audio/ogg", ""),
    "Ogg with Speex": (build.ogg().replace(b"OpusHead", b"Speex   "), "audio/ogg", "unplayed"),
}  # fmt: skip


@pytest.mark.parametrize("what", SOUNDS)
def test_sound_is_told_by_its_tracks_and_played_or_said_how_to_listen(what: str) -> None:
    content, media_type, note = SOUNDS[what]

    told = type_of(content[:HEAD])
    said, copies = read(told, content)

    assert (told, said["note"], copies) == (media_type, note, [])
    assert not note or "VLC" in NOTES[note]


REFUSED = {
    "3GP with a film": (build.in_boxes(b"3gp4", VOICE, FILM), "film"),
    "M4A with a film": (build.in_boxes(b"M4A ", SOUND, FILM), "film"),
    "QuickTime with a film, without a brand": (build.in_boxes(b"", SOUND, FILM), "film"),
    "WebM with a film": (build.webm(1, b"V_VP9"), "film"),
    "FLAC": (b"fLaC\0\0\0\x22" + bytes(600), "sound-kind"),
    "AIFF": (b"FORM\0\0\2\0AIFFCOMM" + bytes(600), "sound-kind"),
    "MIDI": (b"MThd\0\0\0\6\0\1" + bytes(600), "sound-kind"),
    "MPEG layer II": (b"\xff\xfd\x80\0" + bytes(600), "sound-kind"),
    "what Windows records": (bytes.fromhex("3026b2758e66cf11a6d9") + bytes(600), "film-like"),
    "a camcorder's film": ((b"G" + bytes(187)) * 9, "film"),
    "a picture of Windows": (b"BM" + bytes(600), "picture-kind"),
    "JPEG XL": (b"\xff\x0a" + bytes(600), "picture-kind"),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(600), "picture-kind"),
    "an old office document": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "zip"),
    "a packed file of another kind": (b"Rar!\x1a\7\0" + bytes(600), "zip"),
    "two frames of MP3 in something else": (bytes([1, 2] * 90) + build.mp3(2), "unknown"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_taken_is_refused_as_what_it_is(what: str) -> None:
    content, reason = REFUSED[what]

    with pytest.raises((NotReadError, NotTakenError)) as refused:
        read(type_of(content[:HEAD]), content)

    wrong = refused.value
    assert (wrong.reason if isinstance(wrong, NotTakenError) else wrong.args[0]) == reason


@pytest.mark.parametrize("reason", REASONS)
def test_each_refusal_names_the_file_and_what_that_telephone_can_do(reason: str) -> None:
    refused = NotTakenError(reason, "boat.jpg")

    assert "“boat.jpg”" in refused.detail
    assert refused.because in refused.detail
    assert refused.instead in refused.detail
    phones = [phone for phone, words in refused.phones if words and "\n" not in words]
    both = ["On an iPhone", "On an Android phone"]
    assert phones == ([] if reason in {"together", "many", "moved"} else both)


def test_the_limits_in_words_are_those_that_hold() -> None:
    said = " ".join(LIMITS)

    for size in LARGEST.values():
        assert f"{size // MB} MB" in said
    assert f"At most {MOST_FILES} files" in said
    assert f"{LARGEST_TOGETHER // MB} MB together" in said
    assert "64 million pixels" in said
    assert "No films" in said


# Pictures.


def shown_of(media_type: str, content: bytes) -> tuple[Image.Image, str]:
    assert type_of(content[:HEAD]) == media_type
    said, copies = read(media_type, content)
    return Image.open(io.BytesIO(copies[0])).convert("RGB"), said["note"]


def colour_of(picture: Image.Image) -> tuple[int, ...]:
    middle = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(middle, tuple)
    return middle


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 3) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


# A bruise in the colours of Display P3, and the same colour in sRGB, by the formulas of both: the
# curve undone, P3 to XYZ and XYZ to sRGB (daylight of 6,500 K), the curve again.
BRUISE_P3, BRUISE = (150, 75, 120), (160, 71, 121)


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def curved(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def test_the_bruise_s_two_colours_are_the_same_one() -> None:
    red, green, blue = (linear(value / 255) for value in BRUISE_P3)
    srgb = (
        1.2249 * red - 0.2247 * green,
        -0.0420 * red + 1.0419 * green,
        -0.0197 * red - 0.0786 * green + 1.0979 * blue,
    )

    assert near(tuple(round(255 * curved(value)) for value in srgb), BRUISE, by=1)


@pytest.mark.parametrize(
    ("kind", "media_type", "saved"),
    [
        ("JPEG", "image/jpeg", {"icc_profile": profiles.profile_of(12), "quality": 98}),
        ("PNG", "image/png", {"icc_profile": profiles.profile_of(12)}),
        ("HEIF", "image/heic", {"icc_profile": profiles.profile_of(12), "quality": 98}),
        ("AVIF", "image/avif", {"icc_profile": profiles.profile_of(12), "quality": 98}),
        ("TIFF", "image/tiff", {"icc_profile": profiles.profile_of(12)}),
        ("WEBP", "image/webp", {"icc_profile": profiles.profile_of(12), "lossless": True}),
        ("HEIF", "image/heic", {"color_primaries": 12, "quality": 98}),
    ],
)  # fmt: skip
def test_colours_of_display_p3_are_shown_as_they_are(
    kind: str, media_type: str, saved: dict[str, object]
) -> None:
    build.picture("HEIF")  # registers what writes HEIC
    out = io.BytesIO()
    Image.new("RGB", (64, 48), BRUISE_P3).save(out, kind, **saved)

    shown, note = shown_of(media_type, out.getvalue())

    assert near(colour_of(shown), BRUISE, by=4)
    assert (note, "icc_profile" in shown.info) == ("", False)


def test_a_png_may_name_its_colours_by_number() -> None:
    plain = io.BytesIO()
    Image.new("RGB", (64, 48), BRUISE_P3).save(plain, "PNG")
    named = build._chunk(b"cICP", bytes([12, 13, 0, 1]))
    content = plain.getvalue()

    shown, _ = shown_of("image/png", content[:33] + named + content[33:])

    assert near(colour_of(shown), BRUISE)


def test_colours_for_bright_screens_are_said_to_be_shown_roughly() -> None:
    build.picture("HEIF")
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "HEIF", color_primaries=9)
    plain, bright = b"colrnclx\0\x09\0\x0d", b"colrnclx\0\x09\0\x10"
    assert plain in out.getvalue()

    _, note = shown_of("image/heic", out.getvalue().replace(plain, bright))

    assert note == "bright"
    assert NOTES[note]


@pytest.mark.parametrize("size", [(64, 48), (1400, 1050)])
def test_of_a_spatial_photograph_the_main_picture_is_shown(size: tuple[int, int]) -> None:
    shown, note = shown_of("image/heic", build.spatial(size))

    assert near(colour_of(shown), (255, 0, 0), by=4)
    assert (shown.size, note) == (size, "first")


def test_a_map_of_light_behind_a_photograph_is_passed_over_in_silence() -> None:
    with_map = build.several("MPO", 2)

    shown, note = shown_of("image/jpeg", with_map)

    assert near(colour_of(shown), (255, 0, 0), by=4)
    assert note == ""


def damaged_behind_the_first(content: bytes) -> bytes:
    """Make nonsense of what is in each part of a WebP but the first; its frame stays whole."""
    parts = content.split(b"ANMF")
    for place, part in enumerate(parts[2:], start=2):
        parts[place] = part[:36] + b"\xa5" * (len(part) - 36)
    return b"ANMF".join(parts)


def test_of_an_animation_of_120_parts_one_part_is_decoded() -> None:
    """Each part held a reading place: of the others nothing is decoded, so damage is no matter."""
    whole = build.several("WEBP", 120, lossless=True)
    damaged = damaged_behind_the_first(whole)
    with Image.open(io.BytesIO(damaged)) as picture:
        picture.seek(119)
        with pytest.raises(OSError, match=r"."):
            picture.load()

    said, copies = read("image/webp", damaged)

    assert (said, copies) == read("image/webp", whole)
    assert said["note"] == "first"


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("GIF", "image/gif"), ("PNG", "image/png"), ("AVIF", "image/avif"), ("TIFF", "image/tiff"),
     ("WEBP", "image/webp")],
)  # fmt: skip
def test_the_first_of_several_is_shown_and_its_author_told(kind: str, media_type: str) -> None:
    shown, note = shown_of(media_type, build.several(kind, 3))

    assert near(colour_of(shown), (255, 0, 0), by=6)
    assert (note, bool(NOTES[note])) == ("first", True)


@pytest.mark.parametrize(("kind", "media_type"), [("AVIF", "image/avif"), ("TIFF", "image/tiff")])
def test_avif_and_tiff_are_taken_in_the_process_that_reads(kind: str, media_type: str) -> None:
    content = build.picture(kind)

    examined = examine(type_of(content[:HEAD]), build.in_pieces(content))

    assert type_of(content[:HEAD]) == media_type
    assert (examined.width, examined.height, examined.note) == (640, 480, "")
    assert examined.shown
    assert examined.thumb


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F", "YCbCr", "LAB"])
def test_a_tiff_of_every_kind_of_colour_is_shown(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, "TIFF")

    shown, _ = shown_of("image/tiff", out.getvalue())

    assert shown.size == (40, 30)


# Text and PDF.

WORDS = "Jay wrote: “I like boats, £5 each.”\r\nNoor said the same.\r\n"
NIKOLAI = "Николай написал: завтра идём на реку.\n"
TEXTS = {
    "UTF-8": (WORDS.encode(), ""),
    "UTF-8 with its mark": (WORDS.encode("utf-8-sig"), ""),
    "Windows": (WORDS.encode("cp1252"), "windows"),
    "UTF-16 with its mark": (WORDS.encode("utf-16"), ""),
    "UTF-16 with its mark, the other way round": (b"\xfe\xff" + WORDS.encode("utf-16-be"), ""),
    "UTF-16 without a mark": (WORDS.encode("utf-16-le"), "utf-16"),
    "UTF-16 without a mark, the other way round": (WORDS.encode("utf-16-be"), "utf-16"),
    "Cyrillic in UTF-16 without a mark": (NIKOLAI.encode("utf-16-le"), "utf-16"),
    "Cyrillic in UTF-16, the other way round": (NIKOLAI.encode("utf-16-be"), "utf-16"),
    "a long text in UTF-16": ((WORDS * 200).encode("utf-16-le"), "utf-16"),
    "a boat at the edge of what is looked at first": (
        ("a" * (HEAD // 2 - 1) + "🚤 and more").encode("utf-16-le"), "utf-16",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TEXTS)
def test_text_is_read_in_the_letters_it_was_written_in(what: str) -> None:
    content, note = TEXTS[what]

    media_type = type_of(content[:HEAD])
    said, _ = read(media_type, content)

    assert (media_type, said["note"]) == ("text/plain", note)


@pytest.mark.parametrize(
    "content",
    [
        b"\0\1\0\2\0\3\0\4" * 60,
        bytes(2000),
        b"J\0a\0y\0\1\0" * 40,
        "<svg/>".encode("utf-16-le"),
        b"\0\xd8" * 300,
    ],
)
def test_other_bytes_with_nothings_in_them_are_no_text(content: bytes) -> None:
    with pytest.raises((NotTakenError, NotReadError)):
        read(type_of(content[:HEAD]), content)


@pytest.mark.parametrize(
    "before",
    [
        b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",  # a printer's
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
        b"<!-- saved by a scanner -->\n",
        bytes(1000),
    ],
)
def test_a_pdf_may_have_bytes_before_its_head(before: bytes) -> None:
    content = before + build.pdf()

    assert type_of(content[:HEAD]) == "application/pdf"
    assert read("application/pdf", content) == ({"note": ""}, [])
