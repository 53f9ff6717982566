"""Whether a draft exists, for the note that somebody asked for one that is not theirs."""

from casebound.foundation.base.ids import is_id
from casebound.record.drafting.models import Draft


def _is_draft(draft: str) -> bool:
    return is_id(draft) and Draft.objects.filter(id=draft).exists()


EXISTING = {"draft": _is_draft}
