"""The commands as a person types them: what they say, and their exit codes."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from casebound.foundation.base.installation import Installation, key_file_of

DONE, WRONG, REFUSED = 0, 1, 2
UNREAD = 2  # of `verify`: something could not be looked at


@dataclass(frozen=True)
class Home:
    """An installation in a folder of its own, with its own place for key files."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def key_file(self) -> Path:
        [found] = (self.folder / "config" / "casebound").glob("*.keys")
        return found

    def run(
        self, *words: str, typed: str = "", within: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on it, `within` another one if given."""
        return subprocess.run(  # noqa: S603 (our own command)
            [*within, *self._command(words)],
            env=self._environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            umask=0o022,  # as most shells have it: new files can be read by all
        )

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start a command that goes on until it is stopped."""
        return subprocess.Popen(  # noqa: S603 (our own command)
            self._command(words),
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "casebound", *words, "--data", str(self.data)]

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CASEBOUND_", "DJANGO_"))}
        return {**kept, "XDG_CONFIG_HOME": str(self.folder / "config"), "PYTHONPATH": _SOURCE}

    def change(self, store: str, *statements: str) -> None:
        """Change a store behind the system's back."""
        with self.left_open(store, *statements):
            pass

    @contextmanager
    def left_open(self, store: str, *statements: str) -> Iterator[None]:
        """Change a store, and leave it open, so that its newest rows are in a second file."""
        keys = json.loads(self.key_file.read_text())["file_keys"]
        name = {"default": "ledger"}.get(store, store)
        with closing(sqlcipher3.connect(self.data / f"{name}.sqlite3")) as connection:
            connection.execute(f"PRAGMA key = \"x'{keys[store]}'\"")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
            yield


_SOURCE = str(Path(__file__).parents[4])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Make an installation once; its tests work on copies."""
    home = Home(tmp_path_factory.mktemp("home"))
    made = home.run("init", "--origin", "records.example.org/1", "--provider", "Hazel Care")
    assert made.returncode == DONE, made.stderr
    return home


@pytest.fixture
def home(fresh: Home, tmp_path: Path) -> Home:
    shutil.copytree(fresh.folder, tmp_path / "home")
    return Home(tmp_path / "home")


def answer(said: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said.stdout)
    return found


@pytest.mark.policy("P64", "P65")
@pytest.mark.parametrize("depth", [(), ("--quick",)])
def test_verify_says_that_all_is_well_to_people_and_to_programs(
    depth: tuple[str, ...], home: Home
) -> None:
    said = home.run("verify", *depth)
    assert (said.returncode, said.stderr) == (DONE, "")
    assert "All is as it was sealed" in said.stdout
    found = answer(home.run("verify", "--json", *depth))
    assert (found["ok"], found["problems"], found["full"]) == (True, [], not depth)
    assert len(found["root"]) == 64


@pytest.mark.policy("P64", "P65")
def test_verify_says_what_is_wrong_and_exits_1(home: Home) -> None:
    home.change(
        "default",
        "DROP TRIGGER log_leaf_update_barred",
        "UPDATE log_leaf SET data = CAST(replace(CAST(data AS TEXT), '2026', '2025') AS BLOB)"
        " WHERE idx = 0",
    )
    said = home.run("verify")
    assert said.returncode == WRONG
    assert "SOMETHING IS WRONG" in said.stdout
    assert "Line 1 of the log" in said.stdout
    found = home.run("verify", "--quick", "--json")
    assert found.returncode == WRONG
    assert [problem["line"] for problem in answer(found)["problems"]] == [1]


def test_verify_says_that_a_store_cannot_be_read_and_exits_2(home: Home) -> None:
    file = home.data / "derived.sqlite3"
    kept = bytearray(file.read_bytes())
    for page in range(8192 + 4096, len(kept), 8192):
        kept[page] ^= 1
    file.write_bytes(kept)
    said = home.run("verify", "--json")
    assert (said.returncode, said.stderr) == (UNREAD, "")
    assert answer(said)["outcome"] == "unread"
    assert {problem["kind"] for problem in answer(said)["problems"]} == {"unread"}


def test_two_checks_at_a_time_are_one_too_many(home: Home) -> None:
    with (home.data / "checking.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        said = home.run("verify")
    assert (said.returncode, said.stdout) == (REFUSED, "")
    assert "running already" in said.stderr


def test_rebuild_and_work_do_their_work(home: Home) -> None:
    rebuilt, worked = home.run("rebuild"), home.run("work")
    assert (rebuilt.returncode, worked.returncode) == (DONE, DONE)
    assert "Remade, up to leaf 2." in rebuilt.stdout


def test_rebuild_remakes_one_room_and_refuses_one_that_is_not_there(home: Home) -> None:
    remade, none = home.run("rebuild", "--room", "search"), home.run("rebuild", "--room", "seach")
    assert (remade.returncode, none.returncode) == (DONE, REFUSED)
    assert "Remaking search." in remade.stdout
    assert "1 room is remade" in remade.stdout
    assert "There is no seach." in none.stderr


def test_a_sheet_gives_a_lost_key_file_back(home: Home) -> None:
    printed = home.run("recovery-sheet")
    assert printed.returncode == DONE
    groups = [line for line in printed.stdout.splitlines() if line.startswith("    ")]
    kept = home.key_file.read_text()
    home.key_file.unlink()

    refused = home.run("verify")
    assert refused.returncode == REFUSED
    assert "is missing" in refused.stderr

    mistyped = home.run("restore-key", "--sheet", "-", typed="\n".join(groups)[:-1])
    assert mistyped.returncode == REFUSED
    assert "Group 15 of 15" in mistyped.stderr

    sheet = home.folder / "typed"
    sheet.write_text("\n".join(groups).lower())
    restored = home.run("restore-key", f"--sheet={sheet}")
    assert restored.returncode == DONE, restored.stderr
    assert home.run("verify").returncode == DONE
    again = json.loads(home.key_file.read_text())
    assert again.pop("web_secret") != json.loads(kept)["web_secret"]
    assert again.items() <= json.loads(kept).items()


def test_restoring_a_key_needs_a_sheet(home: Home) -> None:
    said = home.run("restore-key")
    assert said.returncode == REFUSED
    assert "--sheet FILE" in said.stderr


def test_the_key_file_of_other_files_is_refused(home: Home) -> None:
    keys = json.loads(home.key_file.read_text())
    keys["file_keys"]["default"] = "00" * 32
    home.key_file.write_text(json.dumps(keys))
    said = home.run("verify")
    assert (said.returncode, said.stdout) == (REFUSED, "")
    assert "does not open" in said.stderr
    assert "ledger.sqlite3" in said.stderr


@pytest.mark.policy("P10")
@pytest.mark.parametrize("first", [0, 8192 + 4096])  # the beginning of the file, or every page
def test_a_damaged_store_of_what_is_shown_is_named_and_made_again(home: Home, first: int) -> None:
    shown = home.data / "derived.sqlite3"
    kept = bytearray(shown.read_bytes())
    for at in range(first, len(kept), 8192):
        kept[at] ^= 1
    shown.write_bytes(kept)

    checked = home.run("verify", "--workers=1")
    refused = [home.run("rebuild"), home.run("work")]
    shown.unlink()
    again = home.run("rebuild")

    assert checked.returncode == REFUSED  # something could not be looked at
    assert "because derived.sqlite3 cannot be read" in checked.stdout
    for said in refused:
        assert said.returncode == REFUSED
        assert "derived.sqlite3 cannot be read." in said.stderr
        assert "Delete this file" in said.stderr
    assert again.returncode == 0
    assert home.run("verify").returncode == 0


def test_another_master_key_is_refused(home: Home) -> None:
    keys = json.loads(home.key_file.read_text())
    keys["master_key"] = "00" * 32
    home.key_file.write_text(json.dumps(keys))
    said = home.run("verify")
    assert (said.returncode, said.stdout) == (REFUSED, "")
    assert "another master key" in said.stderr


def test_the_key_file_of_another_installation_is_refused(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(other.folder / "config"))
        made = Installation.create(other.data, origin="records.example.org/2")
        shutil.copy(key_file_of(made.id), home.key_file)
    said = home.run("verify")
    assert said.returncode == REFUSED
    assert "another installation" in said.stderr


@pytest.mark.parametrize("command", ["verify", "rebuild"])
def test_stores_of_a_newer_version_are_refused_unchanged(command: str, home: Home) -> None:
    home.change(
        "default",
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('sealing', '9999_from_the_future', '2030-01-01')",
    )
    said = home.run(command)
    assert (said.returncode, said.stdout) == (REFUSED, "")
    assert "sealing.9999_from_the_future" in said.stderr
    assert "newer version" in said.stderr


def test_verify_says_which_store_a_copy_lacks_and_checks_the_others(home: Home) -> None:
    for store, said in (
        ("derived", "What is shown was not compared with the log, because derived.sqlite3 is not"),
        ("keyring", "No entry was opened, because keyring.sqlite3 is not there."),
        ("ledger", "Nothing was looked at: ledger.sqlite3 is not there."),
    ):
        (home.data / f"{store}.sqlite3").unlink()
        found = home.run("verify")
        assert (found.returncode, found.stderr) == (UNREAD, "")
        assert said in found.stdout
        assert "SOMETHING IS WRONG" not in found.stdout
        assert not (home.data / f"{store}.sqlite3").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
@pytest.mark.parametrize("newest", ["in the file", "in the second file"])
def test_verify_reads_a_copy_that_may_only_be_read(newest: str, home: Home, tmp_path: Path) -> None:
    if newest == "in the second file":  # as after a power cut
        with home.left_open("default", "CREATE TABLE written_last (n)"):
            shutil.copytree(home.data, tmp_path / "copy")
        shutil.rmtree(home.data)
        shutil.move(tmp_path / "copy", home.data)
        (home.data / "ledger.sqlite3-shm").unlink()
        assert (home.data / "ledger.sqlite3-wal").stat().st_size
    before = {file.name: file.stat().st_mtime_ns for file in home.data.iterdir()}
    command = f"mount --bind '{home.data}' '{home.data}' && mount -o remount,ro,bind '{home.data}'"
    said = home.run("verify", within=("unshare", "-m", "sh", "-c", f'{command} && "$@"', "sh"))
    assert "Read-only file system" in said.stderr  # the Proof page does not show the check
    assert (said.returncode, "1 entries opened" in said.stdout) == (UNREAD, True), said.stdout
    assert "nothing can be written in the folder of the stores" in said.stdout
    assert said.stdout.count("  - ") == 1
    assert "SOMETHING IS WRONG" not in said.stdout
    assert {file.name: file.stat().st_mtime_ns for file in home.data.iterdir()} == before


def test_a_ledger_that_was_lost_is_not_quietly_begun_again(home: Home) -> None:
    (home.data / "ledger.sqlite3").unlink()
    said = home.run("rebuild")
    assert said.returncode == REFUSED
    assert "shorter than it was" in said.stderr


def test_a_folder_without_an_installation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config" / "casebound").mkdir(parents=True)
    said = Home(tmp_path).run("verify")
    assert said.returncode == REFUSED
    assert "holds no installation" in said.stderr


def open_to_others(folder: Path) -> list[str]:
    """Return what others than its owner can read in a folder, or the folder itself."""
    return [
        f"{path.relative_to(folder.parent)} {path.stat().st_mode & 0o777:o}"
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & 0o077
    ]


def test_nobody_but_its_owner_reads_a_file_of_the_data_folder(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.data.mkdir(parents=True, mode=0o755)  # somebody made it by hand
    made = home.run("init", "--origin", "records.example.org/1", "--provider", "Hazel Care")
    home.run("work")
    home.run("verify")

    assert made.returncode == DONE, made.stderr
    assert (home.data / "ledger.sqlite3").exists()
    assert open_to_others(home.data) == []
    assert open_to_others(home.key_file.parent) == []
