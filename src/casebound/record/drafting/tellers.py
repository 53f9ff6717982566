"""The colleagues who told the author, as a draft names them (P28)."""

from collections.abc import Iterator

from casebound.foundation.base.messages import gettext
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.statements import names_a_teller, with_tellers_named
from casebound.record.followups.told import is_accused
from casebound.rulebook.catalogue.completeness import Missing
from casebound.rulebook.catalogue.content import (
    Content,
    HowKnown,
    StatementContent,
    StatementSource,
)
from casebound.rulebook.catalogue.setting import Colleague


def tellers_named(prepared: PreparedDraft) -> Content:
    """Return the draft's content with each picked colleague named in words."""
    content = prepared.draft.content
    if not names_a_teller(content):
        return content
    return with_tellers_named(content, prepared.home.workers)


def tellers_to_pick(prepared: PreparedDraft) -> list[tuple[str, str]]:
    """Return the colleagues who can be asked to confirm what they told: id, and name with role."""
    return [
        (key, f"{colleague.name}, {colleague.role}" if colleague.role else colleague.name)
        for key, colleague in prepared.home.workers.items()
        if key != prepared.book.worker and colleague.can_confirm
    ]


def teller_gaps(prepared: PreparedDraft) -> Iterator[Missing]:
    """Name the picked colleagues who cannot be asked here, and why (P28)."""
    content = prepared.draft.content
    whole = content.originator_id if content.how_known is HowKnown.TOLD_BY else ""
    if whole and (words := _why_not(prepared, whole, None)):
        yield Missing("originator_id", words, "P28")
    for number, statement in enumerate(content.statements, 1):
        if not statement.told_by_id or statement.source is not StatementSource.TOLD_BY:
            continue
        if words := _why_not(prepared, statement.told_by_id, statement):
            of = gettext("Statement {number}: {words}").format(number=number, words=words)
            yield Missing(f"statements-{number}-told_by_id", of, "P28")


def _why_not(prepared: PreparedDraft, teller: str, statement: StatementContent | None) -> str:
    """Say why a colleague cannot be asked; nothing if they can."""
    if teller == prepared.draft.author:
        return gettext("You cannot be the one who told you. If you were there yourself, say so.")
    colleague = prepared.home.workers.get(teller)
    if colleague is None:
        return gettext(
            "The colleague you picked does not work here now. Pick another, or name them in words."
        )
    return _cannot_confirm(prepared.draft.content, colleague, statement)


def _cannot_confirm(
    content: Content, colleague: Colleague, statement: StatementContent | None
) -> str:
    name = colleague.name
    if is_accused(content, name, statement):
        return gettext(
            "This is about {name}, so they are not asked to read it. Name them in words."
        ).format(name=name)
    if not colleague.can_confirm:
        return gettext("{name} cannot read this book and answer in it. Name them in words.").format(
            name=name
        )
    return ""
