"""The `casebound` command, as far as it decides by itself; each command is tested in its room."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casebound.command import REFUSED, _module_name, _take, main
from casebound.foundation.base.installation import Installation, key_file_of
from casebound.foundation.proof.recovery import sheet_groups

ORIGIN = "oak-house.example/1"


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin in an empty folder, with no data folder named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("CASEBOUND_DATA", "")
    monkeypatch.delenv("CASEBOUND_KEY_FILE", raising=False)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Run a command that is refused; return what it says."""
    with pytest.raises(SystemExit) as left:
        main(list(words))
    said = capsys.readouterr()
    assert (left.value.code, said.out) == (REFUSED, "")
    return said.err


@pytest.mark.parametrize("command", ["verify", "serve", "rebuild", "work", "recovery-sheet"])
def test_without_an_installation_a_command_is_refused_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert "holds no installation" in refused(capsys, command)


def test_a_missing_key_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    installation = Installation.create(tmp_path / "casebound-data", origin=ORIGIN)
    key_file = key_file_of(installation.id)
    key_file.unlink()

    assert str(key_file) in refused(capsys, "verify")


def test_a_second_installation_in_one_folder_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    installation = Installation.create(tmp_path / "oak", origin=ORIGIN)

    said = refused(capsys, "init", "--data", "oak", "--provider", "Hazel Care")

    assert "already holds an installation" in said
    assert Installation.open(tmp_path / "oak") == installation


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--origin", "Oak House", "--provider=Hazel Care"], "cannot name a log"),
        (["--origin", ORIGIN], "--provider"),
        ([], "--provider"),
    ],
)
def test_an_installation_that_lacks_something_is_not_half_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], said: str
) -> None:
    assert said in refused(capsys, "init", "--data", "oak", *words)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_gives_the_key_file_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = Installation.create(tmp_path / "casebound-data", origin=ORIGIN)
    key_file_of(before.id).unlink()
    sheet = tmp_path / "sheet"
    sheet.write_text("\n".join(sheet_groups(before.master_key, before.epoch)))

    main(["restore-key", "--sheet", str(sheet)])

    assert str(key_file_of(before.id)) in capsys.readouterr().out
    after = Installation.open(tmp_path / "casebound-data")
    assert (after.master_key, after.file_keys) == (before.master_key, before.file_keys)


def test_a_sheet_with_a_slip_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = Installation.create(tmp_path / "oak", origin=ORIGIN)
    key_file_of(before.id).unlink()
    (tmp_path / "sheet").write_text("slip " * 15)

    refused(capsys, "restore-key", "--data=oak", "--sheet=sheet")
    assert "--sheet" in refused(capsys, "restore-key", "--data=oak")
    assert not key_file_of(before.id).exists()


@pytest.mark.parametrize("words", [["--data", "oak", "verify"], ["verify", "--data=oak"]])
def test_an_option_is_taken_wherever_it_stands(words: list[str]) -> None:
    assert _take(words, "--data") == "oak"
    assert words == ["verify"]


def test_an_option_without_a_value_is_left_for_the_command_to_refuse() -> None:
    words = ["verify", "--data"]

    assert _take(words, "--data") is None
    assert words == ["verify", "--data"]


def test_a_command_with_a_hyphen_is_found() -> None:
    assert _module_name(["recovery-sheet", "--to-paper"]) == ["recovery_sheet", "--to-paper"]
    assert _module_name(["--version"]) == ["--version"]


@pytest.mark.parametrize(("word", "code"), [("help", 0), ("no-such-command", REFUSED)])
def test_the_command_runs_as_a_module(word: str, code: int) -> None:
    source = Path(__file__).parent.parent / "src"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CASEBOUND_", "DJANGO_"))}

    done = subprocess.run(
        [sys.executable, "-m", "casebound", word],
        env={**kept, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
