"""The loader of this room. Only its author opens a draft."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponseBase
from django.utils import timezone

from casebound.foundation.base.ids import DraftId, is_id
from casebound.ledger.sealing.reads import entry_of
from casebound.people.access.reads import seen_among
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.rights.shape import Permission
from casebound.record.attachments.reads import DamagedFileError
from casebound.record.drafting.actions import begin_again
from casebound.record.drafting.another_worker import answer_another, is_shown_to_another
from casebound.record.drafting.damaged import DamagedDraftError
from casebound.record.drafting.damaged_page import answer_damaged, with_damaged_file
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import open_draft
from casebound.record.drafting.signed_already import answer_signed, entry_id_of
from casebound.record.drafting.untouched import FIELD, begun_as

Rest = ParamSpec("Rest")


def _begun_again(request: WorkerRequest, draft_id: DraftId) -> OpenDraft | None:
    """Return an empty draft that has gone, if its untouched page sends what was typed since.

    None if it is not this worker's page, or if an entry was made of the draft. 3 queries.
    """
    begun = begun_as(request.POST[FIELD], draft=draft_id, author=request.worker)
    if begun is None or entry_of(entry_id_of(draft_id)) is not None:
        return None
    begin_again(draft=draft_id, begun=begun, by=request.worker, at=timezone.now())
    return open_draft(draft_id, author=request.worker)


def load_draft(
    view: Callable[Concatenate[WorkerRequest, PreparedDraft, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view the worker's own draft, prepared; any other answers 404. 2 queries.

    The address of a signed draft leads to its entry. A worker can finish a draft after the child
    has moved on, so that they do not lose what they typed.
    """

    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        draft_id = str(kwargs.pop("draft"))  # an address gives its parts by name
        if not is_id(draft_id):
            raise Http404
        try:
            draft = open_draft(DraftId(draft_id), author=request.worker)
        except DamagedDraftError as failed:
            return answer_damaged(request, failed.damaged)
        if draft is None and FIELD in request.POST:
            draft = _begun_again(request, DraftId(draft_id))
        if draft is None and is_shown_to_another(request, DraftId(draft_id)):
            return answer_another(request)
        if draft is None:
            return answer_signed(request, DraftId(draft_id))
        now = timezone.now()
        books = seen_among(request.worker, [draft.book], at=now, to=Permission.FINISH_OWN_DRAFT)
        if draft.book not in books:
            raise Http404
        prepared = PreparedDraft(draft, books[draft.book], at=now).as_readable()
        try:
            return view(request, prepared, *args, **kwargs)
        except DamagedFileError:
            return answer_damaged(request, with_damaged_file(draft))

    return loaded
