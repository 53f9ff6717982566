"""Which forms a worker may write on: most roles write on every form, some on a few (P63).

A worker who used a measure records it themselves, even if their role does not write on that form
(reg 35(3)): they may begin the form, and sign it if it names them. A worker may put an earlier
entry right if they may write on the form of the earlier entry.

What a home decides for itself (its numbers, how medicines are given) is written, and withdrawn, by
those who answer for the home alone.
"""

from collections.abc import Mapping

from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import book_kind, forms_of
from casebound.record.drafting.drafts import About
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.followups.rules import USERS
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Form


class FormNotYoursError(NotAllowedError):
    """The worker's role does not write on this form."""

    what = "You cannot write on this form."
    why = "What you can write depends on your role."
    do = "Ask the registered manager of the home."


class UsersRecordError(NotAllowedError):
    """The worker's role does not write on a measure's form, and the record does not name them."""

    what = "You cannot sign this record."
    why = (
        "It does not say that you used the measure. The worker who used it records it (reg 35(3))."
    )
    do = "If you used it, say so under “Who used it?”. If not, ask the person who did to record it."


class HomeDecidesError(NotAllowedError):
    """A home's own numbers or rules are not for every worker to set."""

    what = "You cannot write this one, or withdraw it."
    why = "It sets how this home works. Only someone who answers for the home can decide that."
    do = "Ask the registered manager of the home."


def offered_forms(book: SeenBook) -> tuple[Form, ...]:
    """Return the forms on which this worker may begin an entry of the book. No query."""
    return tuple(
        form
        for form in forms_of(book)
        if book.may(Permission.WRITE_ENTRY, form=form.name, used_it=True)
        and _may_decide(book, form)
    )


def may_move_to(draft: PreparedDraft, to: SeenBook) -> bool:
    """Say whether the author may write what they have begun in another book of its kind."""
    form = draft.draft.form
    return (
        draft.draft.about is None
        and to.id != draft.book.id
        and book_kind(to) is book_kind(draft.book)
        and form.name in {offered.name for offered in forms_of(to)}
        and to.may(Permission.WRITE_ENTRY, form=form.name, used_it=True) is not None
        and _may_decide(to, form)
    )


def check_may_begin(book: SeenBook, form: str, about: About | None) -> None:
    """Refuse a worker whose role does not write on a form.

    1 query if their role is limited to some forms, or if it withdraws an earlier entry.

    Signing checks whether they used the measure.

    Raises:
        NotAllowedError: they do not write in this book at all.
        FormNotYoursError: they do, and not on this form.
        HomeDecidesError: it sets how the home works, and they do not answer for it.
    """
    book.check_may(Permission.WRITE_ENTRY)
    may_write = book.may(Permission.WRITE_ENTRY, form=form, used_it=True) is not None
    earlier = (
        sealed.entry_of(about.entry_id)
        if about and (about.relation.is_withdrawal or not may_write)
        else None
    )
    _check_decides(book, catalogue.form(form), about, earlier)
    if may_write:
        return
    if not _may_put_right(Permission.WRITE_ENTRY, book, about, earlier):
        raise FormNotYoursError


def check_may_sign(draft: PreparedDraft) -> None:
    """Refuse a worker whose role does not sign what is on the form.

    Raises:
        NotAllowedError: they do not write in this book at all.
        FormNotYoursError: they do, and not on this form.
        UsersRecordError: only a worker who used the measure records it, and it does not name them.
        HomeDecidesError: it sets how the home works, and they do not answer for it.
    """
    right, form, book = Permission.FINISH_OWN_DRAFT, draft.draft.form.name, draft.book
    book.check_may(right)
    _check_decides(book, draft.draft.form, draft.draft.about, draft.earlier)
    used_it = _names(draft.draft.content.answers.get(USERS), book.worker)
    if book.may(right, form=form, used_it=used_it):
        return
    if not _may_put_right(right, book, draft.draft.about, draft.earlier):
        raise UsersRecordError if book.may(right, form=form, used_it=True) else FormNotYoursError


def _check_decides(
    book: SeenBook, form: Form, about: About | None, earlier: ReadEntry | None
) -> None:
    """Refuse to set how a home works, or to undo it, for who does not answer for the home."""
    decided = [form]
    if about and about.relation.is_withdrawal and earlier is not None and is_written(earlier):
        fact = Entry.read(earlier)
        decided.append(catalogue.form(fact.form, fact.form_version))
    if not all(_may_decide(book, each) for each in decided):
        raise HomeDecidesError


def _may_decide(book: SeenBook, form: Form) -> bool:
    return not form.sets_rules or book.may(Permission.ANSWER_FOR_BOOK) is not None


def _may_put_right(
    right: Permission, book: SeenBook, about: About | None, earlier: ReadEntry | None
) -> bool:
    """Say whether the draft puts right an earlier entry whose form the worker may write on."""
    if about is None or earlier is None or not about.relation.puts_right:
        return False
    fact = Entry.read(earlier)
    used_it = _names(fact.answers.get(USERS), book.worker)
    return book.may(right, form=fact.form, used_it=used_it) is not None


def _names(answer: object, worker: str) -> bool:
    return isinstance(answer, (list, tuple)) and any(
        isinstance(person, Mapping) and person.get("id") == worker for person in answer
    )
