"""Giving a file out: piece by piece, and so that no browser runs or guesses anything of it."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.entry import FilePart
from casebound.foundation.proof.errors import ProofError
from casebound.record.attachments.rules import ENDINGS

# Stricter than a page's: no script at all, not even ours, and an origin of its own.
POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


class BrokenFileError(RefusedError):
    """The stored bytes of a file are gone, or are not those that were sealed."""

    what = "This file cannot be shown."
    why = "Its stored bytes are missing, or are not those that were kept."
    do = "Tell the person who looks after casebound: `casebound verify` says more."
    status = 500


_NOTHING_THERE: Final = 416
_PART: Final = 206


def served(
    pieces: Iterable[bytes], file: FilePart, *, name: str, inline: bool, part: str = ""
) -> HttpResponseBase:
    """Answer with a file. Only the copies of pictures, which we made ourselves, open in place.

    All of it has been checked before the first byte goes out. `part` is what a player of sound
    asks for (the header `Range`): an iPhone plays nothing that it cannot have piece by piece.

    Raises:
        BrokenFileError: the file is gone, or is not what was kept.
    """
    chunks = iter(pieces)
    try:
        first = next(chunks, b"")
    except (ProofError, OSError) as broken:
        raise BrokenFileError from broken
    in_parts = file.media_type.startswith("audio/")
    asked = _asked(part, file.size) if in_parts else None
    start, stop = asked or (0, file.size)
    if asked and start >= stop:
        beyond = HttpResponse(status=_NOTHING_THERE)
        beyond["Content-Range"] = f"bytes */{file.size}"
        return beyond
    whole = chain([first], chunks)
    response = StreamingHttpResponse(
        _between(whole, start, stop) if asked else whole, content_type=file.media_type
    )
    if asked:
        response.status_code = _PART
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    how = "inline" if inline else "attachment"
    ending = ENDINGS.get(file.media_type, "bin")
    response["Content-Disposition"] = f'{how}; filename="{name}.{ending}"'
    response["Content-Length"] = str(stop - start)
    if in_parts:
        response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response


_BYTES: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def _asked(part: str, size: int) -> tuple[int, int] | None:
    """Return where the part begins and ends that is asked for; None if none is, or several."""
    told = _BYTES.fullmatch(part)
    if told is None or told.group(0) == "bytes=-":
        return None
    first, last = told.groups()
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _between(pieces: Iterable[bytes], start: int, stop: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to `stop`."""
    place = 0
    for piece in pieces:
        yield piece[max(0, start - place) : max(0, stop - place)]
        place += len(piece)
        if place >= stop:
            return
