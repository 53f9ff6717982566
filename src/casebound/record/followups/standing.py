"""How an entry stands in each matter, and how each statement that was told stands (P28)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import WHOLE, Ended
from casebound.people.duties.reads import DutySeen, duties_as_projected
from casebound.record.book.entries import Entry, Reference, is_about
from casebound.record.followups.duties import ORIGINATOR, started
from casebound.record.followups.told import subject_told
from casebound.rulebook.catalogue.content import HowKnown, StatementSource
from casebound.rulebook.catalogue.registers import forms_for_managers
from casebound.rulebook.clocks.clocks import clock, clocks

_STATES = ("done", "not done", "counted")  # the words of a clock's state; then the unasked
_FALLEN = frozenset({Ended.STRUCK, Ended.MISFILED})


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an entry or of a statement in one matter.

    Attributes:
        words: the state.
        settled: whether it is settled; None if nothing waits and nothing can be done.
        number: the number of the entry that settled it, in the same book.
        disputed: whether the person who was asked says that it is not what they said.
        leaf: the leaf of the entry that settled it.
        for_managers: whether it is settled on a form for managers: nobody else is told of it.
    """

    words: str
    settled: bool | None
    number: int | None = None
    disputed: bool = False
    leaf: int | None = None
    for_managers: bool = False


@dataclass(frozen=True, slots=True)
class EntryStanding:
    """How an entry stands in each matter, and how each statement that was told stands."""

    matters: Sequence[Standing] = ()
    statements: Mapping[int, Standing] = field(default_factory=dict)


def standing(entry: ReadEntry, fact: Entry, book: BookId, rows: Rows) -> EntryStanding:
    """Return the state of an entry in each matter, for a later room's projection. 0 or 1 query.

    Nothing in it depends on the clock. Only Shift and the desk say what is overdue. `fact` is the
    whole entry; a statement that this book does not show has no state in it.
    """
    asks = any(
        start.clock.state or start.clock.key == ORIGINATOR.key
        for start in started(fact, signed_at=entry.signed_at)
    )
    duties = (
        duties_as_projected(entry.index, rows) if asks or any(to_agree(fact)) else list[DutySeen]()
    )
    told = [duty for duty in duties if duty.key == ORIGINATOR.key]
    others = [duty for duty in duties if duty.key != ORIGINATOR.key and duty.book == book]
    statements = dict(_statements_told(fact, told, book))
    return EntryStanding(
        [*_told_by_others(fact, statements), *_whole_told(told, book), *_stands(others)], statements
    )


def to_agree(fact: Entry) -> Iterator[Reference]:
    """Yield what an entry strikes or misfiles, or asks to: somebody else may have to agree."""
    for reference in fact.references:
        how = reference.relation
        if (how.withdraws is not None and not how.agrees) or how.proposes is not None:
            yield reference


# Who told it: of the whole entry, and of each statement


def _told_by_others(fact: Entry, statements: Mapping[int, Standing]) -> Iterator[Standing]:
    content = fact.content
    if content.how_known is HowKnown.TOLD_BY and not content.originator_id:
        yield Standing(gettext(_NOT_ASKED), settled=None)
    for number, stands in statements.items():
        told_all = content.how_known is HowKnown.TOLD_BY
        if not told_all or content.statements[number - 1].told_by_id != content.originator_id:
            words = gettext("Statement {number}: {words}").format(number=number, words=stands.words)
            yield replace(stands, words=words)


def _whole_told(told: Iterable[DutySeen], book: BookId) -> Iterator[Standing]:
    for duty in told:
        if duty.subject == WHOLE and duty.ended not in _FALLEN:
            yield _answered(duty, book)


def _statements_told(
    fact: Entry, told: Sequence[DutySeen], book: BookId
) -> Iterator[tuple[int, Standing]]:
    """Yield the state of each statement that was told and stands in this book."""
    for number, statement in enumerate(fact.content.statements, 1):
        if statement.source is not StatementSource.TOLD_BY or not is_about(statement, book):
            continue
        if not statement.told_by_id:
            yield number, Standing(gettext(_NOT_ASKED), settled=None)
            continue
        subject = subject_told(number, fact.content)
        for duty in told:
            if duty.subject == subject and duty.ended not in _FALLEN:
                yield number, _answered(duty, book)


def _answered(duty: DutySeen, book: BookId) -> Standing:
    """Say how the person answered who was asked: the words stand in other books, the link not."""
    who = duty.subject.name
    if duty.ended is None:
        return Standing(gettext("To be read by {who}").format(who=who), settled=False)
    words = gettext(_ANSWERS.get(duty.ended, "")).format(who=who)
    if duty.done_at is not None:
        words = f"{words}, {in_words(duty.done_at)}"
    return Standing(
        words,
        None if duty.ended is Ended.UNASKED else True,
        duty.done_number if duty.book == book else None,
        disputed=duty.ended is Ended.DISPUTED,
        leaf=duty.done_leaf,
    )


_NOT_ASKED = gettext_noop(
    "The person who told it cannot be asked here to confirm it: no colleague who can be is named"
)
_ANSWERS: Mapping[Ended, str] = {
    Ended.DONE: gettext_noop("Read and confirmed by {who}"),
    Ended.CORRECTED: gettext_noop("Corrected by {who}, who told it"),
    Ended.DISPUTED: gettext_noop("{who} says that this is not what they said"),
    Ended.UNASKED: gettext_noop("{who} cannot be asked to confirm it"),
}


def _stands(duties: Iterable[DutySeen]) -> list[Standing]:
    matters = []
    order = {clock.key: place for place, clock in enumerate(clocks())}
    stand = [duty for duty in duties if duty.key in order and duty.ended not in _FALLEN]
    by_key = sorted(stand, key=lambda duty: order[duty.key])
    for key, group in groupby(by_key, key=lambda duty: duty.key):
        if state := clock(key).state:
            matters.append(_stands_in(list(group), state))
    return matters


def _stands_in(duties: Sequence[DutySeen], state: Sequence[str]) -> Standing:
    ended = [duty for duty in duties if duty.ended]
    settled = len(ended) == len(duties)
    last = ended[-1] if ended else None
    if len(duties) > 1 and len(state) > len(_STATES[:2]):
        words = gettext("{number} of {count} {things}").format(
            number=len(ended), count=len(duties), things=gettext(state[2])
        )
    elif last is not None and last.ended is Ended.UNASKED and len(state) > len(_STATES):
        words = gettext(state[3])
    else:
        words = gettext(state[0 if settled else 1]).replace("{who}", duties[0].subject.name)
    if settled and last is not None and last.done_at is not None:
        words = f"{words}, {in_words(last.done_at)}"
    done = last if settled else None
    return Standing(
        words,
        settled,
        done.done_number if done else None,
        leaf=done.done_leaf if done else None,
        for_managers=duties[0].form in forms_for_managers(),
    )
