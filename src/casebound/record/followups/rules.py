"""What an entry asks for next, and who may write it: plain decisions over plain values."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.calendar import end_of
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import Json
from casebound.people.duties.entries import Subject
from casebound.rulebook.catalogue.shape import Form, WrittenBy
from casebound.rulebook.clocks.shape import End, From, Start

USERS: Final = "users"


class NotByUserError(RefusedError):
    """A worker who used the measure may not check its record."""

    what = "You cannot write this one, because you used the measure yourself."
    why = (
        "Someone else speaks with the worker who used it and signs that its record is accurate "
        "(reg 35(3)(b))."
    )


class ManagersOnlyError(RefusedError):
    """The rules ask for the registered person, or for somebody they have authorised."""

    what = "You cannot write this one."
    why = "The rules ask for the registered person, or for somebody they authorised."


class NotByNamedError(RefusedError):
    """A worker may not deal with what is said of themselves."""

    what = "You cannot write this one."
    why = "It is about you, or about somebody whose work you answer for (reg 39(2))."


class OriginatorOnlyError(RefusedError):
    """Only the person who told it can say that it is right."""

    what = "You cannot confirm this one."
    why = "Only the person who told it can say that it is written as they told it."


class NobodyAskedError(RefusedError):
    """Nobody who told it is asked any more, so nothing is to be said of them."""

    what = "This is not needed."
    why = "Nobody is waiting to confirm what is written there."
    do = "Go back to the entry. It shows who confirmed it."


class NamedOnlyError(RefusedError):
    """The follow-up is for somebody else to write."""

    what = "You cannot write this one."
    why = "It is for somebody else, who is named."


class NotByAuthorError(RefusedError):
    """A second worker checks what the first one wrote."""

    what = "You cannot write this one."
    why = "You wrote that entry yourself. A second worker checks it."
    do = "Ask a colleague to read it against the label and sign."


class NotByInvolvedError(RefusedError):
    """A worker who withdrew an entry, or is named in it, may not agree to the withdrawal."""

    what = "You cannot write this one."
    why = "You withdrew that entry, or it names you. Somebody else says whether that was right."


class DoneAlreadyError(RefusedError):
    """The earlier entry takes only one such follow-up, and it is written already."""

    what = "This is written already."
    why = "The earlier entry asks for it once."
    do = "Read what is there. If something is wrong in it, correct that entry."


class NothingToFollowError(RefusedError):
    """A follow-up was not begun from an entry it can follow."""

    what = "This is not signed."
    why = "It belongs to an earlier entry, and was not begun from one that it can follow."
    do = "Go to that entry and choose what comes next there."


@dataclass(frozen=True, slots=True)
class Someone:
    """A person a clock runs for: their id if they have an account, and their name."""

    id: str
    name: str


def people_in(answer: Json) -> list[Someone]:
    """Return the people of a sealed answer, each once. The name identifies a person without id."""
    people: dict[str, Someone] = {}
    for row in answer if isinstance(answer, list) else ():
        if isinstance(row, Mapping) and row.get("name"):
            name = str(row["name"])
            key = str(row.get("id") or f"name:{name.casefold()}")
            people.setdefault(key[:80], Someone(key[:80], name))
    return list(people.values())


@dataclass(frozen=True, slots=True)
class Action:
    """Something that was agreed: what, who does it and until when."""

    key: str
    what: str
    who_id: str
    due: datetime


def actions_in(
    form: Form, answers: Mapping[str, Json], *, without_a_day: datetime
) -> Iterator[Action]:
    """Yield the actions agreed in the tracked rows of an entry, due at the end of their day.

    One without a day is due `without_a_day`, as the table of clocks says.
    """
    for field in form.fields:
        rows = answers.get(field.name) if field.tracked else None
        for number, row in enumerate(rows if isinstance(rows, list) else (), 1):
            if isinstance(row, Mapping) and row.get("what"):
                yield Action(
                    f"{field.name}-{number}",
                    str(row["what"]),
                    str(row.get("who_id") or ""),
                    day_end(row.get("by_when")) or without_a_day,
                )


def day_end(answer: Json) -> datetime | None:
    """Return the moment of a sealed answer; a date stands for its last second, in London."""
    if not isinstance(answer, str):
        return None
    return instant(answer) if "T" in answer else end_of(date.fromisoformat(answer))


def began(
    start: Start,
    *,
    happened_from: datetime,
    happened_to: datetime | None,
    signed_at: datetime,
    answers: Mapping[str, Json],
) -> datetime | None:
    """Return when a clock began to run; None if the entry lacks the answer it runs from.

    A date stands for its last second, so a limit in days ends at the end of its last day.
    """
    match start.since:
        case From.START:
            return happened_from
        case From.END:
            return happened_to or happened_from
        case From.SIGNED:
            return signed_at
        case From.ANSWER:
            return day_end(answers.get(start.answer))
        case From.BIRTHDAY:
            return None


def done_when(
    end: End,
    *,
    happened_from: datetime,
    happened_to: datetime | None,
    signed_at: datetime,
    answers: Mapping[str, Json],
) -> datetime:
    """Return when what a clock waits for was done: by the entry's own event, not its signature.

    A visit of 28 December that is signed on 2 January was in time. Nothing was done after the
    signature, so a date stands for the end of its day or the signature.
    """
    match end.done:
        case From.START:
            done = happened_from
        case From.ANSWER:
            done = day_end(answers.get(end.answer)) or signed_at
        case From.SIGNED:
            done = signed_at
        case _:
            done = happened_to or happened_from
    return min(done, signed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpWriter:
    """The worker who would write a follow-up: the facts that the rules need."""

    id: str
    manages: bool
    answers_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedEntry:
    """The entry that would be followed: the facts that the rules need.

    Attributes:
        users: ids of those it names as users of a measure.
        originators: ids of those who told what the follow-up is about.
        assigned_to: ids of the people who have its open duties of this form to do.
        asked: what its duties still ask for, by form and subject.
        barred: ids of those who may not do what is asked.
        waiting_for: ids of the originators who are still asked about it.
        author: the id of the worker who wrote it.
        above: it is about the managers themselves.
    """

    users: frozenset[str]
    originators: frozenset[str]
    assigned_to: frozenset[str]
    asked: frozenset[tuple[str, Subject]]
    barred: frozenset[str] = frozenset()
    waiting_for: frozenset[str] = frozenset()
    author: str = ""
    above: bool = False


def check_may_write(form: Form, writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    """Refuse a worker who may not write a follow-up on this form (P63).

    A worker who used a measure may not check its record, not even for a colleague. One record tells
    of all of them, so they would confirm what they did themselves.

    Raises:
        NotByUserError: they used the measure.
        NotByNamedError: it is about the managers. Those it is about cannot open it at all.
        ManagersOnlyError: they do not manage the book.
        OriginatorOnlyError: they did not tell it.
        DoneAlreadyError: they told it, and have answered.
        NamedOnlyError: it is for somebody else to write.
        NobodyAskedError: nobody who told it is asked any more.
        NotByInvolvedError: they withdrew the entry, or it names them.
        NotByAuthorError: they wrote it themselves.
        NothingToFollowError: no duty asks anybody to agree.
    """
    if earlier.above and not writer.answers_above:
        raise NotByNamedError
    if form.by is not None:
        _CHECKS[form.by](writer, earlier)


def _managers(writer: FollowUpWriter, _: FollowedEntry) -> None:
    if not writer.manages:
        raise ManagersOnlyError


def _not_users(writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    if writer.id in earlier.users:
        raise NotByUserError
    _managers(writer, earlier)


def _not_involved(writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    if not earlier.barred:  # an open duty always bars the worker who withdrew the entry
        raise NothingToFollowError
    if writer.id in earlier.barred:
        raise NotByInvolvedError
    _managers(writer, earlier)


def _originator(writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    if writer.id not in earlier.originators:
        raise OriginatorOnlyError
    if writer.id not in earlier.waiting_for:
        raise DoneAlreadyError


def _for_originator(writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    if not earlier.waiting_for:
        raise NobodyAskedError
    _managers(writer, earlier)


def _named(writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    if writer.id not in earlier.assigned_to and not writer.manages:
        raise NamedOnlyError


def _another(writer: FollowUpWriter, earlier: FollowedEntry) -> None:
    if writer.id == earlier.author:
        raise NotByAuthorError


_CHECKS: Final[Mapping[WrittenBy, Callable[[FollowUpWriter, FollowedEntry], None]]] = {
    WrittenBy.MANAGERS: _managers,
    WrittenBy.NOT_USERS: _not_users,
    WrittenBy.NOT_INVOLVED: _not_involved,
    WrittenBy.ORIGINATOR: _originator,
    WrittenBy.NAMED: _named,
    WrittenBy.ANOTHER: _another,
    WrittenBy.FOR_ORIGINATOR: _for_originator,
}


def may_write(form: Form, writer: FollowUpWriter, earlier: FollowedEntry) -> bool:
    """Say whether `check_may_write` lets them."""
    try:
        check_may_write(form, writer, earlier)
    except RefusedError:
        return False
    return True
