"""The colleagues who told the author, as a draft names them (P28)."""

from collections.abc import Iterator

from casebound.foundation.base.messages import gettext
from casebound.record.drafting.matter import named_in
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.statements import names_a_teller, with_tellers_named
from casebound.record.followups.told import names_as_third_party
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
    """Return the colleagues who can be asked to confirm what they told: id, and name with role.

    Nobody an earlier entry of the matter names: they would read of it.
    """
    return [
        (key, f"{colleague.name}, {colleague.role}" if colleague.role else colleague.name)
        for key, colleague in prepared.home.workers.items()
        if key != prepared.book.worker and colleague.can_confirm and key not in prepared.kept_from
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
    if teller in prepared.kept_from:  # not why: the author may not have read that it names them
        return gettext("{name} cannot be asked about this. Name them in words.").format(
            name=colleague.name
        )
    about_them = teller in parties_named(prepared) or (
        statement is not None and names_as_third_party(statement, colleague.name)
    )
    return _cannot_confirm(colleague, about_them=about_them)


def parties_named(prepared: PreparedDraft) -> set[str]:
    """Return the ids of those a draft for managers is about, picked or named in words."""
    draft = prepared.draft
    return named_in(draft.form, draft.content.answers, prepared.setting)


def author_gap(prepared: PreparedDraft) -> Iterator[Missing]:
    """Ask the author who is picked in a draft for managers to let somebody else write it."""
    if prepared.draft.author not in parties_named(prepared):
        return
    answers = prepared.draft.content.answers
    field = next(f for f in prepared.draft.form.fields if f.party and answers.get(f.name))
    words = gettext(
        "This names you, so somebody else writes it. Tell a manager now, or hand this on to a"
        " colleague. Without the name you can sign it, if it is not about you."
    )
    yield Missing(f"answers-{field.name}", words, "reg 39(2)")


def _cannot_confirm(colleague: Colleague, *, about_them: bool) -> str:
    name = colleague.name
    if about_them:
        return gettext(
            "This is about {name}, so they are not asked to read it. Name them in words."
        ).format(name=name)
    if not colleague.can_confirm:
        return gettext("{name} cannot read this book and answer in it. Name them in words.").format(
            name=name
        )
    return ""
