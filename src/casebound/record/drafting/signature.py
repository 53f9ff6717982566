"""The signature on a page: what the page asks the signer for, and the sealing that follows."""

from typing import Any

from casebound.foundation.base.refusals import RefusedError
from casebound.people.access.roles import role_in
from casebound.people.accounts.reads import has_passkey
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions
from casebound.record.drafting.as_signed import Signing
from casebound.record.drafting.prepared import PreparedDraft


def asked_again(request: WorkerRequest, refused: RefusedError | None) -> dict[str, Any]:
    """Return what a page needs to ask the signer for their proof again. 1 query."""
    wrong = bool(getattr(refused, "field", ""))  # the password or the passkey
    words = f"{refused.why} {refused.do}" if refused and wrong else ""
    return {
        "name": request.account.full_name,
        "passkey": has_passkey(request.worker),
        "wrong_proof": words,
        "proof_errors": [("password", words)] if words else [],
    }


def signing_of(request: WorkerRequest, prepared: PreparedDraft, *, auth: str = "") -> Signing:
    """Return who signs in this book and in which role; `auth` says how they proved it. 1 query."""
    return Signing(
        worker=request.worker,
        full_name=request.account.full_name,
        role=role_in(prepared.book, at=prepared.at, form=prepared.draft.form.name),
        auth=auth,
    )


def signed(request: WorkerRequest, prepared: PreparedDraft) -> int:
    """Check again who signs, seal the draft, and return its number in the book.

    Raises:
        RefusedError: the proof is wrong, something is missing, or the book has grown.
    """
    proof = prove_again(
        request,
        password=request.POST.get("password", ""),
        passkey=request.POST.get("passkey", ""),
    )
    signing = signing_of(request, prepared, auth=proof)
    return actions.sign_draft(draft=prepared, signing=signing).numbers[prepared.book.id]
