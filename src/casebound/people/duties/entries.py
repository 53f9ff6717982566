"""How a room's projection opens and closes duties. One mechanism for every clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.models import Duty

LONGEST_WHAT = 300
LONGEST_OF = 80
LONGEST_NAME = 120


class Ended(StrEnum):
    """How a duty came to its end."""

    DONE = "done"
    CORRECTED = "corrected"  # done by putting right what it was about
    STRUCK = "struck"  # what it was about does not stand any more
    MISFILED = "misfiled"  # or belongs in another book


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyKind:
    """A duty of a room: its key (`room/what`), what to do in words, and the rule that asks.

    `form` is the form it is done with, if there is one to begin with a tap.
    """

    key: str
    what: str
    rule: str
    form: str = ""
    without_delay: bool = False


@dataclass(frozen=True, slots=True)
class Of:
    """One of several about the same entry: a worker, a child or an action, and its name."""

    id: str = ""
    name: str = ""


ALONE = Of()


def open_duty(
    rows: Rows,
    kind: DutyKind,
    *,
    about: ReadEntry,
    book: str,
    home: str,
    waits_on: str = "",
    managers: bool = False,
    never: tuple[str, ...] = (),
    of: Of = ALONE,
    since: datetime,
    due: datetime,
    goal: datetime | None = None,
    root: int | None = None,
) -> None:
    """Open a duty about an entry, due at an instant.

    It waits on one worker, or on whoever manages the book, or both; never on one of `never`.
    `root` is the first entry of the chain that `about` follows, if it does.
    """
    rows.add(
        Duty,
        id=_key(kind.key, about.index, of.id),
        key=kind.key,
        what=_cut(kind.what, LONGEST_WHAT),
        rule=kind.rule,
        form=kind.form,
        of=of.id[:LONGEST_OF],
        of_name=_cut(of.name, LONGEST_NAME),
        book_id=book,
        home_id=home,
        waits_on=waits_on,
        managers=managers,
        never=" ".join(never),
        since_at=since,
        goal_at=goal,
        due_at=due,
        without_delay=kind.without_delay,
        about_index=about.index,
        about_number=next(n for one, n in about.pages.items() if one == book),
        root_index=about.index if root is None else root,
        ended="",
        done_index=None,
        done_number=None,
        done_at=None,
        done_by=None,
    )


def close_duty(rows: Rows, kind: DutyKind, *, about: int, by: ReadEntry, of: str = "") -> None:
    """Close the duty about the entry of leaf `about`, done by an entry. Done once, stays done."""
    _end(rows, by, Ended.DONE, id=_key(kind.key, about, of))


def close_following(
    rows: Rows,
    key: str,
    *,
    root: int,
    by: ReadEntry,
    of: str = "",
    waits_on: str = "",
    how: Ended = Ended.DONE,
) -> None:
    """Close what is open of a kind in the chain that begins at leaf `root`.

    Only the one of `of`, where the duty is one of several; only what waits on `waits_on`, if given.
    """
    given = {"of": of, "waits_on": waits_on}
    where: dict[str, Any] = {name: value for name, value in given.items() if value}
    _end(rows, by, how, root_index=root, key=key, **where)


def close_in_book(rows: Rows, key: str, *, book: str, by: ReadEntry) -> None:
    """Close what is open of a kind in a book, whatever entry it is about."""
    _end(rows, by, Ended.DONE, book_id=book, key=key)


def end_duties(rows: Rows, *, about: int, by: ReadEntry, how: Ended) -> None:
    """End what is open about an entry in the books of a later one: there it stands no more."""
    for book in by.pages:
        _end(rows, by, how, about_index=about, book_id=book)


def _end(rows: Rows, by: ReadEntry, how: Ended, **where: Any) -> None:  # Any: values of columns
    for duty in rows.find(Duty, done_at=None, **where):
        rows.change(
            Duty,
            {"id": duty.id},
            ended=how.value,
            done_index=by.index,
            done_number=next((n for book, n in by.pages.items() if book == duty.book_id), None),
            done_at=by.signed_at,
            done_by=by.signed_by,
        )


def _key(key: str, about: int, of: str) -> str:
    return f"{key}#{about}#{of[:LONGEST_OF]}" if of else f"{key}#{about}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 2].rsplit(" ", 1)[0] + " …"
