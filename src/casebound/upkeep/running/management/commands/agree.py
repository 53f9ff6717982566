"""`casebound agree`: the recovery sheet stands in for a second person, where there is none."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.errors import SheetError
from casebound.foundation.proof.recovery import read_sheet
from casebound.people.second_person import reads
from casebound.people.second_person.actions import answer_with_sheet
from casebound.upkeep.running.actions import open_stores

DONE = """\
Agreed. The office's book tells of it, and that it was done with the recovery sheet.
"""
CODE = """\
Give this code to {full_name} yourself, face to face or on a telephone number you know:

    {code}

They type it once, when they sign in. Put the sheet into a new envelope.
"""


class WrongSheetError(RefusedError):
    """The sheet is of another installation, or has a mistake."""

    what = "This was not done."
    why = "The sheet is of another installation, or a group is not right."
    do = "Type the groups of the newest sheet again: --sheet FILE, or --sheet - to type them."


class NoSuchRequestError(RefusedError):
    """Nothing waits under this number."""

    what = "This was not done."
    why = "Nothing waits under this number."
    do = "Run `casebound agree` alone to see what waits."


class Command(BaseCommand):
    """Agree to a request, with the recovery sheet in place of a second person.

    A provider with one administrator and one registered manager has nobody who can agree to a link
    for that manager. A person who keeps a sheet does it here, not who looks after the computer.
    """

    help = "Agree to what waits for a second person, with the recovery sheet."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which request it is, and the sheet."""
        parser.add_argument("--request", type=int, help="its number, on the page of the person")
        parser.add_argument("--sheet", help="a file with the groups, or - to type them")

    def handle(self, *args: Any, **options: Any) -> None:
        """List what waits, or agree to one of them and print the code."""
        open_stores()
        at = datetime.now(UTC)
        if options["request"] is None:
            for asked in reads.waiting(at=at):
                self.stdout.write(f"{asked.number}: {asked.full_name} ({asked.what})")
            return
        _check_sheet(options["sheet"])
        asked_for = reads.request_numbered(options["request"])
        if asked_for is None or not asked_for.waits(at=at):
            raise NoSuchRequestError
        code = answer_with_sheet(request=asked_for.id, at=at)
        self.stdout.write(DONE)
        if code:
            grouped = f"{code[:4]} {code[4:]}"
            self.stdout.write(CODE.format(full_name=asked_for.full_name, code=grouped))


def _check_sheet(sheet: str | None) -> None:
    """Refuse a sheet that is not of this installation."""
    if not sheet:
        raise WrongSheetError
    if sheet == "-":
        sys.stderr.write("Type the 15 groups of the recovery sheet, then Ctrl-D:\n")
    try:
        master_key, _ = read_sheet(sys.stdin.read() if sheet == "-" else Path(sheet).read_text())
    except (SheetError, OSError) as wrong:
        raise WrongSheetError from wrong
    if master_key != settings.INSTALLATION.master_key:
        raise WrongSheetError
