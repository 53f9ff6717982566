"""What the rules still ask for before a draft can be signed (P49)."""

from collections.abc import Iterator
from datetime import datetime

from casebound.record.attachments import reads as attached
from casebound.record.drafting import children_concerned
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.restrict_shown import restriction_gaps
from casebound.record.drafting.tellers import author_gap, teller_gaps, tellers_named
from casebound.record.medicines.gaps import ASKS, gaps
from casebound.rulebook.catalogue.completeness import Missing, missing
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.event_time import with_event_of_signing
from casebound.rulebook.catalogue.late import clock_starts_at, is_late
from casebound.rulebook.catalogue.wall_time import WallTimeError, event_times


def missing_from(prepared: PreparedDraft) -> tuple[Missing, ...]:
    """Name what is missing or wrong, if the draft were signed at the moment of the request."""
    now = prepared.at
    content = with_event_of_signing(prepared.draft.form, tellers_named(prepared), now=now)
    return (
        *_asked_again(prepared),
        *children_concerned.gaps(content, prepared.books),
        *children_concerned.file_gaps(prepared.files, prepared.books),
        *_unclear_children(prepared),
        *teller_gaps(prepared),
        *author_gap(prepared),
        *missing(
            prepared.draft.form,
            content,
            now=now,
            late=would_be_late(content, now=now),
            setting=prepared.setting,
        ),
        *_about_medicine(prepared),
        *attached.gaps(prepared.files),
        *restriction_gaps(prepared),
    )


def _about_medicine(prepared: PreparedDraft) -> Iterator[Missing]:
    """Ask about what a medicine is warned of, and for a second worker where the home wants one."""
    form = prepared.draft.form.name
    if form not in ASKS:
        return
    answers = prepared.draft.content.answers
    for field, words, rule in gaps(form, answers, prepared.warned, home=prepared.book.home):
        yield Missing(field, words, rule)


def _asked_again(prepared: PreparedDraft) -> Iterator[Missing]:
    """Name what the author has not looked at since the draft was moved to another book."""
    for asked in prepared.draft.history.ask_again:
        yield Missing(asked.field, asked.words, "P40")


def _unclear_children(prepared: PreparedDraft) -> Iterator[Missing]:
    content = prepared.draft.content
    if children_concerned.may_name_a_child(content.present):
        yield from children_concerned.unclear_children(content, prepared.children_here)


def would_be_late(content: Content, *, now: datetime) -> bool:
    """Say whether an entry with this content, signed `now`, would be a Late Entry (P44)."""
    try:
        happened = event_times(content.happened_from, content.happened_to)
    except WallTimeError:
        return False
    since = clock_starts_at(happened)
    return since <= now and is_late(happened_at=since, signed_at=now)
