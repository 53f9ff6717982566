"""The loader of this room: who may see the state of the log (it shows no content of a book)."""

from typing import Final

from casebound.people.access.http import permission_required
from casebound.people.rights.shape import Permission

prover_required: Final = permission_required(Permission.VERIFY_LEDGER)
