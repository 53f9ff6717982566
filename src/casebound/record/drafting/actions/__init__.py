"""Writing a draft, and signing it. An entry on a form comes into a book in no other way."""

from casebound.record.drafting.actions.beginning import (
    begin_again,
    begin_draft,
    begin_handover,
)
from casebound.record.drafting.actions.following import begin_follow_up
from casebound.record.drafting.actions.handing import (
    NamedInDraftError,
    NobodyToHandToError,
    hand_over_draft,
    note_read,
)
from casebound.record.drafting.actions.keeping import keep_what_was_read
from casebound.record.drafting.actions.moving import NotMovedError, move_draft
from casebound.record.drafting.actions.noting_pages import note_page, note_page_used
from casebound.record.drafting.actions.of_medicine import begin_of_medicine
from casebound.record.drafting.actions.same_event import (
    NotOfEventError,
    begin_joining,
    begin_same_event,
)
from casebound.record.drafting.actions.same_shift import begin_same_shift
from casebound.record.drafting.actions.saving import (
    DraftChangedError,
    StaleDraftError,
    check_in_its_book,
    discard_damaged,
    discard_draft,
    note_files,
    note_looked_again,
    read_again,
    save_draft,
)
from casebound.record.drafting.actions.signing import (
    IncompleteError,
    InitialsError,
    TooMuchError,
    sign_draft,
)
from casebound.record.drafting.as_signed import Signing

__all__ = [
    "DraftChangedError",
    "IncompleteError",
    "InitialsError",
    "NamedInDraftError",
    "NobodyToHandToError",
    "NotMovedError",
    "NotOfEventError",
    "Signing",
    "StaleDraftError",
    "TooMuchError",
    "begin_again",
    "begin_draft",
    "begin_follow_up",
    "begin_handover",
    "begin_joining",
    "begin_of_medicine",
    "begin_same_event",
    "begin_same_shift",
    "check_in_its_book",
    "discard_damaged",
    "discard_draft",
    "hand_over_draft",
    "keep_what_was_read",
    "move_draft",
    "note_files",
    "note_looked_again",
    "note_page",
    "note_page_used",
    "note_read",
    "read_again",
    "save_draft",
    "sign_draft",
]
