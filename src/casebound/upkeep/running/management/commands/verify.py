"""`casebound verify`: is every entry still exactly what was sealed?"""

import json
import os
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from casebound.ledger.sealing.checking import Checked, Problem, ProblemKind, full, quick
from casebound.ledger.sealing.checking.kept import alone, keep
from casebound.upkeep.running.actions import open_stores

WRONG = 1


class Command(BaseCommand):
    """Check the whole log and every entry (P58, P64)."""

    help = "Check that nothing was changed, moved or removed since it was sealed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how deep, how, and with how many processes."""
        parser.add_argument("--quick", action="store_true", help="without opening the entries")
        parser.add_argument("--json", action="store_true", help="for a program to read")
        parser.add_argument(
            "--workers", type=int, default=len(os.sched_getaffinity(0)), help="processes at work"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, say what was found, and exit 1 if anything is wrong."""
        with alone():
            found = _check(quickly=options["quick"], workers=options["workers"])
            keep(found, at=datetime.now(UTC))
        self.stdout.write(as_json(found) if options["json"] else in_words(found))
        if not found.ok:
            raise SystemExit(WRONG)


def _check(*, quickly: bool, workers: int) -> Checked:
    try:
        open_stores()
    except DatabaseError as damaged:  # its words are the driver's, about pages of a file
        problem = Problem(
            kind=ProblemKind.DAMAGE, words=f"A store cannot be read at all: {damaged}."
        )
        return Checked(not quickly, problems=[problem])
    return (quick if quickly else full)(workers=workers)


def as_json(found: Checked) -> str:
    """Write what was found for a program."""
    return json.dumps(
        {
            "ok": found.ok,
            "full": found.full,
            "entries": found.entries,
            "size": found.size,
            "root": found.root.hex(),
            "seconds": round(found.seconds, 3),
            "problems": [
                {
                    "kind": problem.kind.value,
                    "words": problem.words,
                    "line": problem.line,
                    "entry": problem.entry,
                    "book": problem.book,
                    "page": problem.page,
                }
                for problem in found.problems
            ],
            "more": found.more,
        },
        ensure_ascii=False,
    )


def in_words(found: Checked) -> str:
    """Write what was found for a person."""
    how = "opened and checked" if found.full else "checked without opening them"
    said = [f"{found.entries:,} entries {how}, {found.size:,} lines of the log, in {_time(found)}."]
    if found.ok:
        said.append("All is as it was sealed: nothing was changed, moved or removed.")
        said.append(f"The root of the log is {found.root.hex()}.")
        return "\n".join(said)
    said.append("SOMETHING IS WRONG:")
    said += [f"  - {problem.words}" for problem in found.problems]
    if found.more:
        said.append(f"  - and {found.more:,} more.")
    said.append("Keep this output, change nothing, and tell the person responsible for records.")
    return "\n".join(said)


def _time(found: Checked) -> str:
    return f"{found.seconds:,.1f} seconds"
