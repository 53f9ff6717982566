"""`casebound verify`: is every entry still exactly what was sealed?"""

import json
import os
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from casebound.foundation.base import times
from casebound.foundation.stores import room_left
from casebound.ledger.projecting.whole_check import check_whole
from casebound.ledger.sealing.checking import Checked, Outcome, Problem, in_runs, unread
from casebound.ledger.sealing.checking.kept import alone, keep
from casebound.ledger.sealing.clock_corrections import ClockCorrection
from casebound.ledger.sealing.reads import clock_corrections
from casebound.upkeep.running.actions import open_readable_stores, said_of
from casebound.upkeep.running.vouching import not_vouched_for, vouched_for


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
        """Check, and say what came out.

        Exit code 0: all is well; 1: something is not as it was sealed; 2: something could not be
        looked at, and nothing else is wrong.
        """
        with alone():
            checked = _check(quickly=options["quick"], workers=options["workers"])
            try:
                keep(checked, at=datetime.now(UTC))
            except OSError as failed:  # a full disk, or a copy that may only be read
                self.stderr.write(f"The Proof page does not show this check ({failed.strerror}).")
        if told := room_left.warning():
            self.stderr.write(told)
        if not options["json"] and checked.size:
            for correction in clock_corrections():
                self.stdout.write(_put_right(correction))
        self.stdout.write(as_json(checked) if options["json"] else in_words(checked))
        if checked.outcome is not Outcome.WELL:
            raise SystemExit(checked.outcome)


def _check(*, quickly: bool, workers: int) -> Checked:
    """Check what can be read, and say what cannot: a copy may lack a store, or be damaged."""
    unusable = open_readable_stores()
    if "default" in unusable:
        words = f"Nothing was looked at: {unusable['default']}."
        return Checked(not quickly, problems=[unread(words)])
    without_key = "keyring" in unusable
    try:
        checked = check_whole(
            quickly=quickly or without_key, workers=workers, shown="derived" not in unusable
        )
    except (DatabaseError, psycopg.Error) as failed:
        return Checked(
            not quickly, problems=[unread(f"A store cannot be read: {said_of(failed)}.")]
        )
    if without_key and not quickly:
        words = f"No entry was opened, because {unusable['keyring']}."
        checked.add([unread(words)])
    if "derived" in unusable:
        words = f"What is shown was not compared with the log, because {unusable['derived']}."
        checked.add([unread(words)])
    return checked


def _put_right(correction: ClockCorrection) -> str:
    """Say which lines of the log have times that had not come, as a later line tells."""
    lines = f"lines {correction.first + 1:,} to {correction.line:,}"
    by = times.in_words(times.instant(correction.true))
    return (
        f"The clock was put right at line {correction.line + 1:,}: {lines} say times that had not"
        f" come, and count as sealed by {by}."
    )


def as_json(checked: Checked) -> str:
    """Write what was found for a program."""
    return json.dumps(
        {
            "ok": checked.ok,
            "outcome": checked.outcome.name.lower(),
            "full": checked.full,
            "entries": checked.entries,
            "size": checked.size,
            "root": checked.root.hex(),
            "seconds": round(checked.seconds, 3),
            "problems": [
                {
                    "kind": problem.kind.value,
                    "words": problem.words,
                    "line": problem.line,
                    "entry": problem.entry,
                    "book": problem.book,
                    "page": problem.page,
                }
                for problem in checked.problems
            ],
            "more": checked.more,
            "vouches_for": vouched_for(full=checked.full),
            "does_not_vouch_for": not_vouched_for(full=checked.full),
        },
        ensure_ascii=False,
    )


def in_words(checked: Checked) -> str:
    """Write the result for a person."""
    how = "opened and checked" if checked.full else "checked without opening them"
    lines = [
        (
            f"{checked.entries:,} entries {how}, {checked.size:,} lines of the log,"
            f" in {_time(checked)}."
        )
    ]
    if checked.ok:
        lines.append("All is as it was sealed: nothing was changed, moved or removed.")
        lines.append(f"The root of the log is {checked.root.hex()}.")
        lines += ["", "This vouches for:"]
        lines += [f"  - {what}" for what in vouched_for(full=checked.full)]
        lines.append("It does not vouch for:")
        lines += [f"  - {what}" for what in not_vouched_for(full=checked.full)]
        return "\n".join(lines)
    wrong = [problem for problem in checked.problems if not problem.is_unread]
    not_read = [problem for problem in checked.problems if problem.is_unread]
    if checked.changed:
        lines += ["SOMETHING IS WRONG:", *_listed(wrong)]
    if not_read:
        lines += ["SOMETHING COULD NOT BE LOOKED AT:", *_listed(not_read)]
    if checked.more:
        lines.append(f"  - and {checked.more:,} more.")
    if checked.changed:
        lines.append(
            "Keep this output, change nothing, and tell the person responsible for records."
        )
    else:
        lines.append("What could be looked at is as it was sealed. Nobody can say so of the rest.")
        lines.append("Make it readable, or take another copy, and run `casebound verify` again.")
    return "\n".join(lines)


def _listed(problems: list[Problem]) -> list[str]:
    return [f"  - {problem.words}" for problem in in_runs(problems)]


def _time(checked: Checked) -> str:
    return f"{checked.seconds:,.1f} seconds"
