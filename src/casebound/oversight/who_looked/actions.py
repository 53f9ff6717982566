"""Answering a question about somebody's looking (P63)."""

from datetime import datetime
from typing import ClassVar

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.foundation.base.messages import gettext_noop
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.canonical import clean_text
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.actions import NewEntry, open_book
from casebound.ledger.sealing.once import Once
from casebound.oversight.who_looked.asking import questions_of
from casebound.oversight.who_looked.entries import LookingAnswered, answers_book
from casebound.oversight.who_looked.rules import LONGEST, NEED_WORDS, LookingVerdict
from casebound.oversight.who_looked.scope import LooksScope
from casebound.people.homes.reads import home as home_named


class NoWordsError(RefusedError):
    """An answer that needs words has none, or too many."""

    field: ClassVar = "words"
    what = "This was not sealed."
    why = "Somebody who reads it later must be able to follow what you did."
    do = "Say it in a sentence or two, at most 500 characters."


class NoQuestionError(RefusedError):
    """Nobody asks this question any more."""

    what = "This was not sealed."
    why = "The question is not there any more, or it is about yourself."
    do = "Go back to the list."


NOTHING_SAID = gettext_noop("Choose what it was.")


def answer_question(
    *,
    scope: LooksScope,
    question: str,
    answer: LookingVerdict,
    words: str,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> None:
    """Seal what a manager answers about a worker's looking. A later answer replaces it on the page.

    Raises:
        NotAllowedError: `by` is not the manager whose scope it is.
        NoQuestionError: there is no such question for them.
        NoWordsError: the answer needs words and has none, or they are too long.
    """
    if scope.worker != by:
        raise NotAllowedError
    asked = {found.id: found for found in questions_of(scope, at=at)}.get(question)
    if asked is None or home_named(home := HomeId(asked.home)) is None:
        raise NoQuestionError
    typed = " ".join(clean_text(words).split())
    if len(typed) > LONGEST or (answer in NEED_WORDS and not typed):
        raise NoWordsError
    fact = LookingAnswered(
        home_id=asked.home,
        worker_id=asked.worker,
        day=asked.day.isoformat(),
        ground=asked.ground.value,
        answer=answer.value,
        words=Words(typed),
    )
    once = Once.of(key, by)
    if once.sealed(fact.parts()):
        return
    seal_and_project(
        NewEntry(
            books=(open_book(answers_book(home)),),
            parts=fact.parts(),
            entry_id=once.entry_id,
            signed_by=by,
            signed_at=at,
            auth=auth,
        )
    )
