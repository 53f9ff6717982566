"""Proof: whether everything is still as it was sealed, and what to print and keep elsewhere."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.ledger.sealing.checking.kept import is_running, last_check
from casebound.ledger.sealing.receipts import log_seen
from casebound.ledger.sealing.waiting import count_set_aside
from casebound.oversight.proof.http import prover_required
from casebound.people.accounts.signed_in import WorkerRequest


@require_GET
@prover_required
def proof(request: WorkerRequest) -> HttpResponse:
    """Show the last check and the present state of the log."""
    last, log = last_check(), log_seen()
    return render(
        request,
        "proof/proof.html",
        {
            "last": last,
            "at": in_words(last.at) if last else "",
            "running": is_running(),
            "set_aside": count_set_aside(),
            "just_checked": asked(request).flag("checked"),
            "rows": [
                (gettext("Lines of the log"), f"{log.size:,}"),
                (gettext("Root"), log.checkpoint.split("\n")[2]),
                (gettext("Signed checkpoint"), log.checkpoint),
                (gettext("Key of this log"), log.vkey),
            ],
        },
    )
