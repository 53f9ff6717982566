"""How single sign-on by OpenID Connect is set up: a few variables, and a file with the secret."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class SignOnSettingError(Exception):
    """Single sign-on is set up only by half, or its secret lies open."""


@dataclass(frozen=True, slots=True)
class SignOn:
    """The provider at which people may sign in.

    Attributes:
        issuer: its address, exactly as it names itself.
        client: what casebound is called there.
        secret: what proves to it that it is casebound.
        name: what people call it.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str


def sign_on_of(said: Mapping[str, str]) -> SignOn | None:
    """Read how single sign-on is set up, None if it is not.

    Raises:
        SignOnSettingError: a part is missing, or the secret can be read by others.
    """
    issuer = said.get("CASEBOUND_SIGN_ON_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    if not is_safe_address(issuer):
        raise SignOnSettingError("CASEBOUND_SIGN_ON_ISSUER is an address that begins with https://")
    client = said.get("CASEBOUND_SIGN_ON_CLIENT", "")
    if not client:
        raise SignOnSettingError("CASEBOUND_SIGN_ON_CLIENT is missing: the client id at the issuer")
    secret = _secret(Path(said.get("CASEBOUND_SIGN_ON_SECRET_FILE", "")))
    return SignOn(issuer, client, secret, said.get("CASEBOUND_SIGN_ON_NAME") or _host(issuer))


def is_safe_address(address: str) -> bool:
    """Say whether an address is read over TLS, or is on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in HERE)


def _secret(file: Path) -> str:
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        secret = file.read_text().strip()
    except (OSError, ValueError) as unreadable:
        raise SignOnSettingError(
            "CASEBOUND_SIGN_ON_SECRET_FILE names no file that can be read: the client secret"
        ) from unreadable
    if mode & 0o077:
        raise SignOnSettingError(
            f"{file} can be read by others (mode {mode:04o}; it must be 0600)."
        )
    if not secret:
        raise SignOnSettingError(f"{file} is empty.")
    return secret


def _host(issuer: str) -> str:
    return urlsplit(issuer).hostname or issuer
