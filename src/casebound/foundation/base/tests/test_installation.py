"""The data folder and its key file: made, opened, refused, and made again from a sheet."""

import json
from pathlib import Path

import pytest

from casebound.foundation.base.installation import (
    Installation,
    InstallationError,
    KeyFileError,
    NoInstallationError,
    key_file_of,
)

ORIGIN = "records.example.org/oak-house/1"


@pytest.fixture(autouse=True)
def own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("CASEBOUND_KEY_FILE", raising=False)


@pytest.fixture
def made(tmp_path: Path) -> Installation:
    return Installation.create(tmp_path / "data", origin=ORIGIN)


def key_file(made: Installation) -> Path:
    return key_file_of(made.id)


def test_what_is_made_opens_again(made: Installation) -> None:
    assert Installation.open(made.data) == made
    assert made.file_keys.keys() == {"default", "keyring", "derived"}


def test_the_key_file_is_its_owners_alone_and_outside_the_data_folder(made: Installation) -> None:
    assert key_file(made).stat().st_mode & 0o777 == 0o600
    assert made.data not in key_file(made).parents


def test_no_secret_is_in_the_data_folder_or_in_what_is_printed(made: Installation) -> None:
    kept = "".join(file.read_text() for file in made.data.iterdir() if file.is_file())
    secrets = [made.master_key, made.signing_seed, *made.file_keys.values()]
    for secret in secrets:
        assert secret.hex() not in kept + repr(made)
    assert made.web_secret not in kept + repr(made)


def test_the_key_file_may_be_elsewhere(
    made: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "stick" / "oak.keys"
    elsewhere.parent.mkdir()
    key_file(made).rename(elsewhere)
    monkeypatch.setenv("CASEBOUND_KEY_FILE", str(elsewhere))
    assert Installation.open(made.data) == made


def test_a_folder_is_made_an_installation_once(made: Installation) -> None:
    with pytest.raises(InstallationError, match="already holds"):
        Installation.create(made.data, origin=ORIGIN)


@pytest.mark.parametrize("origin", ["", "oak house/1", "records.example.org", "Oak/1", "oak/0"])
def test_an_origin_names_a_log_and_its_generation(origin: str, tmp_path: Path) -> None:
    with pytest.raises(InstallationError, match="cannot name a log"):
        Installation.create(tmp_path / "data", origin=origin)


def test_a_folder_without_an_installation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoInstallationError, match="casebound init"):
        Installation.open(tmp_path)


def test_a_missing_key_file_is_refused_with_its_name(made: Installation) -> None:
    key_file(made).unlink()
    with pytest.raises(KeyFileError, match=r"\.keys is missing.*recovery sheet"):
        Installation.open(made.data)


@pytest.mark.parametrize("content", ["", "{", "[]", "\xff"])
def test_a_damaged_key_file_is_refused(content: str, made: Installation) -> None:
    key_file(made).write_bytes(content.encode("latin-1"))
    with pytest.raises(KeyFileError, match=r"cannot be read|damaged"):
        Installation.open(made.data)


@pytest.mark.parametrize("field", ["master_key", "file_keys", "signing_seed", "epoch"])
def test_a_key_file_that_lacks_something_is_refused(field: str, made: Installation) -> None:
    keys = json.loads(key_file(made).read_text())
    del keys[field]
    key_file(made).write_text(json.dumps(keys))
    with pytest.raises(KeyFileError, match="damaged"):
        Installation.open(made.data)


def test_a_key_file_open_to_others_is_refused(made: Installation) -> None:
    key_file(made).chmod(0o640)
    with pytest.raises(KeyFileError, match="mode 0640"):
        Installation.open(made.data)


def test_the_key_file_of_another_installation_is_refused(
    made: Installation, tmp_path: Path
) -> None:
    other = Installation.create(tmp_path / "other", origin=ORIGIN)
    key_file(other).rename(key_file(made))
    with pytest.raises(KeyFileError, match="another installation"):
        Installation.open(made.data)


def test_a_sheet_and_the_data_folder_give_everything_back_but_the_sessions(
    made: Installation,
) -> None:
    key_file(made).unlink()
    again = Installation.restore(made.data, master_key=made.master_key, epoch=made.epoch)
    assert (again.master_key, again.file_keys, again.signing_seed) == (
        made.master_key,
        made.file_keys,
        made.signing_seed,
    )
    assert again.web_secret != made.web_secret
    assert Installation.open(made.data) == again
    assert key_file(made).stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_is_there_is_not_written_over(made: Installation) -> None:
    with pytest.raises(KeyFileError, match="Move it away first"):
        Installation.restore(made.data, master_key=made.master_key, epoch=made.epoch)


@pytest.mark.parametrize(("wrong", "epoch"), [(True, 1), (False, 2)])
def test_another_sheet_is_refused_and_makes_no_key_file(
    wrong: bool,  # noqa: FBT001 (a parameter of the test)
    epoch: int,
    made: Installation,
) -> None:
    key_file(made).unlink()
    key = bytes(32) if wrong else made.master_key
    with pytest.raises(KeyFileError, match="does not open this data folder"):
        Installation.restore(made.data, master_key=key, epoch=epoch)
    assert not key_file(made).exists()


def test_a_passing_installation_is_kept_nowhere(tmp_path: Path) -> None:
    passing = Installation.passing(tmp_path / "nowhere")
    assert not passing.data.exists()
    assert passing != Installation.passing(tmp_path / "nowhere")
