"""One installation: its data folder, and the key file that opens it.

The key file lies outside the data folder, mode 0600, because whoever holds both can read
everything, and whoever holds only the data folder can read nothing (ledger format, section 7).
It holds the epoch master key, the three file keys of the embedded databases, the log's signing
seed and the secret of the web sessions. `casebound recovery-sheet` prints the master key on paper.
"""

import json
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from casebound.foundation.base.ids import new_id
from casebound.foundation.base.refusals import RefusedError

FORMAT = "casebound-keys/1"
STORES = ("default", "keyring", "derived")
_ORIGIN = re.compile(r"[a-z0-9.-]+(/[a-z0-9.-]+)*/[1-9][0-9]*")


class InstallationError(RefusedError):
    """The data folder or its key file cannot be used."""

    what = "casebound cannot open its data."


class NoInstallationError(InstallationError):
    """There is no installation in the data folder."""

    do = "Check the folder's name, or make a new one with `casebound init --data DIR`."


class KeyFileError(InstallationError):
    """The key file is missing, unreadable, open to others, or not of this data folder."""

    do = "Put the right key file back, or restore its key from a recovery sheet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Where an installation keeps its data, and the secrets that open it. Never log one."""

    data: Path
    id: str
    origin: str
    epoch: int
    master_key: bytes
    file_keys: dict[str, bytes]
    signing_seed: bytes
    web_secret: str
    demo: bool

    def __repr__(self) -> str:
        """Name the installation without any of its secrets."""
        return f"Installation({self.id})"

    @classmethod
    def create(cls, data: Path, *, origin: str, demo: bool = False) -> Self:
        """Make a new data folder and its key file.

        Raises:
            InstallationError: the folder already holds an installation, or cannot be written.
        """
        if not _ORIGIN.fullmatch(origin):
            raise InstallationError(
                f"“{origin}” cannot name a log: use a domain, a path and a number, "
                "such as records.example.org/oak-house/1."
            )
        marker = data / "installation.json"
        if marker.exists():
            raise InstallationError(f"The folder {data} already holds an installation.")
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / "files").mkdir(exist_ok=True, mode=0o700)
        identity = new_id()
        keys = {
            "format": FORMAT,
            "installation": identity,
            "origin": origin,
            "epoch": 1,
            "master_key": secrets.token_hex(32),
            "file_keys": {store: secrets.token_hex(32) for store in STORES},
            "signing_seed": secrets.token_hex(32),
            "web_secret": secrets.token_urlsafe(48),
        }
        key_file = key_file_of(identity)
        key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(key_file, json.dumps(keys, indent=1))
        # The marker comes last: a folder without it was never finished and is made anew.
        _write_private(
            marker, json.dumps({"installation": identity, "origin": origin, "demo": demo})
        )
        return cls.open(data)

    @classmethod
    def open(cls, data: Path) -> Self:
        """Read the data folder's marker and its key file.

        Raises:
            NoInstallationError: nothing was ever made in this folder.
            KeyFileError: the key file is missing, damaged, open to others, or another one's.
        """
        marker = data / "installation.json"
        try:
            about = json.loads(marker.read_text())
        except FileNotFoundError as none:
            raise NoInstallationError(f"The folder {data} holds no installation.") from none
        key_file = key_file_of(about["installation"])
        try:
            mode = stat.S_IMODE(key_file.stat().st_mode)
            keys = json.loads(key_file.read_text())
        except FileNotFoundError as missing:
            raise KeyFileError(f"Its key file {key_file} is missing.") from missing
        except (OSError, ValueError) as broken:
            raise KeyFileError(f"Its key file {key_file} cannot be read.") from broken
        if mode & 0o077:
            raise KeyFileError(
                f"Its key file {key_file} can be read by others (mode {mode:04o}; it must be 0600)."
            )
        if keys.get("format") != FORMAT or keys.get("installation") != about["installation"]:
            raise KeyFileError(f"The key file {key_file} belongs to another installation.")
        return cls(
            data=data,
            id=keys["installation"],
            origin=keys["origin"],
            epoch=keys["epoch"],
            master_key=bytes.fromhex(keys["master_key"]),
            file_keys={name: bytes.fromhex(key) for name, key in keys["file_keys"].items()},
            signing_seed=bytes.fromhex(keys["signing_seed"]),
            web_secret=keys["web_secret"],
            demo=bool(about.get("demo")),
        )

    @classmethod
    def passing(cls, data: Path) -> Self:
        """Return an installation of random keys that is kept nowhere, for checks without data."""
        return cls(
            data=data,
            id=new_id(),
            origin="nowhere.example/1",
            epoch=1,
            master_key=secrets.token_bytes(32),
            file_keys={store: secrets.token_bytes(32) for store in STORES},
            signing_seed=secrets.token_bytes(32),
            web_secret=secrets.token_urlsafe(48),
            demo=False,
        )


def key_file_of(identity: str) -> Path:
    """Return the key file: `CASEBOUND_KEY_FILE`, or one in the user's configuration folder."""
    named = os.environ.get("CASEBOUND_KEY_FILE")
    if named:
        return Path(named)
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(config) / "casebound" / f"{identity}.keys"


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
