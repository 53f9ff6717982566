"""Where the three stores are."""

from pathlib import Path

import pytest

from casebound.foundation.base.databases import sqlite
from casebound.foundation.base.ids import is_id, new_id
from casebound.foundation.base.installation import Installation
from casebound.foundation.base.refusals import NotAllowedError, RefusedError


def test_each_embedded_store_is_a_file_with_a_key_of_its_own(tmp_path: Path) -> None:
    installation = Installation.passing(tmp_path)

    stores = sqlite(installation)

    assert [stores[store]["NAME"] for store in ("default", "keyring", "derived")] == [
        str(tmp_path / f"{name}.sqlite3") for name in ("ledger", "keyring", "derived")
    ]
    keys = {store["OPTIONS"]["key_hex"] for store in stores.values()}
    assert keys == {key.hex() for key in installation.file_keys.values()}
    assert len(keys) == 3


def test_a_seal_is_on_the_disk_before_it_is_told(tmp_path: Path) -> None:
    stores = sqlite(Installation.passing(tmp_path))

    assert "synchronous=FULL" in stores["default"]["OPTIONS"]["init_command"]
    assert "synchronous=EXTRA" in stores["keyring"]["OPTIONS"]["init_command"]
    assert "secure_delete=ON" in stores["keyring"]["OPTIONS"]["init_command"]


def test_an_identity_is_32_hex_digits_and_says_nothing() -> None:
    assert is_id(new_id())
    assert len({new_id() for _ in range(100)}) == 100


@pytest.mark.parametrize("text", ["", "0" * 31, "0" * 33, "A" * 32, "0" * 32 + "\n", "\u0660" * 32])
def test_what_is_no_identity_is_not_taken_for_one(text: str) -> None:
    assert not is_id(text)


@pytest.mark.policy("P63")
def test_a_refusal_says_what_why_and_who_to_ask() -> None:
    assert str(NotAllowedError()) == (
        "You cannot do this here. What you can see and do depends on your role and "
        "where you work. Ask the registered manager of the home."
    )
    assert str(RefusedError("No. 5 is new.")) == "This was not done. No. 5 is new."
