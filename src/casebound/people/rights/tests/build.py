"""A role that is not shipped: a night worker, who writes on a few forms.

Its key and seniority are none that somebody who adds such a role would choose.
"""

from pathlib import Path

from casebound.people.rights.loading import read_rights
from casebound.people.rights.rights import TABLE
from casebound.people.rights.shape import Role

NIGHT_WORKER = """
[[roles]]
key = "made_up_role"
words = "night worker"
seniority = 1005
works = ["home"]
appointed_by = []
may.read_book = ["home", "lives_here"]
may.write_entry = ["home", "lives_here"]
may.finish_own_draft = "always"
forms = ["daily_log", "note"]
"""


def table_with(folder: Path, row: str = NIGHT_WORKER) -> Path:
    """Write the shipped table with one more row into a folder; return the file."""
    file = folder / "rights.toml"
    file.write_text(TABLE.read_text(encoding="utf-8") + row, encoding="utf-8")
    return file


def night_worker(folder: Path) -> Role:
    """Return the role of a night worker."""
    return read_rights(table_with(folder)).roles[-1]
