"""A body that comes piece by piece, for a thread that reads it as a file."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

_LEAST: Final = 4 * 1024  # bytes a second, after the first minute: slower than any real line
_AT_FIRST: Final = 60.0  # seconds


class SlowError(OSError):
    """The next piece did not come in time, or the client went away."""


class Pieces:
    """Reads from an event loop. Each piece has its deadline, and all of them a least speed."""

    def __init__(
        self, pieces: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop, *, within: float
    ) -> None:
        """Begin before the first piece."""
        self._pieces, self._loop, self._within = pieces, loop, within
        self._left, self._began, self._received = b"", loop.time(), 0

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, fewer at the end.

        Raises:
            SlowError: they did not come in time.
        """
        held = [self._left]
        length = len(self._left)
        while size < 0 or length < size:
            piece = self._next()
            if not piece:
                break
            held.append(piece)
            length += len(piece)
        whole = b"".join(held)
        if size < 0:
            self._left = b""
            return whole
        self._left = whole[size:]
        return whole[:size]

    def readline(self, size: int = -1) -> bytes:
        """Return the next line. Forms are not read by lines: this is for what asks for it."""
        line = bytearray()
        while size < 0 or len(line) < size:
            byte = self.read(1)
            line += byte
            if byte in {b"", b"\n"}:
                break
        return bytes(line)

    def _next(self) -> bytes:
        try:
            piece = asyncio.run_coroutine_threadsafe(self._wait(), self._loop).result()
        except (TimeoutError, RuntimeError) as slow:
            raise SlowError from slow
        self._received += len(piece)
        took = self._loop.time() - self._began
        if took > _AT_FIRST and self._received < took * _LEAST:
            raise SlowError
        return piece

    async def _wait(self) -> bytes:
        async with asyncio.timeout(self._within):
            try:
                return await anext(self._pieces)
            except StopAsyncIteration:
                return b""
