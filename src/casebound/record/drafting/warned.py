"""What a draft about a medicine is warned of: an allergy, a dose too soon, one that is recorded."""

from datetime import datetime

from casebound.foundation.base.times import instant
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import SubjectKind
from casebound.people.rights.shape import Permission
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.medicines.gaps import warnings_of
from casebound.record.medicines.warnings import Warned
from casebound.rulebook.catalogue.wall_time import WallTimeError, event_times


def warned_of(draft: OpenDraft, book: SeenBook, *, at: datetime) -> list[Warned]:
    """Return what the draft is warned of. 1 query, or none.

    Nothing for who may no longer read the book, which is what the warnings are from.
    """
    if not book.may(Permission.READ_BOOK):
        return []
    try:
        given_at = event_times(draft.content.happened_from).start
    except WallTimeError:
        given_at = at
    about = draft.about
    due = about.subject.id if about and about.subject.kind is SubjectKind.DOSE else ""
    return warnings_of(
        draft.form.name,
        draft.content.answers,
        book=book.id,
        about=about.index if about else None,
        at=given_at,
        due_at=instant(due) if due else None,
        now=at,
    )
