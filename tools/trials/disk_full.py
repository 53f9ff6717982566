"""A full disk, with a real server: the data folder, the temporary folder, and each store alone.

    .venv/bin/python -m tools.trials.disk_full            the data folder, filled once
    .venv/bin/python -m tools.trials.disk_full --whole    all of them, filled four times over

It mounts disks of 160 MB in memory, so it needs a user who may mount.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.trials.demo_served import Served, TrialFailedError, Visitor
from tools.trials.small_disk import fill, make_room, small_disk

MEGABYTES: Final = 160
WORKER: Final = "Shanice Whitlock"
COLLEAGUES: Final = ("Tomasz Wilczak", "Bethan Colley")
MANAGER: Final = "Marguerite Osei-Tandy"
WORDS: Final = "He told me about the match. " * 400
OK, REDIRECTED, NO_ROOM = 200, (302, 303), 503
STORES: Final = ("ledger", "keyring", "derived")


@dataclass
class Figures:
    """What a trial counted, and what was not as it should be."""

    where: str
    read: int = 0
    signed_in: int = 0
    refused: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)

    def check(self, is_so: object, words: str) -> bool:
        """Note what should be so and is not."""
        if not is_so:
            self.wrong.append(words)
        return bool(is_so)

    def __str__(self) -> str:
        """Write one line."""
        return (
            f"{self.where}: {self.read} pages read, {self.signed_in} people signed in,"
            f" {self.refused} refusals that say “no room left”, {self.kept} with every word,"
            f" {len(self.wrong)} wrong {'; '.join(self.wrong)}"
        )


def whole(*, times: int = 4, looks: int = 60) -> Iterator[Figures]:
    """Fill the data folder, then the temporary folder, then the disk of each store alone."""
    yield data_folder(times=times, looks=looks)
    with _demo() as (folder, disk):
        yield _temporary_folder(folder, disk)
    for store in STORES:
        yield _store_alone(store, looks=looks)


def data_folder(*, times: int = 1, looks: int = 10) -> Figures:
    """Fill the disk of the data folder; stop and start on the full disk; then make room."""
    figures = Figures("data folder")
    with _demo() as (folder, disk), Served(folder, data=disk / "data") as home:
        home.serve()
        worker, draft = _writing(home)
        for _ in range(times):
            fill(disk)
            _go_on(figures, home, worker, draft, looks=looks)
        said = home.command("work")
        figures.check("no room left" in said.stderr, "work says nothing")
        figures.check("no room left" in home.command("verify").stderr, "verify says nothing")
        home.stop()
        fill(disk)
        home.serve()
        worker = Visitor(home.port)
        worker.step_in(WORKER)
        _go_on(figures, home, worker, draft, looks=looks)
        make_room(disk)
        _writes_again(figures, home, worker, draft)
    return figures


def _temporary_folder(folder: Path, disk: Path) -> Figures:
    """Fill the temporary folder: nobody may notice, because nothing is written there."""
    figures = Figures("temporary folder")
    with (
        small_disk(folder / "temporary", megabytes=1) as temporary,
        Served(folder, data=disk / "data") as home,
    ):
        home.environment["TMPDIR"] = str(temporary)
        fill(temporary)
        home.serve()
        worker, draft = _writing(home)
        _read(figures, worker, draft, looks=5)
        _writes_again(figures, home, worker, draft)
    return figures


def _store_alone(store: str, *, looks: int) -> Figures:
    """Fill the disk that one store alone lies on, as a link in the data folder says."""
    figures = Figures(f"{store} alone")
    with _demo() as (folder, disk), ExitStack() as alone:
        other = alone.enter_context(small_disk(folder / store, megabytes=MEGABYTES))
        file = disk / "data" / f"{store}.sqlite3"
        shutil.move(file, other / file.name)
        file.symlink_to(other / file.name)
        home = alone.enter_context(Served(folder, data=disk / "data"))
        home.serve()
        worker, draft = _writing(home)
        fill(other)
        _go_on(figures, home, worker, draft, looks=looks)
        make_room(other)
        _writes_again(figures, home, worker, draft)
    return figures


def _go_on(figures: Figures, home: Served, worker: Visitor, draft: str, *, looks: int) -> None:
    """Read, sign in, read a draft; try to save and to sign; look at what the manager is told."""
    _read(figures, worker, draft, looks=looks)
    for name in COLLEAGUES:
        colleague = Visitor(home.port)
        entered = colleague.step_in(name).status in REDIRECTED
        figures.signed_in += figures.check(
            entered and colleague.get("/").status == OK, f"{name} could not sign in"
        )
    typed = _typed(worker, draft)
    for path, script in ((f"{draft}save/", True), (draft, False)):
        answer = worker.post(path, typed, script=script)
        said = answer.status == NO_ROOM and answer.says("no room left")
        figures.refused += figures.check(said, f"{path} answered {answer.status}")
        kept = answer.says('id="save-state"') if script else answer.says(WORDS.strip())
        figures.kept += figures.check(kept, f"{path} lost words")
    manager = Visitor(home.port)
    manager.step_in(MANAGER)
    figures.check(manager.get("/").says("no room left"), "the manager is not told")


def _read(figures: Figures, worker: Visitor, draft: str, *, looks: int) -> None:
    book = re.findall(r"/books/[0-9a-f]{32}/", worker.get("/").body)[0]
    for path in (*[book] * looks, draft, "/", "/search/", "/help/"):
        answer = worker.get(path)
        figures.read += figures.check(answer.status == OK, f"{path} answered {answer.status}")


def _writes_again(figures: Figures, home: Served, worker: Visitor, draft: str) -> None:
    """Check that words are taken when there is room, and that nothing was changed."""
    worker.get("/")
    saved = worker.post(f"{draft}save/", _typed(worker, draft), script=True)
    figures.check(saved.status == OK, f"a save with room answered {saved.status}")
    home.stop()
    checked = home.command("verify")
    figures.check(checked.returncode == 0, f"verify: {checked.stdout}{checked.stderr}")


def _writing(home: Served) -> tuple[Visitor, str]:
    """Return a worker with a draft of a daily log that was begun while there was room."""
    worker = Visitor(home.port)
    worker.step_in(WORKER)
    for book in dict.fromkeys(re.findall(r"/books/[0-9a-f]{32}/", worker.get("/").body)):
        begun = worker.post(f"{book}write/daily_log/", {})
        if "/drafts/" in begun.headers.get("location", ""):
            return worker, begun.headers["location"].partition("?")[0]
    raise TrialFailedError("no draft could be begun")


def _typed(worker: Visitor, draft: str) -> dict[str, str]:
    return {**worker.hidden(worker.get(draft)), "statements-1-text": WORDS}


@contextmanager
def _demo() -> Iterator[tuple[Path, Path]]:
    """Make the provider on a small disk; give the folder of its key file, and the disk."""
    with tempfile.TemporaryDirectory(prefix="casebound-trial-") as name:
        folder = Path(name)
        with small_disk(folder / "disk", megabytes=MEGABYTES) as disk:
            Served(folder, data=disk / "data").make()
            yield folder, disk


def main(words: list[str]) -> int:
    """Run it, print a line for each, and return how many were not as they should be."""
    every = whole() if "--whole" in words else iter([data_folder()])
    wrong = 0
    for figures in every:
        print(figures, flush=True)
        wrong += bool(figures.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
