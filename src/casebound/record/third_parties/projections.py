"""The register of third parties, from the entries."""

import json
from collections.abc import Iterator
from datetime import date

from casebound.foundation.base.folding import fold
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.entries import Entry
from casebound.record.book.separating import in_book
from casebound.record.third_parties.entries import (
    Described,
    PermissionNoted,
    ThirdPartyAdded,
    ThirdPartyChanged,
)
from casebound.record.third_parties.models import (
    EntryAboutThirdParty,
    ThirdParty,
    ThirdPartyAnswer,
)
from casebound.record.third_parties.rules import names_in
from casebound.rulebook.catalogue.content import AboutOther, StatementContent


def _values(entry: ReadEntry, fact: Described) -> dict[str, object]:
    return {
        "name": fact.name,
        "also": json.dumps(list(fact.also)),
        "relation": fact.relation,
        "standing": fact.standing,
        "known": fact.known,
        "child_knows": fact.child_knows,
        "leaf": entry.index,
        "number": next(iter(entry.pages.values())),
        "signed_by": entry.signed_by,
        "signed_at": entry.signed_at,
    }


def added(entry: ReadEntry, fact: ThirdPartyAdded, rows: Rows) -> None:
    """Add somebody to the register."""
    rows.add(
        ThirdParty,
        id=fact.person_id,
        book_id=next(iter(entry.pages)),
        matched=json.dumps([fact.name, *fact.also]),
        **_values(entry, fact),
    )


def changed(entry: ReadEntry, fact: ThirdPartyChanged, rows: Rows) -> None:
    """Say of somebody what is so now. The names they had stay, to be found in earlier entries."""
    for before in rows.find(ThirdParty, id=fact.person_id):
        names = dict.fromkeys([*json.loads(before.matched), fact.name, *fact.also])
        rows.change(
            ThirdParty,
            {"id": fact.person_id},
            matched=json.dumps(list(names)),
            **_values(entry, fact),
        )


def permission_noted(entry: ReadEntry, fact: PermissionNoted, rows: Rows) -> None:
    """Add what somebody was asked or answered."""
    book, number = next(iter(entry.pages.items()))
    rows.add(
        ThirdPartyAnswer,
        leaf=entry.index,
        book_id=book,
        person_id=fact.person_id,
        answer=fact.answer,
        on=date.fromisoformat(fact.on),
        how=fact.how,
        for_what=fact.for_what,
        for_leaf=fact.leaf,
        for_number=fact.number,
        number=number,
        signed_by=entry.signed_by,
        signed_at=entry.signed_at,
    )


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Note who each part of the entry is about, in each of its books."""
    for book, number in entry.pages.items():
        for place, (part, person, name) in enumerate(_marked(in_book(fact, book))):
            rows.add(
                EntryAboutThirdParty,
                id=f"{entry.entry_id}-{book}-{place}",
                book_id=book,
                leaf=entry.index,
                number=number,
                entry_id=entry.entry_id,
                part=part,
                person_id=person,
                name_key=name,
            )


def _marked(fact: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield each part that is about somebody, with an id or with a folded name."""
    parts: list[tuple[str, StatementContent | AboutOther]] = [
        *((f"s{number}", said) for number, said in enumerate(fact.content.statements, 1)),
        *((about.part.partition("-")[0], about) for about in fact.content.about_others),
    ]
    for part, about in parts:
        yield from ((part, person, "") for person in about.third_party_ids)
        yield from ((part, "", fold(name)[:LONGEST_KEY]) for name in names_in(about.third_party))


LONGEST_KEY = 200
PROJECTION = Projection(
    version=1,
    tables=(ThirdParty, ThirdPartyAnswer, EntryAboutThirdParty),
    on={
        ThirdPartyAdded.kind: added,
        ThirdPartyChanged.kind: changed,
        PermissionNoted.kind: permission_noted,
        Entry.kind: entry_sealed,
    },
    shows_withdrawn="a struck entry is still read, so what is about somebody stays separated in it",
)
