"""Which forms all staff act on, so that nothing of them is for those alone who need to know."""

import tomllib
from functools import cache

from casebound.rulebook.catalogue.grounds import FILE
from casebound.rulebook.catalogue.shape import Form, Group


def is_for_all_staff(form: Form) -> bool:
    """Say whether all staff need what a form says: a medicine, a section of the profile, a log."""
    return form.group is Group.PROFILE or form.live_log or form.name in _forms()


@cache
def _forms() -> frozenset[str]:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))["for_all_staff"]
    return frozenset(table["forms"])
