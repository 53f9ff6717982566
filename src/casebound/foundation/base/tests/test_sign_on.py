"""How single sign-on is set up: a part that is missing is named, and an open secret refused."""

from pathlib import Path

import pytest

from casebound.foundation.base.sign_on import SignOnSettingError, sign_on_of

ISSUER, CLIENT = "CASEBOUND_SIGN_ON_ISSUER", "CASEBOUND_SIGN_ON_CLIENT"
FILE, NAME = "CASEBOUND_SIGN_ON_SECRET_FILE", "CASEBOUND_SIGN_ON_NAME"
pytestmark = pytest.mark.policy("P09")


@pytest.fixture
def said(tmp_path: Path) -> dict[str, str]:
    """Return what sets it up, with the secret where only its owner reads it."""
    file = tmp_path / "secret"
    file.write_text("  a made-up secret\n")
    file.chmod(0o600)
    return {ISSUER: "https://login.example/", CLIENT: "oak", FILE: str(file), NAME: "Meadow"}


def test_all_of_it_sets_it_up_and_the_secret_is_not_printed(said: dict[str, str]) -> None:
    sign_on = sign_on_of(said)

    assert sign_on is not None
    assert sign_on.issuer == "https://login.example"
    assert (sign_on.client, sign_on.name) == ("oak", "Meadow")
    assert sign_on.secret == Path(said[FILE]).read_text().strip()
    assert "made-up" not in repr(sign_on)


def test_nothing_of_it_sets_nothing_up_and_the_name_can_be_left_out(said: dict[str, str]) -> None:
    del said[NAME]
    named = sign_on_of(said)

    assert sign_on_of({}) is None
    assert named is not None
    assert named.name == "login.example"


@pytest.mark.parametrize("missing", [CLIENT, FILE])
def test_a_part_that_is_missing_is_named(said: dict[str, str], missing: str) -> None:
    for there in (
        {key: text for key, text in said.items() if key != missing},
        {**said, missing: ""},
    ):
        with pytest.raises(SignOnSettingError, match=missing):
            sign_on_of(there)


@pytest.mark.parametrize(
    "issuer", ["http://login.example", "login.example", "ftp://login.example", "https://", "//x"]
)
def test_a_service_that_would_be_asked_in_the_clear_is_refused(
    said: dict[str, str], issuer: str
) -> None:
    with pytest.raises(SignOnSettingError, match="https://"):
        sign_on_of({**said, ISSUER: issuer})


def test_a_service_on_this_machine_needs_no_tls(said: dict[str, str]) -> None:
    assert sign_on_of({**said, ISSUER: "http://localhost:9400"}) is not None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o660, 0o777])
def test_a_secret_that_others_can_reach_is_refused(said: dict[str, str], mode: int) -> None:
    Path(said[FILE]).chmod(mode)

    with pytest.raises(SignOnSettingError, match="0600"):
        sign_on_of(said)


def test_a_secret_that_is_not_there_is_refused(said: dict[str, str], tmp_path: Path) -> None:
    Path(said[FILE]).write_text(" \n")
    with pytest.raises(SignOnSettingError, match="empty"):
        sign_on_of(said)
    Path(said[FILE]).write_bytes(b"\xff\xfe\xff")
    for file in (said[FILE], str(tmp_path / "nothing"), str(tmp_path)):
        with pytest.raises(SignOnSettingError, match=FILE):
            sign_on_of({**said, FILE: file})
