"""Giving a file out: piece by piece, and so that no browser runs or guesses anything of it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from django.http import StreamingHttpResponse

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


def served(
    pieces: Iterable[bytes], file: FilePart, *, name: str, inline: bool
) -> StreamingHttpResponse:
    """Answer with a file. Only the copies of pictures, which we made ourselves, open in place.

    All of it has been checked before the first byte goes out.

    Raises:
        BrokenFileError: the file is gone, or is not what was kept.
    """
    chunks = iter(pieces)
    try:
        first = next(chunks, b"")
    except (ProofError, OSError) as broken:
        raise BrokenFileError from broken
    response = StreamingHttpResponse(_whole(first, chunks), content_type=file.media_type)
    how = "inline" if inline else "attachment"
    ending = ENDINGS.get(file.media_type, "bin")
    response["Content-Disposition"] = f'{how}; filename="{name}.{ending}"'
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    return response


def _whole(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    return chain([first], rest)
