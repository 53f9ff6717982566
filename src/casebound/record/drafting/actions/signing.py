"""Signing a draft: check, make the entry, seal it, and remove the draft in one transaction."""

from casebound.foundation.base.names import is_full_name
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.commitments import MOST_PARTS
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.sealing.actions import NewEntry, Removal, Sealed
from casebound.ledger.sealing.once import sealed_before
from casebound.record.attachments import actions as attaching
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.rules import check_may_withdraw
from casebound.record.drafting.actions.keeping import is_changed_since_read, keep_what_was_read
from casebound.record.drafting.actions.noting_pages import forget_pages
from casebound.record.drafting.actions.saving import DraftChangedError
from casebound.record.drafting.as_signed import Signing, entry_from
from casebound.record.drafting.children_concerned import expected_pages
from casebound.record.drafting.missing import missing_from
from casebound.record.drafting.models import Draft
from casebound.record.drafting.permitting import check_may_sign
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.signed_already import entry_id_of
from casebound.record.followups import reads as followups
from casebound.record.followups.rules import NothingToFollowError
from casebound.rulebook.catalogue.completeness import Missing


class IncompleteError(RefusedError):
    """Something the rules ask for is missing."""

    what = "This entry is not signed yet."
    do = "Your words are kept. Put right what is listed, then sign."

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        """Keep what is missing, for the screen to list and link."""
        super().__init__(" ".join(f"{gap.words} ({gap.rule})" for gap in missing))
        self.missing = missing


class InitialsError(RefusedError):
    """The account's name is not a name in full."""

    what = "This entry is not signed."
    why = "Entries are signed with the full name, not with initials."
    do = "Ask the administrator to put your full name on your account. Your draft is kept."


class TooMuchError(RefusedError):
    """An entry has more parts than the format allows."""

    what = "This entry is not signed yet."
    why = "It has more statements, answers and files than one entry can hold."
    do = "Move some of the files or statements to a second entry. Nothing you typed is lost."


def sign_draft(*, draft: PreparedDraft, signing: Signing) -> Sealed:
    """Seal a draft as the next entry of its books and registers (P48, P58, P64).

    A draft seals one entry at most: signing it again returns the entry that it became.

    Raises:
        NotAllowedError: it is not the signer's draft, or they may not write in the book
            or on the form.
        InitialsError: the signer's name is not a full name.
        IncompleteError: something the rules ask for is missing.
        RefusedError: it follows or withdraws an earlier entry, and this worker may not.
        StaleBookError: the draft puts right an earlier entry and the book has grown since.
        DraftChangedError: it was saved or signed meanwhile, from another window.
    """
    entry = entry_id_of(draft.draft.id)
    try:
        _check_may_sign(draft, signing)
        _check_follows(draft)
        _check_withdraws(draft, signing)
        if gaps := missing_from(draft):
            raise IncompleteError(gaps)
        if is_changed_since_read(draft):
            keep_what_was_read(draft=draft, signing=signing)
        sealed = seal_and_project(_new_entry(draft, signing), removes=_removals(draft))
    except RefusedError:
        # The refusal may come from the first signature, which sealed this draft already.
        if (before := sealed_before(entry, by=signing.worker)) is None:
            raise
        return before
    attaching.forget_sealed(draft.files)
    forget_pages(draft=draft.draft.id)
    return sealed


def _check_may_sign(draft: PreparedDraft, signing: Signing) -> None:
    of, book = draft.draft, draft.book
    if of.author != signing.worker or of.book != book.id:
        raise NotAllowedError
    check_may_sign(draft)
    if not is_full_name(signing.full_name, only_one_name=True):
        raise InitialsError


def _check_follows(draft: PreparedDraft) -> None:
    """Refuse a follow-up whose writer may not write it, or that follows nothing (P63).

    Beginning the draft checks the same. Signing checks again, because much may have changed.
    """
    form, about = draft.draft.form, draft.draft.about
    if about is not None and about.relation.follows:
        followups.check_follow_up(form, draft.book, about.entry_id, about.subject, at=draft.at)
    elif form.follows:
        raise NothingToFollowError


def _check_withdraws(draft: PreparedDraft, signing: Signing) -> None:
    """Refuse a signer who is named in the entry they strike or misfile (P64)."""
    about, earlier = draft.draft.about, draft.earlier
    if about is None or about.relation.withdraws is None:
        return
    if earlier is not None and is_written(earlier):
        check_may_withdraw(Entry.read(earlier), worker=signing.worker, full_name=signing.full_name)


def _new_entry(draft: PreparedDraft, signing: Signing) -> NewEntry:
    """Return the entry as the ledger takes it."""
    entry = entry_from(draft, signing)
    parts = entry.parts()
    if len(parts) > MOST_PARTS:
        raise TooMuchError
    return NewEntry(
        entry_id=entry_id_of(draft.draft.id),
        books=tuple(book.id for book in draft.books),
        parts=parts,
        files=attaching.sources(draft.files, [part.m["n"] for part in parts]),
        signed_by=signing.worker,
        signed_at=draft.at,
        auth=signing.auth,
        expects=expected_pages(draft.draft, draft.books),
        registers=tuple(register.id for register in entry.registers),
    )


def _removals(draft: PreparedDraft) -> tuple[Removal, ...]:
    """Return the rows to delete when the draft is sealed: its own and those of its files.

    A second signature of the same draft finds no rows. If another window added a file meanwhile,
    nothing is sealed.
    """
    this = draft.draft
    return (
        attaching.removal(this.id, len(draft.files), otherwise=DraftChangedError),
        Removal(
            table=Draft,
            where={"id": this.id, "version": this.version},
            rows=1,
            otherwise=DraftChangedError,
        ),
    )
