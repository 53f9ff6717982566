"""Opening a home, appointing workers, admitting children. Each seals one entry."""

from casebound.people.homes.actions.admitting import (
    FACES,
    admit_child,
    begin_placement,
    end_placement,
)
from casebound.people.homes.actions.appointing import (
    LONGEST_REASON,
    appoint,
    check_appointment,
    end_appointment,
)
from casebound.people.homes.actions.consenting import answer_consent, withdraw_consent
from casebound.people.homes.actions.granting import end_grant, grant_access
from casebound.people.homes.actions.naming import name_child, state_birth
from casebound.people.homes.actions.opening import open_home

__all__ = [
    "FACES",
    "LONGEST_REASON",
    "admit_child",
    "answer_consent",
    "appoint",
    "begin_placement",
    "check_appointment",
    "end_appointment",
    "end_grant",
    "end_placement",
    "grant_access",
    "name_child",
    "open_home",
    "state_birth",
    "withdraw_consent",
]
