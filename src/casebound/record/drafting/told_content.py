"""What a colleague's draft says once its words are told to another, who will sign for them (P28).

Nobody signs for somebody else. The words stay as they are; the marks say who told them: a statement
that was first hand is now told by its writer, and an opinion is the opinion of who wrote it.
"""

from dataclasses import replace

from django.utils.translation import gettext

from casebound.foundation.base.ids import WorkerId
from casebound.rulebook.catalogue.content import (
    OPINIONS,
    Content,
    HowKnown,
    Person,
    StatementContent,
    StatementSource,
)


def as_told(content: Content, *, teller: Person, teller_id: WorkerId | str) -> Content:
    """Return the content as `teller` tells it. `teller_id` is empty if they cannot confirm it."""
    who = f"{teller.name}, {teller.role}" if teller.role else teller.name
    was_there = content.how_known is HowKnown.WAS_THERE
    others = tuple(person for person in content.present if person != teller)
    return replace(
        content,
        how_known=HowKnown.TOLD_BY,
        originator=_from(who, content.how_known, content.originator),
        originator_id=teller_id,
        present=(teller, *others) if was_there else content.present,
        present_nobody=content.present_nobody and not was_there,
        statements=tuple(_told(statement, teller.name) for statement in content.statements),
        drew_on=(),
        dismissed_hints=(),
    )


def _told(statement: StatementContent, name: str) -> StatementContent:
    if statement.is_blank:
        return statement
    opinion = statement.kind in OPINIONS
    return replace(
        statement,
        source=StatementSource.TOLD_BY,
        told_by=_from(name, statement.source, statement.told_by or statement.read_in),
        read_in="",
        whose=statement.whose or name if opinion else statement.whose,
    )


def _from(who: str, source: HowKnown | StatementSource, words: str) -> str:
    """Name who told it, and who told them or what they read."""
    if words and source in {HowKnown.TOLD_BY, StatementSource.TOLD_BY}:
        return gettext("{who}, who was told by {other}").format(who=who, other=words)
    if words and source in {HowKnown.READ_IN, StatementSource.READ_IN}:
        return gettext("{who}, who read it in {document}").format(who=who, document=words)
    return who
