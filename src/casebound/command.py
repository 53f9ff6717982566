"""The `casebound` command: finds the data folder, then hands over to the room's own command."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from casebound.foundation.base.closed_files import make_files_private
from casebound.foundation.base.installation import Installation, InstallationError, key_file_of
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.errors import SheetError
from casebound.foundation.proof.recovery import read_sheet
from casebound.foundation.stores.refusals import StoreRefusedError, refusal_for

REFUSED = 2
NEEDS_NO_DATA = {"policy", "help", "makemigrations"}


def main(arguments: list[str] | None = None) -> None:
    """Run one command of casebound: `casebound COMMAND [--data DIR] …`.

    Exit code 0: done; 1: something is wrong with the record or the tests; 2: refused.
    """
    make_files_private()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _run(words)
    except RefusedError as refused:
        _refuse(refused)
    except Exception as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        _refuse(refusal)


def _run(words: list[str]) -> None:
    data = _take(words, "--data") or os.environ.get("CASEBOUND_DATA")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebound.config.settings")
    command = words[0] if words else "help"
    if command == "init":
        _make(Path(data or "casebound-data"), words)
    elif command == "demo":
        _find_or_make_demo(Path(data or "casebound-demo"))
    elif data:
        os.environ["CASEBOUND_DATA"] = str(Path(data).resolve())
    elif command == "restore-key":
        os.environ["CASEBOUND_DATA"] = str(Path("casebound-data").resolve())
    elif command not in NEEDS_NO_DATA and not command.startswith("-"):
        Installation.open(Path("casebound-data"))
        os.environ["CASEBOUND_DATA"] = str(Path("casebound-data").resolve())
    if command == "restore-key":
        _restore_key(words)
        return
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["casebound", *_module_name(words or ["help"])])
    _leave()


def _refuse(refused: RefusedError) -> NoReturn:
    """Say why in words, with what a database said, and end with exit code 2."""
    sys.stderr.write(f"{refused}\n")
    if isinstance(refused, StoreRefusedError) and refused.said:
        sys.stderr.write(f"The database said: {refused.said}\n")
    sys.exit(REFUSED)


def _leave() -> None:
    """Close the stores: the last one out folds what was written last into their files."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()


def _module_name(words: list[str]) -> list[str]:
    """Write a command as its module is called: `recovery-sheet` is in `recovery_sheet`."""
    command, *rest = words
    return [command if command.startswith("-") else command.replace("-", "_"), *rest]


def _restore_key(words: list[str]) -> None:
    """Make the key file again from a recovery sheet. Settings cannot be loaded without one."""
    sheet = _take(words, "--sheet")
    if sheet is None:
        raise InstallationError(
            "Say where the groups of the sheet are: --sheet FILE, or --sheet - to type them."
        )
    if sheet == "-":
        sys.stderr.write("Type the 15 groups of the recovery sheet, then Ctrl-D:\n")
        typed = sys.stdin.read()
    else:
        typed = Path(sheet).read_text()
    try:
        master_key, epoch = read_sheet(typed)
    except SheetError as wrong:
        raise InstallationError(str(wrong)) from wrong
    data = Path(os.environ["CASEBOUND_DATA"])
    installation = Installation.restore(data, master_key=master_key, epoch=epoch)
    sys.stdout.write(f"The key file is there again: {key_file_of(installation.id)}\n")
    sys.stdout.write("Run `casebound verify` now. Everybody signs in again.\n")


def _take(words: list[str], option: str) -> str | None:
    for place, word in enumerate(words):
        if word == option and place + 1 < len(words):
            del words[place]
            return words.pop(place)
        if word.startswith(f"{option}="):
            return words.pop(place).split("=", 1)[1]
    return None


def _make(data: Path, words: list[str]) -> None:
    if not any(word.split("=")[0] in {"--provider", "--help", "-h"} for word in words):
        # Before anything is made: a folder that holds an installation cannot be begun again.
        raise InstallationError("Say whose records these are: --provider “Name of the provider”.")
    origin = _take(words, "--origin") or "records.example.org/1"
    if not {"--help", "-h"} & set(words):
        Installation.create(data, origin=origin)
        os.environ["CASEBOUND_DATA"] = str(data.resolve())


def _find_or_make_demo(data: Path) -> None:
    if not (data / "installation.json").exists():
        Installation.create(data, origin="demo.casebound.example/1", demo=True)
    os.environ["CASEBOUND_DATA"] = str(data.resolve())


if __name__ == "__main__":
    main()
