"""`casebound policy`: the clauses, where each is kept, and which tests show it."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casebound.upkeep.policy.reads import ClauseStatus, Shown, shown


class Command(BaseCommand):
    """Needs no data folder."""

    help = "List the clauses of the recording policy, where each is kept and how that is tested."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="answer for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list."""
        clauses = shown()
        if options["json"]:
            self.stdout.write(json.dumps([_table(clause) for clause in clauses], indent=1))
            return
        for clause in clauses:
            self.stdout.write(_paragraph(clause))
        counts = Counter(row.clause.status for row in clauses)
        self.stdout.write(", ".join(f"{counts[status]} {status}" for status in ClauseStatus) + ".")


def _table(shown: Shown) -> dict[str, Any]:
    clause = shown.clause
    return {
        "id": clause.id,
        "words": clause.asks,
        "status": clause.status.value,
        "does": clause.does,
        "rooms": list(clause.rooms),
        "kept": list(clause.where),
        "shown_by": clause.shown_by,
        "tests": list(shown.tests),
    }


def _paragraph(shown: Shown) -> str:
    clause = shown.clause
    lines = [f"{clause.id}  {clause.asks}"]
    if clause.does:
        lines += [f"     {clause.status}: {clause.does}", f"     in {', '.join(clause.where)}"]
        lines.append(f"     {len(shown.tests)} tests, first {clause.shown_by}")
    else:
        lines.append(f"     {clause.status} ({', '.join(clause.rooms)})")
    return "\n".join(lines) + "\n"
