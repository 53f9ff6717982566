"""What those who look after casebound are told above every page, until it is put right."""

from django.utils.translation import gettext

from casebound.foundation.stores import room_left
from casebound.ledger.sealing import highwater


def alarms() -> list[str]:
    """Return a sentence for each thing that needs somebody. About 30 us, no query."""
    told = [room_left.warning()]
    if highwater.is_gone():
        told.append(
            gettext(
                "Nothing can be sealed: the mark that says how long the log was is missing. Run"
                " `casebound restore-mark`, which says what to compare."
            )
        )
    return [sentence for sentence in told if sentence]
