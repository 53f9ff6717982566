"""Registers: a register numbers entries, as a book does, but holds none of them (format, F7).

A register is a row of `book` with a tag and pages, and a page of it is a page mark in the line of
the log, so that its numbers are sealed and run on without a hole. It has no key: the wrapped key
of its page is empty, and the entry is opened through a book. So destroying a child's book destroys
what was written about the child, and the registers keep the bare number.

An entry names the registers it is numbered in, in a part of its own. The full check compares the
two, or a book whose wrapped keys somebody emptied would pass for a register.
"""

import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

from django.db import connections, transaction

from casebound.foundation.base.ids import BookId, HomeId
from casebound.foundation.proof.commitments import Data, Part
from casebound.ledger.sealing.connection import StoreConnection

PART: Final = "registers"  # the name of the part, for ever
NO_KEY: Final = b""  # the wrapped key of a page in a register


def register_id(home: HomeId, name: str) -> BookId:
    """Return the id of a home's register. It is the same everywhere."""
    digest = sha256(f"casebound/register\n{home}\n{name}".encode()).hexdigest()
    return BookId(digest[:32])


def register_part(registers: Iterable[tuple[BookId, str]]) -> Data:
    """Return the part in which an entry names its registers, by id and name."""
    return Data({"n": PART}, [{"id": book, "name": name} for book, name in registers])


def registers_named(parts: Sequence[Part]) -> tuple[BookId, ...]:
    """Return the ids of the registers that an entry names, in its order."""
    for part in parts:
        if isinstance(part, Data) and part.m["n"] == PART and isinstance(part.j, list):
            return tuple(
                BookId(str(register["id"]))
                for register in part.j
                if isinstance(register, dict) and "id" in register
            )
    return ()


def open_registers(registers: Sequence[BookId]) -> None:
    """Open the registers that have not been opened yet. 1 query, and 1 for the new ones.

    Several processes may do it at once: the first one's row stands. A register that was opened
    and gets no page, because sealing failed, is harmless.
    """
    if not registers:
        return
    marks = ",".join(["%s"] * len(registers))
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT id FROM book WHERE id IN ({marks})", list(registers))  # noqa: S608
        opened = {row[0] for row in cursor.fetchall()}
    new = [(book, secrets.token_bytes(32)) for book in registers if book not in opened]
    if new:
        with transaction.atomic(using="default"):
            store = StoreConnection()
            with store.errors():
                store.executemany(
                    "INSERT INTO book (id, tag, pages) VALUES (%s, %s, 0) ON CONFLICT DO NOTHING",
                    new,
                )
