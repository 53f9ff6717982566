"""A reader for tests of what is due: somebody who answers for every book, and is named nowhere."""

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.people.restricted.reads import EntryReader

MANAGER = EntryReader(WorkerId("0" * 32), everywhere=True)


def reader(worker: WorkerId, *, answers_for: tuple[BookId, ...] = ()) -> EntryReader:
    """Return a worker as a reader, who answers for some books."""
    return EntryReader(worker, answers_for)
