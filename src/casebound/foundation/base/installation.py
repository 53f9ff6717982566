"""One installation: its data folder, and the key file that opens it.

The key file lies outside the data folder, mode 0600, because somebody who holds both can read
everything, and somebody who holds only the data folder can read nothing (ledger format, section 7).
It holds the epoch master key, the three file keys of the embedded databases, the log's signing
seed and the secret of the web sessions. `casebound recovery-sheet` prints the master key on paper.

The data folder keeps file keys and signing seed as well, encrypted under the master key. So a sheet
and a copy of the data folder are enough to go on as before, and either alone is worth nothing.
"""

import base64
import binascii
import json
import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casebound.foundation.base.closed_files import close_to_others
from casebound.foundation.base.ids import is_id, new_id
from casebound.foundation.base.refusals import RefusedError

FORMAT = "casebound-keys/1"
MARKER = "installation.json"
_NONCE = 12
_KEY = 32
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
        marker = data / MARKER
        if marker.exists():
            raise InstallationError(f"The folder {data} already holds an installation.")
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / "files").mkdir(exist_ok=True, mode=0o700)
        close_to_others(data)
        identity = new_id()
        master_key = secrets.token_bytes(32)
        keys = {
            "format": FORMAT,
            "installation": identity,
            "origin": origin,
            "epoch": 1,
            "master_key": master_key.hex(),
            "file_keys": {store: secrets.token_hex(32) for store in STORES},
            "signing_seed": secrets.token_hex(32),
            "web_secret": secrets.token_urlsafe(48),
        }
        key_file = key_file_of(identity)
        key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(key_file, json.dumps(keys, indent=1))
        about = {
            "installation": identity,
            "origin": origin,
            "demo": demo,
            "keys": _wrapped(keys, master_key),
        }
        # The marker comes last: a folder without it was never finished and is made again.
        _write_private(marker, json.dumps(about))
        return cls.open(data)

    @classmethod
    def restore(cls, data: Path, *, master_key: bytes, epoch: int) -> Self:
        """Make the key file of a data folder again from what a recovery sheet says.

        Sessions of the web end, because their secret is a new one.

        Raises:
            NoInstallationError: nothing was ever made in this folder.
            KeyFileError: there is a key file, or the sheet is of another installation or epoch.
        """
        about = _about(data)
        key_file = key_file_of(about["installation"])
        if key_file.exists():
            raise KeyFileError(f"There is a key file already: {key_file}. Move it away first.")
        keys = {
            "format": FORMAT,
            "installation": about["installation"],
            "origin": about["origin"],
            "epoch": epoch,
            "master_key": master_key.hex(),
            "web_secret": secrets.token_urlsafe(48),
            **_unwrapped(about, master_key, epoch),
        }
        key_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_private(key_file, json.dumps(keys, indent=1))
        return cls.open(data)

    @classmethod
    def open(cls, data: Path) -> Self:
        """Read the data folder's marker and its key file.

        Raises:
            NoInstallationError: nothing was ever made in this folder.
            KeyFileError: the key file is missing, damaged, open to others, or another one's.
        """
        about = _about(data)
        key_file = key_file_of(about["installation"])
        try:
            mode = stat.S_IMODE(key_file.stat().st_mode)
            keys = json.loads(key_file.read_text())
        except FileNotFoundError as missing:
            raise KeyFileError(f"Its key file {key_file} is missing.") from missing
        except (OSError, ValueError) as broken:
            raise KeyFileError(f"Its key file {key_file} cannot be read.") from broken
        if not isinstance(keys, dict):
            raise KeyFileError(f"Its key file {key_file} is damaged.")
        if mode & 0o077:
            raise KeyFileError(
                f"Its key file {key_file} can be read by others (mode {mode:04o}; it must be 0600)."
            )
        if keys.get("format") != FORMAT or keys.get("installation") != about["installation"]:
            raise KeyFileError(f"The key file {key_file} belongs to another installation.")
        try:
            return cls(
                data=data,
                id=keys["installation"],
                origin=keys["origin"],
                epoch=_number(keys["epoch"]),
                master_key=_key(keys["master_key"]),
                file_keys={store: _key(keys["file_keys"][store]) for store in STORES},
                signing_seed=_key(keys["signing_seed"]),
                web_secret=keys["web_secret"],
                demo=bool(about.get("demo")),
            )
        except (KeyError, TypeError, ValueError) as broken:
            raise KeyFileError(f"Its key file {key_file} is damaged.") from broken

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


def _about(data: Path) -> dict[str, Any]:  # Any: JSON of our own making
    try:
        about: dict[str, Any] = json.loads((data / MARKER).read_text())
    except FileNotFoundError as none:
        raise NoInstallationError(f"The folder {data} holds no installation.") from none
    except (OSError, ValueError) as broken:
        raise InstallationError(f"Its file {data / MARKER} cannot be read.") from broken
    if not isinstance(about, dict) or not is_id(str(about.get("installation"))):
        raise InstallationError(f"Its file {data / MARKER} is damaged.")
    return about


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != _KEY:
        raise ValueError("a key is 32 bytes")
    return key


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("an epoch is a number")
    return value


def _wrapped(keys: dict[str, Any], master_key: bytes) -> str:
    """Encrypt what a sheet must give back beside the master key."""
    plain = json.dumps({name: keys[name] for name in ("file_keys", "signing_seed")})
    nonce = secrets.token_bytes(_NONCE)
    place = _place(keys["installation"], keys["epoch"])
    locked = nonce + AESGCM(master_key).encrypt(nonce, plain.encode(), place)
    return base64.b64encode(locked).decode()


def _unwrapped(about: dict[str, Any], master_key: bytes, epoch: int) -> dict[str, Any]:
    try:
        locked = base64.b64decode(about["keys"])
        place = _place(about["installation"], epoch)
        plain = AESGCM(master_key).decrypt(locked[:_NONCE], locked[_NONCE:], place)
    except (KeyError, ValueError, binascii.Error, InvalidTag) as wrong:
        raise KeyFileError(
            "The sheet does not open this data folder: it is of another one, or an older sheet."
        ) from wrong
    opened: dict[str, Any] = json.loads(plain)
    return opened


def _place(identity: str, epoch: int) -> bytes:
    return f"casebound/keys\n{identity}\n{epoch}".encode()


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
