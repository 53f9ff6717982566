"""The data folder and its key file: what opens, what is refused, and in which words."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebound.foundation.base.installation import (
    Installation,
    InstallationError,
    KeyFileError,
    NoInstallationError,
    key_file_of,
)

ORIGIN = "oak-house.example/1"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("CASEBOUND_KEY_FILE", raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def made(data: Path) -> tuple[Installation, Path]:
    installation = Installation.create(data, origin=ORIGIN)
    return installation, key_file_of(installation.id)


def change(key_file: Path, how: Change) -> None:
    keys = json.loads(key_file.read_text())
    how(keys)
    key_file.write_text(json.dumps(keys))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.policy("P12")
def test_the_key_file_is_its_owners_alone_and_outside_the_data_folder(data: Path) -> None:
    _, key_file = made(data)

    assert mode(key_file) == 0o600
    assert not key_file.is_relative_to(data)
    assert mode(data) == 0o700


@pytest.mark.policy("P12")
def test_the_data_folder_holds_no_secret_that_opens_it(data: Path) -> None:
    installation, _ = made(data)

    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    keys = [installation.master_key, installation.signing_seed, *installation.file_keys.values()]
    for secret in keys:
        assert secret not in kept
        assert secret.hex().encode() not in kept
    assert installation.web_secret.encode() not in kept


def test_opening_gives_what_was_made(data: Path) -> None:
    installation, _ = made(data)

    assert Installation.open(data) == installation
    assert installation.origin == ORIGIN
    assert not installation.demo
    assert len({installation.master_key, *installation.file_keys.values()}) == 4


def test_an_installation_is_written_out_without_any_of_its_secrets(data: Path) -> None:
    installation, _ = made(data)

    assert repr(installation) == str(installation) == f"Installation({installation.id})"


def test_the_key_file_can_be_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOUND_KEY_FILE", str(tmp_path / "safe" / "oak.keys"))

    made(data)

    assert mode(tmp_path / "safe" / "oak.keys") == 0o600


def test_without_a_configuration_folder_the_key_file_is_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert key_file_of("0" * 32) == tmp_path / ".config" / "casebound" / f"{'0' * 32}.keys"


@pytest.mark.parametrize(
    "origin", ["", "Oak House", "oak-house.example", "oak-house.example/0", "a/1\n", "/1"]
)
def test_a_log_that_cannot_be_named_so_is_refused_and_nothing_is_made(
    data: Path, origin: str
) -> None:
    with pytest.raises(InstallationError, match="cannot name a log"):
        Installation.create(data, origin=origin)

    assert not data.exists()


def test_a_second_installation_in_one_folder_is_refused_and_the_first_still_opens(
    data: Path,
) -> None:
    installation, _ = made(data)

    with pytest.raises(InstallationError, match="already holds an installation"):
        Installation.create(data, origin=ORIGIN)

    assert Installation.open(data) == installation


def test_a_folder_that_was_never_finished_is_made_anew(data: Path) -> None:
    made(data)
    (data / "installation.json").unlink()

    again, _ = made(data)

    assert Installation.open(data) == again


def test_a_folder_without_an_installation_is_named(data: Path) -> None:
    with pytest.raises(NoInstallationError, match="holds no installation") as refused:
        Installation.open(data)

    assert str(data) in str(refused.value)
    assert "casebound init" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "cannot be read"), ("{", "cannot be read"), ("[]", "is damaged"), ("{}", "is damaged"),
     ('{"installation": "../elm"}', "is damaged")],
)  # fmt: skip
def test_a_damaged_marker_is_refused_with_words(data: Path, text: str, words: str) -> None:
    made(data)
    (data / "installation.json").write_text(text)

    with pytest.raises(InstallationError, match=rf"installation\.json {words}"):
        Installation.open(data)


def test_a_missing_key_file_is_named_and_what_to_do(data: Path) -> None:
    _, key_file = made(data)
    key_file.unlink()

    with pytest.raises(KeyFileError, match="is missing") as refused:
        Installation.open(data)

    assert str(key_file) in str(refused.value)
    assert "recovery sheet" in str(refused.value)


@pytest.mark.parametrize("wrong", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_key_file_that_others_can_open_is_refused(data: Path, wrong: int) -> None:
    installation, key_file = made(data)
    key_file.chmod(wrong)

    with pytest.raises(KeyFileError, match=f"mode {wrong:04o}; it must be 0600"):
        Installation.open(data)

    key_file.chmod(0o600)
    assert Installation.open(data) == installation


@pytest.mark.parametrize("text", ["", "not JSON", '{"format":', "\udcff"])
def test_a_key_file_that_cannot_be_read_is_refused(data: Path, text: str) -> None:
    _, key_file = made(data)
    key_file.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(KeyFileError, match="cannot be read"):
        Installation.open(data)


def test_a_folder_in_the_place_of_the_key_file_is_refused(data: Path) -> None:
    _, key_file = made(data)
    key_file.unlink()
    key_file.mkdir(mode=0o700)

    with pytest.raises(KeyFileError, match="cannot be read"):
        Installation.open(data)


@pytest.mark.parametrize(
    "how",
    [
        lambda keys: keys.pop("master_key"),
        lambda keys: keys.pop("web_secret"),
        lambda keys: keys["file_keys"].pop("keyring"),
        lambda keys: keys.update(file_keys=None),
        lambda keys: keys.update(signing_seed="not hex"),
        lambda keys: keys.update(master_key=keys["master_key"][:-2]),
        lambda keys: keys["file_keys"].update(default=""),
        lambda keys: keys.update(signing_seed="00"),
        lambda keys: keys.update(epoch="1"),
    ],
)
def test_a_damaged_key_file_is_refused(data: Path, how: Change) -> None:
    _, key_file = made(data)
    change(key_file, how)

    with pytest.raises(KeyFileError, match="is damaged"):
        Installation.open(data)


def test_a_key_file_that_is_a_list_is_refused(data: Path) -> None:
    _, key_file = made(data)
    key_file.write_text("[]")

    with pytest.raises(KeyFileError, match="is damaged"):
        Installation.open(data)


def test_the_key_file_of_another_installation_is_refused(data: Path, tmp_path: Path) -> None:
    _, key_file = made(data)
    _, other = made(tmp_path / "elm")
    key_file.write_text(other.read_text())

    with pytest.raises(KeyFileError, match="belongs to another installation"):
        Installation.open(data)


def test_a_key_file_of_another_format_is_refused(data: Path) -> None:
    _, key_file = made(data)
    change(key_file, lambda keys: keys.update(format="casebound-keys/2"))

    with pytest.raises(KeyFileError, match="belongs to another installation"):
        Installation.open(data)


def test_no_refusal_says_a_secret(data: Path) -> None:
    installation, key_file = made(data)
    change(key_file, lambda keys: keys.update(epoch="1"))

    with pytest.raises(KeyFileError) as refused:
        Installation.open(data)

    assert installation.master_key.hex() not in str(refused.value)
    assert installation.web_secret not in str(refused.value)


def test_what_a_sheet_says_makes_the_key_file_again(data: Path) -> None:
    before, key_file = made(data)
    key_file.unlink()

    after = Installation.restore(data, master_key=before.master_key, epoch=before.epoch)

    assert mode(key_file) == 0o600
    assert (after.file_keys, after.signing_seed) == (before.file_keys, before.signing_seed)
    assert (after.master_key, after.epoch) == (before.master_key, before.epoch)
    assert after.web_secret != before.web_secret  # everybody signs in anew


def test_another_sheet_or_an_older_one_makes_no_key_file(data: Path) -> None:
    installation, key_file = made(data)
    key_file.unlink()

    with pytest.raises(KeyFileError, match="does not open this data folder"):
        Installation.restore(data, master_key=bytes(32), epoch=1)
    with pytest.raises(KeyFileError, match="does not open this data folder"):
        Installation.restore(data, master_key=installation.master_key, epoch=2)

    assert not key_file.exists()


def test_a_sheet_never_overwrites_a_key_file(data: Path) -> None:
    installation, key_file = made(data)
    kept = key_file.read_bytes()

    with pytest.raises(KeyFileError, match="There is a key file already"):
        Installation.restore(data, master_key=installation.master_key, epoch=1)

    assert key_file.read_bytes() == kept


def test_checks_without_data_have_random_keys_that_are_kept_nowhere(tmp_path: Path) -> None:
    one, two = (Installation.passing(tmp_path / "none") for _ in range(2))

    assert one.master_key != two.master_key
    assert not (tmp_path / "none").exists()
    assert not key_file_of(one.id).exists()
